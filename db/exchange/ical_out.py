"""An engagement's dates as an iCalendar file (RFC 5545): deadlines, promises, follow-ups and reviews."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, select

from db.deadlines import list_deadlines
from db.rows import fetch, get
from db.tables import Client, Engagement, Party, Practice

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """One date; `at_time` as HH:MM or empty for a whole day, `warn_days` ahead a reminder (None: none)."""

    noun: str
    id: int
    on: dt.date
    at_time: str
    words: str
    warn_days: int | None = None


def list_events(session: Session, engagement_id: int) -> list[Event]:
    """The dates of an engagement that are still to be kept, by day."""
    found = [
        Event("deadline", row.id, row.falls_on, row.at_time, row.what, row.warn_days)
        for row in list_deadlines(session, engagement_id, open_only=True)
    ]
    promises = fetch(
        session,
        "SELECT id, due_on, due_time, text FROM promise WHERE engagement_id = ? AND status = 'open'"
        " AND due_on IS NOT NULL",
        engagement_id,
    )
    found += [Event("promise", row[0], dt.date.fromisoformat(row[1]), row[2], row[3]) for row in promises]
    steps = fetch(
        session, "SELECT id, due_on, what FROM follow_up WHERE engagement_id = ? AND done_on IS NULL", engagement_id
    )
    found += [Event("follow_up", row[0], dt.date.fromisoformat(row[1]), "", row[2]) for row in steps]
    engagement = get(session, Engagement, engagement_id)
    if engagement.next_review_on is not None:
        found.append(Event("review", engagement_id, engagement.next_review_on, "", engagement.title))
    return sorted(found, key=lambda event: (event.on, event.at_time, event.noun, event.id))


def write_calendar(session: Session, engagement_id: int, now: dt.datetime | None = None) -> bytes:
    """The file's bytes. Each event keeps its id for good, so that a second file changes it and does not double it."""
    from icalendar import Alarm, Calendar
    from icalendar import Event as Entry

    engagement = get(session, Engagement, engagement_id)
    client = get(session, Party, get(session, Client, engagement.client_id).party_id)
    own = session.exec(select(Practice.uuid)).one()
    stamp = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", "-//Cliens//Cliens//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", engagement.title)
    calendar.add("x-wr-calname", engagement.title)
    for event in list_events(session, engagement_id):
        entry = Entry()
        entry.add("uid", f"{event.noun}-{event.id}-{own}@cliens")
        entry.add("dtstamp", stamp)
        entry.add("summary", event.words)
        entry.add("description", f"{engagement.number} {engagement.title} · {client.name}")
        entry.add("categories", [event.noun.replace("_", "-")])
        if event.at_time:
            # A time without a zone is the time on the wall wherever the calendar is: that is how it was noted.
            start = dt.datetime.combine(event.on, dt.time.fromisoformat(event.at_time))
            entry.add("dtstart", start)
            entry.add("dtend", start + HOUR)
        else:
            entry.add("dtstart", event.on)
            entry.add("dtend", event.on + dt.timedelta(days=1))
            entry.add("transp", "TRANSPARENT")
        if event.warn_days:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.words)
            alarm.add("trigger", -dt.timedelta(days=event.warn_days))
            entry.add_component(alarm)
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
