"""Proof that the day's work is done without a mouse: a client, an engagement, advice, a promise, a confidence."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from db import advice, clients, history, overview, trust
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.shell.window import Window
from tests.rooms.conftest import Keys

TOLD = "He will retire in June."


def test_a_morning_at_the_keyboard(window: Window, desk: OpenPractice, keys: Keys, qtbot: QtBot) -> None:
    window.open_room("clients")
    keys.press("Ctrl+N", "Tab")
    keys.fill("Łukasz", "Wójcik")
    keys.press("Ctrl+Return")
    keys.press("Ctrl+Shift+E")
    keys.fill("Shop lease", "Property")
    keys.press("Ctrl+Return")
    keys.press("Ctrl+Shift+A")
    qtbot.waitUntil(writing.windows(window)[0].isActiveWindow)
    keys.press("Shift+Tab")
    keys.fill("Sign the lease?", "Not with clause 7.", "The draft of Monday", "Rent doubles in year 3")
    keys.press("Tab")
    keys.fill("Write to the landlord", "tomorrow 12:00")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(window.isActiveWindow)
    keys.press("Ctrl+1", "Ctrl+Shift+C")
    keys.type(TOLD)
    keys.press("Ctrl+Return")

    client = desk.ask(clients.list_client_ids)[0]
    brief = desk.ask(overview.brief, client, confidences=True)
    assert (brief.client.listed, brief.engagements[0].title) == ("Wójcik, Łukasz", "Shop lease")
    entry = desk.ask(advice.list_advice, client)[0]
    assert (entry.question, entry.state, entry.engagement) == ("Sign the lease?", "recorded", "Shop lease")
    promise = desk.ask(trust.list_promises, client)[0]
    assert (promise.text, promise.engagement_id) == ("Write to the landlord", entry.engagement_id)
    assert promise.due_on == dt.date.today() + dt.timedelta(days=1)
    assert [note.text for note in brief.trust_notes] == [TOLD]
    done = [step.verb for step in desk.ask(history.list_steps)][:4]
    assert done == ["note_trust", "log_with_promise", "add_engagement", "add_client"]


def test_a_form_that_lies_open_is_not_lost_to_another(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    room = window.open_room("clients")
    keys.press("Ctrl+Shift+P")
    keys.type("Call the bank")
    keys.press("Ctrl+Shift+T", "Ctrl+N")
    keys.press("Ctrl+Return")
    assert [promise.text for promise in desk.ask(trust.list_promises, client)] == ["Call the bank"]
    assert room.form is None  # type: ignore[attr-defined]


def test_a_room_is_ready_for_the_keyboard_when_it_is_opened(window: Window, engagement: int, keys: Keys) -> None:
    for name in ("clients", "engagements"):
        room = window.open_room(name)
        assert room.table.hasFocus()  # type: ignore[attr-defined]
    window.open_room("advice")
    keys.press("Return")
    assert writing.windows(window)
