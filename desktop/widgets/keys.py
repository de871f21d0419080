"""Keys that do something: in the whole window, inside one part of it, or only where the focus itself is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Reach = Literal["window", "inside", "itself"]
_CONTEXTS = {
    "window": Qt.ShortcutContext.WindowShortcut,
    "inside": Qt.ShortcutContext.WidgetWithChildrenShortcut,
    "itself": Qt.ShortcutContext.WidgetShortcut,
}


def on_key(
    keys: str | QKeySequence.StandardKey, where: QWidget, act: Callable[[], object], reach: Reach = "window"
) -> QShortcut:
    """Do something on a key while `where` is visible and the focus is within its reach."""
    # PySide takes a context given together with a callable and forgets it: it is set afterwards.
    made = QShortcut(QKeySequence(keys), where)
    made.setContext(_CONTEXTS[reach])
    made.activated.connect(lambda: act())
    return made
