"""The piece of a text that shows why it was found."""

from __future__ import annotations

import re

from db.names import fold


def snippet(text: str, words: list[str], around: int = 60) -> tuple[str, list[tuple[int, int]]]:
    """The place of a text where the words stand, and the (start, end) of each in it; its beginning where none does."""
    places = [
        (match.start(), match.end())
        for match in re.finditer(r"\w+", text[:20_000])
        if any(fold(match.group()).startswith(word) for word in words)
    ]
    start = 0
    if places and places[0][0] > around:
        start = text.rfind(" ", 0, places[0][0] - around // 2) + 1
    end = start + 2 * around + 40
    lead = "… " if start else ""
    cut = lead + " ".join(text[start:end].splitlines()) + (" …" if end < len(text) else "")
    marks = [(a - start + len(lead), b - start + len(lead)) for a, b in places if a >= start and b <= end]
    return cut, marks
