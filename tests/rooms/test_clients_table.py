"""Proof that the table of clients is filtered, kept in views, shaped, and acted on, through the real room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from db import client_lists, views
from db.client_lists import Condition
from db.clients import NewClient, add_client
from db.custom_fields import NewField, define_field, set_value
from db.parties import NewContact, NewParty
from db.people import NewPerson, add_person
from desktop import opened, settings
from desktop.practice import OpenPractice
from desktop.rooms.clients import page as room_page
from desktop.rooms.clients.page import ClientsPage
from desktop.shell.window import RoomEntry, Window
from tests.rooms.conftest import Keys


@pytest.fixture
def page(desk: OpenPractice, window: Window) -> ClientsPage:
    """The room with Ada (A, Arts), Ben (B, a prospect) and Cy."""
    for name, standing, grade, tags in (
        ("Ada", "client", "A", ["Arts"]),
        ("Ben", "prospect", "B", []),
        ("Cy", "client", None, []),
    ):
        contact = NewContact(kind="email", value=f"{name.lower()}@{name.lower()}.example")
        party = NewParty(name=name, tags=tags, contacts=[contact])
        desk.do(add_client, NewClient.model_validate({"party": party, "standing": standing, "grade": grade}))
    made = window.open_room("clients")
    assert isinstance(made, ClientsPage)
    made.table.setFocus()
    return made


def names(page: ClientsPage) -> str:
    rows = page.table.rows
    return " ".join(str(rows.row_object(at).name) for at in range(rows.rowCount()))


def find(menu: QMenu, *path: str) -> QAction:
    """The action at the end of a path through a menu; parts that are filled when they open are opened."""
    for at, words in enumerate(path):
        (action,) = [one for one in menu.actions() if one.text().split("\t")[0] == words]
        if at == len(path) - 1:
            return action
        menu = QMenu.menuInAction(action) if hasattr(QMenu, "menuInAction") else action.menu()  # type: ignore[assignment]
        menu.aboutToShow.emit()
    raise AssertionError(path)


def open_menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


# ---------------------------------------------------------------------- filtering


def test_a_filter_is_added_from_the_menu_by_key_and_taken_off_with_backspace(page: ClientsPage, keys: Keys) -> None:
    keys.press("+")
    find(open_menu(), "Grade", "Grade A").trigger()
    open_menu().close()
    assert names(page) == "Ada"
    assert page.pane._note.text() == "1"
    page.filters.chips[0].setFocus()
    keys.press("Backspace")
    assert names(page) == "Ada Ben Cy"
    assert page.filters.chips == []


def test_two_filters_narrow_and_many_of_them_get_a_line_of_their_own(page: ClientsPage) -> None:
    page.filters.put(Condition("standing", "client"))
    assert not page.filters.strip.isVisible()
    page.filters.put(Condition("tag", "Arts"))
    page.filters.put(Condition("no contact", 90))
    assert names(page) == "Ada"
    assert page.filters.strip.isVisible()


def test_the_menu_offers_what_stands_in_the_file(page: ClientsPage, desk: OpenPractice) -> None:
    desk.do(define_field, NewField(name="Sector"))
    desk.do(set_value, "client", page.table.rows.id_at(1) or 0, "Sector", "Art & craft")
    desk.do(add_person, NewPerson(name="Elena Vega"))
    menu = page.filters.menu()
    assert find(menu, "Responsible", "Elena Vega").isEnabled()
    find(menu, "Sector", "Sector: Art && craft").trigger()
    assert names(page) == "Ben"
    assert page.filters.chips[0].accessibleName() == "Filter: Sector: Art & craft"


def test_nobody_fits_says_so_and_clears(page: ClientsPage) -> None:
    page.filters.put(Condition("city", "Nowhere"))
    assert page._none.isVisible()
    assert page._none.button is not None
    page._none.button.click()
    assert names(page) == "Ada Ben Cy"
    assert page.table.isVisible()


# ---------------------------------------------------------------------- views


def test_a_view_is_saved_chosen_and_its_saving_undone(page: ClientsPage, desk: OpenPractice) -> None:
    page.filters.put(Condition("grade", "A"))
    page.table.sort("number", descending=True)
    page.views.ask_name()
    assert page.form is not None
    page.form.set_values({"name": "Priority A"})
    page.form.submitted.emit()
    assert page.pane._title.text() == "Priority A"
    page.clear_filters()
    page.table.sort("name")
    assert page.pane._title.text() == "Clients"
    find(page.views.menu_of_views(), "Priority A").trigger()
    assert names(page) == "Ada"
    assert (page.table.rows.sort_key, page.table.rows.descending) == ("number", True)
    desk.undo()
    assert desk.ask(views.list_views, "clients") == []
    assert page.pane._title.text() == "Clients"


def test_a_view_keeps_the_words_that_were_typed(page: ClientsPage) -> None:
    page.field.setText("be")
    page.views.save("Bens")
    assert page.field.text() == ""
    assert names(page) == "Ben"


def test_a_view_that_has_the_name_is_refused_beside_it(page: ClientsPage) -> None:
    page.views.save("One")
    page.views.save("Two")
    assert page.views.current is not None
    page.views.ask_rename(page.views.current)
    assert page.form is not None
    page.form.set_values({"name": "One"})
    page.form.submitted.emit()
    assert page.form is not None
    assert "One" in page.form.fields["name"].error()


# ---------------------------------------------------------------------- columns


def test_chosen_columns_are_remembered_on_this_computer(desk: OpenPractice, qtbot: QtBot) -> None:
    def opened_window() -> tuple[Window, ClientsPage]:
        window = Window([RoomEntry("clients", "Clients", "users", lambda: ClientsPage(desk))], settings.load())
        qtbot.addWidget(window)
        window.show()
        made = window.open_room("clients")
        assert isinstance(made, ClientsPage)
        return window, made

    window, page = opened_window()
    page.table.choose("city", True)
    page.table.choose("trust", False)
    window.close()
    window.close_rooms()
    window, page = opened_window()
    assert "city" in page.table.chosen()
    assert "trust" not in page.table.chosen()
    page.table.forget_shape()
    assert "trust" in page.table.chosen()
    window.close_rooms()


def test_a_custom_field_becomes_a_column_that_sorts(page: ClientsPage, desk: OpenPractice) -> None:
    desk.do(define_field, NewField(name="Sector"))
    ada, ben = page.table.rows.id_at(0) or 0, page.table.rows.id_at(1) or 0
    desk.do(set_value, "client", ada, "Sector", "Zinc")
    desk.do(set_value, "client", ben, "Sector", "Art")
    page.table.choose("custom:Sector", True)
    page.table.sort("custom:Sector")
    assert names(page) == "Ben Ada Cy"
    at = next(at for at, column in enumerate(page.table.rows.columns) if column.key == "custom:Sector")
    assert page.table.rows.index(0, at).data() == "Art"


def test_columns_are_chosen_by_key_and_from_the_header(page: ClientsPage, keys: Keys) -> None:
    keys.press("Alt+C")
    find(open_menu(), "City").trigger()
    open_menu().close()
    assert "city" in page.table.chosen()


# ---------------------------------------------------------------------- many at once


def test_several_are_tagged_as_one_step_and_stay_selected(page: ClientsPage, desk: OpenPractice, keys: Keys) -> None:
    page.table.select(page.table.rows.id_at(0) or 0)
    keys.press("Shift+Down", "Shift+Down")
    assert page.bulk.isVisible()
    assert page.bulk.words.text() == "3 selected"
    find(page.bulk.tag_menu(), "Arts").trigger()
    assert page.table.selected_count() == 3
    rows = desk.ask(client_lists.list_client_rows, page.table.selected_ids())
    assert [row.tags for row in rows] == [("Arts",)] * 3
    desk.undo()
    rows = desk.ask(client_lists.list_client_rows, page.table.selected_ids())
    assert [row.tags for row in rows] == [("Arts",), (), ()]


def test_a_new_tag_without_a_name_is_refused_beside_it(page: ClientsPage) -> None:
    page.table.selectAll()
    find(page.bulk.tag_menu(), "New tag …").trigger()
    assert page.form is not None
    page.form.submitted.emit()
    assert page.form is not None
    assert page.form.fields["tag"].error()


def test_many_are_changed_by_a_job_and_come_back_by_undo(
    page: ClientsPage, desk: OpenPractice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.rooms.clients.bulk.AT_ONCE", 1)
    page.table.selectAll()
    find(page.bulk.grade_menu(), "Grade D").trigger()
    assert page.bulk._cancel.isVisible()
    qtbot.waitUntil(lambda: len(desk.ask(client_lists.list_client_ids, grade="D")) == 3)
    qtbot.waitUntil(lambda: page.bulk.buttons["grade"].isVisible())
    desk.undo()
    assert desk.ask(client_lists.list_client_ids, grade="D") == []


def test_leaving_needs_its_reason_and_is_kept_for_all(page: ClientsPage, desk: OpenPractice) -> None:
    page.table.selectAll()
    page.bulk.ask_standing()
    assert page.form is not None
    page.form.set_values({"standing": "former"})
    page.form.submitted.emit()
    assert page.form is not None
    assert page.form.fields["reason"].error()
    page.form.set_values({"reason": "price"})
    page.form.submitted.emit()
    assert len(desk.ask(client_lists.list_client_ids, standing="former")) == 3


def test_delete_takes_the_selected_away_and_undo_brings_them_back(
    page: ClientsPage, desk: OpenPractice, keys: Keys
) -> None:
    page.table.select(page.table.rows.id_at(0) or 0)
    keys.press("Shift+Down", "Del")
    assert names(page) == "Cy"
    desk.undo()
    assert names(page) == "Ada Ben Cy"


# ---------------------------------------------------------------------- menus, dragging and copying


def test_the_menu_key_offers_what_can_be_done_with_the_client(page: ClientsPage, keys: Keys) -> None:
    page.table.select(page.table.rows.id_at(1) or 0)
    menu = page.table.menu()
    assert menu is not None
    find(menu, "Copy the e-mail").trigger()
    assert QApplication.clipboard().text() == "ben@ben.example"
    assert not find(menu, "Copy the phone number").isEnabled()
    find(menu, "New promise").trigger()
    assert page.form is not None


def test_several_clients_are_carried_as_one_file_of_cards(page: ClientsPage) -> None:
    page.table.selectAll()
    assert page.table._carried is not None
    data = page.table._carried(page.table.selected_ids())
    assert data is not None
    assert data.text() == "Ada\nBen\nCy"
    assert bytes(data.data("text/vcard").data()).count(b"BEGIN:VCARD") == 3
    (url,) = data.urls()
    path = Path(QUrl(url).toLocalFile())
    assert path.suffix == ".vcf"
    assert path.read_bytes().count(b"FN:Ben") == 1
    opened.clear()
    assert not path.exists()


def test_copied_clients_are_text_and_cards(page: ClientsPage, keys: Keys) -> None:
    page.table.select(page.table.rows.id_at(0) or 0)
    keys.press("Ctrl+C")
    data = QApplication.clipboard().mimeData()
    assert data.text().split("\t")[:3] == ["Ada", "Client", "A"]
    assert b"ada@ada.example" in bytes(data.data("text/vcard").data())


# ---------------------------------------------------------------------- large files


def test_a_large_list_comes_from_a_job_and_the_old_order_stays_until_then(
    page: ClientsPage, desk: OpenPractice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_page, "MANY", 0)
    page.table.select(page.table.rows.id_at(0) or 0)
    page.table.sort("name", descending=True)
    assert names(page) == "Ada Ben Cy"
    assert page.table.rows.loading
    with qtbot.waitSignal(page.table.loaded):
        pass
    assert names(page) == "Cy Ben Ada"
    assert page.table.current_id() == page.table.rows.id_at(2)
    page.field.setText("b")
    page.field.setText("be")
    qtbot.waitUntil(lambda: names(page) == "Ben" and not page.table.rows.loading)
    fresh = int(str(desk.do(add_client, NewClient(party=NewParty(name="Dora"))).result))
    page.show_record(fresh)
    qtbot.waitUntil(lambda: page.table.current_id() == fresh)
    qtbot.waitUntil(lambda: page.view.head is not None and page.view.head.client.name == "Dora")


def test_an_extended_selection_shows_the_row_that_is_current(page: ClientsPage) -> None:
    page.table.selectAll()
    page.table.select(page.table.rows.id_at(1) or 0)
    assert page.view.head is not None
    assert page.view.head.client.name == "Ben"
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.selected_ids() == [page.table.rows.id_at(at) for at in range(3)]
