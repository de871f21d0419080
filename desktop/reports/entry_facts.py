"""Entries of the advisory history as they stand on the record, read for the papers that print the record itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from db.advice import number_of
from db.rows import among, day, fetch, moment
from desktop.giving_up import go_on
from desktop.reports.client_facts import ResponseFacts

# A note to the file is written for the practice and never handed out.
INTERNAL_CHANNEL = "note"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """An entry that this one amends, or that amends it: its number and when it was given, in the zone of its place."""

    number: str
    given_at: dt.datetime


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A recorded entry; moments are in the zone of the place, `minutes` how long it took."""

    number: str
    given_at: dt.datetime
    zone: str
    channel: str
    direction: str
    question: str
    advice: str
    engagement: str = ""
    author: str = ""
    present: str = ""
    minutes: int | None = None
    basis: str = ""
    options: str = ""
    risks: str = ""
    privileged: bool = False
    late: bool = False
    late_reason: str = ""
    recorded_at: dt.datetime | None = None
    confirmed_on: dt.date | None = None
    withdrawn_at: dt.datetime | None = None
    amends: OtherEntry | None = None
    amend_reason: str = ""
    amended_by: OtherEntry | None = None
    response: ResponseFacts | None = None


_SELECT = """SELECT a.id, a.given_at, a.zone, a.channel, a.direction, a.question, a.advice, coalesce(e.title, ''),
    a.author, a.present, a.minutes, a.basis, a.options, a.risks, a.privileged, a.late_entry, a.late_reason,
    a.recorded_at, a.confirmed_on, a.withdrawn_at, m.id, m.given_at, m.zone, a.amend_reason, n.id, n.given_at, n.zone,
    r.response, r.responded_on, r.words, r.consequence, r.reason
    FROM advice a LEFT JOIN engagement e ON e.id = a.engagement_id
    LEFT JOIN advice m ON m.id = a.amends_id
    LEFT JOIN advice n ON n.amends_id = a.id AND n.withdrawn_at IS NULL
    LEFT JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL AND r.response <> 'awaiting'"""


def read_entries(session: Session, entry_ids: Sequence[int]) -> Iterator[EntryFacts]:
    """The entries with these ids in their order, read some hundred at a time."""
    for start in range(0, len(entry_ids), AT_ONCE):
        # A long history may be given up between two portions.
        go_on()
        some = entry_ids[start : start + AT_ONCE]
        rows = fetch(session, f"{_SELECT} WHERE a.id IN ({among(some)})")
        found = {row[0]: row for row in rows}
        yield from (_entry(found[one]) for one in some if one in found)


def _entry(row: Sequence[Any]) -> EntryFacts:
    (number, given, zone, channel, direction, question, advice, engagement, author, present, minutes) = row[:11]
    (basis, options, risks, privileged, late, late_reason, recorded, confirmed, withdrawn) = row[11:20]
    return EntryFacts(
        number=number_of(number),
        given_at=local(given, zone),
        zone=known_zone(zone),
        channel=channel,
        direction=direction,
        question=question,
        advice=advice,
        engagement=engagement,
        author=author,
        present=present,
        minutes=minutes,
        basis=basis,
        options=options,
        risks=risks,
        privileged=bool(privileged),
        late=bool(late),
        late_reason=late_reason,
        recorded_at=local(recorded, zone) if recorded else None,
        confirmed_on=day(confirmed),
        withdrawn_at=local(withdrawn, zone) if withdrawn else None,
        amends=_other(*row[20:23]),
        amend_reason=row[23],
        amended_by=_other(*row[24:27]),
        response=_response(*row[27:32]),
    )


def _other(number: int | None, given: str, zone: str) -> OtherEntry | None:
    return None if number is None else OtherEntry(number_of(number), local(given, zone))


def _response(response: str | None, on: str, words: str, consequence: str, reason: str) -> ResponseFacts | None:
    return None if response is None else ResponseFacts(response, dt.date.fromisoformat(on), words, consequence, reason)


def local(given: str, zone: str) -> dt.datetime:
    """A moment of the file by the clock of the place; a zone that this computer does not know reads as UTC."""
    found = moment(given)
    assert found is not None
    known = known_zone(zone)
    return found if known == "UTC" else found.astimezone(ZoneInfo(known))


def known_zone(zone: str) -> str:
    """The name of a zone, or UTC where this computer does not know it."""
    try:
        return ZoneInfo(zone).key if zone else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
