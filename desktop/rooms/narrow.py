"""Columns that give way where a table is narrow, the least needed first, so that nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject

from desktop import look
from desktop.widgets.table import Table, first_width

LEAST = 110  # a column that stretches is still read at this width


class _GivingWay(QObject):
    """Watches how wide a table is."""

    def __init__(self, table: Table, keys: Sequence[str]) -> None:
        super().__init__(table)
        self._table, self._keys = table, keys
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and event.type() == QEvent.Type.Resize:
            self._fit(self._table.contentsRect().width() - look.px(12))
        return False

    def _fit(self, room: int) -> None:
        if self._table.is_chosen:
            return
        columns = self._table.rows.columns
        chosen = self._table.chosen()
        needed = {column.key: self._needed(at) for at, column in enumerate(columns) if column.key in chosen}
        hidden = {column.key for column in columns} - set(chosen)
        for key in self._keys:
            if sum(width for each, width in needed.items() if each not in hidden) <= room:
                break
            hidden.add(key)
        # The table's signals would have the widths kept as if the user's hand had moved them.
        before = self._table.blockSignals(True)
        for at, column in enumerate(columns):
            if self._table.isColumnHidden(at) != (column.key in hidden):
                self._table.setColumnHidden(at, column.key in hidden)
        self._table.blockSignals(before)

    def _needed(self, at: int) -> int:
        column = self._table.rows.columns[at]
        if column.stretch:
            return look.px(LEAST)
        return self._table.horizontalHeader().sectionSize(at) or first_width(column)


def give_way(table: Table, *keys: str) -> None:
    """Hide these columns, in this order, as far as the table is too narrow for all of them."""
    _GivingWay(table, keys)
