"""A letter that goes out of the room of reports is kept with its engagement, with the day and the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.attachments import list_attachments
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.practice import Practice
from desktop import messages
from desktop.practice import OpenPractice
from desktop.rooms.letter_sent import SentBar
from desktop.rooms.reports.page import ReportsPage
from tests.db.made import rows


def words_of(bar: SentBar) -> list[str]:
    said = bar.said()
    return [words for words, _act in said[3]] if said is not None else []


def press(bar: SentBar, words: str) -> None:
    # The last one: those of the message before go with the next turn of the window.
    [each for each in bar.findChildren(QPushButton) if each.text() == words][-1].click()


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


def test_letter_that_was_saved_is_kept_as_sent_on_the_spot_and_undo_takes_that_back_there(
    page: ReportsPage, desk: OpenPractice, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_new_file", lambda *_asked: tmp_path / "letter.pdf")
    page.shown.save()
    press(page.sent.bar, "Sent today by e-mail")
    (kept,) = desk.ask(list_attachments, engagement_id=1)
    assert kept.name.endswith(f"{dt.date.today()}, E-mail.pdf")
    assert page.sent.bar.text().startswith("Kept as sent by e-mail on")
    qtbot.waitUntil(page.shown.is_ready, timeout=15_000)
    page.shown.save()
    assert page.sent.bar.text().startswith("Kept as sent by e-mail on"), "a letter is kept once"
    press(page.sent.bar, "Undo")
    assert desk.ask(list_attachments, engagement_id=1) == []
    assert page.sent.bar.text().startswith("Once it goes out")


def test_undo_is_no_more_offered_there_once_something_else_was_done(page: ReportsPage, desk: OpenPractice) -> None:
    page.sent.offer("letter")
    press(page.sent.bar, "Sent today by letter")
    assert words_of(page.sent.bar) == ["Undo"]
    desk.do(add_client, NewClient(party=NewParty(name="Aiko Nakamura")))
    assert words_of(page.sent.bar) == []
    assert page.sent.bar.text().startswith("Kept as sent by letter on")


def test_another_letter_in_view_is_not_the_one_that_was_used(page: ReportsPage, qtbot: QtBot) -> None:
    page.sent.offer("letter")
    assert page.sent.bar.isVisibleTo(page)
    page.form.letter.set_value("Dear {client},\n\nAll is done.")
    assert not page.sent.bar.isVisibleTo(page)


def test_report_that_is_no_letter_is_not_kept_as_sent(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_new_file", lambda *_asked: tmp_path / "report.pdf")
    page.form.kind_field.set_value("client")
    qtbot.waitUntil(lambda: page.made is not None and page.made.kind.name == "client", timeout=15_000)
    qtbot.waitUntil(page.shown.is_ready, timeout=15_000)
    page.shown.save()
    assert (tmp_path / "report.pdf").exists()
    assert not page.sent.bar.isVisibleTo(page)


def test_fields_stand_beneath_the_letter(page: ReportsPage) -> None:
    assert "{we_owe}" in page.form.letter_tools.names.text()
    assert page.form.sent.isVisibleTo(page)
