"""What falls due at a moment of a day: promises and deadlines with a clock, and the follow-ups of the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.rows import fetch


@dataclass(frozen=True)
class FallingDue:
    """One thing that is due now: its noun and id, its words, whose it is, and its clock (HH:MM, '' for the day)."""

    noun: str
    id: int
    words: str
    client: str
    client_id: int
    clock: str


def falling_due(session: Session, on: dt.date, after: str, until: str) -> list[FallingDue]:
    """What falls due on a day later than `after` and not later than `until` (both HH:MM), by its clock."""
    rows = fetch(
        session,
        """SELECT 'promise', q.id, q.text, p.name, q.client_id, q.due_time FROM promise q
            JOIN client c ON c.id = q.client_id JOIN party p ON p.id = c.party_id
            WHERE q.status = 'open' AND q.due_on = ? AND q.due_time > ? AND q.due_time <= ?
        UNION ALL SELECT 'deadline', d.id, d.what, p.name, d.client_id, d.at_time FROM deadline d
            JOIN client c ON c.id = d.client_id JOIN party p ON p.id = c.party_id
            WHERE d.done_on IS NULL AND d.falls_on = ? AND d.at_time > ? AND d.at_time <= ?
        ORDER BY 6, 2 LIMIT 20""",
        *(on.isoformat(), after, until, on.isoformat(), after, until),
    )
    return [FallingDue(*row) for row in rows]


def due_on_day(session: Session, on: dt.date) -> int:
    """How many follow-ups and promises without a clock are due on a day."""
    rows = fetch(
        session,
        """SELECT (SELECT count(*) FROM follow_up WHERE done_on IS NULL AND due_on = ?)
            + (SELECT count(*) FROM promise WHERE status = 'open' AND due_on = ? AND due_time = '')""",
        *(on.isoformat(), on.isoformat()),
    )
    return int(rows[0][0])
