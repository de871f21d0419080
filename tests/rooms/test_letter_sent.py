"""A letter that goes out of the room of reports is kept with its engagement, with the day and the way."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from db.attachments import list_attachments
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.reports.page import ReportsPage
from tests.db.made import rows


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    bridge = OpenPractice(practice)
    rosa = int(str(bridge.do(add_client, NewClient(party=NewParty(name="Rosa Benedetti"), standing="client")).result))
    bridge.do(add_engagement, NewEngagement(client_id=rosa, title="Deposit claim", stage="active"))
    return bridge


@pytest.fixture
def page(desk: OpenPractice, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(desk).whole()
    qtbot.addWidget(made)
    made.resize(1072, 900)
    made.refresh()
    made.show()
    made.form.kind_field.set_value("closing-letter")
    made.form.choose_client(1, "Rosa Benedetti")
    qtbot.waitUntil(lambda: made.made is not None and made.made.kind.name == "closing-letter", timeout=15_000)
    return made


def test_letter_is_kept_as_it_went_out_with_the_engagement(page: ReportsPage, desk: OpenPractice, qtbot: QtBot) -> None:
    page.form.letter.set_value("Dear {client},\n\nAll is done.")
    assert page.made is not None
    before = page.made.paper.pdf
    qtbot.waitUntil(lambda: page.made is not None and page.made.paper.pdf != before, timeout=15_000)
    page.form.sent.way.set_value("e-mail")
    page.form.sent.keep_button.click()
    (kept,) = desk.ask(list_attachments, engagement_id=1)
    assert kept.name == f"Our work is done – Rosa Benedetti, {dt.date.today()}, E-mail.pdf"
    assert kept.size == len(page.made.paper.pdf)
    assert rows(desk.practice, "SELECT client_id, engagement_id FROM attachment") == [(1, 1)]


def test_letter_of_tomorrow_is_not_kept_today(page: ReportsPage, desk: OpenPractice) -> None:
    page.form.sent.day.set_value(dt.date.today() + dt.timedelta(days=1))
    page.form.sent.keep_button.click()
    assert page.form.sent.day.error()
    assert desk.ask(list_attachments, 1) == []


def test_fields_stand_beneath_the_letter(page: ReportsPage) -> None:
    assert "{we_owe}" in page.form.letter_tools.names.text()
    assert page.form.sent.isVisibleTo(page)
