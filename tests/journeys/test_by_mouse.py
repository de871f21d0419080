"""A prospect, a call, and Monday morning with the mouse alone: jobs J1 to J6 without one key beyond the texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QPoint

from desktop.rooms.brief import BriefSheet
from tests.journeys.hands import Count
from tests.journeys.mouse import RIGHT, Mouse, Point
from tests.journeys.test_enquiries import CALL, letter_words


def prospect_calls(mouse: Mouse) -> Any:
    """The call written down and saved."""
    mouse.click("New enquiry")
    window = mouse.opened("EnquiryWindow")
    mouse.write("Who calls", CALL)
    mouse.write("I promise", "Call back with a first view")
    mouse.write("By when", "Thursday")
    mouse.wait(window.verdict.is_settled)
    mouse.click("Save")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    return window


def test_prospects_call_is_written_down_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J1, a lawyer."""
    mouse = mouse_in("law")
    prospect_calls(mouse)
    clicks("J1 a prospect calls", mouse.split_clicks(), "enquiry, check, referrer and promise in one step")
    ((client, standing),) = mouse.facts(
        "SELECT c.id, c.standing FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?", "Rosa Benedetti"
    )
    assert standing == "enquiry"
    ((due,),) = mouse.facts("SELECT due_on FROM promise WHERE client_id = ?", client)
    assert dt.date.fromisoformat(due).weekday() == 3
    assert mouse.facts("SELECT verdict FROM conflict_check ORDER BY id DESC LIMIT 1") == [("stop",)]


def test_enquiry_is_declined_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J2, a lawyer."""
    mouse = mouse_in("law")
    prospect_calls(mouse)
    mouse.split_clicks()
    mouse.find("rosa b", "Rosa Benedetti")
    mouse.room("clients")
    mouse.click("Decline")
    mouse.opened("DeclineWindow")
    mouse.choose("Conflict of interest", "Why we decline")
    mouse.write("Sent on (empty: not yet)", "today")
    mouse.click("Decline")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    clicks("J2 decline safely", mouse.split_clicks(), "reason, letter with its warning, sent, kept until")
    assert mouse.facts("SELECT c.standing FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?",
                       "Rosa Benedetti") == [("declined",)]  # fmt: skip
    assert "time limit" in letter_words(mouse, "Rosa Benedetti").lower()


def test_enquiry_becomes_a_client_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J3, an accountant."""
    mouse = mouse_in("accounting")
    mouse.find("warzy", "Warzywniak u Sąsiada")
    mouse.room("clients")
    mouse.click("Take on")
    mouse.opened("TakeOnWindow")
    mouse.over_write("Decides", "Wanda Gzik")
    mouse.write("Pays", "Wanda Gzik")
    mouse.write("Uses", "Hubert Gzik")
    mouse.click("All yes")
    mouse.choose("Monthly bookkeeping and payroll", "From a template")
    mouse.write("Amount", "900")
    mouse.choose("Sent", "The letter is")
    mouse.click("Take on")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    ((client, standing),) = mouse.facts(
        "SELECT c.id, c.standing FROM client c JOIN party p ON p.id = c.party_id WHERE p.name = ?",
        "Warzywniak u Sąsiada",
    )
    assert standing == "client"
    assert mouse.facts(
        "SELECT DISTINCT integrity, competence, independence, fee, identity FROM acceptance WHERE client_id = ?", client
    ) == [("yes",) * 5]
    mouse.find("till", "Till and VAT")
    mouse.room("engagements")
    mouse.click("Letter signed today")
    letter = "SELECT letter FROM engagement WHERE title = 'Till and VAT'"
    mouse.wait(lambda: mouse.facts(letter) == [("signed",)])
    clicks("J3 enquiry becomes client", mouse.split_clicks(), "roles, checklist, template, fee, letter sent and signed")


def test_client_rings_and_the_note_is_taken_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J4, a lawyer."""
    mouse = mouse_in("law")
    mouse.find("lar", "Iñaki Larrea")
    mouse.room("clients")
    mouse.click("Brief")
    (sheet,) = mouse.app.window.findChildren(BriefSheet)
    assert sheet.told.head.client.name == "Iñaki Larrea"
    mouse.click("Close")
    clicks("J4 an existing client rings: brief", mouse.split_clicks(), "found, brief, back again")
    mouse.click("Log advice")
    window = mouse.opened("LogAdvice")
    mouse.choose("Call", "By")
    assert window.form.clock.is_running()
    mouse.write("Our advice", "Take the offer if the costs are split. !send the draft by Thursday.")
    mouse.choose("Accepted", "Client’s decision")
    mouse.click("Record")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    clicks("J4 … the note of the call", mouse.split_clicks(), "clock, text with promise, decision, recorded")
    recorded = "SELECT id, channel FROM advice WHERE state = 'recorded' ORDER BY id DESC LIMIT 1"
    ((number, channel),) = mouse.facts(recorded)
    assert channel == "call"
    assert mouse.facts("SELECT text FROM promise WHERE advice_id = ?", number) == [("send the draft",)]
    assert mouse.facts("SELECT response FROM advice_response WHERE advice_id = ?", number) == [("accepted",)]


def test_going_against_advice_is_written_down_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J5, a lawyer: refused first, then all three; the letter, and the flag."""
    mouse = mouse_in("law")
    mouse.find("hallb", "Hallberg Bros. AB")
    mouse.room("clients")
    mouse.click("Log advice")
    window = mouse.opened("LogAdvice")
    mouse.write("Our advice", "Do not sign before the audit is back.")
    mouse.choose("Against advice", "Client’s decision")
    mouse.click("Record")
    assert [name for name in ("consequence", "reason", "words") if window.form.fields[name].error()]
    mouse.write("The consequence that was explained", "He may owe for what the audit finds.")
    mouse.write("Why the client decided against it", "The buyer waits no longer.")
    mouse.write("What the client told us to do", "Sign on Friday.")
    mouse.click("Record")
    mouse.wait(lambda: mouse.front() is mouse.app.window)
    mouse.click("Against advice, not confirmed")
    room = mouse.room("advice")
    number = room.view.entry.id
    mouse.click("Letter for signature")
    mouse.wait(lambda: room.form is not None)
    mouse.write("Sent on (empty: not yet)", "today")
    mouse.click("Keep the letter")
    mouse.wait(lambda: room.form is None)
    assert mouse.facts("SELECT 1 FROM attachment WHERE advice_id = ?", number)
    clicks("J5 against advice", mouse.split_clicks(), "all three insisted on, letter for signature, flag cleared")
    assert mouse.facts("SELECT confirmed_on FROM advice WHERE id = ?", number) == [(str(dt.date.today()),)]


def test_monday_morning_is_cleared_by_mouse(mouse_in: Point, clicks: Count) -> None:
    """J6, a lawyer: one click a row, on what shows itself under the pointer; the right click offers the same."""
    mouse = mouse_in("law")
    today = mouse.room("today")
    rows = list(today.cards["promises"].listed)
    waiting = [row.waiting.id for row in rows]
    for row in rows:
        mouse.hover(row.face)
        mouse.hit(next(key for key in row.face.keys if key.way.key == "D"))
    times = mouse.split_clicks()
    assert times == len(rows)
    clicks("J6 Monday 8:40", times, f"{len(rows)} promises kept")
    kept = [number for (number,) in mouse.facts("SELECT id FROM promise WHERE kept_on = ?", str(dt.date.today()))]
    assert set(waiting) <= set(kept)
    mouse.wait(lambda: not today.is_reading())
    (quiet, *_rest) = today.cards["quiet"].listed
    client = quiet.waiting.client_id
    mouse.bring_into_view(quiet.face)
    mouse.at(quiet.face, QPoint(60, 20), button=RIGHT)
    mouse.menu("Called")
    mouse.wait(lambda: client not in [each.waiting.client_id for each in today.cards["quiet"].listed])
