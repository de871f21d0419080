"""Promises are kept, late, broken, renegotiated or released; confidences stay hidden until asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from db.errors import Refused
from db.history import list_steps
from db.practice import Practice
from db.trust import (
    NewPromise,
    NewTrustNote,
    Renegotiation,
    Resolution,
    Settling,
    add_promise,
    break_promise,
    keep_promise,
    kept_rate,
    list_promises,
    list_trust_notes,
    note_trust,
    release_promise,
    renegotiate_promise,
    resolve_note,
)
from tests.db.nouns import known, result

TODAY = dt.date.today()
SECRET = "Zanzibar divorce"


def _promise(practice: Practice, client: int, due_in: int, made_ago: int = 30) -> int:
    made, due = TODAY - dt.timedelta(days=made_ago), TODAY + dt.timedelta(days=due_in)
    new = NewPromise(client_id=client, text="Call before the hearing", made_on=made, due_on=due)
    return result(practice.do(add_promise, new))


def test_promise_kept_in_time_is_kept_and_afterwards_is_late(practice: Practice) -> None:
    client = known(practice).client
    in_time, late = _promise(practice, client, 2), _promise(practice, client, -2)
    for promise in (in_time, late):
        practice.do(keep_promise, promise, Settling(words="Called"))
    status = {row.id: row.status for row in practice.ask(list_promises, client)}
    assert status == {in_time: "kept", late: "late"}


def test_settled_promise_is_not_settled_again(practice: Practice) -> None:
    promise = _promise(practice, known(practice).client, 1)
    practice.do(keep_promise, promise, Settling())
    for action in (keep_promise, break_promise, release_promise):
        with pytest.raises(Refused):
            practice.do(action, promise, Settling(words="again"))


@pytest.mark.parametrize("action", [break_promise, release_promise])
def test_breaking_or_releasing_needs_words(practice: Practice, action: type) -> None:
    promise = _promise(practice, known(practice).client, 1)
    with pytest.raises(Refused, match="required: words"):
        practice.do(action, promise, Settling())


def test_renegotiated_promise_ends_and_a_new_one_follows(practice: Practice) -> None:
    client = known(practice).client
    promise = _promise(practice, client, 1)
    new_day = TODAY + dt.timedelta(days=7)
    practice.do(renegotiate_promise, promise, Renegotiation(due_on=new_day, agreed_with="Iñaki"))
    rows = {row.status: row for row in practice.ask(list_promises, client)}
    assert rows["open"].due_on == new_day
    assert rows["renegotiated"].evidence == "Iñaki"


def test_promise_past_its_date_cannot_be_renegotiated(practice: Practice) -> None:
    promise = _promise(practice, known(practice).client, -1)
    with pytest.raises(Refused, match="past-due"):
        practice.do(renegotiate_promise, promise, Renegotiation(due_on=TODAY, agreed_with="Iñaki"))


def test_overdue_days_are_counted_only_while_open(practice: Practice) -> None:
    client = known(practice).client
    promise = _promise(practice, client, -3)
    assert practice.ask(list_promises, client)[0].overdue_days == 3
    practice.do(keep_promise, promise, Settling())
    assert practice.ask(list_promises, client)[0].overdue_days == 0


def test_kept_rate_counts_our_settled_promises_and_shows_them(practice: Practice) -> None:
    client = known(practice).client
    for due_in in (2, 2, -2):
        practice.do(keep_promise, _promise(practice, client, due_in), Settling())
    practice.do(release_promise, _promise(practice, client, 2), Settling(words="No longer needed"))
    theirs = result(practice.do(add_promise, NewPromise(client_id=client, by="client", text="Send the figures")))
    practice.do(keep_promise, theirs, Settling())
    rate = practice.ask(kept_rate, client)
    assert (rate.kept, rate.settled, len(rate.promises)) == (2, 3, 3)


def test_promise_due_before_it_was_made_is_refused(practice: Practice) -> None:
    new = NewPromise(client_id=known(practice).client, text="x", due_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(Refused, match="due-before-made: due_on"):
        practice.do(add_promise, new)


def test_time_of_day_is_read_as_a_clock() -> None:
    assert NewPromise(client_id=1, text="x", due_time="16:00").due_time == "16:00"
    with pytest.raises(Refused):
        NewPromise(client_id=1, text="x", due_time="25:00")


def test_confidence_is_restricted_by_itself_and_hidden_until_asked_for(practice: Practice) -> None:
    client = known(practice).client
    practice.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text=SECRET, told_by="Iñaki", effect=1))
    hidden = practice.ask(list_trust_notes, client)[0]
    assert (hidden.restricted, hidden.text, hidden.told_by) == (True, "", "")
    assert practice.ask(list_trust_notes, client, confidences=True)[0].text == SECRET


def test_history_line_of_a_confidence_names_the_client_only(practice: Practice) -> None:
    practice.do(note_trust, NewTrustNote(client_id=known(practice).client, kind="confidence", text=SECRET))
    assert practice.ask(list_steps)[0].subject == "Iñaki Larrea"


def test_effect_lies_between_minus_two_and_two() -> None:
    with pytest.raises(Refused, match="out-of-range: effect"):
        NewTrustNote(client_id=1, kind="signal", text="x", effect=3)


def test_concern_is_resolved_once_with_what_was_learned(practice: Practice) -> None:
    client = known(practice).client
    concern = result(practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="Slow answers")))
    practice.do(resolve_note, concern, Resolution(learned="Answer the same day"))
    assert practice.ask(list_trust_notes, client)[0].learned == "Answer the same day"
    with pytest.raises(Refused, match="already-resolved"):
        practice.do(resolve_note, concern, Resolution(learned="x"))
