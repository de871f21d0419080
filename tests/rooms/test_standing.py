"""The numbers beside the rooms: each is how many the room's own page lists, and follows what changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.insights import NewAction, NewInsight, add_insight_action, finish_insight_action, record_insight
from db.privacy import Closing, NewRequest, close_request, log_request
from db.reviews import move_review
from desktop import settings, text
from desktop.app import App
from tests.rooms.today.made import a_client, a_deadline, a_promise, advise, day, made

OPENS = 60_000


@pytest.fixture
def app(qtbot: QtBot, home: Path, empty_file: Path, tmp_path: Path) -> Iterator[App]:
    """The program with an empty practice open."""
    opened = App(settings.Settings(scheme="light", language="en", idle_minutes=0))
    qtbot.addWidget(opened.window)
    opened.start(Path(shutil.copy(empty_file, tmp_path / "plain.cliens")))
    qtbot.waitUntil(lambda: opened.desk is not None, timeout=OPENS)
    yield opened
    opened.close()
    opened.window.close()
    text.speak("en")


def number(app: App, qtbot: QtBot, room: str) -> int:
    """The number that stands beside a room once everything is counted."""
    qtbot.waitUntil(lambda: app._standing is not None and not app._standing.is_counting(), timeout=OPENS)
    return int(app.window.sidebar.entry(room)._note or 0)


def test_beside_today_stands_how_many_its_page_lists(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    client = a_client(desk, "Vega", "A")
    for due in (-3, 0, 5, 30):
        a_promise(desk, client, f"Due in {due}", due)
    a_deadline(desk, client, 3)
    a_deadline(desk, client, 300)
    advise(desk, client, 200, 170, 140, 110)
    advise(desk, a_client(desk, "Brześć"), 20)
    advise(desk, client, 1, record=False)
    page: Any = app.window.open_room("today")
    qtbot.waitUntil(lambda: not page.is_reading())
    listed = sum(kind.total for kind in page.kinds.values())
    assert number(app, qtbot, "today") == listed == len(page.listed())
    assert listed >= 6
    page.listed()[0].face.setFocus()
    page.press("D")
    qtbot.waitUntil(lambda: not page.is_reading())
    assert number(app, qtbot, "today") == listed - 1 == len(page.listed())


def test_the_other_rooms_tell_what_is_open_in_them(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    client = a_client(desk, "Vega", "A")
    for due in (-3, 5, 30):
        a_promise(desk, client, f"Due in {due}", due)
    heard = made(desk.do(record_insight, NewInsight(client_id=client, kind="complaint", verbatim="Slow")))
    action = made(desk.do(add_insight_action, heard, NewAction(what="Answer within a day")))
    praise = made(desk.do(record_insight, NewInsight(client_id=client, kind="praise", verbatim="Kind")))
    request = made(desk.do(log_request, NewRequest(party_id=1, kind="access")))
    desk.do(move_review, client, day(10))
    assert [number(app, qtbot, room) for room in ("trust", "insight", "privacy", "reviews")] == [2, 1, 1, 1]
    desk.do(finish_insight_action, action)
    desk.do(add_insight_action, praise, NewAction(what="Thank the team"))
    desk.do(close_request, request, Closing(outcome="withdrawn", words="Nothing more was asked"))
    desk.do(move_review, client, day(90))
    assert [number(app, qtbot, room) for room in ("trust", "insight", "privacy", "reviews")] == [2, 2, 0, 0]
