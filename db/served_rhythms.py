"""The rhythms promised to segments, put into the rhythms that the file keeps: quiet takes its day from them.

A promise counts where no rhythm was agreed with the client himself, and where it is shorter than his own. One who has
too few contacts for a rhythm of his own has the promised one from his first contact on.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from db import rhythms
from db.engine import raw
from db.segments import has_promises, promised_rhythm
from db.views import PROMISE

_AT_ONCE = 1000
_INTO = """INSERT INTO client_rhythm (id, grade, usual, last_day)
    SELECT c.id, c.grade, s.days, max(unixepoch(a.given_at)) / 86400
    FROM ({promised}) s CROSS JOIN client c ON c.id = s.id
    CROSS JOIN advice a ON a.client_id = c.id
    WHERE +c.standing IN ('client', 'occasional') AND c.rhythm_days IS NULL AND a.withdrawn_at IS NULL GROUP BY c.id
    ON CONFLICT (id) DO UPDATE SET usual = min(usual, excluded.usual)"""
# Whoever may have come into a segment, or have left one, by what a step changed beside his entries and his file. The
# journal holds of a changed row only what changed: the rest stands in the row itself.
_SAID = "json_extract(coalesce(h.after, h.before), '$.{0}')"
_WHOSE = "coalesce(" + _SAID + ", (SELECT {0} FROM {1} WHERE id = h.row_id))"
_TOUCHED = " UNION ".join(
    f"SELECT c.id FROM change h JOIN client c ON c.party_id = {_WHOSE.format('party_id', noun)}"
    f" WHERE h.step_id = ?1 AND +h.noun = '{noun}'"
    for noun in ("tag", "address")
)
_TOUCHED += "".join(
    f" UNION SELECT {_WHOSE.format('client_id', noun)} FROM change h WHERE h.step_id = ?1 AND +h.noun = '{noun}'"
    for noun in ("engagement", "trust_note")
)
_TOUCHED += f""" UNION SELECT c.id FROM (SELECT {_WHOSE.format("noun", "custom_field")} AS noun,
            {_WHOSE.format("record_id", "custom_field")} AS record_id
        FROM change h WHERE h.step_id = ?1 AND +h.noun = 'custom_field') x
    JOIN client c ON (x.noun = 'party' AND c.party_id = x.record_id) OR (x.noun = 'client' AND c.id = x.record_id)"""
_SEGMENTS_CHANGED = f"""SELECT 1 FROM (SELECT {_WHOSE.format("name", "setting")} AS name,
            json_extract(h.before, '$.name') AS former FROM change h WHERE h.step_id = ?1 AND +h.noun = 'setting')
    WHERE name LIKE ?2 OR former LIKE ?2
        OR name LIKE 'view:clients:%' AND EXISTS (SELECT 1 FROM setting WHERE name LIKE ?2) LIMIT 1"""
_BESIDE = frozenset({"tag", "address", "engagement", "trust_note", "custom_field"})


def keep_up(connection: Connection, touched: dict[str, set[int]], step_id: int) -> None:
    """Put the promises into the rhythms that a step touched; a promise or a segment that changed, into all of them."""
    if have_segments_changed(connection, touched, step_id):
        rhythms.rebuild(connection)
        rebuild(connection)
        return
    if not has_promises(connection):
        return
    clients = rhythms.whose(connection, touched, step_id)
    moved = who_moved(connection, touched, step_id) - clients
    rhythms.work_out(connection, moved)
    ordered = sorted(clients | moved)
    for start in range(0, len(ordered), _AT_ONCE):
        _put(connection, ",".join(map(str, ordered[start : start + _AT_ONCE])))


def have_segments_changed(connection: Connection, touched: dict[str, set[int]], step_id: int) -> bool:
    """Whether a step changed what is promised to segments, or a segment to which something is promised."""
    if "setting" not in touched:
        return False
    return raw(connection).execute(_SEGMENTS_CHANGED, (step_id, f"{PROMISE}%")).fetchone() is not None


def who_moved(connection: Connection, touched: dict[str, set[int]], step_id: int) -> set[int]:
    """Whoever a step may have moved into a segment or out of one, where something is promised to any."""
    if not _BESIDE & touched.keys() or not has_promises(connection):
        return set()
    return {row[0] for row in raw(connection).execute(_TOUCHED, (step_id,)) if row[0] is not None}


def rebuild(connection: Connection) -> None:
    """Put the promises into every client's rhythm."""
    _put(connection, "")


def _put(connection: Connection, client_ids: str) -> None:
    raw(connection).execute(_INTO.format(promised=promised_rhythm(connection, dt.date.today(), client_ids)))
