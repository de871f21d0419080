"""The fee and value statement adds up what was charged, and says no hour, no margin and no note."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from db.clients import NewClient, add_client
from db.engagements import EngagementEdit, NewEngagement, add_engagement, edit_engagement
from db.fees import NewFee, add_fee
from db.parties import NewParty
from db.practice import Practice
from db.scope import NewOutOfScope, log_out_of_scope
from desktop.reports import value_statement
from desktop.reports.client_facts import Money
from desktop.reports.family import Asked
from desktop.reports.value_facts import MonthFacts, StatementFacts, SumFacts
from tests.reports.letter_sample import STATEMENT
from tests.reports.reading import text
from tests.reports.structure import structure

AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)


@pytest.fixture
def client(practice: Practice) -> int:
    rosa = int(str(practice.do(add_client, NewClient(party=NewParty(name="Rosa Benedetti"))).result))
    new = NewEngagement(client_id=rosa, title="Deposit claim", stage="active", opened_on=dt.date(2026, 1, 5))
    work = int(str(practice.do(add_engagement, new).result))
    practice.do(edit_engagement, work, EngagementEdit(value_delivered="My deposit is back.", currency="EUR"))
    for day, minor, kind, currency, engagement in (
        (dt.date(2025, 12, 31), 99_900, "billed", "EUR", work),
        (dt.date(2026, 2, 3), 10_000, "billed", "EUR", work),
        (dt.date(2026, 2, 20), 5_000, "billed", "EUR", work),
        (dt.date(2026, 3, 1), 2_000, "written off", "EUR", work),
        (dt.date(2026, 3, 9), 13_000, "paid", "EUR", work),
        (dt.date(2026, 3, 9), 700, "billed", "USD", None),
    ):
        fee = NewFee(
            client_id=rosa,
            engagement_id=engagement,
            charged_on=day,
            amount_minor=minor,
            currency=currency,
            kind=kind,  # type: ignore[arg-type]
            note="ZQXNOTE three hours at a loss",
        )
        practice.do(add_fee, fee)
    for what, handling in (("Read a letter", "goodwill"), ("Appeal", "quote")):
        outside = NewOutOfScope(
            engagement_id=work,
            what=what,
            handling=handling,  # type: ignore[arg-type]
            asked_on=dt.date(2026, 4, 1),
            minutes=377,
            amount_minor=4_000,
        )
        practice.do(log_out_of_scope, outside)
    return rosa


def read(practice: Practice, client: int) -> StatementFacts:
    found: StatementFacts = practice.ask(value_statement.read, Asked(AT, client_id=client, language="en"))
    return found


def test_fees_stand_by_month_and_engagement_and_add_up_per_currency(practice: Practice, client: int) -> None:
    facts = read(practice, client)
    assert (facts.since, facts.until) == (dt.date(2026, 1, 1), dt.date(2026, 11, 21))
    assert facts.months == (
        MonthFacts("Deposit claim", dt.date(2026, 2, 1), SumFacts("EUR", 15_000)),
        MonthFacts("", dt.date(2026, 3, 1), SumFacts("USD", 700)),
        MonthFacts("Deposit claim", dt.date(2026, 3, 1), SumFacts("EUR", 0, 13_000, 2_000)),
    )
    assert facts.totals == (SumFacts("EUR", 15_000, 13_000, 2_000), SumFacts("USD", 700))


def test_value_in_the_clients_words_stands_beside_the_fees(practice: Practice, client: int) -> None:
    (work,) = read(practice, client).work
    assert (work.value_delivered, work.billed) == ("My deposit is back.", (Money(15_000, "EUR"),))


def test_goodwill_is_told_and_a_quote_is_not(practice: Practice, client: int) -> None:
    facts = read(practice, client)
    assert [(each.what, each.worth) for each in facts.goodwill] == [("Read a letter", Money(4_000, "EUR"))]


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_statement_says_no_note_and_no_minute(practice: Practice, client: int, language: str) -> None:
    told = text(value_statement.render(dataclasses.replace(read(practice, client), language=language)))
    assert "ZQXNOTE" not in told
    # By itself: the digests in the foot are made of any figures.
    assert not re.search(r"\b377\b", told)
    assert "My deposit is back." in told


def test_chart_is_told_in_words() -> None:
    (figure,) = structure(value_statement.render(STATEMENT).pdf).all_of("Figure")
    assert "Fees billed, in EUR." in figure.alt
    assert "Mar: €3,650.00." in figure.alt


def test_period_without_a_fee_says_so(practice: Practice) -> None:
    rosa = int(str(practice.do(add_client, NewClient(party=NewParty(name="Rosa Benedetti"))).result))
    assert "Nothing was charged in this period." in text(value_statement.render(read(practice, rosa)))
