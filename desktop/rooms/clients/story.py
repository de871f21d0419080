"""A client's story in the words of the screen, and the one thing not to forget before speaking with him."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from db.overview import Brief
from db.story import Moment as Fact
from desktop.rooms.words import at, tone, when, word
from desktop.text import _
from desktop.widgets.ink import Tone
from desktop.widgets.timeline import Moment

_ICONS = {
    "advice": "scroll-text",
    "promise": "handshake",
    "engagement": "briefcase",
    "follow_up": "calendar",
    "attachment": "paperclip",
    "standing": "user-check",
    "confidence": "lock",
    "concern": "triangle-alert",
    "signal": "sparkles",
    "thanks": "heart",
}
# A promise or follow-up further away than this does not press.
SOON_DAYS = 7


def moment(fact: Fact, shown: Mapping[int, str], today: dt.date | None = None) -> Moment:
    """One entry of the story; `shown` holds the confidences that were asked for, by id."""
    title, chip, of, body = _TOLD[fact.noun](fact, shown, today or dt.date.today())
    moment_at = _moment_words(fact.on)
    if fact.noun == "trust_note" and fact.facts["flag"]:
        moment_at = _("{when} · restricted").format(when=moment_at)
    icon = _ICONS[fact.state if fact.noun == "trust_note" else fact.noun]
    return Moment(icon, title, chip, of, moment_at, body, (fact.noun, fact.id))


def _moment_words(on: str) -> str:
    if "T" in on:
        return at(dt.datetime.fromisoformat(on))
    return when(dt.date.fromisoformat(on[:10]))


_Told = tuple[str, str, Tone, str]


def _advice(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    title = _("Amended: {question}").format(question=fact.title) if fact.facts["more"] else fact.title
    return title, word(fact.state), tone(fact.state), fact.body


def _promise(fact: Fact, _shown: Mapping[int, str], today: dt.date) -> _Told:
    pattern = _("Undertaking: {text}") if fact.facts["flag"] else _("Promise: {text}")
    if fact.facts["more"] == "client":
        pattern = _("Promised to us: {text}")
    day, _space, time = fact.body.partition(" ")
    state = fact.state
    if state != "open" or not day:
        return pattern.format(text=fact.title), word(state), tone(state), ""
    due = dt.date.fromisoformat(day)
    state = "overdue" if due < today else "due" if due == today else "open"
    return pattern.format(text=fact.title), word(state), tone(state), f"{_due(due, time, today)}."


def _due(due: dt.date, time: str, today: dt.date) -> str:
    return _("Due {when}").format(when=f"{when(due, today)} {time}".strip())


def _trust_note(fact: Fact, shown: Mapping[int, str], _today: dt.date) -> _Told:
    if fact.facts["flag"]:
        return word(fact.state), _("In confidence"), "amber", shown.get(fact.id, _("Shown only when you ask for it."))
    effect = int(str(fact.facts["more"]))
    if not effect:
        return word(fact.state), "", "neutral", fact.body
    return word(fact.state), f"{effect:+d}".replace("-", "−"), "green" if effect > 0 else "red", fact.body


def _engagement(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    body = fact.body[:1].upper() + fact.body[1:]
    return fact.title, word(fact.state), "accent" if fact.state == "opened" else tone(fact.state), body


def _follow_up(fact: Fact, _shown: Mapping[int, str], today: dt.date) -> _Told:
    late = fact.state == "open" and fact.on < today.isoformat()
    state = "overdue" if late else fact.state
    return _("Follow-up: {what}").format(what=fact.title), word(state), tone(state), fact.body


def _attachment(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    return fact.title, "", "neutral", size_words(int(str(fact.facts["flag"])))


def _standing(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    reason = " · ".join(part for part in (word(fact.state), fact.body) if part)
    return _("Standing: {standing}").format(standing=word(fact.title)), "", "neutral", reason


_TOLD = {
    "advice": _advice,
    "promise": _promise,
    "trust_note": _trust_note,
    "engagement": _engagement,
    "follow_up": _follow_up,
    "attachment": _attachment,
    "standing": _standing,
}


def size_words(size: int) -> str:
    """A number of bytes in short: '340 kB', '2.1 MB'."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB" if size else "0 kB"
    return f"{size / 1_000_000:.1f} MB"


def not_to_forget(brief: Brief, today: dt.date | None = None) -> tuple[str, str]:
    """The most pressing promise or follow-up, and after it what he values; both empty where there is nothing."""
    now = today or dt.date.today()
    pressing = [
        (promise.due_on, promise.due_time or "99", promise.text, _("promised for {when}"), promise.due_time)
        for promise in brief.promises
        if promise.status == "open" and promise.by == "us" and promise.due_on
    ] + [(step.due_on, "99", step.what, _("to do by {when}"), "") for step in brief.follow_ups if not step.done_on]
    valued = f"{brief.valued[:1].upper()}{brief.valued[1:].rstrip('.')}." if brief.valued else ""
    due, _order, text, pattern, time = min(pressing, default=(None, "", "", "", ""))
    if due is None or (due - now).days > SOON_DAYS:
        return "", valued
    said = pattern.format(when=", ".join(part for part in (when(due, now), time) if part))
    if due < now:
        said = _("{said}, and late").format(said=said)
    return text, f"{said}. {valued}".strip()
