"""What a story is made of: blocks that know their height, can be cut at a page's end, and draw themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.reports.fonts import face
from desktop.reports.lines import Placed, break_lines, draw_lines
from desktop.reports.look import BODY, CELL, CELL_HEAD, HEADING, LINE, SUBHEADING, TITLE, Style
from desktop.reports.pen import Block as Block
from desktop.reports.pen import Bookmark as Bookmark
from desktop.reports.pen import Group as Group
from desktop.reports.pen import Pen as Pen
from desktop.reports.pen import Place, Shared
from desktop.reports.scripts import runs_from_right

if TYPE_CHECKING:
    from desktop.reports.tags import Element

Line = tuple[str, bool]
# What the cells of a row are, by the group that the row belongs to.
_CELLS = {"Table": ("TD", "TD"), "L": ("Lbl", "LBody")}
# A lonely text in one of these is its content: a paragraph inside would say nothing more.
_HOLDS_TEXT = frozenset({"TD", "TH", "Lbl", "LBody"})


class Paragraph:
    """Literal text in one style; `\\n` starts a new line, nothing else has a meaning."""

    def __init__(
        self,
        text: str,
        style: Style = BODY,
        *,
        before: float = 0,
        align: str = "left",
        keep: bool = False,
        role: str = "",
    ) -> None:
        self.style, self.before, self.align, self.keep = style, before, align, keep
        self.role = role or ("H1" if style is TITLE else "P")
        self.face = face(style.face)
        self.text, self.spelt = self.face.clean(text)
        self._lines: tuple[float, list[Line]] | None = None
        self._shared: Shared | None = None
        self._goes_on = False

    def lines(self, width: float) -> list[Line]:
        """The text as lines of at most this width, each with whether it runs from the right."""
        if self._lines is None or self._lines[0] != width:
            self._lines = (width, self._broken(width))
        return self._lines[1]

    def _broken(self, width: float) -> list[Line]:
        lines: list[Line] = []
        texts = self.text.split("\n")
        for at, text in enumerate(texts):
            from_right = runs_from_right(text)
            broken = self._balanced(text, width)
            if at + 1 < len(texts):
                # Read aloud or copied, the words on either side of a new line must not run into one.
                broken[-1] += " "
            lines += [(line, from_right) for line in broken]
        return lines

    def _balanced(self, text: str, width: float) -> list[str]:
        """The lines; a short text does not end in one lonely word if as many lines can share their words better."""
        size = self.style.size
        lines = break_lines(text, self.face, size, width)
        if 1 < len(lines) < 9 and " " not in lines[-1].strip() and self.face.width(lines[-1], size) < width / 6:
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
        self._shared = self._shared or Shared()
        first = self._part(lines[:fitting], width, self.spelt)
        first._goes_on = True
        return first, self._part(lines[fitting:], width, Counter())

    def _part(self, lines: list[Line], width: float, spelt: Counter[str]) -> Paragraph:
        part = Paragraph("", self.style, before=self.before, align=self.align, role=self.role)
        part.spelt, part._lines = spelt, (width, lines)
        part._shared, part._goes_on = self._shared, self._goes_on
        return part

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Line under line, the baseline set so that the capitals stand in the middle of the leading."""
        if pen.tags.is_silent:
            self._draw(pen, x, top, width)
            return
        shared = self._shared or Shared()
        if shared.element is None:
            shared.element = pen.tags.open(self.role, pen.parent)
        self.draw_in(pen, shared.element, x, top, width)
        if not self._goes_on:
            pen.tags.close(shared.element)

    def draw_in(self, pen: Pen, element: Element, x: float, top: float, width: float) -> None:
        """Draw it as the content of an element that is open: a cell, the text of a list's item."""
        if self.text or self._lines:
            with pen.tags.mark(element):
                self._draw(pen, x, top, width)

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        size, leading = self.style.size, self.style.leading
        placed: list[Placed] = []
        for line, from_right in self.lines(width):
            left = x
            if self.align == "right" or from_right:
                inked = line.rstrip(" ")
                left += width - self.face.width(inked, size)
                line = inked if from_right else line
            placed.append((left, line, from_right))
        baseline = top - leading / 2 - size * 0.36
        draw_lines(pen.canvas, placed, baseline, leading, self.face, size, pen.colour(self.style.colour))
        if self.spelt:
            pen.spelt.update(self.spelt)


class Heading:
    """The title of a section, on a line in the practice's colour, and its bookmark unless it is not to be listed.

    One that is `close` has little room around it, for a sheet of many short sections.
    """

    keep = True

    def __init__(self, text: str, level: int = 0, *, is_listed: bool = True, close: bool = False) -> None:
        self.text, self.level, self.is_listed = text, level, is_listed
        self.before = 12.0 if level or close else 21.0
        self._below = 2.0 if level else 5.0 if close else 14.0
        self.paragraph = Paragraph(text, HEADING if level == 0 else SUBHEADING, role=f"H{level + 2}")

    def height(self, width: float) -> float:
        """The words, the line, and the space under it."""
        return self.paragraph.height(width) + self._below

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it and point a bookmark at it."""
        self.paragraph.draw(pen, x, top, width)
        if self.level == 0:
            pen.rule(x, top - self.paragraph.height(width) - 4, width, "accent", 0.9)
        if not self.is_listed:
            return
        name = f"section-{len(pen.headings) + 1}"
        pen.headings.append(Bookmark(self.text, self.level, Place(pen.page, top + 12)))
        pen.canvas.bookmarkPage(name, fit="XYZ", left=0, top=top + 12)
        pen.canvas.addOutlineEntry(self.text, name, self.level, closed=False)


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
            while i and self.blocks[i - 1].keep:
                i -= 1
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
    group: Group | None = None
    is_head: bool = False
    shared: Shared | None = None
    goes_on: bool = False

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
        self.shared = self.shared or Shared()
        upper = self._part(first, ruled=False)
        upper.goes_on = True
        return upper, self._part(rest, ruled=self.ruled)

    def _part(self, cells: list[Block], *, ruled: bool) -> Row:
        return Row(
            cells,
            self.shares,
            self.gap,
            self.padding,
            ruled,
            self.before,
            head=self.head,
            group=self.group,
            shared=self.shared,
            goes_on=self.goes_on,
        )

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Cell by cell, and the line under them; a head that comes again is no part of the text."""
        if self.group is None or pen.tags.is_silent:
            self._draw(pen, x, top, width)
        elif self.is_head and self.shared is not None:
            with pen.tags.artifact():
                self._draw(pen, x, top, width)
        else:
            self._draw_tagged(pen, x, top, width, self.group)

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        for cell, left, share in self._placed(x, width):
            cell.draw(pen, left, top - self.padding, share)
        self._rule(pen, x, top, width)

    def _draw_tagged(self, pen: Pen, x: float, top: float, width: float, group: Group) -> None:
        tags = pen.tags
        shared = self.shared or Shared()
        if shared.element is None:
            shared.element = tags.open("TR" if group.role == "Table" else "LI", pen.element_of(group))
            first, others = ("TH", "TH") if self.is_head else _CELLS[group.role]
            shared.cells = [tags.open(others if i else first, shared.element) for i in range(len(self.cells))]
        if self.is_head:
            self.shared = shared
        for element, (cell, left, share) in zip(shared.cells, self._placed(x, width), strict=True):
            if isinstance(cell, Paragraph):
                cell.draw_in(pen, element, left, top - self.padding, share)
            else:
                with pen.inside(element):
                    cell.draw(pen, left, top - self.padding, share)
        self._rule(pen, x, top, width)
        if not self.goes_on:
            for element in (*shared.cells, shared.element):
                tags.close(element)

    def _placed(self, x: float, width: float) -> Iterator[tuple[Block, float, float]]:
        for cell, share in zip(self.cells, self.widths(width), strict=True):
            yield cell, x, share
            x += share + self.gap

    def _rule(self, pen: Pen, x: float, top: float, width: float) -> None:
        if self.ruled:
            pen.rule(x, top - self.height(width), width, LINE, 0.7)


@dataclass
class Figure:
    """A drawing of reportlab.graphics, made for the width that it gets; `alt` says in words what it shows."""

    make: Callable[[float], Any]
    tall: float
    alt: str
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

        element = pen.tags.open("Figure", pen.parent, self.alt)
        with pen.tags.mark(element):
            renderPDF.draw(self.make(width), pen.canvas, x, top - self.tall)
        pen.tags.close(element)


def record_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], *, right: Sequence[int] = ()
) -> list[Block]:
    """A table of literal texts: a head that comes again on each page, one line under each row, no row cut in two.

    `widths` are shares of the page's width, `right` the columns whose figures stand at their right edge.
    """
    body = list(table_rows(columns, rows, widths, right=right))
    if len(body) > 3 and isinstance(body[-2], Row):
        # The last two stay together, so that no page begins with one lonely row.
        body[-2].keep = True
    return body


def table_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Paragraph]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
) -> Iterator[Block]:
    """The same as it is read, row by row: a table of a hundred thousand rows never stands in memory whole.

    A cell may be a paragraph that is laid out already.
    """
    aligned = ["right" if i in right else "left" for i in range(len(widths))]
    group = Group("Table")

    def row(texts: Sequence[str | Paragraph], style: Style, padding: float) -> Row:
        cells = [
            Paragraph(text, style, align=side) if isinstance(text, str) else text
            for text, side in zip(texts, aligned, strict=True)
        ]
        return Row(cells, widths, padding=padding, ruled=True, whole=True, group=group)

    head = row(columns, CELL_HEAD, 5) if columns else None
    if head:
        head.keep = head.is_head = True
        yield head
    for texts in rows:
        made = row(texts, CELL, 6)
        made.head = head
        yield made


def bullets(texts: Iterable[str], style: Style = BODY, *, mark: str = "–", before: float = 2) -> list[Block]:
    """A list: each text behind a mark."""
    group = Group("L")
    return [
        Row([Paragraph(mark, style), Paragraph(text, style)], (3, 97), gap=4, before=before, group=group)
        for text in texts
    ]
