"""What a list says when it is empty: why, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.button import button
from desktop.widgets.ink import colour, crisp, paint_icon
from desktop.widgets.label import label


class Emblem(QWidget):
    """An icon on a soft disc of so many pixels, in the tone accent, green, amber, red or blue; `icon` may change."""

    def __init__(self, icon: str, pixels: int = 48, tone: str = "accent") -> None:
        super().__init__()
        self.icon, self._inset, self._tone = icon, round(pixels * 0.29), tone
        self.setFixedSize(pixels, pixels)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{self._tone}_soft"))
        painter.drawEllipse(self.rect())
        inset = self._inset
        paint_icon(painter, self.rect().adjusted(inset, inset, -inset, -inset), self.icon, self._tone)


class Empty(QWidget):
    """An icon, a title, a sentence that says what to do, a button to do it, and at most one `other` way."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(Emblem(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        heading, self.words = label(title, "strong"), label(text, "muted", wrap=True)
        for words in (heading, self.words):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMaximumWidth(look.px(360))
        heading.setWordWrap(True)
        column.addWidget(heading)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.words, 1000)
        row.addStretch(1)
        column.addLayout(row)
        self.button: QPushButton | None = None
        if action and on_action is not None:
            self.button = button(action, on_action, "primary")
            column.addSpacing(8)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        if other is not None:
            column.addWidget(button(other[0], other[1], "link"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setAccessibleName(f"{title} {text}".strip())
