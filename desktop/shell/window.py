"""The main window: sidebar, top bar, rooms made when first visited, status line, commands and toasts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QStackedWidget, QTextEdit, QWidget

from desktop import look
from desktop import settings as choices
from desktop.text import _
from desktop.widgets.ink import tip

if TYPE_CHECKING:
    from desktop.rooms.room import Room
    from desktop.shell.bars import StatusLine, TopBar
    from desktop.shell.frame import Frame
    from desktop.shell.search import ResultRow
    from desktop.shell.sidebar import Sidebar
    from desktop.widgets.table import Table
    from desktop.widgets.toast import Toast


@dataclass(frozen=True)
class RoomEntry:
    """A room as the sidebar lists it; `factory` is called when the user first goes there."""

    name: str
    title: str
    icon: str
    factory: Callable[[], Room]
    group: Literal["main", "bottom"] = "main"


class Window(QMainWindow):
    """The window around the rooms. It knows no noun: it says what the user asks for, and shows what it is told."""

    furnished = Signal()
    search_changed = Signal(str)
    result_chosen = Signal(object)
    room_opened = Signal(str)
    log_advice = Signal()
    undo = Signal()
    redo = Signal()
    lock = Signal()
    settings = Signal()
    help = Signal()

    def __init__(
        self, rooms: Sequence[RoomEntry], choice: choices.Settings | None = None, *, furnish: bool = True
    ) -> None:
        super().__init__()
        self.setWindowTitle("Cliens")
        # On a small screen, or one that enlarges everything, the window must still fit.
        room = self.screen().availableGeometry().size()
        self.setMinimumSize(QSize(960, 600).boundedTo(room))
        self._choice = choice or choices.Settings()
        self._entries = {entry.name: entry for entry in rooms}
        self._rooms: dict[str, Room] = {}
        self._stale: set[str] = set()
        self._toast: Toast | None = None
        self._frame: Frame | None = None
        self._whose = ("Cliens", "")
        self._listen_first = _FieldFirst(self)
        if furnish:
            self.furnish()
        self._restore_geometry()

    def furnish(self) -> Frame:
        """The frame and the commands, made now if they were not yet: a cover hides them at the first paint."""
        if self._frame is None:
            from desktop.shell.frame import Frame

            self._frame = Frame(list(self._entries.values()))
            self.setCentralWidget(self._frame)
            self._frame.show()
            self.sidebar.set_practice(*self._whose)
            self._add_commands()
            self._wire()
            self.furnished.emit()
        return self._frame

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
        self.top.undo.clicked.connect(self.undo)
        self.top.log_advice.clicked.connect(self.log_advice)
        QApplication.instance().focusChanged.connect(self._listen_first.follow)  # type: ignore[union-attr]

    def _add_commands(self) -> None:
        """Every command is an action, so that it has one name, one shortcut and, on macOS, a place in the menus."""
        keys = QKeySequence.StandardKey
        file = [
            self._command(_("Lock"), "Ctrl+L", self.lock.emit),
            self._command(_("Settings"), "Ctrl+,", self._ask_settings),
        ]
        self.undo_action = self._command(_("Undo"), keys.Undo, self.undo.emit)
        self.redo_action = self._command(_("Redo"), "Ctrl+Shift+Z", self.redo.emit)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        edit = [
            self.undo_action,
            self.redo_action,
            self._command(_("Find anything"), "Ctrl+K", self._focus_search),
            self._command(_("Find in this room"), keys.Find, self._find_in_room),
        ]
        go = [self._command(_("Log advice"), "Ctrl+Shift+A", self.log_advice.emit)]
        for number, name in enumerate(self._entries, start=1):
            shortcut = f"Ctrl+{number}" if number < 10 else ""
            title = self._entries[name].title
            go.append(self._command(title, shortcut, partial(self.open_room, name)))
        aid = [self._command(_("Help"), keys.HelpContents, self.help.emit)]
        if sys.platform == "darwin":
            for title, actions in ((_("File"), file), (_("Edit"), edit), (_("Go"), go), (_("Help"), aid)):
                self.menuBar().addMenu(title).addActions(actions)

    def _command(self, title: str, keys: str | QKeySequence.StandardKey, do: Callable[[], object]) -> QAction:
        action = QAction(title, self)
        if keys != "":
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def open_room(self, name: str, record: int | None = None) -> Room:
        """Go to a room, made now if this is the first visit, and to one record in it if given."""
        room = self._rooms.get(name)
        if room is None:
            room = self._rooms[name] = self._entries[name].factory()
            self.stack.addWidget(room)
            self._stale.add(name)
            self._keep_tables(room)
        if name in self._stale:
            self._stale.discard(name)
            room.refresh()
        self.stack.setCurrentWidget(room)
        self.sidebar.mark(name)
        self.room_opened.emit(name)
        if record is not None:
            room.show_record(record)
        return room

    def _keep_tables(self, room: Room) -> None:
        """Give the room's tables the shape the user left them in, and remember what he makes of them from now on."""
        from desktop.widgets.table import Table

        for table in room.findChildren(Table):
            name = table.objectName() or room.name
            if kept := self._choice.tables.get(name):
                table.wear(kept)
            table.shape_changed.connect(partial(self._on_shape, name, table))

    def _on_shape(self, name: str, table: Table) -> None:
        self._choice.tables[name] = table.shape()

    def current_room(self) -> str:
        """The name of the room the user is in, or an empty text before the first one."""
        here = self.stack.currentWidget()
        return next((name for name, room in self._rooms.items() if room is here), "")

    def on_changed(self, nouns: Iterable[str]) -> None:
        """Refresh the visible room if it shows one of these nouns; the others look again when they are next opened."""
        changed = set(nouns)
        for name, room in self._rooms.items():
            if not changed & room.SHOWS:
                continue
            if self.stack.currentWidget() is room:
                room.refresh()
            else:
                self._stale.add(name)

    def close_rooms(self) -> None:
        """Forget every room, as on locking: nothing of the practice stays in the window."""
        if self._rooms:
            self._choice.save()
        for room in self._rooms.values():
            self.stack.removeWidget(room)
            room.deleteLater()
        self._rooms.clear()
        self._stale.clear()
        self.top.search.clear()
        self.top.search.set_results(())

    def resize_for_text(self) -> None:
        """Give frame and rooms the room that another text scale needs; the rooms are made anew."""
        here = self.current_room()
        self.sidebar.setFixedWidth(look.size("side_width"))
        self.top.setFixedHeight(look.size("top_height"))
        self.status.setFixedHeight(look.size("status_height"))
        for widget in self.sidebar.findChildren(QWidget):
            widget.updateGeometry()
        self.close_rooms()
        if here:
            self.open_room(here)

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

    def set_results(self, rows: Sequence[ResultRow]) -> None:
        """Show what the search found, beneath the search field, and after it the commands of that name."""
        from desktop.shell.search import ResultRow

        typed = self.top.search.text().strip().casefold()
        commands = [
            ResultRow("", 0, action.text(), when=action.shortcut().toString(), icon="arrow-right", do=action.trigger)
            for action in self.actions()
            if typed and typed in action.text().casefold() and action.isEnabled()
        ]
        self.top.search.set_results([*rows, *commands])

    def set_undo(self, undo_words: str | None, redo_words: str | None = None) -> None:
        """Say in words what Undo and Redo would do; None switches one off."""
        self.undo_action.setEnabled(undo_words is not None)
        self.redo_action.setEnabled(redo_words is not None)
        self.top.undo.setEnabled(undo_words is not None)
        self.top.undo.setAccessibleDescription(undo_words or "")
        tip(self.top.undo, undo_words or "")

    def toast(self, text: str, action_text: str | None = None, on_action: Callable[[], object] | None = None) -> Toast:
        """Say something in passing, at the foot of the window, with at most one thing to do about it."""
        if self._toast is None:
            from desktop.widgets.toast import Toast

            self._toast = Toast(self)
        self._toast.say(text, action_text, on_action)
        return self._toast

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._toast is not None:
            self._toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._choice.window_geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._choice.save()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        kept = self._choice.window_geometry
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
            self.resize(self.sizeHint().boundedTo(self.screen().availableGeometry().size()))

    def _on_entry(self, name: str) -> None:
        if name in self._entries:
            self.open_room(name)
        elif name == "lock":
            self.lock.emit()
        else:
            self._ask_settings()

    def _on_chosen(self, row: ResultRow) -> None:
        if row.do is not None:
            row.do()
        else:
            self.result_chosen.emit(row)

    def _ask_settings(self) -> None:
        if "settings" in self._entries:
            self.open_room("settings")
        else:
            self.settings.emit()

    def _focus_search(self) -> None:
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def _find_in_room(self) -> None:
        room = self._rooms.get(self.current_room())
        if room is not None:
            room.start_search()


class _FieldFirst(QObject):
    """Lets a text field with focus undo its own typing first, and passes Undo on when it has nothing to undo."""

    def follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, (QLineEdit, QPlainTextEdit, QTextEdit)):
            old.removeEventFilter(self)
        if isinstance(now, (QLineEdit, QPlainTextEdit, QTextEdit)):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not _has(watched, "undo")
        if event.matches(QKeySequence.StandardKey.Redo):
            return not _has(watched, "redo")
        return False


def _has(field: QObject, way: Literal["undo", "redo"]) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if way == "undo" else field.isRedoAvailable()
    if isinstance(field, (QPlainTextEdit, QTextEdit)):
        document = field.document()
        return document.isUndoAvailable() if way == "undo" else document.isRedoAvailable()
    return False
