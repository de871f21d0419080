"""The pictures of what joins the rooms: trouble said in the window, a parting, work outside scope by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
MOMENT = 500


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    from db.errors import Trouble
    from desktop.rooms.outside_month import show_outside
    from desktop.rooms.reviews.parting import ask_parting

    desk, window = app.desk, app.window
    assert desk is not None
    listed: Any = None

    def trouble(code: str) -> None:
        window.open_room("today")
        app._on_trouble(Trouble(code, path=str(desk.path)))

    def parting() -> None:
        window.furnish().notice.hide()
        room: Any = window.open_room("reviews")
        room.take_off()
        ask_parting(room, 1, "They give us no papers.")

    def outside() -> None:
        nonlocal listed
        room: Any = window.open_room("reviews")
        room.take_off()
        listed = show_outside(desk, window)
        box = listed.month.box
        for month in range(box.count()):
            if not listed._totals:
                box.setCurrentIndex(month)

    yield "joined-trouble", lambda: trouble("disk-full"), MOMENT, None
    yield "joined-moved", lambda: trouble("moved"), MOMENT, None
    yield "joined-parting", parting, MOMENT, None
    yield "joined-outside", outside, MOMENT, lambda: listed
    yield "joined-left", lambda: listed.close(), MOMENT, None
