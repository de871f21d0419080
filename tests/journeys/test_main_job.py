"""The main job from an empty computer to a printed report, in the real window, by keyboard alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db.overview import brief
from db.parties import suggest_parties
from db.practice import Practice
from db.search import find
from db.trust import list_promises
from desktop import settings
from desktop.app import App, make_application
from desktop.rooms.advice import writing
from tests.journeys.hands import Count, Hands

PASSPHRASE = "seven quiet herons at dusk"
ADVICE = "Settle below 180,000; after March the costs exceed the likely gain."
CONFIDENCE = "He would take a third less rather than stand in court."
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Ana Vega
N:Vega;Ana;;;
EMAIL:ana@vega.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Łukasz Wójcik
N:Wójcik;Łukasz;;;
TEL:+48 600 200 300
END:VCARD
"""

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[App]:
    choice = settings.Settings(language="en", scheme="light", idle_minutes=0)
    make_application(choice)
    made = App(choice)
    qtbot.addWidget(made.window)
    made.start(None)
    yield made
    made.close()


def test_main_job_is_done_by_keyboard_alone(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    hands = Hands(app, qtbot.waitUntil)
    path, cards, pdf = tmp_path / "vega.cliens", tmp_path / "book.vcf", tmp_path / "report.pdf"
    cards.write_text(CARDS, encoding="utf-8")
    # The computer's own file dialogs are not ours to drive: they answer with these names.
    answers = iter([path, pdf])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(next(answers)), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(cards), ""))

    found_practice(hands)
    bring_in_address_book(hands)
    open_client_and_engagement(hands)
    check_conflicts(hands)
    log_advice(hands)
    note_promise_and_confidence(hands)
    find_a_word(hands)
    undo_a_slip(hands)
    save_report(hands, pdf)
    lock_and_unlock(hands, path)
    count("J0 the main job", hands.split(), "from an empty computer to a report, locked and unlocked")


def found_practice(hands: Hands) -> None:
    hands.tab_to("New practice")
    hands.press("Space")
    hands.fill(Name_of_the_practice="Vega & Noriega")
    hands.press("Return")
    hands.fill(Passphrase=PASSPHRASE, The_same_again=PASSPHRASE)
    hands.press("Return")
    page: Any = hands.app._page
    hands.wait(lambda: page.kept.isVisible())
    for _step in range(20):
        if QApplication.focusWidget() is page.kept:
            break
        hands.press("Tab")
    hands.press("Space", "Return")
    hands.wait(lambda: hands.app.desk is not None)
    assert hands.desk.practice.key is not None


def bring_in_address_book(hands: Hands) -> None:
    hands.go("Import and export")
    hands.press("Ctrl+F")
    room = hands.room("exchange")
    hands.wait(lambda: room.plan is not None)
    assert [chip.text() for chip in room.intake.chips[:2]] == ["2 new", "0 changed"]
    hands.tab_to("Bring in")
    hands.press("Space")
    hands.wait(lambda: room.imported is not None)
    assert hands.desk.ask(suggest_parties, "lukasz")


def open_client_and_engagement(hands: Hands) -> None:
    hands.press("Ctrl+2", "Ctrl+N")
    room = hands.room("clients")
    hands.fill(Given_name="Iñaki", Family_name="Larrea")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.press("Ctrl+3", "Ctrl+N")
    room = hands.room("engagements")
    hands.fill(Client="Larrea", Title="Larrea v. Portus")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)


def check_conflicts(hands: Hands) -> None:
    hands.go("Conflict check")
    hands.press("Ctrl+F")
    hands.type("Ignacio Larea")
    hands.press("Return")
    room = hands.room("conflicts")
    hands.wait(lambda: room.result is not None)
    assert room.result.names[0].hits


def log_advice(hands: Hands) -> None:
    hands.press("Ctrl+2", "Ctrl+Shift+A")
    (window,) = writing.windows(hands.app.window)
    hands.wait(window.isActiveWindow)
    assert window.form.client.typed() == "Iñaki Larrea"
    hands.fill(The_question="Accept, or go to trial?", Our_advice=ADVICE)
    hands.press("Ctrl+Return")
    hands.wait(lambda: not writing.windows(hands.app.window))
    hands.wait(hands.app.window.isActiveWindow)


def note_promise_and_confidence(hands: Hands) -> None:
    hands.press("Ctrl+5", "Ctrl+N")
    room = hands.room("trust")
    hands.fill(Client="Larrea", What_was_promised="Call before the hearing", Due="tomorrow")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    hands.tab_to("Trust note")
    hands.press("Space")
    form = room.form
    if not form.client.typed():
        hands.fill(Client="Larrea")
    hands.tab_to("Kind")
    while form.fields["kind"].value() != "confidence":
        hands.press("Down")
    hands.tab_to("What was said or noticed")
    hands.type(CONFIDENCE)
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)


def find_a_word(hands: Hands) -> None:
    hands.press("Ctrl+K")
    hands.type("exceed likely")
    search = hands.app.window.top.search
    hands.wait(search.results_shown)
    hands.press("Return")
    hands.wait(lambda: hands.app.window.current_room() == "advice")
    assert hands.desk.ask(find, "third less").total == 0


def undo_a_slip(hands: Hands) -> None:
    hands.press("Ctrl+5", "Ctrl+N")
    room = hands.room("trust")
    if not room.form.client.typed():
        hands.fill(Client="Larrea")
    hands.fill(What_was_promised="A slip of the hand")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    assert len(hands.desk.ask(list_promises, 1)) == 2
    hands.press("Ctrl+Z")
    hands.wait(lambda: len(hands.desk.ask(list_promises, 1)) == 1)


def save_report(hands: Hands, pdf: Path) -> None:
    hands.go("Reports")
    hands.press("Ctrl+F")
    room = hands.room("reports")
    hands.type("Larrea")
    hands.press("Tab")
    hands.wait(room.save_button.isEnabled)
    hands.press("Ctrl+S")
    hands.wait(pdf.exists)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert ADVICE in words
    assert "Call before the hearing" in words
    assert "third less" not in words
    assert "slip of the hand" not in words


def lock_and_unlock(hands: Hands, path: Path) -> None:
    hands.press("Ctrl+L")
    hands.wait(lambda: hands.app.desk is None)
    assert b"Larrea" not in path.read_bytes()
    hands.tab_to("Passphrase")
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.wait(lambda: hands.app.desk is not None)
    known = hands.desk.ask(brief, 1, confidences=True)
    assert known.client.name == "Iñaki Larrea"
    assert [row.advice for row in known.advice] == [ADVICE]
    assert [(row.text, row.due_on) for row in known.promises] == [
        ("Call before the hearing", dt.date.today() + dt.timedelta(days=1))
    ]
    assert [row.text for row in known.trust_notes] == [CONFIDENCE]
    assert [row.title for row in known.engagements] == ["Larrea v. Portus"]
    practice: Practice = hands.desk.practice
    assert practice.check().ok
