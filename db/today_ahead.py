"""The month so far, and what the days ahead hold."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.rows import fetch
from db.today_rows import Ahead, Month
from db.words import CLOSED_STAGES

_OPEN = "e.stage NOT IN (" + ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES)) + ")"
_NAMED = "JOIN client c ON c.id = {0}.client_id JOIN party p ON p.id = c.party_id"


def month_so_far(session: Session, now: dt.date) -> Month:
    """What was done, kept and won this month, and why clients left."""
    since, before = now.replace(day=1).isoformat(), (now + dt.timedelta(days=1)).isoformat()
    within = f">= '{since}' AND {{0}} < '{before}'"
    kept, due, begun = (f"{column} {within.format(column)}" for column in ("kept_on", "due_on", "since"))
    ours = "SELECT count(*) FROM promise WHERE by = 'us' AND"
    counts = fetch(
        session,
        f"""SELECT (SELECT count(*) FROM advice WHERE given_at {within.format("given_at")} AND state = 'recorded'
                AND withdrawn_at IS NULL),
            ({ours} +status = 'kept' AND {kept}),
            ({ours} +status IN ('kept', 'late') AND {kept}) + ({ours} status = 'broken' AND {due}),
            (SELECT count(*) FROM client WHERE {begun}),
            (SELECT count(*) FROM client WHERE {begun} AND referred_by_id IS NOT NULL)""",
    )[0]
    left = fetch(
        session,
        "SELECT reason FROM standing_change WHERE standing = 'former' AND changed_on >= ? AND changed_on < ?"
        " ORDER BY id",
        *(since, before),
    )
    return Month(*[*counts, [row[0] for row in left]])


# What lies ahead of one noun: its day, clock, words and whose it is.
_SOURCES = {
    "deadline": f"""SELECT d.falls_on AS at, 'deadline' AS noun, d.at_time AS clock, d.what AS words, p.name AS client
        FROM deadline d {_NAMED.format("d")} WHERE d.done_on IS NULL AND d.falls_on BETWEEN ?1 AND ?2""",
    "promise": f"""SELECT q.due_on, 'promise', q.due_time, q.text, p.name FROM promise q {_NAMED.format("q")}
        WHERE q.status = 'open' AND q.due_on BETWEEN ?1 AND ?2""",
    "follow_up": f"""SELECT f.due_on, 'follow_up', '', f.what, p.name FROM follow_up f {_NAMED.format("f")}
        WHERE f.done_on IS NULL AND f.due_on BETWEEN ?1 AND ?2""",
    "review": f"""SELECT e.next_review_on, 'review', '', e.title, p.name FROM engagement e {_NAMED.format("e")}
        WHERE {_OPEN} AND e.next_review_on BETWEEN ?1 AND ?2""",
    "client_review": """SELECT c.next_review_on, 'client_review', '', p.name, p.name FROM client c
        JOIN party p ON p.id = c.party_id WHERE +c.standing IN ('client', 'occasional')
        AND c.next_review_on BETWEEN ?1 AND ?2""",
}
_ALL = " UNION ALL ".join(_SOURCES.values())
# Of each the first alone, which its index knows.
_FIRSTS = " UNION ALL ".join(f"SELECT * FROM ({source} ORDER BY 1 LIMIT 1)" for source in _SOURCES.values())


def list_ahead(session: Session, now: dt.date) -> list[Ahead]:
    """What the next week holds, from Monday to Sunday: a line for each day and noun."""
    monday = now + dt.timedelta(days=7 - now.weekday())
    rows = fetch(
        session,
        # SQLite gives the other columns of a group from the row that holds the min().
        f"""SELECT at, noun, count(*), words, client, clock, min(CASE clock WHEN '' THEN '99' ELSE clock END || words)
        FROM ({_ALL}) GROUP BY at, noun ORDER BY at, clock = '', clock, noun""",
        *(monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat()),
    )
    return [Ahead(dt.date.fromisoformat(row[0]), *row[1:6]) for row in rows]


def next_ahead(session: Session, now: dt.date) -> Ahead | None:
    """The first thing that comes after today, within a year; None where nothing does."""
    rows = fetch(
        session,
        f"SELECT at, noun, 1, words, client, clock FROM ({_FIRSTS}) ORDER BY at, clock = '', clock LIMIT 1",
        *((now + dt.timedelta(days=1)).isoformat(), (now + dt.timedelta(days=365)).isoformat()),
    )
    return Ahead(dt.date.fromisoformat(rows[0][0]), *rows[0][1:6]) if rows else None
