"""Proof that reports for many clients are made from the window: chosen, written whole, listed if refused, stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.client_bulk import grade_clients
from db.clients import NewClient, add_client, delete_client
from db.parties import NewParty
from db.practice import Practice
from db.views import save_view
from desktop.practice import OpenPractice
from desktop.rooms.clients.page import ClientsPage
from desktop.rooms.reports import keep
from desktop.rooms.reports.batch import BatchSheet, show_batch
from desktop.rooms.reports.page import ReportsPage
from desktop.shell.window import RoomEntry, Window

CLIENTS = 5


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    bridge = OpenPractice(practice)
    for number in range(CLIENTS):
        party = NewParty(kind="person", name=f"Client {number}")
        bridge.do(add_client, NewClient(party=party, standing="client"))
    bridge.do(grade_clients, [1, 2], "A")
    return bridge


@pytest.fixture
def window(desk: OpenPractice, qtbot: QtBot) -> Window:
    made = Window(
        [
            RoomEntry("clients", "Clients", "users", lambda: ClientsPage(desk)),
            RoomEntry("reports", "Reports", "file-text", lambda: ReportsPage(desk)),
        ]
    )
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def opened(window: Window, desk: OpenPractice, folder: Path, ids: tuple[int, ...] = ()) -> BatchSheet:
    sheet = show_batch(window.open_room("reports"), desk, ids)
    sheet.folder.set_value(str(folder))
    return sheet


def made(sheet: BatchSheet, qtbot: QtBot) -> list[str]:
    sheet.make_button.click()
    qtbot.waitUntil(lambda: not sheet.is_making(), timeout=30_000)
    return sorted(path.name for path in Path(sheet.folder.value()).iterdir())


def test_all_of_one_grade_get_their_reports(window: Window, desk: OpenPractice, out: Path, qtbot: QtBot) -> None:
    sheet = opened(window, desk, out)
    assert sheet.words.text() == "5 reports"
    sheet.whom.set_value("grade A")
    assert sheet.words.text() == "2 reports"
    names = made(sheet, qtbot)
    assert [name.split(" – ")[0] for name in names] == ["Client 0", "Client 1"]
    assert "2 reports written." in sheet.bar.text()
    assert keep.last_folder() == out


def test_saved_view_is_a_selection(window: Window, desk: OpenPractice, out: Path) -> None:
    value = {"conditions": [["grade", "A"]], "sort": "name", "descending": False}
    view = desk.do(save_view, "clients", "The best", value).result
    sheet = opened(window, desk, out)
    sheet.whom.set_value(f"view {view}")
    assert sheet.ids() == [1, 2]


def test_rows_selected_among_the_clients_bring_their_reports(window: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    page = window.open_room("clients")
    assert isinstance(page, ClientsPage)
    page.table.selectAll()
    page.bulk.buttons["report"].click()
    qtbot.waitUntil(lambda: window.current_room() == "reports" and bool(window.findChildren(BatchSheet)))
    (sheet,) = window.findChildren(BatchSheet)
    assert sheet.whom.box.currentText() == f"The {CLIENTS} clients chosen"
    assert sorted(sheet.ids()) == list(range(1, CLIENTS + 1))


def test_client_whose_report_is_refused_is_listed_with_a_sentence(
    window: Window, desk: OpenPractice, out: Path, qtbot: QtBot
) -> None:
    sheet = opened(window, desk, out, (1, 2, 3))
    desk.do(delete_client, 2)
    assert len(made(sheet, qtbot)) == 2
    assert "1 could not be made:" in sheet.bar.text()
    name, sentence = sheet.errors.text().split(": ", 1)
    assert name
    assert len(sentence) > 10


def test_batch_is_stopped_and_what_is_written_stays_whole(
    window: Window, desk: OpenPractice, out: Path, qtbot: QtBot
) -> None:
    sheet = opened(window, desk, out, (1, 2, 3, 4, 5) * 40)
    sheet.make_button.click()
    qtbot.waitUntil(lambda: len(sheet.batch.written) >= 2, timeout=30_000)
    sheet.stop_button.click()
    qtbot.waitUntil(lambda: not sheet.is_making(), timeout=30_000)
    assert "Stopped." in sheet.bar.text()
    assert 2 <= len(sheet.batch.written) < 200
    files = list(out.iterdir())
    assert sorted(files) == sorted(sheet.batch.written)
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in files)


def test_folder_that_is_not_there_is_refused_beside_its_field(
    window: Window, desk: OpenPractice, tmp_path: Path
) -> None:
    sheet = opened(window, desk, tmp_path / "nowhere")
    QTest.keyClick(sheet.folder.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sheet.folder.error() == "There is no such folder."
    assert not sheet.is_making()


def test_sheet_that_is_closed_gives_its_work_up(window: Window, desk: OpenPractice, out: Path, qtbot: QtBot) -> None:
    sheet = opened(window, desk, out, (1, 2, 3, 4, 5) * 40)
    batch = sheet.batch
    sheet.make_button.click()
    batch = sheet.batch
    qtbot.waitUntil(lambda: len(batch.written) >= 1, timeout=30_000)
    sheet.take_off()
    from desktop.jobs import wait_for_all

    wait_for_all()
    assert len(batch.written) < 200
