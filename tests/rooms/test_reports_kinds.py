"""Proof that every kind of report is chosen, seen, searched and sent from the room, each with the fields it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.conflicts import NewConflictCheck, record_decision
from db.engagements import NewEngagement, add_engagement
from db.parties import NewContact, NewParty
from db.practice import Practice
from desktop import opened
from desktop.practice import OpenPractice
from desktop.reports import family
from desktop.rooms.reports import keep
from desktop.rooms.reports.page import ReportsPage


@pytest.fixture
def desk(practice: Practice) -> OpenPractice:
    bridge = OpenPractice(practice)
    mail = NewContact(kind="email", value="inaki@larrea.example")
    for name, language, contacts in (("Iñaki Larrea", "es", [mail]), ("Ewa Maj", "pl", [])):
        party = NewParty(kind="person", name=name, language=language, contacts=contacts)
        client = int(str(bridge.do(add_client, NewClient(party=party, standing="client")).result))
        work = int(str(bridge.do(add_engagement, NewEngagement(client_id=client, title=f"Berth of {name}")).result))
        given = dt.datetime.now().astimezone() - dt.timedelta(days=3)
        new = NewAdvice(client_id=client, engagement_id=work, question="Settle?", advice="Settle below 180.")
        bridge.do(log_advice, new.model_copy(update={"given_at": given, "record": True}))
    return bridge


@pytest.fixture
def page(desk: OpenPractice, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(desk).whole()
    qtbot.addWidget(made)
    made.resize(1072, 722)
    made.refresh()
    made.show()
    return made


class Opener(QObject):
    """What the system is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Keep in mind what was to be opened."""
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    # PySide 6.12 says that it wants bytes, and takes none but text.
    QDesktopServices.setUrlHandler("file", made, "take")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("file")
    opened.clear()


def seen(page: ReportsPage, qtbot: QtBot) -> str:
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert page.preview is not None
    return " ".join(page.preview.text().split())


@pytest.mark.parametrize("kind", [kind.name for kind in family.KINDS])
def test_every_kind_is_chosen_and_seen_with_who_may_see_it(
    page: ReportsPage, desk: OpenPractice, qtbot: QtBot, kind: str
) -> None:
    if kind == "conflict-certificate":
        desk.do(record_decision, NewConflictCheck(names=["Portus"], decision="clear", client_id=1), "Tess")
    page.show_record(1)
    seen(page, qtbot)
    page.form.kind_field.set_value(kind)
    qtbot.waitUntil(lambda: page.made is not None and page.made.kind.name == kind, timeout=20_000)
    assert len(seen(page, qtbot)) > 40
    for_whom = family.kind_of(kind).for_whom
    told = {"client": "The client may have it", "record": "whoever may see the record", "house": "never hand it"}
    assert told[for_whom] in page.form.kind_field.noted()


def test_kinds_stand_under_whom_they_are_for_and_the_headings_cannot_be_chosen(page: ReportsPage) -> None:
    box = page.form.kind_field.box
    shown = [box.itemText(at) for at in range(box.count())]
    assert shown[:2] == ["For clients", "Client report"]
    assert shown.index("For the record") < shown.index("Advisory history") < shown.index("For the house")
    page.form.kind_field.box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert page.form.kind.name == "client"


def test_entry_is_needed_for_its_note_and_where_there_is_none_it_says_so(
    page: ReportsPage, desk: OpenPractice, qtbot: QtBot
) -> None:
    party = NewParty(kind="person", name="Nobody Advised")
    nobody = int(str(desk.do(add_client, NewClient(party=party, standing="client")).result))
    page.show_about("advice-note", client_id=nobody)
    assert page.form.advice.error() == "No advice to this client is recorded yet."
    assert page.form.wanted(dt.date.today()) is None
    assert not page.save_button.isEnabled()
    page.show_about("advice-note", advice_id=1)
    assert "Settle below 180." in seen(page, qtbot)


def test_room_opened_for_an_engagement_asks_about_that_one(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_about("decisions", engagement_id=2)
    assert "Berth of Ewa Maj" in seen(page, qtbot)
    assert page.form.client.typed() == "Ewa Maj"


def test_other_client_brings_his_own_language_and_none_of_the_words_written_for_the_first(
    page: ReportsPage, qtbot: QtBot
) -> None:
    page.show_record(1)
    page.form.summary.set_value("All is calm for Iñaki.")
    assert "All is calm for Iñaki." in seen(page, qtbot)
    page.show_record(2)
    words = seen(page, qtbot)
    assert page.form.language.noted() == "Polski"
    assert "All is calm" not in words
    page.show_record(1)
    assert "All is calm for Iñaki." in seen(page, qtbot)


def test_letter_is_written_anew_beside_its_pages_and_another_letter_has_its_own_words(
    page: ReportsPage, qtbot: QtBot
) -> None:
    page.show_about("advice-letter", client_id=1)
    seen(page, qtbot)
    usual = page.form.letter.value()
    assert "Settle below 180." in usual
    page.form.letter.page.setFocus()
    page.form.letter.page.selectAll()
    QTest.keyClicks(page.form.letter.page, "Call me <b>first</b>.")
    words = seen(page, qtbot)
    assert "Call me <b>first</b>." in words
    assert "Settle below 180." not in words
    page.show_about("advice-letter", client_id=2)
    assert "Settle below 180." in seen(page, qtbot)
    page.show_about("advice-letter", client_id=1)
    assert "Call me <b>first</b>." in seen(page, qtbot)


def test_preview_of_two_pages_follows_what_is_changed(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_record(1)
    seen(page, qtbot)
    for words in ("one", "two", "three"):
        page.form.summary.page.setPlainText(words)
        qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
        assert page.preview is not None
        assert words in page.preview.text()


def test_later_request_gives_the_earlier_up(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_record(1)
    page.show_record(2)
    assert "Ewa Maj" in seen(page, qtbot)
    QTest.qWait(200)
    assert page.preview is not None
    assert "Ewa Maj" in page.preview.text()


def test_word_is_searched_in_the_pages_and_enter_goes_round(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_record(1)
    seen(page, qtbot)
    page.shown.search()
    line = page.shown.search_line
    assert line is not None
    QTest.keyClicks(line.line, "larrea")
    qtbot.waitUntil(lambda: line.found() > 1 and line.count.text().startswith("1 of"), timeout=10_000)
    count = line.found()
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    assert line.count.text() == f"2 of {count}"
    QTest.keyClick(line.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.count.text() == f"{count} of {count}"
    line.line.setText("nobody of this name")
    qtbot.waitUntil(lambda: line.count.text() == "Nothing found", timeout=10_000)
    QTest.keyClick(line.line, Qt.Key.Key_Escape)
    assert line.isHidden()


def test_e_mail_is_a_draft_in_the_readers_language_with_the_pdf(
    page: ReportsPage, opener: Opener, qtbot: QtBot
) -> None:
    page.show_record(1)
    seen(page, qtbot)
    page.shown.mail_button.click()
    (path,) = opener.paths
    assert path.is_relative_to(opened.folder())
    assert path.suffix == ".eml"
    draft = message_from_bytes(path.read_bytes(), policy=default)
    assert draft["X-Unsent"] == "1"
    assert draft["To"] == "inaki@larrea.example"
    assert draft["From"] is None
    assert draft["Subject"].startswith("Informe al cliente")
    body = draft.get_body()
    assert body is not None
    assert "Iñaki Larrea" in body.get_content()
    assert "Adjuntamos" in body.get_content()
    (attached,) = draft.iter_attachments()
    assert page.made is not None
    assert attached.get_content() == page.made.paper.pdf
    assert (attached.get_filename() or "").startswith("Iñaki Larrea – Informe al cliente")
    assert "Nothing has been sent." in page.bar.text()


def test_e_mail_with_a_paper_of_the_house_goes_to_nobody_and_says_so(
    page: ReportsPage, opener: Opener, qtbot: QtBot
) -> None:
    page.show_about("brief", client_id=1)
    seen(page, qtbot)
    page.shown.send()
    draft = message_from_bytes(opener.paths[0].read_bytes(), policy=default)
    assert draft["To"] is None
    assert "for the practice alone" in page.bar.text()


def test_kind_language_and_paper_are_remembered(page: ReportsPage, desk: OpenPractice, qtbot: QtBot) -> None:
    page.show_about("hand-over", client_id=1)
    page.form.language.set_value("pl")
    page.form.paper.set_value("letter")
    qtbot.waitUntil(lambda: keep.last_choices().get("paper") == "letter", timeout=20_000)
    later = ReportsPage(desk).whole()
    qtbot.addWidget(later)
    chosen = (later.form.kind.name, later.form.language.value(), later.form.paper.value())
    assert chosen == ("hand-over", "pl", "letter")


def test_long_report_says_how_far_it_is_and_can_be_given_up(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_record(1)
    page.maker.told.emit(120, 1000)
    assert page.shown._waiting.isVisible()
    assert "120" in page.shown._waiting.words.text()
    page.shown._waiting.cancel.click()
    assert not page.maker.busy
    assert page.bar.text() == "The report was given up."
    QTest.qWait(300)
    assert page.made is None
