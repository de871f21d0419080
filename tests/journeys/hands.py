"""The hands of a user without a mouse: they press keys where the focus is, and count what they press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import App
from desktop.practice import OpenPractice
from tests.made import let_be_made
from tests.rooms.conftest import Keys

LONG = 12_000


Count = Callable[[str, int, str], None]


class Hands:
    """Keys, typed texts, and Tab until the wanted thing has the focus.

    `pressed` counts every key beyond the typed texts; `split` says how many there were since it was called last.
    """

    def __init__(self, app: App, wait_until: Callable[..., None]) -> None:
        self.app, self.pressed = app, 0
        self._keys, self._wait_until, self._counted = Keys(), wait_until, 0

    @property
    def desk(self) -> OpenPractice:
        """The open practice."""
        assert self.app.desk is not None
        return self.app.desk

    def facts(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a plain query finds in the file."""
        return self.desk.ask(lambda session: [tuple(row) for row in session.connection().exec_driver_sql(sql, values)])

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._wait_until(lambda: bool(until()), timeout=LONG)

    def split(self) -> int:
        """The keys pressed since the last time this was asked."""
        since, self._counted = self.pressed - self._counted, self.pressed
        return since

    # ------------------------------------------------------------------ keys

    def press(self, *keys: str) -> None:
        """Press keys by name, one after the other."""
        for key in keys:
            self._come_to_the_front()
            self.pressed += 1
            self._keys.press(key)

    def type(self, text: str) -> None:
        """Type a text: it is what one wants to say, and is not counted."""
        self._come_to_the_front()
        self._keys.type(text)

    def _come_to_the_front(self) -> None:
        # Without a window manager nobody gives the keyboard back after a list of suggestions or a closed window.
        if QApplication.activePopupWidget() is not None:
            return
        front = self.front()
        # Asked for even where it seems to be so: that a list was closed may only be heard of in a moment.
        front.activateWindow()
        self.wait(front.isActiveWindow)
        if QApplication.focusWidget() is None:
            front.setFocus()

    def front(self) -> QWidget:
        """The window that a user has before him: what was opened last over the main window, or that one."""
        main = self.app.window
        own = (Qt.WindowType.Window, Qt.WindowType.Dialog)
        over = [
            each
            for each in main.findChildren(QWidget)
            if each.isVisible() and each.isWindow() and each.windowType() in own
        ]
        return over[-1] if over else main

    def opened(self, kind: str) -> Any:
        """The window over the main one that has just been opened, of the class of this name."""
        self.wait(lambda: type(self.front()).__name__ == kind)
        window = self.front()
        self.wait(window.isActiveWindow)
        return window

    # ------------------------------------------------------------------ finding the way

    def focused(self) -> str:
        """The name of what has the keyboard."""
        here = QApplication.focusWidget()
        return here.accessibleName() if here is not None else ""

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until the part of this name has the keyboard."""
        for _step in range(60):
            if self.focused() == name:
                return
            self.press(key)
        raise AssertionError(f"{key} never comes to “{name}”")

    def fill(self, **texts: str) -> None:
        """Go to each field by its name, with lines for spaces, and type."""
        for name, text in texts.items():
            self.tab_to(name.replace("_", " "))
            self.type(text)

    def choose(self, wanted: str) -> None:
        """Choose in the list that has the keyboard, by the first letters of the words."""
        box: Any = QApplication.focusWidget()
        at = box.findText(wanted)
        assert at >= 0, [box.itemText(each) for each in range(box.count())]
        if box.currentIndex() != at:
            self.press(wanted[0])
        while box.currentIndex() != at:
            self.press("Down" if box.currentIndex() < at else "Up")

    def go(self, what: str, title: str = "") -> None:
        """Go to something by the palette: its words, until it stands first, and Return."""
        self.press("Ctrl+K")
        self.type(what)
        search = self.app.window.top.search
        self.wait(lambda: (title or what) in [row.title for row in search.results_shown()[:1]])
        self.press("Return")

    def room(self, name: str) -> Any:
        """The room in view, which must be this one."""
        self.wait(lambda: self.app.window.current_room() == name)
        let_be_made()
        return self.app.window.stack.currentWidget()


Enter = Callable[[str], Hands]
