"""A table for any number of rows: sorted by its header, walked by keyboard, remembered as the user left it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView

from desktop import look
from desktop.settings import TableShape
from desktop.widgets.command import Command, menu_of
from desktop.widgets.ink import colour
from desktop.widgets.table_cell import Cell, paint_spark
from desktop.widgets.table_header import Header, columns_menu, first_width
from desktop.widgets.table_model import Column, Ids, Rows, TableModel

__all__ = ["Column", "Table", "TableModel", "first_width", "paint_spark"]

LEAST_STRETCH = 140  # where columns were chosen that need more room than there is, the table scrolls sideways
ROWS_AS_TEXT = 200  # of more, only what they are carried as is copied
SPANS_KEPT = 2000  # a selection that another order scatters into more spans than these is given up

Commands = Callable[[Sequence[int]], Sequence[Command]]
Carried = Callable[[Sequence[int]], QMimeData | None]


class Table(QTableView):
    """Rows of one kind. `picked` says which record is current, `activated_record` that it was asked to be opened,
    `selection_counted` how many rows are selected, `loaded` that the rows stand, and `typed` gives letters typed
    while the table has the keyboard. `many` lets several rows be selected.
    """

    picked = Signal(object)
    activated_record = Signal(int)
    shape_changed = Signal()
    typed = Signal(str)
    selection_counted = Signal(int)
    loaded = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        ids: Ids,
        rows: Rows,
        name: str,
        shape: TableShape | None = None,
        *,
        many: bool = False,
    ) -> None:
        super().__init__()
        self.fitted = False
        self._commands: Commands | None = None
        self._carried: Carried | None = None
        self._chosen: list[str] = []
        self._wanted: int | None = None
        self._told: int | None = None
        self._to_current = False
        self._before: tuple[int | None, Sequence[int], int] = (None, (), 0)
        self._rows = TableModel(columns, ids, rows, self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setItemDelegate(Cell(self))
        self.setHorizontalHeader(Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.wear(shape or TableShape())
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._on_header)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_: self.shape_changed.emit())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self._rows.modelAboutToBeReset.connect(self._on_leaving)
        self._rows.modelReset.connect(self._on_arrived)
        self.doubleClicked.connect(lambda _index: self._activate())

    @property
    def rows(self) -> TableModel:
        """The model behind the table."""
        return self._rows

    def reload(self) -> None:
        """Look again; what is current and selected stays so, wherever it stands now."""
        self._rows.reload()

    def _on_leaving(self) -> None:
        count = self.selected_count()
        some = self.selected_ids() if count > 1 else ()
        self._before = (self.current_id(), some, self.verticalScrollBar().value())

    def _on_arrived(self) -> None:
        record, some, offset = self._before
        wanted, self._wanted = self._wanted, None
        to_current, self._to_current = self._to_current, False
        self.verticalScrollBar().setValue(offset)
        found = (wanted is not None and self.select(wanted)) or (
            record is not None and self.select(record, scroll=to_current)
        )
        if some:
            self._select_again(some)
        if record is not None and not found:
            self.picked.emit(None)
        if not found:
            self.selection_counted.emit(self.selected_count())
        self.loaded.emit()

    def _select_again(self, some: Sequence[int]) -> None:
        places = sorted(self._rows.rows_of(some))
        ends = [at for at in range(1, len(places)) if places[at] != places[at - 1] + 1]
        if len(ends) >= SPANS_KEPT:
            return
        again = QItemSelection()
        for start, end in zip([0, *ends], [*ends, len(places)], strict=True):
            if start < end:
                again.select(self._rows.index(places[start], 0), self._rows.index(places[end - 1], 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(again, flags.ClearAndSelect | flags.Rows)

    def current_id(self) -> int | None:
        """The id of the current record, or None."""
        return self._rows.id_at(self.currentIndex().row())

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, from top to bottom."""
        return [one for top, bottom in sorted(self._spans()) for one in self._rows.ids_between(top, bottom + 1)]

    def _spans(self) -> set[tuple[int, int]]:
        selection = self.selectionModel().selection()
        spans = (selection.at(at) for at in range(selection.count()))
        return {(span.top(), span.bottom()) for span in spans}

    def select(self, record: int, scroll: bool = True) -> bool:
        """Make a record current, alone; False when the table does not list it (yet: rows on their way may)."""
        row = self._rows.row_of(record)
        if row < 0:
            self.clearSelection()
            self._wanted = record if self._rows.loading else None
            return False
        before = self.hasAutoScroll()
        self.setAutoScroll(scroll)
        self.setCurrentIndex(self._rows.index(row, self.horizontalHeader().logicalIndex(0)))
        self.setAutoScroll(before)
        # What stands around it is read now, and painted in a turn of its own.
        self._rows.read_at(self.rowAt(0), self.rowAt(self.viewport().height() - 1))
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
        self._to_current = True
        self.reload()
        self.shape_changed.emit()

    # ------------------------------------------------------------------ columns

    def shape(self) -> TableShape:
        """Widths, column order, choice of columns and row order as the user left them."""
        header = self.horizontalHeader()
        columns = self._rows.columns
        return TableShape(
            {column.key: header.sectionSize(at) for at, column in enumerate(columns) if not header.isSectionHidden(at)},
            [columns[header.logicalIndex(at)].key for at in range(len(columns))],
            self._rows.sort_key,
            self._rows.descending,
            list(self._chosen),
        )

    def wear(self, shape: TableShape) -> None:
        """Take a shape that was kept; the rows come in its order at the next `reload`."""
        header, columns = self.horizontalHeader(), self._rows.columns
        known: Mapping[str, int] = {column.key: at for at, column in enumerate(columns)}
        self._chosen = [key for key in shape.shown if key in known]
        for at, column in enumerate(columns):
            header.resizeSection(at, shape.widths.get(column.key) or first_width(column))
            if column.stretch:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        for place, key in enumerate(key for key in shape.order if key in known):
            header.moveSection(header.visualIndex(known[key]), place)
        self._hide_unchosen()
        sortable = {column.key for column in columns if column.sortable}
        self._rows.sort_key = shape.sort_key if shape.sort_key in sortable else ""
        self._rows.descending = shape.descending

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have other columns from now on, with the same shape; the rows come at the next `reload`."""
        shape = self.shape()
        self._rows.set_columns(columns)
        self.wear(shape)

    def chosen(self) -> list[str]:
        """The keys of the columns that are to be seen: the user's choice, or the table's own."""
        return list(self._chosen) or [column.key for column in self._rows.columns if column.shown]

    @property
    def is_chosen(self) -> bool:
        """Whether the user chose the columns: then none of them gives way, and a narrow table scrolls sideways."""
        return bool(self._chosen)

    def choose(self, key: str, seen: bool) -> None:
        """Show a column or hide it."""
        now = [each for each in self.chosen() if each != key]
        self._chosen = [column.key for column in self._rows.columns if column.key in [*now, *([key] if seen else [])]]
        self._hide_unchosen()
        at = next(at for at, column in enumerate(self._rows.columns) if column.key == key)
        if seen and self.columnWidth(at) == 0:
            self.setColumnWidth(at, first_width(self._rows.columns[at]))
        self._rows.look_again()
        self.shape_changed.emit()

    def move_column(self, at: int, by: int) -> None:
        """Move a column past its visible neighbour, to the left (-1) or to the right (1)."""
        header = self.horizontalHeader()
        place = header.visualIndex(at) + by
        while 0 < place < header.count() - 1 and header.isSectionHidden(header.logicalIndex(place)):
            place += by
        if 0 <= place < header.count():
            header.moveSection(header.visualIndex(at), place)

    def forget_shape(self) -> None:
        """Go back to the columns, widths and places that the table starts with; the order of the rows stays."""
        keys = [column.key for column in self._rows.columns]
        self.wear(TableShape({}, keys, self._rows.sort_key, self._rows.descending))
        self.shape_changed.emit()

    def offer_columns(self) -> None:
        """Open the menu of the columns, for the keyboard: at the column in which the current cell stands."""
        at = max(0, self.currentIndex().column())
        left = max(0, self.horizontalHeader().sectionViewportPosition(at))
        self._open(columns_menu(self, at), self.horizontalHeader().mapToGlobal(QPoint(left, look.size("header_row"))))

    def _on_header_menu(self, spot: QPoint) -> None:
        header = self.horizontalHeader()
        at = max(0, header.logicalIndexAt(spot))
        self._open(columns_menu(self, at), header.viewport().mapToGlobal(spot))

    def _hide_unchosen(self) -> None:
        chosen = set(self.chosen())
        for at, column in enumerate(self._rows.columns):
            if self.isColumnHidden(at) != (column.key not in chosen):
                self.setColumnHidden(at, column.key not in chosen)
        self._fit_stretch()

    def _fit_stretch(self) -> None:
        header, columns = self.horizontalHeader(), self._rows.columns
        seen = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        others = sum(header.sectionSize(at) for at in seen if not columns[at].stretch)
        narrow = self.is_chosen and self.viewport().width() - others < look.px(LEAST_STRETCH)
        wanted = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
        for at in (at for at in seen if columns[at].stretch and header.sectionResizeMode(at) != wanted):
            header.setSectionResizeMode(at, wanted)
            if narrow:
                header.resizeSection(at, max(first_width(columns[at]), look.px(LEAST_STRETCH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_stretch()

    def _on_resized(self, section: int, before: int, now: int) -> None:
        # What stretches or gives way follows the window; only what the user's hand moved is worth keeping.
        if before and now and not self._rows.columns[section].stretch:
            self.shape_changed.emit()

    def _on_header(self, section: int) -> None:
        column = self._rows.columns[section]
        if column.sortable:
            self.sort(column.key, self._rows.sort_key == column.key and not self._rows.descending)

    # ------------------------------------------------------------------ what is done with rows

    def set_commands(self, commands: Commands) -> None:
        """What the right mouse button and the menu key offer for the selected ids."""
        self._commands = commands

    def set_carried(self, carried: Carried) -> None:
        """What is dragged out of the table, and copied, for the selected ids."""
        self._carried = carried
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def menu(self) -> QMenu | None:
        """The menu for what is selected now."""
        ids = self.selected_ids()
        if self._commands is None or not ids:
            return None
        made = menu_of(self._commands(ids), self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            spot = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(24, 0))
        self._open(self.menu(), spot)

    def _open(self, menu: QMenu | None, spot: QPoint) -> None:
        if menu is not None:
            menu.popup(spot)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        carried = self._carried(self.selected_ids()) if self._carried is not None else None
        if carried is not None:
            drag = QDrag(self)
            drag.setMimeData(carried)
            drag.exec(Qt.DropAction.CopyAction)

    def copy(self) -> None:
        """Copy the selected rows: as whatever they are carried as, and as text with a tab between the columns."""
        ids = self.selected_ids()
        if not ids and (now := self.current_id()) is not None:
            ids = [now]
        data = (self._carried(ids) if self._carried is not None and ids else None) or QMimeData()
        if not data.hasText() or len(ids) <= ROWS_AS_TEXT:
            shown = [column for column in self._rows.columns if column.kind != "spark" and column.key in self.chosen()]
            rows = [self._rows.row_object(self._rows.row_of(one)) for one in ids[:ROWS_AS_TEXT]]
            data.setText("\n".join("\t".join(column.text(row) for column in shown) for row in rows if row is not None))
        QApplication.clipboard().setMimeData(data)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_counted.emit(self.selected_count())
        # Out of many selected rows one can become current without any row being selected anew.
        now = self.current_id()
        if not selected.isEmpty() or (now != self._told and not self.selectionModel().selection().isEmpty()):
            self._told = now
            self.picked.emit(now)

    def fit(self, most: int = 12) -> None:
        """Be exactly as high as the rows, up to `most` of them, as in a card."""
        rows = min(most, self._rows.rowCount())
        self.setFixedHeight(self.horizontalHeader().height() + rows * look.size("row"))
        self.fitted = rows == self._rows.rowCount()

    def keyboardSearch(self, search: str) -> None:
        """Qt would read every row of the table; the room's own search field finds faster."""
        self.typed.emit(search)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Where no row is selected, the table itself must show that it has the keyboard.
        if self.hasFocus() and not self.selectionModel().hasSelection():
            painter = QPainter(self.viewport())
            painter.setPen(colour("accent"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.current_id() is not None:
            self.copy()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id() is not None:
            self._activate()
            return
        super().keyPressEvent(event)

    def _activate(self) -> None:
        record: Any = self.current_id()
        if record is not None:
            self.activated_record.emit(record)
