"""A client rings, goes against advice, has just a quick question: jobs J4, J5 and J10, by keyboard alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.rooms.brief import BriefSheet
from desktop.widgets.chip import Chip, ChipButton
from tests.journeys.hands import Count, Enter, Hands

NOT_CONFIRMED = "Against advice, not confirmed"


def shown_chips(room: Any) -> list[str]:
    """The words of the chips in view."""
    return [chip.text() for kind in (Chip, ChipButton) for chip in room.view.findChildren(kind) if chip.isVisible()]


def last_advice(hands: Hands) -> tuple[int, str, str, str, str]:
    """The entry recorded last: its id, client, question, advice and by which way it was given."""
    ((number, client, question, told, channel),) = hands.facts(
        "SELECT a.id, p.name, a.question, a.advice, a.channel FROM advice a JOIN client c ON c.id = a.client_id"
        " JOIN party p ON p.id = c.party_id WHERE a.state = 'recorded' ORDER BY a.id DESC LIMIT 1"
    )
    return number, client, question, told, channel


def test_client_rings_and_the_note_is_recorded_when_he_hangs_up(hands_in: Enter, count: Count) -> None:
    """J4, a lawyer: three letters, the brief, the note with its clock, promise and next step."""
    hands = hands_in("law")
    hands.go("lar", "Iñaki Larrea")
    hands.room("clients")
    hands.press("Ctrl+B")
    (sheet,) = hands.app.window.findChildren(BriefSheet)
    assert sheet.told.head.client.name == "Iñaki Larrea"
    assert sheet.told.advice
    hands.press("Esc")
    count("J4 an existing client rings: brief", hands.split(), "palette, three letters, brief; back again")

    hands.press("Ctrl+Shift+A")
    window = hands.opened("LogAdvice")
    hands.press("Ctrl+T")
    assert window.form.clock.is_running()
    hands.type("Take the offer if the costs are split. !send the draft by Thursday. ?ask counsel in two weeks")
    hands.press("Ctrl+R", "Down")
    assert window.form.fields["response"].value() == "accepted"
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    keys = hands.split()
    count("J4 … the note of the call", keys, "clock, text with promise and next step, decision, recorded")
    assert keys <= 6
    number, client, question, told, channel = last_advice(hands)
    assert (client, question, told) == ("Iñaki Larrea",) + ("Take the offer if the costs are split.",) * 2
    assert channel == "call"
    ((promised, due),) = hands.facts("SELECT text, due_on FROM promise WHERE advice_id = ?", number)
    assert promised == "send the draft"
    assert dt.date.fromisoformat(due).weekday() == 3
    assert hands.facts("SELECT what, due_on FROM follow_up WHERE advice_id = ?", number) == [
        ("ask counsel", str(dt.date.today() + dt.timedelta(days=14)))
    ]
    assert hands.facts("SELECT response FROM advice_response WHERE advice_id = ?", number) == [("accepted",)]


def test_going_against_advice_asks_for_all_that_a_court_would(hands_in: Enter, count: Count) -> None:
    """J5, a lawyer: refused until consequence, reason and direction stand there; then the letter, and the flag."""
    hands = hands_in("law")
    hands.go("hallb", "Hallberg Bros. AB")
    assert NOT_CONFIRMED not in shown_chips(hands.room("clients"))
    hands.split()
    hands.press("Ctrl+Shift+A")
    window = hands.opened("LogAdvice")
    hands.type("Do not sign before the audit is back.")
    hands.press("Ctrl+R")
    hands.choose("Against advice")
    hands.press("Ctrl+Return")
    form = window.form
    missing = [name for name in ("consequence", "reason", "words") if form.fields[name].error()]
    assert missing == ["consequence", "reason", "words"]
    hands.fill(
        The_consequence_that_was_explained="He may owe for what the audit finds.",
        Why_the_client_decided_against_it="The buyer waits no longer.",
        What_the_client_told_us_to_do="Sign on Friday.",
    )
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    number, _client, _question, _told, _channel = last_advice(hands)
    assert hands.facts(
        "SELECT response, consequence, reason, words FROM advice_response WHERE advice_id = ?", number
    ) == [("against advice", "He may owe for what the audit finds.", "The buyer waits no longer.", "Sign on Friday.")]
    room = hands.room("clients")
    assert NOT_CONFIRMED in shown_chips(room)
    hands.go("do not sign before", "Do not sign before the audit is back.")
    room = hands.room("advice")
    assert room.view.entry.id == number
    hands.go("letter for sig", "Letter for signature")
    hands.wait(lambda: room.form is not None)
    hands.tab_to("Sent on (empty: not yet)")
    hands.type("today")
    hands.press("Ctrl+Return")
    hands.wait(lambda: room.form is None)
    assert hands.facts("SELECT 1 FROM attachment WHERE advice_id = ?", number)
    count("J5 against advice", hands.split(), "all three insisted on, letter for signature, flag cleared")
    assert hands.facts("SELECT confirmed_on FROM advice WHERE id = ?", number) == [(str(dt.date.today()),)]
    hands.press("Ctrl+2")
    hands.wait(lambda: NOT_CONFIRMED not in shown_chips(hands.room("clients")))


def test_quick_question_is_noted_as_outside_the_scope_with_its_answer(hands_in: Enter, count: Count) -> None:
    """J10, an accountant: from the engagement, in the window that records the answer."""
    hands = hands_in("accounting")
    hands.go("audit prep", "Audit preparation")
    hands.room("engagements")
    hands.split()
    hands.press("Ctrl+Shift+A")
    window = hands.opened("LogAdvice")
    assert window.form.engagement.box.currentText() == "Audit preparation"
    hands.type("The car of a partner is no cost of the company.")
    hands.press("Ctrl+Shift+O")
    hands.choose("Quote")
    hands.fill(Minutes_for_it="15", Worth="120")
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.front() is hands.app.window)
    count("J10 just a quick question", hands.split(), "answered and noted as outside scope in one step")
    number, _client, question, _told, _channel = last_advice(hands)
    assert hands.facts(
        "SELECT what, handling, minutes, amount_minor FROM out_of_scope WHERE advice_id = ?", number
    ) == [(question, "quote", 15, 12_000)]
