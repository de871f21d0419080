"""Proof that a jotting is durable and no step, is used up by recording, and that nothing else passes that way."""

from __future__ import annotations

import datetime as dt

import pytest

from db import advice, capture, drafts, followups, trust
from db.advice import NewAdvice, log_advice
from db.errors import Refused
from db.followups import NewFollowUp
from db.history import list_steps
from db.practice import Practice
from db.trust import NewPromise, NewTrustNote
from tests.db import made


def test_jotting_outlives_the_program_and_is_no_step(practice: Practice) -> None:
    before = [step.verb for step in practice.ask(list_steps)]
    first = practice.jot(drafts.keep_jotting, {"advice": "Half"})
    assert practice.jot(drafts.keep_jotting, {"advice": "Half a thought"}, first) == first
    practice.close()
    with Practice.open(practice.path) as again:
        assert [row.content for row in again.ask(drafts.list_jottings)] == [{"advice": "Half a thought"}]
        assert [step.verb for step in again.ask(list_steps)] == before
        assert again.check().problems == []


def test_nothing_that_belongs_into_the_history_passes_as_a_jotting(practice: Practice) -> None:
    client = made.client(practice, "Portus Terminal")
    with pytest.raises(Refused):
        practice.jot(log_advice, NewAdvice(client_id=client, question="Sue?"))
    assert practice.ask(advice.list_advice, client) == []


def test_all_that_was_said_is_one_step_and_uses_the_jotting_up(practice: Practice) -> None:
    client = made.client(practice, "Portus Terminal")
    jotting = practice.jot(drafts.keep_jotting, {"advice": "Wait."})
    day = dt.date.today() + dt.timedelta(days=3)
    beside: list[capture.Beside] = [
        NewPromise(client_id=client, text="Send the draft", due_on=day),
        NewPromise(client_id=client, text="Call the bank"),
        NewFollowUp(client_id=client, what="Ask again", due_on=day),
        NewTrustNote(client_id=client, kind="confidence", text="He is ill"),
    ]
    new = NewAdvice(client_id=client, question="Wait?", advice="Wait.")
    before = len(practice.ask(list_steps))
    number = practice.do(capture.log_with_promise, new, beside=beside, jotting_id=jotting).result
    assert len(practice.ask(list_steps)) == before + 1
    assert {row.text for row in practice.ask(trust.list_promises, client)} == {"Send the draft", "Call the bank"}
    assert [row.what for row in practice.ask(followups.list_follow_ups, client)] == ["Ask again"]
    assert made.value(practice, "SELECT restricted FROM trust_note") == 1
    assert made.rows(practice, "SELECT DISTINCT advice_id FROM promise") == [(number,)]
    assert practice.ask(drafts.list_jottings) == []


def test_late_entry_without_its_reason_keeps_nothing(practice: Practice) -> None:
    client = made.client(practice, "Portus Terminal")
    given = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    new = NewAdvice(client_id=client, question="Wait?", advice="Wait.", given_at=given)
    with pytest.raises(Refused, match="late-needs-why"):
        practice.do(capture.log_with_promise, new)
    assert practice.ask(advice.list_advice, client) == []
    practice.do(capture.log_with_promise, new.model_copy(update={"late_reason": "In court"}))
    (row,) = practice.ask(advice.list_advice, client)
    assert (row.late_entry, row.late_reason) == (True, "In court")
