"""Literal text broken into lines and drawn: there is no markup on this way, so none can be injected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.giving_up import go_on
from desktop.reports.fonts import Face, load
from desktop.reports.scripts import in_visual_order

# A line with its left end, and whether it runs from the right.
Placed = tuple[float, str, bool]
_NEVER_FIRST = frozenset("、。，．・：；？！）」』】〕〉》％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:!?)]}%”’")
_NEVER_LAST = frozenset("（「『【〔〈《([{“‘")
_WIDE = re.compile("[\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffee]")
# A word with the blanks after it; where a hyphen stands between two letters, the line may be broken after it, too.
_WORD = re.compile(" +|[^ ]+ *")
_HYPHEN = re.compile("[-–—/]")
_HYPHENED = re.compile(r"[^ ]*?[^\W\d_][-–—/](?=[^\W\d_])| +|[^ ]+ *")
# Up to so many letters it is quicker to see that they fit than to look for words.
_SHORT = 120


def break_lines(text: str, face: Face, size: float, width: float) -> list[str]:
    """Clean text as lines no wider than `width` points; a word longer than a line is cut where the line ends.

    The blanks at which a line is broken stay at its end, beyond the width: whoever copies the text gets them.
    """
    go_on()
    limit = width * 1000 / size + 0.01
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if len(paragraph) <= _SHORT and sum(map(face.advances.__getitem__, paragraph)) <= limit:
            lines.append(paragraph)
        elif _WIDE.search(paragraph):
            lines.extend(_broken(paragraph, face.advances, limit))
        else:
            lines.extend(_by_words(paragraph, face, limit))
    return lines


def _by_words(text: str, face: Face, limit: float) -> list[str]:
    """The same lines as `_broken` gives of a text without ideographs, from the widths of whole words."""
    lines: list[str] = []
    start = at = 0
    used = 0.0
    for piece in (_HYPHENED if _HYPHEN.search(text) else _WORD).findall(text):
        inked, whole = face.measure(piece)
        if used + inked > limit and at > start:
            lines.append(text[start:at])
            start, used = at, 0.0
        at += len(piece)
        if inked > limit:
            cut = _broken(piece, face.advances, limit)
            lines += cut[:-1]
            start, used = at - len(cut[-1]), sum(map(face.advances.__getitem__, cut[-1]))
        else:
            used += whole
    lines.append(text[start:])
    return lines


def _broken(text: str, advances: Mapping[str, float], limit: float) -> list[str]:
    if sum(map(advances.__getitem__, text)) <= limit:
        return [text]
    lines: list[str] = []
    start = place = 0
    used = used_at_place = 0.0
    for i, character in enumerate(text):
        advance = advances[character]
        while used + advance > limit and i > start and character != " ":
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


def draw_lines(
    canvas: Any,
    lines: Iterable[Placed],
    top: float,
    leading: float,
    face: Face,
    size: float,
    colour: Any,
    spacing: float = 0.0,
) -> None:
    """Clean lines under one another, the first with its baseline at `top`, each character in the first font it has.

    `spacing` are the points that stand between its letters beside their own room.
    """
    first = load(face.first)
    codes = canvas.codes_of(first)
    words = [f"BT {colour.red:.3g} {colour.green:.3g} {colour.blue:.3g} rg {leading:.6g} TL"]
    words += [f"{spacing:.6g} Tc"] if spacing else []
    font, left, y = "", None, top
    for x, line, from_right in lines:
        # Back to the line's own beginning, or down from the last one's.
        words.append("T*" if x == left else f"1 0 0 1 {x:.6g} {y:.6g} Tm")
        left, y = x, y - leading
        line = in_visual_order(line, from_right)
        try:
            runs = [(first, 0, bytes(map(codes.__getitem__, line)))] if line else []
        except KeyError:
            runs = _runs(canvas, line, face)
        for printer, subset, content in runs:
            name = printer.getSubsetInternalName(subset, canvas._doc)
            if name != font:
                words.append(f"{name} {size:.6g} Tf")
                font = name
            words.append(f"({canvas._escape(content)}) Tj")
    # How far letters stand apart outlasts the text that it was said for.
    words.append("0 Tc ET" if spacing else "ET")
    canvas._code.append(" ".join(words))


def _runs(canvas: Any, line: str, face: Face) -> list[tuple[Any, int, bytes]]:
    """A line in pieces of one font each; the codes that its characters got in the first font are remembered."""
    runs: list[tuple[Any, int, bytes]] = []
    start, name = 0, ""
    for i, character in enumerate(line):
        found = face.find(character)
        if found and found[0] != name:
            runs += _split(canvas, line[start:i], name)
            start, name = i, found[0]
    runs += _split(canvas, line[start:], name or face.first)
    canvas.remember_codes(load(face.first), line)
    return runs


def _split(canvas: Any, text: str, name: str) -> list[tuple[Any, int, bytes]]:
    if not text or not name:
        return []
    font = load(name)
    return [(font, subset, content) for subset, content in font.splitString(text, canvas._doc)]
