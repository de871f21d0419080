"""The pictures of Today: a row with its keys, the lines that ask, a group unfolded, the table, and the quiet days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import App

Picture = tuple[str, Callable[[], object], int]


def pictures(app: App) -> Iterator[Picture]:
    """Each state of the page, with its name and how long it takes to come."""

    def page() -> Any:
        return app.window.open_room("today")

    def row(group: str, key: str = "", typed: str = "", submit: bool = False) -> Callable[[], object]:
        def arrange() -> None:
            room = page()
            for other in room.listed():
                other.close_strip()
            first = room.cards[group].listed[0]
            app.window.activateWindow()
            room._go(first.face)
            if key:
                room.press(key)
                first.strip.words.setText(typed)
                if submit:
                    first.strip.submitted.emit()

        return arrange

    def unfolded() -> None:
        page().cards["promises"].unfold()

    def table() -> None:
        room = page()
        room.effort_card.turn()

    def spot() -> None:
        room = page()
        if room.effort_card.chart.isHidden():
            room.effort_card.turn()
        room.effort_card.chart.setFocus(Qt.FocusReason.TabFocusReason)
        room.effort_card.chart.go_to(2)

    # Whatever lies over the window from the pictures before goes first.
    over = QApplication.focusWidget()
    if over is not None:
        QTest.keyClick(over, Qt.Key.Key_Escape)
    yield "today-row", row("promises"), 350
    yield "today-move", row("quiet", "M", "in two weeks"), 350
    yield "today-why", row("promises", "N"), 350
    yield "today-refused", row("promises", "M", "whenever", submit=True), 350
    yield "today-unfolded", unfolded, 500
    yield "today-spot", spot, 350
    yield "today-table", table, 350
    yield "today-lower", lambda: _scroll(page()), 350
    yield "today-nothing", lambda: _clear(app, page()), 1200


def _scroll(room: Any) -> None:
    room.effort_card.turn()
    bar = room._area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _clear(app: App, room: Any) -> None:
    """Put everything off, as a long Monday would."""
    import datetime as dt

    from db.set_aside import NewSetAside, set_aside
    from db.today import KINDS, list_waiting

    desk = app.desk
    assert desk is not None
    until = dt.date.today() + dt.timedelta(days=3)
    for kind in KINDS:
        for waiting in desk.ask(list_waiting, kind, None, 500).rows:
            day = min(until, waiting.on) if kind in ("deadline", "right") else until
            told = {"noun": waiting.noun, "record_id": waiting.id, "kind": kind, "until": day}
            if day > dt.date.today():
                desk.practice.do(set_aside, NewSetAside.model_validate(told))
    room._changed = None
    room.refresh()
