"""A record is reported on from where it is seen: the room of reports opens about just this one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.engagements import NewEngagement, add_engagement
from desktop.practice import OpenPractice
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.clients.page import ClientsPage
from desktop.rooms.engagements.page import EngagementsPage
from desktop.rooms.reports.page import ReportsPage
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.command import menu_of
from tests.rooms.conftest import Keys


@pytest.fixture
def window(desk: OpenPractice, qtbot: QtBot) -> Iterator[Window]:
    """The rooms that show records, and the room of reports."""
    made = Window(
        [
            RoomEntry("clients", "Clients", "users", lambda: ClientsPage(desk)),
            RoomEntry("engagements", "Engagements", "briefcase", lambda: EngagementsPage(desk)),
            RoomEntry("advice", "Advice", "scroll-text", lambda: AdvicePage(desk)),
            RoomEntry("reports", "Reports", "file-text", lambda: ReportsPage(desk)),
        ]
    )
    qtbot.addWidget(made)
    desk.changed.connect(made.on_changed)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close_rooms()


def asked_for(window: Window, qtbot: QtBot, kind: str) -> ReportsPage:
    qtbot.waitUntil(lambda: window.current_room() == "reports", timeout=20_000)
    page = window.open_room("reports")
    assert isinstance(page, ReportsPage)
    qtbot.waitUntil(lambda: page.made is not None and page.made.kind.name == kind, timeout=20_000)
    return page


def test_client_in_view_is_reported_on_by_a_key(window: Window, client: int, keys: Keys, qtbot: QtBot) -> None:
    window.open_room("clients").show_record(client)
    keys.press("Alt+R")
    page = asked_for(window, qtbot, "client")
    assert page.form.client_id() == client


def test_engagement_in_view_is_reported_on_by_a_key_whichever_was_opened_last(
    window: Window, desk: OpenPractice, client: int, keys: Keys, qtbot: QtBot
) -> None:
    first, _last = (
        int(str(desk.do(add_engagement, NewEngagement(client_id=client, title=title, stage="active")).result))
        for title in ("Deposit claim", "Lease of the quay")
    )
    room = window.open_room("engagements")
    room.show_record(first)
    keys.press("Alt+R")
    page = asked_for(window, qtbot, "engagement")
    assert (page.form.client_id(), page.form.engagement.value()) == (client, first)


def test_entry_is_reported_on_from_its_menu_as_a_letter_where_a_letter_was_chosen(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    first, _last = (
        int(str(desk.do(log_advice, NewAdvice(client_id=client, question=asked, advice="No.", record=True)).result))
        for asked in ("Settle?", "Sue?")
    )
    for kind in ("advice-note", "advice-letter"):
        room = window.open_room("advice")
        assert isinstance(room, AdvicePage)
        room.show_record(first)
        menu = menu_of(room._commands_of([first]), room)
        next(act for act in menu.actions() if act.text().startswith("Report…")).trigger()
        page = asked_for(window, qtbot, kind)
        assert page.form.advice.value() == first
        page.form.kind_field.set_value("advice-letter")


def test_note_for_the_file_alone_is_not_reported_on(window: Window, desk: OpenPractice, client: int) -> None:
    new = NewAdvice(client_id=client, question="Fit?", advice="No.", channel="note", record=True)
    entry = int(str(desk.do(log_advice, new).result))
    room = window.open_room("advice")
    assert isinstance(room, AdvicePage)
    room.show_record(entry)
    assert not any(each.title == "Report…" for each in room._commands_of([entry]))
