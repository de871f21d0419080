"""Words on the page, always shown exactly as typed, and the thin lines between them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.widgets.ink import colour, tip
from desktop.widgets.retold import remember

Kind = Literal["", "display", "title", "heading", "strong", "muted", "small", "label", "faint", "error"]

LEAST_LETTERS = 6  # of a line that gives way so much is always seen


def label(text: str = "", kind: Kind = "", wrap: bool = False) -> QLabel:
    """Text in one of the house's kinds; markup in it is shown as typed."""
    made = Label(text)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


class Label(QLabel):
    """Words shown exactly as they are; in another language they are said again."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        remember(self, "setText", text)

    def setText(self, text: str) -> None:
        super().setText(text)
        remember(self, "setText", text)


class Short(Label):
    """One line that gives way where the place is narrow: what is left out stands in its tooltip."""

    def __init__(self, text: str = "", kind: Kind = "", letters: int = LEAST_LETTERS) -> None:
        super().__init__(text)
        self._letters = letters
        if kind:
            self.setProperty("kind", kind)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * self._letters), whole.height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width() + 1

    def _tell_whole(self) -> None:
        tip(self, "" if self._fits() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fits():
            super().paintEvent(event)
            return
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


class _Rule(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Filled, not drawn: on a screen of 150 % a drawn line may fall outside of so low a part.
        QPainter(self).fillRect(self.rect(), colour("line"))


def rule() -> QWidget:
    """A horizontal line of one pixel."""
    return _Rule()
