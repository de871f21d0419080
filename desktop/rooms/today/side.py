"""The right column in words: this month as facts, and the next week a line a day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from db.today_rows import Ahead, Month
from desktop import text
from desktop.rooms.words import when, word
from desktop.text import _, ngettext
from desktop.today_words import noun_words, weekday

NOUNS_A_DAY = 2


def month(found: Month) -> list[tuple[str, str]]:
    """What happened this month, as facts."""
    number = text.current().number
    new = number(found.new_clients)
    if found.referred:
        new = f"{new} · {ngettext('{n} referred', '{n} referred', found.referred)}"
    no = number(len(found.said_no))
    reasons = dict.fromkeys(word(reason).lower() for reason in found.said_no if reason)
    if reasons:
        no = f"{no} · {', '.join(list(reasons)[:2])}"
    kept = _("{kept} of {settled}").format(kept=number(found.kept), settled=number(found.settled))
    return [
        (_("Advice given"), number(found.advice)),
        (_("Promises kept"), kept if found.settled else "—"),
        (_("New clients"), new),
        (_("Said no"), no),
    ]


def week(found: list[Ahead]) -> list[tuple[str, str]]:
    """What comes next week: a line for each thing of a day with few, one line for a day with many."""
    lines: list[tuple[str, str]] = []
    for on, some in groupby(found, key=lambda each: each.on):
        of_day = list(some)
        name = weekday(on, short=True)
        if len(of_day) > NOUNS_A_DAY:
            counted = ", ".join(noun_words(each.noun, each.count) for each in of_day)
            lines.append((f"{name} · {counted}", ""))
        else:
            lines += [(f"{name} · {ahead_words(each)}", "") for each in of_day]
    return lines


def ahead_words(each: Ahead) -> str:
    """One thing ahead: its own words where it is alone, else how many there are."""
    if each.count > 1:
        return noun_words(each.noun, each.count)
    if each.noun in ("review", "client_review"):
        return _("{title} — review").format(title=each.words)
    return f"{each.words}, {each.clock}" if each.clock else each.words


def next_words(each: Ahead | None, now: dt.date) -> str:
    """What comes next, for a day on which nothing waits."""
    if each is None:
        return _("Nothing is planned ahead either. A good time to call somebody you value.")
    words = ahead_words(each)
    told_of = words if each.client in words else f"{words} ({each.client})"
    day = weekday(each.on, within=True) if (each.on - now).days < 7 else when(each.on, now)
    return _("Next: {what}, {day}.").format(what=told_of, day=day)
