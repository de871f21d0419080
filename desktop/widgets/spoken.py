"""What a screen reader takes a part of the window for, where Qt cannot know it from the part's kind."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

Role = QAccessible.Role

MANY = 1000
_PROPERTY = "spoken_as"
_held: list[QAccessibleWidget] = []


def spoken_as(widget: QWidget, role: Role) -> None:
    """Let a screen reader take a part for this; it must be said before it is first asked about."""
    widget.setProperty(_PROPERTY, role.value)


def answer_screen_readers() -> None:
    """Speak for the parts that said what they are; called once for the application."""
    QAccessible.installFactory(_interface)


def _interface(_key: str, thing: QObject) -> QAccessibleInterface | None:
    role = thing.property(_PROPERTY) if isinstance(thing, QWidget) else None
    if role is None:
        return None
    assert isinstance(thing, QWidget)
    made = QAccessibleWidget(thing, Role(role))
    # Qt keeps it as long as the widget lives, and Python would drop it at once: the gone ones are dropped in passing.
    if len(_held) >= MANY and not isValid(_held[0]):
        _held[:] = [held for held in _held if isValid(held)]
    _held.append(made)
    return made
