"""What a story is made of: blocks that know their height, can be cut at a page's end, and draw themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from desktop.reports.fonts import face
from desktop.reports.lines import break_lines, draw_line
from desktop.reports.look import BODY, CELL, CELL_HEAD, HEADING, LINE, SUBHEADING, Style
from desktop.reports.scripts import runs_from_right

Line = tuple[str, bool]


@dataclass
class Pen:
    """Where blocks draw: the canvas, the practice's colour, and what had to be spelt out on the way."""

    canvas: Any
    accent: str
    spelt: Counter[str] = field(default_factory=Counter)
    bookmarks: int = 0

    def colour(self, name: str) -> Any:
        """The colour of a name or of "accent"."""
        from reportlab.lib.colors import HexColor

        return HexColor(self.accent if name == "accent" else name)

    def rule(self, x: float, y: float, width: float, colour: str, weight: float) -> None:
        """A horizontal line."""
        self.canvas.setStrokeColor(self.colour(colour))
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y, x + width, y)


class Block(Protocol):
    """A piece of a story; lengths are in points, `top` is measured from the foot of the page."""

    before: float
    keep: bool

    def height(self, width: float) -> float:
        """How tall it is when it is as wide as this."""

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """What fits into the room and what is left, or None if it must go to the next page."""

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Put it on the page."""


class Paragraph:
    """Literal text in one style; `\\n` starts a new line, nothing else has a meaning."""

    def __init__(self, text: str, style: Style = BODY, *, before: float = 0, align: str = "left", keep: bool = False):
        self.style, self.before, self.align, self.keep = style, before, align, keep
        self.face = face(style.face)
        self.text, self.spelt = self.face.clean(text)
        self._lines: tuple[float, list[Line]] | None = None

    def lines(self, width: float) -> list[Line]:
        """The text as lines of at most this width, each with whether it runs from the right."""
        if self._lines is None or self._lines[0] != width:
            self._lines = (width, self._broken(width))
        return self._lines[1]

    def _broken(self, width: float) -> list[Line]:
        lines: list[Line] = []
        for text in self.text.split("\n"):
            from_right = runs_from_right(text)
            lines += [(line, from_right) for line in self._balanced(text, width)]
        return lines

    def _balanced(self, text: str, width: float) -> list[str]:
        """The lines; a short text does not end in one lonely word if as many lines can share their words better."""
        size = self.style.size
        lines = break_lines(text, self.face, size, width)
        if 1 < len(lines) < 9 and " " not in lines[-1] and self.face.width(lines[-1], size) < width / 6:
            closer = break_lines(text, self.face, size, width * 0.92)
            if len(closer) == len(lines):
                return closer
        return lines

    def height(self, width: float) -> float:
        """The leading of all lines."""
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between lines, with at least two lines on either side."""
        lines = self.lines(width)
        fitting = min(int(room / self.style.leading + 0.001), len(lines) - 2)
        if fitting < 2:
            return None
        return self._part(lines[:fitting], width, self.spelt), self._part(lines[fitting:], width, Counter())

    def _part(self, lines: list[Line], width: float, spelt: Counter[str]) -> Paragraph:
        part = Paragraph("", self.style, before=self.before, align=self.align)
        part.spelt, part._lines = spelt, (width, lines)
        return part

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Line under line, the baseline set so that the capitals stand in the middle of the leading."""
        size, leading = self.style.size, self.style.leading
        colour = pen.colour(self.style.colour)
        baseline = top - leading / 2 - size * 0.36
        for line, from_right in self.lines(width):
            to_right = self.align == "right" or from_right
            left = x + width - self.face.width(line, size) if to_right else x
            draw_line(pen.canvas, line, left, baseline, self.face, size, colour, from_right=from_right)
            baseline -= leading
        pen.spelt.update(self.spelt)


class Heading:
    """The title of a section, on a line in the practice's colour, and its bookmark."""

    keep = True

    def __init__(self, text: str, level: int = 0) -> None:
        self.text, self.level = text, level
        self.before = 21.0 if level == 0 else 12.0
        self.paragraph = Paragraph(text, HEADING if level == 0 else SUBHEADING)

    def height(self, width: float) -> float:
        """The words, the line, and the space under it."""
        return self.paragraph.height(width) + (14 if self.level == 0 else 2)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it and point a bookmark at it."""
        self.paragraph.draw(pen, x, top, width)
        if self.level == 0:
            pen.rule(x, top - self.paragraph.height(width) - 4, width, "accent", 0.9)
        pen.bookmarks += 1
        key = f"section-{pen.bookmarks}"
        pen.canvas.bookmarkPage(key, fit="XYZ", left=0, top=top + 12)
        pen.canvas.addOutlineEntry(self.text, key, self.level, closed=False)


class Stack:
    """Blocks under one another, as one block."""

    def __init__(self, blocks: Sequence[Block], *, before: float = 0, keep: bool = False) -> None:
        self.blocks, self.before, self.keep = list(blocks), before, keep

    def height(self, width: float) -> float:
        """All blocks, and the space between them."""
        return sum(b.height(width) + (b.before if i else 0) for i, b in enumerate(self.blocks))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between two blocks, or inside the one at the page's end."""
        used = 0.0
        for i, block in enumerate(self.blocks):
            gap = block.before if i else 0
            height = block.height(width)
            if used + gap + height <= room:
                used += gap + height
                continue
            parts = block.split(width, room - used - gap)
            if parts:
                return self._parts([*self.blocks[:i], parts[0]], [parts[1], *self.blocks[i + 1 :]])
            return self._parts(self.blocks[:i], self.blocks[i:]) if i else None
        return None

    def _parts(self, first: list[Block], rest: list[Block]) -> tuple[Block, Block]:
        return Stack(first, before=self.before), Stack(rest, before=self.before)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """From the top down."""
        for i, block in enumerate(self.blocks):
            top -= block.before if i else 0
            block.draw(pen, x, top, width)
            top -= block.height(width)


@dataclass
class Row:
    """Blocks side by side, in shares of the width; `head` is repeated where the row opens a new page."""

    cells: Sequence[Block]
    shares: Sequence[float]
    gap: float = 10
    padding: float = 0
    ruled: bool = False
    before: float = 0
    keep: bool = False
    whole: bool = False
    head: Row | None = None

    def widths(self, width: float) -> list[float]:
        """The width of each cell in points."""
        free = width - self.gap * (len(self.shares) - 1)
        return [free * share / sum(self.shares) for share in self.shares]

    def height(self, width: float) -> float:
        """The tallest cell and the padding."""
        pairs = zip(self.cells, self.widths(width), strict=True)
        return max(cell.height(share) for cell, share in pairs) + 2 * self.padding

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut all cells at one height; a whole row only if no page could hold it."""
        room -= self.padding
        first: list[Block] = []
        rest: list[Block] = []
        cut = False
        for cell, share in zip(self.cells, self.widths(width), strict=True):
            if cell.height(share) <= room:
                first.append(cell)
                rest.append(Stack(()))
            elif parts := cell.split(share, room):
                first.append(parts[0])
                rest.append(parts[1])
                cut = True
            else:
                return None
        if not cut:
            return None
        return self._part(first, ruled=False), self._part(rest, ruled=self.ruled)

    def _part(self, cells: list[Block], *, ruled: bool) -> Row:
        return Row(cells, self.shares, self.gap, self.padding, ruled, self.before, head=self.head)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Cell by cell, and the line under them."""
        left = x
        for cell, share in zip(self.cells, self.widths(width), strict=True):
            cell.draw(pen, left, top - self.padding, share)
            left += share + self.gap
        if self.ruled:
            pen.rule(x, top - self.height(width), width, LINE, 0.7)


@dataclass
class Figure:
    """A drawing of reportlab.graphics, made for the width that it gets."""

    make: Callable[[float], Any]
    tall: float
    before: float = 0
    keep: bool = False

    def height(self, width: float) -> float:
        """As tall as was said."""
        return self.tall

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """As vectors."""
        from reportlab.graphics import renderPDF

        renderPDF.draw(self.make(width), pen.canvas, x, top - self.tall)


def record_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, right: Sequence[int] = ()
) -> list[Block]:
    """A table of literal texts: a head that comes again on each page, one line under each row, no row cut in two.

    `widths` are shares of the page's width, `right` the columns whose figures stand at their right edge.
    """
    aligned = ["right" if i in right else "left" for i in range(len(widths))]

    def row(texts: Sequence[str], style: Style, padding: float) -> Row:
        cells = [Paragraph(text, style, align=side) for text, side in zip(texts, aligned, strict=True)]
        return Row(cells, widths, padding=padding, ruled=True, whole=True)

    head = row(columns, CELL_HEAD, 5) if columns else None
    body = [row(texts, CELL, 6) for texts in rows]
    for each in body:
        each.head = head
    if head:
        head.keep = True
    if len(body) > 2:
        # The last two stay together, so that no page begins with one lonely row.
        body[-2].keep = True
    return [*([head] if head else []), *body]
