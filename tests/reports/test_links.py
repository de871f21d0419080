"""Pages that are named in a long paper can be gone to: contents and index lead to the places that they name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import Any

from pypdf import PdfReader

from desktop.reports import advice_history
from desktop.reports.links import Linked, Target
from desktop.reports.look import BODY, CELL
from desktop.reports.paper import Block, Heading, Meta, Paper, Paragraph, render, table_rows
from desktop.reports.pen import Place
from tests.reports.record_sample import HISTORY
from tests.reports.structure import Tagged, structure

META = Meta(title="Long", author="Alder & Finch", language="en")
LONG = " ".join(f"word{i}" for i in range(900))


def many(language: str = "en") -> advice_history.HistoryFacts:
    """A history of two years with some ten pages."""
    first = HISTORY.entries[0]
    begun = dt.datetime(2024, 9, 1, 12, tzinfo=dt.UTC)
    entries = tuple(
        dataclasses.replace(
            first,
            number=f"A-{number:04d}",
            given_at=begun + dt.timedelta(days=5 * number),
            question="What of the lighthouse?" if number == 50 else f"Shall the lease of berth {number} be kept?",
        )
        for number in range(1, 61)
    )
    return dataclasses.replace(HISTORY, language=language, entries=entries, since=begun.date())


def links(paper: Paper) -> list[tuple[str, Tagged]]:
    """The words of each link, with its element."""
    return [(each.text, each) for each in structure(paper.pdf).all_of("Link")]


def page_of(paper: Paper, note: Any) -> int:
    """Which page, from 1, a link leads to."""
    pages = PdfReader(io.BytesIO(paper.pdf), strict=True).pages
    numbers = [page.indirect_reference.idnum for page in pages if page.indirect_reference]
    return numbers.index(note["/Dest"][0].idnum) + 1


def test_each_number_of_contents_and_index_leads_to_the_page_that_it_names() -> None:
    paper = advice_history.render(many())
    found = links(paper)
    assert len(found) > 10
    for words, link in found:
        (note,) = link.notes
        page = page_of(paper, note)
        assert note["/Contents"] == f"Go to page {page}"
        # A year leads to its heading; every other link is a page's number, or the first and the last of several.
        assert words in ("2024", "2025") or int(words.split("–")[0]) == page
    shown = PdfReader(io.BytesIO(paper.pdf)).pages
    told = {words: page_of(paper, link.notes[0]) for words, link in found}
    assert "September 2024" in shown[told["2024"] - 1].extract_text()
    assert "January 2025" in shown[told["2025"] - 1].extract_text()


def test_word_of_the_index_leads_to_its_entry_on_the_page() -> None:
    paper = advice_history.render(many())
    index = [each for each in structure(paper.pdf).all_of("P") if each.text.startswith("lighthouse, ")]
    (link,) = index[0].all_of("Link")
    _page, kind, _left, top, _zoom = link.notes[0]["/Dest"]
    page = PdfReader(io.BytesIO(paper.pdf)).pages[page_of(paper, link.notes[0]) - 1]
    heights: list[float] = []
    page.extract_text(
        visitor_text=lambda words, _cm, matrix, _font, _size: (
            heights.append(matrix[5]) if "lighthouse" in words else None
        )
    )
    assert kind == "/XYZ"
    assert 0 < float(top) - heights[0] < 60


def test_reader_of_another_language_hears_where_a_link_leads_in_it() -> None:
    for language, words in (("es", "Ir a la página "), ("pl", "Przejdź do strony ")):
        found = links(advice_history.render(many(language)))
        assert all(link.notes[0]["/Contents"].startswith(words) for _words, link in found)


def test_link_lies_on_its_own_words() -> None:
    told = Linked([("before, ", None), ("7", Target(Place(0, 700.0), "Go to page 1")), (", after", None)], BODY)
    ((words, link),) = links(render([Paragraph(LONG), told], META))
    left, bottom, right, top = map(float, link.notes[0]["/Rect"])
    assert words == "7"
    assert 0 < right - left < 8
    assert top - bottom == BODY.leading


def test_link_over_two_lines_is_one_with_a_note_on_each() -> None:
    to = Target(Place(0, 700.0), "Go to page 1")
    ((words, link),) = links(render([Paragraph(LONG), Linked([(LONG[:150], to)], BODY)], META))
    assert words == LONG[:150]
    assert len(link.notes) == 2


def test_line_from_the_right_leads_as_a_whole() -> None:
    to = Target(Place(0, 700.0), "Go to page 1")
    ((_words, link),) = links(render([Paragraph(LONG), Linked([("חוזה שכירות, ", None), ("7", to)], BODY)], META))
    assert float(link.notes[0]["/Rect"][2]) - float(link.notes[0]["/Rect"][0]) > 40


def test_cell_of_a_table_may_lead_elsewhere() -> None:
    story: list[Block] = [Heading("Part"), Paragraph(LONG)]

    def front(headings: Any, leading: int) -> list[Block]:
        rows = [[each.text, Linked([("x", Target(each.place, "there"))], CELL)] for each in headings]
        return list(table_rows(["Title", "Page"], rows, (4, 1)))

    paper = render(story, META, front=front)
    ((_words, link),) = links(paper)
    assert page_of(paper, link.notes[0]) == 2
    (cell,) = [each for each in structure(paper.pdf).all_of("TD") if each.all_of("Link")]
    assert cell.words() == "x"
