"""Proof that the client's page tells, shows, keeps and briefs as one works with it."""

from __future__ import annotations

import datetime as dt
import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db import attachments, clients, custom_fields, engagements, followups, history, parties, trust
from db.attachments import NewAttachment
from db.custom_fields import NewField
from db.engagements import NewRole
from db.followups import NewFollowUp
from db.parties import NewLink, NewParty
from db.trust import NewPromise, NewTrustNote, Settling
from desktop import opened
from desktop.practice import OpenPractice
from desktop.rooms.brief import BriefSheet, brief_here
from desktop.rooms.clients.page import ClientsPage
from desktop.shell.window import Window
from desktop.widgets.chip import ChipButton
from desktop.widgets.paragraph import Paragraph
from tests.made import let_be_made
from tests.rooms.conftest import Keys

TODAY = dt.date.today()
TOLD = "He will retire in June and nobody knows."


def opened_on(window: Window, client: int, qtbot: QtBot) -> ClientsPage:
    page = window.open_room("clients")
    assert isinstance(page, ClientsPage)
    page.show_record(client)
    qtbot.waitUntil(lambda: page.view.head is not None and page.view.head.client.id == client)
    return page


def said(within: QWidget) -> str:
    labels = [one.text() for one in within.findChildren(QLabel) if one.isVisible()]
    paragraphs = [one.text() for one in within.findChildren(Paragraph) if one.isVisible()]
    buttons = [one.accessibleName() for one in within.findChildren(QPushButton) if one.isVisible()]
    return "\n".join([*labels, *paragraphs, *buttons])


def press(within: QWidget, words: str) -> None:
    next(one for one in within.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()).click()


def party(desk: OpenPractice, name: str) -> int:
    return int(str(desk.do(parties.add_party, NewParty(kind="organisation", name=name)).result))


def picture(path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


def test_head_says_who_pays_and_how_to_reach_him(
    window: Window, desk: OpenPractice, client: int, engagement: int, qtbot: QtBot
) -> None:
    payer = party(desk, "Larrea Navieras")
    desk.do(engagements.add_role, NewRole(engagement_id=engagement, party_id=payer, kind="pays"))
    own = desk.ask(clients.list_client_rows, [client])[0].party_id
    contacts = [parties.NewContact(kind="phone", value="+34 944 000 117")]
    desk.do(parties.edit_party, own, parties.PartyEdit(contacts=contacts))
    page = opened_on(window, client, qtbot)
    assert "C-0001 · Larrea Navieras pays" in said(page.view.top)
    used: list[str] = []
    page.view.top.open_address = used.append
    press(page.view.top, "+34 944 000 117")
    assert used == ["tel:+34944000117"]
    press(page.view.top, "Copy +34 944 000 117")
    assert QGuiApplication.clipboard().text() == "+34 944 000 117"


def test_story_is_loaded_as_one_scrolls_and_holds_everything_once(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    for number in range(130):
        desk.practice.do(followups.add_follow_up, NewFollowUp(client_id=client, due_on=TODAY, what=f"Step {number}"))
    page = opened_on(window, client, qtbot)
    assert len(page.view.timeline.moments()) == 50
    bar = page.view.timeline.verticalScrollBar()
    for _time in range(6):
        bar.setValue(bar.maximum())
        QApplication.processEvents()
    keys = [moment.key for moment in page.view.timeline.moments()]
    assert len(keys) == len(set(keys)) == 131


def test_story_is_narrowed_by_a_chip(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    desk.do(trust.add_promise, NewPromise(client_id=client, text="Call"))
    page = opened_on(window, client, qtbot)
    chips = [one for one in page.view.story.filters.findChildren(ChipButton) if one.isVisible()]
    assert [chip.text() for chip in chips] == ["Promises", "Standing"]
    chips[0].click()
    assert [moment.key[0] for moment in page.view.timeline.moments()] == ["promise"]
    chips[0].click()
    assert len(page.view.timeline.moments()) == 2


def test_confidences_are_locked_again_when_the_room_is_left(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    desk.do(trust.note_trust, NewTrustNote(client_id=client, kind="confidence", text=TOLD))
    page = opened_on(window, client, qtbot)
    page.view.open_confidences()
    assert TOLD in repr(page.view.timeline.moments())
    window.open_room("engagements")
    window.open_room("clients")
    assert TOLD not in repr(page.view.timeline.moments())
    assert desk.ask(history.list_steps)[0].verb == "open_confidences"


def test_kept_rate_says_which_promises_it_counts(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    kept = int(str(desk.do(trust.add_promise, NewPromise(client_id=client, text="Send it")).result))
    desk.do(trust.keep_promise, kept, Settling())
    lost = int(str(desk.do(trust.add_promise, NewPromise(client_id=client, text="Ring him")).result))
    desk.do(trust.break_promise, lost, Settling(words="Forgotten"))
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("trust")
    let_be_made()
    before = said(page.view.stack).count("Ring him")
    press(page.view, "1 of 2 promises kept in time")
    QApplication.processEvents()
    assert said(page.view.stack).count("Ring him") == before + 1


def test_people_are_walked_from_one_page_to_the_next_and_back(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    own = desk.ask(clients.list_client_rows, [client])[0].party_id
    firm = party(desk, "Larrea Navieras")
    desk.do(parties.link_parties, NewLink(from_id=own, to_id=firm, kind="director of"))
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("people")
    let_be_made()
    assert "Director of" in said(page.view.stack)
    press(page.view, "Larrea Navieras")
    qtbot.waitUntil(page.met.isVisible)
    assert "Directed by" in said(page.met)
    press(page.met, "Iñaki Larrea")
    qtbot.waitUntil(lambda: page.current_client() == client and page.view.isVisible())


def test_field_is_saved_on_leaving_it_and_undone(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    page = opened_on(window, client, qtbot)
    page.view.edit()
    assert page.view.details.form is not None
    city = page.view.details.form.fields["city"]
    city.setFocus()
    keys.type("Bilbao")
    keys.press("Tab")
    assert desk.ask(clients.list_client_rows, [client])[0].city == "Bilbao"
    desk.undo()
    assert desk.ask(clients.list_client_rows, [client])[0].city == ""
    assert city.value() == ""


def test_escape_takes_back_what_is_typed_and_return_saves(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    page = opened_on(window, client, qtbot)
    page.view.edit()
    assert page.view.details.form is not None
    city = page.view.details.form.fields["city"]
    city.setFocus()
    keys.type("Bilb")
    keys.press("Esc")
    assert city.value() == ""
    keys.type("Getxo")
    keys.press("Return")
    assert desk.ask(clients.list_client_rows, [client])[0].city == "Getxo"


def test_practices_own_field_is_filled_in_place_and_refused_beside_it(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    desk.do(custom_fields.define_field, NewField(name="Ships", kind="number"))
    page = opened_on(window, client, qtbot)
    page.view.edit()
    form = page.view.details.own.form
    assert form is not None
    form.fields["Ships"].setFocus()
    keys.type("many")
    keys.press("Return")
    assert form.fields["Ships"].error()
    form.fields["Ships"].set_value("4")
    keys.press("Return")
    assert [row.value for row in desk.ask(custom_fields.values_of, "client", client)] == ["4"]


def test_file_is_kept_by_dropping_it(
    window: Window, desk: OpenPractice, client: int, tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened_on(window, client, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "quay.png")))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(40, 300), copy, data, left, Qt.KeyboardModifier.NoModifier)
    page.view.dropEvent(event)
    assert [row.name for row in desk.ask(attachments.list_attachments, client)] == ["quay.png"]


def test_picture_on_the_clipboard_is_kept_as_a_file(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    page = opened_on(window, client, qtbot)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    page.view.timeline.setFocus()
    keys.press("Ctrl+V")
    rows = desk.ask(attachments.list_attachments, client)
    assert [row.media_type for row in rows] == ["image/png"]
    assert page.view.tabs.current() == "files"
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    next(one for one in page.view.files.findChildren(QPushButton) if one.isVisible()).setFocus()
    keys.press("Ctrl+V")
    assert len({row.sha256 for row in desk.ask(attachments.list_attachments, client)}) == 2


def test_photo_is_shown_in_the_window_and_escape_leads_back(
    window: Window, desk: OpenPractice, client: int, tmp_path: Path, keys: Keys, qtbot: QtBot
) -> None:
    new = NewAttachment(path=picture(tmp_path / "quay.png"), client_id=client)
    desk.do(attachments.attach, new)
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("files")
    files = page.view.files
    qtbot.waitUntil(lambda: files._lines[0].picture.has_picture())
    press(page.view, "quay.png")
    view = files.viewing
    assert view is not None
    qtbot.waitUntil(lambda: any(one.pixmap().width() == 60 for one in view.findChildren(QLabel)))
    keys.press("Esc")
    assert files.viewing is None


def test_opened_file_is_a_private_copy_that_goes_on_closing(
    window: Window, desk: OpenPractice, client: int, home: Path, qtbot: QtBot
) -> None:
    desk.do(attachments.attach, NewAttachment(name="deed.txt", content=b"the deed", client_id=client))
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("files")
    handed: list[Path] = []
    page.view.files.open_path = handed.append
    press(page.view, "Open")
    assert handed[0].read_bytes() == b"the deed"
    assert handed[0].name == "deed.txt"
    if sys.platform != "win32":
        assert stat.S_IMODE((home / "opened").stat().st_mode) == 0o700
        assert stat.S_IMODE(handed[0].stat().st_mode) == 0o600
    opened.clear()
    assert list((home / "opened").iterdir()) == []


def test_copies_that_a_crash_left_are_removed_at_the_next_start(desk: OpenPractice, home: Path) -> None:
    left = home / "opened" / "tmpcrashed"
    left.mkdir(parents=True)
    (left / "deed.txt").write_text("the deed", "utf-8")
    OpenPractice(desk.practice)
    assert not left.exists()


def test_brief_comes_by_one_key_without_the_confidences(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    desk.do(trust.note_trust, NewTrustNote(client_id=client, kind="confidence", text=TOLD))
    due = TODAY - dt.timedelta(days=3)
    late = NewPromise(client_id=client, text="Send the draft", made_on=due, due_on=due)
    desk.do(trust.add_promise, late)
    page = opened_on(window, client, qtbot)
    page.view.timeline.setFocus()
    keys.press("B")
    (sheet,) = page.findChildren(BriefSheet)
    assert sheet.isVisible()
    let_be_made()
    words = said(sheet)
    assert "“Send the draft” is late. Say why, and when it will be done." in words
    assert "3 days late" in [chip.accessibleName() for chip in sheet.findChildren(QWidget)]
    assert TOLD not in words
    press(sheet, "Show")
    QApplication.processEvents()
    assert TOLD in said(sheet)
    assert desk.ask(history.list_steps)[0].verb == "open_confidences"
    keys.press("Esc")
    qtbot.waitUntil(lambda: not page.findChildren(BriefSheet))
    assert page.view.timeline.hasFocus()


def test_brief_of_the_current_client_comes_in_any_room(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys, qtbot: QtBot
) -> None:
    window.brief.connect(lambda: brief_here(window, desk))
    page = opened_on(window, client, qtbot)
    page.table.setFocus()
    keys.press("Ctrl+B")
    (sheet,) = window.findChildren(BriefSheet)
    assert sheet.told.head.client.id == client
    keys.press("Esc")
    qtbot.waitUntil(lambda: not window.findChildren(BriefSheet))
    assert page.table.hasFocus()


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_brief_on_paper_is_one_page_and_keeps_what_was_told_in_confidence(
    desk: OpenPractice, client: int, language: str
) -> None:
    from desktop.reports import brief
    from tests.reports.reading import text as text_of

    for number in range(12):
        words = f"Promise {number} " + "with many words that go on and on " * 12
        desk.practice.do(trust.add_promise, NewPromise(client_id=client, text=words, due_on=TODAY))
        note = NewTrustNote(client_id=client, kind="concern", text=f"Concern {number} " + "because of this " * 30)
        desk.practice.do(trust.note_trust, note)
    desk.do(trust.note_trust, NewTrustNote(client_id=client, kind="confidence", text=TOLD))
    moment = dt.datetime.now().astimezone()
    made = brief.render(desk.ask(brief.facts, client, language, moment), invariant=True)
    words = text_of(made)
    assert made.pages == 1
    assert "Iñaki Larrea" in words
    assert "retire" not in words
