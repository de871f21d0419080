"""The hand-over pack: all that whoever takes a client over must know, and where else to ask; never for the client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from desktop import text
from desktop.reports.client_facts import Money, PracticeFacts, RecordFacts
from desktop.reports.entry_facts import EntryFacts
from desktop.reports.family import Asked
from desktop.reports.margins import margins
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import sealed


@dataclass(frozen=True)
class PersonFacts:
    """Somebody around the client: linked to him (`link` is what the client is to him), in a role, or his referrer."""

    name: str
    how: str
    kind: str
    engagement: str = ""


@dataclass(frozen=True)
class WorkFacts:
    """Agreed work with its scope; `next_step` is what falls due first in it."""

    number: str
    title: str
    stage: str
    is_open: bool
    area: str = ""
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    outcome: str = ""
    responsible: str = ""
    included: str = ""
    excluded: str = ""
    assumptions: str = ""
    duties: str = ""
    fee: Money | None = None
    letter_signed_on: dt.date | None = None
    review_on: dt.date | None = None
    sought: str = ""
    next_step: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True)
class PromisedFacts:
    """An open promise, by us or by the client."""

    text: str
    by: str
    made_on: dt.date
    by_whom: str = ""
    to_whom: str = ""
    due_on: dt.date | None = None
    due_time: str = ""
    undertaking: bool = False
    engagement: str = ""


@dataclass(frozen=True)
class DueFacts:
    """A follow-up or a deadline that is open; `kind` is a deadline's."""

    what: str
    on: dt.date
    time: str = ""
    kind: str = ""
    engagement: str = ""


@dataclass(frozen=True)
class OwedFacts:
    """What is billed and neither paid nor written off, of one engagement in one currency."""

    engagement: str
    amount: Money


@dataclass(frozen=True)
class FileFacts:
    """A kept file: its name without any folder, its size in bytes, the day it was added."""

    name: str
    size: int
    added_on: dt.date


@dataclass(frozen=True)
class HandOverFacts:
    """Everything that the pack says; of confidences and drafts it has the numbers alone, and `ask` whom to ask."""

    practice: PracticeFacts
    language: str
    client: str
    number: str
    standing: str
    made_on: dt.date
    since: dt.date | None = None
    responsible: str = ""
    need: str = ""
    valued: str = ""
    contacts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    work: tuple[WorkFacts, ...] = ()
    promises: tuple[PromisedFacts, ...] = ()
    follow_ups: tuple[DueFacts, ...] = ()
    deadlines: tuple[DueFacts, ...] = ()
    advice: tuple[EntryFacts, ...] = ()
    awaited: tuple[EntryFacts, ...] = ()
    owed: tuple[OwedFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()
    confidences: int = 0
    drafts: int = 0
    ask: str = ""
    record: RecordFacts | None = None


def read(session: Session, asked: Asked) -> HandOverFacts:
    """The facts of the pack about a client, in the language of the house unless another is asked for."""
    from desktop.reports import hand_over_reading

    return hand_over_reading.facts(session, asked)


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How much on the client is left out, by kind: what was told in trust, notes, drafts, withdrawn entries."""
    from desktop.reports import hand_over_reading

    return hand_over_reading.left_out(session, asked)


def render(facts: HandOverFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The pack as a PDF; `invariant` makes equal facts give equal bytes."""
    from desktop.reports.hand_over_story import story

    with text.speaking(facts.language):
        return paper(story(facts), sealed(facts, _meta(facts)), invariant=invariant, progress=progress)


def _meta(facts: HandOverFacts) -> Meta:
    say = text.current()
    title = say.say("Hand-over")
    return margins(
        facts.practice,
        say,
        title=f"{title} · {facts.client}",
        subject=title,
        right=say.say("Confidential — for whoever takes over, not for the client"),
        later_right=f"{facts.client} · {title}",
        foot=facts.number,
    )
