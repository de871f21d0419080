"""What blocks are drawn with: the pen on its page, what it remembers, and what any block must be able to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from desktop.reports.tags import Element, Tags


class Place(NamedTuple):
    """A place of a paper: its page, from 0 in the order of drawing, and how far above the foot it stands (points)."""

    page: int
    top: float


class Group:
    """What rows belong to: a "Table", or a list ("L") whose rows are a mark and a text."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.element: Element | None = None


class Shared:
    """Where the parts of a block that was cut stand together in the structure."""

    def __init__(self) -> None:
        self.element: Element | None = None
        self.cells: list[Element] = []


@dataclass
class Pen:
    """Where blocks draw: the canvas, the practice's colour, and what had to be spelt out on the way."""

    canvas: Any
    accent: str
    tags: Tags
    parent: Element
    spelt: Counter[str] = field(default_factory=Counter)
    headings: list[Bookmark] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    page: int = 0
    _colours: dict[str, Any] = field(default_factory=dict)

    def colour(self, name: str) -> Any:
        """The colour of a name or of "accent"."""
        if name not in self._colours:
            from reportlab.lib.colors import HexColor

            self._colours[name] = HexColor(self.accent if name == "accent" else name)
        return self._colours[name]

    def rule(self, x: float, y: float, width: float, colour: str, weight: float) -> None:
        """A horizontal line, which is no part of the text."""
        with self.tags.artifact():
            self.canvas.setStrokeColor(self.colour(colour))
            self.canvas.setLineWidth(weight)
            self.canvas.line(x, y, x + width, y)

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile stands in the element."""
        before, self.parent = self.parent, element
        yield
        self.parent = before

    def element_of(self, group: Group) -> Element:
        """The table or list of a group, which stands where its first row does."""
        if group.element is None:
            group.element = self.tags.open(group.role, self.parent)
            self.groups.append(group)
        return group.element


@dataclass(frozen=True)
class Bookmark:
    """A heading that was drawn: its words, its level, and its place."""

    text: str
    level: int
    place: Place

    @property
    def page(self) -> int:
        """Its page, from 0 in the order of drawing."""
        return self.place.page


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
