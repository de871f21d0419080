"""How one word of a name may be another: a variant, a slip of the pen, another spelling of the same sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from db.name_words import GENDERED_ENDINGS
from db.nicknames import variants

# Romanisations in use for one and the same letter: Khrushchev, Chruszczow, Jruschov.
_SPELLINGS = (
    ("shch|szcz|schtsch", "S"),
    ("tsch|tch", "C"),
    ("ch(?=r)", "h"),
    ("sch|sz|sh", "S"),
    ("cz|ch", "C"),
    ("kh", "h"),
    ("zh|rz|dzh|dj", "z"),
    ("ks", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("ts|tz", "c"),
    ("ck|q", "k"),
    ("ff$|ff", "v"),
    ("w", "v"),
    ("v$", "v"),
    ("ou|oo", "u"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("aa", "a"),
    ("[jy]", "i"),
    ("ii+", "i"),
    ("ie|(?<=[CS])i?o", "e"),
)
_SLAVIC_SOUNDS = (("C", "h"), ("S", "s"), ("c(?=[eiy])", "s"), ("c", "k"), ("d$", "t"), ("b$", "p"), ("z", "s"))
_SPANISH_SOUNDS = (
    ("ll", "y"),
    ("qu", "k"),
    ("gu(?=[ei])", "G"),
    ("[jx]|g(?=[ei])", "J"),
    ("ch", "C"),
    ("h", ""),
    ("v|w", "b"),
    ("z|c(?=[ei])", "s"),
    ("c", "k"),
    ("gn|nh|ny", "n"),
    ("[yi]", "i"),
)
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """That two words may be one: `code` says why ('' when equal), `points` how much it takes from 100."""

    code: str
    points: int


SAME = Likeness("", 0)


def _rewritten(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, letter in _compiled(rules):
        word = pattern.sub(letter, word)
    return _DOUBLED.sub(r"\1", word)


@cache
def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), letter) for pattern, letter in rules)


def sound_keys(word: str) -> tuple[str, str, str]:
    """The word's skeletons: its letters in any romanisation, by a Slavic ear, by a Spanish ear; '' when too short."""
    if len(word) < 3 or not word.isalpha():
        return "", "", ""
    spelling = _rewritten(word, _SPELLINGS)
    keys = (spelling, _rewritten(spelling, _SLAVIC_SOUNDS), _rewritten(word, _SPANISH_SOUNDS))
    first, second, third = (key if len(key) > 1 else "" for key in keys)
    return first, second, third


def gendered_twins(word: str) -> list[str]:
    """The word as a man, a woman or a married woman would bear it."""
    twins = []
    for masculine, feminine in GENDERED_ENDINGS:
        for ending, other in ((masculine, feminine), (feminine, masculine)):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                twins.append(word[: len(word) - len(ending)] + other)
    return twins


def likeness(said: str, found: str, *, organisation: bool, both_given: bool) -> Likeness | None:
    """Why `found` may be `said`, or None; `both_given` when both stand where a given name stands."""
    if said == found:
        return SAME
    if said.isdigit() or found.isdigit():
        return None
    shorter, longer = sorted((said, found), key=len)
    if not organisation:
        if len(shorter) == 1:
            return Likeness("initial", 8) if longer[0] == shorter else None
        if found in variants(said):
            return Likeness("given-name-variant", 3)
        if both_given and _differ_by_gender(shorter, longer):
            return Likeness("given-name-gender", 18)
        if not both_given and found in gendered_twins(said):
            return Likeness("gendered-ending", 3)
    return _spelling_likeness(said, found, shorter, longer)


def _spelling_likeness(said: str, found: str, shorter: str, longer: str) -> Likeness | None:
    if len(shorter) < 3:
        return None
    spoken, heard = sound_keys(said), sound_keys(found)
    if spoken[0] and spoken[0] == heard[0]:
        doubled = _DOUBLED.sub(r"\1", said) == _DOUBLED.sub(r"\1", found)
        return Likeness("one-letter-apart" if doubled else "transliteration", 3)
    apart = OSA.distance(said, found, score_cutoff=2)
    if apart == 1 and (len(longer) > 3 or said[0] == found[0]):
        swapped = len(said) == len(found) and sorted(said) == sorted(found)
        cost = 3 if len(longer) >= 5 else 8 if len(longer) == 4 else 12
        return Likeness("letters-swapped" if swapped else "one-letter-apart", cost)
    if any(key and key == other for key, other in zip(spoken[1:], heard[1:], strict=True)):
        return Likeness("phonetic", 6)
    if apart <= 2 and len(shorter) >= 6:
        return Likeness("two-letters-apart", 10)
    if longer.startswith(shorter):
        return Likeness("shortened", 8 if len(shorter) > 3 else 14)
    return None


def _differ_by_gender(shorter: str, longer: str) -> bool:
    if len(shorter) == len(longer):
        return shorter[:-1] == longer[:-1] and {shorter[-1], longer[-1]} == {"o", "a"}
    return longer == shorter + "a" and shorter[-1] in "nlrswk"
