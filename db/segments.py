"""Segments of clients: the saved views of their room, and what the practice promises to those in each.

A **service promise** says in how many days one is in touch, after how many months a review is held, and who calls.
Where a client stands in several segments, the shortest of each counts. The days count beside his own rhythm, whichever
is shorter, and what was agreed with himself comes first; the months count in place of those of his grade. A promise
holds from the day it is given: no past day is judged by it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import Connection
from sqlmodel import Session, select

from db.client_lists import Condition, conditions_sql, list_client_ids
from db.errors import Refused
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Optional
from db.rows import fetch
from db.tables import Setting
from db.views import PROMISE, ViewRow, list_views

ROOM = "clients"
# Who is in such a segment is itself found by silence.
_BY_SILENCE = {("standing", "quiet"), ("standing", "at risk")}


class ServicePromise(Input):
    """What is promised to the clients of a segment (the id of its view); nothing said takes the promise back."""

    view_id: int
    rhythm_days: int | None = Field(default=None, ge=7, le=3660)
    review_months: int | None = Field(default=None, ge=1, le=60)
    who: Optional = ""


@dataclass(frozen=True)
class SegmentRow:
    """A segment, how many clients are in it, and what is promised to them."""

    view_id: int
    name: str
    count: int
    rhythm_days: int | None = None
    review_months: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Promised:
    """What is promised to a client, and in which segments he stands for it."""

    rhythm_days: int | None
    review_months: int | None
    who: str
    segments: tuple[str, ...]


def list_segments(session: Session, on: dt.date | None = None) -> list[SegmentRow]:
    """Every segment by name, counted on a day."""
    found = []
    for view in list_views(session, ROOM):
        promise = get_setting(session, _name(view.name), {})
        count = len(list_client_ids(session, "", conditions=_conditions(view.value), today=on))
        found.append(SegmentRow(view.id, view.name, count, **promise))
    return found


def set_service_promise(session: Session, promise: ServicePromise) -> int:
    """Promise something to a segment, or take a promise back; gives the view's id."""
    view = next((view for view in list_views(session, ROOM) if view.id == promise.view_id), None)
    if view is None:
        raise Refused("not-there", "view_id", noun="View", id=promise.view_id)
    if any((each.kind, each.value) in _BY_SILENCE for each in _conditions(view.value)):
        raise Refused("segment-by-silence", "rhythm_days", name=view.name)
    value = promise.model_dump(exclude={"view_id"})
    if promise.rhythm_days is None and promise.review_months is None and not promise.who:
        kept = session.exec(select(Setting).where(Setting.name == _name(view.name))).first()
        if kept is not None:
            session.delete(kept)
    else:
        set_setting(session, _name(view.name), value)
    about(session, view.name)
    return view.id


def promised_to(session: Session, client_id: int, on: dt.date | None = None) -> Promised | None:
    """What is promised to one client by the segments in which he stands; None where that is nothing."""
    now, met = on or dt.date.today(), []
    for view, promise in _promises(session.connection()):
        where = conditions_sql(_conditions(view.value), now)
        if fetch(session, f"SELECT 1 FROM client c WHERE c.id = {int(client_id)} AND {where}"):
            met.append((view.name, promise))
    if not met:
        return None
    days = [each["rhythm_days"] for _name, each in met if each["rhythm_days"]]
    months = [each["review_months"] for _name, each in met if each["review_months"]]
    who = next((each["who"] for _name, each in met if each["who"]), "")
    return Promised(min(days, default=None), min(months, default=None), who, tuple(name for name, _each in met))


def promised_rhythm(connection: Connection, on: dt.date, client_ids: str = "") -> str:
    """The clients to whom a rhythm is promised, as a query of (id, days); `client_ids`, comma between, or all."""
    return _promised(connection, "rhythm_days", on, client_ids)


def promised_months(connection: Connection, on: dt.date, client_ids: str = "") -> str:
    """The clients to whom reviews are promised, as a query of (id, months); `client_ids` or all."""
    return _promised(connection, "review_months", on, client_ids)


def has_promises(connection: Connection) -> bool:
    """Whether anything is promised to any segment."""
    return bool(_promises(connection))


def _promised(connection: Connection, what: str, on: dt.date, client_ids: str) -> str:
    which = f" AND c.id IN ({client_ids})" if client_ids else ""
    unit = "days" if what == "rhythm_days" else "months"
    each = [
        f"SELECT c.id, {int(promise[what])} AS {unit} FROM client c"
        f" WHERE {conditions_sql(_conditions(view.value), on)}{which}"
        for view, promise in (_promises(connection) if on >= dt.date.today() else [])
        if promise[what]
    ]
    none = f"SELECT NULL AS id, NULL AS {unit} WHERE 0"
    return f"SELECT id, min({unit}) AS {unit} FROM ({' UNION ALL '.join([none, *each])}) GROUP BY id"


def _promises(connection: Connection) -> list[tuple[ViewRow, dict[str, Any]]]:
    head = f"{PROMISE}view:{ROOM}:"
    rows = connection.exec_driver_sql(
        "SELECT v.id, v.name, v.value, s.value FROM setting s JOIN setting v ON v.name = substr(s.name, ?)"
        " WHERE s.name >= ? AND s.name < ? ORDER BY v.name",
        (len(PROMISE) + 1, head, head[:-1] + ";"),
    ).fetchall()
    return [(ViewRow(row[0], row[1].split(":", 2)[2], json.loads(row[2])), json.loads(row[3])) for row in rows]


def _conditions(value: Any) -> Sequence[Condition]:
    return [
        Condition(kind, (told[0], told[1]) if isinstance(told, list) else told)
        for kind, told in value.get("conditions", [])
    ]


def _name(view: str) -> str:
    return f"{PROMISE}view:{ROOM}:{view}"
