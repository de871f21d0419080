"""Work outside scope is noted with how it was handled, and summed by client and month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.errors import Refused
from db.practice import Practice
from db.scope import (
    NewOutOfScope,
    OutOfScopeEdit,
    edit_out_of_scope,
    list_out_of_scope,
    log_out_of_scope,
    settle_out_of_scope,
    sum_out_of_scope,
)
from tests.db.nouns import advised, known, result


def test_a_months_total_says_what_was_given_and_what_was_asked(practice: Practice) -> None:
    here, other = known(practice), known(practice, "Portus Terminal")
    march: dict[str, Any] = {"engagement_id": here.engagement, "asked_on": dt.date(2026, 3, 31)}
    for new in (
        NewOutOfScope(**march, what="A VAT question", handling="goodwill", minutes=15, amount_minor=30_00),
        NewOutOfScope(**march, what="Payroll for two", handling="quote", minutes=45, amount_minor=400_00),
        NewOutOfScope(**march | {"asked_on": dt.date(2026, 4, 1)}, what="April", handling="goodwill", minutes=9),
        NewOutOfScope(**march | {"engagement_id": other.engagement}, what="Visa", handling="change letter"),
    ):
        practice.do(log_out_of_scope, new)
    spans: dict[str, Any] = {"since": dt.date(2026, 3, 1), "until": dt.date(2026, 3, 31)}
    first, second = practice.ask(sum_out_of_scope, **spans)
    assert (first.client, first.times, first.minutes, first.given_minor, first.asked_minor, first.currency) == (
        *("Iñaki Larrea", 2, 60, 30_00, 400_00, "GBP"),
    )
    assert (second.client, second.times, second.minutes) == ("Portus Terminal", 1, 0)
    assert [row.what for row in practice.ask(list_out_of_scope, here.client, **spans)] == [
        *("Payroll for two", "A VAT question"),
    ]


def test_an_entry_rests_on_an_advice_of_the_same_client(practice: Practice) -> None:
    here, other = known(practice), known(practice, "Portus Terminal")
    mine, strange = advised(practice, here.client), advised(practice, other.client)
    new = NewOutOfScope(engagement_id=here.engagement, what="Visa", handling="quote", advice_id=strange)
    with pytest.raises(Refused, match="not-of-client: advice"):
        practice.do(log_out_of_scope, new)
    practice.do(log_out_of_scope, new.model_copy(update={"advice_id": mine}))
    assert practice.ask(list_out_of_scope, engagement_id=here.engagement)[0].advice_id == mine


def test_a_quote_is_agreed_once(practice: Practice) -> None:
    here = known(practice)
    new = NewOutOfScope(engagement_id=here.engagement, what="Visa", handling="quote")
    entry = result(practice.do(log_out_of_scope, new))
    practice.do(settle_out_of_scope, entry)
    assert practice.ask(list_out_of_scope)[0].settled_on == dt.date.today()
    with pytest.raises(Refused, match="already-done"):
        practice.do(settle_out_of_scope, entry)


def test_only_the_given_fields_of_an_entry_change(practice: Practice) -> None:
    here = known(practice)
    new = NewOutOfScope(engagement_id=here.engagement, what="Visa", handling="goodwill", minutes=20)
    entry = result(practice.do(log_out_of_scope, new))
    practice.do(edit_out_of_scope, entry, OutOfScopeEdit(handling="change letter"))
    (row,) = practice.ask(list_out_of_scope)
    assert (row.handling, row.minutes, row.what) == ("change letter", 20, "Visa")


def test_what_was_asked_must_be_said(practice: Practice) -> None:
    with pytest.raises(Refused, match="required: what"):
        NewOutOfScope(engagement_id=1, what=" ", handling="goodwill")
