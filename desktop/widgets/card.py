"""A sheet of paper on the page: a title bar, and rows or facts beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.avatar import initials, paint_avatar
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import MEDIUM, SEMIBOLD, Tone, colour, crisp, elided, font, paint_icon
from desktop.widgets.spoken import Role, spoken_as

RIGHT = Qt.AlignmentFlag.AlignRight
WHEN_WIDTH = 86


@dataclass(frozen=True)
class CardRow:
    """One line of a card; `key` is given back when it is pressed."""

    title: str
    detail: str = ""
    chip: str = ""
    tone: Tone = "neutral"
    when: str = ""
    who: str = ""
    key: Any = None


def _chip_at_right(painter: QPainter, place: QRect, text: str, tone: Tone) -> int:
    """Draw a chip at the right end of a place; gives the pixel before it."""
    width, height = chip_width(text), look.size("chip")
    left = place.right() + 1 - width
    paint_chip(painter, QRect(left, place.center().y() - height // 2 + 1, width, height), text, tone)
    return left - 1


def paint_paper(part: QWidget) -> None:
    """Paint a part as a rounded sheet of paper with a thin line around it."""
    painter = QPainter(part)
    crisp(painter)
    painter.setPen(colour("line"))
    painter.setBrush(colour("surface"))
    radius = look.size("card_radius")
    painter.drawRoundedRect(QRectF(part.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class _Head(QWidget):
    def __init__(self, title: str, note: str, icon: str, ruled: bool) -> None:
        super().__init__()
        self.title, self.note, self._icon, self._ruled = title, note, icon, ruled
        self.chip = ""
        self.tone: Tone = "neutral"
        self.setAccessibleName(", ".join(part for part in (title, note) if part))
        spoken_as(self, Role.Heading)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, look.px(44 if self._ruled else 39))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        place = self.rect().adjusted(15, 0 if self._ruled else 9, -16, -1)
        if self._icon:
            paint_icon(painter, QRect(place.left() + 1, place.center().y() - 8, 16, 16), self._icon, "ink")
            place.setLeft(place.left() + 25)
        if self.chip:
            place.setRight(_chip_at_right(painter, place, self.chip, self.tone) - 12)
        painter.setFont(font("small"))
        painter.setPen(colour("ink3"))
        used = elided(painter, place, self.note, RIGHT)
        painter.setFont(font("body", SEMIBOLD))
        painter.setPen(colour("ink"))
        elided(painter, place.adjusted(0, 0, -used - 12, 0), self.title)
        parent = self.parentWidget()
        if self._ruled and parent is not None and self.geometry().bottom() < parent.height() - 4:
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


class _Row(QAbstractButton):
    """One line: initials, title over detail, chip and time at the right."""

    def __init__(self, row: CardRow) -> None:
        super().__init__()
        self.row, self._ruled = row, False
        spoken = ", ".join(part for part in (row.title, row.detail, row.chip, row.when) if part)
        self.setText(row.title)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def rule(self, ruled: bool) -> None:
        """Draw a line beneath, or none."""
        self._ruled = ruled
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, look.px(57))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, row = QPainter(self), self.row
        crisp(painter)
        if self.underMouse() or self.hasFocus():
            painter.setPen(colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -4.5), 6, 6)
        place = self.rect().adjusted(15, 0, -16, -1)
        if row.who:
            paint_avatar(painter, QRect(place.left() + 1, place.center().y() - 14, 30, 30), initials(row.who))
            place.setLeft(place.left() + 43)
        painter.setFont(font("small"))
        painter.setPen(colour("ink3"))
        elided(painter, place, row.when, RIGHT)
        if row.when:
            place.setRight(place.right() - WHEN_WIDTH)
        if row.chip:
            place.setRight(_chip_at_right(painter, place, row.chip, row.tone) - 16)
        upper = place.adjusted(0, look.px(9), 0, -look.px(27)) if row.detail else place
        painter.setFont(font("body", MEDIUM))
        painter.setPen(colour("ink"))
        elided(painter, upper, row.title)
        painter.setFont(font("small"))
        painter.setPen(colour("ink2"))
        elided(painter, place.adjusted(0, look.px(28), 0, -look.px(9)), row.detail)
        if self._ruled:
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))


class _Fact(QWidget):
    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self._name, self._value = name, value
        self.setAccessibleName(f"{name}: {value}" if value else name)
        spoken_as(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self.rect().adjusted(15, 0, -16, 0)
        painter.setFont(font("small"))
        painter.setPen(colour("ink"))
        used = elided(painter, place, self._value, RIGHT)
        painter.setFont(font("small"))
        painter.setPen(colour("ink2" if not self._value else "ink3"))
        elided(painter, place.adjusted(0, 0, -used - 12, 0), self._name)


class Card(QWidget):
    """A bordered sheet; `opened` gives the key of the row that was pressed."""

    opened = Signal(object)

    def __init__(self, title: str = "", note: str = "", icon: str = "", ruled: bool = True) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._head = _Head(title, note, icon, ruled)
        # Only what has a place may be shown: without one it would be a window of its own for a moment.
        self._column.addWidget(self._head)
        self._head.setVisible(bool(title))
        self._lines: list[QWidget] = []

    def set_title(self, title: str, note: str = "", chip: str = "", tone: Tone = "neutral") -> None:
        """Another title, and at its right quiet words, a chip, or both."""
        self._head.title, self._head.note, self._head.chip, self._head.tone = title, note, chip, tone
        self._head.setAccessibleName(", ".join(part for part in (title, note, chip) if part))
        self._head.setVisible(bool(title))
        self._head.update()

    def add(self, widget: QWidget, margin: int = 0) -> QWidget:
        """Put any widget beneath what the card holds already, `margin` pixels from its sides and foot; gives it."""
        place = QVBoxLayout()
        place.setContentsMargins(margin, 0, margin, margin)
        place.addWidget(widget)
        self._column.addLayout(place)
        return widget

    def show_rows(self, rows: Sequence[CardRow]) -> None:
        """List these rows in place of the ones before; those from the top that say the same stay as they are."""
        before, lines = [line for line in self._lines if isinstance(line, _Row)], list[_Row]()
        while len(lines) < min(len(rows), len(before)) and before[len(lines)].row == rows[len(lines)]:
            lines.append(before[len(lines)])
        for row in rows[len(lines) :]:
            line = _Row(row)
            line.clicked.connect(lambda _checked=False, key=row.key: self.opened.emit(key))
            lines.append(line)
        for at, line in enumerate(lines, start=1):
            line.rule(at < len(lines))
        self._replace(lines)

    def rows(self) -> list[QAbstractButton]:
        """The rows listed now, from top to bottom."""
        return [line for line in self._lines if isinstance(line, _Row)]

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """List names with their values at the right in place of what was listed before; a value may be empty."""
        foot = QWidget()
        foot.setFixedHeight(12)
        self._replace([*(_Fact(name, value) for name, value in facts), foot])

    def _replace(self, lines: Sequence[QWidget]) -> None:
        kept = set(lines) & set(self._lines)
        for old in self._lines:
            if old not in kept:
                self._column.removeWidget(old)
                old.deleteLater()
        self._lines = list(lines)
        for at, line in enumerate(lines, start=1):
            if line not in kept:
                self._column.insertWidget(at, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_paper(self)
