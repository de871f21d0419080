"""The search field of the top bar and the list of what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.ink import MEDIUM, colour, crisp, elided, font, keys, paint_icon

if TYPE_CHECKING:
    from desktop.widgets.command import Command

Index = QModelIndex | QPersistentModelIndex
TYPING_PAUSE_MS = 60
ROW, PLAIN_ROW, HEAD, WIDTH = 44, 33, 26, 560


@dataclass(frozen=True)
class ResultRow:
    """One thing that was found: the room and record to open, or what to `do` instead, and how it is shown."""

    room: str
    record: int
    title: str
    detail: str = ""
    when: str = ""
    icon: str = "search"
    do: Callable[[], object] | None = None
    group: str = ""

    @classmethod
    def of_command(cls, command: Command) -> ResultRow:
        """A command as it is listed among what was found, with its keys at the right."""
        shown = keys(command.keys) if command.keys else ""
        picture = command.icon or "arrow-right"
        return cls("", 0, command.title, when=shown, icon=picture, do=command.do, group=_("Commands"))


class _Found(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ResultRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, row.detail, row.when) if part)
        return None

    def show(self, rows: Sequence[ResultRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = look.px(ROW if _rows(index)[index.row()].detail else PLAIN_ROW)
        return QSize(100, height + (look.px(HEAD) if _begins_group(index) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _rows(index)[index.row()]
        place: QRect = option.rect
        painter.save()
        crisp(painter)
        if _begins_group(index):
            head = QRect(place.left() + 10, place.top() + 3, place.width() - 20, look.px(HEAD) - 3)
            painter.setPen(colour("ink3"))
            painter.setFont(font("tiny", MEDIUM))
            elided(painter, head, row.group)
            place = place.adjusted(0, look.px(HEAD), 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(place, 5, 5)
            painter.fillRect(place.left(), place.top() + 5, 2, place.height() - 10, colour("accent"))
        paint_icon(painter, QRect(place.left() + 10, place.center().y() - 8, 16, 16), row.icon)
        text = place.adjusted(36, 4, -10, -4)
        half = text.height() // 2 if row.detail else 0
        painter.setPen(colour("ink2"))
        painter.setFont(font("small"))
        if row.detail:
            elided(painter, text.adjusted(0, half, 0, 0), row.detail)
        used = elided(painter, text.adjusted(0, 0, 0, -half), row.when, Qt.AlignmentFlag.AlignRight)
        painter.setPen(colour("ink"))
        painter.setFont(font("body", MEDIUM))
        elided(painter, text.adjusted(0, 0, -used - 12, -half), row.title)
        painter.restore()


def _rows(index: Index) -> list[ResultRow]:
    model = index.model()
    assert isinstance(model, _Found)
    return model.rows


def _begins_group(index: Index) -> bool:
    """Whether the title of a group stands over this row."""
    rows, at = _rows(index), index.row()
    return bool(rows[at].group) and (at == 0 or rows[at - 1].group != rows[at].group)


class SearchField(QLineEdit):
    """Type to search; the arrows walk through what was found, Return opens it, Escape goes back where one was."""

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Find a client, engagement or any word of advice"))
        self.setAccessibleName(self.placeholderText())
        self.setProperty("kind", "search")
        self.setMaximumWidth(420)
        self.setTextMargins(24, 0, 48, 1)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._pause.start())
        self._results: QListView | None = None
        self._before: QWidget | None = None
        # Who comes by Tab wants to pass; who comes by the shortcut or the mouse wants to see what there is.
        self.is_asked = False

    def came_from(self, before: QWidget | None) -> None:
        """Where Escape leads back to."""
        if before is not None and before.window() is self.window():
            self._before = before

    def leave(self) -> None:
        """Empty the field and go back where one was, which is left as it was."""
        self.clear()
        self.is_asked = False
        if self._results is not None:
            self._results.hide()
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible() and before is not self:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        except RuntimeError:
            # It was made anew in the meantime.
            pass
        self.clearFocus()

    def begin(self) -> None:
        """Take the focus, so that what is typed next is searched for."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def set_results(self, rows: Sequence[ResultRow]) -> None:
        """Show what was found beneath the field; nothing hides the list."""
        results = self._list()
        model = results.model()
        assert isinstance(model, _Found)
        model.show(rows)
        if not rows or not self.hasFocus() or not (self.text().strip() or self.is_asked):
            results.hide()
            return
        results.setCurrentIndex(model.index(0))
        self._place()
        results.show()
        results.raise_()

    def results_shown(self) -> list[ResultRow]:
        """What is listed beneath the field now."""
        if self._results is None or self._results.isHidden():
            return []
        model = self._results.model()
        assert isinstance(model, _Found)
        return model.rows

    def _list(self) -> QListView:
        if self._results is None:
            made = QListView(self.window())
            made.setProperty("kind", "results")
            made.setAccessibleName(_("What was found"))
            made.setModel(_Found(made))
            made.setItemDelegate(_Line(made))
            made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(self._choose)
            self._results = made
        return self._results

    def _place(self) -> None:
        results = self._results
        if results is not None:
            below = self.mapTo(self.window(), self.rect().bottomLeft())
            high = sum(results.sizeHintForRow(row) for row in range(results.model().rowCount())) + 12
            room = self.window().height() - below.y() - look.size("status_height") - 12
            width = min(max(self.width(), look.px(WIDTH)), self.window().width() - below.x() - 12)
            results.setGeometry(below.x(), below.y() + 5, width, min(high, room))

    def _choose(self, index: QModelIndex) -> None:
        row = self.results_shown()[index.row()]
        self.leave()
        self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        results, key = self._results, event.key()
        if results is None or results.isHidden():
            if key == Qt.Key.Key_Escape:
                self.leave()
                return
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}.get(Qt.Key(key), -8)
            last = results.model().rowCount() - 1
            row = min(last, max(0, results.currentIndex().row() + step))
            results.setCurrentIndex(results.model().index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(results.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.is_asked = event.reason() in (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.MouseFocusReason)
        self._pause.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._results is not None:
            self._results.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        crisp(painter)
        paint_icon(painter, QRect(11, self.height() // 2 - 8, 16, 16), "search", "ink3")
        if self.text():
            return
        hint = QRectF(self.width() - 51.5, self.height() // 2 - 7.5, 41, 16)
        painter.setPen(colour("line"))
        painter.drawRoundedRect(hint, 4, 4)
        painter.setPen(colour("ink3"))
        painter.setFont(font("tiny"))
        painter.drawText(hint, Qt.AlignmentFlag.AlignCenter, keys("Ctrl+K"))
