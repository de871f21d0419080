"""Words that lead to a page of the same paper: links that a reader's program follows and a reader's voice announces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.reports.blocks import Paragraph
from desktop.reports.lines import draw_lines
from desktop.reports.look import Style
from desktop.reports.pen import Pen, Place

if TYPE_CHECKING:
    from desktop.reports.tags import Element


@dataclass(frozen=True)
class Target:
    """Where words lead, and what a reader's voice says of it ("Go to page 7")."""

    place: Place
    said: str


# A text, and where it leads if it leads anywhere.
Piece = tuple[str, Target | None]


class Linked(Paragraph):
    """A text of pieces of which some lead elsewhere; one that is cut at a page's end is plain text from then on."""

    def __init__(self, pieces: Sequence[Piece], style: Style, *, align: str = "left") -> None:
        super().__init__("", style, align=align)
        self.spelt = Counter()
        texts = []
        for text, _target in pieces:
            clean, spelt = self.face.clean(text)
            texts.append(clean.replace("\n", " "))
            self.spelt += spelt
        self.text = "".join(texts)
        self._targets = [target for (_text, target), clean in zip(pieces, texts, strict=True) for _letter in clean]

    def draw_in(self, pen: Pen, element: Element, x: float, top: float, width: float) -> None:
        """Piece by piece: plain words in the element itself, words that lead elsewhere in a link of their own."""
        if pen.tags.is_silent:
            self._draw(pen, x, top, width)
            return
        leading, size = self.style.leading, self.style.size
        link: Element | None = None
        before: Target | None = None
        for number, left, words, from_right, target in self._pieces(x, width):
            if target is not before and link is not None:
                pen.tags.close(link)
                link = None
            if target is not None and link is None:
                link = pen.tags.open("Link", element)
            before, line_top = target, top - number * leading
            with pen.tags.mark(link or element):
                baseline = line_top - leading / 2 - size * 0.36
                colour = pen.colour(self.style.colour)
                draw_lines(pen.canvas, [(left, words, from_right)], baseline, leading, self.face, size, colour)
            if link is not None and target is not None:
                right = left + self.face.width(words.rstrip(" "), size)
                pen.tags.lead(link, (left, line_top - leading, right, line_top), target.place, target.said)
        if link is not None:
            pen.tags.close(link)
        pen.spelt.update(self.spelt)

    def _pieces(self, x: float, width: float) -> Iterator[tuple[int, float, str, bool, Target | None]]:
        """Each run of one target in a line: the line's number, its left end, its words, and where they lead."""
        at = 0
        for number, (line, from_right) in enumerate(self.lines(width)):
            targets = self._targets[at : at + len(line)]
            at += len(line)
            left = x + self._indent(line, from_right, width)
            if from_right:
                # What stands where in a line that runs from the right is known to its font alone: it leads as a whole.
                yield number, left, line.rstrip(" "), True, next((each for each in targets if each), None)
                continue
            begun = 0
            for place in range(1, len(line) + 1):
                if place == len(line) or targets[place] is not targets[begun]:
                    words = line[begun:place]
                    yield number, left, words, False, targets[begun]
                    left += self.face.width(words, self.style.size)
                    begun = place

    def _indent(self, line: str, from_right: bool, width: float) -> float:
        if self.align != "right" and not from_right:
            return 0.0
        return width - self.face.width(line.rstrip(" "), self.style.size)
