"""How trust went, note by note: a line over the sum of what each note did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.ink import colour, crisp, font

# Beyond this a line could not be told from a smear: the latest notes are drawn.
DRAWN = 200


class Trend(QWidget):
    """`running` is the sum after each note, beginning with 0."""

    def __init__(self, running: Sequence[int]) -> None:
        super().__init__()
        self._running = list(running)[-DRAWN:]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = ", ".join(str(value) for value in self._running)
        self.setAccessibleName(_("Trust, note by note: {values}").format(values=said))

    def sizeHint(self) -> QSize:
        return QSize(240, look.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        low, high = min(0, *self._running), max(0, *self._running)
        gutter = look.px(24)
        place = QRectF(self.rect()).adjusted(gutter, 8, -8, -8)
        span = (high - low) or 1

        def level(value: int) -> float:
            return place.bottom() - place.height() * (value - low) / span

        painter.setFont(font("tiny"))
        for value in sorted({low, 0, high}):
            painter.setPen(colour("line"))
            painter.drawLine(QPointF(place.left(), level(value)), QPointF(place.right(), level(value)))
            painter.setPen(colour("ink3"))
            spot = QRectF(0, level(value) - 8, gutter - 6, 16)
            said = f"{value:+d}".replace("-", "−") if value else "0"
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
        step = place.width() / max(1, len(self._running) - 1)
        points = [QPointF(place.left() + at * step, level(value)) for at, value in enumerate(self._running)]
        painter.setPen(QPen(colour("accent"), 1.5))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawEllipse(points[-1], 3, 3)
