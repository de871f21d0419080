"""The left side of the window: which practice this is, the rooms, and what is always at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.ink import BOLD, REGULAR, SEMIBOLD, colour, crisp, elided, font, paint_icon


class Entry(QAbstractButton):
    """One line of the sidebar: icon, name, and at the right a count or a shortcut."""

    def __init__(self, name: str, text: str, icon: str, note: str = "", room: bool = True) -> None:
        super().__init__()
        self.name, self._icon, self._note = name, icon, note
        self.setText(text)
        self.setCheckable(room)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_note(note)

    def set_title(self, title: str) -> None:
        """Show another name."""
        self.setText(title)
        self.set_note(self._note)

    def set_note(self, note: str) -> None:
        """Show a count, or nothing for an empty text."""
        self._note = note
        self.setAccessibleName(f"{self.text()}, {note}" if note else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.size("side_width") - 21, look.size("button"))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        here, radius = self.isChecked(), look.size("radius")
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("surface" if here else "line"))
            painter.setOpacity(1 if here else 0.5)
            painter.drawRoundedRect(self.rect(), radius, radius)
            painter.setOpacity(1)
        if self.hasFocus():
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        middle = self.height() // 2
        paint_icon(painter, QRect(9, middle - 8, 16, 16), self._icon, "accent" if here else "ink2")
        painter.setPen(colour("ink3"))
        painter.setFont(font("tiny", SEMIBOLD if here else REGULAR))
        note_width = painter.fontMetrics().horizontalAdvance(self._note)
        elided(painter, QRect(self.width() - 9 - note_width, 0, note_width + 1, self.height() - 1), self._note)
        painter.setPen(colour("ink" if here else "ink2"))
        painter.setFont(font("body", SEMIBOLD if here else REGULAR))
        elided(painter, QRect(35, 0, self.width() - 35 - 18 - note_width, self.height() - 1), self.text())


class _Badge(QWidget):
    """The practice: its initial on the accent colour, its name, and what kind of practice it is."""

    def __init__(self) -> None:
        super().__init__()
        self.name = self.subtitle = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.size("side_width") - 19, look.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRect(8, 9, 28, 28), 7, 7)
        painter.setPen(colour("on_accent"))
        painter.setFont(font("body", BOLD))
        painter.drawText(QRect(8, 9, 28, 28), Qt.AlignmentFlag.AlignCenter, self.name.strip()[:1].upper())
        painter.setPen(colour("ink"))
        painter.setFont(font("body", SEMIBOLD))
        elided(painter, QRect(45, 5, self.width() - 50, look.px(20)), self.name)
        painter.setPen(colour("ink3"))
        painter.setFont(font("tiny"))
        elided(painter, QRect(45, look.px(23), self.width() - 50, look.px(18)), self.subtitle)


class Sidebar(QWidget):
    """The column of entries; `chosen` names the one that was clicked."""

    chosen = Signal(str)

    def __init__(self, top: Sequence[Entry], bottom: Sequence[Entry]) -> None:
        super().__init__()
        self.setFixedWidth(look.size("side_width"))
        self._badge = _Badge()
        self._entries = {entry.name: entry for entry in (*top, *bottom)}
        self._rooms = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 11, 12)
        column.setSpacing(2)
        column.addWidget(self._badge)
        column.addSpacing(7)
        for entry in top:
            column.addWidget(entry)
        column.addStretch(1)
        for entry in bottom:
            column.addWidget(entry)
        for entry in self._entries.values():
            entry.clicked.connect(lambda _checked=False, name=entry.name: self.chosen.emit(name))
            if entry.isCheckable():
                self._rooms.addButton(entry)

    def set_practice(self, name: str, subtitle: str) -> None:
        """Say whose practice this is; both are shown as typed."""
        self._badge.name, self._badge.subtitle = name, subtitle
        self._badge.setAccessibleName(f"{name}, {subtitle}")
        self._badge.update()

    def set_count(self, name: str, text: str) -> None:
        """Show a count beside an entry; an unknown entry is left alone."""
        if name in self._entries:
            self._entries[name].set_note(text)

    def entry(self, name: str) -> Entry:
        """The entry of that name; KeyError where there is none."""
        return self._entries[name]

    def mark(self, name: str) -> None:
        """Show where the user is now."""
        if name in self._entries:
            self._entries[name].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("side"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line"))
