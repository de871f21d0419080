"""A report read aloud: what is a heading, a paragraph, a table or a figure is tagged as one, in reading order."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.reports import client_report
from desktop.reports.paper import (
    Block,
    Heading,
    Meta,
    Paragraph,
    Row,
    bullets,
    paragraph,
    record_table,
    render,
    table_rows,
)
from tests.reports.sample import LARREA
from tests.reports.structure import marks, structure

META = Meta(title="Long", author="Alder & Finch", left="Alder & Finch", foot="foot", language="en")
LONG = " ".join(f"word{i}" for i in range(3000))


def test_client_report_is_tagged_in_reading_order() -> None:
    top = structure(client_report.render(LARREA).pdf)
    assert [each.text for each in top.all_of("H1")] == ["Iñaki Larrea"]
    sections = [each.text for each in top.all_of("H2")]
    assert sections[:3] == ["Where things stand", "Your matters", "Advice we gave you"]
    words = top.words()
    assert words.index("Where things stand") < words.index("Settle below €180,000") < words.index("What comes next")


def test_heads_of_columns_are_tagged_as_such() -> None:
    table = structure(client_report.render(LARREA).pdf).all_of("Table")[0]
    rows = table.all_of("TR")
    assert [cell.words() for cell in rows[0].all_of("TH")] == ["Matter", "Since", "Stage", "Next step", "Fees to date"]
    assert [cell.words() for cell in rows[1].all_of("TD")][::4] == ["Larrea v. Portus", "€24,300.00"]


def test_figure_says_in_words_what_it_shows() -> None:
    figure = structure(client_report.render(LARREA).pdf).all_of("Figure")[0]
    assert "Jun: 8." in figure.alt


def test_margins_are_no_part_of_the_text() -> None:
    pdf = client_report.render(LARREA).pdf
    _numbered, outside = marks(pdf)
    assert all("Page" in words and "C-0117" in words for words in outside)
    assert "Page 1 of" not in structure(pdf).words()


def test_paragraph_over_many_pages_is_one_element() -> None:
    top = structure(render([paragraph(LONG)], META).pdf)
    (told,) = top.all_of("P")
    assert len(set(told.pages)) > 2
    assert told.words() == LONG


def test_table_over_many_pages_is_one_table_whose_head_is_read_once() -> None:
    rows = [[f"name {i}", f"{i}"] for i in range(200)]
    pdf = render(record_table(["Name", "Number"], rows, (3, 1)), META).pdf
    (table,) = structure(pdf).all_of("Table")
    assert len(table.kids) == 201
    assert len(table.all_of("TH")) == 2
    assert [[cell.text for cell in row.kids] for row in table.kids[1:]] == rows
    _numbered, outside = marks(pdf)
    assert ["NameNumber" in words for words in outside] == [False] + [True] * (len(outside) - 1)


def test_row_taller_than_a_page_stays_one_row() -> None:
    top = structure(render(record_table(["A", "B"], [["short", LONG], ["next", "one"]], (1, 3)), META).pdf)
    rows = top.all_of("TR")
    assert [row.kids[1].words() for row in rows[1:]] == [LONG, "one"]


def test_list_is_tagged_as_a_list() -> None:
    (told,) = structure(render(bullets(["first", "second"]), META).pdf).all_of("L")
    assert [item.role for item in told.kids] == ["LI", "LI"]
    assert [item.all_of("LBody")[0].text for item in told.kids] == ["first", "second"]


def test_words_of_two_lines_do_not_run_into_one() -> None:
    blocks: list[Block] = [Paragraph("first line\nsecond line"), Row([Paragraph(LONG)], (1,))]
    told = structure(render(blocks, META).pdf).all_of("P")
    assert told[0].text == "first line second line"
    assert told[1].text == LONG


def test_story_is_read_page_by_page_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    read: list[int] = []

    def rows() -> list[list[str]]:
        return [[str(i)] for i in range(300)]

    def watched() -> Iterator[Block]:
        for block in table_rows(["n"], rows(), (1,)):
            read.append(len(told))
            yield block

    render(watched(), META, progress=lambda done, of: told.append((done, of)))
    assert len(told) > 5
    assert read[40] < read[299], "the story was read whole before its first page was drawn"
    assert told == sorted(told)


def test_table_of_contents_stands_in_front_and_names_the_pages() -> None:
    story: list[Block] = []
    for i in range(9):
        story += [Heading(f"Part {i}"), paragraph(LONG[:9000])]
    made = render(
        story,
        META,
        front=lambda headings, leading: [
            paragraph("Contents"),
            *table_rows([], [[each.text, str(each.page + 1 + leading)] for each in headings], (4, 1)),
        ],
    )
    reader = PdfReader(io.BytesIO(made.pdf), strict=True)
    assert (
        reader.pages[0].extract_text().startswith("Alder & Finch\nfoot") or "Contents" in reader.pages[0].extract_text()
    )
    rows = structure(made.pdf).all_of("TR")
    for row in rows:
        title, page = (cell.text for cell in row.kids)
        assert title in reader.pages[int(page) - 1].extract_text()
    assert structure(made.pdf).words().startswith("Contents")
    assert [each.title for each in reader.outline] == [f"Part {i}" for i in range(9)]  # type: ignore[union-attr]
    assert f"Page 1 of {made.pages}" in reader.pages[0].extract_text()


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler's pdfinfo is not installed")
def test_another_program_reads_the_tags(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(client_report.render(LARREA).pdf)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert not told.stderr
    assert "Tagged:          yes" in told.stdout


def test_equal_facts_give_equal_bytes() -> None:
    assert client_report.render(LARREA, invariant=True).pdf == client_report.render(LARREA, invariant=True).pdf
