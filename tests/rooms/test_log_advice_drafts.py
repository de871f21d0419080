"""Proof that what is typed into Log advice is kept outside the history, and as a draft when the window closes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from db import advice, capture, drafts, trust
from db.advice import NewAdvice
from db.scope import list_out_of_scope
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


def test_what_was_outside_the_scope_waits_with_the_draft(
    window: Window, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = form_of(window)
    assert not form.outside.chip.isHidden()
    write(keys, "The car is no cost of the company.")
    keys.press("Ctrl+Shift+O", "Tab")
    keys.type("15")
    keys.press("Esc")
    (draft,) = desk.ask(advice.list_advice, 1)
    assert desk.ask(list_out_of_scope) == []
    page = room(window)
    active(window)
    page.show_record(draft.id)
    keys.press("Return")
    active(writing.windows(window)[0])
    assert writing.windows(window)[0].form.outside.chip.isChecked()
    keys.press("Ctrl+Return")
    (noted,) = desk.ask(list_out_of_scope)
    assert (noted.engagement_id, noted.advice_id) == (engagement, draft.id)
    assert (noted.what, noted.handling, noted.minutes) == ("The car is no cost of the company.", "goodwill", 15)


def test_without_an_engagement_nothing_can_be_outside_its_scope(window: Window, client: int) -> None:
    window.open_room("clients")
    assert form_of(window).outside.chip.isHidden()
