"""A list on paper: what it is called, how it was narrowed, the columns in view and the rows that the filter gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from sqlmodel import Session

from desktop import text
from desktop.reports.blocks import Block, Heading, Paragraph, record_table
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.look import CELL, MUTED, NOTE, TITLE, page_size
from desktop.reports.paper import Meta, Paper
from desktop.reports.paper import render as paper

Progress = Callable[[int, int], None]

# What the columns of a sheet held upright may be wide together, in pixels of the window; more of them lie across.
UPRIGHT = 740
# A cell is a glance at a record, not the record: a whole letter in one would fill the page.
LONGEST_CELL = 280
TOLD_EVERY = 200


@dataclass(frozen=True)
class ListedColumn:
    """A column as it is printed; `share` is its width in pixels of the window, of which only the proportion counts."""

    title: str
    share: float
    right: bool = False


@dataclass(frozen=True)
class ListedGroup:
    """Rows under a title of their own; a list without groups has one without a title."""

    rows: Sequence[Sequence[str]]
    title: str = ""


@dataclass(frozen=True)
class ListingFacts:
    """Everything that is printed. `narrowed` says in words what the list was narrowed to, `note` what is left out."""

    practice: PracticeFacts
    title: str
    columns: Sequence[ListedColumn]
    groups: Sequence[ListedGroup]
    printed_at: dt.datetime
    narrowed: Sequence[str] = ()
    note: str = ""

    @property
    def count(self) -> int:
        """How many rows there are in all groups."""
        return sum(len(group.rows) for group in self.groups)


def facts(
    session: Session,
    title: str,
    columns: Sequence[ListedColumn],
    groups: Sequence[ListedGroup],
    printed_at: dt.datetime,
    *,
    narrowed: Sequence[str] = (),
    note: str = "",
) -> ListingFacts:
    """The list with the paper of the practice around it."""
    return ListingFacts(practice_facts(session), title, columns, groups, printed_at, narrowed, note)


def story(facts: ListingFacts, progress: Progress | None = None) -> list[Block]:
    """The list as blocks, in the language that the program speaks; `progress` is told of the rows."""
    say = text.current()
    counted = say.count("{n} line", "{n} lines", facts.count)
    told = " · ".join([*facts.narrowed, counted])
    blocks: list[Block] = [
        Paragraph(facts.title, TITLE, keep=True),
        Paragraph(told, MUTED, before=3, keep=True),
        Paragraph("", CELL),
    ]
    widths = [column.share for column in facts.columns]
    right = [at for at, column in enumerate(facts.columns) if column.right]
    for group in facts.groups:
        if group.title:
            blocks.append(Heading(group.title))
        rows = _Told(group.rows, progress) if progress is not None else group.rows
        titles = [column.title for column in facts.columns] if any(column.title for column in facts.columns) else ()
        blocks += record_table(titles, _cut(rows), widths, right=right)
    if facts.note:
        blocks.append(Paragraph(facts.note, NOTE, before=16))
    return blocks


class _Told(Sequence[Sequence[str]]):
    """Rows that say how far they were read: making a hundred thousand of them takes a while, and may be given up."""

    def __init__(self, rows: Sequence[Sequence[str]], progress: Progress) -> None:
        self._rows, self._progress = rows, progress

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        return self._rows[at]

    def __iter__(self) -> Iterator[Sequence[str]]:
        for at, row in enumerate(self._rows):
            if at % TOLD_EVERY == 0:
                self._progress(at, len(self._rows))
            yield row


def _cut(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    return [[cell if len(cell) <= LONGEST_CELL else _short(cell) for cell in row] for row in rows]


def _short(cell: str) -> str:
    return cell[: LONGEST_CELL - 1].rsplit(" ", 1)[0] + "…"


def sheet(facts: ListingFacts) -> tuple[float, float]:
    """The paper of the practice's country, held upright, or across where the columns need it."""
    width, height = page_size(facts.practice.country)
    return (width, height) if sum(column.share for column in facts.columns) <= UPRIGHT else (height, width)


def render(facts: ListingFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The list as a PDF; `invariant` makes equal facts equal bytes. `progress` is told of rows and then of pages."""
    say, practice = text.current(), facts.practice
    meta = Meta(
        title=facts.title,
        author=practice.name,
        subject=facts.title,
        language=say.language,
        left=practice.name,
        right=say.say("Confidential — for the practice’s own file"),
        later_right=facts.title,
        foot=say.say("Printed on {when}").format(when=say.date_time(facts.printed_at)),
        page_of=say.say("Page {page} of {pages}"),
        size=sheet(facts),
        colour=practice.colour,
        logo=practice.logo,
    )
    return paper(story(facts, progress), meta, invariant=invariant, progress=progress)
