"""A small rounded word with a tone, painted anywhere or standing as a widget of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import MEDIUM, Tone, colour, crisp, font
from desktop.widgets.spoken import Role, spoken_as

PADDING = 9


def chip_width(text: str) -> int:
    """How wide a chip with this text is, in device-independent pixels."""
    return QFontMetrics(font("tiny", MEDIUM, tabular=True)).horizontalAdvance(text) + 2 * PADDING


def paint_chip(painter: QPainter, place: QRect, text: str, tone: Tone = "neutral") -> None:
    """Draw a chip into exactly this place; the text is shown as typed and shortened if need be."""
    painter.save()
    crisp(painter)
    outlined = tone == "neutral"
    painter.setPen(colour("line") if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(colour("raised" if outlined else f"{tone}_soft"))
    edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5) if outlined else QRectF(place)
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
    painter.setPen(colour("ink2" if outlined else tone))
    painter.setFont(font("tiny", MEDIUM, tabular=True))
    inside = place.adjusted(PADDING, -1, -PADDING + 1, -1)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()


class Chip(QWidget):
    """A word with a tone, such as *Client* in green."""

    def __init__(self, text: str = "", tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken_as(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: Tone = "neutral") -> None:
        """Show another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text), look.size("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._text, self._tone)


class ChipButton(QAbstractButton):
    """A chip to press, or, when checkable, to switch on and off."""

    def __init__(
        self, text: str, tone: Tone = "accent", checkable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: Tone = "accent") -> None:
        """Show another word; one that cannot be switched on and off keeps its tone."""
        self._tone = tone
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text()), look.size("chip"))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(
            painter, self.rect(), self.text(), self._tone if self.isChecked() or not self.isCheckable() else "neutral"
        )
        if self.hasFocus() or self.underMouse():
            crisp(painter)
            painter.setPen(colour("accent" if self.hasFocus() else "ink3"))
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
