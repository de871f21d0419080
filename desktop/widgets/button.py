"""Buttons in the house's kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from desktop.widgets.ink import icon

Kind = Literal["", "primary", "quiet", "danger", "link"]
_ICON_TOKENS = {"primary": "on_accent", "quiet": "ink2", "danger": "red", "link": "accent"}


class Button(QPushButton):
    """A button that Return presses too, but only while it has the focus."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, on_click: Callable[[], object] | None = None, kind: Kind = "", icon_name: str = ""
) -> QPushButton:
    """A button that says `text`; Return presses it only while it has the focus."""
    made = Button(f" \u2006{text}" if icon_name else text)
    made.setAccessibleName(text)
    made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name, _ICON_TOKENS.get(kind, "ink")))
        made.setProperty("pictured", "true")
        made.setIconSize(QSize(16, 16))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made
