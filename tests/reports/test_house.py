"""What every paper of the house has around it: it says that it is internal, and hides nothing behind that."""

from __future__ import annotations

import io
import math

import pytest
from pypdf import PdfReader

from desktop.profession import practise, practising, said
from desktop.reports.blocks import Paragraph
from desktop.reports.fonts import face
from desktop.reports.look import WATERMARK
from desktop.reports.paper import Meta, render
from tests.reports.reading import text
from tests.reports.structure import marks, structure


def test_watermark_lies_behind_every_page_and_is_no_part_of_the_text() -> None:
    story = [Paragraph("A line.") for _ in range(90)]
    paper = render(story, Meta("Notes", "Alder & Finch", watermark="Internal"))
    assert paper.pages > 1
    numbered, artifacts = marks(paper.pdf)
    assert all("Internal" in outside for outside in artifacts)
    assert "Internal" not in structure(paper.pdf).words()
    assert all(words.strip() == "A line." for page in numbered for words in page.values())


def test_paper_without_a_watermark_has_none() -> None:
    assert text(render([Paragraph("A line.")], Meta("Notes", "Alder & Finch"))).startswith("A line.")


@pytest.mark.parametrize("words", ["Wewnętrzne", "Internal and confidential, for the partners of the house alone"])
def test_watermark_stays_within_the_page(words: str) -> None:
    drawn = render([Paragraph("A line.")], Meta("Notes", "Alder & Finch", watermark=words)).pdf
    page = PdfReader(io.BytesIO(drawn)).pages[0]
    content = page.get_contents()
    assert content is not None
    sizes = [float(part.split()[-1]) for part in content.get_data().decode("latin-1").split(" Tf")[:-1]]
    width = face(WATERMARK.face).width(words, max(sizes))
    assert width < math.hypot(float(page.mediabox.width), float(page.mediabox.height)) * 0.7


def test_paper_says_the_professions_word_whatever_practice_is_open() -> None:
    practise("")
    with practising("law"):
        assert said("Matter", "Engagement", "Project") == "Matter"
        with practising("design"):
            assert said("Matter", "Engagement", "Project") == "Project"
    assert said("Matter", "Engagement", "Project") == "Engagement"
