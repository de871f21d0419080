"""A small rounded word with a tone, painted anywhere or standing as a widget of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import MEDIUM, Tone, colour, crisp, font, paint_icon
from desktop.widgets.retold import remember
from desktop.widgets.spoken import Role, spoken_as
from desktop.widgets.steady import Hand

PADDING = 9
LEAST = 24  # what can be pressed measures so much each way (WCAG 2.5.8)
TICK = 12  # the side of the mark on a chip that is switched on


def chip_width(text: str) -> int:
    """How wide a chip with this text is, in device-independent pixels."""
    return QFontMetrics(font("tiny", MEDIUM, tabular=True)).horizontalAdvance(text) + 2 * PADDING


def paint_chip(
    painter: QPainter, place: QRect, text: str, tone: Tone = "neutral", edge_token: str = "line", mark: int = 0
) -> None:
    """Draw a chip into exactly this place; the text is shown as typed and shortened if need be.

    `mark` is the room kept at the left for a mark, in device-independent pixels.
    """
    painter.save()
    crisp(painter)
    outlined = tone == "neutral"
    painter.setPen(colour(edge_token) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(colour("raised" if outlined else f"{tone}_soft"))
    edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5) if outlined else QRectF(place)
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
    painter.setPen(colour("ink2" if outlined else tone))
    painter.setFont(font("tiny", MEDIUM, tabular=True))
    inside = place.adjusted(PADDING + mark, -1, -PADDING + 1, -1)
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
        remember(self, "_say_again", text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _say_again(self, text: str) -> None:
        self.say(text, self._tone)

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
        self._hand = Hand()
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._hand.clicks(self, event):
            super().mouseReleaseEvent(event)

    def say(self, text: str, tone: Tone = "accent") -> None:
        """Show another word; one that cannot be switched on and off keeps its tone."""
        self._tone = tone
        remember(self, "_say_again", text)
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _say_again(self, text: str) -> None:
        self.say(text, self._tone)

    def setAccessibleName(self, text: str) -> None:
        super().setAccessibleName(text)
        remember(self, "setAccessibleName", text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        tick = TICK if self.isCheckable() else 0
        return QSize(max(chip_width(self.text()) + tick, look.px(LEAST)), max(look.size("chip"), look.px(LEAST)))

    def _shown(self) -> QRect:
        """Where the chip is painted: around it there is room for the pointer of an unsteady hand."""
        high = look.size("chip")
        return QRect(0, (self.height() - high) // 2, self.width(), high)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        off = self.isCheckable() and not self.isChecked()
        mark = TICK if self.isChecked() else 0
        paint_chip(painter, self._shown(), self.text(), "neutral" if off else self._tone, "edge", mark)
        if self.isChecked():
            # Seen without its colour too.
            spot = QRect(PADDING - 3, (self.height() - TICK) // 2, TICK, TICK)
            paint_icon(painter, spot, "check", self._tone if self._tone != "neutral" else "ink2")
        if self.hasFocus() or self.underMouse():
            crisp(painter)
            wide = 2 if self.hasFocus() else 1
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "ink3"), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = QRectF(self._shown()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
            painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
