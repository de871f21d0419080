"""Large figures side by side at the head of a report for a client, each over its words."""

from __future__ import annotations

import re

from desktop.reports import look
from desktop.reports.blocks import Block, Paragraph, Row, Stack
from desktop.reports.fonts import face
from desktop.reports.look import FIGURE
from desktop.text import Voice

# The width of the narrowest of four figures side by side on A4, in points.
FIGURE_ROOM = 102.0
# "€165,000", "PLN 1.9m", "1,9 mln zł", "30 %", and what is said of it.
_AMOUNT = re.compile(
    r"((?:[A-Z]{3}[ \xa0])?[^\s\d]{0,3}\d\S*(?:[ \xa0](?:%|€|zł|[kKmM]|mln|mld|tys\.|[A-Z]{3}))*)\s+(\S.*)", re.DOTALL
)


def figure_row(figures: list[tuple[str, str]]) -> Block:
    """Up to four figures side by side, each over its words."""
    style = _figure_style([line for told, _label in figures for line in told.split("\n")])
    cells = [Stack([Paragraph(told, style), Paragraph(label, look.LABEL)]) for told, label in figures]
    cells += [Stack([]) for _ in range(4 - len(cells))]
    return Row(cells, (1, 1, 1, 1.15), gap=14, before=17, whole=True)


def _figure_style(lines: list[str]) -> look.Style:
    """Large, and less so where one would not fit its share of the page: an amount is never broken."""
    letters = face(FIGURE.face)
    widest = max((letters.width(letters.clean(line)[0], FIGURE.size) for line in lines), default=0.0)
    size = max(9.5, min(FIGURE.size, FIGURE.size * FIGURE_ROOM / max(widest, 1.0)))
    return look.Style(FIGURE.face, size, FIGURE.leading if size > 15 else 20.0)


def measured(words: str, say: Voice) -> tuple[str, str] | None:
    """The amount with which the client's own words on the value begin, and what he said of it; None without one."""
    found = _AMOUNT.match(words)
    if found is None or len(found[1]) > 14 or len(found[2]) > 60:
        return None
    said = found[2]
    return found[1], said + (",\n" if len(said) < 26 else ", ") + say.say("as you measured it")
