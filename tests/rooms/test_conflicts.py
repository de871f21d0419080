"""The conflict check in the window: type names, read what is known of them, decide, and find it again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from db.clients import NewClient, add_client
from db.conflicts import CheckRow, list_checks
from db.engagements import NewEngagement, NewRole, add_engagement, add_role
from db.parties import NewLink, NewParty, add_party, link_parties
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.conflicts.entry import split_names
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.conflicts.results import NameCard
from desktop.shell import style
from desktop.widgets.picker import RecordField
from tests.rooms.conftest import Keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _met(session: Session) -> None:
    """A client against a company, whose parent is known."""
    client = add_client(session, NewClient(party=NewParty(name="Larrea, Iñaki"), standing="client"))
    case = add_engagement(session, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active"))
    terminal = add_party(session, NewParty(kind="organisation", name="Portus Terminal"))
    holding = add_party(session, NewParty(kind="organisation", name="Portus Holding B.V."))
    link_parties(session, NewLink(from_id=holding, to_id=terminal, kind="parent company of"))
    add_role(session, NewRole(engagement_id=case, party_id=terminal, kind="adverse"))


@pytest.fixture
def desk(qapp: QApplication, empty_file: Path, tmp_path: Path) -> Iterator[OpenPractice]:
    style.apply(qapp, "light")
    path = Path(shutil.copy(empty_file, tmp_path / "practice.cliens"))
    with Practice.open_with(path, None, who="Tess", backup=False) as practice:
        practice.do(_met)
        yield OpenPractice(practice)


@pytest.fixture
def page(qtbot: QtBot, desk: OpenPractice) -> ConflictsPage:
    page = ConflictsPage(desk).whole()
    desk.changed.connect(lambda nouns: page.refresh() if nouns & page.SHOWS else None)
    qtbot.addWidget(page)
    page.resize(1072, 720)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def check(qtbot: QtBot, page: ConflictsPage) -> Callable[[str], list[NameCard]]:
    """Type names and press Return, as a user does; gives the cards that then stand on the page."""

    def typed(names: str) -> list[NameCard]:
        page.line.setText(names)
        with qtbot.waitSignal(page.checked):
            QTest.keyClick(page.line, Qt.Key.Key_Return)
        return page.results.cards

    return typed


Check = Callable[[str], list[NameCard]]


def _rows(card: NameCard) -> list[list[str]]:
    if card.table is None:
        return []
    model = card.table.rows
    return [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]


def test_each_name_has_its_verdict_and_rows_that_explain_it(page: ConflictsPage, check: Check) -> None:
    terminal, larrea, nakamura = check("Portus Terminal S.A., Ignacio Larea, Aiko Nakamura")
    assert _rows(terminal)[0] == [
        *("Portus Terminal", "same company without its suffix", "Adverse", "Larrea v. Portus — still open", "100"),
    ]
    assert _rows(terminal)[1][:3] == ["Portus Holding B.V.", "parent company of Portus Terminal", "Related"]
    assert _rows(larrea) == [
        ["Larrea, Iñaki", "given-name variant, one letter apart", "Client", "Larrea v. Portus — still open", "94"],
    ]
    assert _rows(nakamura) == []
    assert [card.accessibleName() for card in page.results.cards] == [
        *("Portus Terminal S.A., adverse party", "Ignacio Larea, 1 conflict to decide", "Aiko Nakamura, clear"),
    ]
    assert page.note.text().startswith("3 names searched in ")


def _kept(page: ConflictsPage, desk: OpenPractice) -> CheckRow:
    """The only check on file, once the page has kept it."""
    for _each in range(500):
        if page._job is None:
            break
        QTest.qWait(10)
    (kept,) = desk.ask(list_checks)
    return kept


def test_a_decision_needs_its_reason_and_is_kept_with_what_was_found(
    page: ConflictsPage, check: Check, desk: OpenPractice
) -> None:
    check("Portus Terminal")
    QTest.mouseClick(page.decide, Qt.MouseButton.LeftButton)
    assert page.form is not None
    page.form.set_values({"decision": "declined"})
    page.form.submitted.emit()
    assert page.form.fields["reason"].error() == "This is needed."
    assert desk.ask(list_checks) == []
    page.form.set_values({"reason": "We act against it"})
    page.form.submitted.emit()
    kept = _kept(page, desk)
    assert (kept.decision, kept.reason, kept.verdict, kept.checked_by) == (
        "declined",
        "We act against it",
        "stop",
        "Tess",
    )
    assert page.form is None
    assert page.past.table.rows.rowCount() == 1
    assert page.line.text() == ""


def test_a_kept_check_opens_as_it_was_found_and_undo_takes_it_from_the_list(
    page: ConflictsPage, check: Check, desk: OpenPractice
) -> None:
    check("Aiko Nakamura")
    page.open_form()
    assert page.form is not None
    page.form.submitted.emit()
    kept = _kept(page, desk)
    page.past.table.setFocus()
    page.past.table.select(kept.id)
    QTest.keyClick(page.past.table, Qt.Key.Key_Return)
    assert [card.table for card in page.results.cards] == [None]
    assert page.note.text().endswith("by Tess: No conflict")
    assert not page.decide.isVisible()
    desk.undo()
    assert page.past.table.rows.rowCount() == 0


def test_nothing_typed_is_said_beside_the_line(page: ConflictsPage) -> None:
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    assert page.bar.isVisible()
    assert page.results.cards == []


def test_what_is_no_name_is_refused_and_the_next_check_works(qtbot: QtBot, page: ConflictsPage, check: Check) -> None:
    page.line.setText("?!")
    page.check()
    qtbot.waitUntil(page.bar.isVisible)
    qtbot.waitUntil(page.check_button.isEnabled)
    assert page.results.cards == []
    assert len(check("Aiko Nakamura")) == 1
    assert not page.bar.isVisible()


def test_markup_in_a_name_is_shown_as_typed(page: ConflictsPage, check: Check, desk: OpenPractice) -> None:
    desk.do(add_party, NewParty(name="<img src=x> Bold"))
    (card,) = check("<img src=x> Bold")
    assert _rows(card)[0][0] == "<img src=x> Bold"


def test_a_client_on_the_list_is_asked_for_by_return(qtbot: QtBot, page: ConflictsPage, check: Check) -> None:
    (card,) = check("Ignacio Larrea")
    assert card.table is not None
    card.table.select(0)
    with qtbot.waitSignal(page.results.opened_client) as asked:
        QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert asked.args == [1]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ana Bell, Portus S.A.", ["Ana Bell", "Portus S.A."]),
        ("Acme, Inc., Ana Bell", ["Acme, Inc.", "Ana Bell"]),
        ("Larrea, Iñaki; Bell, Ana", ["Larrea, Iñaki", "Bell, Ana"]),
        ("Ana Bell\nPortus, S.A.\n\n", ["Ana Bell", "Portus, S.A."]),
        (" , ,", []),
    ],
)
def test_names_are_parted_where_a_reader_would_part_them(typed: str, names: list[str]) -> None:
    assert split_names(typed) == names


def test_a_pasted_list_keeps_its_lines_apart(page: ConflictsPage) -> None:
    QApplication.clipboard().setText("Larrea, Iñaki\r\nPortus Terminal\n")
    page.line.setFocus()
    QTest.keyClick(page.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.line.names() == ["Larrea, Iñaki", "Portus Terminal"]


def test_a_decision_is_kept_for_the_client_it_was_asked_for(
    page: ConflictsPage, check: Check, desk: OpenPractice, keys: Keys
) -> None:
    check("Aiko Nakamura")
    page.open_form()
    assert page.form is not None
    whom = page.form.fields["client_id"]
    assert isinstance(whom, RecordField)
    whom.setFocus()
    keys.fill("C-0001")
    page.form.submitted.emit()
    kept = _kept(page, desk)
    assert kept.client_id == 1
    page.show_record(kept.id)
    assert "C-0001" in page.note.text()


def test_a_name_with_a_comma_is_asked_about_as_one(qtbot: QtBot, page: ConflictsPage) -> None:
    with qtbot.waitSignal(page.checked):
        page.ask_about(["Larrea, Iñaki"])
    assert page.result is not None
    assert [name.name for name in page.result.names] == ["Larrea, Iñaki"]


def test_the_room_opens_ready_to_type_names(page: ConflictsPage) -> None:
    page.past.table.setFocus()
    page.rest()
    assert page.focusWidget() is page.line


def test_somebody_on_file_who_is_no_client_is_asked_for_by_return(
    qtbot: QtBot, page: ConflictsPage, check: Check, desk: OpenPractice
) -> None:
    party = int(str(desk.do(add_party, NewParty(name="Rosa Benedetti")).result))
    (card,) = check("Rosa Benedetti")
    assert card.table is not None
    card.table.select(0)
    with qtbot.waitSignal(page.results.opened_client) as asked:
        QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert asked.args == [-party]


def test_a_waiver_says_who_consented_and_when_and_is_certified(
    qtbot: QtBot, page: ConflictsPage, check: Check, desk: OpenPractice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check("Portus Terminal")
    page.open_waiver()
    assert page.form is not None
    page.form.submitted.emit()
    assert page.form.fields["who"].error() == "This is needed."
    page.form.set_values({"who": "Iñaki Larrea", "reason": "He read the letter of 3 May."})
    page.form.fields["day"].set_value(dt.date(2026, 5, 4))
    page.form.submitted.emit()
    kept = _kept(page, desk)
    assert (kept.decision, kept.verdict) == ("accepted with waiver", "stop")
    assert kept.reason == "Iñaki Larrea consented on 4 May 2026. He read the letter of 3 May."
    page.show_record(kept.id)
    target = tmp_path / "certificate.pdf"
    monkeypatch.setattr("desktop.messages.choose_new_file", lambda *_: target)
    page.save_certificate()
    qtbot.waitUntil(lambda: "certificate.pdf" in page.bar.text(), timeout=20_000)
    told = " ".join(one.extract_text() for one in PdfReader(target).pages)
    assert "Accepted with a waiver" in told
    assert "Portus Terminal" in told


def test_a_consent_of_tomorrow_is_refused_beside_its_day(page: ConflictsPage, check: Check, desk: OpenPractice) -> None:
    check("Portus Terminal")
    page.open_waiver()
    assert page.form is not None
    page.form.set_values({"who": "Iñaki Larrea"})
    page.form.fields["day"].set_value(dt.date.today() + dt.timedelta(days=14))
    page.form.submitted.emit()
    assert "past" in page.form.fields["day"].error()
    assert desk.ask(list_checks) == []


def test_where_nothing_was_found_there_is_nothing_to_waive(page: ConflictsPage, check: Check) -> None:
    check("Aiko Nakamura")
    assert not page.waiver.isVisible()
    check("Portus Terminal")
    assert page.waiver.isVisible()


def test_a_certificate_is_asked_for_only_after_the_decision(page: ConflictsPage, check: Check) -> None:
    check("Portus Terminal")
    QTest.mouseClick(page.certificate, Qt.MouseButton.LeftButton)
    assert page.bar.isVisible()
