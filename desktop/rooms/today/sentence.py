"""The sentence on top of the page: the most important of what waits, in words with their right plurals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from db.today_rows import Kind
from desktop import text
from desktop.profession import said
from desktop.text import ngettext

# Small numbers are words in English; other languages bend them by gender, so that there the figure stands.
_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
# What fits on one line of a window of 1280 pixels.
LETTERS = 118


def long_day(day: dt.date) -> str:
    """A day with its weekday: 'Saturday 21 November'."""
    from babel.dates import format_date

    language = text.current().language
    pattern = "EEEE, d 'de' MMMM" if language == "es" else "EEEE d MMMM"
    shown = str(format_date(day, pattern, locale=language))
    return shown[:1].upper() + shown[1:]


def sentence(kinds: dict[str, Kind]) -> str:
    """What matters most of what waits, in the order of what it costs to miss it, as much as one line holds."""
    promises = kinds.get("promise", Kind("promise", [], 0))
    counts = {kind: found.total for kind, found in kinds.items()} | {
        "late": promises.late,
        "due": promises.total - promises.late,
    }
    parts = [_counted(say(counts[kind]), counts[kind]) for kind, say in _SAYINGS.items() if counts.get(kind)]
    told = ""
    for part in parts:
        longer = f"{told} {part}".strip()
        if len(longer) > LETTERS:
            break
        told = longer
    return told


def _letters(number: int) -> str:
    # Each profession has a sentence of its own: its word bends the words around it in Spanish and Polish.
    return said(
        ngettext("{n} matter waits for its letter.", "{n} matters wait for their letters.", number),
        ngettext("{n} engagement waits for its letter.", "{n} engagements wait for their letters.", number),
        ngettext("{n} project waits for its letter.", "{n} projects wait for their letters.", number),
    )


def _reviews(number: int) -> str:
    return said(
        ngettext("{n} matter is due for review.", "{n} matters are due for review.", number),
        ngettext("{n} engagement is due for review.", "{n} engagements are due for review.", number),
        ngettext("{n} project is due for review.", "{n} projects are due for review.", number),
    )


_SAYINGS: dict[str, Callable[[int], str]] = {
    "deadline": lambda n: ngettext("{n} deadline is near.", "{n} deadlines are near.", n),
    "late": lambda n: ngettext("{n} promise is late.", "{n} promises are late.", n),
    "due": lambda n: ngettext("{n} promise falls due.", "{n} promises fall due.", n),
    "right": lambda n: ngettext("{n} request about data is open.", "{n} requests about data are open.", n),
    "concern": lambda n: ngettext("{n} concern is open.", "{n} concerns are open.", n),
    "quiet": lambda n: ngettext("{n} client has gone quiet.", "{n} clients have gone quiet.", n),
    "letter": _letters,
    "awaited": lambda n: ngettext("{n} answer is awaited.", "{n} answers are awaited.", n),
    "review": _reviews,
    "client_review": lambda n: ngettext("{n} client is due for review.", "{n} clients are due for review.", n),
    "acceptance": lambda n: ngettext("{n} acceptance is undecided.", "{n} acceptances are undecided.", n),
    "follow_up": lambda n: ngettext("{n} follow-up is due.", "{n} follow-ups are due.", n),
    "thanks": lambda n: ngettext("{n} thank-you is owed.", "{n} thank-yous are owed.", n),
    "draft": lambda n: ngettext("{n} draft is not recorded.", "{n} drafts are not recorded.", n),
}


def _counted(words: str, number: int) -> str:
    if text.current().language == "en" and number < len(_WORDS):
        return words.replace(str(number), _WORDS[number], 1)
    return words
