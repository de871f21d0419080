"""The window speaks another language, and what is listed by name stands in the order of that language."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import Practice
from desktop import settings
from desktop.app import App
from desktop.rooms.clients.page import ClientsPage
from tests.db import made

OPENS = 60_000
ENGLISH = ["Łoś, Jo", "Luz, Jo", "Ñu, Jo", "Nyx, Jo", "Żak, Jo", "Zuk, Jo"]
SPANISH = ["Łoś, Jo", "Luz, Jo", "Nyx, Jo", "Ñu, Jo", "Żak, Jo", "Zuk, Jo"]
POLISH = ["Luz, Jo", "Łoś, Jo", "Ñu, Jo", "Nyx, Jo", "Zuk, Jo", "Żak, Jo"]


@pytest.fixture
def app(qtbot: QtBot, home: Path, practice: Practice) -> Iterator[App]:
    """The program with a practice open in which each language lists the clients in another order."""
    for name in POLISH:
        practice.do(add_client, NewClient(party=NewParty(given_name="Jo", family_name=name.split(",")[0])))
    practice.close()
    begun = App(settings.Settings(scheme="light", language="en"))
    qtbot.addWidget(begun.window)
    begun.start(None)
    begun.window.activateWindow()
    qtbot.waitUntil(begun.window.isActiveWindow)
    begun.unlock(Path(shutil.copy(practice.path, home.parent / "listed.cliens")))
    qtbot.waitUntil(lambda: begun.desk is not None, timeout=OPENS)
    yield begun
    begun.close()
    begun.window.close()


def shown(app: App) -> list[str]:
    """The names in the table of clients, from top to bottom."""
    page: Any = app.window.open_room("clients")
    assert isinstance(page, ClientsPage)
    model = page.table.rows
    return [model.row_object(row).listed for row in range(model.rowCount())]


def test_another_language_of_the_window_is_another_order_of_its_lists_and_no_step(app: App, qtbot: QtBot) -> None:
    assert app.desk is not None
    practice = app.desk.practice
    qtbot.waitUntil(lambda: shown(app) == ENGLISH)
    head = practice.head()
    for language, order in (("pl", POLISH), ("es", SPANISH), ("en", ENGLISH)):
        app.choose("language", language)
        qtbot.waitUntil(lambda order=order: shown(app) == order)  # type: ignore[misc]
        assert made.misplaced(practice) == []
    assert practice.head() == head
    assert practice.check().problems == []


def test_a_practice_left_in_another_order_is_put_into_that_of_the_window(app: App, qtbot: QtBot) -> None:
    assert app.desk is not None
    path = app.desk.path
    app.choose("language", "pl")
    qtbot.waitUntil(lambda: shown(app) == POLISH)
    app.lock()
    app.choose("language", "es")
    app.unlock(path)
    qtbot.waitUntil(lambda: app.desk is not None, timeout=OPENS)
    qtbot.waitUntil(lambda: shown(app) == SPANISH)


def test_a_name_changed_under_another_language_finds_its_place_at_once(app: App, qtbot: QtBot) -> None:
    assert app.desk is not None
    app.choose("language", "pl")
    qtbot.waitUntil(lambda: shown(app) == POLISH)
    app.desk.do(add_client, NewClient(party=NewParty(given_name="Jo", family_name="Łan")))
    assert shown(app)[:3] == ["Luz, Jo", "Łan, Jo", "Łoś, Jo"]
    app.desk.undo()
    assert shown(app) == POLISH
