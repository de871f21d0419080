"""Proof that whatever opens over a page is left by its key, and that the keyboard is then where it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import settings, text
from desktop.app import App
from desktop.dressing import make_application
from desktop.widgets.overlay import Overlay
from tests.made import let_be_made
from tests.places import open_practice

Way = Callable[[App, Any], Callable[[], bool]]


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """The program with the sample practice of a law firm, at its clients."""
    choice = settings.Settings(scheme="light", language="en", idle_minutes=0)
    make_application(choice)
    made = App(choice)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    open_practice(made, tmp_path, "law")
    yield made
    made.close()


def _form(app: App, room: Any) -> Callable[[], bool]:
    room.write()
    return lambda: room.form is not None


def _brief(app: App, room: Any) -> Callable[[], bool]:
    app.brief()
    return lambda: any(each.isVisible() for each in room.findChildren(Overlay))


def _viewer(app: App, room: Any) -> Callable[[], bool]:
    view = Overlay(room, "deposit.pdf", [(text._("Save as…"), lambda: None, "", "save")])
    view.lay()
    return lambda: any(each.isVisible() for each in room.findChildren(Overlay))


def _shortcuts(app: App, room: Any) -> Callable[[], bool]:
    app.window.show_shortcuts()
    return lambda: app.window._sheet is not None and app.window._sheet.isVisible()


def _palette(app: App, room: Any) -> Callable[[], bool]:
    app.window.begin_search()
    return lambda: app.window.top.search.hasFocus()


WAYS: dict[str, Way] = {
    "a form": _form,
    "the brief": _brief,
    "a file": _viewer,
    "the shortcuts": _shortcuts,
    "the palette": _palette,
}


def _focus() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


@pytest.mark.parametrize("way", sorted(WAYS))
def test_escape_leaves_it_and_the_keyboard_is_where_it_was(app: App, qtbot: QtBot, way: str) -> None:
    room: Any = app.window.open_room("clients", 1)
    room.listing().setFocus()
    before = _focus()
    is_open = WAYS[way](app, room)
    qtbot.waitUntil(is_open)
    let_be_made()
    QTest.qWait(30)
    inside = _focus()
    assert inside is not before
    if way != "the palette":
        QTest.keyClick(inside, Qt.Key.Key_Tab)
        assert is_open()
        assert _focus() not in (before, inside)
        if not room.isAncestorOf(_focus()) and _focus().window() is app.window and way != "the shortcuts":
            # From its last control one comes out of it, to the side of the window, and back.
            QTest.keyClick(_focus(), Qt.Key.Key_Backtab)
            assert _focus() is inside
    QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not is_open())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)


def test_escape_closes_a_menu_and_gives_the_keyboard_back(app: App, qtbot: QtBot) -> None:
    from desktop.widgets.command import menu_of

    room: Any = app.window.open_room("clients", 1)
    room.listing().setFocus()
    before = _focus()
    menu = menu_of(room.commands(), app.window)
    menu.popup(app.window.mapToGlobal(app.window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert _focus() is before


def test_a_page_of_many_lines_gives_tab_away(app: App, qtbot: QtBot) -> None:
    from desktop.rooms import frame

    window = frame.log_advice(app.window, 1)
    page: Any = window.form.box.page
    window.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert not page.hasFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_Backtab)
    assert page.hasFocus()
    assert page.toPlainText() == ""
    window.abandon()
