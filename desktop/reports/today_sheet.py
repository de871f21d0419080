"""Today as a sheet of paper: everything that waits, group by group, with its reason and a box to tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from db.today import KINDS, list_waiting
from db.today_ahead import list_ahead, month_so_far, next_ahead
from db.today_rows import Ahead, Kind, Month, Waiting
from desktop import text
from desktop.profession import practising
from desktop.reports.blocks import Block, Group, Heading, Paragraph, Pen, Row, Stack
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, language_for
from desktop.reports.house import LETTERS, meta_of, more_words, opening, short
from desktop.reports.look import CELL, INK_3, MUTED, NOTE, STRONG, TONES, Style, toned
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper
from desktop.rooms.today import groups, side
from desktop.rooms.today.sentence import long_day, sentence
from desktop.text import Voice
from desktop.today_words import told

MOST = 40  # rows of one kind: whoever has more of them does not work from paper
_LEADING = 11.6
_TITLE = Style("sans-semibold", CELL.size, _LEADING)
_WHY = Style(NOTE.face, NOTE.size, _LEADING, NOTE.colour)
_SHARES = (2.6, 30, 43.9, 8.5, 15)
_TONES = {"red": TONES["red"], "amber": TONES["amber"], "green": TONES["green"], "blue": TONES["blue"]}


@dataclass(frozen=True)
class TodayFacts:
    """What the page of today holds on a day; of each kind the first rows, and how many there are in all."""

    practice: PracticeFacts
    language: str
    made_at: dt.datetime
    kinds: tuple[Kind, ...]
    month: Month
    ahead: tuple[Ahead, ...] = ()
    next: Ahead | None = None


class Box:
    """An empty box to tick with a pen; it is no part of the text."""

    before, keep = 0.0, False
    side = 8.0

    def height(self, width: float) -> float:
        """As tall as a line beside it."""
        return _LEADING

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """A rounded square."""
        with pen.tags.artifact():
            pen.canvas.setStrokeColor(pen.colour(INK_3))
            pen.canvas.setLineWidth(0.8)
            pen.canvas.roundRect(x + 1, top - _LEADING / 2 - self.side / 2, self.side, self.side, 1.5)


def read(session: Session, asked: Asked) -> TodayFacts:
    """What waits on the day that is asked for."""
    now = asked.at.date()
    return TodayFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, None, asked.language),
        made_at=asked.at,
        kinds=tuple(list_waiting(session, kind, now, MOST) for kind in KINDS),
        month=month_so_far(session, now),
        ahead=tuple(list_ahead(session, now)),
        next=next_ahead(session, now),
    )


def render(facts: TodayFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The sheet as a PDF; `invariant` makes equal facts give equal bytes."""
    with text.speaking(facts.language) as say, practising(facts.practice.profession):
        day = say.date(facts.made_at.date())
        meta = meta_of(facts.practice, f"{say.say('Today')} · {day}", facts.made_at, say)
        return paper(story(facts, say), meta, invariant=invariant, progress=progress)


def story(facts: TodayFacts, say: Voice) -> Iterator[Block]:
    """The sheet as blocks, in the words of the window and in the language that is spoken."""
    now, kinds = facts.made_at.date(), {kind.kind: kind for kind in facts.kinds}
    yield from opening(say.say("Today"), long_day(now), [sentence(kinds)])
    if not any(kind.total for kind in facts.kinds):
        words = f"{say.say('Nothing waits today.')} {side.next_words(facts.next, now)}"
        yield Paragraph(words, MUTED, before=18)
    for group in groups.GROUPS:
        rows = groups.rows_of(group, kinds)
        if rows:
            yield Heading(group.title(), close=True)
            yield from _rows(rows, now)
            yield from more_words(say, groups.total(group, kinds) - len(rows))
    yield _side(facts, say)


def _rows(rows: list[Waiting], now: dt.date) -> Iterator[Block]:
    group = Group("Table")
    for at, each in enumerate(rows):
        row = told(each, now)
        # What, why, when and how it stands on one line: a full day should not fill many sheets.
        cells: list[Block] = [
            Box(),
            Paragraph(short(row.title, LETTERS), _TITLE),
            Paragraph(short(row.reason, LETTERS), _WHY),
            Paragraph("" if row.when == row.chip else row.when, _WHY, align="right"),
            Paragraph(row.chip, toned(_TITLE, _TONES.get(row.tone, CELL.colour)), align="right"),
        ]
        # A heading never stands over one lonely row if there are more.
        first = at == 0 and len(rows) > 1
        yield Row(cells, _SHARES, gap=8, padding=3.5, ruled=True, whole=True, group=group, keep=first)


def _side(facts: TodayFacts, say: Voice) -> Block:
    month = [f"{name}: {value}" for name, value in side.month(facts.month)]
    week = [line for line, _more in side.week(list(facts.ahead))] or [say.say("Nothing is planned yet.")]
    columns = ((say.say("This month"), month), (say.say("Next week"), week))
    cells = [
        Stack([Paragraph(title, STRONG), *(Paragraph(short(line, LETTERS), CELL, before=2) for line in lines)])
        for title, lines in columns
    ]
    return Row(cells, (1, 1), gap=26, before=24)
