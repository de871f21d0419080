"""The advisory history: every recorded entry on a client in order of time, with contents before and an index after."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from db import tables
from db.errors import Refused
from db.rows import fetch, get
from desktop.reports.advice_history_index import index
from desktop.reports.advice_history_story import Entries, Pages, contents, empty
from desktop.reports.client_facts import PracticeFacts, RecordFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.entry_facts import INTERNAL_CHANNEL, EntryFacts, known_zone, local, read_entries
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.margins import margins
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import rests_on, sealed
from desktop.text import Voice, voice


@dataclass(frozen=True)
class HistoryFacts:
    """Everything that the history says: the entries of a period, both days included, the earliest first."""

    practice: PracticeFacts
    language: str
    client: str
    number: str
    since: dt.date
    until: dt.date
    made_on: dt.date
    entries: tuple[EntryFacts, ...]
    record: RecordFacts | None = None


def read(session: Session, asked: Asked) -> HistoryFacts:
    """The history that is asked for; without `since` it begins with the first entry; it ends today at the latest."""
    client = get(session, tables.Client, needed(asked.client_id, "client"), "client")
    if asked.since and asked.until and asked.until < asked.since:
        raise Refused("ends-before-it-begins", "until", since=asked.since, until=asked.until)
    kept = [row for row in _within(session, asked) if _left_out(row) == ""]
    until = min(asked.until or asked.at.date(), asked.at.date())
    first = local(kept[0][1], kept[0][2]).date() if kept else until
    return HistoryFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, client.id, asked.language),
        client=get(session, tables.Party, client.party_id).name,
        number=client.number,
        since=asked.since or first,
        until=until,
        made_on=asked.at.date(),
        entries=tuple(read_entries(session, [row[0] for row in kept])),
        record=rests_on(session, "advice-history", asked, asked.since),
    )


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How many entries of the period are left out: drafts, withdrawn ones, notes for the practice's own file."""
    needed(asked.client_id, "client")
    counts = Counter(_left_out(row) for row in _within(session, asked))
    return {kind: count for kind, count in sorted(counts.items()) if kind}


Found = tuple[int, str, str, str, str, str | None]


def _within(session: Session, asked: Asked) -> list[Found]:
    """Every entry of the period by the clock of its place: id, moment, zone, state, channel, and when withdrawn."""
    rows = fetch(
        session,
        "SELECT id, given_at, zone, state, channel, withdrawn_at FROM advice WHERE client_id = ? ORDER BY given_at, id",
        asked.client_id,
    )
    since, until = asked.since or dt.date.min, min(asked.until or asked.at.date(), asked.at.date())
    return [tuple(row) for row in rows if since <= _day(row[1], row[2]) <= until]


def _day(given: str, zone: str) -> dt.date:
    return local(given, known_zone(zone)).date()


def _left_out(row: Found) -> str:
    _id, _given, _zone, state, channel, withdrawn = row
    if state != "recorded":
        return "drafts"
    if withdrawn is not None:
        return "withdrawn"
    return "notes" if channel == INTERNAL_CHANNEL else ""


def render(facts: HistoryFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The history as a PDF, entry by entry as its pages are drawn; `invariant` makes equal facts give equal bytes."""
    say = voice(facts.language)
    meta = sealed(facts, _meta(facts, say))
    if not facts.entries:
        return paper(empty(facts, say), meta, invariant=invariant, progress=progress)
    pages: Pages = {}
    return paper(
        Entries(facts, say, pages),
        meta,
        invariant=invariant,
        progress=progress,
        front=lambda headings, leading: contents(facts, say, headings, pages, leading),
        back=lambda _headings, leading: index(facts, say, pages, leading),
    )


def _meta(facts: HistoryFacts, say: Voice) -> Meta:
    title = say.say("Advisory history")
    return margins(
        facts.practice,
        say,
        title=f"{title} · {facts.client} · {say.period(facts.since, facts.until)}",
        subject=title,
        right=say.say("Confidential — for the record"),
        later_right=f"{facts.client} · {title}",
        foot=facts.number,
    )
