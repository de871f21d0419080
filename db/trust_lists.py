"""Promises and trust notes of all clients as tables: sorted and filtered ids, and the rows of some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.names import order_sql
from db.ordering import spoken
from db.rows import among, day, fetch, like, many_ids, moment, scalar
from db.trust import PromiseRow, TrustRow

DUE_WITHIN_DAYS = 7
# Joined from the left a name that nobody asks for is not looked up.
_NAMED = "JOIN client c ON c.id = {0}.client_id LEFT JOIN party p ON p.id = c.party_id"
_ORDERED = "JOIN party_order o ON o.id = c.party_id"
_PROMISE_ORDERS = {
    "text": "{spelled} {}",
    "client": "o.key {}",
    "by": "q.by {}, q.by_whom {}",
    "due_on": "q.due_on IS NULL, q.due_on {}, q.due_time = '', q.due_time {}",
    "status": "q.status {}, q.due_on DESC",
    "kept_on": "coalesce(q.kept_on, q.due_on, q.made_on) {}",
}
_NOTE_ORDERS = {
    "noted_at": "n.noted_at {}",
    "client": "o.key {}, n.noted_at DESC",
    "kind": "n.kind {}, n.noted_at DESC",
    "effect": "n.effect {}, n.noted_at DESC",
    "facet": "n.facet {}, n.noted_at DESC",
}


@dataclass(frozen=True)
class Rate:
    """Of our promises that were settled by keeping or breaking them, how many were kept in time."""

    kept: int
    settled: int


def _which(which: str, today: dt.date | None) -> tuple[str, list[Any]]:
    if which == "due":
        last = (today or dt.date.today()) + dt.timedelta(days=DUE_WITHIN_DAYS)
        return "q.status = 'open' AND q.due_on <= ?", [last.isoformat()]
    if which == "open":
        return "q.status = 'open'", []
    if which == "kept rate":
        return "q.status IN ('kept', 'late', 'broken') AND q.by = 'us'", []
    return "q.status <> 'open'", []


def list_promise_ids(
    session: Session,
    which: str,
    sort: str = "",
    descending: bool = False,
    text: str = "",
    *,
    today: dt.date | None = None,
) -> list[int]:
    """The ids of the promises that are 'due' (late or within a week), 'open', 'settled', or behind the 'kept rate'."""
    where, values = _which(which, today)
    if text.strip():
        pattern = like(text.strip())
        where += " AND (q.text LIKE ? ESCAPE '\\' OR p.name LIKE ? ESCAPE '\\')"
        values += [pattern, pattern]
    order = _PROMISE_ORDERS.get(sort, _PROMISE_ORDERS["due_on" if which in {"due", "open"} else "kept_on"])
    backwards = descending or (not sort and which not in {"due", "open"})
    order = order.replace("{}", "DESC" if backwards else "ASC")
    if sort == "text":
        order = order.replace("{spelled}", order_sql("q.text", spoken(session.connection())))
    named = f"{_NAMED.format('q')} {_ORDERED if sort == 'client' else ''}"
    return many_ids(session, f"SELECT q.id FROM promise q {named} WHERE {where} ORDER BY {order}, q.id", *values)


def list_promise_rows(session: Session, promise_ids: Sequence[int], today: dt.date | None = None) -> list[PromiseRow]:
    """The rows of these promises, in any order."""
    now = today or dt.date.today()
    rows = fetch(
        session,
        f"""SELECT q.id, q.client_id, p.name, q.engagement_id, coalesce(e.title, ''), q.by, q.by_whom, q.to_whom,
            q.text, q.made_on, q.due_on, q.due_time, q.status, q.kept_on, q.evidence, q.undertaking
        FROM promise q {_NAMED.format("q")} LEFT JOIN engagement e ON e.id = q.engagement_id
        WHERE q.id IN ({among(promise_ids)})""",
    )
    found = []
    for row in rows:
        due = day(row[10])
        overdue = max(0, (now - due).days) if row[12] == "open" and due else 0
        rest = (dt.date.fromisoformat(row[9]), due, *row[11:13], day(row[13]), row[14], bool(row[15]), overdue)
        found.append(PromiseRow(*[*row[:9], *rest]))
    return found


def count_promises(session: Session, today: dt.date | None = None) -> dict[str, int]:
    """How many promises are due, open and settled."""
    counts = {}
    for which in ("due", "open", "settled"):
        where, values = _which(which, today)
        counts[which] = scalar(session, f"SELECT count(*) FROM promise q WHERE {where}", *values)
    return counts


def kept_rate_of_all(session: Session) -> Rate:
    """The kept rate over all clients; `list_promise_ids` with 'kept rate' gives the promises behind it."""
    where, _values = _which("kept rate", None)
    row = fetch(session, f"SELECT coalesce(sum(q.status = 'kept'), 0), count(*) FROM promise q WHERE {where}")[0]
    return Rate(*[int(number) for number in row])


def list_note_ids(session: Session, sort: str = "", descending: bool = False, text: str = "") -> list[int]:
    """The ids of all trust notes, newest first by itself; a filter never looks into what is restricted."""
    where, values = "1", []
    if text.strip():
        pattern = like(text.strip())
        where = (
            "(p.name LIKE ? ESCAPE '\\' OR (n.text LIKE ? ESCAPE '\\' AND NOT n.restricted AND n.kind <> 'confidence'))"
        )
        values = [pattern, pattern]
    order = _NOTE_ORDERS.get(sort, _NOTE_ORDERS["noted_at"]).format("DESC" if descending or not sort else "ASC")
    named = f"{_NAMED.format('n')} {_ORDERED if sort == 'client' else ''}"
    return many_ids(
        session, f"SELECT n.id FROM trust_note n {named} WHERE {where} ORDER BY {order}, n.id DESC", *values
    )


def list_note_rows(session: Session, note_ids: Sequence[int], *, asked: Sequence[int] = ()) -> list[TrustRow]:
    """The rows of these notes, in any order; what is restricted comes without its text unless its id is `asked` for."""
    rows = fetch(
        session,
        f"""SELECT n.id, n.client_id, p.name, n.engagement_id, n.noted_at, n.kind, n.effect, n.facet, n.told_by, n.text,
            n.restricted OR n.kind = 'confidence', n.resolved_on, n.learned
        FROM trust_note n {_NAMED.format("n")} WHERE n.id IN ({among(note_ids)})""",
    )
    found = []
    for row in rows:
        noted_at = moment(row[4])
        assert noted_at is not None
        hidden = bool(row[10]) and row[0] not in asked
        told_by, words, learned = ("", "", "") if hidden else (row[8], row[9], row[12])
        rest = (noted_at, *row[5:8], told_by, words, bool(row[10]), day(row[11]), learned)
        found.append(TrustRow(*[*row[:4], *rest]))
    return found


def count_notes(session: Session) -> int:
    """How many trust notes there are."""
    return int(scalar(session, "SELECT count(*) FROM trust_note"))
