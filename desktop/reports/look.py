"""The house style of paper: sizes, margins, colours and the styles of type, each said once."""

from __future__ import annotations

import re
from dataclasses import dataclass

INK, INK_2, INK_3, LINE, ACCENT = "#1C2024", "#565C63", "#71777E", "#E3E0DA", "#1B665C"
TONES = {"blue": "#2B568F", "green": "#246B41", "amber": "#8A5A0B", "red": "#A6302A", "quiet": INK_3}

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
LETTER = (612.0, 792.0)
LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CO", "CL", "VE", "PH", "GT", "CR", "PA", "SV", "NI", "HN", "DO", "PR"})

SIDE = 21 * MILLIMETRE
TOP = 36 * MILLIMETRE
BOTTOM = 25 * MILLIMETRE
HEADER = 23 * MILLIMETRE
FOOTER = 16.5 * MILLIMETRE


@dataclass(frozen=True)
class Style:
    """A face, its size and leading in points, and its colour; "accent" is the practice's own."""

    face: str
    size: float
    leading: float
    colour: str = INK


TITLE = Style("serif-bold", 24, 31)
HEADING = Style("serif-semibold", 12.5, 17, "accent")
SUBHEADING = Style("sans-semibold", 9.5, 15)
FIGURE = Style("serif-semibold", 19, 25)
LABEL = Style("sans", 9, 14, INK_3)
BODY = Style("sans", 9.4, 15)
STRONG = Style("sans-semibold", 9.4, 15)
MUTED = Style("sans", 9.4, 15, INK_3)
CELL = Style("sans", 8.8, 13)
CELL_HEAD = Style("sans-semibold", 7.6, 11, INK_3)
NOTE = Style("sans", 8, 12.5, INK_3)
QUOTE = Style("serif-italic", 10.4, 16)
MARGIN = Style("sans", 7.8, 11, INK_3)
WATERMARK = Style("serif-bold", 120, 120, "#F8F6F1")
CODE = Style("sans-medium", 15, 25)


def toned(style: Style, colour: str) -> Style:
    """The same type in another colour."""
    return Style(style.face, style.size, style.leading, colour)


def page_size(country: str, paper: str = "") -> tuple[float, float]:
    """Width and height in points of a paper, a4 or letter, or of the one that a country (ISO 3166) writes on."""
    if paper:
        return LETTER if paper == "letter" else A4
    return LETTER if country.upper() in LETTER_COUNTRIES else A4


def readable(colour: str) -> str:
    """The practice's colour, darkened until it reads well on white (4.5 to 1); the house's own if there is none."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return ACCENT
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    while 1.05 / (_luminance(parts) + 0.05) < 4.5:
        parts = [int(part * 0.94) for part in parts]
    return "#" + "".join(f"{part:02X}" for part in parts)


def _luminance(parts: list[int]) -> float:
    linear = [(p / 255 / 12.92) if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
