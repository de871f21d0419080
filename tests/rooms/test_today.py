"""Today: the sentence on top, the cards beneath it, and that each row leads to its client."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, NewStanding, add_client, change_standing
from db.engagements import NewEngagement, add_engagement
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty
from db.practice import Practice
from db.today import today
from db.trust import NewPromise, Settling, add_promise, break_promise, keep_promise
from db.words import PromiseBy
from desktop.practice import OpenPractice
from desktop.rooms.room import Room
from desktop.rooms.today.page import TodayPage
from desktop.shell.window import RoomEntry, Window

TODAY = dt.date.today()


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


def _client(desk: OpenPractice, name: str) -> int:
    new = NewClient(party=NewParty(kind="organisation", name=name), standing="client", since=day(-500))
    return int(str(desk.do(add_client, new).result))


def _promise(desk: OpenPractice, client: int, words: str, due: int, by: PromiseBy = "us") -> int:
    new = NewPromise(client_id=client, text=words, by=by, made_on=day(-40), due_on=day(due))
    return int(str(desk.do(add_promise, new).result))


def _advise(desk: OpenPractice, client: int, *days_ago: int, question: str = "Renewal?") -> None:
    now = dt.datetime.now(dt.UTC)
    for days in days_ago:
        given = now - dt.timedelta(days=days)
        new = NewAdvice(client_id=client, question=question, advice="Wait.", given_at=given, record=True)
        desk.do(log_advice, new)


@pytest.fixture
def page(qtbot: QtBot, desk: OpenPractice) -> TodayPage:
    """The page as the window shows it."""
    made = TodayPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda nouns: made.refresh() if nouns & made.SHOWS else None)
    made.resize(1072, 720)
    made.refresh()
    made.show()
    return made


def _rows(page: TodayPage, card: str) -> list[str]:
    return [row.accessibleName() for row in page.cards[card].rows()]


def test_an_empty_practice_has_a_quiet_day(page: TodayPage) -> None:
    assert page.words.text() == "A quiet day. Good time to call somebody you value."
    assert page.empty.isVisible()
    assert not any(card.isVisible() for card in page.cards.values())


def test_the_sentence_counts_each_kind_with_its_plural(page: TodayPage, desk: OpenPractice) -> None:
    client = _client(desk, "Portus Terminal")
    _promise(desk, client, "Send the draft", -2)
    _promise(desk, client, "Call them", 0)
    _promise(desk, client, "Send the figures", 7, by="client")
    _promise(desk, client, "Far away", 8)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Lease", stage="active", letter="sent"))
    assert page.words.text() == ("One promise is late. Two promises fall due. One engagement waits for its letter.")
    assert _rows(page, "promises")[0].startswith("Send the draft, Portus Terminal — promised ")
    assert "2 days late" in _rows(page, "promises")[0]
    assert len(_rows(page, "promises")) == 3


def test_a_kept_promise_leaves_the_page(page: TodayPage, desk: OpenPractice) -> None:
    promise = _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", 0)
    assert len(_rows(page, "promises")) == 1
    desk.do(keep_promise, promise, Settling())
    assert _rows(page, "promises") == []


def test_silence_past_the_own_rhythm_is_told_with_usual_gap_and_last_subject(
    page: TodayPage, desk: OpenPractice
) -> None:
    quiet, regular = _client(desk, "Clínica Ocaña"), _client(desk, "Hallberg Bros. AB")
    _advise(desk, quiet, 51, 81, 111, 141)
    _advise(desk, regular, 20, 50, 80, 110)
    assert page.words.text() == "One client has gone quiet."
    (row,) = _rows(page, "quiet")
    assert "usually every 30 days — silent for 51. Last: Renewal?" in row
    assert "Watch" in row


def test_three_rhythms_of_silence_put_a_client_at_risk(page: TodayPage, desk: OpenPractice) -> None:
    client = _client(desk, "Hallberg Bros. AB")
    _advise(desk, client, 64, 83, 102, 121)
    assert "At risk" in _rows(page, "quiet")[0]
    desk.do(change_standing, client, NewStanding(standing="former", reason="price"))
    assert _rows(page, "quiet") == []
    assert page.shown is not None
    assert page.shown.month.said_no == ["price"]


def test_this_month_counts_kept_and_broken_promises(page: TodayPage, desk: OpenPractice) -> None:
    client = _client(desk, "Portus Terminal")
    desk.do(keep_promise, _promise(desk, client, "Kept in time", 3), Settling())
    desk.do(break_promise, _promise(desk, client, "Broken", 0), Settling(words="Forgotten"))
    assert page.shown is not None
    month = page.shown.month
    assert (month.kept, month.settled) == (1, 2)


def test_next_week_names_its_days(desk: OpenPractice, practice: Practice) -> None:
    client = _client(desk, "Portus Terminal")
    saturday = dt.date(2026, 11, 21)
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=dt.date(2026, 11, 23), what="Call Marta"))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=dt.date(2026, 11, 30), what="A week later"))
    assert [(each.on.isoformat(), each.words) for each in practice.ask(today, saturday).ahead] == [
        ("2026-11-23", "Call Marta")
    ]


def test_each_row_opens_its_client(qtbot: QtBot, desk: OpenPractice) -> None:
    client = _client(desk, "Portus Terminal")
    _promise(desk, client, "Send the draft", 0)
    opened: list[int] = []

    class Clients(Room):
        SHOWS = frozenset()

        def refresh(self) -> None:
            """Nothing is shown here."""

        def show_record(self, record: int) -> None:
            opened.append(record)

    window = Window(
        [
            RoomEntry("today", "Today", "sun", lambda: TodayPage(desk)),
            RoomEntry("clients", "Clients", "users", lambda: Clients(desk)),
        ]
    )
    qtbot.addWidget(window)
    window.show()
    room = window.open_room("today")
    assert isinstance(room, TodayPage)
    (row,) = room.cards["promises"].rows()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert window.current_room() == "clients"
    assert opened == [client]
    window.close_rooms()


def test_more_promises_than_fit_lead_to_the_room_that_lists_them(page: TodayPage, desk: OpenPractice) -> None:
    client = _client(desk, "Portus Terminal")
    for number in range(11):
        _promise(desk, client, f"Promise {number}", 1)
    assert len(_rows(page, "promises")) == 9
    assert _rows(page, "promises")[-1] == "3 more promises, All of them are in Trust."
    assert page.words.text() == "Eleven promises fall due."


def test_a_name_with_markup_is_shown_as_typed(page: TodayPage, desk: OpenPractice) -> None:
    _promise(desk, _client(desk, "<b>Bold</b> & Co"), "Send <i>it</i>", 0)
    assert _rows(page, "promises")[0].startswith("Send <i>it</i>, <b>Bold</b> & Co")
