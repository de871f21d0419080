"""What a room may ask of the frame around it: to show another room, and to open *Log advice*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.widgets.command import Command

AHEAD_MS = 3000


class Frame(Protocol):
    """The window, as far as a room knows it."""

    def open_room(self, name: str, record: int | None = None) -> Any:
        """Go to a room at once, and to one record in it."""

    def go(self, name: str, record: int | None = None, then: Callable[[Any], object] | None = None) -> None:
        """Go to a room as the user does; `then` is told when it is there."""

    def current_room(self) -> str:
        """The name of the room in view."""


def frame_of(asker: QWidget) -> Frame | None:
    """The main window of a part: the one it stands in, or the one that opened its own window (its parent)."""
    window: QWidget | None = asker.window()
    while window is not None and not hasattr(window, "open_room"):
        parent = window.parentWidget()
        window = None if parent is None else parent.window()
    return cast(Frame, window) if window is not None else None


def show(asker: QWidget, room: str, record: int | None = None, then: Callable[[Any], object] | None = None) -> None:
    """Go to another room, and there on to `then`; nothing happens where the asker stands in no frame."""
    frame = frame_of(asker)
    if frame is not None:
        frame.go(room, record, then)


def printing(asker: QWidget) -> list[Command]:
    """*Print…* as the last line of a menu, for what is in view in the room; none where the asker stands in no frame."""
    ask = getattr(frame_of(asker), "print_out", None)
    return [] if ask is None else [Command(_("Print…"), ask.emit, "Ctrl+P", "printer", line_before=True)]


def log_advice(asker: QWidget, client_id: int | None = None, engagement_id: int | None = None) -> Any:
    """Open *Log advice* in a window of its own, for a client or for the one that is current in the room in view."""
    frame = frame_of(asker)
    if frame is None:
        return None
    here: Any = frame.open_room(frame.current_room() or "advice")
    if client_id is None:
        client_id = _current(here, "current_client")
        engagement_id = _current(here, "current_engagement")
    from desktop.rooms.advice.writing import open_window

    return open_window(here.desk, cast(QWidget, frame), client_id, engagement_id)


def report_on(asker: QWidget, about: str, record: int) -> None:
    """Go to the room of reports, about just this "client", "engagement" or "advice"."""
    show(asker, "reports", then=lambda room: room.show_for(about, record))


def prepare_soon(desk: Any, window: QWidget) -> None:
    """Make the first *Log advice* ahead, once a practice has been open for a while."""

    def prepare() -> None:
        from desktop.rooms.advice.writing import prepare

        prepare(desk, window)

    QTimer.singleShot(AHEAD_MS, desk, prepare)


def _current(room: Any, what: str) -> int | None:
    found: int | None = getattr(room, what, lambda: None)()
    return found


def new_enquiry(asker: QWidget, text: str = "") -> Any:
    """Open *A prospect calls* beside whatever is being done; gives its window, None where the asker stands in none."""
    from desktop.rooms.enquiry.window import HEIGHT, WIDTH, EnquiryWindow

    desk = _desk_of(asker)
    if desk is None:
        return None
    made = EnquiryWindow(desk, asker, text)
    made.open(WIDTH, HEIGHT)
    return made


def decline_enquiry(asker: QWidget, client_id: int, engagement_id: int | None = None) -> Any:
    """Open *Decline* for an enquiry; gives its window."""
    from desktop.rooms.enquiry.decline import DeclineWindow

    desk = _desk_of(asker)
    if desk is None:
        return None
    made = DeclineWindow(desk, asker, client_id, engagement_id)
    made.open(*DeclineWindow.SIZE)
    return made


def take_on(asker: QWidget, client_id: int, engagement_id: int | None = None) -> Any:
    """Open *Take on*, which makes an enquiry a client; gives its window."""
    from desktop.rooms.enquiry.taking import TakeOnWindow

    desk = _desk_of(asker)
    if desk is None:
        return None
    made = TakeOnWindow(desk, asker, client_id, engagement_id)
    made.open(*TakeOnWindow.SIZE)
    return made


def _desk_of(asker: QWidget) -> Any:
    """The open practice of whoever asks: his own, or that of the room in view."""
    if (own := getattr(asker, "desk", None)) is not None:
        return own
    frame = frame_of(asker)
    now = frame.current_room() if frame is not None else ""
    return getattr(frame.open_room(now), "desk", None) if frame is not None and now else None
