"""A table for any number of rows: sorted by its header, walked by keyboard, remembered as the user left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop import look
from desktop.settings import TableShape
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import MEDIUM, REGULAR, SEMIBOLD, colour, crisp, elided, font, paint_icon
from desktop.widgets.table_model import Column, Ids, Index, Rows, TableModel

__all__ = ["Column", "Table", "TableModel"]

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
PAD_LEFT, PAD_RIGHT = 14, 10
# How far the arrow of the ordering column reaches into the title's own place; the rest stands in the padding.
ARROW_REACH = 3


class _Cell(QStyledItemDelegate):
    """Paints one cell straight from the row object; a bar at the left says that the table has the keyboard."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, TableModel)
        column, row = model.columns[index.column()], model.row_object(index.row())
        place: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, colour("accent_soft"))
        if not self._table.fitted or index.row() < model.rowCount() - 1:
            painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line"))
        if state & QStyle.StateFlag.State_Selected and place.left() <= 0 and self._table.hasFocus():
            painter.fillRect(place.left(), place.top(), 2, place.height() - 1, colour("accent"))
        if row is not None:
            self._paint_value(painter, place.adjusted(PAD_LEFT, 0, -PAD_RIGHT, -1), column, row)
        painter.restore()

    def _paint_value(self, painter: QPainter, place: QRect, column: Column, row: object) -> None:
        if column.kind == "spark":
            paint_spark(painter, place, getattr(row, column.key) or ())
            return
        text = column.text(row)
        if column.kind == "chip":
            if text:
                width = min(chip_width(text), place.width())
                left = place.left() if column.align == "left" else place.right() + 1 - width
                height = look.size("chip")
                spot = QRect(left, place.center().y() - height // 2 + 1, width, height)
                paint_chip(painter, spot, text, column.tones.get(getattr(row, column.key), "neutral"))
            return
        crisp(painter)
        painter.setFont(font("body", MEDIUM if column.kind == "strong" else REGULAR, column.kind == "number"))
        painter.setPen(colour("ink2" if column.kind in ("date", "muted") else "ink"))
        elided(painter, place, text, RIGHT if column.align == "right" or column.kind == "number" else LEFT)


def paint_spark(painter: QPainter, place: QRect, values: Sequence[float]) -> None:
    """Draw a small line of at most 48 pixels through the values, lowest at the foot."""
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    width, height = min(48, place.width()), 14
    top, step, span = place.center().y() - height // 2 - 1, width / (len(values) - 1), (high - low) or 1
    still = 1.0 if high == low else 0.0
    points = [
        QPointF(place.left() + at * step, top + height * (1 - (value - low) / span * (1 - still)))
        for at, value in enumerate(values)
    ]
    crisp(painter)
    painter.setPen(QPen(colour("accent"), 1.5, c=Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


class _Header(QHeaderView):
    """The titles of the columns; the one that orders the rows shows an arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(look.size("header_row"))
        self.setMinimumSectionSize(48)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        assert isinstance(model, TableModel)
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        here = bool(column.key) and model.sort_key == column.key
        painter.setFont(font("tiny", SEMIBOLD if here else MEDIUM))
        painter.setPen(colour("ink" if here else "ink3"))
        at_right = column.align == "right" or column.kind == "number"
        place = rect.adjusted(PAD_LEFT, 0, -PAD_RIGHT, -1)
        used = elided(
            painter,
            place.adjusted(0, 0, -ARROW_REACH if here and not at_right else 0, 0),
            column.title,
            RIGHT if at_right else LEFT,
        )
        if here:
            left = place.right() - used - 14 if at_right else place.left() + used + 2
            arrow = QRect(left, place.center().y() - 5, 11, 11)
            paint_icon(painter, arrow, "arrow-down" if model.descending else "arrow-up", "ink2")
        painter.restore()


def first_width(column: Column) -> int:
    """How wide a column starts, in pixels: never too narrow for its title, nor for any word that it can hold."""
    words = [column.said(value) for value in column.values]
    wide = QFontMetrics(font("body")).horizontalAdvance
    widest = max([chip_width(each) if column.kind == "chip" else wide(each) for each in words], default=0)
    title = QFontMetrics(font("tiny", SEMIBOLD)).horizontalAdvance(column.title) + ARROW_REACH + 2
    return max(look.px(column.width), max(widest, title) + PAD_LEFT + PAD_RIGHT)


class Table(QTableView):
    """Rows of one kind. `picked` says which record is current, `activated_record` that it was asked to be opened,
    and `typed` gives letters typed while the table has the keyboard.
    """

    picked = Signal(object)
    activated_record = Signal(int)
    shape_changed = Signal()
    typed = Signal(str)

    def __init__(
        self, columns: Sequence[Column], ids: Ids, rows: Rows, name: str, shape: TableShape | None = None
    ) -> None:
        super().__init__()
        self.fitted = False
        self._rows = TableModel(columns, ids, rows, self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setItemDelegate(_Cell(self))
        self.setHorizontalHeader(_Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.wear(shape or TableShape())
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._on_header)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_: self.shape_changed.emit())
        self.doubleClicked.connect(lambda _index: self._activate())

    @property
    def rows(self) -> TableModel:
        """The model behind the table."""
        return self._rows

    def reload(self) -> None:
        """Look again; the current record stays current, wherever it stands now."""
        record, offset = self.current_id(), self.verticalScrollBar().value()
        self._rows.reload()
        self.verticalScrollBar().setValue(offset)
        if record is not None and not self.select(record, scroll=False):
            self.picked.emit(None)

    def current_id(self) -> int | None:
        """The id of the current record, or None."""
        return self._rows.id_at(self.currentIndex().row())

    def select(self, record: int, scroll: bool = True) -> bool:
        """Make a record current; False when the table does not list it."""
        row = self._rows.row_of(record)
        if row < 0:
            self.clearSelection()
            return False
        before = self.hasAutoScroll()
        self.setAutoScroll(scroll)
        self.setCurrentIndex(self._rows.index(row, self.horizontalHeader().logicalIndex(0)))
        self.setAutoScroll(before)
        return True

    def filter(self, text: str) -> None:
        """List only what matches a text, as the callable `ids` understands it."""
        if text != self._rows.filter_text:
            self._rows.filter_text = text
            self.reload()

    def sort(self, key: str, descending: bool = False) -> None:
        """Put the rows in the order of a column; the current record stays current."""
        self._rows.sort_key, self._rows.descending = key, descending
        self.horizontalHeader().viewport().update()
        self.reload()
        record = self.current_id()
        if record is not None:
            self.select(record)
        self.shape_changed.emit()

    def shape(self) -> TableShape:
        """Widths, column order and row order as the user left them."""
        header = self.horizontalHeader()
        columns = self._rows.columns
        return TableShape(
            {column.key: header.sectionSize(at) for at, column in enumerate(columns) if not header.isSectionHidden(at)},
            [columns[header.logicalIndex(at)].key for at in range(len(columns))],
            self._rows.sort_key,
            self._rows.descending,
        )

    def wear(self, shape: TableShape) -> None:
        """Take a shape that was kept; the rows come in its order at the next `reload`."""
        header, columns = self.horizontalHeader(), self._rows.columns
        for at, column in enumerate(columns):
            header.resizeSection(at, shape.widths.get(column.key) or first_width(column))
            if column.stretch:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        known: Mapping[str, int] = {column.key: at for at, column in enumerate(columns)}
        for place, key in enumerate(key for key in shape.order if key in known):
            header.moveSection(header.visualIndex(known[key]), place)
        sortable = {column.key for column in columns if column.sortable}
        self._rows.sort_key = shape.sort_key if shape.sort_key in sortable else ""
        self._rows.descending = shape.descending

    def _on_resized(self, section: int, before: int, now: int) -> None:
        # What stretches or gives way follows the window; only what the user's hand moved is worth keeping.
        if before and now and not self._rows.columns[section].stretch:
            self.shape_changed.emit()

    def _on_header(self, section: int) -> None:
        column = self._rows.columns[section]
        if column.sortable:
            self.sort(column.key, self._rows.sort_key == column.key and not self._rows.descending)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if selected.indexes():
            self.picked.emit(self.current_id())

    def fit(self, most: int = 12) -> None:
        """Be exactly as high as the rows, up to `most` of them, as in a card."""
        rows = min(most, self._rows.rowCount())
        self.setFixedHeight(self.horizontalHeader().height() + rows * look.size("row"))
        self.fitted = rows == self._rows.rowCount()

    def keyboardSearch(self, search: str) -> None:
        """Qt would read every row of the table; the room's own search field finds faster."""
        self.typed.emit(search)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.current_id() is not None:
            row = self._rows.row_object(self.currentIndex().row())
            shown = (column for column in self._rows.columns if column.kind != "spark")
            QApplication.clipboard().setText("\t".join(column.text(row) for column in shown) if row else "")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id() is not None:
            self._activate()
            return
        super().keyPressEvent(event)

    def _activate(self) -> None:
        record: Any = self.current_id()
        if record is not None:
            self.activated_record.emit(record)
