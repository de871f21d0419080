"""The order in which Undo is heard: a text field with focus takes back its own typing before the practice's steps."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class FieldFirst(QObject):
    """Lets a text field with focus undo its own typing first, and passes Undo on when it has nothing to undo."""

    def follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Listen to the field that has the focus now."""
        if isinstance(old, (QLineEdit, QPlainTextEdit, QTextEdit)):
            old.removeEventFilter(self)
        if isinstance(now, (QLineEdit, QPlainTextEdit, QTextEdit)):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not _has(watched, "undo")
        if event.matches(QKeySequence.StandardKey.Redo):
            return not _has(watched, "redo")
        return False


def _has(field: QObject, way: Literal["undo", "redo"]) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if way == "undo" else field.isRedoAvailable()
    if isinstance(field, (QPlainTextEdit, QTextEdit)):
        document = field.document()
        return document.isUndoAvailable() if way == "undo" else document.isRedoAvailable()
    return False
