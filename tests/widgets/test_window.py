"""Proof that the frame opens rooms, hears commands, and shows what it is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import look, settings
from desktop.rooms.room import Room
from desktop.shell import style
from desktop.shell.commands import frame_commands
from desktop.shell.places import KEPT, Place, Places
from desktop.shell.search import ResultRow
from desktop.shell.shortcuts import caps_of
from desktop.shell.window import RoomEntry, Window

NO_DESK: Any = None


class Page(Room):
    """A room that counts how often it looked."""

    SHOWS = frozenset({"advice"})

    def __init__(self) -> None:
        super().__init__(NO_DESK)
        self.looks = 0
        self.shown: list[int] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def refresh(self) -> None:
        self.looks += 1

    def show_record(self, record: int) -> None:
        self.shown.append(record)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(
        [
            RoomEntry("clients", "Clients", "users", Page),
            RoomEntry("advice", "Advice", "scroll-text", Page),
            RoomEntry("conflicts", "Conflict check", "shield-check", Page, "bottom"),
        ]
    )
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def page(window: Window, name: str) -> Page:
    room = window.open_room(name)
    assert isinstance(room, Page)
    return room


def test_room_is_made_when_first_visited_and_kept(window: Window) -> None:
    assert window.stack.count() == 0
    first = page(window, "clients")
    page(window, "advice")
    assert page(window, "clients") is first
    assert window.stack.count() == 2
    assert first.looks == 1


def test_room_opens_at_a_record(window: Window) -> None:
    window.open_room("clients", 17)
    assert page(window, "clients").shown == [17]
    assert window.current_room() == "clients"


def test_change_refreshes_the_room_in_view_now_and_the_other_when_it_is_opened(window: Window) -> None:
    hidden, seen = page(window, "clients"), page(window, "advice")
    window.on_changed({"advice", "trust"})
    assert (seen.looks, hidden.looks) == (2, 1)
    page(window, "clients")
    assert hidden.looks == 2
    window.on_changed({"fee"})
    assert hidden.looks == 2


def test_number_key_opens_its_room(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_room() == "advice"


def test_sidebar_opens_a_room_and_marks_it(window: Window, qtbot: QtBot) -> None:
    entry = window.sidebar.entry("conflicts")
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert window.current_room() == "conflicts"
    assert entry.isChecked()


def test_lock_leaves_the_mark_where_the_user_was(window: Window, qtbot: QtBot) -> None:
    window.open_room("clients")
    with qtbot.waitSignal(window.lock):
        QTest.mouseClick(window.sidebar.entry("lock"), Qt.MouseButton.LeftButton)
    assert window.sidebar.entry("clients").isChecked()


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "log_advice"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "redo"),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "lock"),
    ],
)
def test_shortcut_asks_for_its_command(
    window: Window, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str
) -> None:
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(window, key, modifiers)


def test_field_with_focus_undoes_its_own_typing_first(window: Window, qtbot: QtBot) -> None:
    field = page(window, "clients").field
    asked: list[bool] = []
    window.undo.connect(lambda: asked.append(True))
    field.setFocus()
    QTest.keyClicks(field, "Marta")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), asked) == ("", [])
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_a_question_in_passing_goes_at_the_first_touch_elsewhere(window: Window, qtbot: QtBot) -> None:
    toast = window.toast("Who works here?", "Say who I am")
    toast.until_touched()
    inside = toast.findChildren(QLabel)[0].mapTo(window, QPoint(4, 4))
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=inside)
    assert toast.isVisible()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, window.height() // 2))
    assert not toast.isVisible()
    window.toast("Who works here?", "Say who I am").until_touched()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    assert not toast.isVisible()
    window.toast("Advice recorded", "Undo")
    QTest.mouseClick(window.sidebar, Qt.MouseButton.LeftButton)
    assert toast.isVisible()


def test_nothing_to_undo_switches_undo_off(window: Window) -> None:
    window.set_undo(None)
    assert not window.top.undo.isEnabled()
    window.set_undo("Log advice for <b>Nowak</b>")
    assert window.top.undo.isEnabled()
    assert "&lt;b&gt;" in window.top.undo.toolTip()


def test_typing_searches_after_a_pause_and_return_opens_what_was_found(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.hasFocus()
    with qtbot.waitSignal(window.search_changed, check_params_cb=lambda text: text == "larrea"):
        QTest.keyClicks(window.top.search, "larrea ")
    rows = [ResultRow("clients", 1, "<b>Larrea</b>, Ana"), ResultRow("advice", 9, "Settle?", "Larrea v. Portus")]
    window.set_results(rows)
    assert window.top.search.results_shown() == rows
    QTest.keyClick(window.top.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.result_chosen) as told:
        QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    assert told.args == [rows[1]]
    assert window.top.search.results_shown() == []


def test_command_is_found_by_its_name_and_runs(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.top.search, "lock")
    window.set_results(())
    assert [(row.title, row.when) for row in window.top.search.results_shown()] == [("Lock", "Ctrl L")]
    with qtbot.waitSignal(window.lock):
        QTest.keyClick(window.top.search, Qt.Key.Key_Return)


def test_results_that_come_after_leaving_the_field_stay_hidden(window: Window) -> None:
    page(window, "clients").field.setFocus()
    window.set_results([ResultRow("clients", 1, "Larrea")])
    assert window.top.search.results_shown() == []


def test_toast_says_it_and_its_action_runs_once(window: Window, qtbot: QtBot) -> None:
    done: list[str] = []
    toast = window.toast("Advice recorded for <b>Nowak</b>", "Undo", lambda: done.append("undone"))
    assert toast.isVisible()
    assert toast.text() == "Advice recorded for <b>Nowak</b>"
    button = toast.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (done, toast.isVisible()) == (["undone"], False)


def test_next_toast_replaces_the_one_before(window: Window) -> None:
    done: list[str] = []
    window.toast("First", "Undo", lambda: done.append("first"))
    toast = window.toast("Second")
    assert toast.text() == "Second"
    button = toast.findChild(QPushButton)
    assert button is not None
    assert not button.isVisible()


def test_counts_and_practice_are_told_to_who_cannot_see_them(window: Window) -> None:
    window.set_practice("Vega & Noriega", "Law practice")
    window.set_counts({"clients": "1,284", "unknown": "3"})
    window.set_status("vega.cliens", ["Encrypted", "Backed up 08:41"], "Record verified")
    assert window.windowTitle() == "Vega & Noriega · Cliens"
    assert window.sidebar.entry("clients").accessibleName() == "Clients, 1,284"
    assert window.status.accessibleName() == "vega.cliens, Encrypted, Backed up 08:41, Record verified"


def test_everything_that_takes_the_keyboard_has_a_name(window: Window) -> None:
    window.set_practice("Vega & Noriega", "Law practice")
    reachable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    named = {QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) for widget in reachable}
    assert "" not in named
    assert {"Clients", "Lock, Ctrl L", "Undo", "Log advice"} <= named


def test_locking_forgets_every_room(window: Window) -> None:
    page(window, "clients")
    window.close_rooms()
    assert window.stack.count() == 0
    assert page(window, "clients").looks == 1


def test_larger_text_makes_the_frame_grow_while_it_is_open(window: Window, dressed: QApplication) -> None:
    before = page(window, "clients")
    window.resize(1800, 900)
    QApplication.processEvents()
    height = window.sidebar.entry("clients").height()
    style.apply(dressed, "light", 1.5)
    window.resize_for_text()
    QApplication.processEvents()
    assert window.sidebar.width() == look.sizes(1.5)["side_width"]
    assert window.sidebar.entry("clients").height() == round(height * 1.5)
    assert window.current_room() == "clients"
    assert page(window, "clients") is not before


def test_window_is_found_again_where_it_was_left(qtbot: QtBot) -> None:
    first = Window([], settings.load())
    qtbot.addWidget(first)
    left = QSize(960, 640).boundedTo(first.screen().availableSize())
    first.resize(left)
    first.show()
    first.close()
    again = Window([], settings.load())
    qtbot.addWidget(again)
    assert again.size() == left


def test_new_window_fits_its_screen(qtbot: QtBot) -> None:
    made = Window([], settings.load())
    qtbot.addWidget(made)
    room = made.screen().availableSize()
    assert made.size() == made.sizeHint().boundedTo(room)
    assert made.minimumSize() == QSize(960, 600).boundedTo(room)


def test_window_comes_up_without_the_file_the_paper_or_the_languages() -> None:
    heavy = ("sqlmodel", "sqlalchemy", "reportlab", "babel", "alembic", "openpyxl")
    code = f"import sys, desktop.shell.window; print([name for name in {heavy!r} if name in sys.modules])"
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_last_fifty_places_are_kept_and_a_new_one_forgets_those_ahead() -> None:
    places = Places()
    for record in range(60):
        places.go(Place("clients", record))
    steps = 0
    while places.step(-1):
        steps += 1
    assert steps == KEPT - 1
    assert places.here() == Place("clients", 60 - KEPT)
    places.go(Place("advice", 7))
    assert places.step(1) is None
    assert places.step(-1) == Place("clients", 60 - KEPT)


def test_a_room_that_was_only_the_way_to_its_record_is_no_place_of_its_own() -> None:
    places = Places()
    for place in (Place("today"), Place("clients"), Place("clients", 4), Place("clients", 4), Place("advice")):
        places.go(place)
    assert [places.step(-1), places.step(-1), places.step(-1)] == [Place("clients", 4), Place("today"), None]
    assert places.recent() == [Place("clients", 4)]


def test_record_gone_to_by_the_arrows_is_a_place_after_a_while(window: Window) -> None:
    class Listed(Page):
        def current_record(self) -> int | None:
            return 5

    window._entries["clients"] = RoomEntry("clients", "Clients", "users", Listed)
    window.open_room("clients")
    window.open_room("advice")
    window.step(-1)
    assert window.current_room() == "clients"
    assert page(window, "clients").shown == [5]


@pytest.mark.parametrize(
    ("keys", "caps"), [("Ctrl+Shift+A", ["Ctrl", "Shift", "A"]), ("F1", ["F1"]), ("Ctrl++", ["Ctrl", "+"])]
)
def test_a_shortcut_is_drawn_key_by_key(keys: str, caps: list[str]) -> None:
    assert caps_of(keys) == caps


def test_every_shortcut_of_the_frame_is_given_once(window: Window) -> None:
    keys = [each.keys for group in frame_commands(window) for each in group.commands if each.keys]
    assert len(keys) == len(set(keys))


def test_a_room_called_something_else_is_called_so_everywhere(window: Window) -> None:
    window.set_title("clients", "Patrons")
    assert window.sidebar.entry("clients").accessibleName() == "Patrons"
    assert "Patrons" in {each.title for group in frame_commands(window) for each in group.commands}


def test_going_to_the_room_where_one_is_is_no_step() -> None:
    places = Places()
    for place in (Place("today"), Place("clients", 4), Place("clients"), Place("clients", 4)):
        places.go(place)
    assert places.step(-1) == Place("today")


def test_narrow_window_shows_the_rooms_as_icons_that_still_say_their_names(window: Window) -> None:
    entry = window.sidebar.entry("clients")
    window.resize(1280, 800)
    QApplication.processEvents()
    assert (window.sidebar.width(), entry.toolTip()) == (look.size("side_width"), "")
    window.resize(960, 600)
    QApplication.processEvents()
    assert window.sidebar.width() < look.size("side_width") / 3
    assert "Clients" in entry.toolTip()
    assert entry.accessibleName().startswith("Clients")
