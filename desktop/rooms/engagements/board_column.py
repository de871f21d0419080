"""One column of the board: the engagements of a stage as cards, read page by page as one scrolls down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.engagements import EngagementRow
from desktop import look, text
from desktop.rooms.words import tone, when, word
from desktop.text import _
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import MEDIUM, colour, crisp, elided, font, paint_icon
from desktop.widgets.paragraph import draw, laid_out

Index = QModelIndex | QPersistentModelIndex
Page = Callable[[str, int], Sequence[EngagementRow]]
MIME = "application/x-cliens-engagement"
AT_ONCE = 12
CARD, GAP = 92, 8
RIGHT = Qt.AlignmentFlag.AlignRight


def card_words(row: EngagementRow) -> str:
    """A card as it is read aloud."""
    parts = [row.title, row.client, letter_words(row)]
    if row.next_on:
        parts.append(_("Next {when}").format(when=when(row.next_on)))
    return ", ".join([*parts, fee_words(row)]).rstrip(", ")


def letter_words(row: EngagementRow) -> str:
    """Where the letter stands, in a few words."""
    return _("No letter") if row.letter == "none" else _("Letter {state}").format(state=word(row.letter).lower())


def fee_words(row: EngagementRow) -> str:
    """The agreed fee, or what was billed where none was agreed."""
    minor = row.fee_minor if row.fee_minor is not None else row.fees_minor
    return text.current().money(minor, row.currency or "EUR") if minor else ""


class CardModel(QAbstractListModel):
    """The cards of a stage so far read; the view asks for more when its end comes near."""

    def __init__(self, stage: str, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self.stage, self._page = stage, page
        self._rows: list[EngagementRow] = []
        self._count = 0

    def load(self, count: int) -> None:
        """Read anew as much as was read before; `count` is how many there are in all."""
        self.beginResetModel()
        wanted = max(AT_ONCE, len(self._rows))
        self._count, self._rows = count, []
        while len(self._rows) < min(wanted, count) and self._read():
            pass
        self.endResetModel()

    def _read(self) -> bool:
        fresh = self._page(self.stage, len(self._rows))
        self._rows += fresh
        return bool(fresh)

    def row_at(self, at: int) -> EngagementRow | None:
        """The engagement of a card."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place_of(self, engagement_id: int) -> int:
        """Where an engagement's card stands, among those read so far, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.id == engagement_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._rows) < self._count

    def fetchMore(self, parent: Index) -> None:
        fresh = list(self._page(self.stage, len(self._rows)))
        if not fresh:
            self._count = len(self._rows)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._rows += fresh
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return row.title if role == Qt.ItemDataRole.DisplayRole else card_words(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        here = super().flags(index)
        return here | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else here | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        row = self.row_at(indexes[0].row()) if indexes else None
        if row is not None:
            data.setData(MIME, QByteArray(f"{row.id} {row.stage}".encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class _Card(QStyledItemDelegate):
    """Paints a card: title, client, then letter and date at the left and the fee at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, look.px(CARD + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CardModel)
        row = model.row_at(index.row())
        if row is None:
            return
        view = option.widget
        place: QRect = option.rect.adjusted(0, 0, -2, -look.px(GAP))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and view is not None and view.hasFocus()
        painter.save()
        crisp(painter)
        painter.setPen(colour("accent" if chosen else "line"))
        painter.setBrush(colour("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inside = place.adjusted(12, look.px(9), -12, -look.px(9))
        line = look.px(20)
        painter.setFont(font("body", MEDIUM))
        painter.setPen(colour("ink"))
        elided(painter, QRect(inside.left(), inside.top(), inside.width(), line), row.title)
        painter.setFont(font("small"))
        painter.setPen(colour("ink2"))
        elided(painter, QRect(inside.left(), inside.top() + line, inside.width(), line), row.client)
        self._foot(painter, QRect(inside.left(), inside.bottom() - line + 2, inside.width(), line), row)
        painter.restore()

    def _foot(self, painter: QPainter, foot: QRect, row: EngagementRow) -> None:
        painter.setFont(font("small", tabular=True))
        painter.setPen(colour("ink2"))
        used = elided(painter, foot, fee_words(row), RIGHT)
        rest = foot.adjusted(0, 0, -used - 8, 0)
        if row.letter != "signed":
            width = min(chip_width(letter_words(row)), rest.width())
            height = look.size("chip")
            spot = QRect(rest.left(), rest.center().y() - height // 2 + 1, width, height)
            paint_chip(painter, spot, letter_words(row), tone(row.letter))
            rest.setLeft(rest.left() + width + 8)
        if row.next_on and rest.width() > 60:
            side = 13
            paint_icon(painter, QRect(rest.left(), rest.center().y() - side // 2, side, side), "calendar", "ink3")
            painter.setFont(font("small"))
            painter.setPen(colour("ink3"))
            elided(painter, rest.adjusted(side + 5, 0, 0, 0), when(row.next_on))


class CardList(QListView):
    """The cards of a stage. Left and right go to the next column, with Ctrl they take the card along."""

    picked = Signal(int)
    opened = Signal(int)
    walked = Signal(int)  # -1 or +1: to the column at the left or right
    carried = Signal(int, int)  # which engagement, and by how many columns
    dropped = Signal(int)

    def __init__(self, stage: str, title: str, page: Page, empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._over = False
        self.cards = CardModel(stage, page, self)
        self.setModel(self.cards)
        self.setItemDelegate(_Card(self))
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setProperty("kind", "board")
        self.setProperty("ring", True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("background: transparent")
        self.clicked.connect(lambda _index: self._say(self.picked))
        self.doubleClicked.connect(lambda _index: self._say(self.opened))

    def _say(self, signal: Any) -> None:
        row = self.current()
        if row is not None:
            signal.emit(row.id)

    def current(self) -> EngagementRow | None:
        """The engagement of the current card."""
        return self.cards.row_at(self.currentIndex().row())

    def choose(self, at: int) -> None:
        """Make a card current: the one at this place, or the last."""
        last = self.cards.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.cards.index(max(0, min(at, last))))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self._say(self.picked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(0)
        self._say(self.picked)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        row = self.current()
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if row is not None:
                self.carried.emit(row.id, step)
        elif step:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say(self.opened)
        else:
            super().keyPressEvent(event)

    def _comes(self, event: QDragEnterEvent | QDragMoveEvent | QDropEvent) -> bool:
        return event.mimeData().hasFormat(MIME) and event.source() is not self

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._lit(self._comes(event))
        event.accept() if self._comes(event) else event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.accept() if self._comes(event) else event.ignore()

    def dragLeaveEvent(self, event: Any) -> None:
        self._lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._lit(False)
        if self._comes(event):
            # The file decides what moves: the view must not take the card out of its column by itself.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(int(bytes(event.mimeData().data(MIME).data()).split()[0]))

    def _lit(self, over: bool) -> None:
        self._over = over
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._over:
            crisp(painter)
            painter.setPen(colour("accent"))
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -1.5, -1.5), 8, 8)
        if not self.cards.rowCount():
            width = self.viewport().width() - 24
            draw(painter, self.viewport().rect().adjusted(12, 10, -12, 0), laid_out(self._empty, width), "ink3")
        painter.end()
        super().paintEvent(event)
