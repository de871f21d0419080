"""What a fee and value statement may know: amounts charged, value in the client's words; no hour, margin or note."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db import tables
from db.errors import Refused
from db.rows import fetch, get
from db.scope import list_out_of_scope
from desktop.reports.client_facts import ForClientFacts, Money, PromiseFacts, RecordFacts
from desktop.reports.client_reading import practice_facts, read_promises
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.seal import rests_on

MOST_GOODWILL = 5000


@dataclass(frozen=True)
class SumFacts:
    """What was billed, paid and written off, in minor units of one currency."""

    currency: str
    billed: int = 0
    paid: int = 0
    written_off: int = 0


@dataclass(frozen=True)
class MonthFacts:
    """The sums of one engagement in one month, named by its first day; fees of no engagement have no title."""

    title: str
    month: dt.date
    sums: SumFacts


@dataclass(frozen=True)
class WorkFacts:
    """An engagement of the period: what the client wanted from it, what it brought in his words, what was billed."""

    title: str
    value_sought: str = ""
    value_delivered: str = ""
    billed: tuple[Money, ...] = ()


@dataclass(frozen=True)
class GoodwillFacts:
    """Work outside the scope that was given for nothing; `worth` is what it would have cost, where that was said."""

    on: dt.date
    what: str
    title: str
    worth: Money | None = None


@dataclass(frozen=True)
class StatementFacts(ForClientFacts):
    """Everything that the statement says, and nothing else; the days of the period are both included."""

    months: tuple[MonthFacts, ...] = ()
    totals: tuple[SumFacts, ...] = ()
    work: tuple[WorkFacts, ...] = ()
    promises: tuple[PromiseFacts, ...] = ()
    goodwill: tuple[GoodwillFacts, ...] = ()
    record: RecordFacts | None = None


def read_facts(session: Session, asked: Asked) -> StatementFacts:
    """What was charged, promised and delivered in the period; without a first day it begins with the year."""
    if asked.since and asked.until and asked.until < asked.since:
        raise Refused("ends-before-it-begins", "until", since=asked.since, until=asked.until)
    client = get(session, tables.Client, needed(asked.client_id, "client"), "client")
    assert client.id is not None
    today = asked.at.date()
    until = min(asked.until or today, today)
    since = min(asked.since or until.replace(month=1, day=1), until)
    adviser = session.get(tables.Person, client.responsible_id) if client.responsible_id else None
    charged = _charged(session, client.id, since, until)
    months = _months(charged)
    promises = read_promises(session, client.id, since, until)
    return StatementFacts(
        practice=practice_facts(session, asked.paper),
        client=get(session, tables.Party, client.party_id).name,
        number=client.number,
        since=since,
        until=until,
        made_on=today,
        language=language_for(session, client.id, asked.language),
        adviser=adviser.name if adviser else "",
        adviser_email=adviser.email if adviser else "",
        months=months,
        totals=_totals(months),
        work=_work(session, client.id, since, until, charged),
        promises=tuple(promise for promise in promises if promise.by == "us"),
        goodwill=_goodwill(session, client.id, since, until),
        record=rests_on(session, "value", asked, since),
    )


Charged = dict[tuple[int, str, str, str], Counter[str]]


def _charged(session: Session, client_id: int, since: dt.date, until: dt.date) -> Charged:
    """The sums by engagement, its title, currency and month, each by kind."""
    rows = fetch(
        session,
        """SELECT coalesce(f.engagement_id, 0), coalesce(e.title, ''), f.currency, substr(f.charged_on, 1, 7), f.kind,
            sum(f.amount_minor) FROM fee f LEFT JOIN engagement e ON e.id = f.engagement_id
        WHERE f.client_id = ? AND f.charged_on >= ? AND f.charged_on <= ? GROUP BY 1, 3, 4, 5""",
        *(client_id, since.isoformat(), until.isoformat()),
    )
    found: Charged = defaultdict(Counter)
    for engagement_id, title, currency, month, kind, minor in rows:
        found[(engagement_id, title, currency, month)][kind] += minor
    return found


def _months(charged: Charged) -> tuple[MonthFacts, ...]:
    """By month, the first first, and in it by title."""
    return tuple(
        MonthFacts(
            title,
            dt.date.fromisoformat(f"{month}-01"),
            SumFacts(currency, kinds["billed"], kinds["paid"], kinds["written off"]),
        )
        for (_id, title, currency, month), kinds in sorted(charged.items(), key=lambda one: (one[0][3], one[0][1:3]))
    )


def _totals(months: tuple[MonthFacts, ...]) -> tuple[SumFacts, ...]:
    totals: dict[str, SumFacts] = {}
    for each in months:
        before, more = totals.get(each.sums.currency, SumFacts(each.sums.currency)), each.sums
        totals[more.currency] = SumFacts(
            more.currency,
            before.billed + more.billed,
            before.paid + more.paid,
            before.written_off + more.written_off,
        )
    return tuple(sorted(totals.values(), key=lambda total: (-total.billed, total.currency)))


def _work(session: Session, client_id: int, since: dt.date, until: dt.date, charged: Charged) -> tuple[WorkFacts, ...]:
    """The engagements that were open in the period, those first that still are, with what was billed for them in it."""
    engagement = tables.Engagement
    billed: dict[int | None, Counter[str]] = defaultdict(Counter)
    for (engagement_id, _title, currency, _month), kinds in charged.items():
        if kinds["billed"]:
            billed[engagement_id][currency] += kinds["billed"]
    open_then = (
        col(engagement.opened_on).is_(None) | (col(engagement.opened_on) <= until),
        col(engagement.closed_on).is_(None) | (col(engagement.closed_on) >= since),
    )
    found = session.exec(
        select(engagement)
        .where(engagement.client_id == client_id, col(engagement.stage).not_in(("enquiry", "proposed", "declined")))
        .where((open_then[0] & open_then[1]) | col(engagement.id).in_([key for key in billed if key]))
        .order_by(col(engagement.closed_on).isnot(None), col(engagement.opened_on).desc(), col(engagement.id))
    )
    return tuple(
        WorkFacts(
            row.title,
            row.value_sought,
            row.value_delivered,
            tuple(Money(minor, currency) for currency, minor in sorted(billed[row.id].items())),
        )
        for row in found
    )


def _goodwill(session: Session, client_id: int, since: dt.date, until: dt.date) -> tuple[GoodwillFacts, ...]:
    rows = list_out_of_scope(session, client_id, since=since, until=until, limit=MOST_GOODWILL)
    return tuple(
        GoodwillFacts(
            row.asked_on,
            row.what,
            row.engagement,
            Money(row.amount_minor, row.currency) if row.amount_minor and row.currency else None,
        )
        for row in rows
        if row.handling == "goodwill"
    )
