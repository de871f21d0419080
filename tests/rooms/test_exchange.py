"""Proof that a file is looked at before it comes in, comes in whole or not at all, and that everything goes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.exchange.content import content_digest
from db.founding import NewPractice
from db.parties import suggest_parties
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.exchange.page import ExchangePage

PEOPLE = """Full Name,E-mail,Mobile phone,Shoe size
Ana Vega,ana@vega.example,+34 600 100 200,38
Łukasz Wójcik,lw@wojcik.example,600 200 300,
,,,44
"""
LONG = 20_000


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    return OpenPractice(practice)


@pytest.fixture
def page(desk: OpenPractice, qtbot: QtBot) -> ExchangePage:
    made = ExchangePage(desk).whole()
    qtbot.addWidget(made)
    made.resize(1072, 722)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def looked(page: ExchangePage, path: Path, qtbot: QtBot) -> list[str]:
    page.take(path)
    qtbot.waitUntil(lambda: page.plan is not None, timeout=LONG)
    return said(page)


def said(page: ExchangePage) -> list[str]:
    return [chip.text() for chip in page.intake.chips if chip.isVisible()]


def known(desk: OpenPractice, name: str) -> bool:
    return bool(desk.ask(suggest_parties, name))


def test_file_is_looked_at_before_anything_is_changed(page: ExchangePage, people: Path, qtbot: QtBot) -> None:
    head = page.desk.practice.head()
    assert looked(page, people, qtbot) == ["2 new", "0 changed", "0 unchanged", "1 needs a look"]
    assert page.intake.kind.text() == "A table · 3 lines · UTF-8"
    assert page.desk.practice.head() == head


def test_return_brings_the_file_in_as_one_step_that_undo_takes_back(
    page: ExchangePage, people: Path, qtbot: QtBot
) -> None:
    looked(page, people, qtbot)
    with qtbot.waitSignal(page.desk.done, timeout=LONG):
        QTest.keyClick(page.intake.go, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert known(page.desk, "lukasz")
    assert page.intake.bar.text() == "Brought in: 2 new, 0 changed and 0 unchanged. Undo takes all of it back."
    page.desk.undo()
    assert not known(page.desk, "lukasz")


def test_same_file_again_has_nothing_to_bring(page: ExchangePage, people: Path, qtbot: QtBot) -> None:
    people.write_text("\n".join(PEOPLE.splitlines()[:3]), encoding="utf-8")
    looked(page, people, qtbot)
    with qtbot.waitSignal(page.desk.done, timeout=LONG):
        page.bring()
    page.leave()
    assert looked(page, people, qtbot) == ["0 new", "0 changed", "2 unchanged"]
    assert not page.intake.go.isEnabled()
    assert page.intake.bar.text() == "Everything in this file is in the practice already."


def test_row_that_needs_a_look_says_its_line_and_why_and_is_written_out(
    page: ExchangePage, people: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(page, people, qtbot)
    row = page.intake.bad.rows.row_object(0)
    assert (getattr(row, "line", 0), getattr(row, "why", "")) == (4, "There is no name in it.")
    target = tmp_path / "later.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    page.intake.save.click()
    assert target.read_text("utf-8-sig").splitlines()[1] == "4,no-name,,,,44"


def test_table_without_a_name_is_asked_what_its_columns_are(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Wer,Wo genau\nAna Vega,Madrid\nBo Finch,Leeds\n", encoding="utf-8")
    page.take(path)
    qtbot.waitUntil(lambda: "Wer" in page.intake.columns.boxes, timeout=LONG)
    assert not page.intake.go.isEnabled()
    box = page.intake.columns.boxes["Wer"]
    box.setFocus()
    QTest.keyClicks(box, "Whole")
    qtbot.waitUntil(lambda: page.plan is not None, timeout=LONG)
    assert said(page)[0] == "2 new"
    with qtbot.waitSignal(page.desk.done, timeout=LONG):
        page.bring()
    assert known(page.desk, "Ana Vega")


def test_file_in_an_old_code_page_shows_its_words_and_asks(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Name,City\nŁukasz Wójcik,Kraków\n".encode("cp1250"))
    page.take(path)
    qtbot.waitUntil(page.intake.encoding.isVisible, timeout=LONG)
    shown = [page.intake.encoding.box.itemText(at) for at in range(page.intake.encoding.box.count())]
    assert any(line.startswith("Łukasz Wójcik,Kraków") and "Central Europe" in line for line in shown)
    page.intake.encoding.set_value("cp1250")
    qtbot.waitUntil(lambda: page.plan is not None, timeout=LONG)
    with qtbot.waitSignal(page.desk.done, timeout=LONG):
        page.bring()
    assert known(page.desk, "Łukasz Wójcik")


def test_file_that_is_no_table_is_refused_in_a_sentence(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    page.take(path)
    qtbot.waitUntil(page.intake.bar.isVisible, timeout=LONG)
    assert page.intake.bar.text() == "The file is empty."
    assert not page.intake.go.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.state() == "door"


def test_cancelled_import_leaves_nothing(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Name\n" + "".join(f"Person {at}\n" for at in range(6000)), encoding="utf-8")
    looked(page, path, qtbot)
    head = page.desk.practice.head()
    page.bring()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.intake.bar.text() == "Cancelled. Nothing was changed.", timeout=LONG)
    assert page.desk.practice.head() == head
    assert not known(page.desk, "Person")


def test_dropped_cards_are_recognised(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Vega\nN:Vega;Ana;;;\nEND:VCARD\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.door.place.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: page.plan is not None, timeout=LONG)
    assert page.intake.kind.text() == "vCard · 1 card · UTF-8"
    assert not page.intake.mapping_card.isVisible()


def test_practice_goes_out_to_a_folder_and_comes_back_into_an_empty_one(
    page: ExchangePage, people: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    looked(page, people, qtbot)
    with qtbot.waitSignal(page.desk.done, timeout=LONG):
        page.bring()
    page.leave()
    page.export_to(tmp_path / "out")
    qtbot.waitUntil(page.door.bar.isVisible, timeout=LONG)
    assert (tmp_path / "out" / "index.html").is_file()
    assert "confidences included" in page.door.bar.text()
    with Practice.create(tmp_path / "other.cliens", NewPractice(name="Second"), None) as second:
        back = ExchangePage(OpenPractice(second)).whole()
        qtbot.addWidget(back)
        with qtbot.waitSignal(back.desk.done, timeout=LONG):
            back.take(tmp_path / "out")
        assert known(back.desk, "Łukasz")
        assert second.ask(content_digest) == page.desk.ask(content_digest)


def test_folder_that_is_no_export_is_refused_in_a_sentence(page: ExchangePage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    page.take(tmp_path / "holiday")
    qtbot.waitUntil(page.door.bar.isVisible, timeout=LONG)
    assert page.door.bar.text().endswith("is not a folder that Cliens exported.")


def test_every_column_of_a_history_has_words() -> None:
    from db.exchange.histories import HISTORIES
    from desktop.rooms.exchange.words import fields

    for noun, history in HISTORIES.items():
        assert {code for code, _words in fields(noun)} == {*history.columns, "custom"}


def test_imported_clients_are_one_click_away_and_people_of_an_address_book_are_no_clients(
    page: ExchangePage, people: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.intake.asked_for.connect(asked.append)
    table = tmp_path / "clients.csv"
    table.write_text("Name,Client number,Standing\nAna Vega,C-0007,client\n", encoding="utf-8")
    for path, noun in ((people, "parties"), (table, "clients")):
        looked(page, path, qtbot)
        if page.intake.noun.value() != noun:
            page.intake.noun.set_value(noun)
            page.intake.retold.emit()
            qtbot.waitUntil(lambda: page.plan is not None, timeout=LONG)
        with qtbot.waitSignal(page.desk.done, timeout=LONG):
            page.bring()
        for each in page.intake.bar.findChildren(QPushButton):
            if each.isVisibleTo(page) and each.text() == "Show them":
                each.click()
        page.leave()
    assert asked == ["clients"]
