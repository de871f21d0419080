"""A real open practice, the real window around its rooms, and the hands that type in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.practice import Practice
from desktop import sentences
from desktop.practice import OpenPractice
from desktop.rooms import frame
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.clients.page import ClientsPage
from desktop.rooms.engagements.page import EngagementsPage
from desktop.shell import style
from desktop.shell.window import RoomEntry, Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform complains that it can do less than a real one; that says nothing about the rooms."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Every test starts in the light scheme."""
    style.apply(qapp, "light")
    return qapp


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    """The bridge to an empty practice."""
    return OpenPractice(practice)


@pytest.fixture
def window(desk: OpenPractice, qtbot: QtBot) -> Iterator[Window]:
    """The window with its three working rooms, on the screen and with the focus."""
    made = Window(
        [
            RoomEntry("clients", "Clients", "users", lambda: ClientsPage(desk)),
            RoomEntry("engagements", "Engagements", "briefcase", lambda: EngagementsPage(desk)),
            RoomEntry("advice", "Advice", "scroll-text", lambda: AdvicePage(desk)),
        ]
    )
    qtbot.addWidget(made)
    desk.changed.connect(made.on_changed)
    desk.done.connect(lambda step: made.toast(sentences.step_words(step), "Undo", desk.undo))
    desk.refused.connect(lambda refused: made.toast(sentences.refusal(refused)))
    made.log_advice.connect(lambda: frame.log_advice(made))
    made.undo.connect(desk.undo)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close_rooms()


@pytest.fixture
def client(desk: OpenPractice) -> int:
    """A client who is a person."""
    party = NewParty(given_name="Iñaki", family_name="Larrea")
    return int(str(desk.do(add_client, NewClient(party=party, standing="client", grade="A")).result))


@pytest.fixture
def engagement(desk: OpenPractice, client: int) -> int:
    """The client's only engagement, under way."""
    new = NewEngagement(client_id=client, title="Larrea v. Portus", stage="active")
    return int(str(desk.do(add_engagement, new).result))


class Keys:
    """Presses keys and types text where the focus is, as a user without a mouse does."""

    def focus(self) -> QWidget:
        """Where the keyboard goes: an open list of suggestions or a menu, else the widget with the focus."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, Window):
                top.current_room()  # a room that is on its way is there before these hands go on
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, text: str) -> None:
        """Type a text; letters that a plain keyboard lacks come as from an input method."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focus(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self.focus(), event)

    def press(self, *keys: str) -> None:
        """Press keys by name, one after the other: 'Tab', 'Ctrl+Return', 'Esc'."""
        for key in keys:
            pressed: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self.focus(), pressed.key(), pressed.keyboardModifiers())

    def fill(self, *texts: str) -> None:
        """Type a text into each field in turn, going on with Tab; an empty text leaves a field as it is."""
        for text in texts:
            self.type(text)
            self.press("Tab")


@pytest.fixture
def keys() -> Keys:
    """Hands on the keyboard: what they press goes to whatever has the focus."""
    return Keys()
