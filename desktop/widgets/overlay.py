"""A page that lies over another for a while, with a title and a way back: Escape or the cross takes it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.button import Kind, button
from desktop.widgets.ink import colour, tip
from desktop.widgets.keys import on_key
from desktop.widgets.label import Short, rule
from desktop.widgets.spoken import Role, spoken_as

Act = tuple[str, Callable[[], object], Kind, str]


class Overlay(QWidget):
    """Covers `over` whole until it is closed; the focus then goes back to where it was."""

    closed = Signal()
    COVERS = True
    # How to lay the like of it over another part, where that shows all that this one does.
    lay_again: Callable[[QWidget], object] | None = None

    def __init__(self, over: QWidget, title: str, acts: Sequence[Act] = (), note: str = "") -> None:
        super().__init__(over)
        self._before = QApplication.focusWidget()
        self.setAccessibleName(title)
        spoken_as(self, Role.Dialog)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        head = QWidget()
        head.setFixedHeight(look.px(47))
        row = QHBoxLayout(head)
        row.setContentsMargins(22, 0, 14, 0)
        row.setSpacing(8)
        self._title, self._note = Short(title, "heading"), Short(note, "muted")
        row.addWidget(self._title)
        row.addWidget(self._note, 1)
        for words, act, kind, icon_name in acts:
            row.addWidget(button(words, act, kind, icon_name))
        back: QPushButton = button("", self.take_off, "quiet", "x")
        back.setAccessibleName(_("Close"))
        tip(back, _("Close"))
        row.addWidget(back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        self._column.addWidget(rule())
        on_key("Esc", self, self.take_off, "inside")
        over.installEventFilter(self)
        self.setGeometry(over.rect())

    def set_body(self, body: QWidget) -> None:
        """What stands beneath the title."""
        self._column.addWidget(body, 1)

    def lay(self) -> None:
        """Show it over everything, with the focus in it."""
        self.show()
        self.raise_()
        self.setFocus()

    def take_off(self) -> None:
        """Uncover what is beneath."""
        self.hide()
        if (over := self.parentWidget()) is not None:
            over.removeEventFilter(self)
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus()
        except RuntimeError:
            # What had the focus may have been made anew in the meantime.
            self._before = None
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parentWidget():
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))
