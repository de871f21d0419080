"""Proof that whoever is on file without being a client is found, shown, and made a client."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from db import clients, parties
from db.client_lists import Condition
from db.clients import list_client_rows
from db.parties import NewContact, NewParty
from desktop.practice import OpenPractice
from desktop.rooms.clients.form import ClientForm
from desktop.shell.window import Window
from tests.rooms.conftest import Keys
from tests.rooms.test_clients import names, new_client, press, room


def met(desk: OpenPractice, given: str, family: str, email: str) -> int:
    party = NewParty(
        given_name=given, family_name=family, contacts=[NewContact(kind="email", value=email)], source="Address book"
    )
    return int(str(desk.do(parties.add_party, party).result))


def test_who_is_on_file_is_made_a_client_while_his_name_is_typed(
    window: Window, desk: OpenPractice, keys: Keys
) -> None:
    party = met(desk, "Iñaki", "Larrea", "inaki@larrea.example")
    page = room(window)
    page.write()
    keys.press("Tab")
    keys.fill("Iñaki")
    keys.type("Larrea")
    assert isinstance(page.form, ClientForm)
    assert page.form.on_file.isVisible()
    assert "Iñaki Larrea" in page.form.on_file.text()
    keys.press("Down", "Space")
    keys.press("Ctrl+Return")
    assert page.form is None
    (client,) = desk.ask(clients.list_client_ids)
    (row,) = desk.ask(list_client_rows, [client])
    assert (row.party_id, row.standing) == (party, "client")
    assert page.current_client() == client


def test_a_client_already_is_gone_to_instead_of_being_added_twice(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    new_client(desk, "Dąbrowska Holding")
    page = room(window)
    page.write()
    keys.press("Tab", "Tab")
    keys.type("Larr")
    keys.press("Down", "Space")
    assert page.form is None
    assert page.current_client() == client
    assert len(desk.ask(clients.list_client_ids)) == 2


def test_a_new_name_is_not_said_to_be_on_file(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    page = room(window)
    page.write()
    keys.press("Tab", "Tab")
    keys.type("Larr")
    assert isinstance(page.form, ClientForm)
    assert page.form.on_file.isVisible()
    keys.type("ikson")
    assert not page.form.on_file.isVisible()


def test_the_filter_finds_who_is_on_file_after_the_clients(window: Window, desk: OpenPractice, client: int) -> None:
    met(desk, "Ignacia", "Larrea", "ignacia@larrea.example")
    met(desk, "Ann", "Marlow", "ann@marlow.example")
    page = room(window)
    assert names(page) == ["Larrea, Iñaki"]
    page.field.setText("larrea")
    assert names(page) == ["Larrea, Iñaki", "Ignacia Larrea"]
    page.filters.put(Condition("grade", "A"))
    assert names(page) == ["Larrea, Iñaki"]


def test_a_party_opens_with_what_is_known_and_is_no_client(window: Window, desk: OpenPractice, client: int) -> None:
    party = met(desk, "Ann", "Marlow", "ann@marlow.example")
    page = room(window)
    page.show_record(-party)
    assert names(page) == ["Ann Marlow"]
    assert page.current_client() is None
    assert page.met.isVisible()
    assert not page.view.isVisible()
    press(page, "Make a client")
    assert page.form is not None
    page.form.submitted.emit()
    assert len(desk.ask(clients.list_client_ids)) == 2
    assert page.view.isVisible()
    page.show_record(-party)
    assert page.current_client() == max(desk.ask(clients.list_client_ids))


def test_an_address_book_without_clients_says_where_its_people_are(window: Window, desk: OpenPractice) -> None:
    met(desk, "Ann", "Marlow", "ann@marlow.example")
    page = room(window)
    words = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert any(one.startswith("1 name is on file already.") for one in words)


def test_columns_give_way_before_the_table_scrolls_sideways(window: Window, client: int) -> None:
    window.resize(1280, 800)
    page = room(window)
    shown = [column.key for at, column in enumerate(page.table.rows.columns) if not page.table.isColumnHidden(at)]
    assert shown == page.table.chosen()
    window.resize(window.minimumWidth(), 640)
    QApplication.processEvents()
    shown = [column.key for at, column in enumerate(page.table.rows.columns) if not page.table.isColumnHidden(at)]
    assert shown[:2] == ["name", "shown_standing"]
    assert "trust" not in shown
    assert not page.table.horizontalScrollBar().isVisible()
