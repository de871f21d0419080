"""The tables of the rooms: no word of theirs is cut in any language, and each is found again as it was left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import settings, text
from desktop.practice import OpenPractice
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.clients.page import ClientsPage
from desktop.rooms.engagements.page import EngagementsPage
from desktop.rooms.trust.page import TrustPage
from desktop.rooms.words import word
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.chip import chip_width
from desktop.widgets.ink import SEMIBOLD, font
from desktop.widgets.table import Table

ROOMS = {"clients": ClientsPage, "engagements": EngagementsPage, "advice": AdvicePage, "trust": TrustPage}
LONGEST = {
    "clients": ("shown_standing", ("occasional", "prospect", "at risk")),
    "engagements": ("stage", ("disengaged", "completed")),
    "advice": ("response", ("awaiting", "against advice")),
    "trust": ("state", ("renegotiated", "overdue")),
}


@pytest.fixture
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The program speaks this language for one test."""
    text.speak(request.param)
    yield request.param
    text.speak("en")


def opened(desk: OpenPractice, qtbot: QtBot, choice: settings.Settings) -> Window:
    """A window on the rooms with tables, at the size it starts with."""
    entries = [RoomEntry(name, name.title(), "users", partial(page, desk)) for name, page in ROOMS.items()]
    window = Window(entries, choice)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window


def table_of(window: Window, name: str) -> Table:
    """The table of a room; of the two in Trust, the promises."""
    room = window.open_room(name)
    found: Table = getattr(room, "table", None) or room.promises  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("language", list(text.LANGUAGES), indirect=True)
@pytest.mark.parametrize("room", list(ROOMS))
def test_no_word_of_a_column_is_cut(desk: OpenPractice, qtbot: QtBot, room: str, language: str) -> None:
    window = opened(desk, qtbot, settings.Settings())
    table = table_of(window, room)
    key, codes = LONGEST[room]
    columns = table.rows.columns
    (at,) = [place for place, column in enumerate(columns) if column.key == key]
    for code in codes:
        assert chip_width(word(code)) <= table.columnWidth(at) - 24, word(code)
    title = QFontMetrics(font("tiny", SEMIBOLD))
    for place, column in enumerate(columns):
        if table.isColumnHidden(place):
            continue
        assert title.horizontalAdvance(column.title) <= table.columnWidth(place) - 24, column.title
    window.close_rooms()


def test_a_table_is_found_again_after_a_new_start(desk: OpenPractice, qtbot: QtBot) -> None:
    window = opened(desk, qtbot, settings.load())
    table = table_of(window, "clients")
    header = table.horizontalHeader()
    header.resizeSection(3, 133)
    header.moveSection(4, 0)
    table.sort("name", descending=True)
    window.open_room("trust").notes.horizontalHeader().resizeSection(1, 171)  # type: ignore[attr-defined]
    window.close()
    window.close_rooms()
    kept = settings.load()
    assert set(kept.tables) == {"clients", "notes"}
    again = table_of(opened(desk, qtbot, kept), "clients")
    assert again.columnWidth(3) == 133
    assert again.horizontalHeader().logicalIndex(0) == 4
    assert (again.rows.sort_key, again.rows.descending) == ("name", True)


def test_a_table_nobody_touched_keeps_to_its_own_widths(desk: OpenPractice, qtbot: QtBot) -> None:
    choice = settings.load()
    window = opened(desk, qtbot, choice)
    for name in ROOMS:
        window.open_room(name)
    for size in ((960, 640), (1400, 900)):
        window.resize(*size)
        QApplication.processEvents()
    window.close()
    assert choice.tables == {}
    window.close_rooms()
