"""The insight summary on paper: what clients told us, what we did, and that they were told. For the house alone.

Small numbers are counts and quotes here, never shares: every count says of how many it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from desktop import text
from desktop.profession import practising
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.family import Asked
from desktop.reports.house import meta_of
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper


@dataclass(frozen=True)
class QuoteFacts:
    """What was said, word for word: `who` said it, and whether it may be quoted outside the house."""

    words: str
    who: str
    on: dt.date
    may_quote: bool


@dataclass(frozen=True)
class ThemeFacts:
    """A theme: how many insights speak of it, from how many clients, how many pleased and displeased, and quotes."""

    name: str
    said: int
    clients: int
    pleased: int
    displeased: int
    quotes: tuple[QuoteFacts, ...] = ()


@dataclass(frozen=True)
class ActionFacts:
    """What is done about an insight: its `state` is open, overdue, done (to be told) or told."""

    what: str
    state: str
    about: str
    who: str
    owner: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    told_on: dt.date | None = None
    told_how: str = ""


@dataclass(frozen=True)
class ComplaintFacts:
    """A complaint, whether it is settled, and what is done about it."""

    quote: QuoteFacts
    resolved_on: dt.date | None = None
    actions: tuple[ActionFacts, ...] = ()


@dataclass(frozen=True)
class ScaleFacts:
    """The answers to one question: how many gave each score, from the lowest to the highest of the scale."""

    metric: str
    lowest: int
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)


@dataclass(frozen=True)
class InsightFacts:
    """Everything that the paper says; the lists hold the first of each, the counts say how many there are in all."""

    practice: PracticeFacts
    language: str
    made_at: dt.datetime
    since: dt.date
    until: dt.date
    heard: int = 0
    clients: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    feelings: tuple[tuple[str, int], ...] = ()
    themed: int = 0
    themes: tuple[ThemeFacts, ...] = ()
    themes_count: int = 0
    complaints: tuple[ComplaintFacts, ...] = ()
    complaints_count: int = 0
    settled: int = 0
    done: tuple[ActionFacts, ...] = ()
    done_count: int = 0
    told: int = 0
    open: tuple[ActionFacts, ...] = ()
    open_count: int = 0
    scales: tuple[ScaleFacts, ...] = ()


def read(session: Session, asked: Asked) -> InsightFacts:
    """What was heard in the period, by itself the year before; actions that are open stand here however old."""
    from desktop.reports import insight_reading

    return insight_reading.facts(session, asked)


def render(facts: InsightFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The paper as a PDF; `invariant` makes equal facts give equal bytes."""
    from desktop.reports.insight_story import story

    with text.speaking(facts.language) as say, practising(facts.practice.profession):
        meta = meta_of(facts.practice, say.say("Insight summary"), facts.made_at, say)
        return paper(story(facts, say), meta, invariant=invariant, progress=progress)
