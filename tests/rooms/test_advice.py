"""Proof that advice is logged by keyboard, in one step, and that nothing written is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from db import advice, attachments, capture, engagements, history, trust
from db.advice import NewAdvice, NewResponse, log_advice, respond_to_advice
from db.clients import NewClient, add_client
from db.parties import NewParty
from desktop.practice import OpenPractice
from desktop.rooms.advice.form import AdviceForm
from desktop.rooms.advice.page import AdvicePage
from desktop.shell.window import Window
from tests.rooms.conftest import Keys


def room(window: Window) -> AdvicePage:
    found = window.open_room("advice")
    assert isinstance(found, AdvicePage)
    return found


def opened(window: Window) -> AdviceForm:
    window.log_advice.emit()
    form = room(window).form
    assert isinstance(form, AdviceForm)
    return form


def press(within: QWidget, words: str) -> None:
    next(
        one for one in within.findChildren(QPushButton) if one.accessibleName() == words or one.text() == words
    ).click()


def recorded(desk: OpenPractice, client: int, question: str = "Settle or sue?") -> int:
    new = NewAdvice(client_id=client, question=question, advice="Settle.", record=True)
    return int(str(desk.do(log_advice, new).result))


def steps(desk: OpenPractice) -> list[str]:
    return [step.verb for step in desk.ask(history.list_steps)]


def test_advice_and_its_promise_are_typed_and_recorded_in_one_step(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    window.open_room("clients")
    keys.press("Ctrl+Shift+A")
    before = len(steps(desk))
    keys.fill("Accept the offer?", "Settle below 180,000.", "Counsel's note", "Adverse costs")
    keys.press("Tab")
    keys.fill("Call before the hearing", "tomorrow 16:00")
    keys.press("Ctrl+Return")
    assert steps(desk)[: len(steps(desk)) - before] == ["log_with_promise"]
    entry = desk.ask(advice.list_advice, client)[0]
    assert (entry.state, entry.question, entry.advice) == ("recorded", "Accept the offer?", "Settle below 180,000.")
    assert (entry.basis, entry.risks, entry.engagement_id) == ("Counsel's note", "Adverse costs", engagement)
    promise = desk.ask(trust.list_promises, client)[0]
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    assert (promise.text, promise.due_on, promise.due_time) == ("Call before the hearing", tomorrow, "16:00")
    assert window.current_room() == "clients"
    assert room(window).table.rows.row_object(0).question == "Accept the offer?"


def test_the_form_knows_whom_one_was_looking_at(window: Window, client: int, engagement: int) -> None:
    window.open_room("clients")
    form = opened(window)
    assert form.client.typed() == "Iñaki Larrea"
    assert form.engagement.value() == engagement
    assert form.fields["question"].entry.hasFocus()


def test_a_client_is_found_by_a_few_letters(window: Window, client: int, keys: Keys) -> None:
    form = opened(window)
    form.fill_client(None)
    form.client.line.setFocus()
    keys.type("larr")
    keys.press("Tab")
    assert form.client.value() == client


def test_what_is_missing_stands_beside_its_field(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    form = opened(window)
    keys.type("Accept the offer?")
    keys.press("Ctrl+Return")
    assert form.fields["advice"].error() == "This is needed."
    assert desk.ask(advice.list_advice, client) == []


def test_against_advice_asks_for_the_consequence_and_the_reason(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = opened(window)
    assert form.fields["consequence"].isHidden()
    keys.fill("Accept the offer?", "Settle.")
    form.fields["response"].set_value("against advice")
    assert not form.fields["consequence"].isHidden()
    keys.press("Ctrl+Return")
    assert "consequence" in form.fields["consequence"].error()
    assert desk.ask(advice.list_advice, client) == []
    form.set_values({"consequence": "The costs double.", "reason": "He wants his day in court."})
    keys.press("Ctrl+Return")
    entry = desk.ask(advice.list_advice, client)[0]
    answer = desk.ask(advice.get_response, entry.id)
    assert answer is not None
    assert (answer.response, answer.reason) == ("against advice", "He wants his day in court.")


def test_escape_keeps_a_draft_that_comes_first_and_is_gone_on_with(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    recorded(desk, client)
    window.open_room("clients")
    opened(window)
    keys.fill("Sell the berth?", "Not this year")
    keys.press("Tab", "Tab", "Tab")
    keys.fill("Ask the harbour", "Friday")
    keys.press("Esc")
    assert steps(desk)[0] == "keep_draft"
    page = room(window)
    first = page.table.rows.row_object(0)
    assert (first.question, first.response) == ("Sell the berth?", "draft")
    page.show_record(first.id)
    keys.press("Return")
    form = page.form
    assert isinstance(form, AdviceForm)
    assert form.fields["advice"].value() == "Not this year"
    assert form.fields["text"].value() == "Ask the harbour"
    keys.press("Ctrl+Return")
    entry = desk.ask(advice.list_advice_rows, [first.id])[0]
    assert entry.state == "recorded"
    assert [promise.text for promise in desk.ask(trust.list_promises, client)] == ["Ask the harbour"]
    assert desk.ask(capture.read_unfinished, first.id) == {}


def test_going_to_another_room_loses_nothing(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    opened(window)
    keys.type("Half a question")
    window.open_room("engagements")
    assert [row.question for row in desk.ask(advice.list_advice, client)] == ["Half a question"]
    form = opened(window)
    assert form.fields["question"].value() == "Half a question"
    assert len(desk.ask(advice.list_advice, client)) == 1


def test_a_half_typed_date_is_no_reason_to_lose_the_rest(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    window.open_room("clients")
    opened(window)
    keys.fill("Sell the berth?", "Not this year")
    keys.press("Tab", "Tab", "Tab")
    keys.fill("Ask the harbour", "some day in")
    window.close_rooms()
    draft = desk.ask(advice.list_advice, client)[0]
    assert (draft.question, draft.advice, draft.state) == ("Sell the berth?", "Not this year", "draft")
    assert desk.ask(capture.read_unfinished, draft.id) == {"text": "Ask the harbour", "due": "some day in"}


def test_without_a_client_the_first_escape_warns_and_the_second_leaves(
    window: Window, desk: OpenPractice, keys: Keys
) -> None:
    window.open_room("advice")
    form = opened(window)
    form.fields["question"].setFocus()
    keys.type("Whose question?")
    keys.press("Esc")
    assert room(window).form is form
    assert "Choose a client" in form.fields["client_id"].error()
    keys.press("Esc")
    assert room(window).form is None
    assert steps(desk) == ["found_practice"]


def test_an_empty_form_leaves_no_trace(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    opened(window)
    before = steps(desk)
    keys.press("Esc")
    assert steps(desk) == before
    assert window.current_room() == "clients"


def test_writing_another_keeps_the_client(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    window.open_room("clients")
    opened(window)
    keys.fill("First?", "Yes.")
    keys.press("Ctrl+Shift+Return")
    form = room(window).form
    assert isinstance(form, AdviceForm)
    assert (form.client.value(), form.fields["question"].value()) == (client, "")
    keys.fill("Second?", "No.")
    keys.press("Ctrl+Return")
    assert [row.question for row in desk.ask(advice.list_advice, client)] == ["Second?", "First?"]


def test_a_file_goes_with_the_advice(window: Window, desk: OpenPractice, client: int, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Counsel says no.", encoding="utf-8")
    window.open_room("clients")
    form = opened(window)
    form.set_values({"question": "Sue?", "advice": "No."})
    form.add_files([note])
    form.submitted.emit()
    assert [row.name for row in desk.ask(attachments.list_attachments, client)] == ["note.txt"]


def test_another_client_s_engagement_is_not_offered(window: Window, desk: OpenPractice, engagement: int) -> None:
    other = int(str(desk.do(add_client, NewClient(party=NewParty(name="Portus Terminal"))).result))
    form = opened(window)
    form.fill_client(other)
    assert [form.engagement.box.itemData(at) for at in range(form.engagement.box.count())] == [None]


def test_recorded_advice_is_amended_and_the_first_text_stays(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Amend")
    assert page.form is not None
    page.form.set_values({"reason": "A new precedent", "advice": "Sue."})
    page.form.submitted.emit()
    entries = {entry.advice: entry for entry in desk.ask(advice.list_advice, client)}
    assert entries["Settle."].amended_by == entries["Sue."].id
    assert entries["Sue."].amend_reason == "A new precedent"


def test_the_client_answers_later(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Client’s decision")
    assert page.form is not None
    page.form.set_values({"response": "accepted", "words": "Do it."})
    page.form.submitted.emit()
    assert desk.ask(advice.list_advice, client)[0].response == "accepted"
    assert page.table.rows.row_object(0).response == "accepted"


def test_a_discarded_draft_comes_back_by_undo(window: Window, desk: OpenPractice, client: int) -> None:
    new = NewAdvice(client_id=client, question="Half")
    draft = int(str(desk.do(capture.keep_draft, new, {"text": "Call"}).result))
    page = room(window)
    page.show_record(draft)
    press(page.view, "Discard")
    assert desk.ask(advice.list_advice, client) == []
    assert page.table.rows.rowCount() == 0
    desk.undo()
    assert page.table.rows.row_object(0).question == "Half"
    assert desk.ask(capture.read_unfinished, draft) == {"text": "Call"}


def test_the_history_is_filtered_as_one_types(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    recorded(desk, client, "Settle or sue?")
    recorded(desk, client, "Sell the berth?")
    page = room(window)
    page.start_search()
    keys.type("berth")
    assert page.table.rows.rowCount() == 1
    assert page.table.rows.row_object(0).question == "Sell the berth?"


@pytest.mark.parametrize("question", ["<b>bold?</b>", "<img src=x>"])
def test_markup_in_a_question_is_shown_as_typed(window: Window, desk: OpenPractice, client: int, question: str) -> None:
    page = room(window)
    page.show_record(recorded(desk, client, question))
    titles = [one for one in page.view.findChildren(QLabel) if one.text() == question]
    assert titles
    assert {one.textFormat() for one in titles} == {Qt.TextFormat.PlainText}


def test_a_given_answer_is_not_asked_again(window: Window, desk: OpenPractice, client: int) -> None:
    entry = recorded(desk, client)
    desk.do(respond_to_advice, entry, NewResponse(response="accepted"))
    page = room(window)
    page.show_record(entry)
    shown = {one.text() for one in page.view.findChildren(QPushButton) if one.isVisible()}
    assert shown == {"Amend", "Confirmed in writing"}


def test_a_draft_of_another_client_moves_with_its_file(
    window: Window, desk: OpenPractice, client: int, tmp_path: Path
) -> None:
    other = int(str(desk.do(add_client, NewClient(party=NewParty(name="Portus Terminal"))).result))
    note = tmp_path / "note.txt"
    note.write_text("Counsel says no.", encoding="utf-8")
    new = NewAdvice(client_id=client, question="Whose?", advice="His.")
    draft = int(str(desk.do(capture.keep_draft, new, {}, [note]).result))
    page = room(window)
    page.show_record(draft)
    press(page.view, "Go on writing")
    form = page.form
    assert isinstance(form, AdviceForm)
    form.fill_client(other)
    form.submitted.emit()
    assert desk.ask(advice.list_advice, client) == []
    assert [(row.question, row.state) for row in desk.ask(advice.list_advice, other)] == [("Whose?", "recorded")]
    assert [row.name for row in desk.ask(attachments.list_attachments, other)] == ["note.txt"]
    assert desk.ask(attachments.list_attachments, client) == []


def test_a_draft_undone_while_it_is_written_is_written_anew(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = opened(window)
    keys.fill("Sell the berth?", "Not this year")
    window.open_room("engagements")
    desk.undo()
    assert desk.ask(advice.list_advice, client) == []
    opened(window)
    form.submitted.emit()
    assert [row.state for row in desk.ask(advice.list_advice, client)] == ["recorded"]


def test_advice_in_a_closed_engagement_says_how_to_reopen_it(
    window: Window, desk: OpenPractice, client: int, engagement: int
) -> None:
    window.open_room("clients")
    form = opened(window)
    form.set_values({"question": "Appeal?", "advice": "No."})
    desk.do(engagements.change_stage, engagement, engagements.NewStage(stage="completed", outcome="Settled"))
    form.submitted.emit()
    assert "reopen" in form.fields["engagement"].error()
    assert desk.ask(advice.list_advice, client) == []


def test_words_without_a_client_outlive_the_window_and_are_gone_on_with(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    page = room(window)
    page.write()
    form = page.form
    assert isinstance(form, AdviceForm)
    form.set_values({"question": "Sell the berth?", "advice": "Not this year.", "text": "Ask the harbour"})
    form.client.line.setText("Larr")
    window.close_rooms()
    assert desk.ask(capture.read_unfinished, capture.NAMELESS)["advice"] == "Not this year."
    page = room(window)
    page.write()
    form = page.form
    assert isinstance(form, AdviceForm)
    assert (form.client.typed(), form.fields["text"].value()) == ("Larr", "Ask the harbour")
    form.fill_client(client)
    form.submitted.emit()
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.question, entry.advice) == ("Sell the berth?", "Not this year.")
    assert desk.ask(capture.read_unfinished, capture.NAMELESS) == {}


def test_words_without_a_client_go_only_at_the_second_escape(window: Window, desk: OpenPractice, keys: Keys) -> None:
    page = room(window)
    page.write()
    assert isinstance(page.form, AdviceForm)
    page.form.set_values({"advice": "Not this year."})
    window.open_room("clients")
    room(window)
    keys.press("Esc")
    assert page.form is not None
    assert desk.ask(capture.read_unfinished, capture.NAMELESS) != {}
    keys.press("Esc")
    assert page.form is None
    assert desk.ask(capture.read_unfinished, capture.NAMELESS) == {}


def test_the_form_fits_the_smallest_window(window: Window, desk: OpenPractice, client: int) -> None:
    window.resize(960, 640)
    page = room(window)
    page.write(client)
    QApplication.processEvents()
    assert isinstance(page.form, AdviceForm)
    areas = [area for area in page.findChildren(QScrollArea) if area.isAncestorOf(page.form)]
    assert [area.horizontalScrollBar().maximum() for area in areas] == [0]
