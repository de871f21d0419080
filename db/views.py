"""Saved views of a room: named filters with their order, shared by the whole practice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.errors import Refused
from db.history import about
from db.ordering import in_order
from db.rows import get
from db.tables import Setting

# What is kept beside a view stands under this and the view's own name, and goes where it goes.
PROMISE = "promise:"


@dataclass(frozen=True)
class ViewRow:
    """A saved view; `value` is what the room keeps in it, as JSON holds it."""

    id: int
    name: str
    value: Any


def _key(room: str, name: str) -> str:
    return f"view:{room}:{name}"


def list_views(session: Session, room: str) -> list[ViewRow]:
    """The views of a room, by name."""
    head = _key(room, "")
    rows = session.exec(select(Setting).where(col(Setting.name).startswith(head, autoescape=True)))
    found = [ViewRow(row.id or 0, row.name.removeprefix(head), json.loads(row.value)) for row in rows]
    return in_order(session, found, lambda view: view.name)


def save_view(session: Session, room: str, name: str, value: Any) -> int:
    """Keep a view under a name; one that has the name already takes the new filters. Gives its id."""
    said = _named(name)
    key = _key(room, said)
    setting = session.exec(select(Setting).where(Setting.name == key)).first() or Setting(name=key, value="")
    setting.value = json.dumps(value, ensure_ascii=False)
    session.add(setting)
    session.flush()
    about(session, said)
    assert setting.id is not None
    return setting.id


def rename_view(session: Session, view_id: int, name: str) -> int:
    """Give a view another name; refuses one that another view of the room has."""
    setting, said = get(session, Setting, view_id, "name"), _named(name)
    room = setting.name.split(":", 2)[1]
    key = _key(room, said)
    if session.exec(select(Setting).where(Setting.name == key, Setting.id != view_id)).first():
        raise Refused("view-exists", "name", name=said)
    kept = _beside(session, setting)
    setting.name = key
    session.add(setting)
    if kept is not None:
        kept.name = PROMISE + key
        session.add(kept)
    about(session, said)
    return view_id


def delete_view(session: Session, view_id: int) -> None:
    """Delete a view; the records that it listed stay."""
    setting = get(session, Setting, view_id)
    about(session, setting.name.split(":", 2)[2])
    kept = _beside(session, setting)
    if kept is not None:
        session.delete(kept)
    session.delete(setting)


def _beside(session: Session, view: Setting) -> Setting | None:
    return session.exec(select(Setting).where(Setting.name == PROMISE + view.name)).first()


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise Refused("required", "name")
    return said
