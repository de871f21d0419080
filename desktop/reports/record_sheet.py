"""One record on paper: an entry of advice or agreed work, with its words, its facts and its lines under headings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from desktop import text
from desktop.reports.blocks import Block, Heading, Paragraph, Row, record_table
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.look import BODY, MUTED, TITLE, page_size
from desktop.reports.paper import Meta, Paper
from desktop.reports.paper import render as paper


@dataclass(frozen=True)
class Words:
    """Literal text under a heading."""

    title: str
    text: str


@dataclass(frozen=True)
class Pairs:
    """Names with their values under a heading."""

    title: str
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Lines:
    """A small table under a heading; `shares` are the widths of its columns."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float]


Part = Words | Pairs | Lines


@dataclass(frozen=True)
class RecordFacts:
    """A record as it is told: of what kind, its title, the quiet line under it, what stands of it, and its parts."""

    practice: PracticeFacts
    kind: str
    title: str
    small: Sequence[str]
    states: Sequence[str]
    parts: Sequence[Part]
    printed_at: dt.datetime


def facts(
    session: Session,
    kind: str,
    title: str,
    small: Sequence[str],
    states: Sequence[str],
    parts: Sequence[Part],
    printed_at: dt.datetime,
) -> RecordFacts:
    """The record with the paper of the practice around it; parts that say nothing are left out."""
    told = [part for part in parts if _says(part)]
    return RecordFacts(practice_facts(session), kind, title, small, states, told, printed_at)


def _says(part: Part) -> bool:
    if isinstance(part, Words):
        return bool(part.text.strip())
    if isinstance(part, Pairs):
        return any(value for _name, value in part.pairs)
    return bool(part.rows)


def story(facts: RecordFacts) -> list[Block]:
    """The record as blocks, in the language that the program speaks."""
    blocks: list[Block] = [
        Paragraph(facts.kind, MUTED, keep=True),
        Paragraph(facts.title, TITLE, before=3, keep=True),
    ]
    for line in (facts.small, facts.states):
        if told := " · ".join(part for part in line if part):
            blocks.append(Paragraph(told, MUTED, before=1))
    for part in facts.parts:
        blocks.append(Heading(part.title))
        if isinstance(part, Words):
            blocks.append(Paragraph(part.text, BODY))
        elif isinstance(part, Pairs):
            for name, value in part.pairs:
                if value:
                    cells = [Paragraph(name, MUTED), Paragraph(value, BODY)]
                    blocks.append(Row(cells, (30, 70), before=2, whole=True))
        else:
            blocks += record_table(part.columns, part.rows, part.shares)
    return blocks


def render(facts: RecordFacts, *, invariant: bool = False) -> Paper:
    """The record as a PDF; `invariant` makes equal facts equal bytes."""
    say, practice = text.current(), facts.practice
    meta = Meta(
        title=f"{facts.kind} · {facts.title}",
        author=practice.name,
        subject=facts.kind,
        language=say.language,
        left=practice.name,
        right=say.say("Confidential — for the practice’s own file"),
        later_right=facts.title,
        foot=say.say("Printed on {when}").format(when=say.date_time(facts.printed_at)),
        page_of=say.say("Page {page} of {pages}"),
        size=page_size(practice.country),
        colour=practice.colour,
        logo=practice.logo,
    )
    return paper(story(facts), meta, invariant=invariant)
