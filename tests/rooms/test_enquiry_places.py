"""Where an enquiry is decided: on its client's page, on its engagement's, and in the room of the conflict checks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.conflicts import list_checks
from db.enquiries import Named, NewEnquiry, log_enquiry
from db.parties import NewParty
from desktop.practice import OpenPractice
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.shell.window import Window


def _submit(qtbot: QtBot, window: Any) -> None:
    with qtbot.waitSignal(window.saved, timeout=15_000):
        window.form.submitted.emit()


def test_the_page_of_an_enquiry_offers_to_decide_and_that_of_a_client_does_not(
    window: Window, client: int, desk: OpenPractice, qtbot: QtBot
) -> None:
    asked = int(str(desk.do(log_enquiry, NewEnquiry(caller=Named(name="Rosa Benedetti")), "Tess").result))
    room: Any = window.open_room("clients", client)
    assert not room.view.take_on.isVisible()
    window.open_room("clients", asked)
    assert room.view.take_on.isVisible()
    QTest.mouseClick(room.view.decline, Qt.MouseButton.LeftButton)
    (opened,) = window.findChildren(BesideWindow)
    assert opened.heading.text() == "Decline Rosa Benedetti"
    _submit(qtbot, opened)
    assert not room.view.take_on.isVisible()


def test_the_page_of_an_engagement_that_is_asked_for_offers_to_decide(
    window: Window, engagement: int, desk: OpenPractice, qtbot: QtBot
) -> None:
    new = NewEnquiry(caller=Named(name="Rosa Benedetti"), area="Tenancy")
    desk.do(log_enquiry, new, "Tess")
    room: Any = window.open_room("engagements", engagement)
    assert not _offered(room, "Take on")
    window.open_room("engagements", engagement + 1)
    assert _offered(room, "Decline")
    next(one for one in room.commands() if one.title == "Take on").do()
    (opened,) = window.findChildren(BesideWindow)
    assert opened.heading.text() == "Take on Rosa Benedetti"
    _submit(qtbot, opened)
    assert not _offered(room, "Take on")


def _offered(room: Any, title: str) -> bool:
    return any(one.title == title and one.possible() for one in room.commands())


def test_what_an_enquiry_left_open_is_decided_in_the_room_of_the_checks(desk: OpenPractice, qtbot: QtBot) -> None:
    desk.do(add_client, NewClient(party=NewParty(name="Ana Bell"), standing="client"))
    new = NewEnquiry(caller=Named(name="Rosa Benedetti"), opponents=[Named(name="Ana Bell")])
    caller = int(str(desk.do(log_enquiry, new, "Tess").result))
    (left_open,) = desk.ask(list_checks)
    page = ConflictsPage(desk).whole()
    qtbot.addWidget(page)
    page.show()
    page.show_record(left_open.id)
    assert "Rosa Benedetti" in page.note.text()
    assert page.decide.isVisible()
    page.open_form()
    assert page.form is not None
    page.form.set_values({"decision": "declined", "reason": "We act for Ana Bell"})
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: len(desk.ask(list_checks, client_id=caller)) == 2)
    decided, _before = desk.ask(list_checks, client_id=caller)
    assert (decided.decision, decided.client_id) == ("declined", caller)
    page.show_record(decided.id)
    assert not page.decide.isVisible()
