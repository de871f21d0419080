"""The words of a brief, for the screen and for paper: what to ask, what the client did, when something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from db.brief import Given, MeetingBrief, NextDate, Question
from db.overview import Pressing
from db.trust import PromiseRow
from desktop.text import Voice


def _(text: str) -> str:
    """Mark a text for the catalogues; the voice that is handed in says it later."""
    return text


Say = Callable[[str], str]
_ASKED = {
    "late-ours": _("“{about}” is late. Say why, and when it will be done."),
    "late-theirs": _("They promised “{about}”. What stands in the way?"),
    "concern": _("Is this still so: “{about}”?"),
    "awaiting": _("What have they decided: {about}"),
    "quiet": _("Nothing was heard for {days}. How are things?"),
    "deferred": _("They put it off: {about} Is it time now?"),
    "against advice": _("They went against advice: {about} What came of it?"),
    "valued": _("What matters most to them in how we work? Nothing is noted yet."),
    "no-next": _("When do we speak next? No date is set."),
    "close": _("To close: what have I agreed to do, and by when?"),
}
_ANSWERS = {
    "awaiting": _("awaiting their decision"),
    "accepted": _("accepted"),
    "deferred": _("put off"),
    "declined": _("declined"),
    "against advice": _("went against it"),
}
_ROLES = {
    "decides": _("{names} decides"),
    "pays": _("{names} pays"),
    "uses": _("{names} uses it"),
    "benefits": _("{names} benefits"),
}
_NEXT = {
    "deadline": _("Deadline"),
    "promise": _("Promise due"),
    "follow_up": _("Follow-up"),
    "review": _("Review"),
}
_PRESSING = {
    "deadline": _("the deadline is {when}"),
    "promise": _("promised for {when}"),
    "follow_up": _("to do by {when}"),
    "concern": _("a concern that is still open"),
}


def question_words(question: Question, voice: Voice) -> str:
    """One question to ask, in a sentence."""
    days = voice.count("{n} day", "{n} days", question.days)
    about = question.about.strip()
    if question.code in ("deferred", "against advice", "awaiting") and about[-1:] not in ("?", "!", "."):
        about = f"{about}."
    return voice.say(_ASKED[question.code]).format(about=about, days=days)


def answer_words(given: Given, voice: Voice) -> str:
    """What the client did with an advice, in his own words where he gave them."""
    if given.advice.state == "draft":
        return voice.say(_("a draft, not recorded yet"))
    if given.response is None:
        return voice.say(_ANSWERS["awaiting"])
    said = voice.say(_ANSWERS[given.response.response])
    told = f"{said}, {voice.short_date(given.response.responded_on)}"
    return f"{told}: {voice.quoted(given.response.words)}" if given.response.words else told


def role_words(told: MeetingBrief, voice: Voice) -> list[str]:
    """Who else decides, pays, uses and benefits."""
    return [
        voice.say(_ROLES[kind]).format(names=voice.listed(names)) for kind, names in told.head.roles.items() if names
    ]


def due_words(promise: PromiseRow, voice: Voice) -> str:
    """When a promise is due, and how late it is."""
    if promise.due_on is None:
        return voice.say(_("no day set"))
    day = f"{voice.short_date(promise.due_on)} {promise.due_time}".strip()
    if promise.overdue_days:
        return voice.count("{n} day late", "{n} days late", promise.overdue_days)
    return voice.say(_("due {when}")).format(when=day)


def next_words(found: NextDate, voice: Voice) -> str:
    """The next date: what, when and about what."""
    return " · ".join(part for part in (voice.date(found.on), voice.say(_NEXT[found.noun]), found.what) if part)


def pressing_words(press: Pressing, voice: Voice, today: dt.date) -> str:
    """Why the one thing not to forget presses."""
    near = {0: voice.say(_("today")), 1: voice.say(_("tomorrow"))}
    day = (near.get((press.on - today).days) or voice.short_date(press.on)) if press.on else ""
    day = f"{day} {press.time}".strip()
    if press.by == "client":
        return voice.say(_("promised to us for {when}, and late")).format(when=day)
    said = voice.say(_PRESSING[press.noun]).format(when=day)
    return voice.say(_("{said}, and late")).format(said=said) if press.on and press.on < today else said
