"""A click of a hand that stood still counts, even where the page moved under it between press and release."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication


class Hand:
    """The hand on one button. A press takes the focus from a field, whose note may go: all beneath it moves up."""

    def __init__(self) -> None:
        self._pressed_at: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        """The button was pressed here."""
        self._pressed_at = event.globalPosition() if event.button() == Qt.MouseButton.LeftButton else None

    def clicks(self, part: QAbstractButton, event: QMouseEvent) -> bool:
        """Whether this release, which Qt would not count, is a click all the same: then it is one."""
        spot, self._pressed_at = self._pressed_at, None
        if spot is None or not part.isEnabled() or part.hitButton(event.position().toPoint()):
            return False
        if (event.globalPosition() - spot).manhattanLength() >= QApplication.startDragDistance():
            return False
        part.setDown(False)
        part.click()
        return True
