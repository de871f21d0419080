"""A box to tick whose words go on in the next line where they are longer than its place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton

from desktop.widgets.retold import remember

BOX = 26  # the box itself and what lies between it and its words


class Check(QCheckBox):
    """Ticked by a press on its words too."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        remember(self, "setText", text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(BOX + self.fontMetrics().averageCharWidth() * 16, super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:
        return max(super().sizeHint().height(), self._words(width).height() + 4)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def _words(self, width: int) -> QRect:
        room = QRect(BOX, 2, width - BOX, 10_000)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QPainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.rect = QRect(0, 0, BOX, self.fontMetrics().height() + 4)
        self.style().drawControl(QStyle.ControlElement.CE_CheckBox, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(QRect(BOX, 2, self.width() - BOX, self.height()), int(Qt.TextFlag.TextWordWrap), self.text())
