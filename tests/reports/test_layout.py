"""What a typographer looks for on paper: no chart of one bar, no number without its figure, no page for two lines."""

from __future__ import annotations

import dataclasses

import pytest

from db.today_rows import Kind
from desktop.reports import client_report, hand_over, insight_summary, today_sheet
from desktop.reports.insight_summary import ScaleFacts
from desktop.reports.paper import Meta, Paragraph, render
from tests.reports.house_sample import INSIGHT, TODAY
from tests.reports.reading import bookmarks, pages, text
from tests.reports.record_sample import HAND_OVER
from tests.reports.sample import LARREA
from tests.reports.structure import marks, structure


def measured(words: str) -> str:
    """A client report in which the client said this of what the work was worth to him."""
    works = [dataclasses.replace(each, value_delivered="") for each in LARREA.engagements]
    works[0] = dataclasses.replace(works[0], value_delivered=words)
    return text(client_report.render(dataclasses.replace(LARREA, engagements=tuple(works))))


@pytest.mark.parametrize(
    ("words", "figure", "said"),
    [
        ("€1.2m exposure removed", "€1.2m", "exposure removed, as you measured it"),
        ("PLN 1.9m above the first offer", "PLN 1.9m", "above the first offer, as you measured it"),
        ("1,9 mln zł ponad ofertę", "1,9 mln zł", "ponad ofertę, as you measured it"),
        ("30 % less to pay", "30 %", "less to pay, as you measured it"),
        ("12 weeks earlier than planned", "12", "weeks earlier than planned, as you measured it"),
    ],
)
def test_amount_with_which_the_clients_words_begin_is_the_figure(words: str, figure: str, said: str) -> None:
    told = measured(words)
    assert f"{figure} " in told
    assert said in told
    assert "Value delivered, in your words" not in told


@pytest.mark.parametrize("words", ["I slept again.", "The first 2 offers were worse.", "9 lives " + "saved " * 30])
def test_value_without_an_amount_is_told_in_words_and_is_no_figure(words: str) -> None:
    told = measured(words)
    assert f"Value delivered, in your words: “{words.strip()}" in told
    assert "as you measured it" not in told


def test_month_by_itself_is_no_chart() -> None:
    days = [day for day, _count in LARREA.activity]
    alone = tuple((day, 3 if place == 2 else 0) for place, day in enumerate(days))
    assert "Advice and work over the year" in bookmarks(client_report.render(LARREA))
    made = client_report.render(dataclasses.replace(LARREA, activity=alone))
    assert "Advice and work over the year" not in bookmarks(made)
    assert not structure(made.pdf).all_of("Figure")


def scored(*scales: ScaleFacts) -> tuple[str, int]:
    """The words of an insight paper with these scores, and how many charts are in it."""
    paper = insight_summary.render(dataclasses.replace(INSIGHT, scales=scales))
    return text(paper), len(structure(paper.pdf).all_of("Figure"))


def test_scores_of_few_are_said_and_those_of_many_are_drawn() -> None:
    few, charts = scored(ScaleFacts("ease", 1, (0, 0, 0, 1, 0, 0, 1)))
    assert "How easy is it to work with us? (1 to 7) 2 answers: 4 and 7" in few
    assert charts == 0
    many, charts = scored(ScaleFacts("ease", 1, (0, 0, 2, 1, 0, 0, 2)))
    assert "5 answers" in many
    assert charts == 1


def test_scores_that_are_all_alike_are_said() -> None:
    alike, charts = scored(ScaleFacts("satisfaction", 1, (0, 0, 0, 0, 12)))
    assert "How satisfied are they? (1 to 5) 12 answers: 5 (12)" in alike
    assert charts == 0


def test_full_day_takes_three_pages_at_most() -> None:
    rows = [dataclasses.replace(row, id=row.id + 10 * at) for at in range(20) for row in TODAY.kinds[1].rows]
    full = dataclasses.replace(TODAY, kinds=(*TODAY.kinds[:1], Kind("promise", rows, 40, 20), *TODAY.kinds[2:]))
    paper = today_sheet.render(full)
    assert paper.pages <= 3
    told = text(paper)
    assert told.count("Ring about the bond") == told.count("promised by Elena Noriega 2 Oct") == 20
    assert told.count("2 days late") >= 20


def test_what_is_empty_of_a_hand_over_is_named_once_at_its_end() -> None:
    bare = dataclasses.replace(HAND_OVER, deadlines=(), awaited=(), files=())
    told = text(hand_over.render(bare))
    assert "Nothing is on record under: Deadlines, Decisions that are awaited and Files." in told
    assert {"Deadlines", "Files"}.isdisjoint(bookmarks(hand_over.render(bare)))
    assert "Nothing is on record" not in text(hand_over.render(HAND_OVER))


@pytest.mark.parametrize("count", range(1, 26, 3))
def test_short_end_of_a_hand_over_never_stands_on_a_page_by_itself(count: int) -> None:
    little = dataclasses.replace(HAND_OVER, confidences=0, drafts=0)
    people = tuple(dataclasses.replace(HAND_OVER.people[1], name=f"Person {n}") for n in range(count))
    *_others, last = pages(hand_over.render(dataclasses.replace(little, people=people)))
    assert "What is not in this pack" in last
    assert "Files" in last


def test_name_of_the_practice_heads_each_page_in_capitals_and_is_no_part_of_the_text() -> None:
    paper = render([Paragraph("A line.")], Meta("Notes", "Łąka & Finch", left="Łąka & Finch"))
    _numbered, (outside,) = marks(paper.pdf)
    assert "ŁĄKA & FINCH" in outside
    assert structure(paper.pdf).words() == "A line."
