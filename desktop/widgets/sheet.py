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

    def __init__(self, title: str, body: QWidget, note: str = "", width: int = WIDTH) -> None:
        super().__init__()
        self._title, self._note = label(title, "title"), Short(note, "faint")
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(26, 24, 26, 18)
        row.addWidget(self._title)
        row.addSpacing(16)
        row.addWidget(self._note, 1)
        card = Card()
        card.add(head)
        card.add(body)
        card.setMaximumWidth(look.px(width))
        page = QWidget()
        middle = QVBoxLayout(page)
        middle.setContentsMargins(24, 20, 24, 24)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 1000)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str, note: str = "") -> None:
        """Another title, and the quiet words at its right."""
        self._title.setText(title)
        self._note.setText(note)
