"""Today: each row is cleared by one key, and comes back when its day has come or the step is undone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from db.clients import ClientEdit, edit_client
from db.engagements import NewEngagement, add_engagement
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty, add_party
from db.practice import Practice
from db.rows import fetch
from db.today import list_waiting
from db.trust import (
    NewTrustNote,
    list_promises,
    note_trust,
)
from desktop import jobs
from desktop.practice import OpenPractice
from desktop.rooms.room import Room
from desktop.rooms.today.page import TodayPage
from desktop.shell.window import RoomEntry, Window
from tests.rooms.today.made import TODAY, Hands, a_client, a_deadline, a_promise, advise, day, made

# ---------------------------------------------------------------------- one key a row


def test_one_key_keeps_a_promise_and_goes_on_with_the_next_row(desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    a_promise(desk, client, "First", 0)
    a_promise(desk, client, "Second", 1)
    hands.to("First")
    hands.press(Qt.Key.Key_D)
    assert hands.here() == "Second"
    assert [row.split(",")[0] for row in hands.rows("promises")] == ["Second"]
    kept = [promise.text for promise in desk.ask(list_promises) if promise.status == "kept"]
    assert kept == ["First"]
    desk.undo()
    assert len(hands.rows("promises")) == 2


def test_a_promise_is_moved_before_its_day_with_whom_it_was_agreed(desk: OpenPractice, hands: Hands) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", 1)
    hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    hands.type("in two weeks")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("promises") == []
    moved = {promise.status: promise for promise in desk.ask(list_promises)}
    assert moved["open"].due_on == day(14)
    assert moved["renegotiated"].evidence == "Portus Terminal"


def test_a_late_promise_stays_late_and_comes_back_on_its_day(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", -3)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    assert row.strip is not None
    assert row.strip.way.question == "It stays late. Show it again"
    hands.type("in 2 days")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("promises") == []
    (promise,) = desk.ask(list_promises)
    assert promise.overdue_days == 3
    assert practice.ask(list_waiting, "promise", day(1)).total == 0
    assert practice.ask(list_waiting, "promise", day(2)).total == 1


def test_words_that_are_no_day_are_refused_beside_the_field(desk: OpenPractice, hands: Hands) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    hands.type("whenever")
    hands.press(Qt.Key.Key_Return)
    assert row.strip is not None
    assert row.strip.error().startswith("This is not a day we can read.")
    hands.press(Qt.Key.Key_Escape)
    assert hands.here() == "Send the draft"
    assert len(hands.rows("promises")) == 1


def test_what_is_not_needed_says_why_and_is_released(desk: OpenPractice, hands: Hands) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_N, Qt.Key.Key_Return)
    assert row.strip is not None
    assert row.strip.error() == "This is needed."
    hands.type("Marta no longer wants it")
    hands.press(Qt.Key.Key_Return)
    (promise,) = desk.ask(list_promises)
    assert (promise.status, promise.evidence) == ("released", "Marta no longer wants it")


def test_a_call_to_a_quiet_client_stands_in_the_story_and_rests_the_row_for_a_week(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    client = a_client(desk, "Hallberg Bros. AB")
    advise(desk, client, 64, 83, 102, 121)
    hands.to("Hallberg")
    hands.press(Qt.Key.Key_C)
    assert hands.rows("quiet") == []
    (step,) = desk.ask(fetch, "SELECT what, done_on FROM follow_up")
    assert tuple(step) == ("Call, to hear how things are", TODAY.isoformat())
    assert practice.ask(list_waiting, "quiet", day(6)).total == 0
    assert practice.ask(list_waiting, "quiet", day(7)).total == 1
    desk.undo()
    assert len(hands.rows("quiet")) == 1


def test_a_quiet_client_put_off_for_good_comes_back_with_a_new_silence(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    client = a_client(desk, "Hallberg Bros. AB")
    advise(desk, client, 64, 83, 102, 121)
    hands.to("Hallberg")
    hands.press(Qt.Key.Key_N)
    hands.type("on parental leave")
    hands.press(Qt.Key.Key_Return)
    assert practice.ask(list_waiting, "quiet", day(200)).total == 0
    advise(desk, client, 0)
    assert practice.ask(list_waiting, "quiet", day(1)).total == 0
    set_on = "UPDATE set_aside SET set_on = '" + day(-5).isoformat() + "'"
    practice.do(lambda session: session.connection().exec_driver_sql(set_on) and None)
    assert practice.ask(list_waiting, "quiet", day(200)).total == 1


def test_a_hearing_cannot_be_put_off_behind_its_day(desk: OpenPractice, hands: Hands) -> None:
    a_deadline(desk, a_client(desk, "Portus Terminal"), 5)
    row = hands.to("First hearing")
    assert row.way("C") is None
    hands.press(Qt.Key.Key_M)
    hands.type("in 2 weeks")
    hands.press(Qt.Key.Key_Return)
    assert row.strip is not None
    assert "cannot be put off" in row.strip.error()
    hands.press(Qt.Key.Key_Escape, Qt.Key.Key_D)
    assert hands.rows("deadlines") == []


def test_a_concern_is_resolved_with_what_was_learned(desk: OpenPractice, hands: Hands) -> None:
    desk.do(note_trust, NewTrustNote(client_id=a_client(desk, "Portus"), kind="concern", effect=-1, text="Fees."))
    hands.to("Fees.")
    hands.press(Qt.Key.Key_D)
    hands.type("Say the fee first")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("concerns") == []
    assert desk.ask(fetch, "SELECT learned FROM trust_note") == [("Say the fee first",)]


def test_the_day_is_cleared_by_one_key_a_row(desk: OpenPractice, hands: Hands, page: TodayPage) -> None:
    client = a_client(desk, "Portus Terminal")
    a_deadline(desk, client, 2)
    a_promise(desk, client, "Send the draft", -1)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Berth", stage="proposed", letter="sent"))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=TODAY, what="Call Marta"))
    sender = made(desk.do(add_party, NewParty(name="Gestoría Ansó", kind="organisation")))
    desk.do(edit_client, client, ClientEdit(referred_by_id=sender, since=day(-30)))
    hands.rest()
    pressed = 0
    page._left.setFocus()
    hands.press(Qt.Key.Key_Down)
    while page.listed():
        hands.press(Qt.Key.Key_D)
        hands.rest()
        pressed += 1
        assert pressed < 10
    assert pressed == 5
    assert hands.words() == "Nothing waits for you."
    assert page.quiet_day.isVisible()


def test_a_row_says_its_keys_while_it_has_the_focus(desk: OpenPractice, hands: Hands) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    assert [key.text() for key in row.face.keys if key.isVisible()] == ["Kept", "Called", "Move", "Not needed"]
    assert row.face.accessibleDescription() == "D: Kept; C: Called; M: Move; N: Not needed"


def test_each_row_opens_its_place(qtbot: QtBot, desk: OpenPractice) -> None:
    client = a_client(desk, "Portus Terminal")
    promise = a_promise(desk, client, "Send the draft", 0)
    opened: list[int] = []

    class Trust(Room):
        SHOWS = frozenset()

        def refresh(self) -> None:
            """Nothing is shown here."""

        def show_record(self, record: int) -> None:
            opened.append(record)

    window = Window(
        [
            RoomEntry("today", "Today", "sun", lambda: TodayPage(desk)),
            RoomEntry("trust", "Trust", "handshake", lambda: Trust(desk)),
        ]
    )
    qtbot.addWidget(window)
    window.show()
    room = window.open_room("today")
    assert isinstance(room, TodayPage)
    qtbot.waitUntil(lambda: not room.is_reading())
    (face,) = room.cards["promises"].rows()
    face.setFocus()
    QTest.keyClick(face, Qt.Key.Key_Return)
    assert window.current_room() == "trust"
    assert opened == [promise]
    jobs.wait_for_all()
    window.close_rooms()


def test_the_menu_of_a_row_offers_its_place_and_its_keys(desk: OpenPractice, hands: Hands, page: TodayPage) -> None:
    a_promise(desk, a_client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    row.menu_wanted.emit(row, page.mapToGlobal(QPoint(40, 40)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    told = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert told == ["Open", "Open the client", "Log advice", "Kept", "Called", "Move…", "Not needed…"]
    kept = next(action for action in menu.actions() if action.text().startswith("Kept"))
    menu.close()
    kept.trigger()
    assert hands.rows("promises") == []


def test_the_keys_are_commands_of_the_room_only_where_they_do_something(
    desk: OpenPractice, hands: Hands, page: TodayPage
) -> None:
    a_deadline(desk, a_client(desk, "Portus Terminal"), 5)
    possible = {command.keys: command.possible for command in page.commands()}
    assert not possible["D"]()
    hands.to("First hearing")
    assert possible["D"]()
    assert not possible["C"]()
