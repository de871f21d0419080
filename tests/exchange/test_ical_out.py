"""An engagement's dates leave as a calendar file that other programs read: RFC 5545, each event with an id for good."""

from __future__ import annotations

import datetime as dt
from typing import Any

from icalendar import Calendar

from db.deadlines import NewDeadline, add_deadline, finish_deadline
from db.engagements import EngagementEdit, edit_engagement
from db.exchange.ical_out import list_events, write_calendar
from db.followups import NewFollowUp, add_follow_up
from db.practice import Practice
from db.trust import NewPromise, Settling, add_promise, keep_promise
from tests.db.nouns import Known, known

TODAY = dt.date.today()
SOON = TODAY + dt.timedelta(days=9)


def dated(practice: Practice) -> Known:
    """An engagement with one date of each kind."""
    here = known(practice)
    of: dict[str, Any] = {"client_id": here.client, "engagement_id": here.engagement}
    hearing = NewDeadline(
        engagement_id=here.engagement, kind="hearing", what="Hearing; room 4, “Łódź”", falls_on=SOON, at_time="09:30",
        warn_days=7,
    )  # fmt: skip
    practice.do(add_deadline, hearing)
    practice.do(add_promise, NewPromise(**of, text="Send the draft", due_on=SOON))
    practice.do(add_follow_up, NewFollowUp(**of, what="Call him", due_on=TODAY))
    practice.do(edit_engagement, here.engagement, EngagementEdit(next_review_on=SOON + dt.timedelta(days=1)))
    return here


def read(practice: Practice, here: Known) -> list[Any]:
    calendar = Calendar.from_ical(practice.ask(write_calendar, here.engagement))
    return list(calendar.walk("VEVENT"))


def test_each_date_is_read_back_as_it_was_noted(practice: Practice) -> None:
    events = {str(event["summary"]): event for event in read(practice, dated(practice))}
    assert list(events) == ["Call him", "Send the draft", "Hearing; room 4, “Łódź”", "Larrea v. Portus"]
    hearing = events["Hearing; room 4, “Łódź”"]
    assert hearing["dtstart"].dt == dt.datetime.combine(SOON, dt.time(9, 30))
    assert events["Send the draft"]["dtstart"].dt == SOON
    assert events["Send the draft"]["dtend"].dt == SOON + dt.timedelta(days=1)
    assert str(hearing["description"]) == "E-0001 Larrea v. Portus · Iñaki Larrea"


def test_a_deadline_rings_on_its_day_of_warning(practice: Practice) -> None:
    calendar = Calendar.from_ical(practice.ask(write_calendar, dated(practice).engagement))
    alarms: list[Any] = list(calendar.walk("VALARM"))
    (alarm,) = alarms
    assert (str(alarm["action"]), alarm["trigger"].dt) == ("DISPLAY", -dt.timedelta(days=7))


def test_the_file_keeps_the_rules_of_the_format(practice: Practice) -> None:
    content = practice.ask(write_calendar, dated(practice).engagement)
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert {b"VERSION:2.0", b"PRODID:-//Cliens//Cliens//EN"} <= set(lines)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert all("dtstamp" in event for event in events)


def test_a_second_file_has_the_same_ids_and_a_moved_date(practice: Practice) -> None:
    here = dated(practice)
    before = {str(event["uid"]): event for event in read(practice, here)}
    practice.do(edit_engagement, here.engagement, EngagementEdit(next_review_on=SOON + dt.timedelta(days=30)))
    after = {str(event["uid"]): event for event in read(practice, here)}
    assert before.keys() == after.keys()


def test_what_is_done_is_no_date_any_more(practice: Practice) -> None:
    here = dated(practice)
    events = {event.noun: event for event in practice.ask(list_events, here.engagement)}
    practice.do(finish_deadline, events["deadline"].id)
    practice.do(keep_promise, events["promise"].id, Settling())
    assert [event.noun for event in practice.ask(list_events, here.engagement)] == ["follow_up", "review"]


def test_an_engagement_without_dates_is_an_empty_calendar(practice: Practice) -> None:
    here = known(practice)
    assert read(practice, here) == []
