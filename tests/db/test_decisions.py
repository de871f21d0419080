"""The decision log: entries that are never changed, reversals that name what they replace, and one list for all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from db.deadlines import NewDeadline, add_deadline
from db.decisions import (
    NewDecision,
    Reversal,
    effect_of,
    list_decisions,
    log_decision,
    log_decisions,
    supersede_decision,
)
from db.errors import Refused
from db.practice import Practice
from db.scope import NewOutOfScope, log_out_of_scope
from db.search import find
from tests.db.nouns import Known, known, result


def decided(practice: Practice, here: Known, item: str = "Door fronts", choice: str = "Oak", **more: Any) -> int:
    new = NewDecision(engagement_id=here.engagement, item=item, choice=choice, decided_by="Ana Vega", **more)
    return result(practice.do(log_decision, new))


def test_a_reversal_stands_beside_what_it_replaces(practice: Practice) -> None:
    here = known(practice)
    first = decided(practice, here, cost_minor=120_000, days=3)
    reversal = Reversal(choice="Walnut", decided_by="Ben Vega", reason="Oak looked too light", cost_minor=210_000)
    later = result(practice.do(supersede_decision, first, reversal))
    now, before = practice.ask(list_decisions, here.engagement)
    assert (now.id, now.choice, now.decided_by, now.reason, now.supersedes_id) == (
        *(later, "Walnut", "Ben Vega", "Oak looked too light", first),
    )
    assert (before.choice, before.stands, before.later_id, before.later_choice) == ("Oak", False, later, "Walnut")
    assert before.later_on == dt.date.today()


def test_what_was_superseded_no_longer_adds_to_cost_and_time(practice: Practice) -> None:
    here = known(practice)
    first = decided(practice, here, cost_minor=120_000, days=3)
    decided(practice, here, item="Floor", choice="Cork", cost_minor=-20_000, days=1)
    practice.do(supersede_decision, first, Reversal(choice="Ash", decided_by="Ana Vega", reason="Price", days=2))
    effect = effect_of(practice.ask(list_decisions, here.engagement))
    assert (effect.minor, effect.currency, effect.days) == (-20_000, "GBP", 3)


def test_only_the_latest_choice_can_be_superseded(practice: Practice) -> None:
    here = known(practice)
    first = decided(practice, here)
    again = Reversal(choice="Ash", decided_by="Ana", reason="Price")
    practice.do(supersede_decision, first, again)
    with pytest.raises(Refused, match="already-superseded: choice"):
        practice.do(supersede_decision, first, again)


def test_a_reversal_needs_its_reason_and_cannot_be_older(practice: Practice) -> None:
    here = known(practice)
    first = decided(practice, here)
    with pytest.raises(Refused, match="required: reason"):
        Reversal(choice="Ash", decided_by="Ana", reason=" ")
    early = dt.date.today() - dt.timedelta(days=1)
    with pytest.raises(Refused, match="reversed-before-decided: decided_on"):
        practice.do(
            supersede_decision, first, Reversal(choice="Ash", decided_by="Ana", reason="Price", decided_on=early)
        )


def test_a_decision_of_tomorrow_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="decided-in-the-future"):
        decided(practice, known(practice), decided_on=dt.date.today() + dt.timedelta(days=1))


def test_the_database_itself_refuses_to_change_or_remove_a_decision(practice: Practice) -> None:
    first = decided(practice, known(practice))

    def overwrite(session: Session) -> None:
        session.execute(text(f"UPDATE decision SET choice = 'Pine' WHERE id = {first}"))

    def remove(session: Session) -> None:
        session.execute(text(f"DELETE FROM decision WHERE id = {first}"))

    for action in (overwrite, remove):
        with pytest.raises(Refused, match="recorded"):
            practice.do(action)


def test_undo_of_a_reversal_lets_the_first_choice_stand_again(practice: Practice) -> None:
    here = known(practice)
    first = decided(practice, here)
    practice.do(supersede_decision, first, Reversal(choice="Ash", decided_by="Ana", reason="Price"))
    practice.undo()
    (row,) = practice.ask(list_decisions, here.engagement)
    assert (row.choice, row.stands) == ("Oak", True)
    assert result(practice.do(supersede_decision, first, Reversal(choice="Elm", decided_by="Ana", reason="Look")))


def test_the_decisions_of_one_meeting_are_one_step(practice: Practice) -> None:
    here = known(practice)
    several = [
        NewDecision(engagement_id=here.engagement, item=item, choice="Yes", decided_by="Ana")
        for item in ("Floor", "Roof")
    ]
    practice.do(log_decisions, several)
    assert [row.item for row in practice.ask(list_decisions, here.engagement)] == ["Roof", "Floor"]
    practice.undo()
    assert practice.ask(list_decisions, here.engagement) == []


def test_when_did_we_agree_that_is_answered_by_any_of_its_words(practice: Practice) -> None:
    here = known(practice)
    decided(practice, here, item="Door fronts", choice="Oak, oiled")
    decided(practice, here, item="Floor", choice="Cork", reason="100% warmer")
    assert [row.item for row in practice.ask(list_decisions, text="oiled door")] == ["Door fronts"]
    assert [row.item for row in practice.ask(list_decisions, text="100%")] == ["Floor"]
    assert practice.ask(list_decisions, text="walnut") == []


def test_a_decision_a_deadline_and_a_quick_question_are_found_by_their_words(practice: Practice) -> None:
    here = known(practice)
    decided(practice, here, choice="Mahogany")
    hearing = NewDeadline(
        engagement_id=here.engagement, kind="hearing", what="Grievance board", falls_on=dt.date.today()
    )
    practice.do(add_deadline, hearing)
    practice.do(log_out_of_scope, NewOutOfScope(engagement_id=here.engagement, what="Payslips", handling="quote"))
    for words, noun in (("mahogany", "decision"), ("grievance", "deadline"), ("payslip", "out_of_scope")):
        assert [(hit.noun, hit.client_id) for hit in practice.ask(find, words).hits] == [(noun, here.client)]
    practice.undo()
    assert practice.ask(find, "payslip").hits == []
