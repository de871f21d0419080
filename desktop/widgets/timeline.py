"""A story in moments: an icon on a line, a bold title, a chip, the time at the right, and what was said beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import look
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import SEMIBOLD, Tone, colour, crisp, elided, font, paint_icon
from desktop.widgets.paragraph import draw, laid_out, line_height

Index = QModelIndex | QPersistentModelIndex
LEFT, TITLE, GAP, SECTION = 30, 22, 15, 30
AT_ONCE = 200
# So many heights are kept at most.
KNOWN = 2000


@dataclass(frozen=True)
class Moment:
    """One entry of a story; `key` is given back when it is opened, `section` heads the part that begins with it."""

    icon: str
    title: str
    chip_text: str
    tone: Tone
    when_text: str
    body: str
    key: Any
    section: str = ""


class _Story(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.moments: list[Moment] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        moment = self.moments[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return moment.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (moment.section, moment.title, moment.chip_text, moment.when_text, moment.body)
            return ", ".join(part for part in parts if part)
        return None

    def show(self, moments: Sequence[Moment]) -> None:
        self.beginResetModel()
        self.moments = list(moments)
        self.endResetModel()

    def add(self, moments: Sequence[Moment]) -> None:
        self.beginInsertRows(QModelIndex(), len(self.moments), len(self.moments) + len(moments) - 1)
        self.moments += moments
        self.endInsertRows()


class _Moment(QStyledItemDelegate):
    """Paints one moment and knows how high it is at the list's width."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._list = parent
        self._sizes: list[QSize] = []
        # A story is told anew after every change, and nearly all of it is as it was.
        self._known: dict[tuple[Moment, int, int], QSize] = {}

    def forget(self) -> None:
        self._sizes.clear()
        if len(self._known) > KNOWN:
            self._known.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The list asks for all of them whenever one comes: each is measured once, in the order of the story.
        row, sizes = index.row(), self._sizes
        if row >= len(sizes):
            width = self._list.viewport().width()
            sizes += [self._size_of(moment, width) for moment in self._moments(index)[len(sizes) : row + 1]]
        return sizes[row]

    def _size_of(self, moment: Moment, width: int) -> QSize:
        told = (moment, width, line_height())
        if told not in self._known:
            self._known[told] = self._measured(moment, width)
        return self._known[told]

    def _measured(self, moment: Moment, width: int) -> QSize:
        lines = laid_out(moment.body, width - LEFT).lineCount() if moment.body else 0
        section = look.px(SECTION) if moment.section else 0
        return QSize(width, section + look.px(TITLE) + lines * line_height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        moment = self._moment(index)
        place: QRect = option.rect
        painter.save()
        crisp(painter)
        if moment.section:
            painter.setFont(font("small", SEMIBOLD))
            painter.setPen(colour("ink2"))
            elided(painter, QRect(place.left(), place.top(), place.width(), look.px(SECTION) - 8), moment.section)
            place = place.adjusted(0, look.px(SECTION), 0, 0)
        self._paint_stem(painter, place, moment, bool(option.state & QStyle.StateFlag.State_HasFocus))
        head = QRect(place.left() + LEFT, place.top(), place.width() - LEFT, look.px(TITLE))
        painter.setFont(font("small"))
        painter.setPen(colour("ink3"))
        used = elided(painter, head, moment.when_text, Qt.AlignmentFlag.AlignRight)
        chip = chip_width(moment.chip_text) if moment.chip_text else 0
        bold = font("body", SEMIBOLD)
        room = head.width() - used - 12 - (chip + 8 if chip else 0)
        width = min(room, QFontMetrics(bold).horizontalAdvance(moment.title) + 1)
        painter.setFont(bold)
        painter.setPen(colour("ink"))
        elided(painter, QRect(head.left(), head.top(), width, head.height()), moment.title)
        if chip:
            height = look.size("chip")
            spot = QRect(head.left() + width + 8, head.center().y() - height // 2 + 1, chip, height)
            paint_chip(painter, spot, moment.chip_text, moment.tone)
        if moment.body:
            text = place.adjusted(LEFT, look.px(TITLE), 0, 0)
            draw(painter, text, laid_out(moment.body, text.width()), "ink2")
        painter.restore()

    def _paint_stem(self, painter: QPainter, place: QRect, moment: Moment, focus: bool) -> None:
        painter.fillRect(place.left() + 10, place.top() + 24, 1, place.height() - 24, colour("line"))
        painter.setPen(colour("accent" if focus else "line"))
        painter.setBrush(colour("accent_soft" if focus else "surface"))
        painter.drawEllipse(QRectF(place.left() + 0.5, place.top() + 0.5, 20, 20))
        paint_icon(painter, QRect(place.left() + 5, place.top() + 5, 11, 11), moment.icon)

    def _moment(self, index: Index) -> Moment:
        return self._moments(index)[index.row()]

    def _moments(self, index: Index) -> list[Moment]:
        model = index.model()
        assert isinstance(model, _Story)
        return model.moments


class Timeline(QListView):
    """The moments of a story, newest first or in whatever order they are given; `opened` gives a moment's key.

    `wanted_more` comes when the reader nears the end of what was told so far. A long story is measured bit by bit,
    also anew at another width.
    """

    opened = Signal(object)
    wanted_more = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._story = _Story(self)
        self._painter = _Moment(self)
        self.setModel(self._story)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ring", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._story.moments[index.row()].key))

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Tell another story; the current moment stays current if it is still in it."""
        current, place = self.current_key(), self.verticalScrollBar().value()
        self._measure_anew(len(moments))
        self._story.show(moments)
        keys = [moment.key for moment in moments]
        if current in keys:
            self.setCurrentIndex(self._story.index(keys.index(current)))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def add_moments(self, moments: Sequence[Moment]) -> None:
        """Go on telling: what comes after the last one."""
        if moments:
            # What was measured is known by now, and the story must not jump when more comes.
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self._story.add(moments)

    def moments(self) -> list[Moment]:
        """The story as told now."""
        return self._story.moments

    def current_key(self) -> Any:
        """The key of the current moment, or None."""
        row = self.currentIndex().row()
        return self._story.moments[row].key if row >= 0 else None

    def _measure_anew(self, count: int) -> None:
        self._painter.forget()
        batched = count > AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.Batched if batched else QListView.LayoutMode.SinglePass)

    def _on_scrolled(self, value: int) -> None:
        if self.verticalScrollBar().maximum() - value < 2 * self.viewport().height():
            self.wanted_more.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._measure_anew(len(self._story.moments))
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)
