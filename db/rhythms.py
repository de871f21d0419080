"""The rhythm of every client whom we serve, kept in the file: worked out anew at the end of each step that touched him.

It is derived, and no part of the history. Half a million entries take SQLite half a second, so that neither the opening
of a practice nor the page of today reckons it from them. What is kept holds for today; `rhythms_on` gives the rhythms
of any day by the same SQL, from what had happened until then. The rhythm agreed with a client is always today's.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from sqlalchemy import Connection

from db.engine import raw
from db.rhythm import CONTACTS_FOR_A_RHYTHM, SHORTEST_RHYTHM_DAYS
from db.standings import standing_on

_AT_ONCE = 1000

# Days come from the index alone; a gap of 0 is a second contact of the same day. The median is the middle gap, or the
# mean of the two in the middle.
_OWN = f"""WITH contact AS (
        SELECT a.client_id, unixepoch(a.given_at) / 86400 AS day FROM client c CROSS JOIN advice a ON a.client_id = c.id
        WHERE {{served}} AND c.rhythm_days IS NULL AND a.withdrawn_at IS NULL {{which}}),
    gap AS (
        SELECT client_id, day, day - lag(day) OVER (PARTITION BY client_id ORDER BY day) AS days FROM contact),
    placed AS (
        SELECT client_id, days, row_number() OVER (PARTITION BY client_id ORDER BY days) AS place,
            count(*) OVER whole AS gaps, max(day) OVER whole AS last
        FROM gap WHERE days > 0 WINDOW whole AS (PARTITION BY client_id)),
    rhythm AS (
        SELECT client_id, max(avg(days), {SHORTEST_RHYTHM_DAYS}) AS usual, max(last) AS last_day FROM placed
        WHERE gaps >= {CONTACTS_FOR_A_RHYTHM - 1} AND place IN ((gaps + 1) / 2, (gaps + 2) / 2) GROUP BY client_id)
    SELECT r.client_id AS id, c.grade, r.usual, r.last_day FROM rhythm r JOIN client c ON c.id = r.client_id"""
_AGREED = """SELECT c.id, c.grade, c.rhythm_days AS usual, max(unixepoch(a.given_at)) / 86400 AS last_day
    FROM client c CROSS JOIN advice a ON a.client_id = c.id
    WHERE {served} AND c.rhythm_days IS NOT NULL AND a.withdrawn_at IS NULL {which}
    GROUP BY c.id"""
_SERVED = "('client', 'occasional')"
_SERVED_NOW = f"+c.standing IN {_SERVED}"
_AMONG = "(SELECT value FROM json_each(?))"
_INTO = "INSERT INTO client_rhythm (id, grade, usual, last_day) "
# Whose entry was taken away, or given to another client, is known to the journal alone.
_FORMER = """SELECT json_extract(before, '$.client_id') FROM change
    WHERE step_id = ? AND +noun = 'advice' AND json_extract(before, '$.client_id') IS NOT NULL"""


def served_on(on: dt.date) -> str:
    """The condition on a client `c` that we served him on a day: as a client, or as one who bought once."""
    return _SERVED_NOW if on >= dt.date.today() else f"{standing_on(on)} IN {_SERVED}"


def rhythms_on(on: dt.date, client_ids: str = "") -> str:
    """The rhythms as of a day, as a table (id, grade, usual, last_day); `client_ids`, with a comma between, or all.

    From today on, and for all, this is the table that the file keeps.
    """
    if on >= dt.date.today():
        return f"(SELECT * FROM client_rhythm WHERE id IN ({client_ids}))" if client_ids else "client_rhythm"
    which = f"AND a.given_at < '{on + dt.timedelta(days=1)}'" + (f" AND c.id IN ({client_ids})" if client_ids else "")
    both = " UNION ALL ".join(
        f"SELECT * FROM ({query.format(served=served_on(on), which=which)})" for query in (_OWN, _AGREED)
    )
    return f"({both})"


def keep_up(connection: Connection, touched: dict[str, set[int]], step_id: int) -> None:
    """Work out the rhythms of the clients whose entries, or whose own file, a step touched."""
    work_out(connection, whose(connection, touched, step_id))


def whose(connection: Connection, touched: dict[str, set[int]], step_id: int) -> set[int]:
    """The clients whose entries, or whose own file, a step touched."""
    driver, clients = raw(connection), set(touched.get("client", ()))
    if "advice" in touched:
        for some in _portions(touched["advice"]):
            clients |= {row[0] for row in driver.execute(f"SELECT client_id FROM advice WHERE id IN {_AMONG}", (some,))}
        clients |= {row[0] for row in driver.execute(_FORMER, (step_id,))}
    return clients


def work_out(connection: Connection, clients: Iterable[int]) -> None:
    """Work out the rhythms of these clients."""
    driver = raw(connection)
    for some in _portions(clients):
        driver.execute(f"DELETE FROM client_rhythm WHERE id IN {_AMONG}", (some,))
        for query in (_OWN, _AGREED):
            driver.execute(_INTO + query.format(served=_SERVED_NOW, which=f"AND c.id IN {_AMONG}"), (some,))


def rebuild(connection: Connection) -> None:
    """Work out every client's rhythm."""
    connection.exec_driver_sql("DELETE FROM client_rhythm")
    for query in (_OWN, _AGREED):
        connection.exec_driver_sql(_INTO + query.format(served=_SERVED_NOW, which=""))


def _portions(ids: Iterable[int]) -> Iterable[str]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield json.dumps(ordered[start : start + _AT_ONCE])
