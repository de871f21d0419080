"""Buttons in the house's kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from desktop import look
from desktop.text import joined
from desktop.widgets.ink import colour, crisp, icon
from desktop.widgets.retold import remember
from desktop.widgets.steady import Hand

Kind = Literal["", "primary", "quiet", "danger", "link"]
RING = 2  # so far inside its edge stands the ring of a strong button that has the keyboard
_ICON_TOKENS = {"primary": "on_accent", "quiet": "ink2", "danger": "red", "link": "accent"}


class Button(QPushButton):
    """A button that Return presses too, but only while it has the focus."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self._hand = Hand()
        self.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._hand.clicks(self, event):
            super().mouseReleaseEvent(event)

    def setText(self, text: str) -> None:
        super().setText(text)
        remember(self, "setText", text)

    def setAccessibleName(self, text: str) -> None:
        super().setAccessibleName(text)
        remember(self, "setAccessibleName", text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        # The edge alone is a thin sign, and on so strong a ground as the accent hardly one.
        strong = self.property("kind") == "primary"
        within = RING if strong else 1
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(colour("on_accent" if strong else "accent"))
        place = QRectF(self.rect()).adjusted(within + 0.5, within + 0.5, -within - 0.5, -within - 0.5)
        painter.drawRoundedRect(place, look.size("radius") - within, look.size("radius") - within)


def button(
    text: str, on_click: Callable[[], object] | None = None, kind: Kind = "", icon_name: str = ""
) -> QPushButton:
    """A button that says `text`; Return presses it only while it has the focus."""
    made = Button(joined("", (" \u2006", text)) if icon_name else text)
    made.setAccessibleName(text)
    made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name, _ICON_TOKENS.get(kind, "ink")))
        made.setProperty("pictured", "true")
        made.setIconSize(QSize(16, 16))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made
