"""A form on a sheet of its own in the middle of the page, with a title and quiet words beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.card import Card
from desktop.widgets.label import Short, label
from desktop.widgets.pane import scrolled

WIDTH = 820


class Sheet(QWidget):
    """The page scrolls when the form is higher than the window."""

    def __init__(self, title: str, body: QWidget | None = None, note: str = "", width: int = WIDTH) -> None:
        super().__init__()
        # From the outside inwards: what is put in with all its parts is dressed anew as a whole.
        page = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))
        middle = QVBoxLayout(page)
        middle.setContentsMargins(24, 20, 24, 24)
        across = QHBoxLayout()
        middle.addLayout(across)
        middle.addStretch(1)
        self._card = Card()
        self._card.setMaximumWidth(look.px(width))
        across.addStretch(1)
        across.addWidget(self._card, 1000)
        across.addStretch(1)
        self._title, self._note = label(title, "title"), Short(note, "faint")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        self._card.add(head)
        row = QHBoxLayout(head)
        row.setContentsMargins(26, 24, 26, 18)
        row.addWidget(self._title)
        row.addSpacing(16)
        row.addWidget(self._note, 1)
        if body is not None:
            self.hold(body)

    def hold(self, body: QWidget) -> None:
        """Put the form in its place, for a sheet that has one already."""
        self._card.add(body)

    def set_title(self, title: str, note: str = "") -> None:
        """Another title, and the quiet words at its right."""
        self._title.setText(title)
        self._note.setText(note)
