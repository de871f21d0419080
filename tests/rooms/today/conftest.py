"""The page of today as the window shows it, and hands on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop import jobs, profession
from desktop.practice import OpenPractice
from desktop.rooms.today.page import TodayPage
from tests.rooms.today.made import Hands


@pytest.fixture
def page(qtbot: QtBot, desk: OpenPractice) -> Iterator[TodayPage]:
    """The page as the window shows it, with the keyboard on it."""
    profession.practise("")
    made = TodayPage(desk).whole()
    qtbot.addWidget(made)
    desk.changed.connect(lambda nouns: made.refresh() if nouns & made.SHOWS else None)
    made.resize(1072, 720)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    jobs.wait_for_all()


@pytest.fixture
def hands(page: TodayPage, qtbot: QtBot) -> Hands:
    return Hands(page, qtbot)
