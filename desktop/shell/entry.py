"""A room as the window knows it before anybody goes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from desktop.rooms.room import Room


@dataclass(frozen=True)
class RoomEntry:
    """A room as the sidebar lists it; `factory` is called when the user first goes there."""

    name: str
    title: str
    icon: str
    factory: Callable[[], Room]
    group: Literal["main", "bottom"] = "main"
