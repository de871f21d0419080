"""The health of every client whom we serve, kept in the file: reckoned anew at the end of each step that touched him.

A score holds for the day beside it. On a new day, and when the practice weighs the parts otherwise, all of them are
reckoned anew, some thousand at a time, so that nobody waits for it (`refresh`). It is derived, and no part of the
history.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from sqlalchemy import Connection
from sqlmodel import Session

from db.engine import raw
from db.health import HEALTH_SETTING, scores_sql
from db.reviews import PLAN_SETTING
from db.rhythms import served_on
from db.rows import fetch, ids
from db.served_rhythms import have_segments_changed, who_moved

# With more clients than this, all of them are reckoned in one go, which is then faster.
MOST_ALONE = 3000
AT_ONCE = 2000
_OWNED = ("promise", "trust_note", "insight", "fee", "engagement", "review", "standing_change", "advice")
_AMONG = "(SELECT value FROM json_each(?))"
_INTO = "INSERT INTO client_health (id, day, score) "


def keep_up(connection: Connection, touched: dict[str, set[int]], step_id: int) -> None:
    """Reckon the health of the clients whom a step touched, or mark all as out of date where it changed the rule."""
    rule = "setting" in touched and _is_rule(connection, touched["setting"], step_id)
    if "practice" in touched or rule or have_segments_changed(connection, touched, step_id):
        raw(connection).execute("DELETE FROM client_health")
        return
    clients = _touched_clients(connection, touched, step_id) | who_moved(connection, touched, step_id)
    if len(clients) > MOST_ALONE:
        rebuild(connection)
        return
    with Session(connection, join_transaction_mode="rollback_only") as session:
        _reckon(session, dt.date.today(), clients)


def rebuild(connection: Connection) -> None:
    """Reckon the health of all clients as of today."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        _reckon(session, dt.date.today(), None)


def count_stale(session: Session, on: dt.date) -> int:
    """How many clients whom we serve have no score that holds for a day."""
    query = f"""SELECT count(*) FROM client c WHERE {served_on(on)}
        AND NOT EXISTS (SELECT 1 FROM client_health h WHERE h.id = c.id AND h.day = ?)"""
    return int(fetch(session, query, on.isoformat())[0][0])


def refresh(session: Session, on: dt.date, at_once: int = AT_ONCE) -> int:
    """Reckon some of those that do not hold for a day; gives how many. To be called until it gives 0."""
    query = f"""SELECT c.id FROM client c WHERE {served_on(on)}
        AND NOT EXISTS (SELECT 1 FROM client_health h WHERE h.id = c.id AND h.day = ?) ORDER BY c.id LIMIT ?"""
    some = ids(session, query, on.isoformat(), at_once)
    if some:
        _reckon(session, on, some)
    return len(some)


def _reckon(session: Session, on: dt.date, clients: Iterable[int] | None) -> None:
    # One statement for whichever clients: SQLite reads it once, which costs more than to reckon a few.
    some, values = ("", ()) if clients is None else ("SELECT value FROM json_each(?1)", (_listed(clients),))
    which, alone = (f"WHERE id IN ({some})", f" AND c.id IN ({some})") if some else ("", "")
    driver = raw(session.connection())
    driver.execute(f"DELETE FROM client_health {which}", values)
    scores = scores_sql(session, on, some)
    driver.execute(
        f"""{_INTO} SELECT c.id, '{on.isoformat()}', s.score FROM client c LEFT JOIN ({scores}) s ON s.id = c.id
        WHERE {served_on(on)}{alone}""",
        values,
    )


def _is_rule(connection: Connection, settings: set[int], step_id: int) -> bool:
    names = {
        row[0]
        for row in raw(connection).execute(
            f"""SELECT name FROM setting WHERE id IN {_AMONG} UNION ALL SELECT json_extract(before, '$.name')
            FROM change WHERE step_id = ? AND +noun = 'setting'""",
            (json.dumps(sorted(settings)), step_id),
        )
    }
    return bool(names & {HEALTH_SETTING, PLAN_SETTING})


def _touched_clients(connection: Connection, touched: dict[str, set[int]], step_id: int) -> set[int]:
    """Whose health a step may have changed; whose row was deleted or moved is known to the journal alone."""
    driver = raw(connection)

    def found(query: str, *values: object) -> set[int]:
        return {row[0] for row in driver.execute(query, values) if row[0] is not None}

    clients = set(touched.get("client", ()))
    before = "SELECT json_extract(before, '$.{}') FROM change WHERE step_id = ? AND +noun = '{}'"
    for noun in _OWNED:
        if noun in touched:
            clients |= found(f"SELECT client_id FROM {noun} WHERE id IN {_AMONG}", _listed(touched[noun]))
            clients |= found(before.format("client_id", noun), step_id)
    if "advice_response" in touched:
        clients |= found(
            f"""SELECT a.client_id FROM advice_response r JOIN advice a ON a.id = r.advice_id
            WHERE r.id IN {_AMONG}""",
            _listed(touched["advice_response"]),
        )
    senders: set[int] = set()
    if "referral" in touched:
        senders |= found(f"SELECT from_id FROM referral WHERE id IN {_AMONG}", _listed(touched["referral"]))
        senders |= found(before.format("from_id", "referral"), step_id)
    if "client" in touched:
        senders |= found(f"SELECT referred_by_id FROM client WHERE id IN {_AMONG}", _listed(touched["client"]))
        senders |= found(before.format("referred_by_id", "client"), step_id)
    if senders:
        clients |= found(f"SELECT id FROM client WHERE party_id IN {_AMONG}", _listed(senders))
    return clients


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(sorted(numbers))
