"""The program's own mark, drawn at any size."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import BOLD, colour, crisp, font
from desktop.widgets.spoken import Role, spoken_as


class Logo(QWidget):
    """A rounded square in the accent with a C."""

    def __init__(self, side: int = 40) -> None:
        super().__init__()
        self.setAccessibleName("Cliens")
        spoken_as(self, Role.Graphic)
        self._side = look.px(side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        place = QRect(0, 0, self._side, self._side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(place, self._side / 5, self._side / 5)
        painter.setFont(font("display", BOLD))
        painter.setPen(colour("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "C")
