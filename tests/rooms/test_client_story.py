"""Proof that a client's story puts what is ahead apart from the past, and keeps as long as it was read."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import followups
from db.deadlines import NewDeadline, add_deadline
from db.followups import NewFollowUp
from db.trust import NewTrustNote, note_trust
from desktop.practice import OpenPractice
from desktop.shell.window import Window
from tests.rooms.test_client_page import opened_on

TODAY = dt.date.today()


def ahead(desk: OpenPractice, client: int, *days: int) -> None:
    for days_ahead in days:
        due = TODAY + dt.timedelta(days=days_ahead)
        desk.do(followups.add_follow_up, NewFollowUp(client_id=client, due_on=due, what=f"In {days_ahead}"))


def test_what_is_ahead_stands_apart_the_next_first_and_the_past_begins_with_now(
    window: Window, desk: OpenPractice, client: int, engagement: int, qtbot: QtBot
) -> None:
    ahead(desk, client, 400, 0, 30, 90, 2)
    limit = NewDeadline(engagement_id=engagement, kind="filing", falls_on=TODAY + dt.timedelta(days=10), what="File")
    desk.do(add_deadline, limit)
    timeline = opened_on(window, client, qtbot).view.timeline
    told = [(moment.section, moment.title) for moment in timeline.moments()]
    assert told[:3] == [
        ("Ahead · 2 more under Dates", "Follow-up: In 2"),
        ("", "Deadline: File"),
        ("", "Follow-up: In 30"),
    ]
    assert told[3][0] == "So far"
    assert ("", "Follow-up: In 0") in told[4:] or told[3][1] == "Follow-up: In 0"
    assert all("In 90" not in title and "In 400" not in title for _section, title in told)


def test_dates_alone_show_all_that_is_ahead(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    ahead(desk, client, 400, 30, 90, 2, 60)
    story = opened_on(window, client, qtbot).view.story
    story.choose({"dates"})
    told = [(moment.section, moment.title) for moment in story.timeline.moments()]
    assert told == [("Ahead", "Follow-up: In 2"), *(("", f"Follow-up: In {days}") for days in (30, 60, 90, 400))]


def test_a_past_alone_has_no_headings(window: Window, client: int, qtbot: QtBot) -> None:
    timeline = opened_on(window, client, qtbot).view.timeline
    assert timeline.moments()
    assert not any(moment.section for moment in timeline.moments())


def test_a_story_read_on_keeps_its_length_when_the_window_is_made_wider(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    for number in range(260):
        desk.do(note_trust, NewTrustNote(client_id=client, kind="signal", text=f"Seen {number}"))
    ahead(desk, client, 5)
    timeline = opened_on(window, client, qtbot).view.timeline
    while len(timeline.moments()) < 250:
        timeline.verticalScrollBar().setValue(timeline.verticalScrollBar().maximum())
        QApplication.processEvents()
    before = [moment.key for moment in timeline.moments()]
    window.resize(window.width() + 160, window.height())
    QApplication.processEvents()
    assert [moment.key for moment in timeline.moments()][: len(before)] == before
    assert len(set(before)) == len(before)
