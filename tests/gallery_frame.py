"""The frame in pictures: palette, list of shortcuts, history, trash, tags and fields, notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from db import custom_fields, followups, trust
from db.custom_fields import NewField
from db.parties import PartyEdit, edit_party


def pictures(app: Any) -> Iterator[tuple[str, Callable[[], object], int]]:
    """Every state of the frame in the practice that is open: its name, how to come there, and how long that takes."""
    window, desk = app.window, app.desk
    palette = window.top.search

    def typed(text: str) -> None:
        window.open_room("today")
        palette.leave()
        window.activateWindow()
        QTest.qWait(100)
        window.begin_search()
        QTest.keyClicks(palette, text)

    def empty() -> None:
        for room, record in (("clients", 2), ("engagements", 1), ("clients", 1), ("advice", 3), ("today", None)):
            window.open_room(room, record)
        window.activateWindow()
        QTest.qWait(100)
        window.begin_search()

    yield "frame-palette-empty", empty, 700
    for name, text in (
        ("found", "larrea"),
        ("slip", "larera"),
        ("command", "shortcts"),
        ("settings", "sett"),
        ("nothing", "qqqzzz"),
    ):
        yield f"frame-palette-{name}", partial(typed, text), 900
    palette.leave()
    yield "frame-shortcuts", lambda: (window.open_room("clients"), window.show_shortcuts()), 500
    if window._sheet is not None and window._sheet.isVisible():
        window.show_shortcuts()

    def deleted() -> None:
        promise = desk.ask(trust.list_promises)[0].id
        desk.do(trust.delete_promise, promise)
        step = desk.ask(followups.list_follow_ups)
        if step:
            desk.do(followups.delete_follow_up, step[0].id)
        app.show_settings("trash")

    yield "frame-trash-empty", lambda: app.show_settings("trash"), 350
    yield "frame-trash", deleted, 600
    yield "frame-trash-sure", lambda: window.open_room("settings").trash.on_empty(), 500

    def history() -> None:
        app.show_settings("history")
        page = window.open_room("settings")
        QTest.keyClick(page.history.list, Qt.Key.Key_Down)

    yield "frame-history", history, 600
    yield "frame-lists-empty", lambda: app.show_settings("lists"), 350
    yield "frame-health", lambda: app.show_settings("health"), 600
    yield "frame-health-tested", lambda: window.open_room("settings").health.run(), 2500

    def scrolled() -> None:
        areas = window.open_room("settings").findChildren(QScrollArea)
        area = next(area for area in areas if area.isVisible())
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())

    yield "frame-health-left", scrolled, 500

    def lists() -> None:
        desk.do(custom_fields.define_field, NewField(name="Vessel"))
        desk.do(
            custom_fields.define_field, NewField(noun="engagement", name="Class", kind="choice", choices=["A1", "B2"])
        )
        for party, tags in ((1, ["shipping", "family"]), (2, ["shipping"]), (3, ["priority"])):
            desk.do(edit_party, party, PartyEdit(tags=tags))
        app.show_settings("lists")

    yield "frame-lists", lists, 600
    yield "frame-lists-form", lambda: window.open_room("settings").lists.new_field(), 500
    yield "frame-computer", lambda: app.show_settings("computer"), 350
