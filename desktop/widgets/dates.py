"""Days and moments as people type them, and nothing of Qt: 2026-11-21, 21.11.2026, 21 Nov 2026, tomorrow, +3."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
}
_MONTH = {word: number for words in MONTHS.values() for number, word in enumerate(words.split(), start=1)}
_MONTH |= {"paz": 10, "sept": 9, "maja": 5}
_NEAR = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "hoy": 0,
    "mañana": 1,
    "ayer": -1,
    "dziś": 0,
    "dzisiaj": 0,
    "jutro": 1,
    "wczoraj": -1,
}
_WEEKDAYS = {
    word: number
    for words in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    )
    for number, word in enumerate(words.split())
}


def read_date(typed: str, today: dt.date) -> dt.date | None:
    """The day that was meant, or None where the text is no day. Day comes before month, as in Europe."""
    text = " ".join(typed.lower().replace(",", " ").split())
    if text in _NEAR:
        return today + dt.timedelta(days=_NEAR[text])
    if text in _WEEKDAYS:
        return today + dt.timedelta(days=(_WEEKDAYS[text] - today.weekday() - 1) % 7 + 1)
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return today + dt.timedelta(days=int(text))
    if found := re.fullmatch(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})(?:[-./ ](\d{4}|\d{2}))?\.?", text):
        return _day(_year(found[3], today), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})\.? ?(?:de )?([^\W\d]+)\.?(?: (?:de )?(\d{4}|\d{2}))?", text):
        return _day(_year(found[3], today), _month(found[2]), int(found[1]))
    if found := re.fullmatch(r"([^\W\d]+)\.? (\d{1,2})(?: (\d{4}))?", text):
        return _day(_year(found[3], today), _month(found[1]), int(found[2]))
    return None


def read_moment(typed: str, now: dt.datetime) -> dt.datetime | None:
    """The day and time that were meant, in the zone of `now`; without a time, the day's start."""
    text = typed.strip()
    if text.lower() in ("now", "ahora", "teraz"):
        return now.replace(second=0, microsecond=0)
    found = re.search(r"(?:^|[\s,t])(\d{1,2})[:.h](\d{2})(?::\d{2})?$", text, re.IGNORECASE)
    if found is not None and (not text[: found.start()].strip(" ,") or read_date(text[: found.start()], now.date())):
        day = read_date(text[: found.start()], now.date()) or now.date()
        hour, minute = int(found[1]), int(found[2])
        if hour > 23 or minute > 59:
            return None
        return dt.datetime.combine(day, dt.time(hour, minute), now.tzinfo)
    only_day = read_date(text, now.date())
    return dt.datetime.combine(only_day, dt.time(), now.tzinfo) if only_day else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return _MONTH.get(word, 0) or _MONTH.get(word[:3], 0)


def _year(typed: str | None, today: dt.date) -> int:
    if typed is None:
        return today.year
    return int(typed) if len(typed) == 4 else 2000 + int(typed)
