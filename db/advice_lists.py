"""The advisory history as it is listed: entries with their answers and their versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.advice_ids import list_advice_ids
from db.rows import among, fetch, ids, moment, scalar


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
        # Without CROSS the planner begins at every answer of that kind in the file.
        "SELECT a.id FROM advice a CROSS JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL"
        " WHERE a.client_id = ? AND a.withdrawn_at IS NULL AND a.confirmed_on IS NULL AND r.response = 'against advice'"
        " ORDER BY a.given_at DESC, a.id DESC LIMIT 1",
        client_id,
    )
    return found[0] if found else None


def last_number(session: Session) -> int:
    """The highest number that an entry has; 0 where there is none. It says at once how long the history is."""
    return int(scalar(session, "SELECT max(id) FROM advice") or 0)
