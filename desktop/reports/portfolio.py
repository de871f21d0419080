"""The portfolio on paper: who deserves effort and why, who is quiet, who came, who left. For the house alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from desktop import text
from desktop.profession import practising
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.family import Asked
from desktop.reports.house import meta_of
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper


@dataclass(frozen=True)
class GradeFacts:
    """The clients we serve of one grade: fees in minor units of the practice's currency, entries of 90 days."""

    grade: str
    clients: int
    fees_year: int
    fees_three: int
    contacts: int
    quiet: int
    at_risk: int


@dataclass(frozen=True)
class EffortFacts:
    """A client of most value; `where` is neglected, over-served or empty, `state` his standing, quiet or at risk."""

    client: str
    grade: str
    state: str
    fees_year: int
    fees_three: int
    attention: float
    contacts: int
    where: str = ""


@dataclass(frozen=True)
class QuietFacts:
    """A client silent past his own rhythm; `usual` and `silent` in days, `last` the last thing that was spoken of."""

    client: str
    grade: str
    state: str
    usual: int
    silent: int
    last_on: dt.date
    last: str
    fees_year: int


@dataclass(frozen=True)
class RegradedFacts:
    """A client whose grade at the end of the period is not that of its beginning."""

    client: str
    on: dt.date
    before: str
    after: str


@dataclass(frozen=True)
class CameFacts:
    """One whose file began in the period: his standing now, and who sent him."""

    client: str
    standing: str
    grade: str
    since: dt.date
    referred_by: str = ""


@dataclass(frozen=True)
class LeftFacts:
    """A client who left, or one who was not taken on: the reason and the words for it."""

    client: str
    standing: str
    on: dt.date
    reason: str
    words: str = ""


@dataclass(frozen=True)
class PortfolioFacts:
    """Everything that the paper says; the lists hold the first of each, the counts say how many there are in all.

    `middle_value` and `middle_attention` are the medians of those in `effort`, which part the chart; `reasons` are
    those for which clients left or were not taken on, the most frequent first.
    """

    practice: PracticeFacts
    language: str
    made_at: dt.datetime
    since: dt.date
    until: dt.date
    currency: str
    grades: tuple[GradeFacts, ...] = ()
    effort: tuple[EffortFacts, ...] = ()
    middle_value: float = 0
    middle_attention: float = 0
    quiet: tuple[QuietFacts, ...] = ()
    regraded: tuple[RegradedFacts, ...] = ()
    regraded_count: int = 0
    came: tuple[CameFacts, ...] = ()
    came_count: int = 0
    left: tuple[LeftFacts, ...] = ()
    left_count: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    def total(self, name: str) -> Any:
        """The sum of one column of the grades."""
        return sum(getattr(each, name) for each in self.grades)


def read(session: Session, asked: Asked) -> PortfolioFacts:
    """The facts of the practice; the period is of grades, comers and leavers, by itself the year before."""
    from desktop.reports import portfolio_reading

    return portfolio_reading.facts(session, asked)


def render(facts: PortfolioFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The paper as a PDF; `invariant` makes equal facts give equal bytes."""
    from desktop.reports.portfolio_story import story

    with text.speaking(facts.language) as say, practising(facts.practice.profession):
        meta = meta_of(facts.practice, say.say("Portfolio"), facts.made_at, say)
        return paper(story(facts, say), meta, invariant=invariant, progress=progress)
