"""What every room is: a page of the window with a name, an icon, and the nouns it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.overlay import Overlay

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.rooms.printing import Printed
    from desktop.widgets.command import Command


class Room(QWidget):
    """One room. It asks its desk for rows and hands it verbs; it never looks into another room.

    `SHOWS` names the nouns on the page: when one of them changes and the page is visible, `refresh` is called.
    """

    name: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    SHOWS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self.desk = desk

    def parts(self) -> Iterator[None]:
        """Make what the page is made of, where it stands; at each `yield` keys and clicks come in between.

        A room that is made in a moment makes everything at once and has no parts. Before the last one nothing is
        asked of a room.
        """
        yield from ()

    def whole(self) -> Self:
        """The room with all its parts, made at once."""
        for _part in self.parts():
            pass
        return self

    @staticmethod
    def title() -> str:
        """The room's name in the user's language."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Look again at what the practice holds."""
        raise NotImplementedError

    def show_record(self, record: int) -> None:
        """Bring one record of the room's noun into view; a room without single records stays as it is."""

    def current_record(self) -> int | None:
        """The record in view, as `show_record` takes it, for the way back to it; None where there is none."""
        own = {"clients": "current_client", "engagements": "current_engagement"}.get(self.name)
        found: int | None = getattr(self, own, lambda: None)() if own else None
        return found

    def held(self) -> SignalInstance | None:
        """What comes when that which lies open over the page is taken off; None where nothing lies there."""
        laid = [each for each in self.findChildren(Overlay) if each.isVisible() and not each.lay_again]
        return laid[-1].closed if laid else None

    def half_done(self) -> Callable[[Any], object] | None:
        """What lets the room, made anew, go on where this one is: the text of its filter; None where none is."""
        field = getattr(self, "field", None)
        typed = field.text() if isinstance(field, QLineEdit) else ""

        def go_on(room: Any) -> None:
            room.field.show()
            room.field.setText(typed)

        return go_on if typed else None

    def start_search(self) -> None:
        """Go to the room's own search field (Ctrl+F); a room without one stays as it is."""

    def printed(self) -> Sequence[Printed]:
        """What of this room can be printed now (Ctrl+P), what is looked at most first."""
        return ()

    def commands(self) -> Sequence[Command]:
        """What can be asked of this room beside what every room offers; the palette and the shortcuts list show it."""
        return ()
