"""Proof that what is typed into Log advice is kept outside the history, and as a draft when the window closes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from db import advice, capture, drafts, trust
from db.advice import NewAdvice
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.shell.window import Window
from tests.rooms.conftest import Keys
from tests.rooms.writing_advice import active, form_of, opened, room, steps, write


def test_typing_is_kept_without_a_step(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    window.open_room("clients")
    before = steps(desk)
    form = form_of(window)
    form.set_values({"advice": "Half a thought ~and a secret"})
    qtbot.waitUntil(lambda: bool(desk.ask(drafts.list_jottings)), timeout=2000)
    (kept,) = desk.ask(drafts.list_jottings)
    assert kept.content["advice"] == "Half a thought ~and a secret"
    assert steps(desk) == before


def test_escape_keeps_a_draft_that_is_gone_on_with_as_it_stood(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    window.open_room("clients")
    form_of(window)
    write(keys, "Not this year. !ask the harbour Friday", "~He is ill")
    keys.press("Esc")
    assert steps(desk)[0] == "keep_draft"
    (draft,) = desk.ask(advice.list_advice, client)
    assert (draft.state, draft.advice) == ("draft", "Not this year.")
    page = room(window)
    active(window)
    page.show_record(draft.id)
    keys.press("Return")
    active(writing.windows(window)[0])
    form = writing.windows(window)[0].form
    assert [line.kind for line in form.understood.lines] == ["!", "~"]
    assert form.box.value() == "Not this year. !ask the harbour Friday\n~He is ill"
    keys.press("Ctrl+Return")
    (entry,) = desk.ask(advice.list_advice, client)
    assert (entry.id, entry.state) == (draft.id, "recorded")
    assert [promise.text for promise in desk.ask(trust.list_promises, client)] == ["ask the harbour"]
    assert desk.ask(drafts.list_jottings) == []


def test_closing_an_unchanged_draft_is_no_step(window: Window, desk: OpenPractice, client: int) -> None:
    new = NewAdvice(client_id=client, question="Half", advice="A text")
    draft = int(str(desk.do(capture.keep_draft, new, {"text": "Call"}).result))
    room(window)
    before = steps(desk)
    writing.open_draft(desk, window, draft).close()
    assert steps(desk) == before


def test_locking_loses_nothing(window: Window, desk: OpenPractice, client: int) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.set_values({"advice": "Wait.", "text": "Ask"})
    due = form.fields["due_on"]
    due.line.setText("some day in")  # type: ignore[attr-defined]
    desk.closing.emit()
    (draft,) = desk.ask(advice.list_advice, client)
    assert draft.advice == "Wait."
    assert desk.ask(capture.read_unfinished, draft.id) == {"text": "Ask", "due": "some day in"}


def test_words_without_a_client_wait_in_the_room(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    one = opened(window)
    one.form.set_values({"advice": "Whose question?"})
    one.close()
    page = room(window)
    page.refresh()
    assert page.table.rows.row_object(0).question == "Whose question?"
    page.table.select(page.table.rows.id_at(0) or 0)
    active(window)
    page.table.setFocus()
    keys.press("Return")
    form = writing.windows(window)[0].form
    form.fill_client(client)
    form.submitted.emit()
    assert [row.advice for row in desk.ask(advice.list_advice, client)] == ["Whose question?"]
    assert desk.ask(drafts.list_jottings) == []


def test_what_a_killed_program_left_becomes_a_draft(desk: OpenPractice, client: int, window: Window) -> None:
    content = {"client_id": str(client), "advice": "Half a thought", "channel": "call"}
    desk.jot(drafts.keep_jotting, content)
    assert writing.recover(desk) == 1
    assert writing.recover(desk) == 0
    (draft,) = desk.ask(advice.list_advice, client)
    assert (draft.state, draft.advice) == ("draft", "Half a thought")
