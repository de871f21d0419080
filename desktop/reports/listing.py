"""A list on paper: what it is called, how it was narrowed, the columns in view and the rows that the filter gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from desktop import text
from desktop.reports.blocks import Block, Heading, Paragraph, record_table, table_rows
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
LONG = 200


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


def story(facts: ListingFacts, progress: Progress | None = None) -> Iterator[Block]:
    """The list as blocks, in the language that the program speaks; `progress` is told of the rows as they are read."""
    say = text.current()
    counted = say.count("{n} line", "{n} lines", facts.count)
    yield Paragraph(facts.title, TITLE, keep=True)
    yield Paragraph(" · ".join([*facts.narrowed, counted]), MUTED, before=3, keep=True)
    yield Paragraph("", CELL)
    widths = [column.share for column in facts.columns]
    right = [at for at, column in enumerate(facts.columns) if column.right]
    titles = [column.title for column in facts.columns] if any(column.title for column in facts.columns) else ()
    done = 0
    for group in facts.groups:
        if group.title:
            yield Heading(group.title)
        rows = _read(group.rows, done, facts.count, progress)
        # A long list is read row by row as its pages are drawn, and never stands in memory as a whole.
        table = record_table if len(group.rows) < LONG else table_rows
        yield from table(titles, rows, widths, right=right)
        done += len(group.rows)
    if facts.note:
        yield Paragraph(facts.note, NOTE, before=16)


def _read(rows: Sequence[Sequence[str]], done: int, of: int, progress: Progress | None) -> Iterator[list[str]]:
    for at, row in enumerate(rows):
        if progress is not None and at % TOLD_EVERY == 0:
            progress(done + at, of)
        yield [cell if len(cell) <= LONGEST_CELL else _short(cell) for cell in row]


def _short(cell: str) -> str:
    return cell[: LONGEST_CELL - 1].rsplit(" ", 1)[0] + "…"


def sheet(facts: ListingFacts) -> tuple[float, float]:
    """The paper of the practice's country, held upright, or across where the columns need it."""
    width, height = page_size(facts.practice.country)
    return (width, height) if sum(column.share for column in facts.columns) <= UPRIGHT else (height, width)


def render(facts: ListingFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The list as a PDF; `invariant` makes equal facts equal bytes. `progress(done, of)` is told of the rows."""
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
    return paper(story(facts, progress), meta, invariant=invariant)
