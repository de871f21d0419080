"""The advisory history as it is listed: entries with their answers, their versions, and what narrows a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.names import fold
from db.rows import among, fetch, ids, like, many_ids, moment, scalar


@dataclass(frozen=True)
class AdviceRow:
    """An entry in a list; `response` is awaiting until the client answered."""

    id: int
    number: str
    client_id: int
    client: str
    engagement_id: int | None
    engagement: str
    given_at: dt.datetime
    author: str
    channel: str
    question: str
    advice: str
    state: str
    response: str
    responded_on: dt.date | None
    late_entry: bool
    privileged: bool
    amends_id: int | None
    amended_by: int | None
    amend_reason: str
    basis: str
    risks: str
    options: str
    zone: str
    present: str
    minutes: int | None
    late_reason: str
    recorded_at: dt.datetime | None
    confirmed_on: dt.date | None


@dataclass(frozen=True)
class ResponseRow:
    """What the client answered to an entry."""

    response: str
    responded_on: dt.date
    words: str
    consequence: str
    reason: str


def number_of(advice_id: int) -> str:
    """The number by which an entry is known: A-0012."""
    return f"A-{advice_id:04d}"


_FROM = """FROM advice a JOIN client c ON c.id = a.client_id JOIN party p ON p.id = c.party_id
    LEFT JOIN engagement e ON e.id = a.engagement_id
    LEFT JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL"""
_ANSWERED = "SELECT 1 FROM advice_response x WHERE x.advice_id = a.id AND x.withdrawn_at IS NULL"
_ANSWERS = "SELECT x.advice_id FROM advice_response x WHERE x.response = ? AND x.withdrawn_at IS NULL"
_ORDERS = {
    "given_at": "a.given_at {0}, a.id {0}",
    "client": "o.key {0}, a.given_at DESC",
    "question": "o.key {0}, a.id",
    "engagement": "o.key {0}, a.given_at DESC",
    "author": "a.author {0}, a.given_at DESC",
    "channel": "a.channel {0}, a.given_at DESC",
    "response": "coalesce(r.response, 'awaiting') {0}, a.given_at DESC",
    "state": "a.state {0}, a.given_at DESC",
}
# Where the order of a column's words stands.
_ORDERED = {
    "client": "JOIN party_order o ON o.id = c.party_id",
    "question": "JOIN advice_order o ON o.id = a.id",
    "engagement": "LEFT JOIN engagement_order o ON o.id = a.engagement_id",
}


def list_advice_ids(
    session: Session,
    sort: str = "given_at",
    descending: bool = True,
    text: str = "",
    *,
    client_id: int | None = None,
    engagement_id: int | None = None,
    drafts: bool = False,
    state: str = "",
    response: str = "",
    author: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[int]:
    """The ids of the entries that match, in order, without the withdrawn; `sort` is a column of AdviceRow.

    `response` is one of the responses, of recorded entries alone; `since` and `until` are days of the advice, UTC.
    """
    where: list[str] = ["a.withdrawn_at IS NULL"]
    values: list[Any] = []
    for condition, value in (("a.client_id = ?", client_id), ("a.engagement_id = ?", engagement_id)):
        if value is not None:
            where.append(condition)
            values.append(value)
    if drafts or state:
        where.append("a.state = 'draft'" if drafts or state == "draft" else "a.state = 'recorded'")
    if response == "awaiting":
        where.append("a.state = 'recorded' AND NOT EXISTS (" + _ANSWERED + ")")
    elif response:
        where.append("a.id IN (" + _ANSWERS + ")")
        values.append(response)
    after = until + dt.timedelta(days=1) if until is not None else None
    for condition, bound in (("a.author = ?", author), ("a.given_at >= ?", since), ("a.given_at < ?", after)):
        if bound:
            where.append(condition)
            values.append(str(bound))
    if text.strip():
        where.append("(a.question LIKE ? ESCAPE '\\' OR a.advice LIKE ? ESCAPE '\\' OR p.sort_name LIKE ? ESCAPE '\\')")
        values += [like(text.strip()), like(text.strip()), like(fold(text.strip()))]
    plain = sort == "given_at" and not text.strip()
    source = "FROM advice a" if plain else f"{_FROM} {_ORDERED.get(sort, '')}"
    order = _ORDERS.get(sort, _ORDERS["given_at"]).format("DESC" if descending else "ASC")
    return many_ids(session, f"SELECT a.id {source} WHERE {' AND '.join(where)} ORDER BY {order}", *values)


def list_advice_rows(session: Session, advice_ids: list[int]) -> list[AdviceRow]:
    """The rows of these entries, in the order asked (withdrawn ones too, where their ids are given)."""
    rows = fetch(
        session,
        f"""SELECT a.id, a.client_id, p.name, a.engagement_id, coalesce(e.title, ''), a.given_at, a.author, a.channel,
            a.question, a.advice, a.state, coalesce(r.response, 'awaiting'), r.responded_on, a.late_entry, a.privileged,
            a.amends_id, (SELECT x.id FROM advice x WHERE x.amends_id = a.id AND x.withdrawn_at IS NULL),
            a.amend_reason, a.basis, a.risks, a.options, a.zone, a.present, a.minutes, a.late_reason, a.recorded_at,
            a.confirmed_on {_FROM} WHERE a.id IN ({among(advice_ids)})""",
    )
    known: dict[int, AdviceRow] = {}
    for row in rows:
        advice_id, client_id, client, engagement_id, engagement, given, author, channel, question, advice = row[:10]
        state, response, responded, late, privileged, amends, amended, reason, basis, risks, options, zone = row[10:22]
        given_at = moment(given)
        assert given_at is not None
        known[advice_id] = AdviceRow(
            *(advice_id, number_of(advice_id), client_id, client, engagement_id, engagement, given_at, author, channel),
            *(question, advice, state, response, dt.date.fromisoformat(responded) if responded else None, bool(late)),
            *(bool(privileged), amends, amended, reason, basis, risks, options, zone),
            *(*row[22:25], moment(row[25]), dt.date.fromisoformat(row[26]) if row[26] else None),
        )
    return [known[advice_id] for advice_id in advice_ids if advice_id in known]


def list_advice(session: Session, client_id: int, limit: int = 50) -> list[AdviceRow]:
    """The latest entries for a client, newest first, without the withdrawn."""
    return list_advice_rows(session, list_advice_ids(session, client_id=client_id)[:limit])


def list_amendments(session: Session, advice_id: int) -> list[AdviceRow]:
    """Every version of an entry, the first one first; the entry alone where it was never amended."""
    found = ids(
        session,
        """WITH RECURSIVE up(id, amends_id) AS (SELECT id, amends_id FROM advice WHERE id = ?
            UNION ALL SELECT a.id, a.amends_id FROM advice a JOIN up ON a.id = up.amends_id),
        down(id) AS (SELECT min(id) FROM up
            UNION ALL SELECT a.id FROM advice a JOIN down ON a.amends_id = down.id WHERE a.withdrawn_at IS NULL)
        SELECT id FROM down ORDER BY id""",
        advice_id,
    )
    return list_advice_rows(session, found)


def get_response(session: Session, advice_id: int) -> ResponseRow | None:
    """The client's answer to an entry, or None while it is awaited."""
    rows = fetch(
        session,
        "SELECT response, responded_on, words, consequence, reason FROM advice_response"
        " WHERE advice_id = ? AND withdrawn_at IS NULL",
        advice_id,
    )
    return next((ResponseRow(row[0], dt.date.fromisoformat(row[1]), *row[2:]) for row in rows), None)


def unconfirmed_against(session: Session, client_id: int) -> int | None:
    """The client's latest advice that he decided against and that was not confirmed to him in writing yet."""
    found = ids(
        session,
        "SELECT a.id FROM advice a JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL"
        " WHERE a.client_id = ? AND a.withdrawn_at IS NULL AND a.confirmed_on IS NULL AND r.response = 'against advice'"
        " ORDER BY a.given_at DESC, a.id DESC LIMIT 1",
        client_id,
    )
    return found[0] if found else None


def last_number(session: Session) -> int:
    """The highest number that an entry has; 0 where there is none. It says at once how long the history is."""
    return int(scalar(session, "SELECT max(id) FROM advice") or 0)
