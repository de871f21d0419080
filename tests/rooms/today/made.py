"""Records that the tests of Today need, made by the real verbs, and hands that walk the page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.deadlines import NewDeadline, add_deadline
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.trust import NewPromise, add_promise
from db.words import DeadlineKind, PromiseBy
from desktop.practice import OpenPractice
from desktop.rooms.today.page import TodayPage
from desktop.rooms.today.row import Row

TODAY = dt.date.today()


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


def made(done: object) -> int:
    return int(str(getattr(done, "result")))  # noqa: B009


def a_client(desk: OpenPractice, name: str, grade: str = "") -> int:
    party = NewParty(kind="organisation", name=name)
    new = {"party": party, "standing": "client", "since": day(-500), "grade": grade or None}
    return made(desk.do(add_client, NewClient.model_validate(new)))


def a_promise(desk: OpenPractice, client: int, words: str, due: int, by: PromiseBy = "us") -> int:
    new = NewPromise(client_id=client, text=words, by=by, made_on=day(-40), due_on=day(due))
    return made(desk.do(add_promise, new))


def advise(desk: OpenPractice, client: int, *days_ago: int, question: str = "Renewal?", record: bool = True) -> int:
    now, entry = dt.datetime.now(dt.UTC), 0
    for days in days_ago:
        given = now - dt.timedelta(days=days)
        new = NewAdvice(client_id=client, question=question, advice="Wait.", given_at=given, record=record)
        entry = made(desk.do(log_advice, new))
    return entry


def a_deadline(desk: OpenPractice, client: int, falls: int, kind: DeadlineKind = "hearing", warn: int = 7) -> int:
    work = NewEngagement(client_id=client, title="Lease", stage="active", letter="signed")
    engagement = made(desk.do(add_engagement, work))
    new = NewDeadline(engagement_id=engagement, kind=kind, falls_on=day(falls), what="First hearing", warn_days=warn)
    return made(desk.do(add_deadline, new))


class Hands:
    """Presses keys on the page and reads it, always when it has come to rest."""

    def __init__(self, page: TodayPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.is_reading(), timeout=5000)

    def rows(self, card: str) -> list[str]:
        self.rest()
        shown = self.page.cards[card]
        return [] if shown.isHidden() else [face.accessibleName() for face in shown.rows()]

    def words(self) -> str:
        self.rest()
        return self.page.words.text()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.rest()
            here = QApplication.focusWidget()
            assert here is not None
            QTest.keyClick(here, key)

    def type(self, words: str) -> None:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClicks(here, words)

    def to(self, title: str) -> Row:
        """Walk down from the top to a row, by the keyboard alone."""
        self.rest()
        self.page._left.setFocus()
        for _step in range(60):
            self.press(Qt.Key.Key_Down)
            row = self.page.current()
            if row is not None and row.face.shown.title.startswith(title):
                return row
        raise AssertionError(f"no row {title}")

    def here(self) -> str:
        row = self.page.current()
        return row.face.shown.title if row is not None and row.face.hasFocus() else ""
