"""The sentence on top of the page: how much of each kind waits, in words with their right plurals."""

from __future__ import annotations

import datetime as dt

from db.today import Today
from desktop import text
from desktop.text import _, ngettext

# Small numbers are words in English; other languages bend them by gender, so that there the figure stands.
_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def long_day(day: dt.date) -> str:
    """A day with its weekday: 'Saturday 21 November'."""
    from babel.dates import format_date

    language = text.current().language
    pattern = "EEEE, d 'de' MMMM" if language == "es" else "EEEE d MMMM"
    shown = str(format_date(day, pattern, locale=language))
    return shown[:1].upper() + shown[1:]


def sentence(found: Today) -> str:
    """What waits, kind after kind; a kind word where nothing does."""
    late = sum(promise.late_days > 0 for promise in found.promises)
    due = len(found.promises) - late
    letters = sum(decision.why == "letter" for decision in found.decisions)
    quiet, drafts, steps = len(found.quiet), len(found.drafts), len(found.steps)
    reviews = len(found.decisions) - letters
    letter_words = ngettext("{n} engagement waits for its letter.", "{n} engagements wait for their letters.", letters)
    review_words = ngettext("{n} engagement is due for review.", "{n} engagements are due for review.", reviews)
    parts = [
        (late, ngettext("{n} promise is late.", "{n} promises are late.", late)),
        (due, ngettext("{n} promise falls due.", "{n} promises fall due.", due)),
        (quiet, ngettext("{n} client has gone quiet.", "{n} clients have gone quiet.", quiet)),
        (letters, letter_words),
        (reviews, review_words),
        (steps, ngettext("{n} follow-up is due.", "{n} follow-ups are due.", steps)),
        (drafts, ngettext("{n} draft is not recorded.", "{n} drafts are not recorded.", drafts)),
    ]
    told = " ".join(_counted(words, number) for number, words in parts if number)
    return told or _("A quiet day. Good time to call somebody you value.")


def _counted(words: str, number: int) -> str:
    if text.current().language == "en" and number < len(_WORDS):
        return words.replace(str(number), _WORDS[number], 1)
    return words
