"""The folding of names and texts: one plain Latin form in which they are compared and found."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[0-9a-z]+")
# anyascii spells ου as "oy"; passports, road signs and people write "ou".
_GREEK = str.maketrans({"ό": "ο", "ύ": "υ", "Ό": "Ο", "Ύ": "Υ"})
_GREEK_OU = re.compile("[οΟ][υΥ]")
_JOINING = str.maketrans(dict.fromkeys("'’ʼ`\u00ad\u200b\u200c\u200d\ufeff", ""))


def fold(text: str) -> str:
    """The text in lower-case ASCII: ł → l, ø → o, ß → ss, Greek and Cyrillic in Latin letters; apostrophes vanish."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("'", "").replace("`", "")
        text = _FOREIGN.sub(_in_latin, text)
    return text.replace("'", "").replace("`", "").lower()


def _in_latin(run: re.Match[str]) -> str:
    return (_known_in_latin if len(run.group()) < 40 else _latin)(run.group())


def _latin(run: str) -> str:
    return str(anyascii(_GREEK_OU.sub("ou", run.translate(_JOINING).translate(_GREEK))))


# The same few runs of letters beyond ASCII make up the names of a practice.
_known_in_latin = lru_cache(maxsize=20_000)(_latin)


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def sort_name(kind: str, name: str, given: str, family: str) -> str:
    """What a party is sorted by: folded, family name first for a person with one."""
    return " ".join(tokens(f"{family} {given}" if kind == "person" and family else name)) or fold(name).strip()


def initials(name: str) -> str:
    """One or two letters for a badge: 'Iñaki Larrea' gives IL."""
    words = [word for word in re.split(r"[\s\-–,.]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
