"""The shapes of tables: each wears what the user left it in, and what he makes of it is remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.rooms.room import Room
from desktop.settings import Settings
from desktop.widgets.table import Table


def keep_shapes(room: Room, choice: Settings, on_picked: Callable[[], object]) -> None:
    """Give a room's tables their shape from now on; `on_picked` hears of each row that is gone to."""
    for table in room.findChildren(Table):
        name = table.objectName() or room.name
        if kept := choice.tables.get(name):
            table.wear(kept)
        table.shape_changed.connect(partial(_remember, choice, name, table))
        table.picked.connect(lambda _record: on_picked())


def _remember(choice: Settings, name: str, table: Table) -> None:
    choice.tables[name] = table.shape()
