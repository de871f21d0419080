"""The left side of the window: which practice this is, the rooms, and what is always at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.ink import BOLD, REGULAR, SEMIBOLD, colour, crisp, elided, font, paint_icon, tip
from desktop.widgets.spoken import Role, spoken_as

NARROW = 55  # the width of a sidebar of icons


class Entry(QAbstractButton):
    """One line of the sidebar: icon, name, and at the right a count or a shortcut."""

    def __init__(self, name: str, text: str, icon: str, note: str = "", room: bool = True) -> None:
        super().__init__()
        self.name, self._icon, self._note = name, icon, note
        self._narrow = False
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
        self._tell_whole()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, and the name where the pointer rests."""
        self._narrow = narrow
        self._tell_whole()
        self.updateGeometry()
        self.update()

    def _tell_whole(self) -> None:
        room = look.size("side_width") - 21 - 35 - 18 - QFontMetrics(font("tiny")).horizontalAdvance(self._note)
        whole = QFontMetrics(font("body", SEMIBOLD)).horizontalAdvance(self.text()) <= room
        tip(self, "" if whole and not self._narrow else self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 21 if self._narrow else look.size("side_width") - 21, look.size("button"))

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
        if self._narrow:
            return
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
        self.narrow = False
        spoken_as(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 19 if self.narrow else look.size("side_width") - 19, look.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        place = QRect(2 if self.narrow else 8, 9, 28, 28)
        painter.drawRoundedRect(place, 7, 7)
        painter.setPen(colour("on_accent"))
        painter.setFont(font("body", BOLD))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.name.strip()[:1].upper())
        if self.narrow:
            return
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
        self._narrow = False
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
        self.resize_for_text()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or their names too."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.resize_for_text()

    def resize_for_text(self) -> None:
        """Take the width that names at the worn text scale need, or that of the icons."""
        self.setFixedWidth(NARROW if self._narrow else look.size("side_width"))
        self._badge.narrow = self._narrow
        tip(self._badge, self._badge.accessibleName() if self._narrow else "")
        self._badge.updateGeometry()
        self._badge.update()
        for entry in self._entries.values():
            entry.set_narrow(self._narrow)

    def set_practice(self, name: str, subtitle: str) -> None:
        """Say whose practice this is; both are shown as typed."""
        self._badge.name, self._badge.subtitle = name, subtitle
        self._badge.setAccessibleName(f"{name}, {subtitle}" if subtitle else name)
        tip(self._badge, self._badge.accessibleName() if self._narrow else "")
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
