"""Reviews: who is due by grade and plan, both sides told with reasons, and the next day set."""

from __future__ import annotations

import datetime as dt

import pytest

from db.clients import NewClient, add_client
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.insights import NewInsight, record_insight
from db.parties import NewParty
from db.practice import Practice
from db.review_facts import review_facts
from db.reviews import (
    NewReview,
    ReviewPlan,
    add_months,
    count_reviews,
    hold_review,
    list_due_rows,
    list_review_ids,
    list_reviews,
    move_review,
    set_review_plan,
)
from db.trust import NewPromise, NewTrustNote, Settling, add_promise, keep_promise, note_trust
from db.words import Grade

TODAY = dt.date.today()


def _client(practice: Practice, name: str, grade: Grade | None = "A", since: dt.date | None = None) -> int:
    party = NewParty(name=name, kind="organisation")
    new = NewClient(party=party, standing="client", grade=grade, since=since or TODAY - dt.timedelta(days=400))
    number = practice.do(add_client, new).result
    assert isinstance(number, int)
    return number


def _due(practice: Practice, client: int) -> dt.date:
    (row,) = practice.ask(list_due_rows, [client])
    return row.due_on


def _review(client: int, **more: object) -> NewReview:
    return NewReview.model_validate({"client_id": client, "they": "continues", "we": "continue", **more})


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_are_counted_by_the_calendar(start: str, months: int, end: str) -> None:
    assert add_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


def test_a_client_never_reviewed_is_due_by_his_grade_after_he_came(practice: Practice) -> None:
    since = dt.date(2026, 8, 31)
    assert _due(practice, _client(practice, "Quarterly", "A", since)) == dt.date(2026, 11, 30)
    assert _due(practice, _client(practice, "Half-yearly", "B", since)) == dt.date(2027, 2, 28)
    assert _due(practice, _client(practice, "Yearly", None, since)) == dt.date(2027, 8, 31)


def test_the_list_stands_by_grade_and_then_by_day(practice: Practice) -> None:
    late_b = _client(practice, "Late B", "B")
    new_a = _client(practice, "New A", "A", TODAY)
    late_a = _client(practice, "Late A", "A")
    assert practice.ask(list_review_ids) == [late_a, late_b]
    assert practice.ask(list_review_ids, "all") == [late_a, new_a, late_b]
    assert practice.ask(count_reviews) == {"due": 2, "late": 2, "all": 3}


def test_a_review_sets_the_next_day_by_the_plan_and_undo_takes_both_back(practice: Practice) -> None:
    client = _client(practice, "Larrea")
    before = _due(practice, client)
    practice.do(hold_review, _review(client, could_say_no="The price"))
    assert _due(practice, client) == add_months(TODAY, 3)
    assert practice.ask(list_review_ids) == []
    practice.undo()
    assert _due(practice, client) == before
    assert practice.ask(list_reviews, client) == []


def test_another_plan_moves_those_who_have_no_day_of_their_own(practice: Practice) -> None:
    one, other = _client(practice, "One"), _client(practice, "Other")
    practice.do(move_review, other, dt.date(2030, 1, 2))
    practice.do(set_review_plan, ReviewPlan(A=24, B=6, C=12, D=12, none=12))
    assert _due(practice, one) == add_months(TODAY - dt.timedelta(days=400), 24)
    assert _due(practice, other) == dt.date(2030, 1, 2)
    with pytest.raises(Refused, match="out-of-range: A"):
        ReviewPlan(A=0, B=6, C=12, D=12, none=12)


def test_ending_it_needs_a_reason_and_sets_no_next_day(practice: Practice) -> None:
    client = _client(practice, "Larrea")
    with pytest.raises(Refused, match="required: reason"):
        practice.do(hold_review, _review(client, we="disengage"))
    practice.do(hold_review, _review(client, we="disengage", reason="Will not give the papers"))
    assert practice.ask(list_review_ids, "all") == []


def test_a_concern_says_what_it_is(practice: Practice) -> None:
    client = _client(practice, "Larrea")
    with pytest.raises(Refused, match="required: fee_words"):
        practice.do(hold_review, _review(client, fee="concern"))
    practice.do(hold_review, _review(client, fee="concern", fee_words="Pays late", integrity="ok"))
    (review,) = practice.ask(list_reviews, client)
    assert review.points == [("integrity", "ok", ""), ("fee", "concern", "Pays late")]


def test_the_next_review_comes_after_this_one(practice: Practice) -> None:
    client = _client(practice, "Larrea")
    with pytest.raises(Refused, match="review-before: next_on"):
        practice.do(hold_review, _review(client, next_on=TODAY))


def test_the_facts_beside_the_form_are_counted_from_the_file(practice: Practice) -> None:
    client = _client(practice, "Larrea")
    for days, minor, kind in ((10, 100, "billed"), (500, 40, "billed"), (2000, 7, "billed"), (10, 60, "paid")):
        day = TODAY - dt.timedelta(days=days)
        new = NewFee.model_validate({"client_id": client, "amount_minor": minor, "charged_on": day, "kind": kind})
        practice.do(add_fee, new)
    promise = practice.do(add_promise, NewPromise(client_id=client, text="Call", due_on=TODAY)).result
    practice.do(keep_promise, int(str(promise)), Settling())
    practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="The bill", restricted=True))
    practice.do(record_insight, NewInsight(client_id=client, kind="complaint", verbatim="Too slow"))
    facts = practice.ask(review_facts, client)
    assert (facts.fees_year_minor, facts.fees_three_years_minor, facts.paid_year_minor) == (100, 140, 60)
    assert (facts.kept.kept, facts.kept.settled) == (1, 1)
    assert {(concern.words, concern.restricted) for concern in facts.concerns} == {("", True), ("Too slow", False)}
    assert [row.verbatim for row in facts.feedback] == ["Too slow"]
