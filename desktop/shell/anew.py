"""A window made anew in another language or size: one stays where one is, and what is being written is not lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.widgets.overlay import Overlay

if TYPE_CHECKING:
    from desktop.rooms.room import Room
    from desktop.shell.visits import Visits
    from desktop.shell.window import Window


def make_anew(window: Window, visits: Visits, remake: Callable[[], object]) -> None:
    """Make the rooms anew after `remake`. A room in which something lies open stays until that is taken off."""
    here, place, focus = window.current_room(), window.places.here(), QApplication.focusWidget()
    laid = [each.lay_again for each in window.findChildren(Overlay) if each.isVisible() and each.lay_again]
    aside = visits.set_aside()
    half_done = visits.half_done()
    window.close_rooms()
    remake()
    visits.put_back(aside)
    visits.go_on_with(half_done)
    for name, room in aside.items():
        # What comes then is still on its way out of the room.
        _held(room).connect(partial(QTimer.singleShot, 0, window, partial(_renew, window, visits, name, room)))
    if not here:
        return
    room = window.open_room(here, place.record if here not in aside and place and place.room == here else None)
    if here in aside and focus is not None and room.isAncestorOf(focus):
        focus.setFocus()
    for lay_again in laid:
        lay_again(room)


def _renew(window: Window, visits: Visits, name: str, room: Room) -> None:
    """Make a room anew that had to wait, unless something lies over it again."""
    if visits.get(name) is not room or room.held() is not None:
        return
    here, record = window.current_room() == name, room.current_record()
    visits.forget_one(name)
    if here:
        window.open_room(name, record)


def _held(room: Room) -> Any:
    held = room.held()
    assert held is not None
    return held
