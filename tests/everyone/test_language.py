"""Proof that another language is spoken everywhere at once: frame, page, dates, money, open windows and toasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import settings, text
from desktop.alarm import raise_alarm
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


def _turn(app: App, language: str, qtbot: QtBot) -> None:
    app.choose("language", language)
    said = voice(language).say
    qtbot.waitUntil(lambda: app.window.sidebar.entry("lock").text() == said("Lock"))


def test_a_form_half_filled_in_goes_on_in_the_other_language(app: App, qtbot: QtBot) -> None:
    app.window.activateWindow()
    room: Any = app.window.open_room("clients")
    room.write()
    line = room.form.fields["given_name"].line
    line.setFocus()
    line.insert("Agata")
    line.setCursorPosition(3)
    sheet, english = room._sheet, {field.entry.accessibleName() for field in room.form.fields.values()}
    _turn(app, "pl", qtbot)
    said = voice("pl").say
    kept: Any = app.window.open_room("clients")
    assert kept is room
    assert sheet.isVisible()
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("Agata", 3, True)
    assert said("New client") in _labels(sheet)
    assert {field.entry.accessibleName() for field in room.form.fields.values()} == {said(each) for each in english}
    assert said("Add the client") in {each.text() for each in sheet.findChildren(QPushButton)}
    assert not {each for each in english if said(each) != each} & _labels(sheet)
    line.undo()
    assert line.text() == ""
    line.setText("Agata")
    room.form.submitted.emit()
    qtbot.waitUntil(lambda: app.window.open_room("clients") is not room)
    fresh: Any = app.window.open_room("clients")
    assert said("Clients") in _labels(fresh)
    assert fresh.current_client() is not None


def test_what_lies_over_a_room_lies_there_in_the_other_language(app: App, qtbot: QtBot) -> None:
    from desktop.rooms.brief import BriefSheet

    app.window.open_room("clients", 1)
    app.brief()
    qtbot.waitUntil(lambda: bool(app.window.findChildren(BriefSheet)))
    _turn(app, "es", qtbot)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in app.window.findChildren(BriefSheet)))
    sheet = next(each for each in app.window.findChildren(BriefSheet) if each.isVisible())
    said = voice("es").say
    qtbot.waitUntil(lambda: said("Brief") in _labels(sheet))
    assert sheet.client_id == 1
    assert said("Save as PDF") in {each.accessibleName() for each in sheet.findChildren(QPushButton)}


def test_a_file_that_is_looked_at_stays_and_its_buttons_speak_the_other_language(app: App, qtbot: QtBot) -> None:
    from desktop.widgets.overlay import Overlay

    room = app.window.open_room("clients")
    view = Overlay(room, "deposit.pdf", [(text._("Save as…"), lambda: None, "", "save")])
    view.lay()
    _turn(app, "es", qtbot)
    said = voice("es").say
    assert view.isVisible()
    names = {each.accessibleName() for each in view.findChildren(QPushButton)}
    assert names == {said("Save as…"), said("Close")}
    view.take_off()
    qtbot.waitUntil(lambda: app.window.open_room("clients") is not room)
    assert said("Clients") in _labels(app.window.open_room("clients"))


def test_what_was_noticed_and_what_is_said_in_passing_stay(app: App, qtbot: QtBot) -> None:
    pressed: list[int] = []
    acts = [(text._("Save under a new name"), lambda: pressed.append(1))]
    raise_alarm(
        app.window, text._("This could not be done."), text._("Stopped. What was not finished was not kept."), acts
    )
    toast = app.window.toast(text._("Choose a client first: the brief tells of whoever is current."), text._("Undo"))
    _turn(app, "pl", qtbot)
    said = voice("pl").say
    assert toast.isVisible()
    assert toast.text() == said("Choose a client first: the brief tells of whoever is current.")
    assert toast._action.text() == said("Undo")
    notice = app.window.furnish().notice
    assert notice.isVisible()
    assert said("This could not be done.") in notice.text()
    button = next(each for each in notice.findChildren(QPushButton) if each.text())
    assert button.text() == said("Save under a new name")
    button.click()
    assert pressed == [1]
    assert not notice.isVisible()


def test_a_mapping_half_made_and_the_text_of_a_filter_go_on_in_the_other_language(
    app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Wer,Was\nAgata Nowak,Lamps\n", encoding="utf-8")
    clients: Any = app.window.open_room("clients")
    clients.field.setText("agat")
    room: Any = app.window.open_room("exchange")
    room.take(path)
    qtbot.waitUntil(lambda: "Was" in room.intake.columns.boxes)
    box = room.intake.columns.boxes["Was"]
    box.setCurrentIndex(box.findData("notes"))
    box.activated.emit(box.currentIndex())
    app.show_settings("computer")
    _turn(app, "es", qtbot)
    fresh: Any = app.window.open_room("exchange")
    assert fresh is not room
    qtbot.waitUntil(lambda: "Was" in fresh.intake.columns.boxes)
    said = voice("es").say
    assert fresh.intake.title.text() == path.name
    assert fresh.intake.columns.mapping() == {"Was": "notes"}
    assert fresh.intake.columns.boxes["Was"].currentData() == "notes"
    assert said("Bring in as") in _labels(fresh)
    again: Any = app.window.open_room("clients")
    assert (again is clients, again.field.text(), again.field.isVisible()) == (False, "agat", True)
    assert again.table.rows.filter_text == "agat"


def test_larger_letters_throw_nothing_away_that_is_being_written(app: App, qtbot: QtBot) -> None:
    room: Any = app.window.open_room("clients")
    room.write()
    room.form.fields["given_name"].line.insert("Agata")
    app.choose("text_scale", 1.5)
    QApplication.processEvents()
    here: Any = app.window.open_room("clients")
    assert here is room
    assert room.form.fields["given_name"].value() == "Agata"
    app.choose("text_scale", 1.0)
