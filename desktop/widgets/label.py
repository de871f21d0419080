"""Words on the page, always shown exactly as typed, and the thin lines between them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.widgets.ink import colour

Kind = Literal["", "display", "title", "heading", "strong", "muted", "small", "label", "faint", "error"]


def label(text: str = "", kind: Kind = "", wrap: bool = False) -> QLabel:
    """Text in one of the house's kinds; markup in it is shown as typed."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


class _Rule(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("line"))
        painter.drawLine(0, 0, self.width() - 1, 0)


def rule() -> QWidget:
    """A horizontal line of one pixel."""
    return _Rule()
