"""Recorded advice stands as it was: amended, answered once, late when late, and never rewritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.advice import (
    AdviceEdit,
    Amendment,
    NewAdvice,
    NewResponse,
    amend_advice,
    confirm_advice,
    discard_draft,
    edit_advice,
    find_advice,
    get_advice,
    list_advice,
    list_advice_ids,
    list_advice_rows,
    log_advice,
    record_advice,
    respond_to_advice,
)
from db.errors import Refused
from db.history import record_history
from db.practice import Practice
from tests.db.nouns import advised, known


def test_draft_can_be_changed_until_it_is_recorded(practice: Practice) -> None:
    draft = advised(practice, known(practice).client, record=False)
    practice.do(edit_advice, draft, AdviceEdit(advice="Settle below 170,000."))
    practice.do(record_advice, draft)
    assert practice.ask(get_advice, draft).advice == "Settle below 170,000."
    with pytest.raises(Refused, match="recorded"):
        practice.do(edit_advice, draft, AdviceEdit(advice="Never said that."))
    with pytest.raises(Refused, match="recorded"):
        practice.do(discard_draft, draft)


def test_draft_without_advice_is_not_recorded(practice: Practice) -> None:
    draft = advised(practice, known(practice).client, record=False, advice="")
    with pytest.raises(Refused, match="required: advice"):
        practice.do(record_advice, draft)


def test_entry_written_more_than_a_day_later_is_marked_late(practice: Practice) -> None:
    client = known(practice).client
    late, prompt = advised(practice, client, days_ago=2), advised(practice, client)
    rows = practice.ask(list_advice_rows, [late, prompt])
    assert [row.late_entry for row in rows] == [True, False]


def test_advice_from_the_future_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="in-the-future: given_at"):
        advised(practice, known(practice).client, days_ago=-1)


def test_advice_needs_a_moment_with_its_zone() -> None:
    with pytest.raises(Refused) as refused:
        NewAdvice(client_id=1, question="When?", given_at=dt.datetime(2026, 1, 1, 12))
    assert refused.value.field == "given_at"


def test_amendment_leaves_the_first_entry_as_it_was(practice: Practice) -> None:
    first = advised(practice, known(practice).client)
    done = practice.do(amend_advice, first, Amendment(reason="Wrong figure", advice="Settle below 170,000."))
    assert isinstance(done.result, int)
    old, new = practice.ask(list_advice_rows, [first, done.result])
    assert (old.advice, old.amended_by) == ("Settle below 180,000.", new.id)
    assert (new.amends_id, new.amend_reason, new.state) == (first, "Wrong figure", "recorded")
    with pytest.raises(Refused, match="already-amended"):
        practice.do(amend_advice, first, Amendment(reason="Again", advice="x"))
    with pytest.raises(Refused, match="required: reason"):
        Amendment(reason=" ", advice="x")


def test_client_answers_a_recorded_entry_once(practice: Practice) -> None:
    entry = advised(practice, known(practice).client)
    practice.do(respond_to_advice, entry, NewResponse(response="accepted"))
    row = practice.ask(list_advice_rows, [entry])[0]
    assert (row.response, row.responded_on) == ("accepted", dt.date.today())
    with pytest.raises(Refused, match="already-answered"):
        practice.do(respond_to_advice, entry, NewResponse(response="declined"))


def test_draft_has_no_answer(practice: Practice) -> None:
    draft = advised(practice, known(practice).client, record=False)
    with pytest.raises(Refused, match="still-a-draft"):
        practice.do(respond_to_advice, draft, NewResponse(response="accepted"))


@pytest.mark.parametrize("missing", ["consequence", "reason"])
def test_against_advice_needs_the_consequence_and_the_reason(practice: Practice, missing: str) -> None:
    entry = advised(practice, known(practice).client)
    told: dict[str, Any] = {"consequence": "Costs of 40,000", "reason": "Wants his day in court", missing: ""}
    with pytest.raises(Refused, match=f"against-advice-needs: {missing}"):
        practice.do(respond_to_advice, entry, NewResponse(response="against advice", **told))


def test_answer_is_not_older_than_the_advice(practice: Practice) -> None:
    entry = advised(practice, known(practice).client)
    early = dt.date.today() - dt.timedelta(days=5)
    with pytest.raises(Refused, match="answer-before-advice"):
        practice.do(respond_to_advice, entry, NewResponse(response="accepted", responded_on=early))


def test_undone_answer_leaves_the_question_open_again(practice: Practice) -> None:
    entry = advised(practice, known(practice).client)
    practice.do(respond_to_advice, entry, NewResponse(response="accepted"))
    practice.undo()
    assert practice.ask(list_advice_rows, [entry])[0].response == "awaiting"
    practice.do(respond_to_advice, entry, NewResponse(response="declined"))
    assert practice.ask(list_advice_rows, [entry])[0].response == "declined"
    assert practice.check().ok


def test_confirmation_in_writing_can_follow(practice: Practice) -> None:
    entry = advised(practice, known(practice).client)
    practice.do(confirm_advice, entry, dt.date(2026, 11, 20))
    assert practice.ask(get_advice, entry).confirmed_on == dt.date(2026, 11, 20)


def test_undone_recorded_entry_is_withdrawn_and_out_of_lists(practice: Practice) -> None:
    client = known(practice).client
    entry = advised(practice, client)
    practice.undo()
    assert practice.ask(get_advice, entry).withdrawn_at is not None
    assert practice.ask(list_advice, client) == []
    with pytest.raises(Refused, match="withdrawn"):
        practice.do(amend_advice, entry, Amendment(reason="r", advice="a"))
    practice.redo()
    assert [row.id for row in practice.ask(list_advice, client)] == [entry]


def test_undone_draft_is_gone_and_comes_back(practice: Practice) -> None:
    draft = advised(practice, known(practice).client, record=False)
    practice.do(discard_draft, draft)
    assert practice.ask(list_advice_ids, drafts=True) == []
    practice.undo()
    assert practice.ask(list_advice_ids, drafts=True) == [draft]


def test_history_of_an_entry_says_who_when_and_what_was_before(practice: Practice) -> None:
    draft = advised(practice, known(practice).client, record=False)
    practice.do(edit_advice, draft, AdviceEdit(advice="Second thoughts"))
    changes = practice.ask(record_history, "advice", draft)
    assert [(change.kind, change.step.who, change.step.verb) for change in changes] == [
        ("insert", "Tess", "log_advice"),
        ("update", "Tess", "edit_advice"),
    ]
    assert changes[1].before == {"advice": "Settle below 180,000."}
    assert changes[1].after == {"advice": "Second thoughts"}


def test_lists_sort_by_every_column_and_filter(practice: Practice) -> None:
    here = known(practice)
    older = advised(practice, here.client, days_ago=3, engagement_id=here.engagement)
    newer = advised(practice, here.client, question="Zeppelins?")
    for column in ("given_at", "client", "question", "response"):
        assert sorted(practice.ask(list_advice_ids, column)) == [older, newer]
    assert practice.ask(list_advice_ids) == [newer, older]
    assert practice.ask(list_advice_ids, text="zepp") == [newer]
    assert practice.ask(list_advice_ids, engagement_id=here.engagement) == [older]


def test_entry_is_found_by_its_number(practice: Practice) -> None:
    entry = advised(practice, known(practice).client)
    assert practice.ask(find_advice, "a-0001") == entry
    for told in ("A-0099", "twelve", "²"):
        with pytest.raises(Refused):
            practice.ask(find_advice, told)


def test_empty_question_is_refused_with_every_other_wrong_field() -> None:
    with pytest.raises(Refused) as refused:
        NewAdvice(client_id=1, question=" ", channel="pigeon", minutes=-1)  # type: ignore[arg-type]
    fields = {refused.value.field, *(other.field for other in refused.value.others)}
    assert fields == {"question", "channel", "minutes"}


def test_advice_for_a_client_that_is_not_there_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="not-there: client"):
        practice.do(log_advice, NewAdvice(client_id=99, question="Who?"))
