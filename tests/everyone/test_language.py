"""Proof that another language is spoken everywhere at once: frame, page, dates, money, open windows and toasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import settings, text
from desktop.app import App
from desktop.dressing import make_application
from desktop.text import voice
from tests.places import open_practice


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """The program with the sample practice of a law firm, in English."""
    choice = settings.Settings(scheme="light", language="en", idle_minutes=0)
    make_application(choice)
    made = App(choice)
    qtbot.addWidget(made.window)
    made.window.show()
    open_practice(made, tmp_path, "law")
    yield made
    made.close()
    text.speak("en")


def _labels(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)}


@pytest.mark.parametrize("language", ["es", "pl"])
def test_every_room_speaks_the_language_chosen_a_moment_ago(app: App, qtbot: QtBot, language: str) -> None:
    app.show_settings("computer")
    app.choose("language", language)
    said = voice(language).say
    qtbot.waitUntil(lambda: app.window.sidebar.entry("clients").text() == said("Clients"))
    assert app.window.sidebar.entry("lock").text() == said("Lock")
    assert app.window.top.log_advice.accessibleName() == said("Log advice")
    for name, title in (("trust", "Trust"), ("insight", "Insight"), ("referrals", "Referrals"), ("reviews", "Reviews")):
        assert said(title) in _labels(app.window.open_room(name))
    facts = app.window.status._facts
    assert said("Not encrypted") in facts


def test_what_is_said_after_the_change_is_said_in_the_new_language(app: App, qtbot: QtBot) -> None:
    from db.followups import NewFollowUp, add_follow_up

    app.choose("language", "pl")
    qtbot.waitUntil(lambda: app.window.sidebar.entry("clients").text() == voice("pl").say("Clients"))
    assert app.desk is not None
    app.desk.do(add_follow_up, NewFollowUp(client_id=1, what="Zadzwonić", due_on=dt.date.today()))
    QApplication.processEvents()
    assert app.window._toast is not None
    assert app.window._toast._action.text() == voice("pl").say("Undo")


def test_dates_numbers_and_money_are_those_of_the_language() -> None:
    day = dt.date(2026, 11, 22)
    assert [voice(each).date(day) for each in ("en", "es", "pl")] == ["22 Nov 2026", "22 nov 2026", "22 lis 2026"]
    assert [voice(each).amount(123_450, 2) for each in ("en", "es", "pl")] == ["1,234.50", "1.234,50", "1\u00a0234,50"]
    assert voice("es").number(12_345) == "12.345"
    assert voice("pl").number(12_345) == "12\u00a0345"
    assert voice("pl").money(1_234_50, "PLN") == "1\u00a0234,50\u00a0zł"
