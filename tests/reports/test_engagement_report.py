"""The report on one engagement tells that engagement alone, and nothing of it that is not for the client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.deadlines import NewDeadline, add_deadline
from db.decisions import NewDecision, Reversal, log_decision, supersede_decision
from db.engagements import EngagementEdit, NewEngagement, NewRole, add_engagement, add_role, edit_engagement
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty
from db.practice import Practice
from db.rows import scalar
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust
from desktop.reports import engagement_letter, engagement_report
from desktop.reports.client_facts import Money
from desktop.reports.engagement_facts import EngagementReportFacts
from desktop.reports.family import Asked
from tests.reports.leaks import taken_apart

TODAY = dt.date.today()
AT = dt.datetime.combine(TODAY, dt.time(23, 59), dt.UTC)
SECRETS = ("ZQXCONFIDED", "ZQXCONCERN", "ZQXSIGNAL", "ZQXNOTE", "ZQXOTHER", "ZQXELSEWHERE", "ZQXADVERSE", "ZQXNEXT")


def done(practice: Practice, verb: Callable[..., Any], *given: Any) -> int:
    return int(str(practice.do(verb, *given).result))


@pytest.fixture
def work(practice: Practice) -> int:
    """An engagement with something of everything, beside other work of the client and another client."""
    rosa = done(practice, add_client, NewClient(party=NewParty(name="Rosa Benedetti"), notes="ZQXNOTE"))
    other = done(practice, add_client, NewClient(party=NewParty(name="ZQXOTHER Ltd")))
    one = done(practice, add_engagement, NewEngagement(client_id=rosa, title="Deposit claim", stage="active"))
    two = done(practice, add_engagement, NewEngagement(client_id=rosa, title="ZQXELSEWHERE", stage="active"))
    three = done(practice, add_engagement, NewEngagement(client_id=other, title="ZQXOTHER work", stage="active"))
    edit = EngagementEdit(
        scope_included="The claim", fee_basis="hourly", fee_minor=20_000, currency="EUR", value_delivered="I slept."
    )
    done(practice, edit_engagement, one, edit)
    for engagement, client, words in ((one, rosa, "Settle"), (two, rosa, "ZQXELSEWHERE"), (three, other, "ZQXOTHER")):
        new = NewAdvice(client_id=client, engagement_id=engagement, question=words, advice=words, record=True)
        done(practice, log_advice, new)
        done(practice, add_promise, NewPromise(client_id=client, engagement_id=engagement, text=f"Send {words}"))
        fee = NewFee(client_id=client, engagement_id=engagement, amount_minor=engagement * 100, currency="EUR")
        done(practice, add_fee, fee.model_copy(update={"note": "ZQXNOTE"}))
    note = NewAdvice(client_id=rosa, engagement_id=one, question="ZQXNOTE", advice="x", channel="note", record=True)
    done(practice, log_advice, note)
    for kind in ("confidence", "concern", "signal"):
        told = {"confidence": "ZQXCONFIDED", "concern": "ZQXCONCERN", "signal": "ZQXSIGNAL"}[kind]
        new_note = NewTrustNote(client_id=rosa, engagement_id=one, kind=kind, text=told)
        done(practice, note_trust, new_note)
    done(practice, add_follow_up, NewFollowUp(client_id=rosa, engagement_id=one, due_on=TODAY, what="ZQXNEXT"))
    adverse = NewClient(party=NewParty(name="ZQXADVERSE"))
    enemy = done(practice, add_client, adverse)
    party = practice.ask(lambda session: int(str(scalar(session, "SELECT party_id FROM client WHERE id = ?", enemy))))
    done(practice, add_role, NewRole(engagement_id=one, party_id=party, kind="adverse"))
    first = done(practice, log_decision, NewDecision(engagement_id=one, item="Expert", choice="Two", decided_by="Rosa"))
    done(practice, supersede_decision, first, Reversal(choice="One", decided_by="Rosa", reason="costs"))
    ahead = NewDeadline(
        engagement_id=one, kind="hearing", falls_on=TODAY + dt.timedelta(9), what="Hearing", note="ZQXNOTE"
    )
    done(practice, add_deadline, ahead)
    return one


def read(practice: Practice, work: int) -> EngagementReportFacts:
    found: EngagementReportFacts = practice.ask(engagement_report.read, Asked(AT, engagement_id=work, language="en"))
    return found


def test_report_tells_its_own_engagement_and_no_other(practice: Practice, work: int) -> None:
    facts = read(practice, work)
    assert [entry.question for entry in facts.advice] == ["Settle"]
    assert [promise.text for promise in facts.promises] == ["Send Settle"]
    assert facts.billed == (Money(work * 100, "EUR"),)
    assert [(each.choice, each.later) for each in facts.decisions] == [("Two", "One"), ("One", "")]
    assert [each.what for each in facts.dates] == ["Hearing"]
    assert facts.agreed.fee == Money(20_000, "EUR")
    assert facts.agreed.value_delivered == "I slept."


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_nothing_planted_comes_out_of_report_or_letters(practice: Practice, work: int, language: str) -> None:
    asked = Asked(AT, engagement_id=work, language=language)
    for module in (engagement_report, engagement_letter):
        paper = module.render(practice.ask(module.read, asked))
        for part, words in taken_apart(paper.pdf):
            assert not [secret for secret in SECRETS if secret in words], part


def test_preview_counts_what_is_left_out_of_this_engagement(practice: Practice, work: int) -> None:
    left = practice.ask(engagement_report.omitted, Asked(AT, engagement_id=work))
    assert {kind: left[kind] for kind in ("confidences", "concerns", "signals", "notes", "follow_ups")} == {
        "confidences": 1, "concerns": 1, "signals": 1, "notes": 1, "follow_ups": 1,
    }  # fmt: skip


def test_period_that_ends_before_it_begins_is_refused(practice: Practice, work: int) -> None:
    asked = Asked(AT, engagement_id=work, since=TODAY, until=TODAY - dt.timedelta(1))
    with pytest.raises(Refused, match="ends-before-it-begins"):
        practice.ask(engagement_report.read, asked)
