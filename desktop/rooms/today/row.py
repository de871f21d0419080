"""One row of the page: what waits and why, the keys that clear it, and the line that asks where a key needs a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.today_rows import Waiting
from desktop import look
from desktop.rooms.today.clearing import Way, ways
from desktop.rooms.today.strip import Strip
from desktop.widgets.avatar import initials, paint_avatar
from desktop.widgets.card import WHEN_WIDTH, CardRow
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import MEDIUM, colour, crisp, elided, font, tip

RIGHT = Qt.AlignmentFlag.AlignRight
ROW_HEIGHT, CAP, GAP = 57, 18, 6
WORDS_FROM = 560


class KeyButton(QAbstractButton):
    """A key and what it does: small, at the right of the row that has the focus or the pointer."""

    def __init__(self, way: Way, parent: QWidget) -> None:
        super().__init__(parent)
        self.way, self.short = way, False
        self.setText(way.word)
        self.setAccessibleName(f"{way.word} ({way.key})")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        tip(self, way.word)

    def sizeHint(self) -> QSize:
        words = 0 if self.short else QFontMetrics(font("tiny", MEDIUM)).horizontalAdvance(self.text()) + 5
        return QSize(look.px(CAP) + words + 8, look.px(26))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), look.px(CAP)
        crisp(painter)
        over = self.underMouse()
        if over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        cap = QRect(4, (self.height() - side) // 2, side, side)
        edge = QColor(colour("accent" if over else "ink3"))
        edge.setAlphaF(1.0 if over else 0.45)
        painter.setPen(edge)
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font("tiny", MEDIUM))
        painter.setPen(colour("accent" if over else "ink2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.way.key)
        if not self.short:
            painter.setPen(colour("accent" if over else "ink2"))
            elided(painter, self.rect().adjusted(side + 9, 0, 0, 0), self.text())


class Face(QAbstractButton):
    """What is seen of a row: initials, title over reason, chip and day, or in their place the keys."""

    def __init__(self, shown: CardRow, found: list[Way], ruled: bool) -> None:
        super().__init__()
        self.shown, self._found, self.ruled = shown, found, ruled
        self.keys: list[KeyButton] = []
        self.on_key: Callable[[Way], object] = lambda way: None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say(shown)

    def say(self, shown: CardRow) -> None:
        """Tell another state of the same thing."""
        self.shown = shown
        self.setText(shown.title)
        self.setAccessibleName(", ".join(part for part in (shown.title, shown.detail, shown.chip, shown.when) if part))
        told = "; ".join(f"{way.key}: {way.word}" for way in self._found)
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, look.px(ROW_HEIGHT))

    def is_lit(self) -> bool:
        """Whether the keys are shown: the row has the focus, or the pointer rests on it."""
        return self.hasFocus() or self.underMouse()

    def _light(self) -> None:
        lit = self.is_lit()
        if lit and not self.keys:
            for way in self._found:
                made = KeyButton(way, self)
                made.clicked.connect(lambda _checked=False, way=way: self.on_key(way))
                self.keys.append(made)
        self._place()
        for each in self.keys:
            each.setVisible(lit)
        self.update()

    def _place(self) -> None:
        left = self.width() - 12
        for each in reversed(self.keys):
            each.short = self.width() < look.px(WORDS_FROM)
            size = each.sizeHint()
            left -= size.width()
            each.setGeometry(left, (self.height() - 1 - size.height()) // 2, size.width(), size.height())
            left -= GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._light()

    def leaveEvent(self, event: QEvent) -> None:
        self._light()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        # The arrows walk the rows by the page's own keys; a button would go to its neighbour by itself.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, row, lit = QPainter(self), self.shown, self.is_lit()
        crisp(painter)
        if lit:
            painter.setPen(colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -4.5), 6, 6)
        place = self.rect().adjusted(15, 0, -16, -1)
        side = look.px(30)
        avatar = QRect(place.left() + 1, place.center().y() - side // 2 + 1, side, side)
        paint_avatar(painter, avatar, initials(row.who))
        place.setLeft(avatar.right() + 13)
        if lit and self.keys:
            place.setRight(min(each.x() for each in self.keys) - 12)
        else:
            self._paint_right(painter, place)
        painter.setFont(font("body", MEDIUM))
        painter.setPen(colour("ink"))
        elided(painter, place.adjusted(0, look.px(9), 0, -look.px(27)), row.title)
        painter.setFont(font("small"))
        painter.setPen(colour("ink2"))
        elided(painter, place.adjusted(0, look.px(28), 0, -look.px(9)), row.detail)
        row_of = self.parentWidget()
        if self.ruled and (row_of is None or row_of.height() == self.height()):
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))

    def _paint_right(self, painter: QPainter, place: QRect) -> None:
        painter.setFont(font("small"))
        painter.setPen(colour("ink3"))
        elided(painter, place, self.shown.when, RIGHT)
        place.setRight(place.right() - look.px(WHEN_WIDTH))
        width, height = chip_width(self.shown.chip), look.size("chip")
        left = place.right() + 1 - width
        chip = QRect(left, place.center().y() - height // 2 + 1, width, height)
        paint_chip(painter, chip, self.shown.chip, self.shown.tone)
        place.setRight(left - 17)


class Row(QWidget):
    """A row with its face, and beneath it, while it is asked for, the line for a day or a word."""

    opened = Signal(object)
    asked = Signal(object, object)
    menu_wanted = Signal(object, object)

    def __init__(self, waiting: Waiting, shown: CardRow, ruled: bool) -> None:
        super().__init__()
        self.waiting, self.ways, self.strip = waiting, ways(waiting), None
        self.face = Face(shown, self.ways, ruled)
        self.face.clicked.connect(lambda: self.opened.emit(self))
        self.face.on_key = lambda way: self.asked.emit(self, way)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.face)

    strip: Strip | None

    def way(self, key: str) -> Way | None:
        """What a key does here; None where it does nothing."""
        return next((way for way in self.ways if way.key == key), None)

    def ask(self, way: Way, submit: Callable[[Strip], object]) -> Strip:
        """Open the line beneath the row that asks for what a key needs."""
        self.close_strip()
        self.strip = Strip(way)
        self.strip.submitted.connect(lambda: submit(self.strip) if self.strip is not None else None)
        self.strip.left.connect(self.leave_strip)
        place = QHBoxLayout()
        place.setContentsMargins(look.px(58), 0, 16, 10)
        place.addWidget(self.strip)
        self._column.addLayout(place)
        self.update()
        self.strip.show()
        self.strip.begin()
        return self.strip

    def close_strip(self) -> None:
        """Take the line away."""
        if self.strip is not None:
            strip, self.strip = self.strip, None
            strip.hide()
            self._column.takeAt(1)
            strip.deleteLater()

    def leave_strip(self) -> None:
        """Take the line away and go on with the row."""
        self.close_strip()
        self.face.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.strip is not None and self.face.ruled:
            QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour("line"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.face.setFocus()
        self.menu_wanted.emit(self, event.globalPos())
