"""Who needs the practice today, the meeting in ten minutes, and a promise before it breaks: J6, J7 and J8."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from desktop.rooms.brief import BriefSheet
from tests.journeys.hands import Count, Enter


@pytest.mark.parametrize("profession", ["law", "accounting", "design"])
def test_each_row_of_monday_morning_clears_with_one_key(hands_in: Enter, count: Count, profession: str) -> None:
    """J6: down to the first row, then a key a row."""
    hands = hands_in(profession)
    today = hands.room("today")
    waiting = {row.waiting.id for row in today.cards["promises"].listed}
    rows = len(waiting)
    assert rows
    assert all(row.face.shown.detail for row in today.listed()), "every row says why it is there"
    hands.press("Down")
    while (row := today.current()) is not None and row.waiting.kind != "promise":
        hands.press("Down")
    hands.split()
    for _row in range(rows):
        row = today.current()
        assert row is not None
        assert row.waiting.kind == "promise"
        hands.press("D")
    keys = hands.split()
    assert keys == rows
    count(f"J6 Monday 8:40, {profession}", keys, f"{rows} promises kept")
    kept = hands.facts("SELECT id FROM promise WHERE kept_on = ?", str(dt.date.today()))
    assert waiting <= {number for (number,) in kept}
    hands.wait(lambda: not today.is_reading())
    while (row := today.current()) is None or row.waiting.kind != "quiet":
        hands.press("Down")
    silent = row.waiting.client_id
    hands.split()
    hands.press("C")
    assert hands.split() == 1
    assert silent not in [each.waiting.client_id for each in today.cards["quiet"].listed]
    hands.wait(lambda: not today.is_reading() and silent not in [each.client_id for each in today.kinds["quiet"].rows])


def test_brief_is_a_page_on_screen_and_on_paper_without_confidences(
    hands_in: Enter, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J7, a lawyer."""
    hands = hands_in("law")
    pdf = tmp_path / "brief.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(pdf), ""))
    hands.go("lar", "Iñaki Larrea")
    hands.room("clients")
    hands.press("Ctrl+B")
    (sheet,) = hands.app.window.findChildren(BriefSheet)
    hands.tab_to("Save as PDF", "Shift+Tab")
    hands.press("Space")
    hands.wait(pdf.exists)
    count("J7 brief and its PDF", hands.split(), "found, opened, saved")
    told = sheet.told
    assert told.advice
    assert told.questions
    reader = PdfReader(pdf)
    assert len(reader.pages) == 1
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert told.ours[0].text in words
    assert told.questions
    confidences = hands.facts(
        "SELECT text FROM trust_note WHERE client_id = ? AND kind = 'confidence'", sheet.client_id
    )
    assert confidences
    for (secret,) in confidences:
        assert secret[:40] not in words


def test_promise_is_kept_with_evidence_and_another_renegotiated_in_time(hands_in: Enter, count: Count) -> None:
    """J8, a designer."""
    hands = hands_in("design")
    hands.press("Ctrl+5")
    room = hands.room("trust")

    def find(words: str) -> int:
        hands.press("Ctrl+F")
        hands.type(words)
        hands.press("Down")
        found: int = room.table.current_id()
        hands.wait(lambda: room.table.rows.rowCount() == 1)
        return found

    ring = find("Ring before the board")
    hands.press("K")
    hands.wait(lambda: room.form is not None)
    hands.fill(What_shows_it="Rang at nine, spoke with the chair")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    count("J8 a promise kept, with evidence", hands.split(), "found, kept, what shows it")
    assert hands.facts("SELECT status, evidence, kept_on FROM promise WHERE id = ?", ring) == [
        ("kept", "Rang at nine, spoke with the chair", str(dt.date.today()))
    ]
    proof = find("Label proof on real paper")
    hands.press("R")
    hands.wait(lambda: room.form is not None)
    hands.fill(New_date="in two weeks", Agreed_with="Ada Skerry")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    count("J8 … and one renegotiated", hands.split(), "found, new date, agreed with whom")
    ((status, agreed),) = hands.facts("SELECT status, evidence FROM promise WHERE id = ?", proof)
    assert status == "renegotiated"
    assert "Ada Skerry" in agreed
    assert hands.facts("SELECT text, due_on, status FROM promise WHERE follows_id = ?", proof) == [
        ("Label proof on real paper", str(dt.date.today() + dt.timedelta(days=14)), "open")
    ]
