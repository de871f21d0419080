"""Proof that a report is seen as it will be sent, says what it leaves out, and is kept whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from desktop.practice import OpenPractice
from desktop.rooms.reports import keep
from desktop.rooms.reports.ask import span
from desktop.rooms.reports.page import ReportsPage

SECRET = "his wife does not know of the second house"


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    opened = OpenPractice(practice)
    party = NewParty(kind="person", name="Iñaki Larrea", language="es")
    client = int(str(opened.do(add_client, NewClient(party=party, standing="client")).result))
    given = dt.datetime.now().astimezone() - dt.timedelta(days=3)
    opened.do(
        log_advice,
        NewAdvice(client_id=client, question="Settle?", advice="Settle below 180.", given_at=given, record=True),
    )
    opened.do(log_advice, NewAdvice(client_id=client, question="Unfinished thought", advice="Not yet."))
    opened.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text=SECRET))
    return opened


@pytest.fixture
def page(desk: OpenPractice, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(desk).whole()
    qtbot.addWidget(made)
    made.resize(1072, 722)
    made.refresh()
    made.show()
    return made


def seen(page: ReportsPage, qtbot: QtBot) -> str:
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert page.preview is not None
    return page.preview.text()


def choose(page: ReportsPage, qtbot: QtBot) -> str:
    page.start_search()
    QTest.keyClicks(page.form.client.line, "Larr")
    page.form.client.line.editingFinished.emit()
    return seen(page, qtbot)


def test_report_of_the_client_typed_stands_in_the_preview_in_his_language(page: ReportsPage, qtbot: QtBot) -> None:
    words = choose(page, qtbot)
    assert "Iñaki Larrea" in words
    assert "Settle below 180." in words
    assert "Informe al cliente" in words
    assert page.form.language.value() == ""
    assert page.form.language.noted() == "Español"


def test_what_was_left_out_is_listed_and_not_printed(page: ReportsPage, qtbot: QtBot) -> None:
    words = choose(page, qtbot)
    assert SECRET not in words
    assert "Unfinished thought" not in words
    assert sorted(page.left_out.words()) == ["1 confidence", "1 draft"]


def test_words_on_where_things_stand_come_into_the_report_as_they_are_typed(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot)
    page.form.summary.set_value("All is calm <b>now</b>.")
    assert not page.save_button.isEnabled()
    assert "All is calm <b>now</b>." in seen(page, qtbot)


def test_new_advice_comes_into_the_report_that_is_seen(page: ReportsPage, desk: OpenPractice, qtbot: QtBot) -> None:
    choose(page, qtbot)
    before = page.made
    desk.do(log_advice, NewAdvice(client_id=1, question="Appeal?", advice="Let it rest.", record=True))
    page.refresh()
    qtbot.waitUntil(lambda: page.made is not before, timeout=20_000)
    assert "Let it rest." in seen(page, qtbot)


def test_period_that_ends_before_it_begins_is_refused_in_a_sentence(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot)
    page.form.period.set_value("days")
    page.form.since.set_value(dt.date(2026, 3, 1))
    page.form.until.set_value(dt.date(2026, 1, 1))
    page.form.until.changed.emit()
    until = page.form.until
    qtbot.waitUntil(lambda: until.error() == "The period ends before it begins.", timeout=20_000)
    assert not page.save_button.isEnabled()


def test_half_typed_date_waits_for_the_rest(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot)
    page.form.period.set_value("days")
    page.form.since.setFocus()
    QTest.keyClicks(page.form.since.line, "nonsens")
    assert page.form.wanted(dt.date.today()) is None
    assert not page.save_button.isEnabled()


def test_saved_report_is_the_one_seen_and_its_folder_is_remembered(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, qtbot)
    proposed: list[str] = []

    def answer(_parent: object, _title: str, proposal: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(proposal).name)
        return str(tmp_path / "out.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    QTest.keyClick(page.form.client.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [path.name for path in tmp_path.glob("out*")] == ["out.pdf"]
    assert "Settle below 180." in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert proposed[0].startswith("Iñaki Larrea – Informe al cliente, ")
    assert "Saved as out.pdf." in page.bar.text()
    assert keep.last_folder() == tmp_path


def test_report_that_cannot_be_written_leaves_the_older_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"older")
    (tmp_path / "out.pdf.part").mkdir()
    with pytest.raises(OSError):
        keep.write_whole(target, b"newer")
    assert target.read_bytes() == b"older"


def test_page_comes_nearer_and_fits_again(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot)
    preview = page.preview
    assert preview is not None
    preview.nearer()
    nearer = preview.view.zoomFactor()
    preview.nearer()
    assert preview.view.zoomFactor() == pytest.approx(nearer * 1.25)
    page.zoom[3].click()
    assert preview.view.zoomMode() == preview.view.ZoomMode.FitInView


def test_report_prints_every_page(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.widgets.preview import print_pages

    choose(page, qtbot)
    assert page.preview is not None
    document = page.preview.document
    assert document is not None
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_pages(document, printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == document.pageCount()


def test_practice_without_clients_says_where_to_begin(practice: Practice, qtbot: QtBot) -> None:
    page = ReportsPage(OpenPractice(practice)).whole()
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    assert page.state() == "no-clients"


@pytest.mark.parametrize(
    ("today", "first"),
    [(dt.date(2026, 11, 21), dt.date(2025, 11, 22)), (dt.date(2028, 2, 29), dt.date(2027, 3, 1))],
)
def test_last_twelve_months_are_a_year_of_days(today: dt.date, first: dt.date) -> None:
    assert span("twelve", today) == (first, None)
    assert span("year", today) == (dt.date(today.year, 1, 1), None)
