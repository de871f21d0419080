"""The folding of names and texts: one plain Latin form in which they are compared and found."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_WORD = re.compile(r"[0-9a-z]+")
# anyascii spells ου as "oy"; passports, road signs and people write "ou".
_GREEK = str.maketrans({"ό": "ο", "ύ": "υ", "Ό": "Ο", "Ύ": "Υ"})
_GREEK_OU = re.compile("[οΟ][υΥ]")
_JOINING = str.maketrans(dict.fromkeys("'’ʼ`\u00ad\u200b\u200c\u200d\ufeff", ""))


def fold(text: str) -> str:
    """The text in lower-case ASCII: ł → l, ø → o, ß → ss, Greek and Cyrillic in Latin letters; apostrophes vanish."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_JOINING).translate(_GREEK)
        text = anyascii(_GREEK_OU.sub("ou", text))
    return text.translate(_JOINING).lower()


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
