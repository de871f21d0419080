"""What a list says when it is empty: why, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.button import button
from desktop.widgets.ink import colour, crisp, paint_icon
from desktop.widgets.label import label


class _Emblem(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawEllipse(self.rect())
        paint_icon(painter, QRect(14, 14, 20, 20), self._name, "accent")


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
        column.addWidget(_Emblem(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        heading, self.words = label(title, "strong"), label(text, "muted", wrap=True)
        for words in (heading, self.words):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setFixedWidth(look.px(360))
        column.addWidget(heading)
        column.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button: QPushButton | None = None
        if action and on_action is not None:
            self.button = button(action, on_action, "primary")
            column.addSpacing(8)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        if other is not None:
            column.addWidget(button(other[0], other[1], "link"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setAccessibleName(f"{title} {text}".strip())

    def showEvent(self, event: QShowEvent) -> None:
        # A label that is centred is not asked how high it is at its width: it would be cut.
        self.words.setMinimumHeight(max(0, self.words.heightForWidth(self.words.width())))
        super().showEvent(event)
