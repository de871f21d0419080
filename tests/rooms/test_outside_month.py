"""Proof that work outside scope is summed by month, on the client's page and over all clients, and leaves as CSV."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.reviews import add_months
from db.scope import NewOutOfScope, log_out_of_scope
from db.words import Handling
from desktop.practice import OpenPractice
from desktop.rooms.outside_month import OutsideMonth, show_outside
from desktop.shell.window import Window
from tests.made import let_be_made
from tests.rooms.test_client_page import opened_on, said

TODAY = dt.date.today()


def ask(desk: OpenPractice, engagement: int, on: dt.date, minutes: int, worth: int, how: Handling = "goodwill") -> None:
    new = NewOutOfScope(engagement_id=engagement, what="A question", handling=how, minutes=minutes, asked_on=on)
    desk.do(log_out_of_scope, new.model_copy(update={"amount_minor": worth}))


@pytest.fixture
def listed(window: Window, desk: OpenPractice, engagement: int) -> OutsideMonth:
    """The list over all clients: two questions of this month, one of the month before."""
    ask(desk, engagement, TODAY, 20, 6000)
    ask(desk, engagement, TODAY, 60, 9000, "quote")
    ask(desk, engagement, add_months(TODAY.replace(day=1), -1), 45, 0)
    return show_outside(desk, window)


def test_a_month_is_told_and_another_on_choosing_it(listed: OutsideMonth, desk: OpenPractice) -> None:
    assert listed.words.text() == "2 times · 1 h 20 min · £60.00 given · £90.00 asked for"
    row: Any = listed.table.rows.row_object(0)
    assert (row.client, row.times, row.time, row.given) == ("Iñaki Larrea", "2", "1 h 20 min", "£60.00")
    listed.month.set_value(add_months(TODAY.replace(day=1), -1))
    assert listed.words.text() == "1 time · 45 min"
    listed.month.set_value(add_months(TODAY.replace(day=1), -2))
    assert not listed.words.isVisible()
    assert not listed.table.isVisible()
    assert not listed.save.isEnabled()


def test_the_list_leaves_as_csv(
    listed: OutsideMonth, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "outside.csv"
    monkeypatch.setattr("desktop.messages.choose_new_file", lambda *_: target)
    listed.save.click()
    qtbot.waitUntil(lambda: "outside.csv" in listed.bar.text())
    with target.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["client"], line["times"], line["minutes"]) == ("Iñaki Larrea", "2", "80")
    assert (line["given"], line["asked"], line["currency"]) == ("60.00", "90.00", "GBP")


def test_return_opens_the_client_and_his_page_tells_the_month(
    listed: OutsideMonth, window: Window, client: int, qtbot: QtBot
) -> None:
    listed.table.activated_record.emit(1)
    assert window.current_room() == "clients"
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("engagements")
    let_be_made()
    told = said(page.view)
    assert "Outside scope this month: 2 times · 1 h 20 min · £60.00 given · £90.00 asked for" in told
    assert "Outside scope in twelve months: 3 times" in told
