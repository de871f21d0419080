"""Every report can be read by a machine: tagged whole, fonts inside, bookmarks on headings, copied as it reads."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from db.practice import Practice
from desktop.reports.family import KINDS, Kind, make
from tests.reports.structure import Tagged, marks, structure
from tests.reports.test_family import asked, sample

__all__ = ["sample"]

HEADINGS = {f"H{level}": level for level in range(1, 7)}


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def pdf(request: pytest.FixtureRequest, sample: Practice) -> bytes:
    """A report of each kind from the sample practice."""
    kind: Kind = request.param
    return make(sample.ask, kind, asked(sample, kind, language="pl")).paper.pdf


def plain(words: str) -> str:
    """Words without their blanks."""
    return re.sub(r"\s", "", words)


def test_headings_never_jump_a_level_and_every_figure_says_what_it_shows(pdf: bytes) -> None:
    top = structure(pdf)
    levels = [HEADINGS[each.role] for each in top.walk() if each.role in HEADINGS]
    assert levels.count(1) == 1
    below = levels[levels.index(1) :]
    assert all(later - earlier <= 1 for earlier, later in pairwise(below)), levels
    for figure in top.all_of("Figure"):
        assert len(figure.alt) > 10, "a figure says what it shows"
    for table in top.all_of("Table"):
        widths = {len(row.kids) for row in table.all_of("TR")}
        assert len(widths) == 1, "the rows of a table have as many cells as its head"


def test_bookmarks_point_to_their_headings(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    pages: dict[str, set[int]] = {}
    for each in structure(pdf).walk():
        if each.role in HEADINGS:
            pages.setdefault(plain(each.words()), set()).update(_pages(each))

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                page = reader.get_destination_page_number(entry)
                assert page in pages[plain(str(entry.title))], f"{entry.title} is elsewhere"

    walk(reader.outline)


def _pages(element: Tagged) -> set[int]:
    return {page for each in element.walk() for page in each.pages}


def test_what_is_copied_stands_in_the_order_in_which_it_is_read(pdf: bytes) -> None:
    read: dict[int, list[str]] = {}
    for each in structure(pdf).walk():
        if len(set(each.pages)) == 1 and each.text.strip():
            read.setdefault(each.pages[0], []).append(plain(each.text))
    drawn, _margins = marks(pdf)
    for page, texts in read.items():
        copied, at = plain("".join(drawn[page].values())), 0
        for words in texts:
            found = copied.find(words, at)
            assert found >= 0, f"{words!r} is drawn before what is read before it"
            at = found


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="Poppler is not here")
def test_another_reader_has_no_complaint_and_finds_every_font_inside(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)

    def told(*command: str) -> str:
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return done.stdout

    assert re.search(r"^Tagged: +yes$", told("pdfinfo"), re.MULTILINE)
    assert told("pdfinfo", "-struct-text").strip()
    for line in told("pdffonts").splitlines()[2:]:
        name, embedded, subset, unicode = line.split()[0], *line.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), name
