"""Settings: the history is sifted and told in words, the trash gives back and is emptied, tags and fields are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.clients import ClientEdit, NewClient, add_client, edit_client
from db.custom_fields import list_fields
from db.fees import NewFee, add_fee, delete_fee, list_fees
from db.parties import NewParty, PartyEdit, edit_party
from db.people import NewPerson, add_person, list_people
from db.tags import TagRow, list_tags
from db.trash import count_trash
from desktop.practice import OpenPractice
from desktop.reversal import Reversal
from desktop.rooms.settings.page import SettingsPage, tab_titles
from desktop.shell.window import RoomEntry, Window

LONG = 20_000


@pytest.fixture
def window(desk: OpenPractice, qtbot: QtBot) -> Iterator[Window]:
    """The window with the Settings room, where Undo is done beside it as in the program."""
    made = Window([RoomEntry("settings", "Settings", "settings", lambda: SettingsPage(desk))])
    qtbot.addWidget(made)
    reversal = Reversal(desk, made, made)
    made.undo.connect(lambda: reversal.ask("undo"))
    made.redo.connect(lambda: reversal.ask("redo"))
    desk.changed.connect(made.on_changed)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close_rooms()


def shown(window: Window, tab: str) -> Any:
    """One tab of the room."""
    page: Any = window.open_room("settings")
    page.show_tab(tab)
    return getattr(page, tab)


def press(widget: QWidget) -> None:
    """Click in the middle of a button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def titles(card: Any) -> list[str]:
    """The titles of the steps in view."""
    return [moment.title for moment in card.list.moments()]


@pytest.mark.parametrize("tab", list(tab_titles()))
def test_every_tab_opens(window: Window, tab: str) -> None:
    assert shown(window, tab).isVisible()


def test_undo_in_the_history_is_done_beside_the_window_and_redo_too(
    window: Window, desk: OpenPractice, qtbot: QtBot
) -> None:
    desk.do(add_person, NewPerson(name="Elena Noriega"))
    card = shown(window, "history")
    press(card.undo)
    qtbot.waitUntil(lambda: titles(card)[0] == "Undone: Person added", timeout=LONG)
    press(card.redo)
    qtbot.waitUntil(lambda: titles(card)[0] == "Redone: Person added", timeout=LONG)
    assert [person.name for person in desk.ask(list_people)] == ["Elena Noriega"]


def test_history_is_sifted_by_person_verb_and_client(window: Window, desk: OpenPractice) -> None:
    first = int(str(desk.do(add_client, NewClient(party=NewParty(name="First"))).result))
    desk.do(add_client, NewClient(party=NewParty(name="Second")))
    desk.practice.who = "Ana"
    desk.do(edit_client, first, ClientEdit(grade="A"))
    card = shown(window, "history")
    card.who.set_value("Ana")
    assert titles(card) == ["Client changed"]
    card.who.set_value("")
    card.verb.set_value("add_client")
    assert titles(card) == ["Client added", "Client added"]
    card.verb.set_value("")
    card.client.set_value((first, "First"))
    card.client.changed.emit()
    assert titles(card) == ["Client changed", "Client added"]
    for number in range(60):
        desk.do(edit_client, first, ClientEdit(grade="A" if number % 2 else "B"))
    card.verb.set_value("add_client")
    assert titles(card) == ["Client added"]
    card.verb.set_value("edit_client")
    assert len(titles(card)) == 50
    card.verb.set_value("")
    before = titles(card)
    QTest.keyClick(card.client.line, Qt.Key.Key_Backspace)
    assert titles(card) == before, "half a name sifts nothing yet"
    card.client.line.selectAll()
    QTest.keyClick(card.client.line, Qt.Key.Key_Backspace)
    assert len(titles(card)) == 50


def test_current_step_says_in_words_what_it_changed(window: Window, desk: OpenPractice) -> None:
    client = int(str(desk.do(add_client, NewClient(party=NewParty(name="First"), grade="B")).result))
    desk.do(edit_client, client, ClientEdit(grade="A", notes="Likes <b>calls</b>."))
    card = shown(window, "history")
    card.list.setFocus()
    card.list.setCurrentIndex(card.list.model().index(0, 0))
    told = card.list.moments()[0].body.splitlines()[-1]
    assert "grade: B → A" in told
    assert "notes: — → Likes <b>calls</b>." in told
    card.list.setCurrentIndex(card.list.model().index(1, 0))
    assert "Client “C-0001” added" in card.list.moments()[1].body


@pytest.fixture
def fee(desk: OpenPractice, client: int) -> int:
    """A fee that was deleted."""
    made = int(str(desk.do(add_fee, NewFee(client_id=client, amount_minor=5000)).result))
    desk.do(delete_fee, made)
    return made


def test_a_press_puts_back_what_was_deleted(
    window: Window, desk: OpenPractice, qtbot: QtBot, client: int, fee: int
) -> None:
    card = shown(window, "trash")
    assert [row.subject for row in card.rows] == ["Iñaki Larrea"]
    card.card.opened.emit(card.rows[0].step)
    qtbot.waitUntil(lambda: card.rows == [] and card._job is None, timeout=LONG)
    assert [row.amount_minor for row in desk.ask(list_fees, client)] == [5000]
    assert card.nothing.isVisible()


def test_the_trash_is_searched_by_name(window: Window, desk: OpenPractice, client: int, fee: int) -> None:
    card = shown(window, "trash")
    card.field.setText("larre")
    assert [row.subject for row in card.rows] == ["Iñaki Larrea"]
    card.field.setText("somebody else")
    assert (card.rows, card.none.isVisible(), card.nothing.isVisible()) == ([], True, False)
    assert not card.empty.isVisible(), "what is emptied is never what was sought alone"
    card.field.clear()
    assert card.empty.isVisible()


def test_what_cannot_be_put_back_is_said_in_the_page(
    window: Window, desk: OpenPractice, qtbot: QtBot, client: int, fee: int
) -> None:
    from db.clients import delete_client

    desk.do(delete_client, client)
    card = shown(window, "trash")
    card.put_back(card.rows[1].step)
    qtbot.waitUntil(lambda: card._job is None and card.bar.isVisible(), timeout=LONG)
    assert len(card.rows) == 2


def test_emptying_asks_a_second_time_in_its_place(window: Window, desk: OpenPractice, qtbot: QtBot, fee: int) -> None:
    card = shown(window, "trash")
    press(card.empty)
    assert desk.ask(count_trash) == 1
    assert card.warning.isVisible()
    press(card.keep)
    assert not card.sure.isVisible()
    press(card.empty)
    press(card.sure)
    qtbot.waitUntil(lambda: card.rows == [] and card._job is None, timeout=LONG)
    assert desk.ask(count_trash) == 0


def test_a_tag_is_renamed_into_another_and_deleted(
    window: Window, desk: OpenPractice, qtbot: QtBot, client: int
) -> None:
    desk.do(edit_party, 1, PartyEdit(tags=["ship", "sea"]))
    card = shown(window, "lists")
    card.edit_tag("ship")
    card.tag_form.set_values({"name": "sea"})
    card.tag_form.submitted.emit()
    qtbot.waitUntil(lambda: desk.ask(list_tags) == [TagRow("sea", 1)] and card._job is None, timeout=LONG)
    card.edit_tag("sea")
    card.delete_tag()
    qtbot.waitUntil(lambda: desk.ask(list_tags) == [] and card._job is None, timeout=LONG)
    assert card.no_tags.isVisible()


def test_a_field_is_made_refused_twice_renamed_and_deleted(window: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    card = shown(window, "lists")

    def done() -> bool:
        return card._job is None

    press(card.add)
    card.field_form.set_values({"name": "Class", "kind": "choice", "choices": "A1, B2"})
    card.field_form.submitted.emit()
    qtbot.waitUntil(done, timeout=LONG)
    (row,) = desk.ask(list_fields)
    assert (row.name, row.choices) == ("Class", ("A1", "B2"))
    press(card.add)
    card.field_form.set_values({"name": "Class"})
    card.field_form.submitted.emit()
    qtbot.waitUntil(done, timeout=LONG)
    assert card.field_form.fields["name"].error() == "There is a field of this name already."
    card.edit_field(row)
    card.field_form.set_values({"name": "Ship's class"})
    card.field_form.submitted.emit()
    qtbot.waitUntil(done, timeout=LONG)
    assert [each.name for each in desk.ask(list_fields)] == ["Ship's class"]
    card.edit_field(desk.ask(list_fields)[0])
    card.drop_field()
    qtbot.waitUntil(lambda: desk.ask(list_fields) == [] and done(), timeout=LONG)
