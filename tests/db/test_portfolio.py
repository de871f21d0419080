"""The portfolio: fees and attention by grade, how much hangs on a few, and what a client may become."""

from __future__ import annotations

import datetime as dt
from typing import Any

from db.advice import NewAdvice, log_advice
from db.clients import ClientEdit, NewClient, add_client, edit_client
from db.effort import list_effort
from db.engagements import NewEngagement, add_engagement
from db.fees import NewFee, add_fee
from db.parties import NewParty
from db.portfolio import Dimensions, concentration, list_dimensions, list_grades
from db.practice import Practice
from db.scope import NewOutOfScope, log_out_of_scope
from db.trust import NewPromise, add_promise

TODAY = dt.date.today()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def client(practice: Practice, name: str, grade: str = "") -> int:
    values = {"party": NewParty(name=name), "standing": "client", "grade": grade or None, "since": ago(900)}
    return int(str(practice.do(add_client, NewClient.model_validate(values)).result))


def fee(practice: Practice, client_id: int, pounds: int, days: int, currency: str = "") -> None:
    new = NewFee(client_id=client_id, charged_on=ago(days), amount_minor=pounds * 100, currency=currency)
    practice.do(add_fee, new)


def entry(practice: Practice, client_id: int, days: int, **more: Any) -> None:
    at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    told = {"client_id": client_id, "question": "?", "advice": ".", "given_at": at, "record": True, **more}
    practice.do(log_advice, NewAdvice.model_validate(told))


def test_fees_and_entries_stand_by_grade_with_those_without_one_last(practice: Practice) -> None:
    ada, ben, cy = client(practice, "Ada", "A"), client(practice, "Ben", "A"), client(practice, "Cy")
    for one, pounds, days in ((ada, 50, 10), (ben, 70, 400), (cy, 5, 364), (cy, 9, 365)):
        fee(practice, one, pounds, days)
    entry(practice, ada, 3)
    rows = practice.ask(list_grades)
    assert [(row.grade, row.clients, row.fees_year, row.fees_three, row.contacts) for row in rows] == [
        ("A", 2, 5000, 12000, 1),
        ("", 1, 500, 1400, 0),
    ]


def test_a_past_day_has_the_grades_and_fees_of_that_day(practice: Practice) -> None:
    ada = client(practice, "Ada", "A")
    fee(practice, ada, 50, 300)
    fee(practice, ada, 90, 20)
    practice.do(edit_client, ada, ClientEdit(grade="D"))
    assert [(row.grade, row.fees_year) for row in practice.ask(list_grades)] == [("D", 14000)]
    assert [(row.grade, row.fees_year) for row in practice.ask(list_grades, ago(30))] == [("A", 5000)]
    then = practice.ask(list_effort, ago(30)).rows
    assert [(row.grade, row.value_minor) for row in then] == [("A", 5000)]


def test_concentration_is_the_share_of_the_five_largest(practice: Practice) -> None:
    assert practice.ask(concentration).share is None
    for number in range(7):
        one = client(practice, f"Client {number}")
        fee(practice, one, 10 * (number + 1), 20)
        fee(practice, one, 9999, 20, "JPY")
    found = practice.ask(concentration)
    assert [row.name for row in found.largest] == [f"Client {number}" for number in (6, 5, 4, 3, 2)]
    assert (found.fees_year, found.share, found.largest[0].share) == (28000, 250 / 280, 70 / 280)


def test_attention_is_told_with_its_hours_and_promises(practice: Practice) -> None:
    ada = client(practice, "Ada")
    fee(practice, ada, 50, 10)
    entry(practice, ada, 3, minutes=45)
    entry(practice, ada, 5, minutes=30, channel="call")
    entry(practice, ada, 120, minutes=600)
    practice.do(add_promise, NewPromise(client_id=ada, text="Draft", made_on=ago(4), due_on=TODAY))
    practice.do(add_promise, NewPromise(client_id=ada, text="Old", made_on=ago(100), due_on=ago(90)))
    practice.do(add_promise, NewPromise(client_id=ada, text="His", by="client", made_on=ago(4), due_on=TODAY))
    row = practice.ask(list_effort).rows[0]
    assert (row.contacts, row.minutes, row.promises, row.attention) == (2, 75, 1, 5)


def test_budget_demand_and_frequency_say_what_a_client_may_become(practice: Practice) -> None:
    ada, ben = client(practice, "Ada"), client(practice, "Ben")
    for basis, pounds, opened, currency in (
        ("fixed", 100, 400, ""),
        ("monthly", 10, 20, "GBP"),
        ("hourly", 300, 20, "GBP"),
        ("fixed", 700, 20, "EUR"),
    ):
        told = {"client_id": ada, "title": basis, "stage": "active", "opened_on": ago(opened), "fee_basis": basis}
        new = NewEngagement.model_validate({**told, "fee_minor": pounds * 100, "currency": currency})
        work = int(str(practice.do(add_engagement, new).result))
    asked = {"engagement_id": work, "asked_on": ago(5), "what": "A second model", "handling": "quote"}
    practice.do(log_out_of_scope, NewOutOfScope.model_validate(asked))
    entry(practice, ada, 3)
    entry(practice, ada, 366)
    assert practice.ask(list_dimensions, [ada, ben]) == {ada: Dimensions(22000, 4, 1), ben: Dimensions()}
