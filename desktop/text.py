"""The words, dates, numbers and money of a language: one voice for the window, one for each report."""

from __future__ import annotations

import datetime as dt
import gettext
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "English", "es": "Español", "pl": "Polski"}
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale"


# Lists say the same few numbers with each painting, and each takes a fifth of a millisecond.
@lru_cache(maxsize=4096)
def _whole_number(value: int, language: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=language))


@dataclass(frozen=True)
class Voice:
    """How one language says things; `language` is one of LANGUAGES."""

    language: str
    words: gettext.NullTranslations = field(repr=False)

    def say(self, text: str) -> str:
        """The text in this language, or the English text where no translation exists."""
        return self.words.gettext(text) if text else ""

    def count(self, one: str, many: str, number: int) -> str:
        """The plural form for `number`, with `{n}` replaced by it."""
        return self.words.ngettext(one, many, number).format(n=self.number(number))

    def number(self, value: int) -> str:
        """A whole number with the language's thousands mark."""
        return _whole_number(value, self.language)

    def tenths(self, value: float) -> str:
        """A number with one decimal: '4.5', or '4,5' where the language parts them by a comma."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0.0", locale=self.language))

    def money(self, minor: int, currency: str) -> str:
        """An amount of `minor` units (cents) of an ISO 4217 currency."""
        from decimal import Decimal

        from babel.numbers import format_currency, get_currency_precision

        amount = Decimal(minor).scaleb(-get_currency_precision(currency))
        return str(format_currency(amount, currency, locale=self.language))

    def whole_money(self, minor: int, currency: str) -> str:
        """An amount of `minor` units in whole units of its currency, where cents would only be in the way: '£4,200'."""
        from babel import Locale
        from babel.numbers import format_currency, get_currency_precision

        whole = round(minor / 10 ** get_currency_precision(currency))
        pattern = Locale.parse(self.language).currency_formats["standard"].pattern.replace(".00", "")
        return str(format_currency(whole, currency, pattern, locale=self.language, currency_digits=False))

    def percent(self, share: float) -> str:
        """A share of one in whole per cent: '83%'."""
        from babel.numbers import format_percent

        return str(format_percent(share, locale=self.language))

    def amount(self, minor: int, decimals: int) -> str:
        """An amount without its currency, as it stands in a field: '1,234.50'."""
        from decimal import Decimal

        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(Decimal(minor).scaleb(-decimals), pattern, locale=self.language))

    def date(self, day: dt.date) -> str:
        """A day as in '21 Nov 2026'."""
        return self._day(day, "d MMM y")

    def short_date(self, day: dt.date) -> str:
        """A day of a year that is known: '21 Nov'."""
        return self._day(day, "d MMM")

    def long_date(self, day: dt.date) -> str:
        """A day in full: '21 November 2026'."""
        return self._day(day, {"es": "d 'de' MMMM 'de' y"}.get(self.language, "d MMMM y"))

    def weekday_date(self, day: dt.date, with_year: bool = False) -> str:
        """A day with its name: 'Thursday 26 November', and the year where it is asked for."""
        if self.language == "es":
            return self._day(day, "EEEE d 'de' MMMM" + (" 'de' y" if with_year else ""))
        return self._day(day, "EEEE d MMMM" + (" y" if with_year else ""))

    def month(self, day: dt.date) -> str:
        """A month as in 'Mar 2025'."""
        return self._day(day, "LLL y")

    def month_name(self, day: dt.date) -> str:
        """A month without its year: 'Mar'."""
        return self._day(day, "LLL")

    def period(self, since: dt.date, until: dt.date) -> str:
        """A span of time: 'January to November 2026' from the first of a month on, else from day to day."""
        if since.day != 1:
            return self.say("{first} to {last}").format(first=self.long_date(since), last=self.long_date(until))
        if (since.year, since.month) == (until.year, until.month):
            return self._day(since, "LLLL y" if self.language != "es" else "LLLL 'de' y")
        same = since.year == until.year
        pattern = "LLLL" if same else "LLLL y" if self.language != "es" else "LLLL 'de' y"
        words = self.say("{first} to {last} {year}" if same else "{first} to {last}")
        return words.format(first=self._day(since, pattern), last=self._day(until, pattern), year=until.year)

    def date_time(self, moment: dt.datetime) -> str:
        """A moment as in '21 Nov 2026, 09:12', in the zone it carries."""
        return f"{self.date(moment.date())}, {moment:%H:%M}"

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in one breath: 'a, b and c'."""
        from babel.lists import format_list

        return str(format_list(list(parts), locale=self.language if self.language != "en" else "en_GB"))

    def quoted(self, text: str) -> str:
        """A text between the language's quotation marks; one that was typed between such marks stays as it is."""
        pairs = (("“", "”"), ("„", "”"), ("«", "»"), ('"', '"'))
        if len(text) > 1 and (text[0], text[-1]) in pairs and text[0] not in text[1:-1]:
            return text
        opening, closing = {"es": ("«", "»"), "pl": ("„", "”")}.get(self.language, ("“", "”"))
        return f"{opening}{text}{closing}"

    def _day(self, day: dt.date, pattern: str) -> str:
        from babel.dates import format_date

        return str(format_date(day, pattern, locale=self.language))


def voice(language: str) -> Voice:
    """The voice of a language; an unknown language speaks English, and 'pl-PL' speaks Polish."""
    short = language.replace("_", "-").split("-")[0].lower()
    known = short if short in LANGUAGES else "en"
    return Voice(known, _catalogue(known))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = LOCALE_FOLDER / language / "LC_MESSAGES"
    source, compiled = folder / "cliens.po", folder / "cliens.mo"
    if compiled.exists() and (not source.exists() or source.stat().st_mtime <= compiled.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    if not source.exists():
        return gettext.NullTranslations()
    # A checkout has no compiled words yet: the source is read as it is.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    stream.seek(0)
    return gettext.GNUTranslations(stream)


_current = voice("en")
_for_now: ContextVar[Voice | None] = ContextVar("the voice of a paper", default=None)


def speak(language: str) -> Voice:
    """Make a language the one that the program speaks from now on."""
    global _current
    _current = voice(language)
    return _current


def current() -> Voice:
    """The voice that the program speaks now; on the way through `speaking`, the voice of that."""
    return _for_now.get() or _current


@contextmanager
def speaking(language: str) -> Iterator[Voice]:
    """Speak a language on this thread meanwhile: a paper has its reader's, whatever the window speaks."""
    token = _for_now.set(voice(language))
    try:
        yield voice(language)
    finally:
        _for_now.reset(token)


class Said(str):
    """A text of the program that knows how it came to be, so that it can be said again in another language."""

    again: Callable[[], str]

    def format(self, *given: object, **named: object) -> str:
        """The text with its braces filled; what was said by the program itself is said again with it."""
        again = self.again
        return _said(
            super().format(*given, **named),
            lambda: again().format(
                *map(said_again, given), **{name: said_again(value) for name, value in named.items()}
            ),
        )

    def lower(self) -> Said:
        """The text in small letters."""
        again = self.again
        return _said(super().lower(), lambda: again().lower())

    def capitalize(self) -> Said:
        """The text with a capital at its beginning."""
        again = self.again
        return _said(super().capitalize(), lambda: again().capitalize())


def _said(words: str, again: Callable[[], str]) -> Said:
    made = Said(words)
    made.again = again
    return made


def said_again(words: Any) -> Any:
    """A text of the program in the language that is spoken now; anything else as it is."""
    return words.again() if isinstance(words, Said) else words


def joined(between: str, parts: Iterable[str]) -> str:
    """The parts that are not empty, one after the other; what the program said among them can be said again."""
    all_parts = [part for part in parts if part]
    return _said(between.join(all_parts), lambda: between.join(said_again(part) for part in all_parts))


def _(text: str) -> str:
    """The text in the language that the program speaks."""
    return _said(current().say(text), partial(_, text)) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    """The plural form in the language that the program speaks, with `{n}` replaced by the number."""
    return _said(current().count(one, many, number), partial(ngettext, one, many, number))
