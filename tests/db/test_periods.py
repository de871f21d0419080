"""The next period's engagement comes from the last one's, and the chain of them is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.engagements import (
    EngagementEdit,
    NewEngagement,
    NewRole,
    add_engagement,
    add_role,
    edit_engagement,
    get_engagement,
    list_roles,
)
from db.errors import Refused
from db.parties import NewParty, add_party
from db.periods import BeginPeriod, begin_next_period, list_periods, next_period
from db.practice import Practice
from tests.db.nouns import known, result


def recurring(practice: Practice, **more: Any) -> int:
    values: dict[str, Any] = {
        "title": "Annual accounts 2025/26",
        "stage": "active",
        "recurs": "yearly",
        "scope_included": "Accounts",
        "period_from": dt.date(2025, 4, 1),
        "period_until": dt.date(2026, 3, 31),
        "letter": "signed",
        "fee_basis": "fixed",
        "fee_minor": 240_000,
        "scope_excluded": "Payroll",
        "client_duties": "Vouchers",
    }
    new = NewEngagement(client_id=known(practice).client, **values | more)
    return result(practice.do(add_engagement, new))


def test_nothing_of_the_next_year_is_typed_anew(practice: Practice) -> None:
    last = recurring(practice)
    payer = result(practice.do(add_party, NewParty(name="Larrea Navieras", kind="organisation")))
    practice.do(add_role, NewRole(engagement_id=last, party_id=payer, kind="pays", note="by invoice"))
    made = practice.ask(get_engagement, result(practice.do(begin_next_period, last)))
    assert (made.title, made.period_from, made.period_until) == (
        *("Annual accounts 2026/27", dt.date(2026, 4, 1), dt.date(2027, 3, 31)),
    )
    assert (made.scope_included, made.scope_excluded, made.client_duties) == ("Accounts", "Payroll", "Vouchers")
    assert (made.fee_basis, made.fee_minor, made.recurs, made.follows_id) == ("fixed", 240_000, "yearly", last)
    assert (made.letter, made.letter_signed_on, made.stage) == ("draft", None, "active")
    assert [(role.name, role.kind, role.note) for role in practice.ask(list_roles, made.id or 0)] == [
        ("Larrea Navieras", "pays", "by invoice")
    ]
    practice.undo()
    assert practice.ask(list_periods, last) == []


def test_the_chain_shows_every_period_and_grows_at_its_end_only(practice: Practice) -> None:
    first = recurring(practice)
    second = result(practice.do(begin_next_period, first))
    third = result(practice.do(begin_next_period, second))
    with pytest.raises(Refused, match="period-begun"):
        practice.do(begin_next_period, first)
    chain = practice.ask(list_periods, second)
    assert [(row.id, row.here) for row in chain] == [(third, False), (second, True), (first, False)]
    assert [row.title for row in chain] == [f"Annual accounts {span}" for span in ("2027/28", "2026/27", "2025/26")]


@pytest.mark.parametrize(
    ("recurs", "title", "since", "until", "expected"),
    [
        ("quarterly", "VAT Q4 2026", (2026, 10, 1), (2026, 12, 31), ("VAT Q1 2027", (2027, 1, 1), (2027, 3, 31))),
        ("monthly", "Payroll", (2027, 12, 1), (2028, 1, 31), ("Payroll", (2028, 2, 1), (2028, 2, 29))),
        ("yearly", "Tax 2025-2026", (2025, 1, 1), (2025, 12, 31), ("Tax 2026-2027", (2026, 1, 1), (2026, 12, 31))),
        ("yearly", "Tax for £20266", (2025, 1, 1), (2025, 12, 31), ("Tax for £20266", (2026, 1, 1), (2026, 12, 31))),
    ],
)
def test_the_next_period_follows_day_by_day_and_its_title_moves_on(
    practice: Practice, recurs: Any, title: str, since: Any, until: Any, expected: Any
) -> None:
    last = recurring(practice, recurs=recurs, title=title, period_from=dt.date(*since), period_until=dt.date(*until))
    planned = practice.ask(next_period, last)
    assert (planned.title, planned.period_from, planned.period_until) == (
        *(expected[0], dt.date(*expected[1]), dt.date(*expected[2])),
    )


def test_what_does_not_come_again_has_no_next_period(practice: Practice) -> None:
    last = recurring(practice, recurs="")
    with pytest.raises(Refused, match="does-not-recur"):
        practice.do(begin_next_period, last)
    practice.do(edit_engagement, last, EngagementEdit(recurs="yearly", period_until=None))
    with pytest.raises(Refused, match="required: period_until"):
        practice.do(begin_next_period, last)


def test_a_period_that_ends_is_looked_at_on_that_day_until_the_next_one_begins(practice: Practice) -> None:
    last = recurring(practice)
    assert practice.ask(get_engagement, last).next_review_on == dt.date(2026, 3, 31)
    practice.do(begin_next_period, last)
    assert practice.ask(get_engagement, last).next_review_on is None


def test_a_period_cannot_end_before_it_begins(practice: Practice) -> None:
    last = recurring(practice)
    with pytest.raises(Refused, match="ends-before-it-begins: period_until"):
        practice.do(edit_engagement, last, EngagementEdit(period_until=dt.date(2025, 3, 31)))
    wrong = BeginPeriod(title="x", period_from=dt.date(2026, 4, 1), period_until=dt.date(2026, 3, 1))
    with pytest.raises(Refused, match="ends-before-it-begins: period_until"):
        practice.do(begin_next_period, last, wrong)
