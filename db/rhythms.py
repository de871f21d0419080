"""The rhythm of every client whom we serve, worked out once and then kept up to date while the practice is open.

Half a million entries take SQLite half a second. What was found stays in memory, by the practice, with the step up to
which it holds; after that only those clients are looked at again whom a later step touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from sqlmodel import Session

from db.rhythm import CONTACTS_FOR_A_RHYTHM, SHORTEST_RHYTHM_DAYS
from db.rows import among, fetch, scalar


class Rhythm(NamedTuple):
    """A client's grade, his usual gap in days, agreed or his own, and the day of the last contact as an ordinal."""

    grade: str
    usual: float
    last: int


# Beyond so many it is quicker to begin anew.
MOST_ANEW = 2000
_known: dict[str, tuple[int, str, dict[int, Rhythm]]] = {}
# Who asks while another works them out waits for him, instead of doing the same work beside him.
_working = Lock()

# Days come from the index alone; a gap of 0 is a second contact of the same day. The median is the middle gap, or the
# mean of the two in the middle.
_OWN = f"""WITH contact AS (
        SELECT a.client_id, unixepoch(a.given_at) / 86400 AS day FROM client c CROSS JOIN advice a ON a.client_id = c.id
        WHERE c.standing IN ('client', 'occasional') AND c.rhythm_days IS NULL AND a.withdrawn_at IS NULL {{which}}),
    gap AS (
        SELECT client_id, day, day - lag(day) OVER (PARTITION BY client_id ORDER BY day) AS days FROM contact),
    placed AS (
        SELECT client_id, days, row_number() OVER (PARTITION BY client_id ORDER BY days) AS place,
            count(*) OVER whole AS gaps, max(day) OVER whole AS last
        FROM gap WHERE days > 0 WINDOW whole AS (PARTITION BY client_id)),
    rhythm AS (
        SELECT client_id, max(avg(days), {SHORTEST_RHYTHM_DAYS}) AS usual, max(last) AS last FROM placed
        WHERE gaps >= {CONTACTS_FOR_A_RHYTHM - 1} AND place IN ((gaps + 1) / 2, (gaps + 2) / 2) GROUP BY client_id)
    SELECT r.client_id, c.grade, r.usual, r.last FROM rhythm r JOIN client c ON c.id = r.client_id"""
_AGREED = """SELECT c.id, c.grade, c.rhythm_days, max(unixepoch(a.given_at)) / 86400
    FROM client c CROSS JOIN advice a ON a.client_id = c.id
    WHERE c.standing IN ('client', 'occasional') AND c.rhythm_days IS NOT NULL AND a.withdrawn_at IS NULL {which}
    GROUP BY c.id"""
_EPOCH = dt.date(1970, 1, 1).toordinal()


def rhythms(session: Session) -> dict[int, Rhythm]:
    """The rhythm of each client we serve who has one."""
    with _working:
        return _up_to_date(session)


def _up_to_date(session: Session) -> dict[int, Rhythm]:
    practice, step, digest = fetch(
        session, "SELECT (SELECT uuid FROM practice), id, digest FROM step ORDER BY id DESC LIMIT 1"
    )[0]
    until, then, found = _known.get(practice, (-1, "", {}))
    # A copy of the practice may have gone another way: what is known holds where that very step is in the history.
    if scalar(session, "SELECT digest FROM step WHERE id = ?", until) != then:
        until = -1
    if until == step:
        return found
    touched = _touched_since(session, until) if until >= 0 else None
    if touched is None or len(touched) > MOST_ANEW:
        found = _read(session, "")
    elif touched:
        found = {client_id: rhythm for client_id, rhythm in found.items() if client_id not in touched}
        found |= _read(session, f"AND c.id IN ({among(sorted(touched))})")
    _known[practice] = (step, digest, found)
    return found


def _read(session: Session, which: str) -> dict[int, Rhythm]:
    return {
        client_id: Rhythm(grade, usual, last + _EPOCH)
        for query in (_OWN, _AGREED)
        for client_id, grade, usual, last in fetch(session, query.format(which=which))
    }


def forget(practices: Iterable[str] | None = None) -> None:
    """Drop what is known of some practices, or of all."""
    for practice in list(_known if practices is None else practices):
        _known.pop(practice, None)


def _touched_since(session: Session, step: int) -> set[int] | None:
    """The clients whose entries, or whose own file, a later step changed; None where there are too many to say."""
    changes = "FROM change WHERE step_id > ? AND noun IN ('advice', 'client')"
    if scalar(session, f"SELECT count(*) FROM (SELECT 1 {changes} LIMIT {MOST_ANEW + 1})", step) > MOST_ANEW:
        return None
    rows = fetch(
        session,
        f"""SELECT CASE noun WHEN 'client' THEN row_id ELSE (SELECT client_id FROM advice WHERE id = row_id) END,
            CASE noun WHEN 'advice' THEN json_extract(before, '$.client_id') END,
            CASE noun WHEN 'advice' THEN json_extract(after, '$.client_id') END {changes}""",
        step,
    )
    return {client_id for row in rows for client_id in row if client_id is not None}
