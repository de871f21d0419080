"""Days and times said in words, in English, Spanish and Polish at once: "by Thursday", "en dos semanas", "jutro 16:00".

Without accents the words of the three languages hardly meet, so all are understood whatever the window speaks.

What a word means, where people differ:
- A weekday is the first one after today; *Thursday*, said on a Thursday, is a week later. The same goes for *this*
  and *coming*.
- *Next Thursday* (*przyszły czwartek*) is the one of the next week, which begins on Monday; *próximo*, *que viene* and
  *najbliższy* are the first one after today.
- *Next week* is kept on its Friday, *this week* and the end of the week on this one's; *next month* is this day of it.
- 11/12 is 11 December; in American English it is 12 November. Where only one reading is a day, that one is meant.
- A bare hour from one to six is in the afternoon: *at 4* is 16:00.
- A day without a year is the nearest one; with `ahead`, as for what is promised, the next one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.day_words import (
    COMING,
    LAST,
    LEAD,
    MONTHS,
    NEAR,
    NEXT_WEEK,
    NUMBERS,
    UNITS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
)


@dataclass(frozen=True)
class Said:
    """A day that was said, and the time if one was."""

    day: dt.date
    time: dt.time | None = None


@dataclass(frozen=True)
class Span:
    """Where in a text a day was said, from `start` up to `end`, with the words that lead to it."""

    start: int
    end: int
    said: Said


@dataclass(frozen=True)
class _Asked:
    """What a reading depends on: the day it is, whether 11/12 is in November, whether the past is out of question."""

    today: dt.date
    month_first: bool
    ahead: bool


Reading = Callable[["re.Match[str]", _Asked], dt.date | None]


def read_day(text: str, today: dt.date, language: str = "en", *, ahead: bool = False) -> Said | None:
    """The day, and the time if any, that the whole text says; None where it says none."""
    folded = _folded(unicodedata.normalize("NFC", text)).strip(" .,")
    if folded[:1] in "+-" and re.fullmatch(r"[+-][0-9]{1,4}", folded):
        moved = _moved(today, int(folded))
        return Said(moved) if moved else None
    found = _at(folded, 0, _asked(today, language, ahead), whole=True)
    return found[1] if found is not None and found[0] == len(folded) else None


def find_days(text: str, today: dt.date, language: str = "en", *, ahead: bool = False) -> list[Span]:
    """Every day said within a text, from left to right."""
    folded, asked, found, at = _folded(text), _asked(today, language, ahead), list[Span](), 0
    for word in re.finditer(r"(?<![\w.,/:-])\w", folded):
        if word.start() < at:
            continue
        read = _at(folded, word.start(), asked, whole=False)
        if read is not None:
            at = read[0]
            found.append(Span(word.start(), at, read[1]))
    return found


def _asked(today: dt.date, language: str, ahead: bool) -> _Asked:
    return _Asked(today, language.replace("_", "-").lower() == "en-us", ahead)


def _folded(text: str) -> str:
    """The text in small letters without accents, each letter where it was."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter in "\t\u00a0\u202f":
        return " "
    small = unicodedata.normalize("NFD", letter.lower())[:1]
    return "l" if small == "ł" else small if len(letter.lower()) == 1 else letter


# ---------------------------------------------------------------------- what is a day


def _read_near(found: re.Match[str], asked: _Asked) -> dt.date | None:
    return _moved(asked.today, NEAR[found["near"]])


def _read_weekday(found: re.Match[str], asked: _Asked) -> dt.date | None:
    named, today = found.groupdict(), asked.today
    wanted = (WEEKDAYS | WEEKDAYS_SHORT)[found["weekday"]]
    if named.get("next") or named.get("of_week"):
        return _moved(today, 7 - today.weekday() + wanted)
    if named.get("last") or named.get("last_after"):
        return _moved(today, -((today.weekday() - wanted - 1) % 7 + 1))
    return _moved(today, (wanted - today.weekday() - 1) % 7 + 1)


def _read_distance(found: re.Match[str], asked: _Asked) -> dt.date | None:
    said = found["n"] or "one"
    kind, size = UNITS[found["unit"]]
    steps = (NUMBERS[said] if said in NUMBERS else int(said)) * size * (-1 if found.groupdict().get("ago") else 1)
    if kind == "working":
        return _working(asked.today, steps)
    return _months_on(asked.today, steps) if kind == "months" else _moved(asked.today, steps)


def _read_half_year(found: re.Match[str], asked: _Asked) -> dt.date | None:
    return _months_on(asked.today, 6)


def _read_next_unit(found: re.Match[str], asked: _Asked) -> dt.date | None:
    kind, size = UNITS[found["unit"]]
    return _months_on(asked.today, size) if kind == "months" else _moved(asked.today, 11 - asked.today.weekday())


def _read_this_week(found: re.Match[str], asked: _Asked) -> dt.date | None:
    return _moved(asked.today, max(4 - asked.today.weekday(), 0))


def _read_end(found: re.Match[str], asked: _Asked) -> dt.date | None:
    today = asked.today
    if found["month"]:
        month = MONTHS[found["month"]]
        return _month_end(int(found["year"]) if found["year"] else today.year + (month < today.month), month)
    kind, size = UNITS[found["unit"]]
    further = 1 if found["next"] or found["after"] else 0
    if kind == "days":
        return _read_next_unit(found, asked) if further else _read_this_week(found, asked)
    if size == 12:
        return _day(today.year + further, 12, 31)
    on = _months_on(today.replace(day=1), further)
    return _month_end(on.year, on.month) if on else None


def _read_day_month(found: re.Match[str], asked: _Asked) -> dt.date | None:
    return _in_year(found["year"], MONTHS[found["month"]], int(found["day"]), asked)


def _read_numbers(found: re.Match[str], asked: _Asked) -> dt.date | None:
    day, month, year = int(found["first"]), int(found["second"]), found["year"]
    if asked.month_first and found["sign"] == "/":
        day, month = month, day
    if month > 12 >= day:
        day, month = month, day
    return _in_year(f"20{year}" if year and len(year) == 2 else year, month, day, asked)


def _read_iso(found: re.Match[str], asked: _Asked) -> dt.date | None:
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NUMBER, _UNIT = rf"(?P<n>[0-9]{{1,4}}|{_any(NUMBERS)})", rf"(?P<unit>{_any(UNITS)})"
_MONTH = rf"(?P<month>{_any(MONTHS)})\.?"
_YEAR = r"(?:,? (?:(?:de|del) )?(?P<year>[0-9]{4})(?: ?r\b\.?)?)?"
_SOME_WEEKDAY = rf"(?:(?:{_any([*WEEKDAYS, *WEEKDAYS_SHORT])})\.?,? (?:the |el )?)?"
_WITHIN = "within|in|dentro de|en|de aqui a|za|w ciagu|w przeciagu"
_OF_NEXT_WEEK = r"(?:of )?next week|(?:de )?la (?:proxima semana|semana que viene)|(?:w )?przyszlym tygodniu"
_SHORT_UNIT = "week|month|year|semana|mes|ano|tygodniu|tygodnia|miesiacu|miesiaca|roku"

_SURE: list[tuple[str, Reading]] = [
    (rf"(?<!la )(?P<near>{_any(NEAR)})", _read_near),
    (
        rf"(?:(?P<next>{NEXT_WEEK}) |(?P<last>{LAST}) |(?:{COMING}) )?(?P<weekday>{_any(WEEKDAYS)})"
        rf"(?: (?P<of_week>{_OF_NEXT_WEEK})| (?P<last_after>pasado)| (?:proximo|que viene))?",
        _read_weekday,
    ),
    (rf"(?:{_WITHIN}) (?:the next |a )?(?:{_NUMBER} )?(?:of )?{_UNIT}(?:['’]s? time)?", _read_distance),
    (rf"{_NUMBER} {_UNIT} (?:from (?:now|today)|(?P<ago>ago|temu))", _read_distance),
    (rf"(?P<ago>hace) {_NUMBER} {_UNIT}", _read_distance),
    (r"in half a year|en medio ano|dentro de medio ano|za pol roku", _read_half_year),
    (rf"(?:next|la proxima|el proximo|proxim[oa]|w przyszlym) (?P<unit>{_SHORT_UNIT})", _read_next_unit),
    (r"(?:la |el )?(?P<unit>semana|mes|ano) que viene", _read_next_unit),
    (r"this week|esta semana|w tym tygodniu", _read_this_week),
    (
        r"(?:(?:the )?end of|(?:a )?fin(?:al|ales|es)? de|koniec|konca|koncem|z koncem) (?:the |el |tego )?"
        rf"(?:(?P<next>next|proximo|przyszlego) )?(?:(?P<unit>(?!semana){_SHORT_UNIT})|{_MONTH}{_YEAR})"
        r"(?P<after> que viene)?",
        _read_end,
    ),
    (
        rf"(?:the )?{_SOME_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? ?(?:(?:of|de) )?{_MONTH}{_YEAR}",
        _read_day_month,
    ),
    (rf"{_SOME_WEEKDAY}{_MONTH} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}", _read_day_month),
    (r"(?P<year>[0-9]{4})(?P<sign>[-./ ])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})", _read_iso),
    (
        rf"{_SOME_WEEKDAY}(?P<first>[0-9]{{1,2}})(?P<sign>[-./ ])(?P<second>[0-9]{{1,2}})(?P=sign)"
        r"(?P<year>[0-9]{4}|[0-9]{2})",
        _read_numbers,
    ),
    (rf"{_SOME_WEEKDAY}(?P<first>[0-9]{{1,2}})(?P<sign>/)(?P<second>[0-9]{{1,2}})(?P<year>)", _read_numbers),
]
# What stands for a day only where nothing else can be meant: alone, or after a word that leads to a day.
_LOOSE: list[tuple[str, Reading]] = [
    (rf"(?P<weekday>{_any(WEEKDAYS_SHORT)})\.?", _read_weekday),
    (r"(?P<first>[0-9]{1,2})(?P<sign>[-. ])(?P<second>[0-9]{1,2})(?P<year>)\.?", _read_numbers),
]
_END = r"(?:(?!\w)(?![./:][0-9])|(?=t[0-9]{2}:))"
_DAYS = [(re.compile(rf"(?:{pattern}){_END}"), reading, False) for pattern, reading in _SURE] + [
    (re.compile(rf"(?:{pattern}){_END}"), reading, True) for pattern, reading in _LOOSE
]
_LEAD = re.compile(rf"(?:{LEAD}) {{1,3}}")


def _day_at(text: str, at: int, asked: _Asked, loose: bool) -> tuple[int, dt.date] | None:
    """The longest day said from a place on: where it ends, and which it is."""
    best: tuple[int, dt.date] | None = None
    for pattern, reading, only_loose in _DAYS:
        found = pattern.match(text, at) if loose or not only_loose else None
        if found is None or (best is not None and found.end() <= best[0]):
            continue
        if (day := reading(found, asked)) is not None:
            best = found.end(), day
    return best


def _led_day(text: str, at: int, asked: _Asked, whole: bool) -> tuple[int, dt.date] | None:
    best, start = _day_at(text, at, asked, whole), at
    for _each in range(2):
        lead = _LEAD.match(text, start)
        if lead is None:
            break
        start = lead.end()
        found = _day_at(text, start, asked, True)
        best = max(filter(None, (best, found)), default=None)
    return best


# ---------------------------------------------------------------------- what is a time

_TIME_LEAD = r"(?:at|a las?|o|godz\.?|o godz\.?|o godzinie|@) "
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)? ?(?P<half>am|pm|a\.m\.?|p\.m\.?)?"
    r"|(?P<hour2>[0-9]{1,2}) ?(?P<half2>am|pm|a\.m\.?|p\.m\.?|h|de la tarde|de la manana)"
    r"|(?P<noon>noon|midday|mediodia|poludnie|poludniu)"
)
_BARE = r"(?P<hour3>[0-9]{1,2})(?:[.:](?P<minute3>[0-9]{2}))?(?P<half3> de la tarde| de la manana)?"
_LAST_WORD = r"(?!\w)(?![./:][0-9])"
_TIME = re.compile(rf"(?:(?:{_TIME_LEAD})?(?:{_CLOCK})|{_TIME_LEAD}(?:{_BARE})){_LAST_WORD}")
_TIME_AFTER = re.compile(
    rf"(?:,? {{0,3}}|t)(?:(?:{_TIME_LEAD})?(?:{_CLOCK})|(?:{_TIME_LEAD}(?:{_BARE})"
    rf"|(?P<hour4>[0-9]{{1,2}})\.(?P<minute4>[0-9]{{2}}))){_LAST_WORD}"
)


def _time(found: re.Match[str]) -> dt.time | None:
    named = found.groupdict()
    if named["noon"]:
        return dt.time(12)
    hour = next(int(named[name]) for name in ("hour", "hour2", "hour3", "hour4") if named.get(name))
    minute = int(named.get("minute") or named.get("minute3") or named.get("minute4") or 0)
    half = (named.get("half") or named.get("half2") or named.get("half3") or "").strip()
    if half[:1] == "p" or half.endswith("tarde"):
        hour = hour % 12 + 12 if hour <= 12 else 24
    elif half[:1] == "a" and hour == 12:
        hour = 0
    elif not half and named.get("hour3") and not named.get("minute3") and 1 <= hour <= 6:
        hour += 12  # "at 4" is in the afternoon: nobody promises a call at four in the night
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _at(text: str, at: int, asked: _Asked, whole: bool) -> tuple[int, Said] | None:
    """What is said from a place on, and where it ends."""
    found: list[tuple[int, Said]] = []
    day = _led_day(text, at, asked, whole)
    if day is not None:
        found.append((day[0], Said(day[1])))
        after = _TIME_AFTER.match(text, day[0])
        time = _time(after) if after is not None else None
        if after is not None and time is not None:
            found.append((after.end(), Said(day[1], time)))
    first = _TIME.match(text, at)
    time = _time(first) if first is not None else None
    if first is not None and time is not None:
        found.append((first.end(), Said(asked.today, time)))
        gap = len(text) - len(text[first.end() :].lstrip(" ,"))
        then = _led_day(text, gap, asked, whole)
        if then is not None and gap > first.end():
            found.append((then[0], Said(then[1], time)))
    return max(found, key=lambda read: read[0], default=None)


# ---------------------------------------------------------------------- the calendar


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _in_year(typed: str | None, month: int, day: int, asked: _Asked) -> dt.date | None:
    if typed:
        return _day(int(typed), month, day)
    year = asked.today.year
    if asked.ahead:
        days = (_day(later, month, day) for later in range(year, year + 9))
        return next((found for found in days if found and found >= asked.today), None)
    near = filter(None, (_day(each, month, day) for each in (year - 1, year, year + 1)))
    return min(near, key=lambda found: abs(found - asked.today), default=None)


def _moved(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _months_on(day: dt.date, months: int) -> dt.date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_end(year: int, month: int) -> dt.date | None:
    return _day(year, month, monthrange(year, month)[1]) if dt.MINYEAR <= year <= dt.MAXYEAR else None


def _working(day: dt.date, days: int) -> dt.date | None:
    """So many Mondays to Fridays on; holidays are not known here."""
    found: dt.date | None = day
    for _each in range(abs(days)):
        found = _moved(found, 1 if days > 0 else -1) if found else None
        while found is not None and found.weekday() > 4:
            found = _moved(found, 1 if days > 0 else -1)
    return found
