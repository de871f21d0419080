"""Work outside the scope in words: how often, how long, what was given for nothing and what was asked for it."""

from __future__ import annotations

from db.scope import ScopeTotal
from desktop import text
from desktop.text import _, ngettext


def outside_words(total: ScopeTotal) -> str:
    """A total of work outside scope in one breath: '3 times · 1 h 20 min · £430 given · £900 asked'."""
    voice = text.current()
    parts = [ngettext("{n} time", "{n} times", total.times)]
    if total.minutes:
        parts.append(minutes_words(total.minutes))
    if total.given_minor:
        parts.append(_("{amount} given").format(amount=voice.money(total.given_minor, total.currency)))
    if total.asked_minor:
        parts.append(_("{amount} asked for").format(amount=voice.money(total.asked_minor, total.currency)))
    return " · ".join(parts)


def minutes_words(minutes: int) -> str:
    """A length of time: '20 min', '1 h 20 min'."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} min").format(n=rest)
    return _("{h} h {n} min").format(h=hours, n=rest) if rest else _("{h} h").format(h=hours)
