"""Proof that the window for advice is made ahead, and is as good as one that was made when it was wanted."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from db import advice
from db.drafts import list_jottings
from desktop import text
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.rooms.advice.writing import LogAdvice
from desktop.shell.window import Window
from tests.made import let_be_made
from tests.rooms.writing_advice import active


def ahead(window: Window) -> list[LogAdvice]:
    return [each for each in window.findChildren(LogAdvice) if each.ahead]


def prepared(window: Window, desk: OpenPractice) -> LogAdvice:
    writing.prepare(desk, window)
    let_be_made()
    (ready,) = ahead(window)
    return ready


def test_window_made_ahead_is_the_one_that_opens_and_says_when_it_was_opened(
    window: Window, desk: OpenPractice, client: int
) -> None:
    ready = prepared(window, desk)
    assert not ready.isVisible()
    assert writing.windows(window) == []
    earlier = dt.datetime.now().astimezone() - dt.timedelta(hours=3)
    ready.form.fields["given_at"].set_value(earlier)
    opened = writing.open_window(desk, window, client)
    assert opened is ready
    assert opened.isVisible()
    active(opened)
    assert opened.form.box.page.hasFocus()
    assert opened.form.client_id() == client
    given = opened.form.fields["given_at"].value()
    assert abs(given - dt.datetime.now().astimezone()) < dt.timedelta(minutes=2)
    assert opened.form.content() == {}


def test_another_is_made_while_the_first_is_written_in(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "AT_REST_MS", 10)
    first = writing.open_window(desk, window, client)
    first.form.box.set_value("Settle.")
    qtbot.waitUntil(lambda: len(ahead(window)) == 1)
    let_be_made()
    second = writing.open_window(desk, window, client)
    assert second is not first
    assert first.form.box.value() == "Settle."
    second.form.box.set_value("Appeal.")
    second.form.submitted.emit()
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == ["Appeal."]


def test_one_made_ahead_in_another_language_is_made_anew(
    window: Window, desk: OpenPractice, client: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = prepared(window, desk)
    try:
        text.speak("es")
        opened = writing.open_window(desk, window, client)
        assert opened is not ready
        assert opened.windowTitle().startswith(text._("Log advice"))
    finally:
        text.speak("en")


def test_what_is_only_ready_leaves_nothing_when_the_practice_is_closed(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    writing.prepare(desk, window)
    desk.closing.emit()
    qtbot.waitUntil(lambda: not window.findChildren(LogAdvice))
    assert desk.ask(list_jottings) == []
    assert window.places_of_windows == {}


def test_recording_on_a_large_practice_keeps_the_window_free_and_a_refusal_stands_beside_its_field(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "is_large", lambda: True)
    opened = writing.open_window(desk, window, client)
    form = opened.form
    form.box.set_value("Settle.")
    form.set_values({"response": "against advice"})
    form.submitted.emit()
    qtbot.waitUntil(lambda: any(field.error() for field in form.fields.values()))
    assert form.isEnabled()
    form.set_values({"response": "accepted"})
    form.submitted.emit()
    assert not form.isEnabled()
    opened.close()
    assert opened.isVisible(), "it closes when it is recorded"
    qtbot.waitUntil(lambda: writing.windows(window) == [])
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == ["Settle."]
