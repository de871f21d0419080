"""A language that nobody speaks: every text of the program, wider than half as much again and than each translation."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtGui import QFontMetrics

from desktop import text
from desktop.widgets.ink import font_of

NAME = "longest"
MARK = "~"
MORE = 1.5


@dataclass(frozen=True)
class Longest(text.Voice):
    """English, each word lengthened by half, and the whole by more where a translation is wider still."""

    words: gettext.NullTranslations = field(repr=False, default_factory=gettext.NullTranslations)

    def say(self, text: str) -> str:
        """The text with marks that make it as wide as any language may make it."""
        return _lengthened(text) if text else ""

    def count(self, one: str, many: str, number: int) -> str:
        """The plural form that is wider."""
        return _lengthened(one if number == 1 else many).format(n=self.number(number))


def voice(language: str) -> text.Voice:
    """The voice of a language, or the longest one by its name."""
    return Longest("en") if language == NAME else _voice(language)


_voice = text.voice


def is_said(shown: str) -> bool:
    """Whether a text is the program's own and not what a user typed."""
    return MARK in shown


@cache
def _lengthened(plain: str) -> str:
    longer = " ".join(_word(word) for word in plain.split(" "))
    metrics = QFontMetrics(font_of(13))
    wanted = max(metrics.horizontalAdvance(_voice(language).say(plain)) for language in text.LANGUAGES)
    while metrics.horizontalAdvance(longer) < wanted:
        longer += MARK
    return longer


def _word(word: str) -> str:
    # What stands in braces is replaced by what the user typed, which is as long as it is.
    if not word or "{" in word or "}" in word or "%" in word:
        return word
    return word + MARK * max(1, round(len(word) * (MORE - 1)))
