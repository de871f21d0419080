"""Proof that a report dropped on the window is verified in words, and that a pack is written whole or not at all."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.practice import OpenPractice
from desktop.rooms.clients import offering
from desktop.rooms.reports.evidence import EvidenceSheet, show_evidence
from desktop.rooms.reports.page import ReportsPage
from desktop.rooms.reports.verify import VerifySheet, show_verify
from desktop.shell.window import RoomEntry, Window
from tests.reports.sealed import advised, founded, printed, with_another_word
from tests.rooms.conftest import Keys

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenPractice]:
    with founded(tmp_path / "vega.cliens") as practice:
        yield OpenPractice(practice)


@pytest.fixture
def paper(desk: OpenPractice, tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(printed(desk.practice))
    return path


@pytest.fixture
def page(desk: OpenPractice, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(desk).whole()
    qtbot.addWidget(made)
    made.resize(1072, 722)
    made.refresh()
    made.show()
    made.activateWindow()
    return made


def drop(where: QWidget, path: Path) -> bool:
    """Drag a file over a part and let it go there; gives whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    with warnings.catch_warnings():
        # Only a window system makes this event in the way that is asked for now.
        warnings.simplefilter("ignore", DeprecationWarning)
        entered = QDragEnterEvent(QPoint(40, 40), Qt.DropAction.CopyAction, data, LEFT, NOTHING)
    QApplication.sendEvent(where, entered)
    if not entered.isAccepted():
        return False
    QApplication.sendEvent(where, QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, LEFT, NOTHING))
    return True


def answered(sheet: VerifySheet, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: sheet.answer is not None, timeout=20_000)
    assert not sheet.is_verifying()
    shown = [one.text() for one in sheet.findChildren(QLabel) if one.isVisible()]
    for line in sheet.words():
        assert line in shown
    return sheet.words()


def test_a_pdf_dropped_on_the_room_is_verified(page: ReportsPage, paper: Path, qtbot: QtBot) -> None:
    assert drop(page, paper)
    (sheet,) = page.findChildren(VerifySheet)
    words = answered(sheet, qtbot)
    assert words[0] == "Genuine, and unchanged since: this is what the record says."
    assert "Client report · Iñaki Larrea" in words[1]


def test_what_is_no_pdf_is_not_taken(page: ReportsPage, tmp_path: Path) -> None:
    (tmp_path / "letter.odt").write_bytes(b"PK")
    assert not drop(page, tmp_path / "letter.odt")
    assert not page.findChildren(VerifySheet)


def test_a_report_is_chosen_and_what_came_since_is_told(
    page: ReportsPage, paper: Path, desk: OpenPractice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    advised(desk.practice, "Appeal?", "No.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(paper), ""))
    page.proof.link.click()
    (sheet,) = page.findChildren(VerifySheet)
    sheet.choose()
    words = answered(sheet, qtbot)
    assert words[0] == "Genuine, but the record has grown or been amended since."
    assert any("A-0002 is new" in line for line in words)


def test_a_forgery_is_called_so_and_another_paper_may_follow(
    page: ReportsPage, paper: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(with_another_word(paper.read_bytes()))
    sheet = show_verify(page, page.desk, forged)
    assert answered(sheet, qtbot)[0] == "This cannot be verified as a paper from this record."
    assert drop(sheet, paper)
    assert answered(sheet, qtbot)[0].startswith("Genuine")


def test_the_page_says_how_far_it_is(page: ReportsPage, paper: Path, qtbot: QtBot) -> None:
    sheet = show_verify(page, page.desk)
    said: list[str] = []
    sheet.verify(paper)
    assert sheet._job is not None
    sheet._job.progressed.connect(lambda *_: said.append(sheet._waiting.words.text()))
    answered(sheet, qtbot)
    assert said[-1] == "100 %"
    assert len(set(said)) > 4


def test_escape_takes_the_page_off_while_it_still_reads(page: ReportsPage, paper: Path, keys: Keys) -> None:
    sheet = show_verify(page, page.desk)
    sheet.verify(paper)
    keys.press("Esc")
    assert not sheet.isVisible()
    assert not sheet.is_verifying()


def test_the_room_offers_proof_among_its_commands(page: ReportsPage, qtbot: QtBot) -> None:
    offered = {command.title: command for command in page.commands()}
    assert offered["Verify a report…"].possible()
    assert not offered["Evidence pack…"].possible()
    page.show_record(1)
    assert offered["Evidence pack…"].possible()
    offered["Evidence pack…"].do()
    assert page.findChildren(EvidenceSheet)


def test_the_menu_of_a_client_leads_to_his_pack(window: Window, desk: OpenPractice) -> None:
    reports = RoomEntry("reports", "Reports", "file-text", lambda: ReportsPage(desk))
    window.set_rooms([*window.entries(), reports])
    clients: Any = window.open_room("clients")
    offered = {command.title: command for command in offering.commands_for(clients, [1])}
    offered["Evidence pack…"].do()
    assert window.current_room() == "reports"
    (sheet,) = window.findChildren(EvidenceSheet)
    assert sheet.client_id == 1


def test_a_pack_is_written_and_what_is_in_it_is_said(
    page: ReportsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "larrea.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet = show_evidence(page, page.desk, 1)
    sheet.write_button.click()
    qtbot.waitUntil(lambda: not sheet.is_writing(), timeout=20_000)
    assert sheet.bar.text() == "Saved as larrea.zip: 1 entry."
    assert "verify.py" in zipfile.ZipFile(target).namelist()


def test_a_pack_given_up_leaves_nothing(
    page: ReportsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "larrea.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet = show_evidence(page, page.desk, 1)
    sheet.write()
    job = sheet._job
    assert job is not None
    sheet.stop_button.click()
    qtbot.waitUntil(lambda: not job.is_running(), timeout=20_000)
    assert not list(tmp_path.glob("larrea*"))
    assert sheet.write_button.isVisible()


def test_a_folder_that_takes_no_file_is_said_to_be_so(
    page: ReportsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "larrea.zip"), ""))
    sheet = show_evidence(page, page.desk, 1)
    sheet.write()
    qtbot.waitUntil(lambda: not sheet.is_writing(), timeout=20_000)
    assert sheet.bar.text().startswith("The file could not be written")
