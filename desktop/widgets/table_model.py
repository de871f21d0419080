"""A table's rows as ids in an order, with the pages that are looked at fetched when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.widgets.ink import Tone

if TYPE_CHECKING:
    from desktop.jobs import Job

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["text", "strong", "muted", "chip", "number", "date", "spark"]
Ids = Callable[[str, bool, str], Sequence[int]]
Rows = Callable[[Sequence[int]], Sequence[Any]]

PAGE = 32
PAGES_KEPT = 120


@dataclass(frozen=True)
class Column:
    """One column: `key` is the rows' attribute; `show` turns its value into text where `str` will not do.

    `values` are what its cells can hold where that is a closed list: the column starts wide enough for each of them.
    `shown` says whether it is seen before the user chose any columns.
    """

    key: str
    title: str
    width: int = 120
    kind: Kind = "text"
    align: Literal["left", "right"] = "left"
    sortable: bool = True
    stretch: bool = False
    tones: Mapping[Any, Tone] = field(default_factory=dict)
    show: Callable[[Any], str] | None = None
    values: Sequence[Any] = ()
    shown: bool = True

    def text(self, row: object) -> str:
        """What the cell says."""
        return self.said(getattr(row, self.key))

    def said(self, value: Any) -> str:
        """What a cell with this value says."""
        if self.show is not None:
            return self.show(value)
        return "" if value is None else str(value)


class TableModel(QAbstractTableModel):
    """Holds the ids of all rows and only the pages of rows that were painted.

    `ids(sort_key, descending, filter_text)` gives every id in order; `rows(ids)` gives the row objects of
    some, in any order, each with an `id` attribute.
    """

    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], ids: Ids, rows: Rows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.sort_key, self.descending, self.filter_text = "", False, ""
        self._ask_ids, self._ask_rows = ids, rows
        self._ids: Sequence[int] = ()
        self._later: Callable[[], bool] = lambda: False
        self._job: Job | None = None
        self._again = False
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()

    def ask_later(self, when: Callable[[], bool]) -> None:
        """Let the ids come from a job while `when` says so: until they are there, the old rows stay in their order."""
        self._later = when

    @property
    def loading(self) -> bool:
        """Whether ids are on their way."""
        return self._job is not None

    def reload(self) -> None:
        """Ask for the ids anew; every row is fetched again when it is next painted."""
        if not self._later():
            self._take(self._ask_ids(self.sort_key, self.descending, self.filter_text))
            return
        self.look_again()
        if self._job is not None:
            self._again = True
            return
        self._start()

    def look_again(self) -> None:
        """Have the rows fetched anew when they are next painted; their order stays."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def forget(self) -> None:
        """List nothing until rows come: those listed so far belong to another question."""
        self._take(())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Have other columns; no rows are listed until the next `reload`."""
        self.beginResetModel()
        self.columns, self._ids = list(columns), ()
        self._pages.clear()
        self.endResetModel()

    def _start(self) -> None:
        from desktop.jobs import Job

        order, ask = (self.sort_key, self.descending, self.filter_text), self._ask_ids
        self._again = False
        # Without a parent: a thread must not be destroyed with the table while it still reads.
        self._job = Job(lambda _progress: ask(*order))
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _on_done(self, fresh: Sequence[int]) -> None:
        self._job = None
        if self._again:
            self._start()
        else:
            self._take(fresh)

    def _on_failed(self, error: object) -> None:
        self._job = None
        self.failed.emit(error)

    def _take(self, fresh: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids = fresh
        self._pages.clear()
        self.endResetModel()

    def id_at(self, row: int) -> int | None:
        """The id of a row, or None outside the table."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def ids_between(self, first: int, end: int) -> Sequence[int]:
        """The ids of the rows from `first` to the one before `end`."""
        return self._ids[first:end]

    def row_of(self, record: int) -> int:
        """Where an id stands now, or -1."""
        try:
            return self._ids.index(record)
        except ValueError:
            return -1

    def read_rows(self, records: Sequence[int]) -> Sequence[Any]:
        """The row objects of some records, read anew and beside the pages that are looked at; for other threads too."""
        return self._ask_rows(records)

    def rows_of(self, records: Sequence[int]) -> list[int]:
        """Where those of these ids stand that are listed, in no order."""
        some = set(records)
        return [row for row, known in enumerate(self._ids) if known in some]

    def read_at(self, *rows: int) -> None:
        """Read the pages that these rows stand on, those that are rows at all."""
        for row in rows:
            if 0 <= row < len(self._ids):
                self.row_object(row)

    def row_object(self, row: int) -> Any:
        """The row object, or None for a record that went away since the ids were asked for."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE : (number + 1) * PAGE]
            page = {found.id: found for found in self._ask_rows(wanted)}
            self._pages[number] = page
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row, column = self.row_object(index.row()), self.columns[index.column()]
        if row is None or column.kind == "spark":
            return ""
        return column.text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None
