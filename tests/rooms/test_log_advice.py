"""Proof that advice is logged in a window of its own, by keyboard, in one step, and that nothing written is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from db import advice, attachments, engagements, followups, overview, trust
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty, add_party
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.shell.window import Window
from tests.rooms.conftest import Keys
from tests.rooms.writing_advice import active, add_portus, form_of, opened, steps, write

THURSDAY = dt.date.today() + dt.timedelta(days=(3 - dt.date.today().weekday() - 1) % 7 + 1)


def test_a_note_takes_two_keys_beside_its_text(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    keys.press("Ctrl+Shift+A")
    active(writing.windows(window)[0])
    keys.type("He should wait. !send the draft by Thursday")
    keys.press("Ctrl+Return")
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.question, entry.advice, entry.state) == ("He should wait.", "He should wait.", "recorded")
    (promise,) = desk.ask(trust.list_promises, client)
    assert (promise.text, promise.due_on) == ("send the draft", THURSDAY)
    assert steps(desk)[0] == "log_with_promise"
    assert window.current_room() == "clients"
    assert writing.windows(window) == []


def test_everything_said_in_one_go_is_one_step(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    desk.do(add_party, NewParty(given_name="Ana", family_name="Vega"))
    window.open_room("clients")
    form = form_of(window)
    before = len(steps(desk))
    keys.type("Spoke with @veg")
    assert form.mention.is_open()
    keys.press("Return")
    write(keys, "about it.", "!call the court tomorrow at 16:00", "?ask again in two weeks", "~His brother wants out.")
    assert [line.kind for line in form.understood.lines] == ["!", "?", "~"]
    assert "tomorrow" not in form.understood.lines[0].words.text()
    keys.press("Ctrl+Return")
    assert len(steps(desk)) == before + 1
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.advice, entry.present) == ("Spoke with Ana Vega about it.", "Ana Vega")
    (promise,) = desk.ask(trust.list_promises, client)
    assert (promise.text, promise.due_time, promise.engagement_id) == ("call the court", "16:00", engagement)
    (step,) = desk.ask(followups.list_follow_ups, client)
    assert (step.what, step.due_on) == ("ask again", dt.date.today() + dt.timedelta(days=14))
    (note,) = desk.ask(overview.brief, client, confidences=True).trust_notes
    assert (note.text, note.kind, note.restricted) == ("His brother wants out.", "confidence", True)
    desk.undo()
    assert desk.ask(trust.list_promises, client) == []


def test_a_name_that_leads_says_whose_advice_it_is(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    other = add_portus(desk)
    window.open_room("clients")
    form = form_of(window)
    keys.type("@port")
    keys.press("Tab")
    keys.type("Do not sign.")
    assert form.client_id() == other
    keys.press("Ctrl+Return")
    assert [row.advice for row in desk.ask(advice.list_advice, other)] == ["Do not sign."]


def test_a_name_nobody_chose_is_found_or_asked_for(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    form = form_of(window)
    form.fill_client(None)
    form.box.page.setPlainText("@larrea He should wait.")
    form.submitted.emit()
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == ["He should wait."]
    form = form_of(window)
    form.box.page.setPlainText("@nobodyknown He should wait.")
    form.submitted.emit()
    assert "nobody on file" in form.box.error()
    assert len(desk.ask(advice.list_advice, client)) == 1


def test_engagement_named_in_the_text_is_taken(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    desk.do(add_engagement, NewEngagement(client_id=client, title="Berth lease", stage="active"))
    second = desk.do(add_engagement, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active")).result
    window.open_room("clients")
    form = form_of(window)
    assert form.engagement.value() is None
    keys.type("#lar")
    keys.press("Return")
    assert form.engagement.value() == second
    keys.type("Sue.")
    keys.press("Ctrl+Return")
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.engagement_id, entry.advice) == (second, "Sue.")


def test_what_was_understood_is_corrected_and_taken_off(window: Window, client: int, keys: Keys) -> None:
    window.open_room("clients")
    form = form_of(window)
    write(keys, "Wait. !send the draft by Thursday", "~His brother wants out")
    promise, confidence = form.understood.lines
    promise.when.setFocus()
    promise.when.selectAll()
    keys.type("2 Dec 2030")
    assert "2 Dec 2030" in form.box.value()
    assert [mark.due.day for mark in form.marks if mark.due] == [dt.date(2030, 12, 2)]
    promise.words.setFocus()
    promise.words.selectAll()
    keys.type("post it")
    assert form.box.value().startswith("Wait. !post it 2 Dec 2030")
    confidence.taken_off.emit()
    assert "brother" not in form.box.value()
    form.box.page.undo()
    assert "brother" in form.box.value()


def test_escape_in_the_list_of_names_closes_the_list_alone(window: Window, client: int, keys: Keys) -> None:
    window.open_room("clients")
    form = form_of(window)
    keys.type("@larr")
    assert form.mention.is_open()
    keys.press("Esc")
    assert not form.mention.is_open()
    assert form.isVisible()
    assert form.box.value() == "@larr"


def test_several_windows_are_open_and_block_nothing(window: Window, desk: OpenPractice, client: int) -> None:
    window.open_room("clients")
    first = opened(window)
    first.form.set_values({"advice": "First."})
    second = opened(window)
    assert first is not second
    assert window.open_room("advice") is not None
    second.form.set_values({"advice": "Second."})
    for one in (first, second):
        one.form.submitted.emit()
    assert {row.advice for row in desk.ask(advice.list_advice, client)} == {"First.", "Second."}


def test_untouched_window_is_taken_again(window: Window, client: int) -> None:
    window.open_room("clients")
    assert opened(window) is opened(window)
    assert "Iñaki Larrea" in opened(window).windowTitle()


def test_an_empty_window_leaves_no_trace(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    before = steps(desk)
    opened(window)
    keys.press("Esc")
    assert steps(desk) == before
    assert writing.windows(window) == []


def test_writing_another_keeps_the_client(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    opened(window)
    keys.type("Yes.")
    keys.press("Ctrl+Shift+Return")
    active(writing.windows(window)[0])
    form = writing.windows(window)[0].form
    assert (form.client.value(), form.box.value()) == (client, "")
    keys.type("No.")
    keys.press("Ctrl+Return")
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == ["No.", "Yes."]


def test_late_entry_says_why(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"advice": "Wait."})
    assert form.fields["late_reason"].isHidden()
    given = form.fields["given_at"]
    given.line.setText("3 days ago 10:00")  # type: ignore[attr-defined]
    given.changed.emit()
    assert not form.fields["late_reason"].isHidden()
    form.submitted.emit()
    assert "more than a day ago" in form.fields["late_reason"].error()
    form.set_values({"late_reason": "I was in court"})
    form.submitted.emit()
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.late_entry, entry.late_reason) == (True, "I was in court")


def test_the_clock_of_a_call_starts_by_itself_and_gives_the_minutes(
    window: Window, desk: OpenPractice, client: int
) -> None:
    window.open_room("clients")
    form = form_of(window)
    assert not form.clock.is_running()
    form.fields["channel"].set_value("call")
    assert form.clock.is_running()
    form.clock.stop()
    form.clock.wind(250)
    form.clock.turn()
    form.clock.turn()
    form.set_values({"advice": "Wait."})
    form.submitted.emit()
    assert [row.minutes for row in desk.ask(advice.list_advice, client)] == [5]


def test_against_advice_insists_on_consequence_and_reason(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"advice": "Settle."})
    assert form.fields["consequence"].isHidden()
    form.fields["response"].set_value("against advice")
    keys.press("Ctrl+Return")
    assert all(form.fields[name].error() for name in ("consequence", "reason", "words"))
    assert desk.ask(advice.list_advice, client) == []
    form.set_values({"consequence": "The costs double.", "reason": "He wants his day in court.", "words": "Sue."})
    keys.press("Ctrl+Return")
    entry = desk.ask(advice.list_advice, client)[0]
    answer = desk.ask(advice.get_response, entry.id)
    assert answer is not None
    assert (answer.response, answer.reason) == ("against advice", "He wants his day in court.")
    assert answer.words == "Sue."


def test_what_is_missing_stands_beside_its_field(window: Window, desk: OpenPractice, client: int) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"question": "Accept the offer?"})
    form.submitted.emit()
    assert form.box.error() == "This is needed."
    assert desk.ask(advice.list_advice, client) == []


def test_a_file_goes_with_the_advice(window: Window, desk: OpenPractice, client: int, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Counsel says no.", encoding="utf-8")
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"advice": "No."})
    form.files.add([note])
    form.submitted.emit()
    assert [row.name for row in desk.ask(attachments.list_attachments, client)] == ["note.txt"]


def test_advice_in_a_closed_engagement_says_how_to_reopen_it(
    window: Window, desk: OpenPractice, client: int, engagement: int
) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"advice": "No."})
    desk.do(engagements.change_stage, engagement, engagements.NewStage(stage="completed", outcome="Settled"))
    form.submitted.emit()
    assert "reopen" in form.fields["engagement"].error()
    assert desk.ask(advice.list_advice, client) == []


@pytest.mark.parametrize("markup", ["<b>bold</b>", "<img src=x>"])
def test_markup_is_recorded_as_typed(window: Window, desk: OpenPractice, client: int, markup: str) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.box.page.setFocus()
    QTest.keyClicks(form.box.page, f"{markup} !send {markup}")
    assert form.understood.lines[0].words.text() == f"send {markup}"
    QTest.keyClick(form.box.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == [markup]


def test_the_form_fits_a_small_window(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    window.open_room("clients")
    one = opened(window)
    one.resize(720, 500)
    areas = [area for area in one.findChildren(QScrollArea) if area.isAncestorOf(one.form)]
    qtbot.waitUntil(lambda: [area.horizontalScrollBar().maximum() for area in areas] == [0])
