"""Promises, reviews, decisions, feedback and a request with the mouse alone: jobs J7 to J12, and what is carried."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog

from desktop.rooms.brief import BriefSheet
from tests.journeys.hands import Count
from tests.journeys.mouse import RIGHT, Mouse, Point

TODAY = dt.date.today()


def form_of(mouse: Mouse, room: object) -> None:
    """Wait until a form lies over the room."""
    mouse.wait(lambda: getattr(room, "form", None) is not None)


def words_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_brief_is_saved_by_mouse(
    mouse_in: Point, clicks: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J7, a lawyer."""
    mouse = mouse_in("law")
    pdf = tmp_path / "brief.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(pdf), ""))
    mouse.find("lar", "Iñaki Larrea")
    mouse.room("clients")
    mouse.click("Brief")
    assert mouse.app.window.findChildren(BriefSheet)
    mouse.click("Save as PDF")
    mouse.wait(pdf.exists)
    clicks("J7 brief and its PDF", mouse.split_clicks(), "found, opened, saved")
    assert "Larrea" in words_of(pdf)


def test_promise_is_kept_and_another_renegotiated_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J8, a designer."""
    mouse = mouse_in("design")
    room = mouse.room_by_click("trust")

    def find(words: str) -> int:
        mouse.over_write("Filter promises and notes", words)
        mouse.wait(lambda: room.table.rows.rowCount() == 1)
        mouse.row(room.table, lambda index: words in str(index.data()))
        found: int = room.table.current_id()
        return found

    ring = find("Ring before the board")
    mouse.click("Kept")
    form_of(mouse, room)
    mouse.write("What shows it", "Rang at nine")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    clicks("J8 a promise kept, with evidence", mouse.split_clicks(), "found, kept, what shows it")
    assert mouse.facts("SELECT status, evidence FROM promise WHERE id = ?", ring) == [("kept", "Rang at nine")]
    proof = find("Label proof on real paper")
    mouse.click("New date")
    form_of(mouse, room)
    mouse.write("New date", "in two weeks")
    mouse.write("Agreed with", "Ada Skerry")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    clicks("J8 … and one renegotiated", mouse.split_clicks(), "found, new date, agreed with whom")
    assert mouse.facts("SELECT due_on, status FROM promise WHERE follows_id = ?", proof) == [
        (str(TODAY + dt.timedelta(days=14)), "open")
    ]


def test_review_is_held_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J9, an accountant."""
    mouse = mouse_in("accounting")
    room = mouse.room_by_click("reviews")
    client = room.current()
    mouse.click("Hold the review")
    form_of(mouse, room)
    mouse.choose("Continues", "Do they choose to go on?")
    mouse.write("What could make them say No?", "A cheaper offer of the bank")
    mouse.choose("We continue", "Do we go on?")
    mouse.write("Reasons", "Pays, takes advice, good work.")
    first = room.form
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is not None and room.form is not first)
    clicks("J9 continuation review", mouse.split_clicks(), "both sides, what could end it, next date")
    assert mouse.facts("SELECT they, we FROM review WHERE client_id = ?", client) == [("continues", "continue")]


def test_quick_question_is_noted_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J10, an accountant."""
    mouse = mouse_in("accounting")
    mouse.find("audit prep", "Audit preparation")
    mouse.room("engagements")
    mouse.click("Log advice")
    window = mouse.opened("LogAdvice")
    mouse.write("Our advice", "The car of a partner is no cost of the company.")
    mouse.hit(window.form.outside.chip)
    mouse.choose("Quote", "Outside scope: how it is handled")
    mouse.write("Minutes for it", "15")
    mouse.write("Worth", "120")
    mouse.click("Record")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    clicks("J10 just a quick question", mouse.split_clicks(), "answered and noted as outside scope in one step")
    assert mouse.facts("SELECT handling, minutes, amount_minor FROM out_of_scope ORDER BY id DESC LIMIT 1") == [
        ("quote", 15, 12_000)
    ]


def test_change_of_mind_is_noted_by_mouse(
    mouse_in: Point, clicks: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J11, a studio."""
    mouse = mouse_in("design")
    pdf = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(pdf), ""))
    mouse.find("signs for the", "Signs for the new wing")
    room = mouse.room("engagements")
    mouse.click("Decisions")
    for item, choice, who, cost, days in (
        ("Door fronts", "Oak, oiled", "Ada Lantern", "1200", "3"),
        ("Handles", "Brass", "", "", ""),
    ):
        for name, words in (
            ("Item", item),
            ("Choice", choice),
            ("Decided by", who),
            ("± Cost", cost),
            ("± Days", days),
        ):
            if words:
                mouse.write(name, words)
        mouse.click("Note it")
    mouse.click("Change of mind: Door fronts")
    form_of(mouse, room)
    mouse.over_write("The new choice", "Walnut")
    mouse.write("Why", "Oak looked too light")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    mouse.click("Save the sheet (PDF)")
    mouse.wait(pdf.exists)
    clicks("J11 decisions and a change of mind", mouse.split_clicks(), "two decided, one superseded, sheet saved")
    assert "Walnut" in words_of(pdf)
    assert "Oak, oiled" in words_of(pdf)


def test_feedback_is_acted_on_told_and_thanked_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J12, a design studio."""
    mouse = mouse_in("design")
    room = mouse.room_by_click("insight")
    mouse.click("What we heard")
    form_of(mouse, room)
    mouse.write("What was said, word for word", "The drawings came late, but the idea is ours now.")
    mouse.write("Client", "Lantern")
    mouse.suggested("Lantern")
    mouse.write("Themes", "Punctuality")
    mouse.suggested("Punctuality")
    mouse.write("What we do about it", "A plan of dates with each project")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    mouse.click("Done")
    mouse.click("Tell them")
    form_of(mouse, room)
    mouse.write("How we told", "at the meeting")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    clicks("J12 feedback, acted on and told", mouse.split_clicks(), "their words, theme, action, done, told")
    ((heard,),) = mouse.facts("SELECT max(id) FROM insight")
    assert mouse.facts("SELECT done_on, told_how FROM insight_action WHERE insight_id = ?", heard) == [
        (str(TODAY), "at the meeting")
    ]
    assert mouse.facts("SELECT name FROM insight_theme WHERE insight_id = ?", heard) == [("Punctuality",)]
    room = mouse.room_by_click("referrals")
    owed = room.row()
    mouse.click("Thank")
    form_of(mouse, room)
    mouse.write("How", "a card by hand")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    clicks("J12 thanks for a referral", mouse.split_clicks(), "the first that is owed, and how")
    assert mouse.facts("SELECT thanked_how FROM referral WHERE sent_id = ?", owed.sent_id) == [("a card by hand",)]


def test_request_about_data_is_answered_by_mouse(
    mouse_in: Point, clicks: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J12, a lawyer."""
    mouse = mouse_in("law")
    pack = tmp_path / "Data.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(pack), ""))
    room = mouse.room_by_click("privacy")
    mouse.click("Request")
    form_of(mouse, room)
    mouse.write("Who asks", "Iñaki Larrea")
    mouse.suggested("Iñaki Larrea")
    mouse.write("How it came", "by e-mail")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    mouse.click("Verify who asks")
    form_of(mouse, room)
    mouse.write("How we know", "passport seen")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    mouse.click("Review what is held")
    mouse.wait(lambda: not room.items._looking)
    mouse.click("Give all that nothing speaks against")
    for _step in range(60):
        if all(item.decision for item in room.items._items):
            break
        mouse.click("Withhold all of this kind")
        form_of(mouse, room)
        mouse.hit(mouse.seen_main())
        mouse.wait(lambda: room.form is None)
    mouse.click("Back to the request")
    mouse.click("Build the pack")
    mouse.wait(lambda: pack.exists() and mouse.sees("Show the folder"))
    mouse.click("Close")
    form_of(mouse, room)
    mouse.write("What was told to the person", "The pack, and why three records stay.")
    mouse.hit(mouse.seen_main())
    mouse.wait(lambda: room.form is None)
    clicks("J12 a request about data", mouse.split_clicks(), "clock, identity, every record decided, pack, closed")
    assert mouse.facts("SELECT outcome FROM rights_request ORDER BY id DESC LIMIT 1") == [
        ("partly: The pack, and why three records stay.",)
    ]


def test_columns_menus_and_drops_need_no_key(mouse_in: Point, tmp_path: Path) -> None:
    """What has a key elsewhere: a file or a card let go where it belongs, sorting, columns, filters, a row's menu."""
    mouse = mouse_in("law")
    _drop_files(mouse, tmp_path)
    _carry_a_card(mouse)
    room = mouse.room_by_click("clients")
    table = room.table
    mouse.at_header(table, "grade")
    mouse.wait(lambda: table.rows.sort_key == "grade" and not table.rows.loading)
    mouse.at_header(table, "name", RIGHT)
    mouse.menu("City")
    assert "city" in table.chosen()
    mouse.click("+ Filter")
    mouse.menu("Grade", "Grade A")
    mouse.wait(lambda: not table.rows.loading)
    assert {table.rows.row_object(at).grade for at in range(table.rows.rowCount())} == {"A"}
    mouse.row(table, lambda index: index.row() == 1, RIGHT)
    mouse.menu("Log advice")
    window = mouse.opened("LogAdvice")
    assert window.form.client_id() == table.current_id()


def _drop_files(mouse: Mouse, folder: Path) -> None:
    """A letter over the client in view, and an address book over the door of its room."""
    letter, book, carried = folder / "deposit.txt", folder / "book.csv", QMimeData()
    letter.write_text("The deposit stays.", encoding="utf-8")
    book.write_text("Full Name,E-mail\nAgata Orme,agata@orme.example\n", encoding="utf-8")
    view = mouse.room_by_click("clients").view
    mouse.click("Files")
    carried.setUrls([QUrl.fromLocalFile(str(letter))])
    mouse.let_go(carried, view, view.rect().center())
    mouse.wait(lambda: mouse.facts("SELECT count(*) FROM attachment WHERE name = 'deposit.txt'") == [(1,)])
    room = mouse.room_by_click("exchange")
    carried.setUrls([QUrl.fromLocalFile(str(book))])
    mouse.let_go(carried, room.door.place, room.door.place.rect().center())
    mouse.wait(lambda: room.plan is not None)
    mouse.hit(room.intake.go)
    mouse.wait(lambda: mouse.facts("SELECT count(*) FROM party WHERE name = 'Agata Orme'") == [(1,)])


def _carry_a_card(mouse: Mouse) -> None:
    """From one column of the board to another: one step, which Undo takes back."""
    room = mouse.room_by_click("engagements")
    mouse.click("Board")
    mouse.wait(lambda: not room.board.loading and room.board.isVisible())
    begins, ends = room.board.columns["active"], room.board.columns["engaged"]
    card, carried = begins.cards.row_at(0).id, begins.cards.mimeData([begins.cards.index(0)])
    mouse.let_go(carried, ends.viewport(), ends.viewport().rect().center())
    mouse.wait(lambda: mouse.facts("SELECT stage FROM engagement WHERE id = ?", card) == [("engaged",)])
    mouse.click("Undo")
    mouse.wait(lambda: mouse.facts("SELECT stage FROM engagement WHERE id = ?", card) == [("active",)])
