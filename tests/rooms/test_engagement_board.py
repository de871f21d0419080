"""Proof that the board shows every stage, carries cards by keys and by mouse, and asks what came of closed work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from db import engagements
from db.engagements import NewEngagement
from desktop.practice import OpenPractice
from desktop.rooms.engagements.board_column import AT_ONCE, MIME
from desktop.rooms.engagements.page import EngagementsPage
from desktop.shell.window import Window
from tests.rooms.conftest import Keys


@pytest.fixture
def page(window: Window, desk: OpenPractice, engagement: int) -> EngagementsPage:
    """The room with its board in view, one card on it."""
    found = window.open_room("engagements")
    assert isinstance(found, EngagementsPage)
    found.show_board(True)
    assert found.board.select(engagement)
    return found


def stage(desk: OpenPractice, engagement: int) -> str:
    return desk.ask(engagements.get_engagement, engagement).stage


def titles(page: EngagementsPage, column: str) -> list[str]:
    cards = page.board.columns[column].cards
    return [cards.index(at).data() for at in range(cards.rowCount())]


def test_a_card_is_carried_by_keys_and_undo_brings_it_back(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    keys.press("Ctrl+Right")
    assert (stage(desk, engagement), titles(page, "on hold"), titles(page, "active")) == (
        *("on hold", ["Larrea v. Portus"], []),
    )
    assert page.board.columns["on hold"].hasFocus()
    keys.press("Ctrl+Left", "Ctrl+Left")
    assert stage(desk, engagement) == "engaged"
    desk.undo()
    assert (stage(desk, engagement), titles(page, "active")) == ("active", ["Larrea v. Portus"])


def test_closing_asks_for_the_outcome_in_the_page(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    keys.press("Ctrl+Right", "Ctrl+Right")
    assert page.board.outcome.isVisible()
    assert page.board.outcome.line.hasFocus()
    keys.press("Return")
    assert page.board.outcome.error.text() == "This is needed."
    assert stage(desk, engagement) == "on hold"
    keys.type("Settled at 178,000")
    keys.press("Return")
    row = desk.ask(engagements.get_engagement, engagement)
    assert (row.stage, row.outcome) == ("completed", "Settled at 178,000")
    assert not page.board.outcome.isVisible()
    assert titles(page, "completed") == ["Larrea v. Portus"]


def test_giving_up_leaves_the_card_where_it_was(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    page.board.move_to(engagement, "declined")
    keys.press("Esc")
    assert not page.board.outcome.isVisible()
    assert stage(desk, engagement) == "active"
    assert page.board.columns["active"].hasFocus()


def test_a_card_is_dropped_into_another_column(page: EngagementsPage, desk: OpenPractice, engagement: int) -> None:
    data = QMimeData()
    data.setData(MIME, QByteArray(f"{engagement} active".encode()))
    column = page.board.columns["proposed"]
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    column.dropEvent(event)
    assert (stage(desk, engagement), titles(page, "proposed")) == ("proposed", ["Larrea v. Portus"])


def test_arrows_walk_over_empty_columns(
    page: EngagementsPage, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    desk.do(engagements.add_engagement, NewEngagement(client_id=client, title="Berth lease", stage="enquiry"))
    page.board.select(engagement)
    keys.press("Left")
    assert page.board.columns["enquiry"].hasFocus()
    assert page.view.row is not None
    assert page.view.row.title == "Berth lease"
    keys.press("Right")
    assert page.board.columns["active"].hasFocus()


def test_a_long_column_is_read_as_one_scrolls(page: EngagementsPage, desk: OpenPractice, client: int) -> None:
    for number in range(AT_ONCE + 5):
        new = NewEngagement(client_id=client, title=f"Lease {number}", stage="proposed")
        desk.practice.do(engagements.add_engagement, new)
    page.refresh()
    column = page.board.columns["proposed"]
    assert column.cards.rowCount() == AT_ONCE
    column.scrollToBottom()
    column.cards.fetchMore(column.rootIndex())
    assert column.cards.rowCount() == AT_ONCE + 5
    assert len(set(titles(page, "proposed"))) == AT_ONCE + 5
    assert not column.cards.canFetchMore(column.rootIndex())


def test_enter_opens_the_card_and_escape_goes_back(page: EngagementsPage, keys: Keys) -> None:
    assert not page.view.isVisible()
    keys.press("Return")
    assert page.view.isVisible()
    next(one for one in page.view.findChildren(QPushButton) if one.accessibleName() == "Log advice").setFocus()
    keys.press("Esc")
    assert not page.view.isVisible()
    assert page.board.columns["active"].hasFocus()


def test_the_board_is_narrowed_like_the_table(page: EngagementsPage, desk: OpenPractice, client: int) -> None:
    new = NewEngagement(client_id=client, title="Berth lease", stage="active", letter="signed")
    desk.do(engagements.add_engagement, new)
    page.field.setText("lease")
    assert titles(page, "active") == ["Berth lease"]
    page.field.clear()
    from dataclasses import replace

    page.filters.take(replace(page.filters.wanted, unsigned=True))
    assert titles(page, "active") == ["Larrea v. Portus"]


def test_board_or_table_is_remembered(page: EngagementsPage, desk: OpenPractice) -> None:
    assert EngagementsPage(desk).whole().is_board
    page.show_board(False)
    assert not EngagementsPage(desk).whole().is_board
