"""Charts as drawings of reportlab.graphics: the same one prints in a PDF and is painted on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from desktop.reports.fonts import load
from desktop.reports.look import INK_2, INK_3, LINE


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
            drawing.add(_text(middle, base + tall + 4, number(value), font, ink))
        drawing.add(_text(middle, base - 11.5, label, font, INK_3))
    return drawing


def _text(x: float, y: float, text: str, font: str, colour: str) -> Any:
    return String(x, y, text, fontName=font, fontSize=7.6, fillColor=HexColor(colour), textAnchor="middle")
