"""Proof that clients are added, found, read and changed on the screen as in the file, by keyboard alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db import attachments, clients, followups, history, overview, parties, trust
from db.client_lists import Condition
from db.clients import ClientEdit, NewClient, add_client, edit_client, list_client_rows
from db.parties import NewParty
from db.trust import NewPromise, NewTrustNote
from db.words import Grade
from desktop.practice import OpenPractice
from desktop.rooms.clients.files import FilesTab
from desktop.rooms.clients.form import ClientForm
from desktop.rooms.clients.page import ClientsPage
from desktop.shell.window import Window
from tests.made import let_be_made
from tests.rooms.conftest import Keys

TOLD = "He will retire in June and nobody knows."


def room(window: Window) -> ClientsPage:
    found = window.open_room("clients")
    assert isinstance(found, ClientsPage)
    return found


def new_client(desk: OpenPractice, name: str, grade: Grade | None = None) -> int:
    party = NewParty(kind="organisation", name=name)
    return int(str(desk.do(add_client, NewClient(party=party, standing="client", grade=grade)).result))


def press(within: QWidget, words: str) -> None:
    next(one for one in within.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()).click()


def names(page: ClientsPage) -> list[str]:
    return [page.table.rows.row_object(at).name for at in range(page.table.rows.rowCount())]


def told(page: ClientsPage) -> list[str]:
    return [f"{moment.title}|{moment.chip_text}|{moment.body}" for moment in page.view.timeline.moments()]


def details_form(page: ClientsPage) -> ClientForm:
    """The form of the tab Details, which is made when the tab is first looked at."""
    form = page.view.details.form
    assert form is not None
    return form


def test_a_client_is_added_by_keyboard(window: Window, desk: OpenPractice, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Ctrl+N")
    keys.press("Tab")
    keys.fill("Zofia", "Dąbrowska")
    keys.press("Ctrl+Return")
    assert names(page) == ["Dąbrowska, Zofia"]
    row = desk.ask(list_client_rows, [page.table.current_id() or 0])[0]
    assert (row.name, row.number, row.standing) == ("Zofia Dąbrowska", "C-0001", "enquiry")
    assert page.form is None


def test_a_client_without_a_name_is_refused_beside_the_name(window: Window, desk: OpenPractice, keys: Keys) -> None:
    page = room(window)
    page.write()
    keys.press("Ctrl+Return")
    assert page.form is not None
    assert page.form.fields["given_name"].error() == "This is needed."
    assert desk.ask(clients.list_client_ids) == []


def test_an_organisation_has_one_name(window: Window, desk: OpenPractice, keys: Keys) -> None:
    page = room(window)
    page.write()
    assert page.form is not None
    page.form.fields["kind"].set_value("organisation")
    assert page.form.fields["given_name"].isHidden()
    page.form.fields["name"].setFocus()
    keys.type("Portus Terminal")
    keys.press("Ctrl+Return")
    assert names(page) == ["Portus Terminal"]


def test_escape_adds_nobody_and_gives_the_focus_back(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("N")
    keys.press("Esc")
    assert desk.ask(clients.list_client_ids) == [client]
    assert page.table.hasFocus()


def test_letters_filter_the_table_and_escape_lists_all_again(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    new_client(desk, "Ferrand Atelier")
    page = room(window)
    page.table.setFocus()
    keys.type("ferr")
    assert names(page) == ["Ferrand Atelier"]
    assert page.view.head is not None
    assert page.view.head.client.name == "Ferrand Atelier"
    keys.press("Esc")
    assert names(page) == ["Ferrand Atelier", "Larrea, Iñaki"]


def test_a_filter_by_grade_lists_only_those(window: Window, desk: OpenPractice, client: int) -> None:
    new_client(desk, "Ferrand Atelier", grade="B")
    page = room(window)
    page.filters.put(Condition("grade", "A"))
    assert names(page) == ["Larrea, Iñaki"]
    page.clear_filters()
    assert len(names(page)) == 2


def test_a_record_that_is_filtered_away_is_shown_all_the_same(window: Window, desk: OpenPractice, client: int) -> None:
    other = new_client(desk, "Ferrand Atelier")
    page = room(window)
    page.filters.put(Condition("grade", "A"))
    page.show_record(other)
    assert page.table.current_id() == other


def test_enter_goes_to_the_story(window: Window, client: int, engagement: int, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Return")
    assert page.view.timeline.hasFocus()
    assert page.view.timeline.current_key() is not None


def test_escape_leads_from_the_story_back_to_the_table(window: Window, client: int, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Return", "Esc")
    assert page.table.hasFocus()


def test_n_adds_a_client_only_where_the_table_has_the_focus(window: Window, client: int, keys: Keys) -> None:
    page = room(window)
    page.view.timeline.setFocus()
    keys.press("N")
    assert page.form is None
    page.table.setFocus()
    keys.press("N")
    assert page.form is not None


def test_escape_in_the_details_puts_them_back(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    page = room(window)
    page.view.edit()
    form = details_form(page)
    form.set_values({"city": "Bilbao"})
    keys.press("Esc")
    assert form.fields["city"].value() == ""


def test_what_was_promised_today_stands_above_the_story(window: Window, desk: OpenPractice, client: int) -> None:
    desk.do(edit_client, client, ClientEdit(valued="being told first"))
    today = dt.date.today()
    desk.do(trust.add_promise, NewPromise(client_id=client, text="Call", due_on=today, due_time="16:00"))
    later = today + dt.timedelta(days=3)
    desk.do(trust.add_promise, NewPromise(client_id=client, text="Write", due_on=later))
    page = room(window)
    assert page.view.callout.text() == "Call — promised for today, 16:00. Being told first."
    assert "Promise: Call|Due|Due today 16:00." in told(page)


def test_a_promise_is_typed_and_kept(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Ctrl+Shift+P")
    keys.type("Send the draft")
    keys.press("Tab", "Tab")
    keys.type("tomorrow")
    keys.press("Ctrl+Return")
    promise = desk.ask(trust.list_promises, client)[0]
    assert (promise.text, promise.due_on) == ("Send the draft", dt.date.today() + dt.timedelta(days=1))
    page.view.tabs.choose("trust")
    let_be_made()
    press(page.view, "Kept")
    assert desk.ask(trust.list_promises, client)[0].status == "kept"
    let_be_made()
    assert "1 of 1 promise kept in time" in [one.accessibleName() for one in page.view.findChildren(QPushButton)]


def test_a_broken_promise_needs_its_reason(window: Window, desk: OpenPractice, client: int) -> None:
    desk.do(trust.add_promise, NewPromise(client_id=client, text="Send the draft"))
    page = room(window)
    page.view.tabs.choose("trust")
    let_be_made()
    press(page.view, "Broken")
    assert page.form is not None
    page.form.submitted.emit()
    assert page.form.fields["words"].error() == "This is needed."
    page.form.set_values({"words": "We were late."})
    page.form.submitted.emit()
    assert desk.ask(trust.list_promises, client)[0].status == "broken"


def confide(desk: OpenPractice, client: int) -> None:
    desk.do(trust.note_trust, NewTrustNote(client_id=client, kind="confidence", text=TOLD))


def test_a_confidence_is_typed_by_keyboard(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Ctrl+Shift+C")
    keys.type(TOLD)
    keys.press("Ctrl+Return")
    notes = desk.ask(trust.list_trust_notes, client, confidences=True)
    assert [(note.kind, note.text, note.restricted) for note in notes] == [("confidence", TOLD, True)]
    assert "Confidence|In confidence|Shown only when you ask for it." in told(page)


def test_a_confidence_shows_only_after_a_clear_yes_that_leaves_a_trace(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    confide(desk, client)
    page = room(window)
    page.table.setFocus()
    keys.press("Return")
    assert page.view.timeline.moments()[0].title == "Confidence"
    keys.press("Return")
    assert TOLD not in " ".join(told(page))
    keys.press("Return")
    assert f"Confidence|In confidence|{TOLD}" in told(page)
    assert desk.ask(history.list_steps)[0].verb == "open_confidences"
    other = new_client(desk, "Ferrand Atelier")
    page.show_record(other)
    page.show_record(client)
    assert TOLD not in " ".join(told(page))


def test_a_confidence_stays_hidden_where_it_was_not_asked_for(window: Window, desk: OpenPractice, client: int) -> None:
    confide(desk, client)
    page = room(window)
    for key in ("trust", "people", "files", "details", "story"):
        page.view.tabs.choose(key)
        let_be_made()
        shown = [one.text() for one in page.view.findChildren(QLabel)]
        shown += [one.accessibleName() for one in page.view.findChildren(QWidget)]
        assert TOLD not in " ".join(shown)


def test_every_field_of_the_details_is_changed_in_place(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("F2")
    details = page.view.stack.currentWidget()
    assert isinstance(details, QWidget)
    form = details_form(page)
    form.set_values(
        {
            "contacts": "inaki@example.org (work) *\n+34 944 000 117",
            "other_names": "Nickname: Kiki",
            "tax_ids": "NIF: 12345678Z (ES)",
            "tags": "shipping, priority, shipping",
            "city": "Bilbao",
            "rhythm_days": "30",
            "valued": "Being told first",
        }
    )
    keys.press("Ctrl+Return")
    brief = desk.ask(overview.brief, client)
    party = brief.party.party
    assert [(one.kind, one.value, one.purpose, one.preferred) for one in party.contacts] == [
        ("email", "inaki@example.org", "work", True),
        ("phone", "+34 944 000 117", "", False),
    ]
    assert [(one.kind, one.name) for one in party.other_names] == [("nickname", "Kiki")]
    assert [(one.kind, one.value, one.country) for one in party.tax_ids] == [("NIF", "12345678Z", "ES")]
    assert party.tags == ["shipping", "priority"]
    assert (party.addresses[0].city, brief.valued) == ("Bilbao", "Being told first")
    assert (party.name, brief.client.grade) == ("Iñaki Larrea", "A")
    assert desk.ask(clients.get_client_file, client).rhythm_days == 30


def test_only_what_was_changed_is_written(window: Window, desk: OpenPractice, client: int) -> None:
    page = room(window)
    page.view.edit()
    form = details_form(page)
    form.set_values({"contacts": "inaki@example.org"})
    form.submitted.emit()
    form = details_form(page)
    form.set_values({"city": "Bilbao"})
    form.submitted.emit()
    kinds = [change.kind for change in desk.ask(history.record_history, "contact_point", 1)]
    assert kinds == ["insert"]
    assert desk.ask(overview.brief, client).party.party.addresses[0].city == "Bilbao"


def test_what_is_no_number_is_refused_and_stays_to_be_mended(window: Window, desk: OpenPractice, client: int) -> None:
    page = room(window)
    page.view.edit()
    form = details_form(page)
    form.set_values({"rhythm_days": "often", "city": "Bilbao"})
    form.submitted.emit()
    assert form.fields["rhythm_days"].error() == "“often” is not a number."
    assert form.fields["city"].value() == "Bilbao"
    assert desk.ask(overview.brief, client).party.party.addresses == []


def test_typed_details_survive_a_change_from_elsewhere(window: Window, desk: OpenPractice, client: int) -> None:
    page = room(window)
    page.view.edit()
    form = details_form(page)
    form.set_values({"city": "Bilbao"})
    desk.do(followups.add_follow_up, followups.NewFollowUp(client_id=client, due_on=dt.date.today(), what="Call"))
    assert page.view.details.form is form
    assert form.fields["city"].value() == "Bilbao"


def test_somebody_new_is_linked_and_becomes_a_party(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    page = room(window)
    page.view.tabs.choose("people")
    let_be_made()
    press(page.view, "Link somebody")
    assert page.form is not None
    page.form.set_values({"kind": "director of", "new": "organisation"})
    page.form.fields["to_id"].setFocus()
    keys.type("Larrea Navieras")
    keys.press("Ctrl+Return")
    party_id = desk.ask(list_client_rows, [client])[0].party_id
    assert [(link.kind, link.name) for link in desk.ask(parties.list_links, party_id)] == [
        ("director of", "Larrea Navieras")
    ]
    let_be_made()
    press(page.view, "Unlink")
    assert desk.ask(parties.list_links, party_id) == []


def test_files_are_kept_with_the_client(window: Window, desk: OpenPractice, client: int, tmp_path: Path) -> None:
    deed = tmp_path / "deed.pdf"
    deed.write_bytes(b"%PDF-1.7 a deed")
    page = room(window)
    page.view.tabs.choose("files")
    files = page.view.stack.currentWidget()
    assert isinstance(files, FilesTab)
    files.attach([deed])
    rows = desk.ask(attachments.list_attachments, client)
    assert [row.name for row in rows] == ["deed.pdf"]
    press(page.view, "Take off")
    assert desk.ask(attachments.list_attachments, client) == []


def test_undo_takes_a_client_back_off_the_table(window: Window, desk: OpenPractice, client: int) -> None:
    page = room(window)
    new_client(desk, "Ferrand Atelier")
    assert len(names(page)) == 2
    desk.undo()
    assert names(page) == ["Larrea, Iñaki"]


def test_an_empty_practice_says_what_to_do(window: Window, desk: OpenPractice) -> None:
    page = room(window)
    press(page.pane, "New client")
    assert page.form is not None


def test_markup_in_a_name_is_shown_as_typed(window: Window, desk: OpenPractice) -> None:
    new_client(desk, "<img src=x> & <b>Co</b>")
    page = room(window)
    titles = [one for one in page.view.findChildren(QLabel) if one.text() == "<img src=x> & <b>Co</b>"]
    assert {one.textFormat() for one in titles} == {Qt.TextFormat.PlainText}
    assert names(page) == ["<img src=x> & <b>Co</b>"]


def test_everything_on_the_page_has_a_name_for_who_cannot_see_it(
    window: Window, desk: OpenPractice, client: int, engagement: int, qtbot: QtBot
) -> None:
    confide(desk, client)
    page = room(window)
    page.write()
    able: list[QWidget] = [
        *page.findChildren(QLineEdit),
        *page.findChildren(QTextEdit),
        *page.findChildren(QPushButton),
    ]
    assert [one for one in able if one.isVisible() and not one.accessibleName()] == []
