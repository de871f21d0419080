"""The facts of a client report, read from a practice's file; only what may leave the practice is asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, func, select

from db import tables
from db.errors import Refused
from db.rows import get
from desktop.giving_up import go_on
from desktop.reports.client_facts import (
    AdviceFacts,
    AmendmentFacts,
    ClientReportFacts,
    EngagementFacts,
    Money,
    PracticeFacts,
    PromiseFacts,
    ResponseFacts,
    WordsFacts,
)  # fmt: skip
from desktop.reports.family import Asked
from desktop.reports.seal import rests_on

# A note to the file is written for the practice; what the client sent is his own, not our advice.
_INTERNAL_CHANNEL = "note"
_OUR_DIRECTIONS = ("given", "both")
_DAY = dt.timedelta(days=1)
_AT_ONCE = 500
_FIRST_DAY, _LAST_DAY = dt.date(1, 1, 2), dt.date(9999, 12, 1)


def facts(
    session: Session,
    client_id: int,
    since: dt.date | None,
    until: dt.date | None,
    language: str,
    at: dt.datetime,
    *,
    summary: str = "",
    verified_at: dt.datetime | None = None,
    sheet: str = "",
) -> ClientReportFacts:
    """What the report on a client says about a period, both days included, as seen `at` a moment (with its zone).

    Without `since` it begins where the record on the client begins; it never ends later than the day of `at`.
    `summary` is the professional's own account of where things stand; `verified_at` when the record was last found
    whole; `sheet` the paper: a4, letter, or empty for the country's. Refused when there is no such client or the
    period ends before it begins.
    """
    client, party = _client(session, client_id, since, until)
    asked = Asked(at, client_id, since=since, until=until, language=language, paper=sheet, words=summary)
    until = at.date() if until is None else min(until, at.date())
    since = min(_beginning(session, client) if since is None else since, until)
    adviser = session.get(tables.Person, client.responsible_id) if client.responsible_id else None
    advice = read_advice(session, client_id, since, until)
    promises = read_promises(session, client_id, since, until)
    record = rests_on(session, "client", asked, since)
    if record and verified_at:
        record = dataclasses.replace(record, verified_at=verified_at)
    return ClientReportFacts(
        practice=practice_facts(session, sheet),
        client=party.name,
        number=client.number,
        since=since,
        until=until,
        made_on=at.date(),
        language=language,
        adviser=adviser.name if adviser else "",
        adviser_email=adviser.email if adviser else "",
        summary=summary,
        engagements=_engagements(session, client_id, since, until),
        advice=advice,
        promises=promises,
        words=_words(session, client_id, since, until),
        activity=_activity(advice, promises, since, until),
        record=record,
    )


def left_out(
    session: Session, client_id: int, since: dt.date | None, until: dt.date | None, engagement_id: int | None = None
) -> dict[str, int]:
    """How many entries of the period the report leaves out, by kind; a kind with none is not named."""
    client, _party = _client(session, client_id, since, until)
    since, until = since or _FIRST_DAY, min(until or _LAST_DAY, _LAST_DAY)
    counts: Counter[str] = Counter()
    advice = session.exec(
        select(tables.Advice.state, tables.Advice.channel, tables.Advice.direction, tables.Advice.withdrawn_at).where(
            tables.Advice.client_id == client_id,
            *_between(tables.Advice.given_at, since, until),
            *_of_engagement(tables.Advice.engagement_id, engagement_id),
        )
    )
    for state, channel, direction, withdrawn_at in advice:
        if state == "draft":
            counts["drafts"] += 1
        elif withdrawn_at:
            counts["withdrawn"] += 1
        elif channel == _INTERNAL_CHANNEL:
            counts["notes"] += 1
        elif direction not in _OUR_DIRECTIONS:
            counts["received"] += 1
    notes = session.exec(
        select(tables.TrustNote.kind, tables.TrustNote.restricted).where(
            tables.TrustNote.client_id == client_id,
            *_between(tables.TrustNote.noted_at, since, until),
            *_of_engagement(tables.TrustNote.engagement_id, engagement_id),
        )
    )
    kinds = {"confidence": "confidences", "concern": "concerns", "signal": "signals"}
    for kind, restricted in notes:
        if kind != "thanks":
            counts[kinds.get(kind, "notes")] += 1
        elif restricted:
            counts["restricted"] += 1
    follow_ups = select(func.count()).where(
        tables.FollowUp.client_id == client_id,
        tables.FollowUp.due_on >= since,
        col(tables.FollowUp.done_on).is_(None),
        *_of_engagement(tables.FollowUp.engagement_id, engagement_id),
    )
    counts["follow_ups"] = session.exec(follow_ups).one()
    counts["notes"] += bool(client.notes) and engagement_id is None
    return {kind: count for kind, count in sorted(counts.items()) if count}


def _client(
    session: Session, client_id: int, since: dt.date | None, until: dt.date | None
) -> tuple[tables.Client, tables.Party]:
    if since and until and until < since:
        raise Refused("ends-before-it-begins", "until", since=since, until=until)
    client = get(session, tables.Client, client_id, "client")
    return client, get(session, tables.Party, client.party_id)


def _beginning(session: Session, client: tables.Client) -> dt.date:
    """The first of the month in which the record on the client begins."""
    advice = session.exec(select(func.min(tables.Advice.given_at)).where(tables.Advice.client_id == client.id)).one()
    opened = select(func.min(tables.Engagement.opened_on)).where(tables.Engagement.client_id == client.id)
    made = select(func.min(tables.Promise.made_on)).where(tables.Promise.client_id == client.id)
    days = [client.since, advice and advice.date(), session.exec(opened).one(), session.exec(made).one()]
    return min((day for day in days if day), default=_LAST_DAY).replace(day=1)


def practice_facts(session: Session, paper: str = "") -> PracticeFacts:
    """The practice as it signs its papers, with its logo; `paper` is a4, letter, or empty for the country's."""
    row = session.exec(select(tables.Practice)).one()
    return PracticeFacts(
        name=row.name,
        profession=row.profession,
        country=row.country,
        address=row.address,
        registration=row.registration,
        email=row.email,
        phone=row.phone,
        website=row.website,
        colour=row.colour,
        logo=_logo(session, row.logo_sha256),
        paper=paper,
    )


def _logo(session: Session, sha256: str | None) -> bytes | None:
    if not sha256:
        return None
    pieces = select(tables.AttachmentChunk).where(tables.AttachmentChunk.sha256 == sha256)
    rows = session.exec(pieces.order_by(col(tables.AttachmentChunk.piece)))
    return b"".join(row.content for row in rows) or None


def _engagements(session: Session, client_id: int, since: dt.date, until: dt.date) -> tuple[EngagementFacts, ...]:
    engagement = tables.Engagement
    rows = session.exec(
        select(engagement)
        .where(
            engagement.client_id == client_id,
            col(engagement.opened_on).is_(None) | (col(engagement.opened_on) <= until),
            col(engagement.closed_on).is_(None) | (col(engagement.closed_on) >= since),
        )
        .order_by(col(engagement.closed_on).isnot(None), col(engagement.opened_on).desc(), col(engagement.id))
    ).all()
    fees = _fees(session, client_id, until)
    steps = _next_steps(session, client_id)
    return tuple(
        EngagementFacts(
            title=row.title,
            stage=row.stage,
            since=row.opened_on,
            closed_on=row.closed_on,
            outcome=row.outcome,
            next_step=steps[row.id][0] if row.id in steps else "",
            next_on=steps[row.id][1] if row.id in steps else None,
            review_on=row.next_review_on,
            fees=fees.get(row.id, ()),
            value_delivered=row.value_delivered,
        )
        for row in rows
    )


def _fees(session: Session, client_id: int, until: dt.date) -> dict[int | None, tuple[Money, ...]]:
    """What was billed, less what was written off, by engagement and currency."""
    fee = tables.Fee
    rows = session.exec(
        select(fee.engagement_id, fee.currency, fee.kind, func.sum(fee.amount_minor))
        .where(fee.client_id == client_id, fee.charged_on <= until, col(fee.kind).in_(("billed", "written off")))
        .group_by(col(fee.engagement_id), col(fee.currency), col(fee.kind))
        .order_by(col(fee.currency))
    )
    sums: dict[int | None, Counter[str]] = defaultdict(Counter)
    for engagement_id, currency, kind, amount in rows:
        sums[engagement_id][currency] += amount if kind == "billed" else -amount
    return {key: tuple(Money(minor, currency) for currency, minor in total.items()) for key, total in sums.items()}


def _next_steps(session: Session, client_id: int) -> dict[int | None, tuple[str, dt.date | None]]:
    """The open promise that falls due first, by engagement."""
    promise = tables.Promise
    rows = session.exec(
        select(col(promise.engagement_id), col(promise.text), col(promise.due_on))
        .where(promise.client_id == client_id, promise.status == "open", col(promise.engagement_id).isnot(None))
        .order_by(col(promise.due_on).is_(None).desc(), col(promise.due_on).desc(), col(promise.id).desc())
    )
    return {engagement_id: (text, due_on) for engagement_id, text, due_on in rows}


def read_advice(
    session: Session, client_id: int, since: dt.date, until: dt.date, engagement_id: int | None = None
) -> tuple[AdviceFacts, ...]:
    """The recorded advice that was ours and is for the client, newest first; of one engagement if it is named."""
    advice = tables.Advice
    asked = (
        select(advice, tables.Engagement.title)
        .join(tables.Engagement, col(advice.engagement_id) == tables.Engagement.id, isouter=True)
        .where(
            advice.client_id == client_id,
            advice.state == "recorded",
            advice.channel != _INTERNAL_CHANNEL,
            col(advice.direction).in_(_OUR_DIRECTIONS),
            col(advice.withdrawn_at).is_(None),
            advice.given_at < _midnight(until) + 2 * _DAY,
            *_of_engagement(advice.engagement_id, engagement_id),
        )
        .order_by(col(advice.given_at), col(advice.id))
    )
    entries: list[tuple[tables.Advice, str]] = []
    # A long history is read in portions, so that whoever gives the report up need not wait for the end of it.
    for portion in session.exec(asked, execution_options={"yield_per": _AT_ONCE}).partitions():
        go_on()
        entries += portion
    roots = {row.id: row.amends_id for row, _title in entries}
    answers = _responses(session, client_id)
    amendments: dict[int | None, list[AmendmentFacts]] = defaultdict(list)
    for row, _title in entries:
        moment = _local(row)
        if row.amends_id is not None and moment.date() <= until:
            told = AmendmentFacts(moment, row.amend_reason, row.advice, answers.get(row.id))
            amendments[_root(row.id, roots)].append(told)
    shown = [
        AdviceFacts(
            given_at=_local(row),
            channel=row.channel,
            question=row.question,
            advice=row.advice,
            engagement=title or "",
            author=row.author,
            basis=row.basis,
            options=row.options,
            risks=row.risks,
            late=row.late_entry,
            response=answers.get(row.id),
            amendments=tuple(amendments[row.id]),
        )
        for row, title in entries
        if row.amends_id is None
    ]
    shown = [entry for entry in shown if any(since <= day <= until for day in _days(entry))]
    return tuple(sorted(shown, key=lambda entry: entry.given_at, reverse=True))


def _days(entry: AdviceFacts) -> list[dt.date]:
    return [entry.given_at.date(), *(amendment.given_at.date() for amendment in entry.amendments)]


def _root(entry: int | None, amends: dict[int | None, int | None]) -> int | None:
    """The entry at the beginning of a row of amendments; None when it is not among those that may be shown."""
    seen = set()
    while entry in amends and entry not in seen:
        seen.add(entry)
        if (earlier := amends[entry]) is None:
            return entry
        entry = earlier
    return None


def _responses(session: Session, client_id: int) -> dict[int | None, ResponseFacts]:
    answer = tables.AdviceResponse
    rows = session.exec(
        select(answer)
        .join(tables.Advice, col(answer.advice_id) == tables.Advice.id)
        .where(tables.Advice.client_id == client_id, col(answer.withdrawn_at).is_(None), answer.response != "awaiting")
        .order_by(col(answer.responded_on), col(answer.id))
    )
    return {
        row.advice_id: ResponseFacts(row.response, row.responded_on, row.words, row.consequence, row.reason)
        for row in rows
    }


def read_promises(
    session: Session, client_id: int, since: dt.date, until: dt.date, engagement_id: int | None = None
) -> tuple[PromiseFacts, ...]:
    """The promises of both sides that a period has to do with, newest first; of one engagement if it is named."""
    promise = tables.Promise
    last_heard = func.coalesce(promise.kept_on, promise.due_on, promise.made_on)
    rows = session.exec(
        select(promise)
        .where(
            promise.client_id == client_id,
            promise.made_on <= until,
            (col(promise.status) == "open") | (col(promise.made_on) >= since) | (last_heard >= since),
            *_of_engagement(promise.engagement_id, engagement_id),
        )
        .order_by(col(promise.made_on).desc(), col(promise.id).desc())
    )
    return tuple(
        PromiseFacts(
            text=row.text,
            made_on=row.made_on,
            status=row.status,
            by=row.by,
            due_on=row.due_on,
            due_time=row.due_time,
            kept_on=row.kept_on,
            undertaking=row.undertaking,
        )
        for row in rows
    )


def _words(session: Session, client_id: int, since: dt.date, until: dt.date) -> tuple[WordsFacts, ...]:
    note = tables.TrustNote
    rows = session.exec(
        select(note.text, note.noted_at, note.told_by)
        .where(
            note.client_id == client_id,
            note.kind == "thanks",
            col(note.restricted).is_(False),
            *_between(note.noted_at, since, until),
        )
        .order_by(col(note.noted_at).desc(), col(note.id).desc())
    )
    return tuple(WordsFacts(text, moment.date(), by) for text, moment, by in rows)


def _activity(
    advice: tuple[AdviceFacts, ...], promises: tuple[PromiseFacts, ...], since: dt.date, until: dt.date
) -> tuple[tuple[dt.date, int], ...]:
    """Advice given and promises of ours kept, by month, from the first to the last of the period."""
    days = [day for entry in advice for day in _days(entry)]
    days += [promise.kept_on for promise in promises if promise.by == "us" and promise.kept_on]
    counts = Counter(day.replace(day=1) for day in days if since <= day <= until)
    if not counts:
        return ()
    # A long period begins in the chart where there is something to show.
    month = (since if (until - since).days < 731 else min(counts)).replace(day=1)
    months = []
    while month <= until:
        months.append((month, counts[month]))
        month = (month + 31 * _DAY).replace(day=1)
    return tuple(months)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _between(column: dt.datetime, since: dt.date, until: dt.date) -> tuple[bool, bool]:
    return column >= _midnight(since), column < _midnight(until) + _DAY


def _of_engagement(column: int | None, engagement_id: int | None) -> list[Any]:
    return [] if engagement_id is None else [column == engagement_id]


def _local(entry: tables.Advice) -> dt.datetime:
    """When the entry was given, by the clock of the place; a zone that this computer does not know reads as UTC."""
    go_on()
    try:
        return entry.given_at.astimezone(ZoneInfo(entry.zone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return entry.given_at
