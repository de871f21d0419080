"""Lists of a large practice are asked for beside the window: what comes is right, in order, and harms nobody."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.parties import NewParty
from db.trust import NewPromise, NewTrustNote, Settling, add_promise, keep_promise, note_trust
from desktop import jobs
from desktop.jobs import Job, Question
from desktop.practice import OpenPractice
from desktop.rooms.listed import ListedRoom
from desktop.rooms.referrals.page import ReferralsPage
from desktop.rooms.reviews.page import ReviewsPage
from desktop.rooms.trust.page import TrustPage
from desktop.shell.window import RoomEntry, Window

TODAY = dt.date.today()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From one record on a practice is large."""
    monkeypatch.setattr("db.firm._MANY", 0)


@pytest.fixture
def frame(desk: OpenPractice, large: None, qtbot: QtBot) -> Iterator[Window]:
    """The window with rooms that ask beside it."""
    sender = NewParty(kind="organisation", name="Alder")
    number = int(str(desk.do(add_client, NewClient(party=sender, standing="client", grade="A")).result))
    birch = NewParty(kind="organisation", name="Birch")
    long_ago = TODAY - dt.timedelta(days=900)
    desk.do(add_client, NewClient(party=birch, standing="client", grade="B", since=long_ago))
    kept = int(str(desk.do(add_promise, NewPromise(client_id=number, text="Send the draft", due_on=TODAY)).result))
    desk.do(keep_promise, kept, Settling())
    desk.do(add_promise, NewPromise(client_id=number, text="Call", due_on=TODAY))
    desk.do(note_trust, NewTrustNote(client_id=number, kind="concern", effect=-1, text="Late once"))
    made = Window(
        [
            RoomEntry("trust", "Trust", "handshake", lambda: TrustPage(desk)),
            RoomEntry("reviews", "Reviews", "calendar-check", lambda: ReviewsPage(desk)),
            RoomEntry("referrals", "Referrals", "share-2", lambda: ReferralsPage(desk)),
        ]
    )
    qtbot.addWidget(made)
    desk.changed.connect(made.on_changed)
    made.show()
    yield made
    jobs.wait_for_all()
    made.close_rooms()


def names(room: Any, column: str) -> list[str]:
    """What a column says, from the first row to the last."""
    table = room.table
    return [getattr(table.rows.row_object(row), column) for row in range(table.rows.rowCount())]


def test_a_room_shows_counts_and_rows_when_they_come(frame: Window, qtbot: QtBot) -> None:
    room: Any = frame.open_room("reviews")
    assert room.is_looking()
    qtbot.waitUntil(lambda: not room.is_looking())
    assert names(room, "name") == ["Birch"]
    assert room.tabs._tabs["due"].text() == "Due 1"
    assert room.current() is not None
    room.tabs.choose("all")
    qtbot.waitUntil(lambda: not room.is_looking())
    assert names(room, "name") == ["Alder", "Birch"]


def test_an_empty_list_says_so_when_that_is_known(frame: Window, qtbot: QtBot) -> None:
    room: Any = frame.open_room("referrals")
    qtbot.waitUntil(lambda: not room.is_looking())
    assert room.bodies.currentWidget() is room.empty("owed")


def test_a_record_is_looked_for_tab_by_tab(frame: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    reviews: Any = frame.open_room("reviews", 1)
    qtbot.waitUntil(lambda: not reviews.is_looking() and reviews.current() == 1)
    assert reviews.tabs.current() == "all"
    trust: Any = frame.open_room("trust", 1)
    qtbot.waitUntil(lambda: not trust.is_looking() and trust.table.current_id() == 1)
    assert trust.tabs.current() == "settled"
    trust.show_record(-1)
    qtbot.waitUntil(lambda: not trust.is_looking() and trust.table.current_id() == 1)
    assert trust.tabs.current() == "notes"


def test_what_is_not_there_leaves_the_tab_that_was(frame: Window, qtbot: QtBot) -> None:
    room: Any = frame.open_room("reviews", 99)
    qtbot.waitUntil(lambda: not room.is_looking())
    assert room.tabs.current() == "due"


def test_the_rows_of_another_tab_go_at_once(frame: Window, qtbot: QtBot) -> None:
    room: Any = frame.open_room("trust")
    qtbot.waitUntil(lambda: not room.is_looking())
    assert names(room, "text") == ["Call"]
    room.tabs.choose("settled")
    assert room.table.rows.rowCount() == 0
    qtbot.waitUntil(lambda: not room.is_looking())
    assert names(room, "text") == ["Send the draft"]


def test_a_room_that_is_gone_is_not_told(frame: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    room: Any = frame.open_room("reviews")
    assert isinstance(room, ListedRoom)
    assert room.is_looking()
    jobs.wait_for_all()
    frame.close_rooms()
    desk.close()
    qtbot.wait(50)
    assert not jobs._running


def test_an_older_answer_never_follows_a_newer_one(qtbot: QtBot) -> None:
    asker, told, gate = QObject(), list[int](), threading.Event()
    question = Question(asker)

    def first() -> int:
        gate.wait(5)
        return 1

    question.ask(first, told.append)
    question.ask(lambda: 2, told.append)
    question.ask(lambda: 3, told.append)
    gate.set()
    qtbot.waitUntil(lambda: not question.open)
    assert told == [3]


def test_a_job_says_once_how_it_ended(qtbot: QtBot) -> None:
    told = list[int]()
    job = Job(lambda _progress: 7)
    job.done.connect(told.append)
    job.start()
    jobs.wait_for_all()
    assert told == [7]
    qtbot.wait(20)
    assert told == [7]
