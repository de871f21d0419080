"""The main window: sidebar, top bar, rooms made when first visited, status line, commands and toasts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtWidgets import QMainWindow

from desktop import settings as choices
from desktop.shell.anew import make_anew
from desktop.shell.entry import RoomEntry as RoomEntry
from desktop.shell.least_size import take_least_size
from desktop.shell.places import Place, Places

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent
    from PySide6.QtWidgets import QStackedWidget, QWidget

    from desktop.rooms.room import Room
    from desktop.shell.bars import StatusLine, TopBar
    from desktop.shell.commands import Group
    from desktop.shell.field_first import FieldFirst
    from desktop.shell.frame import Frame
    from desktop.shell.search import ResultRow
    from desktop.shell.shortcuts import ShortcutSheet
    from desktop.shell.sidebar import Sidebar
    from desktop.shell.visits import Visits
    from desktop.widgets.command import Command
    from desktop.widgets.toast import Toast


# Whoever looks at a record for so long was there: it becomes a place to come back to.
STAY_MS = 900


class Window(QMainWindow):
    """The window around the rooms. It knows no noun: it says what the user asks for, and shows what it is told."""

    furnished = Signal()
    search_changed = Signal(str)
    result_chosen = Signal(object)
    room_opened = Signal(str)
    log_advice = Signal()
    brief = Signal()
    new_enquiry = Signal()
    print_out = Signal()
    undo = Signal()
    redo = Signal()
    lock = Signal()
    settings = Signal()

    def __init__(
        self, rooms: Sequence[RoomEntry], choice: choices.Settings | None = None, *, furnish: bool = True
    ) -> None:
        super().__init__()
        self.setWindowTitle("Cliens")
        take_least_size(self)
        self._choice = choice or choices.Settings()
        self.places_of_windows = self._choice.windows
        self._entries = {entry.name: entry for entry in rooms}
        self._toast: Toast | None = None
        self._frame: Frame | None = None
        self._sheet: ShortcutSheet | None = None
        self._whose = ("Cliens", "")
        self.places = Places()
        self.can_undo = self.can_redo = True
        self._listen_first: FieldFirst | None = None
        self.offers: list[Callable[[], Sequence[Group]]] = []
        if furnish:
            self.furnish()
        self._restore_geometry()

    def set_rooms(self, rooms: Sequence[RoomEntry]) -> None:
        """Say which rooms there are, for a window that was shown before they were known."""
        self._entries = {entry.name: entry for entry in rooms}

    def furnish(self) -> Frame:
        """The frame and the commands, made now if they were not yet: a cover hides them at the first paint."""
        if self._frame is None:
            from desktop.shell.frame import Frame

            self._listen()
            self._frame = Frame(list(self._entries.values()))
            self.setCentralWidget(self._frame)
            self._frame.show()
            self.sidebar.set_practice(*self._whose)
            self._add_commands()
            self._wire()
            self.furnished.emit()
        return self._frame

    def _listen(self) -> None:
        if self._listen_first is None:
            from PySide6.QtCore import QTimer
            from PySide6.QtWidgets import QApplication

            from desktop.shell.field_first import FieldFirst

            self._stay = QTimer(self, singleShot=True, interval=STAY_MS)
            self._stay.timeout.connect(self._keep_place)
            self._listen_first = FieldFirst(self)
            QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    @cached_property
    def _visits(self) -> Visits:
        from desktop.shell.visits import Visits

        return Visits(self, lambda: self.stack, self._dress)

    @property
    def sidebar(self) -> Sidebar:
        """The entries at the left."""
        return self.furnish().sidebar

    @property
    def top(self) -> TopBar:
        """Search, Undo and Log advice."""
        return self.furnish().top

    @property
    def status(self) -> StatusLine:
        """The line at the foot."""
        return self.furnish().status

    @property
    def stack(self) -> QStackedWidget:
        """The rooms that were visited, one above the other."""
        return self.furnish().stack

    def _wire(self) -> None:
        self.sidebar.chosen.connect(self._on_entry)
        self.top.search.searched.connect(self.search_changed)
        self.top.search.chosen.connect(self._on_chosen)
        top, asked = self.top, (self.undo, self.log_advice, self.new_enquiry, self.print_out)
        for each, ask in zip((top.undo, top.log_advice, top.new_enquiry, top.print_out), asked, strict=True):
            each.clicked.connect(ask)
        self.top.back.clicked.connect(lambda: self.step(-1))
        self.top.forward.clicked.connect(lambda: self.step(1))

    def _add_commands(self) -> None:
        """Every command is an action, so that it has one name, one shortcut and, on macOS, a place in the menus."""
        from desktop.shell.commands import frame_commands, make_actions

        actions = make_actions(self, frame_commands(self))
        self.undo_action, self.redo_action = actions["Ctrl+Z"], actions["Ctrl+Shift+Z"]

    def entries(self) -> list[RoomEntry]:
        """The rooms, in the order of the sidebar."""
        return list(self._entries.values())

    def set_title(self, name: str, title: str) -> None:
        """Call a room something else, as by the practice's profession; an unknown room is left alone."""
        if name not in self._entries or self._entries[name].title == title:
            return
        before, self._entries[name] = self._entries[name].title, replace(self._entries[name], title=title)
        if self._frame is not None:
            self._frame.sidebar.entry(name).set_title(title)
            for action in self.actions():
                if action.text() == before:
                    action.setText(title)

    def commands(self) -> list[Group]:
        """Everything that can be asked for now: the room's own commands, the frame's, and what was offered beside."""
        from desktop.shell.commands import Group, frame_commands

        room = self._visits.get(self.current_room())
        own = list(room.commands()) if room is not None else []
        here = [Group(self._entries[self.current_room()].title, own)] if own else []
        return [*here, *frame_commands(self), *(group for offer in self.offers for group in offer())]

    def used_commands(self, most: int) -> list[Command]:
        """The commands chosen most from the palette, those first that are possible now; the usual ones at first."""
        commands = [each for group in self.commands() for each in group.commands if each.possible()]
        others = [each for each in commands if each.do != self.begin_search]
        return sorted(others, key=lambda each: -self._choice.used.get(each.title, 0))[:most]

    def look_again(self, name: str) -> None:
        """Let a room look again: now if it is in view, else when it is next opened."""
        self._visits.look_again(name)

    def show_shortcuts(self) -> None:
        """Lay the list of shortcuts over the window, or put it away."""
        from desktop.shell.shortcuts import ShortcutSheet

        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.take_off()
            return
        self._sheet = ShortcutSheet(self, self.commands())
        self._sheet.destroyed.connect(lambda: setattr(self, "_sheet", None))
        self._sheet.lay()

    def open_room(self, name: str, record: int | None = None) -> Room:
        """Go to a room at once, and to one record in it if given, for whoever goes on with the room."""
        self.go(name, record)
        self._visits.finish()
        room = self._visits.get(name)
        assert room is not None
        return room

    def go(self, name: str, record: int | None = None, then: Callable[[Room], object] | None = None) -> None:
        """Go to a room as the user does: on the first visit it comes in turns; `then` is told when it is there."""
        self._visits.stop()
        self._keep_place()
        self._visits.go(self.way(name, record, then))

    def way(
        self, name: str, record: int | None = None, then: Callable[[Room], object] | None = None
    ) -> Generator[None]:
        """The way to a room in parts, each of them short, for whoever goes it as a part of his own."""

        def arrive(room: Room) -> None:
            self._show(room, name, record)
            self.places.go(Place(name, record))
            self._show_places()
            if then is not None:
                then(room)

        return self._way(name, arrive)

    def _way(self, name: str, arrive: Callable[[Room], object]) -> Generator[None]:
        self.sidebar.mark(name)
        self._stay.stop()
        return self._visits.way(name, self._entries[name].factory, arrive)

    def _show(self, room: Room, name: str, record: int | None) -> None:
        self.room_opened.emit(name)
        if record is not None:
            room.show_record(record)

    def _dress(self, room: Room) -> None:
        from desktop.shell.shapes import keep_shapes

        keep_shapes(room, self._choice, self._stay.start)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) to the place where the user was; nothing happens at the end."""
        self._keep_place()
        place = self.places.step(by)
        if place is not None and place.room in self._entries:
            self._visits.go(self._way(place.room, lambda room: self._show(room, place.room, place.record)))
        self._show_places()

    def _keep_place(self) -> None:
        """Remember the record in view, which the user may have come to by the arrows."""
        name = self.current_room()
        room = self._visits.get(name)
        record = room.current_record() if room is not None else None
        if record is not None:
            self.places.go(Place(name, record))
            self._show_places()

    def _show_places(self) -> None:
        self.top.back.setEnabled(self.places.can(-1))
        self.top.forward.setEnabled(self.places.can(1))

    def current_room(self) -> str:
        """The name of the room the user is in, or an empty text before the first one."""
        return self._visits.here()

    def on_changed(self, nouns: Iterable[str]) -> None:
        """Refresh the visible room if it shows one of these nouns; the others look again when they are next opened."""
        self._visits.changed(nouns)

    def close_rooms(self) -> None:
        """Forget every room, as on locking: nothing of the practice stays in the window."""
        if self._visits.forget():
            self._choice.save()
        self._stay.stop()
        if self._sheet is not None:
            self._sheet.take_off()
        self.top.search.clear()
        self.top.search.set_results(())

    def resize_for_text(self) -> None:
        """Give frame and rooms the room that another text scale needs; the rooms are made anew."""
        take_least_size(self)
        make_anew(self, self._visits, self.furnish().resize_for_text)

    def speak_anew(self, rooms: Sequence[RoomEntry]) -> None:
        """Make frame, commands and rooms anew, as after a change of language; the place stays."""
        make_anew(self, self._visits, lambda: self._furnish_anew(rooms))

    def _furnish_anew(self, rooms: Sequence[RoomEntry]) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        if sys.platform == "darwin":
            self.menuBar().clear()
        self._entries = {entry.name: entry for entry in rooms}
        noticed = self.furnish().notice.said()
        self._frame = None
        self.furnish().notice.say_again(noticed)
        if self._toast is not None:
            self._toast.raise_()

    def set_practice(self, name: str, subtitle: str) -> None:
        """Say whose practice is open; an empty name shows the program's own."""
        self._whose = (name or "Cliens", subtitle)
        if self._frame is not None:
            self._frame.sidebar.set_practice(*self._whose)
        self.setWindowTitle(f"{name} · Cliens" if name else "Cliens")

    def set_counts(self, counts: Mapping[str, str]) -> None:
        """Show counts, already formatted, beside the rooms named."""
        for name, text in counts.items():
            self.sidebar.set_count(name, text)

    def set_status(self, file: str, facts: Sequence[str] = (), right: str = "") -> None:
        """Fill the status line: the file's name, facts such as "Encrypted", and at the right the record's state."""
        self.status.set_facts([file, *facts], right)

    def set_results(self, rows: Sequence[ResultRow], instead: ResultRow | None = None) -> None:
        """Show what the search found, beneath the field, and the commands of nearly that name; `instead` of nothing."""
        from desktop.shell.commands import with_commands

        found = with_commands(rows, self.top.search.text().strip(), self.commands)
        self.top.search.set_results(found or ([instead] if instead is not None else []))

    def set_undo(self, undo_words: str | None, redo_words: str | None = None) -> None:
        """Say in words what Undo and Redo would do; None switches one off."""
        self.can_undo, self.can_redo = undo_words is not None, redo_words is not None
        self.undo_action.setEnabled(self.can_undo)
        self.redo_action.setEnabled(self.can_redo)
        self.top.set_undo(undo_words)

    def toast(self, text: str, action_text: str | None = None, on_action: Callable[[], object] | None = None) -> Toast:
        """Say something in passing, at the foot of the window, with at most one thing to do about it."""
        if self._toast is None:
            from desktop.widgets.toast import Toast

            self._toast = Toast(self)
        self._toast.say(text, action_text, on_action)
        return self._toast

    def focusNextPrevChild(self, forward: bool) -> bool:
        from desktop.widgets import stops

        return stops.step(self, forward)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._toast is not None:
            self._toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        from PySide6.QtWidgets import QApplication

        # What was opened from here goes with it, each keeping what was typed; one that cannot keep it holds us back.
        for other in QApplication.topLevelWidgets():
            mine = other is not self and other.parentWidget() is self and other.isVisible()
            if mine and not other.close():
                event.ignore()
                return
        self._choice.window_geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._choice.save()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        kept = self._choice.window_geometry
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
            self.resize(self.sizeHint().boundedTo(self.screen().availableGeometry().size()))

    def _on_entry(self, name: str) -> None:
        if name in self._entries:
            self.go(name)
        elif name == "lock":
            self.lock.emit()
        else:
            self.settings.emit()

    def _on_chosen(self, row: ResultRow) -> None:
        if row.do is not None:
            used = self._choice.used
            used[row.title] = used.get(row.title, 0) + 1
            row.do()
        else:
            self.result_chosen.emit(row)

    def begin_search(self) -> None:
        """Go to the search field; Escape there leads back to where the focus is now."""
        self.top.search.begin()

    def find_in_room(self) -> None:
        """Go to the search field of the room in view."""
        if room := self._visits.get(self.current_room()):
            room.start_search()

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._listen_first is not None:
            self._listen_first.follow(old, now)
        if self._frame is not None and now is self._frame.top.search:
            self._frame.top.search.came_from(old)
