"""The room of requests: the clock shown while typing, identity first, items by keys, the pack, the mark, erasure."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.held import list_items
from db.parties import NewContact, NewParty
from db.privacy import RequestRow, list_requests
from db.reviews import add_months
from db.rows import scalar
from db.trust import NewTrustNote, note_trust
from desktop import messages
from desktop.practice import OpenPractice
from desktop.rooms.privacy.page import PrivacyPage
from desktop.shell.window import RoomEntry, Window
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


@pytest.fixture
def person(desk: OpenPractice) -> int:
    """A client with a contact, two entries and a confidence."""
    contact = NewContact(kind="email", value="ana@vega.example")
    party = NewParty(given_name="Ana", family_name="Vega", contacts=[contact])
    client = int(str(desk.do(add_client, NewClient(party=party, standing="client")).result))
    for question in ("Settle?", "Appeal?"):
        desk.do(log_advice, NewAdvice(client_id=client, question=question, advice="Yes", record=True))
    desk.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text="Marzipan"))
    return client


@pytest.fixture
def room(desk: OpenPractice, person: int, qtbot: QtBot) -> Iterator[PrivacyPage]:
    """The room in the real window, with the focus."""
    window = Window([RoomEntry("privacy", "Requests", "shield", lambda: PrivacyPage(desk))])
    qtbot.addWidget(window)
    desk.changed.connect(window.on_changed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = window.open_room("privacy")
    assert isinstance(made, PrivacyPage)
    yield made
    window.close_rooms()


def _request(desk: OpenPractice) -> RequestRow:
    (row,) = desk.ask(list_requests)
    return row


def _log(room: PrivacyPage, keys: Keys, kind: str = "access", *, verified: bool = True) -> None:
    keys.press("Ctrl+N")
    keys.type("Ana")
    keys.press("Down", "Return")
    assert room.form is not None
    room.form.set_values({"kind": kind, "how": "E-mail", "words": "All of it, please"})
    keys.press("Ctrl+Return")
    assert room.form is None
    # A list of suggestions that closes takes the focus of a screenless window with it.
    QApplication.processEvents()
    room.window().activateWindow()
    QApplication.processEvents()
    if verified:
        room.rest()
        keys.press("V")
        keys.type("Passport seen")
        keys.press("Ctrl+Return")


def test_the_day_it_is_due_is_said_while_the_request_is_written(
    room: PrivacyPage, desk: OpenPractice, keys: Keys
) -> None:
    room.write()
    form = room.form
    assert form is not None
    form.set_values({"received_on": dt.date(2026, 1, 31)})
    form.fields["received_on"].changed.emit()
    assert "28 February 2026" in form.bar.text()
    keys.press("Ctrl+Return")
    assert form.fields["party_id"].error() == "This is needed."
    keys.press("Esc")
    _log(room, keys, verified=False)
    assert (_request(desk).due_on, _request(desk).words) == (add_months(TODAY, 1), "All of it, please")


def test_nothing_is_given_before_it_is_known_who_asks(
    room: PrivacyPage, desk: OpenPractice, keys: Keys, qtbot: QtBot
) -> None:
    _log(room, keys, verified=False)
    room.rest()
    keys.press("R")
    with qtbot.waitSignal(desk.refused) as refused:
        keys.press("G")
    assert refused.args[0].code == "identity-first"
    assert _request(desk).given == 0


def test_everything_is_reviewed_by_keys_and_the_pack_is_built(
    room: PrivacyPage, desk: OpenPractice, keys: Keys, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _log(room, keys)
    room.rest()
    keys.press("R")
    pressed = 0
    while any(not item.decision for item in desk.ask(list_items, _request(desk).id)):
        item = room.items._items[(room.items.table.current_id() or 1) - 1]
        if item.hint:
            keys.press("Shift+W")
            keys.press("Ctrl+Return")
        else:
            keys.press("Shift+G")
        room.items.table.setFocus()
        pressed += 1
        assert pressed < 20
    items = desk.ask(list_items, _request(desk).id)
    assert {item.noun: item.decision for item in items}["advice"] == "given"
    assert {(item.decision, item.ground) for item in items if item.noun == "trust_note"} == {("withheld", "confidence")}
    keys.press("Esc")
    path = tmp_path / "Data of Ana Vega.zip"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: path)
    keys.press("P")
    qtbot.waitUntil(path.exists)
    with zipfile.ZipFile(path) as pack:
        texts = {name: pack.read(name).decode("utf-8-sig") for name in pack.namelist()}
    assert "Settle?" in texts["index.html"]
    assert "Marzipan" not in "".join(texts.values())
    keys.press("C")
    assert room.form is not None
    assert room.form.fields["outcome"].value() == "partly"
    room.form.submitted.emit()
    assert room.form.fields["words"].error() == "This is needed."
    room.form.set_values({"words": "Sent by post"})
    room.form.submitted.emit()
    assert (_request(desk).closed_on, _request(desk).outcome) == (TODAY, "partly: Sent by post")


def test_one_key_gives_all_that_nothing_speaks_against(room: PrivacyPage, desk: OpenPractice, keys: Keys) -> None:
    _log(room, keys)
    room.rest()
    keys.press("R", "A")
    items = desk.ask(list_items, _request(desk).id)
    assert {item.decision for item in items if item.hint} == {""}
    assert {item.decision for item in items if not item.hint} == {"given"}


def test_undo_takes_a_decision_back_in_view(room: PrivacyPage, desk: OpenPractice, keys: Keys) -> None:
    _log(room, keys)
    room.rest()
    keys.press("R", "G")
    assert room.items._items[0].decision == "given"
    desk.undo()
    assert room.items._items[0].decision == ""


def test_an_objection_is_marked_by_m_and_lifted_by_l(room: PrivacyPage, desk: OpenPractice, keys: Keys) -> None:
    _log(room, keys, "objection")
    room.rest()
    keys.press("M")
    assert _request(desk).marked_on == TODAY
    keys.press("L")
    assert _request(desk).marked_on is None


def test_erasure_asks_first_and_says_what_stays(
    room: PrivacyPage, desk: OpenPractice, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _log(room, keys, "erasure")
    room.rest()
    monkeypatch.setattr(messages, "ask", lambda *_: False)
    keys.press("E")
    assert desk.ask(scalar, "SELECT count(*) FROM contact_point") == 1
    monkeypatch.setattr(messages, "ask", lambda *_: True)
    keys.press("E")
    qtbot.waitUntil(lambda: desk.ask(scalar, "SELECT count(*) FROM contact_point") == 0)
    assert desk.ask(scalar, "SELECT count(*) FROM advice") == 2
    assert desk.practice.check().problems == []


def test_where_else_the_name_stands_joins_the_list(
    room: PrivacyPage, desk: OpenPractice, keys: Keys, qtbot: QtBot
) -> None:
    other = int(str(desk.do(add_client, NewClient(party=NewParty(name="Bruno", kind="person"))).result))
    desk.do(log_advice, NewAdvice(client_id=other, question="Is Ana Vega liable?", advice="No", record=True))
    _log(room, keys)
    room.rest()
    keys.press("R")
    qtbot.waitUntil(lambda: any(item.elsewhere == "Bruno" for item in room.items._items))
    (found,) = [item for item in room.items._items if item.elsewhere]
    assert (found.title, found.hint) == ("Is Ana Vega liable?", "third party")
