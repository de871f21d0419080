"""Proof that a room comes in turns, and that what is done meanwhile is neither lost nor left behind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.rooms.room import Room
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.keys import on_key
from desktop.widgets.turns import TURN_MS

NO_DESK: Any = None
ROOMS = ("clients", "advice")


class Slow(Room):
    """A room of three fields, each made in a turn of its own."""

    SHOWS = frozenset({"advice"})
    made: ClassVar[list[Slow]] = []

    def __init__(self) -> None:
        super().__init__(NO_DESK)
        self.looks, self.asked = 0, 0
        self.shown: list[int] = []
        self.fields: list[QLineEdit] = []
        Slow.made.append(self)

    def parts(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        for _number in range(3):
            self.fields.append(QLineEdit())
            column.addWidget(self.fields[-1])
            # Small parts share a turn; these do not.
            time.sleep(TURN_MS / 1000)
            yield
        on_key("Ctrl+N", self, self._ask)
        self.setFocusProxy(self.fields[0])

    def _ask(self) -> None:
        self.asked += 1

    def refresh(self) -> None:
        assert len(self.fields) == 3
        self.looks += 1

    def show_record(self, record: int) -> None:
        self.shown.append(record)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.setFocus()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    Slow.made.clear()
    made = Window([RoomEntry(name, name.title(), "users", Slow) for name in ROOMS])
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_room("clients")
    return made


def test_other_things_happen_between_the_parts_of_a_room(window: Window, qtbot: QtBot) -> None:
    seen: list[int] = []
    clock = QTimer(window, interval=0)
    clock.timeout.connect(lambda: seen.append(len(Slow.made[1].fields)))
    clock.start()
    window.go("advice")
    assert window.stack.currentWidget() is Slow.made[0]
    qtbot.waitUntil(lambda: window.stack.currentWidget() is Slow.made[1])
    clock.stop()
    assert {1, 2, 3} <= set(seen)
    assert Slow.made[1].looks == 1


def test_room_that_is_asked_for_before_it_is_made_is_whole(window: Window) -> None:
    room = window.open_room("advice", 17)
    assert isinstance(room, Slow)
    assert (len(room.fields), room.looks, room.shown, room.isVisible()) == (3, 1, [17], True)
    assert window.current_room() == "advice"


def test_asking_where_the_user_is_brings_the_room_that_is_on_its_way(window: Window) -> None:
    window.go("advice")
    assert window.current_room() == "advice"
    assert Slow.made[1].isVisible()


def test_letters_typed_meanwhile_stand_in_the_room_that_was_asked_for(window: Window) -> None:
    Slow.made[0].fields[0].setFocus()
    window.go("advice")
    for letter in (Qt.Key.Key_L, Qt.Key.Key_A):
        QTest.keyClick(window.windowHandle(), letter)
    assert Slow.made[1].fields[0].text() == "la"
    assert Slow.made[0].fields[0].text() == ""


def test_shortcut_pressed_meanwhile_is_heard_by_the_room_that_was_asked_for(window: Window) -> None:
    window.go("advice")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert [room.asked for room in Slow.made] == [0, 1]


def test_click_meanwhile_falls_on_the_room_that_was_asked_for(window: Window) -> None:
    window.go("advice")
    spot = Slow.made[0].fields[2].mapTo(window, Slow.made[0].fields[2].rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert Slow.made[1].fields[2].hasFocus()


def test_going_elsewhere_meanwhile_leaves_nothing_of_the_room(window: Window, qtbot: QtBot) -> None:
    window.go("advice")
    half = Slow.made[1]
    window.go("clients")
    assert window.current_room() == "clients"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(half)
    assert window.stack.count() == 1
    assert not window.places.can(1)
    whole = window.open_room("advice")
    assert whole is Slow.made[2]
    assert Slow.made[2].looks == 1


def test_forgetting_the_rooms_meanwhile_leaves_nothing_of_any(window: Window) -> None:
    window.go("advice")
    window.close_rooms()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [isValid(room) for room in Slow.made] == [False, False]
    assert window.current_room() == ""
    QApplication.processEvents()
    assert len(Slow.made) == 2


def test_change_meanwhile_is_seen_when_the_room_is_there(window: Window, qtbot: QtBot) -> None:
    window.go("advice")
    window.on_changed({"advice"})
    qtbot.waitUntil(lambda: window.stack.currentWidget() is Slow.made[1])
    assert Slow.made[1].looks == 1
    window.open_room("clients")
    window.on_changed({"advice"})
    window.go("advice")
    assert Slow.made[1].looks == 2


def test_what_is_to_be_done_there_is_done_when_the_room_is_there(window: Window, qtbot: QtBot) -> None:
    told: list[Room] = []
    window.go("advice", then=told.append)
    assert told == []
    qtbot.waitUntil(lambda: told == [Slow.made[1]])
    assert Slow.made[1].isVisible()
    window.go("clients", then=told.append)
    assert told == [Slow.made[1], Slow.made[0]]


def test_way_back_and_forward_goes_by_the_rooms_that_were_seen(window: Window, qtbot: QtBot) -> None:
    window.go("advice", 3)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is Slow.made[1])
    window.step(-1)
    assert window.current_room() == "clients"
    window.step(1)
    assert (window.current_room(), Slow.made[1].shown) == ("advice", [3, 3])
