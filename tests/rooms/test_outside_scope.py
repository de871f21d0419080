"""Proof that a quick question outside the scope is noted with the advice that answered it, in one step."""

from __future__ import annotations

import datetime as dt

from PySide6.QtTest import QTest

from db import advice, scope
from db.engagements import EngagementEdit, edit_engagement
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.shell.window import Window
from tests.rooms.conftest import Keys
from tests.rooms.writing_advice import form_of, steps


def test_what_was_not_agreed_stands_beside_and_is_noted_in_the_same_step(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    desk.do(edit_engagement, engagement, EngagementEdit(scope_excluded="Tax advice of any kind"))
    window.open_room("clients")
    form = form_of(window)
    assert form.outside.words.text() == "Not in what was agreed: Tax advice of any kind"
    assert form.outside.words.isVisible()
    assert not form.outside.minutes.isVisible()
    keys.type("May he deduct the car? Half of it.")
    form.outside.chip.click()
    form.outside.handling.set_value("goodwill")
    form.outside.minutes.line.setText("20")
    form.outside.worth.line.setText("60")
    before = len(steps(desk))
    keys.press("Ctrl+Return")
    assert len(steps(desk)) == before + 1
    (entry,) = desk.ask(advice.list_advice, client)
    (noted,) = desk.ask(scope.list_out_of_scope, client)
    assert (noted.what, noted.handling, noted.minutes, noted.amount_minor, noted.currency) == (
        *("May he deduct the car?", "goodwill", 20, 6000, "GBP"),
    )
    assert (noted.engagement_id, noted.advice_id, noted.asked_on) == (engagement, entry.id, dt.date.today())
    desk.undo()
    assert desk.ask(scope.list_out_of_scope, client) == []


def test_without_an_engagement_nothing_is_outside_of_it(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = form_of(window)
    form.outside.chip.click()
    form.outside.handling.set_value("quote")
    form.engagement.set_value(None)
    assert not form.outside.handling.isVisible()
    keys.type("Is it raining?")
    keys.press("Ctrl+Return")
    assert len(desk.ask(advice.list_advice, client)) == 1
    assert desk.ask(scope.list_out_of_scope) == []


def test_a_draft_keeps_how_it_was_to_be_handled(
    window: Window, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    window.open_room("clients")
    form = form_of(window)
    keys.type("A new lease too?")
    form.outside.chip.click()
    form.outside.handling.set_value("change letter")
    form.outside.worth.line.setText("1,200")
    keys.press("Esc")
    QTest.qWait(50)
    (draft,) = desk.ask(advice.list_advice, client)
    again = writing.open_draft(desk, window, draft.id)
    assert (again.form.outside.handling.value(), again.form.outside.worth.value()) == ("change letter", 120000)
    again.form.submitted.emit()
    (noted,) = desk.ask(scope.list_out_of_scope, client)
    assert (noted.handling, noted.amount_minor) == ("change letter", 120000)
