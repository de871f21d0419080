"""Charts as drawings of reportlab.graphics: the same one prints in a PDF and is painted on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor

from desktop.reports.fonts import load
from desktop.reports.look import INK_2, INK_3, LINE

# A line of more points than this shows its last one alone.
MOST_DOTS = 40


def bar_chart(
    bars: Sequence[tuple[str, int]], width: float, height: float, colour: str, number: Any = str, ink: str = INK_2
) -> Any:
    """Upright bars with their label below and their number above; `number` says a count in the reader's language."""
    font = load("Inter-Regular").fontName
    drawing = Drawing(width, height, initialFontName=font, initialFontSize=7.6)
    base = 17.0
    highest = max((value for _, value in bars), default=0) or 1
    step = (width - 20) / max(len(bars), 1)
    bar = min(step * 0.56, 24)
    drawing.add(Line(0, base, width, base, strokeColor=HexColor(LINE), strokeWidth=0.7))
    for i, (label, value) in enumerate(bars):
        middle = 10 + step * (i + 0.5)
        tall = (height - base - 14) * value / highest
        if value:
            fill = {"fillColor": HexColor(colour), "strokeColor": None}
            drawing.add(Rect(middle - bar / 2, base, bar, tall, rx=min(1.6, tall / 2), **fill))
            # The foot of a bar stands square on its line.
            drawing.add(Rect(middle - bar / 2, base, bar, min(2, tall / 2), **fill))
            drawing.add(written(middle, base + tall + 4, number(value), font, ink))
        drawing.add(written(middle, base - 11.5, label, font, INK_3))
    return drawing


def line_chart(
    points: Sequence[tuple[float, int]],
    ends: tuple[str, str],
    width: float,
    height: float,
    colour: str,
    number: Any = str,
) -> Any:
    """A line through points, each at a share (0 to 1) of the width, above and below a zero line.

    `ends` are the words at the foot of its two ends; the highest, the lowest and the last value stand beside it.
    """
    font = load("Inter-Regular").fontName
    drawing = Drawing(width, height, initialFontName=font, initialFontSize=7.6)
    foot, left, right = 20.0, 26.0, 26.0
    values = [value for _x, value in points]
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1

    def place(point: tuple[float, int]) -> tuple[float, float]:
        return left + point[0] * (width - left - right), foot + (height - foot - 8) * (point[1] - low) / span

    zero = place((0, 0))[1]
    drawing.add(Line(left, zero, width - right, zero, strokeColor=HexColor(LINE), strokeWidth=0.7))
    for value in {low, 0, high}:
        drawing.add(written(left - 7, place((0, value))[1] - 2.7, number(value), font, INK_3, "end"))
    # Trust keeps its height until the next note moves it.
    steps: list[float] = []
    for at, point in enumerate(points):
        x, y = place(point)
        steps += [x, place(points[at - 1])[1]] if at else []
        steps += [x, y]
    drawing.add(PolyLine(steps, strokeColor=HexColor(colour), strokeWidth=1.3, strokeLineJoin=1))
    for point in points[1:] if len(points) <= MOST_DOTS else points[-1:]:
        drawing.add(Circle(*place(point), 2.1, fillColor=HexColor(colour), strokeColor=HexColor("#FFFFFF")))
    x, y = place(points[-1])
    drawing.add(written(x + 6, y - 2.7, number(points[-1][1]), font, INK_2, "start"))
    drawing.add(written(left, foot - 14, ends[0], font, INK_3, "start"))
    drawing.add(written(width - right, foot - 14, ends[1], font, INK_3, "end"))
    return drawing


def written(x: float, y: float, text: str, font: str, colour: str, anchor: str = "middle") -> Any:
    """A word of a chart, in the small type of all charts."""
    return String(x, y, text, fontName=font, fontSize=7.6, fillColor=HexColor(colour), textAnchor=anchor)
