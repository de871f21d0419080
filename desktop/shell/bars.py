"""The top bar with search, undo and log advice, and the status line at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import look
from desktop.shell.search import SearchField
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.ink import colour, elided, font, icon, keys, paint_icon, tip
from desktop.widgets.spoken import Role, spoken_as


class TopBar(QWidget):
    """What is at hand in every room: the search field, Undo and Log advice."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(look.size("top_height"))
        self.search = SearchField(self)
        self.back = self._arrow("chevron-left", _("Back"), "Alt+Left")
        self.forward = self._arrow("chevron-right", _("Forward"), "Alt+Right")
        self.print_out = self._arrow("printer", _("Print…"), "Ctrl+P")
        self.new_enquiry = self._arrow("phone", _("New enquiry"), "Ctrl+Shift+N")
        for each in (self.print_out, self.new_enquiry):
            each.setEnabled(True)
        self.undo = button(_("Undo"), kind="quiet", icon_name="undo-2")
        self.log_advice = button(_("Log advice"), kind="primary", icon_name="plus")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        arrows = QHBoxLayout()
        arrows.setSpacing(0)
        arrows.addWidget(self.back)
        arrows.addWidget(self.forward)
        row.addWidget(self.search, 9)
        row.addLayout(arrows)
        row.addStretch(1)
        row.addWidget(self.print_out)
        row.addWidget(self.undo)
        row.addWidget(self.new_enquiry)
        row.addWidget(self.log_advice)

    def _arrow(self, icon_name: str, name: str, shortcut: str) -> QPushButton:
        made = button("")
        made.setIcon(icon(icon_name, "ink2"))
        made.setIconSize(QSize(16, 16))
        made.setText("")
        made.setProperty("kind", "bare")
        made.setAccessibleName(name)
        made.setFixedSize(look.px(26), look.px(26))
        # The sheet's own least width would let it shrink to less than can be hit.
        made.setStyleSheet(f"min-width: {look.px(24)}px; min-height: {look.px(24)}px")
        made.setEnabled(False)
        tip(made, f"{name} · {keys(shortcut)}")
        return made

    def set_undo(self, words: str | None) -> None:
        """Say what Undo would take back; None switches it off."""
        self.undo.setEnabled(words is not None)
        self.undo.setAccessibleDescription(words or "")
        tip(self.undo, words or "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("canvas"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


class StatusLine(QWidget):
    """One quiet line: which file, how it is kept, and whether the record was verified."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(look.size("status_height"))
        spoken_as(self, Role.StatusBar)
        self._facts: list[str] = []
        self._right = ""

    def set_facts(self, facts: Sequence[str], right: str) -> None:
        """Show the facts from left to right, the first one beside the lock, and one text at the right edge."""
        self._facts, self._right = [fact for fact in facts if fact], right
        self.setAccessibleName(", ".join([*self._facts, right]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("canvas"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        if not self._facts and not self._right:
            return
        painter.setFont(font("tiny"))
        painter.setPen(colour("ink3"))
        height = self.height()
        right_width = painter.fontMetrics().horizontalAdvance(self._right)
        painter.drawText(
            QRect(self.width() - 20 - right_width, 0, right_width + 1, height),
            Qt.AlignmentFlag.AlignVCenter,
            self._right,
        )
        paint_icon(painter, QRect(20, height // 2 - 6, 12, 12), "lock", "ink3")
        left = 46
        for fact in self._facts:
            left += 14 + elided(painter, QRect(left, 0, self.width() - left - right_width - 40, height), fact)
