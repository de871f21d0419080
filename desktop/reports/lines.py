"""Literal text broken into lines and drawn: there is no markup on this way, so none can be injected."""

from __future__ import annotations

import unicodedata
from typing import Any

from desktop.giving_up import go_on
from desktop.reports.fonts import Face
from desktop.reports.scripts import in_visual_order

_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〕〉》％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:!?)]}%”’")
_NEVER_LAST = frozenset("（「『【〔〈《([{“‘")


def break_lines(text: str, face: Face, size: float, width: float) -> list[str]:
    """Clean text as lines no wider than `width` points; a word longer than a line is cut where the line ends.

    The blanks at which a line is broken stay at its end, beyond the width: whoever copies the text gets them.
    """
    go_on()
    limit = width * 1000 / size + 0.01
    advances = {character: (face.find(character) or ("", 0.0))[1] for character in set(text) if character != "\n"}
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_broken(paragraph, advances, limit))
    return lines


def _broken(text: str, advances: dict[str, float], limit: float) -> list[str]:
    if sum(map(advances.__getitem__, text)) <= limit:
        return [text]
    lines: list[str] = []
    start = place = 0
    used = used_at_place = 0.0
    for i, character in enumerate(text):
        advance = advances[character]
        if used + advance > limit and i > start and character != " ":
            cut = place if place > start else _before_marks(text, start, i)
            lines.append(text[start:cut])
            used = used - used_at_place if cut == place else sum(map(advances.__getitem__, text[cut:i]))
            start, place, used_at_place = cut, cut, 0.0
        used += advance
        if _may_break(text, i):
            place, used_at_place = i + 1, used
    lines.append(text[start:])
    return lines


def _before_marks(text: str, start: int, cut: int) -> int:
    while cut - 1 > start and unicodedata.combining(text[cut]):
        cut -= 1
    return cut


def _may_break(text: str, i: int) -> bool:
    character = text[i]
    if character == " ":
        return True
    if i + 1 == len(text) or text[i + 1] in _NEVER_FIRST or character in _NEVER_LAST:
        return False
    following = text[i + 1]
    if character in "-–—/":
        return i > 0 and text[i - 1].isalpha() and following.isalpha()
    return _is_wide(character) or _is_wide(following)


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\ud7a3" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffee"


def draw_line(
    canvas: Any, line: str, x: float, y: float, face: Face, size: float, colour: Any, *, from_right: bool = False
) -> None:
    """One clean line with its left end at (x, y), each character in the first font that has it."""
    line = in_visual_order(line, from_right)
    if not line:
        return
    writing = canvas.beginText(x, y)
    writing.setFillColor(colour)
    start, font = 0, ""
    for i, character in enumerate(line):
        found = face.find(character)
        if found and found[0] != font:
            if font:
                writing.setFont(font, size)
                writing.textOut(line[start:i])
            start, font = i, found[0]
    writing.setFont(font or face.first, size)
    writing.textOut(line[start:])
    canvas.drawText(writing)
