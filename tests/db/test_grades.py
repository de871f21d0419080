"""Grades by the practice's own criteria: the points, the suggestion, what would change it, and who takes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db.advice import NewAdvice, NewResponse, log_advice, respond_to_advice
from db.clients import ClientEdit, NewClient, NewStanding, add_client, change_standing, edit_client
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.grade_criteria import CRITERIA, GradeCriteria, grade_criteria, set_grade_criteria
from db.grade_facts import list_grade_facts
from db.grades import (
    Graded,
    accept_grade,
    accept_grades,
    grade_of,
    kept_grade,
    list_suggested,
    more_fees,
    suggested_grade,
)
from db.insights import NewInsight, record_insight
from db.parties import NewParty
from db.practice import Practice
from db.referrals import NewReferral, add_referral
from db.trust import NewTrustNote, note_trust
from db.words import FeeKind
from tests.db import made

TODAY = dt.date.today()
OLD = TODAY - dt.timedelta(days=800)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def client(practice: Practice, name: str = "Ada", since: dt.date = OLD, tags: tuple[str, ...] = ()) -> int:
    new = NewClient(party=NewParty(name=name, tags=list(tags)), standing="client", since=since)
    return int(str(practice.do(add_client, new).result))


def fee(practice: Practice, client_id: int, amount: int, days: int, kind: FeeKind = "billed") -> None:
    """So many pounds, so many days before today."""
    practice.do(add_fee, NewFee(client_id=client_id, charged_on=ago(days), amount_minor=amount * 100, kind=kind))


def graded(practice: Practice, client_id: int, on: dt.date | None = None) -> Graded:
    return practice.ask(grade_of, client_id, on)


def points(practice: Practice, client_id: int, on: dt.date | None = None) -> dict[str, float | None]:
    return {each.name: each.points for each in graded(practice, client_id, on).criteria}


def test_each_criterion_has_the_points_that_its_facts_give(practice: Practice) -> None:
    ada = client(practice, tags=("strategic",))
    fee(practice, ada, 4000, 760)
    fee(practice, ada, 8000, 500)
    fee(practice, ada, 10000, 200)
    for amount, days in ((4000, 740), (8000, 480), (5000, 190)):
        fee(practice, ada, amount, days, "paid")
    sent = made.client(practice, "Ben")
    party = made.value(practice, "SELECT party_id FROM client WHERE id = ?", sent)
    sender = made.value(practice, "SELECT party_id FROM client WHERE id = ?", ada)
    practice.do(add_referral, NewReferral.model_validate({"direction": "in", "sent_id": party, "from_id": sender}))
    for effect in (1, 2, -1):
        practice.do(note_trust, NewTrustNote(client_id=ada, kind="signal", effect=effect, text="Noted."))
    said = {"kind": "frontline", "client_id": ada, "verbatim": "Good.", "feeling": "pleased", "heard_by": "Tess"}
    practice.do(record_insight, NewInsight.model_validate(said))
    for response in ("accepted", "accepted", "deferred", "accepted"):
        advice = made.advice(practice, ada, record=True)
        practice.do(respond_to_advice, advice, NewResponse.model_validate({"response": response, "words": "Yes."}))
    found = points(practice, ada)
    assert found.pop("timely") == pytest.approx(100 * 17 / 22)
    assert found == {
        "fees_year": 50,
        "fees_three": 44,
        "growth": 75,
        "refers": 50,
        "advice": 87.5,
        "pleasant": 75,
        "strategic": 100,
    }
    told = graded(practice, ada)
    assert told.score == pytest.approx(
        (30 * 50 + 15 * 44 + 10 * 75 + 15 * 1700 / 22 + 10 * 50 + 5 * 87.5 + 5 * 75 + 10 * 100) / 100
    )
    assert (told.suggested, told.grade) == ("B", "")


def test_a_client_of_whom_little_is_known_gets_no_grade_and_no_made_up_middle(practice: Practice) -> None:
    ada = client(practice, since=ago(20))
    found = graded(practice, ada)
    assert {each.name for each in found.criteria if each.points is not None} == {"strategic"}
    assert (found.suggested, found.score, found.changes) == ("", None, ())
    assert found.why_not is not None
    assert found.why_not.code == "grade-too-new"
    with pytest.raises(Refused, match="no-grade-suggested"):
        practice.do(accept_grade, ada)


def test_who_is_not_served_gets_no_grade(practice: Practice) -> None:
    ada = client(practice)
    fee(practice, ada, 9000, 50)
    assert graded(practice, ada).suggested
    practice.do(change_standing, ada, NewStanding(standing="former", reason="moved"))
    found = graded(practice, ada)
    assert (found.suggested, found.why_not and found.why_not.code) == ("", "grade-not-served")


def test_weights_and_borders_are_the_practices_own(practice: Practice) -> None:
    ada = client(practice)
    fee(practice, ada, 10000, 50)
    criteria = practice.ask(grade_criteria)
    only: dict[str, Any] = dict.fromkeys(CRITERIA, 0) | {"fees_year": 7}
    practice.do(set_grade_criteria, GradeCriteria(**{**criteria.model_dump(), **only}))
    assert (graded(practice, ada).suggested, graded(practice, ada).score) == ("B", 50)
    assert [each.name for each in graded(practice, ada).criteria] == ["fees_year"]
    practice.do(set_grade_criteria, GradeCriteria(**{**criteria.model_dump(), **only, "border_a": 50, "border_b": 49}))
    assert graded(practice, ada).suggested == "A"
    practice.undo()
    assert graded(practice, ada).suggested == "B"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"border_b": 75}, "border_b"), ({"border_c": 60}, "border_c"), (dict.fromkeys(CRITERIA, 0), "fees_year")],
)
def test_borders_fall_and_something_weighs(practice: Practice, wrong: dict[str, Any], field: str) -> None:
    criteria = practice.ask(grade_criteria).model_dump()
    with pytest.raises(Refused) as no:
        practice.do(set_grade_criteria, GradeCriteria(**{**criteria, **wrong}))
    assert no.value.field == field


def test_a_suggestion_waits_for_a_person_and_keeps_why_it_was_taken(practice: Practice) -> None:
    ada = client(practice)
    fee(practice, ada, 15000, 50)
    suggested = graded(practice, ada).suggested
    assert [(each.client_id, each.grade, each.suggested) for each in practice.ask(list_suggested)] == [
        (ada, "", suggested)
    ]
    assert practice.ask(kept_grade, ada) is None
    practice.do(accept_grade, ada)
    assert graded(practice, ada).grade == suggested
    assert practice.ask(list_suggested) == []
    kept = practice.ask(kept_grade, ada)
    assert kept is not None
    assert (kept.on, kept.before, kept.grade, kept.points["fees_year"]) == (TODAY, "", suggested, 75)
    with pytest.raises(Refused, match="same-grade"):
        practice.do(accept_grade, ada)
    practice.do(edit_client, ada, ClientEdit(grade="D" if suggested != "D" else "A"))
    assert practice.ask(kept_grade, ada) is None
    practice.undo()
    practice.undo()
    assert graded(practice, ada).grade == ""
    assert made.rows(practice, "SELECT * FROM custom_field") == []


def test_many_suggestions_are_taken_as_one_step(practice: Practice) -> None:
    ada, ben, cy = (client(practice, name) for name in ("Ada", "Ben", "Cy"))
    fee(practice, ada, 15000, 50)
    fee(practice, ben, 1000, 50)
    assert practice.do(accept_grades, [ada, ben]).result == 2
    assert graded(practice, ada).grade < graded(practice, ben).grade
    assert graded(practice, cy).grade == ""
    practice.undo()
    assert {graded(practice, each).grade for each in (ada, ben, cy)} == {""}


def test_the_grade_of_a_past_day_rests_on_what_was_then(practice: Practice) -> None:
    ada = client(practice, since=ago(700))
    fee(practice, ada, 12000, 300)
    day = ago(100)
    before = graded(practice, ada, day)
    fee(practice, ada, 9000, 60)
    fee(practice, ada, 12000, 20, "paid")
    practice.do(note_trust, NewTrustNote(client_id=ada, kind="thanks", effect=1, text="Thank you."))
    advice = practice.do(log_advice, NewAdvice(client_id=ada, question="Settle?", advice="Yes.", record=True)).result
    assert advice
    assert graded(practice, ada, day) == before
    assert graded(practice, ada).score != before.score


def test_a_grade_given_later_is_not_the_grade_of_the_day(practice: Practice) -> None:
    ada = client(practice)
    practice.do(edit_client, ada, ClientEdit(grade="C"))
    assert (graded(practice, ada).grade, graded(practice, ada, ago(1)).grade) == ("C", "")


def test_what_was_told_in_confidence_counts_and_is_not_shown(practice: Practice) -> None:
    ada = client(practice)
    for _each in range(2):
        note = NewTrustNote(client_id=ada, kind="confidence", effect=-2, text="secret words")
        practice.do(note_trust, note)
    found = next(each for each in graded(practice, ada).criteria if each.name == "pleasant")
    assert found.points == 0
    assert (found.reasons[0].noun, found.reasons[0].facts["n"]) == ("client", 2)


# ---------------------------------------------------------------------- what would change it

BILLS = some.lists(
    some.tuples(some.sampled_from(["billed", "paid", "written off"]), some.integers(0, 1200), some.integers(1, 9000)),
    min_size=1,
    max_size=6,
)
PROPERTY = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@PROPERTY
@given(BILLS)
def test_the_fees_named_make_the_better_grade_and_one_pound_less_does_not(
    practice: Practice, bills: list[tuple[FeeKind, int, int]]
) -> None:
    ada = client(practice)
    for kind, days, amount in bills:
        fee(practice, ada, amount, days, kind)
    found = graded(practice, ada)
    for each in found.changes:
        if each.code not in ("grade-more-fees", "grade-less-fees"):
            continue
        way, wanted = (1, "better") if each.code == "grade-more-fees" else (-1, "worse")
        amount = int(str(each.facts["amount"])) * way
        criteria = practice.ask(grade_criteria)
        (facts,) = practice.ask(list_grade_facts, criteria, [ada])
        short = suggested_grade(more_fees(facts, amount - 100 * way), criteria)[0]
        assert (short > str(each.facts["grade"])) if wanted == "better" else (short <= found.suggested)
        # The very fee, written into the file: what is billed today is nobody's debt yet.
        fee(practice, ada, amount // 100, 0)
        now = graded(practice, ada).suggested
        assert (now <= str(each.facts["grade"])) if wanted == "better" else (now > found.suggested)
        practice.undo()


@PROPERTY
@given(BILLS, some.integers(0, 1200), some.integers(1, 9000))
def test_a_fee_that_is_paid_lowers_no_criterion(
    practice: Practice, bills: list[tuple[FeeKind, int, int]], days: int, amount: int
) -> None:
    ada = client(practice)
    for kind, back, much in bills:
        fee(practice, ada, much, back, kind)
    before = points(practice, ada)
    fee(practice, ada, amount, days, "paid")
    after = points(practice, ada)
    for name, told in before.items():
        assert told is None or (after[name] or 0) >= told


@PROPERTY
@given(some.lists(BILLS, min_size=1, max_size=3), some.integers(0, 300))
def test_all_at_once_and_one_by_one_suggest_the_same(
    practice: Practice, each: list[list[tuple[FeeKind, int, int]]], back: int
) -> None:
    clients = [client(practice, f"Client {number}") for number in range(len(each))]
    for one, bills in zip(clients, each, strict=True):
        for kind, days, amount in bills:
            fee(practice, one, amount, days, kind)
    found = {row.client_id: (row.suggested, row.score) for row in practice.ask(list_suggested, None, ago(back))}
    for one in clients:
        alone = graded(practice, one, ago(back))
        assert found.get(one, ("", None)) == (alone.suggested, alone.score)


def test_strategic_clients_sent_and_advice_taken_are_counted_out_too(practice: Practice) -> None:
    ada = client(practice)
    fee(practice, ada, 10000, 200)
    fee(practice, ada, 5000, 190, "paid")
    criteria = practice.ask(grade_criteria)
    (facts,) = practice.ask(list_grade_facts, criteria, [ada])
    _grade, score = suggested_grade(facts, criteria)
    assert score is not None
    least = GradeCriteria(**{**criteria.model_dump(), "border_a": 90, "border_b": round(score + 1), "border_c": 1})
    practice.do(set_grade_criteria, least)
    codes = {each.code for each in graded(practice, ada).changes}
    assert codes == {
        "grade-more-fees",
        "grade-more-sent",
        "grade-if-strategic",
        "grade-if-timely",
        "grade-more-accepted",
    }
    assert suggested_grade(replace(facts, strategic=True), least)[0] == "B"
