"""The Referrals room: noted with people not known yet, thanked by a key, and asked only when it is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.followups import list_follow_ups
from db.insights import NewInsight, record_insight
from db.parties import NewParty
from db.referrals import ReferralRow, list_referral_ids, list_referral_rows
from db.rows import scalar
from db.trust import NewPromise, Settling, add_promise, keep_promise, list_trust_notes
from desktop.practice import OpenPractice
from desktop.rooms.referrals.page import ReferralsPage
from desktop.shell.window import RoomEntry, Window
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


def _add(desk: OpenPractice, name: str, **more: object) -> int:
    values = {"party": NewParty(kind="organisation", name=name), "standing": "client", **more}
    return int(str(desk.do(add_client, NewClient.model_validate(values)).result))


@pytest.fixture
def sender(desk: OpenPractice) -> int:
    """A client who sent another."""
    return _add(desk, "Gestoría Ansó")


@pytest.fixture
def room(desk: OpenPractice, sender: int, qtbot: QtBot) -> Iterator[ReferralsPage]:
    """The room in the real window, with the focus; thanks are owed to the sender."""
    party = desk.ask(scalar, "SELECT party_id FROM client WHERE id = ?", sender)
    _add(desk, "Larrea", referred_by_id=party)
    window = Window([RoomEntry("referrals", "Referrals", "share-2", lambda: ReferralsPage(desk))])
    qtbot.addWidget(window)
    desk.changed.connect(window.on_changed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = window.open_room("referrals")
    assert isinstance(made, ReferralsPage)
    yield made
    window.close_rooms()


def _all(desk: OpenPractice) -> list[ReferralRow]:
    return desk.ask(list_referral_rows, desk.ask(list_referral_ids))


def test_t_thanks_the_sender_and_makes_the_note_and_the_next_step(
    room: ReferralsPage, desk: OpenPractice, sender: int, keys: Keys
) -> None:
    keys.press("T")
    assert room.form is not None
    keys.type("Called her")
    room.form.set_values({"marks": {"trust_note"}, "follow_up_on": TODAY + dt.timedelta(days=9)})
    keys.press("Ctrl+Return")
    (row,) = _all(desk)
    assert (row.sender, row.sent, row.thanked_on, row.thanked_how) == ("Gestoría Ansó", "Larrea", TODAY, "Called her")
    assert [note.kind for note in desk.ask(list_trust_notes, sender)] == ["thanks"]
    assert len(desk.ask(list_follow_ups, sender)) == 1
    assert room.current() is None
    desk.undo()
    assert room.row().state == "thanks owed"


def test_thanks_say_how(room: ReferralsPage, desk: OpenPractice, keys: Keys) -> None:
    keys.press("T", "Ctrl+Return")
    assert room.form is not None
    assert room.form.fields["how"].error() == "This is needed."
    assert _all(desk)[0].thanked_on is None


def test_a_referral_is_noted_by_keyboard_with_people_not_known_yet(
    room: ReferralsPage, desk: OpenPractice, keys: Keys
) -> None:
    keys.press("N")
    keys.press("Tab", "Tab")
    keys.type("Notary Alba")
    keys.press("Tab", "Tab")
    keys.type("Bruno Sanz")
    keys.press("Tab", "Tab")
    keys.type("A will")
    keys.press("Ctrl+Return")
    row = next(row for row in _all(desk) if row.id > 0)
    assert (row.sender, row.sent, row.what_for, row.direction) == ("Notary Alba", "Bruno Sanz", "A will", "in")
    assert room.current() == row.id
    desk.undo()
    assert desk.ask(scalar, "SELECT count(*) FROM party WHERE name = 'Notary Alba'") == 0


def test_who_sends_himself_is_refused_beside_the_sender(room: ReferralsPage, desk: OpenPractice, keys: Keys) -> None:
    room.write()
    form = room.form
    assert form is not None
    party = desk.ask(scalar, "SELECT party_id FROM client LIMIT 1")
    form.set_values({"sent": (party, "Gestoría Ansó"), "other": (party, "Gestoría Ansó")})
    form.submitted.emit()
    assert form.fields["other"].error() == "Nobody can send himself. Choose somebody else."
    form.fields["sent"].set_value(None)
    form.submitted.emit()
    assert form.fields["sent"].error() == "This is needed."


def test_what_came_of_it_is_kept(room: ReferralsPage, desk: OpenPractice, keys: Keys) -> None:
    keys.press("O")
    keys.type("Two matters, both won")
    keys.press("Ctrl+Return")
    assert _all(desk)[0].outcome == "Two matters, both won"


def test_whom_it_is_right_to_ask_stands_with_reasons_and_a_key(
    room: ReferralsPage, desk: OpenPractice, keys: Keys
) -> None:
    client = _add(desk, "Pleased Ltd")
    promise = desk.do(add_promise, NewPromise(client_id=client, text="Send it", due_on=TODAY)).result
    desk.do(keep_promise, int(str(promise)), Settling())
    desk.do(record_insight, NewInsight(client_id=client, kind="praise", verbatim="Splendid"))
    room.tabs.choose("ask")
    room.rest()
    assert room.current() == client
    keys.press("A", "Ctrl+Return")
    (step,) = desk.ask(list_follow_ups, client)
    assert (step.due_on, step.what) == (TODAY, "Ask whom else we could help")


def test_only_what_was_written_can_be_removed(room: ReferralsPage, desk: OpenPractice, keys: Keys) -> None:
    keys.press("Del")
    assert len(_all(desk)) == 1
    keys.press("O")
    keys.type("Nothing")
    keys.press("Ctrl+Return")
    room.rest()
    keys.press("Del")
    assert [row.id < 0 for row in _all(desk)] == [True]
