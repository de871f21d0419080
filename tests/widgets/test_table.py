"""Proof that a table stays quick, keeps its place, and is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings import TableShape
from desktop.widgets.command import Command
from desktop.widgets.table import Column, Table
from tests.pace import paced

COLUMNS = [
    Column("name", "Name", 200, "strong"),
    Column("standing", "Standing", 110, "chip", tones={"Client": "green"}),
]


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    standing: str = "Client"


class Register:
    """A list of rows that answers as a practice does, and counts what it was asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.known = {row.id: row for row in rows}
        self.fetched: list[int] = []

    def ids(self, key: str, descending: bool, text: str) -> list[int]:
        found = [row for row in self.known.values() if text.lower() in row.name.lower()]
        if key:
            found.sort(key=lambda row: str(getattr(row, key)), reverse=descending)
        return [row.id for row in found]

    def rows(self, ids: Sequence[int]) -> list[Row]:
        self.fetched.extend(ids)
        return [self.known[record] for record in ids if record in self.known]


def open_table(qtbot: QtBot, register: Register, shape: TableShape | None = None) -> Table:
    table = Table(COLUMNS, register.ids, register.rows, "Clients", shape)
    qtbot.addWidget(table)
    table.resize(480, 400)
    table.reload()
    table.show()
    return table


def names(table: Table) -> list[str]:
    model = table.rows
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def people() -> Register:
    return Register([Row(1, "Zofia"), Row(2, "Ana", "Prospect"), Row(3, "Marta")])


def click_header(qtbot: QtBot, table: Table, column: int) -> None:
    header = table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_sorting_by_the_header_keeps_the_selection(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    table.select(3)
    click_header(qtbot, table, 0)
    assert names(table) == ["Ana", "Marta", "Zofia"]
    assert table.current_id() == 3
    click_header(qtbot, table, 0)
    assert names(table) == ["Zofia", "Marta", "Ana"]
    assert table.current_id() == 3


def test_reload_keeps_the_selection_where_the_record_stands_now(qtbot: QtBot) -> None:
    register = people()
    table = open_table(qtbot, register)
    table.select(3)
    del register.known[1]
    table.reload()
    assert (table.current_id(), table.currentIndex().row()) == (3, 1)


def test_selection_of_a_record_that_went_away_is_given_up(qtbot: QtBot) -> None:
    register = people()
    table = open_table(qtbot, register)
    table.select(3)
    del register.known[3]
    with qtbot.waitSignal(table.picked) as told:
        table.reload()
    assert told.args == [None]
    assert table.current_id() is None


def test_filter_lists_only_what_matches(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    table.filter("ma")
    assert names(table) == ["Marta"]


def test_return_opens_the_current_record(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    table.select(2)
    with qtbot.waitSignal(table.activated_record) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [2]


def test_letters_typed_on_the_table_are_handed_on_and_read_no_rows(qtbot: QtBot) -> None:
    register = Register([Row(number, f"Client {number:06}") for number in range(100_000)])
    table = open_table(qtbot, register)
    table.grab()
    fetched = len(register.fetched)
    with qtbot.waitSignal(table.typed) as told:
        QTest.keyClick(table, Qt.Key.Key_Z)
    assert told.args == ["z"]
    assert len(register.fetched) == fetched


def test_current_row_is_copied_as_text(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    table.select(2)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Ana\tProspect"


def test_hundred_thousand_rows_open_at_once_and_only_what_is_seen_is_fetched(qtbot: QtBot) -> None:
    register = Register([Row(number, f"Client {number:06}") for number in range(100_000)])

    def look() -> Table:
        table = open_table(qtbot, register)
        table.grab()
        table.scrollToBottom()
        table.grab()
        return table

    table, took = paced(look)
    assert took < 75
    assert len(register.fetched) <= 400
    assert names(table)[:1] == ["Client 000000"]


def test_table_is_found_again_as_it_was_left(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    header = table.horizontalHeader()
    header.resizeSection(0, 133)
    header.moveSection(1, 0)
    table.sort("name", descending=True)
    again = open_table(qtbot, people(), table.shape())
    assert (
        again.shape() == table.shape() == TableShape({"name": 133, "standing": 110}, ["standing", "name"], "name", True)
    )
    assert names(again) == ["Zofia", "Marta", "Ana"]


def test_remembered_column_that_no_longer_exists_does_no_harm(qtbot: QtBot) -> None:
    table = open_table(qtbot, people(), TableShape({"gone": 10}, ["gone", "standing"], "gone", True))
    assert table.shape().order == ["standing", "name"]
    assert names(table) == ["Zofia", "Ana", "Marta"]


def test_name_with_markup_is_shown_as_typed(qtbot: QtBot) -> None:
    table = open_table(qtbot, Register([Row(1, "<img src=x>")]))
    assert names(table) == ["<img src=x>"]
    plain = open_table(qtbot, Register([Row(1, "")]))
    assert table.viewport().grab().toImage() != plain.viewport().grab().toImage()


def test_chosen_columns_stay_chosen_and_make_the_table_scroll_sideways(qtbot: QtBot) -> None:
    wide = [Column("name", "Name", stretch=True), Column("standing", "Standing", 300, shown=False)]
    table = Table(wide, people().ids, people().rows, "Clients")
    qtbot.addWidget(table)
    table.resize(320, 300)
    table.reload()
    table.show()
    assert table.isColumnHidden(1)
    table.choose("standing", True)
    assert not table.isColumnHidden(1)
    QApplication.processEvents()
    assert table.columnWidth(0) >= 140
    assert table.horizontalScrollBar().maximum() > 0
    assert table.shape().shown == ["name", "standing"]
    table.forget_shape()
    assert table.isColumnHidden(1)
    assert table.shape().shown == []


def test_column_moves_past_its_visible_neighbour(qtbot: QtBot) -> None:
    table = open_table(qtbot, people())
    table.move_column(0, 1)
    assert table.shape().order == ["standing", "name"]


def test_menu_holds_the_commands_for_the_selected_rows(qtbot: QtBot) -> None:
    table = Table(COLUMNS, people().ids, people().rows, "Clients", many=True)
    qtbot.addWidget(table)
    table.reload()
    asked: list[list[int]] = []

    def commands(ids: Sequence[int]) -> list[Command]:
        asked.append(list(ids))
        return [Command("Open", lambda: None, possible=lambda: False)]

    table.set_commands(commands)
    assert table.menu() is None
    table.selectAll()
    menu = table.menu()
    assert menu is not None
    assert asked == [[1, 2, 3]]
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("Open", False)]


def test_hundred_thousand_rows_are_selected_at_once(qtbot: QtBot) -> None:
    register = Register([Row(number, f"Client {number:06}") for number in range(100_000)])
    table = Table(COLUMNS, register.ids, register.rows, "Clients", many=True)
    qtbot.addWidget(table)
    table.reload()
    fetched = len(register.fetched)
    table.selectAll()
    assert table.selected_count() == 100_000
    assert len(table.selected_ids()) == 100_000
    table.reload()
    assert table.selected_count() == 100_000
    assert len(register.fetched) == fetched


def test_selected_rows_stay_selected_where_they_stand_now(qtbot: QtBot) -> None:
    register = people()
    table = Table(COLUMNS, register.ids, register.rows, "Clients", many=True)
    qtbot.addWidget(table)
    table.reload()
    table.selectAll()
    register.known[9] = Row(9, "New")
    table.sort("name")
    del register.known[9]
    table.reload()
    table.sort("name", descending=True)
    assert sorted(table.selected_ids()) == [1, 2, 3]
