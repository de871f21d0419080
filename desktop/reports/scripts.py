"""The rules of scripts that run from right to left or join their letters: order on the line, Arabic forms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

_FORMS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_HAS_ARABIC = re.compile("[\u0620-\u06ff]")
_HAS_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NEUTRAL = frozenset({"ON", "WS", "B", "S", "BN", "ES", "ET", "CS"})
_MIRROR = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_LAM = "\u0644"


@cache
def _arabic_forms() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Letter → its isolated, final, initial and medial shape; shape → the letters it stands for."""
    forms: dict[str, list[str]] = {}
    sources: dict[str, str] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind not in _FORMS:
            continue
        source = "".join(chr(int(letter, 16)) for letter in letters.split())
        forms.setdefault(source, [""] * 4)[_FORMS[kind]] = chr(code)
        sources[chr(code)] = source
    return forms, sources


def source_of(character: str) -> str:
    """The letters that a drawn character stands for: what copying the text from the page should give."""
    if "\ufb50" <= character <= "\ufefc":
        return _arabic_forms()[1].get(character, character)
    return character


def shape_arabic(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours ask for; other text as it is."""
    if not _HAS_ARABIC.search(text):
        return text
    forms, _ = _arabic_forms()
    shaped: list[str] = []
    letters = [i for i, character in enumerate(text) if not unicodedata.combining(character)]
    following = dict(pairwise(letters))
    joins_before = False
    skip = -1
    for i, character in enumerate(text):
        if i == skip:
            continue
        if i not in following and unicodedata.combining(character):
            shaped.append(character)
            continue
        if character == _LAM and text[i : i + 2] in forms:
            character, skip = text[i : i + 2], i + 1
        shapes = forms.get(character)
        if shapes is None:
            shaped.append(character)
            joins_before = character in "\u0640\u200d"
            continue
        after = following.get(skip if skip == i + 1 else i)
        joins_after = bool(shapes[2]) and after is not None and _can_be_joined(text[after], forms)
        kind = (3 if joins_after else 1) if joins_before else (2 if joins_after else 0)
        shaped.append(shapes[kind] or shapes[1 if joins_before else 0] or character)
        joins_before = bool(shapes[2])
    return "".join(shaped)


def _can_be_joined(character: str, forms: dict[str, list[str]]) -> bool:
    return character in "\u0640\u200d" or bool(forms.get(character, ("", ""))[1])


def runs_from_right(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    if not _HAS_RIGHT_TO_LEFT.search(text):
        return False
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def in_visual_order(line: str, from_right: bool) -> str:
    """One line, in the order in which its characters stand on paper from left to right.

    The rules of Unicode's annex 9 for text without embeddings, which `Face.clean` has dropped.
    """
    if not _HAS_RIGHT_TO_LEFT.search(line):
        return line
    base = 1 if from_right else 0
    kinds = _resolved([unicodedata.bidirectional(character) or "L" for character in line], "R" if base else "L")
    odd, even = ("R",), ("EN", "AN")
    levels = [base if k == "base" else 1 if k in odd else 2 if k in even or base else 0 for k in kinds]
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    drawn = [line[i].translate(_MIRROR) if levels[i] % 2 else line[i] for i in order]
    return _marks_after_letters(drawn, [levels[i] % 2 == 1 for i in order])


def _marks_after_letters(characters: list[str], reversed_here: list[bool]) -> str:
    placed: list[str] = []
    waiting: list[str] = []
    for character, turned in zip(characters, reversed_here, strict=True):
        if turned and unicodedata.combining(character):
            waiting.append(character)
            continue
        placed.append(character)
        placed.extend(reversed(waiting))
        waiting.clear()
    return "".join(placed + waiting)


def _resolved(kinds: list[str], base: str) -> list[str]:
    """Weak and neutral kinds resolved to L, R, EN, AN, or "base" for blanks at the end of the line."""
    strong, before = base, base
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[i] = before = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        around = kinds[i - 1]
        if around == kinds[i + 1] and (
            (kinds[i] == "CS" and around in ("EN", "AN")) or (kinds[i], around) == ("ES", "EN")
        ):
            kinds[i] = around
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = 1 if order.step == -1 else -1
        for i in order:
            if kinds[i] == "ET" and kinds[i + step] == "EN":
                kinds[i] = "EN"
    strong = base
    for i, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return _neutrals(kinds, base)


def _neutrals(kinds: list[str], base: str) -> list[str]:
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > start:
            left = base if start == 0 else _side(kinds[start - 1])
            right = base if end == len(kinds) else _side(kinds[end])
            kinds[start:end] = [left if left == right else base] * (end - start)
        start = end + 1
    return kinds


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
