"""The rooms that were visited, and the way to the next: made if nobody was there yet, filled and shown, in turns."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from types import GeneratorType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QStackedWidget
from shiboken6 import isValid

from desktop.widgets.turns import Turns

if TYPE_CHECKING:
    from desktop.rooms.room import Room

# What a user does meanwhile is meant for the room that he asked for.
_HEARD = frozenset(
    {
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
    }
)


class Visits(QObject):
    """At most one room is on its way; until it stands, the one before is seen.

    A key or click in between brings it at once, and so does whoever asks where the user is. Going elsewhere instead
    leaves nothing of a room that was half made.
    """

    def __init__(self, parent: QObject, place: Callable[[], QStackedWidget], dress: Callable[[Room], object]) -> None:
        super().__init__(parent)
        self._place, self._dress = place, dress
        self._rooms: dict[str, Room] = {}
        self._stale: set[str] = set()
        self._half_done: dict[str, Callable[[Room], object]] = {}
        self._turns = Turns(self)
        self._turns.ended.connect(self._deafen)
        self._coming: Generator[None] | None = None
        self._heard: list[QObject] = []

    def go(self, way: Generator[None]) -> None:
        """Go a way, by turns where a room is made on it."""
        self.stop()
        self._coming = way
        self._turns.begin(way)
        if self._turns.busy:
            self._heard = [one for one in (QApplication.focusWidget(), QApplication.focusWindow()) if one is not None]
            for one in self._heard:
                one.installEventFilter(self)

    def way(self, name: str, make: Callable[[], Room], arrive: Callable[[Room], object]) -> Generator[None]:
        """The way to a room in parts; `arrive` is told when the room is seen."""
        room = self._rooms.get(name)
        if room is None:
            room = make()
            self._stale.add(name)
            try:
                # In its place while it is empty: what is put in with all its parts is dressed anew as a whole.
                room.setParent(self._place())
                room.resize(self._place().size())
                yield
                for _part in room.parts():
                    yield
                self._dress(room)
                self._place().addWidget(room)
                self._rooms[name] = room
            finally:
                if name not in self._rooms:
                    self._drop(room)
            yield
        if name in self._stale:
            self._stale.discard(name)
            room.refresh()
            if self._place().currentWidget() is not room:
                yield
        if name in self._stale:
            self._stale.discard(name)
            room.refresh()
        self._place().setCurrentWidget(room)
        arrive(room)
        if (go_on := self._half_done.pop(name, None)) is not None:
            go_on(room)

    def finish(self) -> None:
        """Bring the room that is on its way at once."""
        if self._coming is not None and not _runs(self._coming):
            self._turns.finish()

    def stop(self) -> None:
        """Give up the way to a room."""
        self._turns.stop()
        if self._coming is not None and not _runs(self._coming):
            self._coming.close()
        self._deafen()

    def _deafen(self) -> None:
        self._coming = None
        for one in self._heard:
            if isValid(one):
                one.removeEventFilter(self)
        self._heard = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HEARD:
            self.finish()
        return False

    # ------------------------------------------------------------------ the rooms that there are

    def here(self) -> str:
        """The name of the room the user is in, or an empty text before the first one."""
        self.finish()
        seen = self._place().currentWidget() if self._rooms else None
        return next((name for name, room in self._rooms.items() if room is seen), "")

    def get(self, name: str) -> Room | None:
        """A room that was visited."""
        return self._rooms.get(name)

    def look_again(self, name: str) -> None:
        """Let a room look again: now if it is in view, else when it is next opened."""
        room = self._rooms.get(name)
        if room is None:
            return
        if self._place().currentWidget() is room:
            room.refresh()
        else:
            self._stale.add(name)

    def changed(self, nouns: Iterable[str]) -> None:
        """Let each room look again that shows one of these nouns."""
        told = set(nouns)
        for name, room in self._rooms.items():
            if told & room.SHOWS:
                self.look_again(name)

    def forget(self) -> bool:
        """Forget every room; whether there was one."""
        self.stop()
        rooms, self._rooms = self._rooms, {}
        self._stale.clear()
        self._half_done = {}
        for room in rooms.values():
            self._drop(room)
        return bool(rooms)

    def forget_one(self, name: str) -> None:
        """Forget one room, to be made anew when it is next opened."""
        self._drop(self._rooms.pop(name))

    def half_done(self) -> dict[str, Callable[[Room], object]]:
        """What is half done in each room, before all are forgotten and made anew."""
        found = {name: room.half_done() for name, room in self._rooms.items()}
        return {name: go_on for name, go_on in found.items() if go_on is not None}

    def go_on_with(self, half_done: Mapping[str, Callable[[Room], object]]) -> None:
        """Let each of these rooms go on once it is made anew."""
        self._half_done = dict(half_done)

    def set_aside(self) -> dict[str, Room]:
        """Take out the rooms in which something lies open, before all are forgotten and their place is made anew."""
        self.stop()
        aside = {name: room for name, room in self._rooms.items() if room.held() is not None}
        for name, room in aside.items():
            del self._rooms[name]
            self._place().removeWidget(room)
            room.setParent(None)
        return aside

    def put_back(self, aside: Mapping[str, Room]) -> None:
        """Put rooms that were set aside into the place that there is now."""
        for name, room in aside.items():
            self._place().addWidget(room)
            self._rooms[name] = room

    def _drop(self, room: Room) -> None:
        if not isValid(room):
            return  # it went with its window
        # What is left to be done of it would ask a practice that is closed by then.
        for turns in room.findChildren(Turns):
            turns.stop()
        self._place().removeWidget(room)
        room.hide()
        room.deleteLater()


def _runs(way: Generator[None]) -> bool:
    """Whether one of its parts is being done just now: whoever asks stands in the midst of it."""
    return isinstance(way, GeneratorType) and way.gi_running
