"""What was typed into a field for a day or a moment, read by the rules of `desktop.days`."""

from __future__ import annotations

import datetime as dt
import unicodedata

from desktop import text
from desktop.days import Said, read_day
from desktop.text import _

_NOW = {"now", "ahora", "teraz"}


def read_date(typed: str, today: dt.date, *, ahead: bool = False) -> dt.date | None:
    """The day that was meant, or None where the text is no day or says a time too; `ahead` as in `desktop.days`."""
    said = read_day(typed, today, text.current().language, ahead=ahead)
    return said.day if said is not None and said.time is None else None


def read_moment(typed: str, now: dt.datetime, *, ahead: bool = False) -> dt.datetime | None:
    """The day and time that were meant, in the zone of `now`; without a time, the day's start."""
    if unicodedata.normalize("NFC", typed).strip().lower() in _NOW:
        return now.replace(second=0, microsecond=0)
    said = read_day(typed, now.date(), text.current().language, ahead=ahead)
    return None if said is None else dt.datetime.combine(said.day, said.time or dt.time(), now.tzinfo)


def understood(day: dt.date, today: dt.date, time: dt.time | None = None) -> str:
    """A day as a field says what it understood: 'Thursday 26 November', with the year where it is another one."""
    said = text.current().weekday_date(day, with_year=day.year != today.year)
    return _("{day} at {time}").format(day=said, time=f"{time:%H:%M}") if time else said


def understood_said(said: Said, today: dt.date) -> str:
    """The same for a day as it was read."""
    return understood(said.day, today, said.time)
