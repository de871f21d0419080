"""What a report on one engagement may know: what was agreed, advised, decided, promised; nothing told in trust."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from db import tables
from db.deadlines import list_deadlines
from db.engagements import list_roles
from db.errors import Refused
from db.rows import get
from desktop.reports.client_facts import AdviceFacts, Money, PracticeFacts, PromiseFacts, RecordFacts
from desktop.reports.client_reading import practice_facts, read_advice, read_promises
from desktop.reports.decision_sheet import DecisionFacts, decisions_of
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.seal import rests_on

# Who stands on the client's own side; the others in an engagement are not named to him.
ROLES = ("decides", "pays", "uses", "benefits")


@dataclass(frozen=True)
class RoleFacts:
    """Who decides, pays, uses or benefits: the names, in the order in which they were entered."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class DateFacts:
    """A day that must not be missed, with its time as HH:MM where one is set."""

    on: dt.date
    what: str
    time: str = ""


@dataclass(frozen=True)
class AgreedFacts:
    """The work as it was agreed; `fee` is the amount of the basis, of an hour where that is hourly."""

    included: str = ""
    excluded: str = ""
    duties: str = ""
    assumptions: str = ""
    fee_basis: str = ""
    fee: Money | None = None
    review_on: dt.date | None = None
    value_sought: str = ""
    value_delivered: str = ""


@dataclass(frozen=True)
class EngagementReportFacts:
    """Everything that the report on an engagement says, and nothing else; the days of the period are both included."""

    practice: PracticeFacts
    client: str
    title: str
    number: str
    stage: str
    since: dt.date
    until: dt.date
    made_on: dt.date
    language: str = "en"
    adviser: str = ""
    adviser_email: str = ""
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    outcome: str = ""
    summary: str = ""
    agreed: AgreedFacts = AgreedFacts()
    roles: tuple[RoleFacts, ...] = ()
    billed: tuple[Money, ...] = ()
    advice: tuple[AdviceFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    promises: tuple[PromiseFacts, ...] = ()
    dates: tuple[DateFacts, ...] = ()
    record: RecordFacts | None = None


def read_facts(session: Session, asked: Asked) -> EngagementReportFacts:
    """What the report says of a period; unless it is asked otherwise, it begins with the engagement and ends today."""
    engagement = get(session, tables.Engagement, needed(asked.engagement_id, "engagement"), "engagement")
    assert engagement.id is not None
    client = get(session, tables.Client, engagement.client_id)
    since, until = period_of(session, engagement, asked)
    responsible = engagement.responsible_id or client.responsible_id
    adviser = session.get(tables.Person, responsible) if responsible else None
    return EngagementReportFacts(
        practice=practice_facts(session, asked.paper),
        client=get(session, tables.Party, client.party_id).name,
        title=engagement.title,
        number=engagement.number,
        stage=engagement.stage,
        since=since,
        until=until,
        made_on=asked.at.date(),
        language=language_for(session, engagement.client_id, asked.language),
        adviser=adviser.name if adviser else "",
        adviser_email=adviser.email if adviser else "",
        opened_on=engagement.opened_on,
        closed_on=engagement.closed_on,
        outcome=engagement.outcome,
        summary=asked.words,
        agreed=agreed_in(session, engagement),
        roles=_roles(session, engagement.id),
        billed=_billed(session, engagement.id, until),
        advice=read_advice(session, engagement.client_id, since, until, engagement.id),
        decisions=tuple(each for each in decisions_of(session, engagement.id) if each.decided_on <= until),
        promises=read_promises(session, engagement.client_id, since, until, engagement.id),
        dates=_dates_ahead(session, engagement.id, asked.at.date()),
        record=rests_on(session, "engagement", asked, since),
    )


def period_of(session: Session, engagement: tables.Engagement, asked: Asked) -> tuple[dt.date, dt.date]:
    """The first and the last day that are told of; refused where the one lies after the other."""
    if asked.since and asked.until and asked.until < asked.since:
        raise Refused("ends-before-it-begins", "until", since=asked.since, until=asked.until)
    today = asked.at.date()
    until = min(asked.until or today, today)
    if asked.since:
        return min(asked.since, until), until
    of_this = tables.Advice.engagement_id == engagement.id
    given = session.exec(select(func.min(tables.Advice.given_at)).where(of_this)).one()
    made = session.exec(
        select(func.min(tables.Promise.made_on)).where(tables.Promise.engagement_id == engagement.id)
    ).one()
    days = [engagement.opened_on, given and given.date(), made]
    return min([day for day in days if day] + [until]), until


def agreed_in(session: Session, engagement: tables.Engagement) -> AgreedFacts:
    """What was agreed, with the value sought and delivered in the client's words."""
    currency = engagement.currency or session.exec(select(tables.Practice.currency)).one()
    return AgreedFacts(
        included=engagement.scope_included,
        excluded=engagement.scope_excluded,
        duties=engagement.client_duties,
        assumptions=engagement.assumptions,
        fee_basis=engagement.fee_basis,
        fee=None if engagement.fee_minor is None else Money(engagement.fee_minor, currency),
        review_on=engagement.next_review_on,
        value_sought=engagement.value_sought,
        value_delivered=engagement.value_delivered,
    )


def _roles(session: Session, engagement_id: int) -> tuple[RoleFacts, ...]:
    rows = list_roles(session, engagement_id)
    named = [(kind, tuple(dict.fromkeys(row.name for row in rows if row.kind == kind))) for kind in ROLES]
    return tuple(RoleFacts(kind, names) for kind, names in named if names)


def _billed(session: Session, engagement_id: int, until: dt.date) -> tuple[Money, ...]:
    fee = tables.Fee
    rows = session.exec(
        select(fee.currency, func.sum(fee.amount_minor))
        .where(fee.engagement_id == engagement_id, fee.charged_on <= until, fee.kind == "billed")
        .group_by(col(fee.currency))
        .order_by(col(fee.currency))
    )
    return tuple(Money(int(minor), currency) for currency, minor in rows)


def _dates_ahead(session: Session, engagement_id: int, today: dt.date) -> tuple[DateFacts, ...]:
    rows = list_deadlines(session, engagement_id, open_only=True, today=today)
    return tuple(DateFacts(row.falls_on, row.what, row.at_time) for row in rows if row.falls_on >= today)
