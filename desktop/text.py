"""The words, dates, numbers and money of a language: one voice for the window, one for each report."""

from __future__ import annotations

import datetime as dt
import gettext
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = {"en": "English", "es": "Español", "pl": "Polski"}
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale"


@dataclass(frozen=True)
class Voice:
    """How one language says things; `language` is one of LANGUAGES."""

    language: str
    words: gettext.NullTranslations = field(repr=False)

    def say(self, text: str) -> str:
        """The text in this language, or the English text where no translation exists."""
        return self.words.gettext(text)

    def count(self, one: str, many: str, number: int) -> str:
        """The plural form for `number`, with `{n}` replaced by it."""
        return self.words.ngettext(one, many, number).format(n=self.number(number))

    def number(self, value: int) -> str:
        """A whole number with the language's thousands mark."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.language))

    def money(self, minor: int, currency: str) -> str:
        """An amount of `minor` units (cents) of an ISO 4217 currency."""
        from babel.numbers import format_currency, get_currency_precision

        return str(format_currency(minor / 10 ** get_currency_precision(currency), currency, locale=self.language))

    def date(self, day: dt.date) -> str:
        """A day as in '21 Nov 2026'."""
        from babel.dates import format_date

        return str(format_date(day, "d MMM y", locale=self.language))

    def date_time(self, moment: dt.datetime) -> str:
        """A moment as in '21 Nov 2026, 09:12', in the zone it carries."""
        return f"{self.date(moment.date())}, {moment:%H:%M}"


def voice(language: str) -> Voice:
    """The voice of a language; an unknown language speaks English."""
    known = language if language in LANGUAGES else "en"
    return Voice(known, gettext.translation("cliens", str(LOCALE_FOLDER), [known], fallback=True))


_current = voice("en")


def speak(language: str) -> Voice:
    """Make a language the one that the program speaks from now on."""
    global _current
    _current = voice(language)
    return _current


def current() -> Voice:
    """The voice that the program speaks now."""
    return _current


def _(text: str) -> str:
    """The text in the language that the program speaks."""
    return _current.say(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The plural form in the language that the program speaks, with `{n}` replaced by the number."""
    return _current.count(one, many, number)
