"""Engagements as lists: what is asked for, in which order, how many stand in each stage, and their rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.names import fold, order_sql
from db.ordering import in_order, spoken
from db.rows import among, day, fetch, like, scalar
from db.words import CLOSED_STAGES

_CLOSED = "(" + ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES)) + ")"


@dataclass(frozen=True)
class EngagementRow:
    """An engagement in a list; `next_on` is the next promise, follow-up, deadline or review, fees in minor units."""

    id: int
    number: str
    title: str
    client_id: int
    client: str
    area: str
    stage: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    letter: str
    responsible: str
    fees_minor: int
    currency: str
    next_on: dt.date | None
    outcome: str
    recurs: str = ""
    fee_minor: int | None = None


@dataclass(frozen=True)
class Wanted:
    """Which engagements a list is to show; what is not given does not narrow it. `review_by`: looked at until then."""

    stages: tuple[str, ...] = ()
    client_id: int | None = None
    responsible_id: int | None = None
    area: str = ""
    open_only: bool = False
    unsigned: bool = False
    review_by: dt.date | None = None


ALL = Wanted()
# The plus signs keep SQLite from walking over everything that is open in the practice to find what is this one's.
_NEXT = """(SELECT min(due) FROM (
    SELECT min(due_on) AS due FROM promise WHERE engagement_id = e.id AND +status = 'open'
    UNION ALL SELECT min(due_on) FROM follow_up WHERE engagement_id = e.id AND +done_on IS NULL
    UNION ALL SELECT min(falls_on) FROM deadline WHERE engagement_id = e.id AND +done_on IS NULL
    UNION ALL SELECT CASE WHEN e.stage NOT IN ('completed', 'disengaged', 'declined') THEN e.next_review_on END))"""
# All dates to come at once: asking for each of many engagements alone would take far longer.
_NEXT_OF_ALL = """LEFT JOIN (SELECT engagement_id, min(due) AS due FROM (
    SELECT engagement_id, due_on AS due FROM promise WHERE status = 'open'
    UNION ALL SELECT engagement_id, due_on FROM follow_up WHERE done_on IS NULL
    UNION ALL SELECT engagement_id, falls_on FROM deadline WHERE done_on IS NULL
    UNION ALL SELECT id, next_review_on FROM engagement WHERE next_review_on IS NOT NULL
        AND stage NOT IN ('completed', 'disengaged', 'declined'))
    WHERE engagement_id IS NOT NULL AND due IS NOT NULL GROUP BY engagement_id) AS n ON n.engagement_id = e.id"""
_BILLED = """LEFT JOIN (SELECT engagement_id, sum(amount_minor) AS billed FROM fee
    WHERE kind = 'billed' AND engagement_id IS NOT NULL GROUP BY engagement_id) AS b ON b.engagement_id = e.id"""
_PARTY = "JOIN client c ON c.id = e.client_id JOIN party p ON p.id = c.party_id"
_NAME = "JOIN client c ON c.id = e.client_id JOIN party_order o ON o.id = c.party_id"
_PERSON = "LEFT JOIN person r ON r.id = e.responsible_id"
_TITLE = "JOIN engagement_order t ON t.id = e.id"
_SPELLED = {"area": "e.area", "responsible": "r.name"}

# By column: the order, and what has to be joined for it.
_ORDERS: dict[str, tuple[str, str]] = {
    "number": ("e.number {}", ""),
    "client": ("o.key {}, t.key", f"{_NAME} {_TITLE}"),
    "stage": ("e.stage {}, e.opened_on DESC", ""),
    "opened_on": ("e.opened_on {0}, e.id {0}", ""),
    "closed_on": ("e.closed_on IS NULL, e.closed_on {}, e.id", ""),
    "letter": ("e.letter {}, t.key", _TITLE),
    "area": ("{spelled} {}, t.key", _TITLE),
    "fees_minor": ("b.billed {}, e.id", _BILLED),
    "fee_minor": ("e.fee_minor {}, e.id", ""),
    "next_on": ("n.due IS NULL, n.due {}, e.id", _NEXT_OF_ALL),
    "responsible": ("{spelled} {}, t.key", f"{_PERSON} {_TITLE}"),
    "recurs": ("e.recurs {}, t.key", _TITLE),
}


def _narrowed(wanted: Wanted, text: str) -> tuple[str, list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ("e.client_id = ?", wanted.client_id),
        ("e.responsible_id = ?", wanted.responsible_id),
        ("e.area = ?", wanted.area or None),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    if wanted.stages:
        where.append("e.stage IN (" + ", ".join("?" * len(wanted.stages)) + ")")
        values += wanted.stages
    if wanted.open_only or wanted.unsigned or wanted.review_by:
        where.append(f"e.stage NOT IN {_CLOSED}")
    if wanted.unsigned:
        where.append("e.letter <> 'signed'")
    if wanted.review_by:
        where.append("e.next_review_on <= ?")
        values.append(wanted.review_by.isoformat())
    typed = text.strip()
    if typed:
        # The names stand in an index of their own, which is read faster than every party.
        named = "SELECT c.id FROM party p JOIN client c ON c.party_id = p.id WHERE p.sort_name LIKE ? ESCAPE '\\'"
        where.append(f"(e.title LIKE ? ESCAPE '\\' OR e.number LIKE ? ESCAPE '\\' OR +e.client_id IN ({named}))")
        values += [like(typed), like(typed), like(fold(typed))]
    return " AND ".join(where) or "1", values


def list_engagement_ids(
    session: Session,
    sort: str = "opened_on",
    descending: bool = True,
    text: str = "",
    *,
    client_id: int | None = None,
    open_only: bool = False,
    wanted: Wanted | None = None,
    limit: int = -1,
    offset: int = 0,
) -> list[int]:
    """The ids of the engagements that match, in order; `sort` is a column of EngagementRow."""
    asked = wanted or Wanted(client_id=client_id, open_only=open_only)
    where, values = _narrowed(asked, text)
    order, joined = _ORDERS.get(sort, _ORDERS["opened_on"])
    way = "DESC" if descending else "ASC"
    spelled = order_sql(_SPELLED[sort], spoken(session.connection())) if sort in _SPELLED else ""
    query = f"SELECT e.id FROM engagement e {joined} WHERE {where} ORDER BY {order.format(way, spelled=spelled)}"
    if sort == "title":
        # Their order stands in an index: whoever matches is found first, and the index is walked once.
        matching = "1" if where == "1" else f"+t.id IN (SELECT e.id FROM engagement e WHERE {where})"
        query = f"SELECT t.id FROM engagement_order t WHERE {matching} ORDER BY t.key {way}, t.id {way}"
    # One text of all ids is made without Python's lock, so that the window goes on while a job asks for many.
    found: list[int] = json.loads(
        scalar(session, f"SELECT json_group_array(id) FROM ({query} LIMIT ? OFFSET ?)", *(*values, limit, offset))
    )
    return found


def list_board(session: Session, text: str = "", wanted: Wanted = ALL) -> dict[str, list[int]]:
    """The ids of all engagements that match, by stage, the newest first: one look for the whole board."""
    where, values = _narrowed(wanted, text)
    query = f"SELECT e.stage, e.id FROM engagement e WHERE {where} ORDER BY e.opened_on DESC, e.id DESC"
    rows = fetch(session, f"SELECT stage, json_group_array(id) FROM ({query} LIMIT -1) GROUP BY stage", *values)
    return {stage: json.loads(found) for stage, found in rows}


def last_number(session: Session) -> int:
    """The highest number that an engagement has; 0 where there is none. It says at once how many there may be."""
    return int(scalar(session, "SELECT max(id) FROM engagement") or 0)


def count_stages(session: Session, text: str = "", wanted: Wanted = ALL) -> dict[str, int]:
    """How many engagements that match stand in each stage; a stage without any is not in it."""
    where, values = _narrowed(wanted, text)
    return {
        row[0]: row[1]
        for row in fetch(
            session,
            f"SELECT e.stage, count(*) FROM engagement e WHERE {where} GROUP BY e.stage",
            *values,
        )
    }


def list_engagement_rows(session: Session, engagement_ids: list[int]) -> list[EngagementRow]:
    """The rows of these engagements, in the order asked."""
    rows = fetch(
        session,
        f"""SELECT e.id, e.number, e.title, e.client_id, p.name, e.area, e.stage, e.opened_on, e.closed_on, e.letter,
            coalesce((SELECT initials FROM person WHERE id = e.responsible_id), ''),
            coalesce((SELECT sum(f.amount_minor) FROM fee f WHERE f.engagement_id = e.id AND f.kind = 'billed'), 0),
            e.currency, {_NEXT}, e.outcome, e.recurs, e.fee_minor
        FROM engagement e {_PARTY} WHERE e.id IN ({among(engagement_ids)})""",
    )
    known: dict[int, EngagementRow] = {}
    for number_, number, title, client_id, client, area, stage, opened, closed, letter, *rest in rows:
        responsible, fees, currency, following, *others = rest
        known[number_] = EngagementRow(
            *(number_, number, title, client_id, client, area, stage, day(opened), day(closed), letter),
            *(responsible, fees, currency, day(following), *others),
        )
    return [known[engagement_id] for engagement_id in engagement_ids if engagement_id in known]


def list_areas(session: Session) -> list[str]:
    """The areas of work that engagements have, in order; walked along the index, not over every engagement."""
    rows = fetch(
        session,
        """WITH RECURSIVE a(area) AS (
            SELECT min(area) FROM engagement WHERE area > ''
            UNION ALL SELECT (SELECT min(area) FROM engagement WHERE area > a.area) FROM a WHERE a.area IS NOT NULL)
        SELECT area FROM a WHERE area IS NOT NULL LIMIT 200""",
    )
    return in_order(session, [row[0] for row in rows])
