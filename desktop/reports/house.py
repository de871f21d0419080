"""What every paper of the house shares: its margins, the word behind it, its figures, and tables with a second line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from desktop.reports.blocks import Block, Group, Paragraph, Row, Stack
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.fonts import face
from desktop.reports.look import A4, CELL, CELL_HEAD, FIGURE, LABEL, MUTED, NOTE, SIDE, TITLE, Style
from desktop.reports.margins import margins
from desktop.reports.paper import Meta
from desktop.text import Voice

# A cell is a line, or a line and what is said beneath it in small.
Cell = str | tuple[str, str]
# A text longer than this is told by its beginning: these papers remind, the record has the whole.
LETTERS = 420
NARROWEST = A4[0] - 2 * SIDE


def meta_of(
    practice: PracticeFacts, title: str, made_at: dt.datetime, say: Voice, *, subject: str = "", left_out: str = ""
) -> Meta:
    """The margins of a paper of the house; `left_out` says at its foot what it never tells."""
    internal = say.say("Internal — not for the client")
    return margins(
        practice,
        say,
        title=title,
        subject=subject or title,
        right=internal,
        later_right=f"{internal} · {title}",
        foot=" · ".join(part for part in (say.date_time(made_at), left_out) if part),
        watermark=say.say("Internal"),
    )


def opening(kind: str, title: str, about: Sequence[str]) -> list[Block]:
    """The first lines: what paper it is, its title, and what is said of it in a breath."""
    blocks: list[Block] = [Paragraph(kind, MUTED, keep=True)] if kind else []
    blocks.append(Paragraph(title, TITLE, before=3, keep=True))
    told = " · ".join(part for part in about if part)
    return [*blocks, Paragraph(told, MUTED, before=1)] if told else blocks


def figures(told: Sequence[tuple[str, str]]) -> Block:
    """Numbers side by side, each with what it counts."""
    room = NARROWEST / len(told) - 14
    fits = all(face(FIGURE.face).width(number, FIGURE.size) <= room for number, _label in told)
    style = FIGURE if fits else Style(FIGURE.face, FIGURE.size * 0.68, FIGURE.leading)
    cells = [Stack([Paragraph(number, style), Paragraph(label, LABEL)]) for number, label in told]
    return Row(cells, [1] * len(cells), gap=14, before=17, whole=True)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float], *, right: Sequence[int] = ()
) -> Iterator[Block]:
    """A table whose head comes again on each page; a cell of two has its second line in small.

    `widths` are shares of the page's width, `right` the columns whose figures stand at their right edge.
    """
    group = Group("Table")
    sides = ["right" if at in right else "left" for at in range(len(widths))]
    head = None
    if columns:
        titles = [Paragraph(title, CELL_HEAD, align=side) for title, side in zip(columns, sides, strict=True)]
        head = Row(titles, widths, padding=5, ruled=True, whole=True, group=group, keep=True, is_head=True)
        yield head
    held: list[Row] = []
    count = 0
    for count, row in enumerate(rows, 1):
        cells = [_cell(each, side) for each, side in zip(row, sides, strict=True)]
        held.append(Row(cells, widths, padding=6, ruled=True, whole=True, group=group, head=head))
        if count == 2:
            # No row stands alone under its head at a page's end, and none alone at the beginning of the next.
            held[0].keep = True
        if len(held) > 2:
            yield held.pop(0)
    if count > 2:
        held[0].keep = True
    yield from held


def _cell(told: Cell, side: str) -> Block:
    first, second = told if isinstance(told, tuple) else (told, "")
    line = Paragraph(short(first), CELL, align=side)
    return Stack([line, Paragraph(short(second), NOTE, align=side)]) if second else line


def short(text: str, letters: int = LETTERS) -> str:
    """A text as long as a cell may be, cut at a word."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[letters // 2 :] else cut).rstrip(" ,;:") + "…"


def more_words(say: Voice, left: int) -> list[Block]:
    """That so many more are not listed; nothing where all are."""
    if left <= 0:
        return []
    return [Paragraph(say.count("{n} more is not listed.", "{n} more are not listed.", left), NOTE, before=6)]


def signed(number: int, say: Voice) -> str:
    """A number with its sign, as trust moves: '+2', '−1', '0'."""
    return f"+{say.number(number)}" if number > 0 else f"−{say.number(-number)}" if number < 0 else "0"


def whole(minor: int, currency: str, say: Voice) -> str:
    """An amount of minor units in whole ones of its currency: the cents of a year say nothing."""
    from babel.numbers import format_currency, get_currency_precision

    amount = round(minor / 10 ** get_currency_precision(currency))
    pattern = "¤#,##0" if say.language == "en" else "#,##0\xa0¤"
    return str(format_currency(amount, currency, pattern, locale=say.language, currency_digits=False))
