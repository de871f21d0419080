"""The Trust room: promises and notes written, settled and shown by keyboard, and confidences kept until asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.history import list_steps
from db.parties import NewParty
from db.trust import (
    NewPromise,
    NewTrustNote,
    Settling,
    add_promise,
    keep_promise,
    list_promises,
    list_trust_notes,
    note_trust,
    release_promise,
)
from db.words import PromiseBy
from desktop.practice import OpenPractice
from desktop.rooms.trust.page import TrustPage
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.paragraph import Paragraph
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


@pytest.fixture
def client(desk: OpenPractice) -> int:
    """A client with an easy name."""
    new = NewClient(party=NewParty(kind="organisation", name="Portus Terminal"), standing="client")
    return int(str(desk.do(add_client, new).result))


@pytest.fixture
def room(desk: OpenPractice, client: int, qtbot: QtBot) -> Iterator[TrustPage]:
    """The room in the real window, with the focus."""
    window = Window([RoomEntry("trust", "Trust", "handshake", lambda: TrustPage(desk))])
    qtbot.addWidget(window)
    desk.changed.connect(window.on_changed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = window.open_room("trust")
    assert isinstance(made, TrustPage)
    yield made
    window.close_rooms()


def _promise(desk: OpenPractice, client: int, words: str, due: int | None, by: PromiseBy = "us") -> int:
    due_on = None if due is None else day(due)
    new = NewPromise(client_id=client, text=words, by=by, made_on=day(-30), due_on=due_on)
    return int(str(desk.do(add_promise, new).result))


def _listed(room: TrustPage) -> list[str]:
    model = room.table.rows
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _said(widget: QWidget) -> str:
    QApplication.processEvents()
    labels, paragraphs = widget.findChildren(QLabel), widget.findChildren(Paragraph)
    words = [made.text() for made in labels if made.isVisible()]
    words += [made.text() for made in paragraphs if made.isVisible()]
    return "\n".join(words)


def test_a_promise_is_noted_by_keyboard_alone(room: TrustPage, desk: OpenPractice, keys: Keys) -> None:
    keys.press("Ctrl+N")
    keys.type("Portus")
    keys.press("Down", "Return", "Tab")
    keys.fill("Send the draft of the lease", "", "tomorrow")
    keys.press("Ctrl+Return")
    (promise,) = desk.ask(list_promises)
    assert (promise.text, promise.due_on, promise.by) == ("Send the draft of the lease", day(1), "us")
    assert room.form is None
    assert _listed(room) == ["Send the draft of the lease"]


def test_a_promise_without_client_is_refused_beside_the_field(room: TrustPage, desk: OpenPractice, keys: Keys) -> None:
    keys.press("Ctrl+N", "Ctrl+Return")
    assert room.form is not None
    assert room.form.fields["client_id"].error() == "This is needed."
    keys.press("Esc")
    assert room.form is None
    assert desk.ask(list_promises) == []


def test_tabs_divide_due_open_and_settled(room: TrustPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    _promise(desk, client, "Late", -2)
    _promise(desk, client, "Far", 30)
    _promise(desk, client, "Undated", None)
    assert _listed(room) == ["Late"]
    room.tabs.choose("open")
    assert _listed(room) == ["Late", "Far", "Undated"]
    room.tabs.choose("settled")
    assert room._bodies.currentWidget() is room._empties


def test_k_keeps_and_the_kept_rate_counts_it(room: TrustPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    _promise(desk, client, "Send the draft", 0)
    room.table.select(_promise(desk, client, "Late one", -3))
    room.table.setFocus()
    keys.press("K")
    assert room.form is not None
    keys.press("Tab")
    keys.type("Sent")
    keys.press("Ctrl+Return")
    room.table.setFocus()
    keys.press("K", "Ctrl+Return")
    kept = {row.text: (row.status, row.evidence) for row in desk.ask(list_promises)}
    assert kept == {"Late one": ("late", "Sent"), "Send the draft": ("kept", "")}
    room.tabs.choose("settled")
    assert room.rate.text() == "Kept in time: 1 of 2"


def test_the_kept_rate_shows_the_promises_behind_it(room: TrustPage, desk: OpenPractice, client: int) -> None:
    desk.do(keep_promise, _promise(desk, client, "Ours kept", 3), Settling())
    desk.do(release_promise, _promise(desk, client, "Ours released", 3), Settling(words="By letter"))
    desk.do(keep_promise, _promise(desk, client, "Theirs kept", 3, by="client"), Settling())
    room.tabs.choose("settled")
    assert len(_listed(room)) == 3
    room.rate.click()
    assert _listed(room) == ["Ours kept"]


def test_a_broken_promise_needs_its_reason(room: TrustPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    _promise(desk, client, "Send the draft", 0)
    room.table.setFocus()
    keys.press("B", "Ctrl+Return")
    assert room.form is not None
    assert room.form.fields["words"].error() == "This is needed."
    keys.type("Forgotten while on leave")
    keys.press("Ctrl+Return")
    (promise,) = desk.ask(list_promises)
    assert (promise.status, promise.evidence) == ("broken", "Forgotten while on leave")


def test_a_new_date_is_agreed_before_the_old_one_passes(
    room: TrustPage, desk: OpenPractice, client: int, keys: Keys
) -> None:
    _promise(desk, client, "Send the draft", 2)
    room.table.setFocus()
    keys.press("R")
    keys.fill(f"{day(9):%Y-%m-%d}", "Marta")
    keys.press("Ctrl+Return")
    assert {(row.status, row.due_on) for row in desk.ask(list_promises)} == {
        ("renegotiated", day(2)),
        ("open", day(9)),
    }


def test_a_late_promise_cannot_get_a_new_date(room: TrustPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    _promise(desk, client, "Send the draft", -2)
    room.table.setFocus()
    keys.press("R")
    assert room.form is None


def test_a_confidence_is_hidden_until_asked_for_and_hidden_again(
    room: TrustPage, desk: OpenPractice, client: int, keys: Keys
) -> None:
    secret = "The son does not want the company"
    desk.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text=secret))
    room.tabs.choose("notes")
    room.table.setFocus()
    assert secret not in _said(room)
    keys.press("S")
    assert secret in _said(room.detail)
    assert desk.ask(list_steps, limit=1)[0].verb == "open_confidences"
    room.tabs.choose("due")
    room.tabs.choose("notes")
    assert secret not in _said(room.detail)


def test_a_filter_does_not_betray_a_confidence(room: TrustPage, desk: OpenPractice, client: int) -> None:
    desk.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text="He will divorce"))
    desk.do(note_trust, NewTrustNote(client_id=client, kind="signal", text="He asked about divorce"))
    room.tabs.choose("notes")
    room.field.setText("divorce")
    assert _listed(room) == ["Signal"]


def test_a_note_is_written_and_a_concern_resolved(room: TrustPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    room.write_note()
    assert room.form is not None
    room.form.fields["client_id"].set_value((client, "Portus Terminal"))
    room.form.set_values({"kind": "concern", "effect": -2, "facet": "reliability", "text": "Late <b>again</b>"})
    keys.press("Ctrl+Return")
    (note,) = desk.ask(list_trust_notes)
    assert (note.kind, note.effect, note.facet, note.restricted) == ("concern", -2, "reliability", False)
    room.tabs.choose("notes")
    room.table.setFocus()
    assert "Late <b>again</b>" in _said(room.detail)
    keys.press("E")
    keys.type("We call on Mondays now")
    keys.press("Ctrl+Return")
    (note,) = desk.ask(list_trust_notes)
    assert (note.resolved_on, note.learned) == (TODAY, "We call on Mondays now")


def test_a_record_of_either_noun_is_brought_into_view(room: TrustPage, desk: OpenPractice, client: int) -> None:
    promise = _promise(desk, client, "Send the draft", 30)
    note = int(str(desk.do(note_trust, NewTrustNote(client_id=client, kind="thanks", text="Thank you")).result))
    room.show_record(promise)
    assert (room.tabs.current(), room.table.current_id()) == ("open", promise)
    room.show_record(-note)
    assert (room.tabs.current(), room.table.current_id()) == ("notes", note)
