"""Where a row of Today is seen, and where it is done when that takes more than a key."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from db.today_rows import Waiting
from desktop.rooms import frame


def show_row(asker: QWidget, waiting: Waiting) -> None:
    """Go to the room and the record that a row is about."""
    room, record = _place(waiting)
    if record is not None:
        frame.show(asker, room, record)


def _place(waiting: Waiting) -> tuple[str, int | None]:
    if waiting.kind == "promise":
        return "trust", waiting.id
    if waiting.kind == "concern":
        return "trust", -waiting.id
    if waiting.kind in ("awaited", "draft"):
        return "advice", waiting.id
    if waiting.kind in ("letter", "review", "deadline"):
        return "engagements", waiting.about_id
    if waiting.kind == "right":
        return "privacy", waiting.id
    if waiting.client_id is None and waiting.about_id is not None:
        return "clients", -waiting.about_id
    return "clients", waiting.client_id


def do_there(asker: QWidget, waiting: Waiting) -> None:
    """Go where a request about data is answered, or a client's review is held, with its form open."""
    if waiting.kind != "client_review":
        show_row(asker, waiting)
        return
    frame.show(asker, "reviews", waiting.client_id, lambda room: _hold(room, waiting.client_id))


def _hold(room: Any, client_id: int | None) -> None:
    if room.current() == client_id:
        room.hold()
