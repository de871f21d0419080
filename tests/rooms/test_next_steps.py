"""The next right thing on a client's page and on Today: told with its reason, shown by its record, answered there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement, get_engagement
from db.insights import NewInsight, record_insight
from db.parties import NewParty
from db.suggestions import suggest
from db.trust import NewPromise, add_promise
from desktop.app import App
from desktop.practice import OpenPractice
from desktop.rooms.next_steps import NextLine
from tests.rooms.test_standing import app as app

TODAY = dt.date.today()


def client(desk: OpenPractice) -> int:
    """A client with a late promise, who would not recommend us."""
    new = NewClient(party=NewParty(name="Ada Brook"), standing="client", since=TODAY - dt.timedelta(days=400))
    number = int(str(desk.do(add_client, new).result))
    made, due = TODAY - dt.timedelta(days=9), TODAY - dt.timedelta(days=2)
    desk.do(add_promise, NewPromise(client_id=number, text="The draft", made_on=made, due_on=due))
    desk.do(record_insight, NewInsight(client_id=number, kind="survey", verbatim="Slow", metric="recommend", score=3))
    return number


def lines(within: QWidget) -> list[NextLine]:
    """The suggestions in view, from top to bottom."""
    return [line for line in within.findChildren(NextLine) if not line.isHidden()]


def press(line: NextLine, words: str) -> None:
    """Press what says these words."""
    next(one for one in line.findChildren(QPushButton) if one.accessibleName() == words).click()


def rules(desk: OpenPractice, number: int) -> list[str]:
    """What is suggested for a client."""
    return [one.rule.name for one in desk.ask(suggest, None, number)]


def on_page(app: App, number: int, qtbot: QtBot) -> Any:
    """The client's page with the tab in which the suggestions stand."""
    page: Any = app.window.open_room("clients")
    page.show_record(number)
    page.view.tabs.choose("trust")
    qtbot.waitUntil(lambda: len(lines(page)) == 2, timeout=20_000)
    return page


def test_client_page_says_what_to_do_and_what_shows_why(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    page = on_page(app, client(desk), qtbot)
    assert [line.told.rule.name for line in lines(page)] == ["promise-late", "low-score"]
    press(lines(page)[1], "What was said")
    qtbot.waitUntil(lambda: app.window.current_room() == "insight", timeout=20_000)
    room: Any = app.window.open_room("insight")
    assert room.current() == 1


def test_answer_takes_it_away_and_undo_brings_it_back(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    number = client(desk)
    page = on_page(app, number, qtbot)
    press(lines(page)[0], "Never here")
    assert rules(desk, number) == ["low-score"]
    qtbot.waitUntil(lambda: [line.told.rule.name for line in lines(page)] == ["low-score"], timeout=20_000)
    press(lines(page)[0], "In two weeks")
    assert rules(desk, number) == []
    desk.undo()
    desk.undo()
    assert rules(desk, number) == ["promise-late", "low-score"]


def test_today_suggests_what_it_does_not_say_by_itself(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    number = client(desk)
    page: Any = app.window.open_room("today")
    page.refresh()
    qtbot.waitUntil(lambda: [line.told.rule.name for line in page.next_card.lines] == ["low-score"], timeout=20_000)
    press(page.next_card.lines[0], "Done")
    assert "low-score" not in rules(desk, number)
    qtbot.waitUntil(lambda: page.next_card.isHidden(), timeout=20_000)


def test_consent_to_be_named_is_noted_with_the_work(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    new = NewEngagement(client_id=client(desk), title="Berth", stage="active")
    engagement = int(str(desk.do(add_engagement, new).result))
    page: Any = app.window.open_room("engagements")
    page.show_record(engagement)
    qtbot.waitUntil(lambda: page.view.row is not None and page.view.row.id == engagement, timeout=20_000)

    def offered() -> list[str]:
        return [each.title for each in page.commands() if each.possible() and "named" in each.title]

    assert offered() == ["The client may be named"]
    next(each for each in page.commands() if each.title == "The client may be named").do()
    assert desk.ask(get_engagement, engagement).may_cite
    assert offered() == ["The client is no longer named"]
