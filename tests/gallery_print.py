"""The pictures of printing, of the trash that is searched, and of the letter that ends the work for a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

Picture = tuple[str, Callable[[], object], int, "Callable[[], QWidget] | None"]
MADE = 2500


def pictures(app: App) -> Iterator[Picture]:
    """What to take, in order: a name, how to arrange it, how long to wait, and of which window."""
    for room in ("clients", "engagements", "today"):
        yield f"print-{room}", partial(_print, app, room), MADE, None
    yield "print-many", partial(_many, app), 400, None
    yield "settings-trash-sought", partial(_trash, app), 400, None
    yield "reviews-parting", partial(_parting, app), MADE, None
    _off(app)


def _print(app: App, room: str) -> Any:
    from desktop.rooms import printing

    _off(app)
    assert app.desk is not None
    app.window.open_room(room)
    return printing.show_print(app.window, app.desk)


def _many(app: App) -> None:
    from desktop.rooms import print_sheet

    usual, print_sheet.MANY = print_sheet.MANY, 1
    try:
        _print(app, "clients")
    finally:
        print_sheet.MANY = usual


def _trash(app: App) -> None:
    from db.followups import delete_follow_up, list_follow_ups

    _off(app)
    desk = app.desk
    assert desk is not None
    some = next(found for client in range(1, 12) if (found := desk.ask(list_follow_ups, client)))
    desk.do(delete_follow_up, some[0].id)
    app.show_settings("trash")
    page: Any = app.window.open_room("settings")
    page.trash.field.setText("nobody of this name")


def _parting(app: App) -> None:
    from desktop.rooms.reviews.parting import ask_parting

    room: Any = app.window.open_room("reviews")
    ask_parting(room, room.current() or 1, "Pays late, and takes no advice.")


def _off(app: App) -> None:
    from desktop.rooms.print_sheet import PrintSheet

    for sheet in app.window.findChildren(PrintSheet):
        if sheet.isVisible():
            sheet.take_off()
    room: Any = app.window.open_room("reviews")
    room.take_off()
