"""A chart of spots by two measures, as a drawing of reportlab.graphics: told apart by shape and number, then by colour.

Its words are those of the chart in the window: what grows along each side, and what two of its corners mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect
from reportlab.lib.colors import HexColor

from desktop.reports.charts import written
from desktop.reports.fonts import load
from desktop.reports.look import INK_2, INK_3, LINE

Shape = Literal["circle", "diamond", "triangle"]
LEFT, FOOT = 4.0, 15.0


@dataclass(frozen=True)
class Spot:
    """One spot: its measures from 0 to 1, radius in points, colour, shape, and the number by which a table names it."""

    x: float
    y: float
    radius: float
    colour: str
    shape: Shape
    label: str


@dataclass(frozen=True)
class Frame:
    """The words around the spots, and where the middle of each measure parts them, from 0 to 1."""

    across: str
    up: str
    upper_left: str
    lower_right: str
    middle_x: float
    middle_y: float


def scatter(spots: Sequence[Spot], frame: Frame, width: float, height: float) -> Any:
    """The spots on a framed plane, each with its number beside it."""
    font = load("Inter-Regular").fontName
    drawing = Drawing(width, height, initialFontName=font, initialFontSize=7.6)
    wide, tall = width - LEFT, height - FOOT
    rule = {"strokeColor": HexColor(LINE), "strokeWidth": 0.7}
    drawing.add(Rect(LEFT, FOOT, wide, tall, fillColor=None, **rule))
    inside = (LEFT + 14, FOOT + 14, wide - 34, tall - 30)

    def place(x: float, y: float) -> tuple[float, float]:
        return inside[0] + x * inside[2], inside[1] + y * inside[3]

    across, up = place(frame.middle_x, frame.middle_y)
    drawing.add(Line(across, FOOT, across, height, strokeDashArray=[2, 3], **rule))
    drawing.add(Line(LEFT, up, width, up, strokeDashArray=[2, 3], **rule))
    for words, x, y, anchor in (
        (frame.upper_left, LEFT + 7, height - 11, "start"),
        (frame.lower_right, width - 7, FOOT + 5, "end"),
        (frame.across, width, 3, "end"),
        (frame.up, LEFT, 3, "start"),
    ):
        drawing.add(written(x, y, words, font, INK_3, anchor))
    # The largest lie beneath, so that none hides another.
    for spot in sorted(spots, key=lambda each: -each.radius):
        x, y = place(spot.x, spot.y)
        drawing.add(mark(x, y, spot.radius, spot.colour, spot.shape))
    taken: list[tuple[float, float]] = []
    for spot in spots:
        x, y = place(spot.x, spot.y)
        x, y = x + spot.radius + 2.5, y - 2.6
        # Beside a crowd a number would name the wrong one: there the table alone does.
        for down in (y, y - 7.5, y + 7.5):
            if all(abs(x - other[0]) >= 9 or abs(down - other[1]) >= 7.5 for other in taken):
                taken.append((x, down))
                drawing.add(written(x, down, spot.label, font, INK_2, "start"))
                break
    return drawing


def mark(x: float, y: float, radius: float, colour: str, shape: Shape) -> Any:
    """One spot: a circle, a diamond or a triangle of about the same weight."""
    look = {"fillColor": HexColor(colour), "strokeColor": HexColor("#FFFFFF"), "strokeWidth": 0.6}
    if shape == "circle":
        return Circle(x, y, radius, **look)
    reach = radius * 1.25
    if shape == "diamond":
        return Polygon([x, y + reach, x + reach, y, x, y - reach, x - reach, y], **look)
    return Polygon([x, y + reach, x + reach, y - reach * 0.8, x - reach, y - reach * 0.8], **look)


def legend(entries: Sequence[tuple[str, Shape, str]], width: float) -> Any:
    """Which shape means what, on one line of 14 points."""
    font = load("Inter-Regular")
    drawing = Drawing(width, 14, initialFontName=font.fontName, initialFontSize=7.6)
    left = LEFT + 4
    for colour, shape, words in entries:
        drawing.add(mark(left, 6, 3.4, colour, shape))
        drawing.add(written(left + 8, 3.4, words, font.fontName, INK_3, "start"))
        left += 24 + sum(font.face.getCharWidth(ord(letter)) for letter in words) * 7.6 / 1000
    return drawing
