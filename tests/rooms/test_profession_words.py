"""Proof that the window says what the profession says, at once when the practice takes another."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from db.firm import PracticeEdit, edit_practice
from desktop.app import App
from tests.rooms.test_frame import app as app
from tests.rooms.test_frame import desk


def words(app: App) -> tuple[str, str, list[str]]:
    """What the sidebar, the tab and the + Add menu of the client page call agreed work."""
    page: Any = app.window.open_room("clients", 1)
    titles = [command.title for command in page.view.adding]
    return app.window.sidebar.entry("engagements").text(), page.view.tabs._tabs["engagements"].text(), titles


def test_another_profession_is_spoken_at_once_in_every_room(app: App, qtbot: QtBot) -> None:
    desk(app).do(edit_practice, PracticeEdit(profession="law"))
    qtbot.waitUntil(lambda: app._profession == "law")
    side, tab, added = words(app)
    assert (side, tab) == ("Matters", "Matters")
    assert "Matter" in added
    app.show_settings("practice")
    desk(app).do(edit_practice, PracticeEdit(profession="design"))
    qtbot.waitUntil(lambda: app._profession == "design")
    settings: Any = app.window.stack.currentWidget()
    assert (app.window.current_room(), settings.tabs.current()) == ("settings", "practice")
    side, tab, added = words(app)
    assert (side, tab) == ("Projects", "Projects")
    assert "Project" in added
    desk(app).undo()
    qtbot.waitUntil(lambda: app._profession == "law")
    assert words(app)[1] == "Matters"
