"""The decision sheet shows what stands, what was superseded, and lines to approve it on."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from db.decisions import NewDecision, Reversal, log_decision, supersede_decision
from db.practice import Practice
from desktop.reports.decision_sheet import SheetFacts, read_decisions, render
from tests.db.nouns import known, result
from tests.reports.reading import text

MADE_ON = dt.date(2026, 11, 21)


@pytest.fixture
def facts(practice: Practice) -> SheetFacts:
    """A project with a change of mind and a decision that costs nothing."""
    here = known(practice)
    oak = NewDecision(
        engagement_id=here.engagement,
        item="Door fronts",
        choice="Oak",
        decided_by="Ana <b>Vega</b>",
        cost_minor=120_000,
    )
    first = result(practice.do(log_decision, oak))
    practice.do(
        log_decision, NewDecision(engagement_id=here.engagement, item="Floor", choice="Cork", decided_by="Ana", days=-1)
    )
    walnut = Reversal(choice="Walnut", decided_by="Ben", reason="Too light", cost_minor=210_000, days=5)
    practice.do(supersede_decision, first, walnut)
    return practice.ask(read_decisions, here.engagement, MADE_ON)


def test_only_what_stands_is_added_up(facts: SheetFacts) -> None:
    assert (facts.total_minor, facts.currency, facts.days) == (210_000, "GBP", 4)
    assert [each.choice for each in facts.decisions if each.later_on is None] == ["Cork", "Walnut"]


def test_the_sheet_names_both_choices_and_leaves_room_to_sign(facts: SheetFacts) -> None:
    said = text(render(facts))
    for words in (
        *("Decision sheet · 21 November 2026", "Larrea v. Portus", "Walnut", "instead of “Oak”", "Too light"),
        *("+£2,100.00", "−1 day", "Ana <b>Vega</b>", "Iñaki Larrea, signature", "Alder & Finch, signature", "Date"),
    ):
        assert words in said


@pytest.mark.parametrize(("language", "words"), [("es", "21 de noviembre de 2026"), ("pl", "21 listopada 2026")])
def test_the_sheet_speaks_the_clients_language(facts: SheetFacts, language: str, words: str) -> None:
    assert words in text(render(dataclasses.replace(facts, language=language)))


def test_equal_facts_give_equal_bytes(facts: SheetFacts) -> None:
    assert render(facts, invariant=True).pdf == render(facts, invariant=True).pdf


def test_a_sheet_without_decisions_still_prints(practice: Practice) -> None:
    empty = practice.ask(read_decisions, known(practice).engagement, MADE_ON)
    assert "Larrea v. Portus" in text(render(empty))
