"""A printed list says what it was narrowed to, comes across where it is wide, and can be given up at any row."""

from __future__ import annotations

import datetime as dt

import pytest

from db.practice import Practice
from desktop import text as voices
from desktop.reports import listing
from desktop.reports.listing import ListedColumn, ListedGroup, ListingFacts
from tests.reports.reading import bookmarks, pages, reader, text

MOMENT = dt.datetime(2026, 11, 22, 9, 12, tzinfo=dt.UTC)
COLUMNS = [ListedColumn("Name", 240), ListedColumn("Fees", 90, right=True)]


def facts(practice: Practice, rows: list[list[str]], **more: object) -> ListingFacts:
    return practice.ask(listing.facts, "Clients", COLUMNS, [ListedGroup(rows)], MOMENT, **more)  # type: ignore[arg-type]


def test_a_list_says_its_filter_its_count_and_its_pages(practice: Practice) -> None:
    rows = [[f"Client {at}", str(at)] for at in range(60)]
    made = listing.render(facts(practice, rows, narrowed=["Grade A", "“lar”"], note="Nothing else."))
    first, *later = pages(made)
    assert "Clients" in first
    assert "Grade A · “lar” · 60 lines" in first
    assert "Client 0" in first
    assert f"Page 1 of {made.pages}" in first
    assert "Name Fees" in later[0], "the head of the table comes again on each page"
    assert "Client 59" in later[-1]
    assert "Nothing else." in later[-1]
    assert "Printed on 22 Nov 2026, 09:12" in first


def test_names_are_printed_as_they_are_typed(practice: Practice) -> None:
    told = text(listing.render(facts(practice, [["Ó Súilleabháin <Holdings> & Żółć", "1"]])))
    assert "Ó Súilleabháin <Holdings> & Żółć" in told


def test_many_columns_lie_across(practice: Practice) -> None:
    wide = [ListedColumn(str(at), 120) for at in range(9)]
    made = practice.ask(listing.facts, "All", wide, [ListedGroup([["x"] * 9])], MOMENT)
    upright, across = listing.sheet(facts(practice, [])), listing.sheet(made)
    assert upright[0] < upright[1]
    assert across == upright[::-1]
    page = reader(listing.render(made)).pages[0].mediabox
    assert page.width > page.height


def test_groups_have_their_titles_and_bookmarks(practice: Practice) -> None:
    groups = [ListedGroup([["Call back", "today"]], "Promises"), ListedGroup([["Bo Xu", "64 days"]], "Gone quiet")]
    made = listing.render(practice.ask(listing.facts, "Today", COLUMNS, groups, MOMENT))
    assert bookmarks(made) == ["Promises", "Gone quiet"]


@pytest.mark.parametrize(("language", "counted"), [("es", "2 líneas"), ("pl", "2 wiersze")])
def test_a_list_speaks_the_language_of_the_program(practice: Practice, language: str, counted: str) -> None:
    voices.speak(language)
    try:
        assert counted in text(listing.render(facts(practice, [["a", "1"], ["b", "2"]])))
    finally:
        voices.speak("en")


def test_a_long_cell_is_cut_at_a_word(practice: Practice) -> None:
    told = text(listing.render(facts(practice, [["word " * 200, "1"]])))
    assert "…" in told
    assert told.count("word") < 60


def test_a_long_list_tells_how_far_it_is_and_can_be_given_up(practice: Practice) -> None:
    class GivenUp(Exception):
        pass

    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done >= 600:
            raise GivenUp

    with pytest.raises(GivenUp):
        listing.render(facts(practice, [[f"Client {at}", "1"] for at in range(5000)]), progress=progress)
    assert told == [(0, 5000), (200, 5000), (400, 5000), (600, 5000)]
