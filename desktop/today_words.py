"""What waits today, told in words for the page and for paper: the title of a row, its reason, and its chip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.today_rows import Waiting
from desktop import text
from desktop.rooms.words import engagement_word, when, word
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from desktop.widgets.ink import Tone


@dataclass(frozen=True)
class Told:
    """A row of Today in words: what waits, why, its chip with the chip's tone, when, and whose it is."""

    title: str
    reason: str
    chip: str
    tone: Tone
    when: str
    who: str


def told(row: Waiting, now: dt.date) -> Told:
    """One thing that waits, in the words that are spoken now."""
    title, reason, chip, tone, shown, who = _TELLERS[row.kind](row, now)
    return Told(title, reason, chip, tone, shown, who or row.client)


def weekday(day: dt.date, short: bool = False, within: bool = False) -> str:
    """The day's name: 'Monday', or 'Mon'; `within` a sentence it is small where the language writes days small."""
    from babel.dates import format_date

    shown = str(format_date(day, "EEE" if short else "EEEE", locale=text.current().language))
    return shown if within else shown[:1].upper() + shown[1:]


_Told = tuple[str, str, str, "Tone", str, str]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _due(day: dt.date, now: dt.date) -> tuple[str, Tone]:
    days = (day - now).days
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days), "red"
    if days == 0:
        return _("Today"), "amber"
    if days == 1:
        return _("Tomorrow"), "neutral"
    return (weekday(day) if days < 7 else ngettext("in {n} day", "in {n} days", days)), "neutral"


def _waited(row: Waiting) -> str:
    return ngettext("{n} day", "{n} days", row.days) if row.days > 0 else _("today")


def _deadline(row: Waiting, now: dt.date) -> _Told:
    chip, tone = _due(row.on, now)
    # A court's date is amber from three days ahead: there is still work to do for it.
    near: Tone = "amber" if 0 <= -row.days <= 3 else tone
    kinds = {
        "limitation": _("limitation date"),
        "hearing": _("hearing"),
        "filing": _("filing"),
        "renewal": _("renewal"),
    }
    reason = f"{_joined(row.client, row.about)} — {kinds.get(row.state, _('deadline'))}"
    return row.title, reason, chip, near, row.clock or text.current().short_date(row.on), ""


def _promise(row: Waiting, now: dt.date) -> _Told:
    made = when(row.since or row.on, now)
    if row.state == "client":
        said = _("promised to us {day}").format(day=made)
    elif row.who:
        said = _("promised by {who} {day}").format(who=row.who, day=made)
    else:
        said = _("promised {day}").format(day=made)
    reason = f"{_joined(row.client, row.about)} — {said}"
    if row.flag:
        reason = f"{reason} · {_('undertaking')}"
    chip, tone = _due(row.on, now)
    return row.title, reason, chip, tone, row.clock or text.current().short_date(row.on), ""


def _right(row: Waiting, now: dt.date) -> _Told:
    asked = {
        "access": _("asks to see what is kept"),
        "rectification": _("asks for a correction"),
        "erasure": _("asks to be forgotten"),
        "restriction": _("asks that data rest"),
        "objection": _("objects to the use of data"),
        "portability": _("asks for data to take along"),
    }
    since = _("received {day}").format(day=when(row.since or row.on, now))
    sure = _("identity checked") if row.flag else _("identity not yet checked")
    chip, tone = _due(row.on, now)
    return row.client, _joined(asked.get(row.state, row.state), since, sure), chip, tone, _short(row.on, now), ""


def _concern(row: Waiting, now: dt.date) -> _Told:
    title = row.title or _("A concern told in confidence")
    told_by = _("told by {who}").format(who=row.who) if row.who and row.who != row.client else ""
    reason = f"{_joined(row.client, row.about)} — {_joined(_waiting_since(row), told_by)}"
    return title, reason, _("Concern"), "red" if row.days > 30 else "amber", _short(row.on, now), ""


def _waiting_since(row: Waiting) -> str:
    return ngettext("open for {n} day", "open for {n} days", row.days) if row.days > 0 else _("noted today")


def _quiet(row: Waiting, now: dt.date) -> _Told:
    usual = ngettext("usually every day", "usually every {n} days", row.usual)
    reason = _("{usual} — silent for {n}.").format(usual=usual, n=text.current().number(row.days))
    if row.title:
        reason = f"{reason} {_('Last: {subject}').format(subject=row.title)}"
    tone: Tone = "red" if row.flag else "amber"
    return row.client, reason, _("At risk") if row.flag else _("Watch"), tone, _short(row.on, now), ""


def _awaited(row: Waiting, now: dt.date) -> _Told:
    said = _("advised {day}, no answer for {n}").format(day=when(row.on, now), n=_waited(row))
    reason = f"{_joined(row.client, row.about)} — {said}"
    return row.title, reason, _("No answer"), "amber" if row.days > 28 else "blue", _short(row.on, now), ""


def _letter(row: Waiting, now: dt.date) -> _Told:
    states = {"none": _("no letter of engagement yet"), "draft": _("letter of engagement still a draft")}
    waits = states.get(row.state) or _("sent {day}, not yet signed").format(day=when(row.on, now))
    checks = {"clear": _("conflict check clear"), "accepted with waiver": _("accepted with a waiver")}
    return (
        row.title,
        f"{row.client} — {_joined(checks.get(row.who, ''), waits)}",
        _("Letter"),
        "amber",
        _waited(row),
        "",
    )


def _review(row: Waiting, now: dt.date) -> _Told:
    recurs = {"monthly": _("monthly"), "quarterly": _("quarterly"), "yearly": _("yearly")}.get(row.state, "")
    due = _("{word} due for review").format(word=engagement_word()).lower() if not recurs else ""
    said = due or _("{how} review is due").format(how=recurs)
    return row.title, f"{row.client} — {said}", _("Review"), "amber", _since(row, now), ""


def _client_review(row: Waiting, now: dt.date) -> _Told:
    said = _("do they choose to go on, and do we?")
    return row.client, said, _("Review"), "amber", _since(row, now), ""


def _acceptance(row: Waiting, now: dt.date) -> _Told:
    names = {
        "integrity": _("integrity"),
        "competence": _("competence"),
        "independence": _("independence"),
        "fee": _("fee"),
        "identity": _("identity"),
    }
    still = text.current().listed([names.get(point, point) for point in row.state.split()])
    said = _("taken on, but still open: {points}").format(points=still)
    return row.title or row.client, f"{row.client} — {said}", _("Acceptance"), "amber", _waited(row), ""


def _follow_up(row: Waiting, now: dt.date) -> _Told:
    chip, tone = _due(row.on, now)
    said = _("set for {day}").format(day=when(row.on, now))
    return row.title, f"{_joined(row.client, row.about)} — {said}", chip, tone, _short(row.on, now), ""


def _thanks(row: Waiting, now: dt.date) -> _Told:
    title = _("Thank {sender}").format(sender=row.who)
    said = _("sent us {name} {day}").format(name=row.title, day=when(row.on, now))
    return title, f"{said} · {row.about}" if row.about else said, _("Thanks"), "green", _waited(row), row.who


def _draft(row: Waiting, now: dt.date) -> _Told:
    said = _("written {day}, not on the record").format(day=when(row.on, now))
    return row.title or _("Untitled"), f"{row.client} — {said}", _("Draft"), "neutral", _short(row.on, now), ""


def _short(day: dt.date, now: dt.date) -> str:
    return text.current().short_date(day) if day.year == now.year else text.current().date(day)


def _since(row: Waiting, now: dt.date) -> str:
    return _waited(row) if row.days > 0 else when(row.on, now)


_TELLERS: dict[str, Callable[[Waiting, dt.date], _Told]] = {
    "deadline": _deadline,
    "promise": _promise,
    "right": _right,
    "concern": _concern,
    "quiet": _quiet,
    "awaited": _awaited,
    "letter": _letter,
    "review": _review,
    "client_review": _client_review,
    "acceptance": _acceptance,
    "follow_up": _follow_up,
    "thanks": _thanks,
    "draft": _draft,
}


def noun_words(noun: str, count: int) -> str:
    """So many of what lies ahead: '3 promises'."""
    return {
        "deadline": lambda: ngettext("{n} deadline", "{n} deadlines", count),
        "promise": lambda: ngettext("{n} promise", "{n} promises", count),
        "follow_up": lambda: ngettext("{n} follow-up", "{n} follow-ups", count),
        "review": lambda: ngettext("{n} review", "{n} reviews", count),
        "client_review": lambda: ngettext("{n} client review", "{n} client reviews", count),
    }[noun]()


def call_words(row: Waiting) -> str:
    """What a call about a row is called in the client's story."""
    return {
        "quiet": lambda: _("Call, to hear how things are"),
        "awaited": lambda: _("Call about: {what}").format(what=row.title),
    }.get(row.kind, lambda: _("Call about: {what}").format(what=row.title or word(row.kind)))()
