"""The words of a client's health: its parts, why each begins with its weight, and every reason behind a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop import text
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from db.reasons import Fact

    Facts = Mapping[str, Fact]

LONGEST_QUOTE = 80


def part_word(part: str) -> str:
    """The name of a part of health."""
    return {
        "promises": _("Our promises"),
        "silence": _("Silence"),
        "concerns": _("Concerns and complaints"),
        "answers": _("Answers to advice"),
        "feedback": _("Feedback"),
        "fees": _("Fees"),
        "referrals": _("Referrals"),
        "agreement": _("Letter and review"),
    }[part]


def why_weighed(part: str) -> str:
    """Why a part weighs what it weighs to begin with."""
    return {
        "promises": _("What we ourselves do most to be trusted: kept in time within a year, or not."),
        "silence": _("Who means to leave calls less before he says so. Measured by his own rhythm."),
        "concerns": _("An open concern or complaint is a reason to go that we know of."),
        "answers": _("Who takes no advice needs none of ours."),
        "feedback": _("His own word within a year, though few are asked often."),
        "fees": _("This year beside the year before. Work comes in waves, so that it counts little."),
        "referrals": _("Who sent others to us within three years stands by us. Most never do, which says nothing."),
        "agreement": _("What both sides signed and said: letters of open work, and the latest review."),
    }[part]


def trend_words(trend: int | None) -> str:
    """How a score changed in 90 days."""
    if trend is None:
        return _("no score 90 days before")
    if trend == 0:
        return _("as 90 days before")
    return _("{change} in 90 days").format(change=signed(trend))


def signed(change: int) -> str:
    """A change with its sign."""
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"


def outcome_word(outcome: str) -> str:
    """What a score turned out to be, once the client had left."""
    return {"caught": _("caught"), "missed": _("missed"), "too new": _("too new")}[outcome]


def _date(facts: Facts) -> str:
    on = facts.get("on")
    return text.current().date(on) if isinstance(on, dt.date) else ""


def _quoted(facts: Facts) -> str:
    # The sentence puts its own marks around what was said.
    words = " ".join(str(facts.get("words", "")).split()).strip('“”„"«»')
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _days(facts: Facts, name: str) -> str:
    return ngettext("{n} day", "{n} days", _number(facts, name))


def _kept(facts: Facts) -> str:
    return _("promises kept in time: {kept} of {of}").format(kept=facts["kept"], of=facts["of"])


def _silent(facts: Facts) -> str:
    return _("silent for {days}, usually {usual}").format(days=_days(facts, "days"), usual=_days(facts, "usual"))


def _in_touch(facts: Facts) -> str:
    if not facts["days"]:
        return _("in touch today, usually every {usual}").format(usual=_days(facts, "usual"))
    words = _("last in touch {days} ago, usually every {usual}")
    return words.format(days=_days(facts, "days"), usual=_days(facts, "usual"))


def _answers(facts: Facts) -> str:
    return _("advice accepted: {taken} of {of} answers").format(taken=facts["accepted"], of=facts["of"])


def _fees(facts: Facts) -> str:
    say, currency = text.current(), str(facts["currency"])
    now, before = say.money(_number(facts, "now"), currency), say.money(_number(facts, "before"), currency)
    return _("billed {now} within a year, {before} the year before").format(now=now, before=before)


def _told(words: Callable[[], str]) -> Callable[[Facts], str]:
    """A sentence into which the day, the quoted words and a name are put, where it has a place for them."""
    return lambda facts: words().format(
        on=_date(facts),
        words=_quoted(facts),
        **{name: facts.get(name) for name in ("name", "score", "scale")},
    )


HEALTH_REASONS: dict[str, Callable[[Facts], str]] = {
    "promises-in-time": _kept,
    "promise-missed": _told(lambda: _("promised for {on}, not kept by then: “{words}”")),
    "silent": _silent,
    "in-touch": _in_touch,
    "no-concern": _told(lambda: _("in touch within a year, and nothing is open")),
    "concern-open": _told(lambda: _("concern open since {on}: “{words}”")),
    "concern-in-confidence": _told(lambda: _("a concern told in confidence is open since {on}")),
    "complaint-open": _told(lambda: _("complaint open since {on}: “{words}”")),
    "answers": _answers,
    "answer-declined": _told(lambda: _("declined on {on}: “{words}”")),
    "answer-against": _told(lambda: _("decided against advice on {on}: “{words}”")),
    "scored": _told(lambda: _("gave {score} of {scale} on {on}: “{words}”")),
    "said": _told(lambda: _("said on {on}: “{words}”")),
    "thanked-in-confidence": _told(lambda: _("thanked us on {on}")),
    "fees": _fees,
    "sent-us": _told(lambda: _("sent us {name} on {on}")),
    "letter-signed": _told(lambda: _("letter signed: {words}")),
    "letter-unsigned": _told(lambda: _("no signed letter: {words}")),
    "review-continues": _told(lambda: _("said in the review of {on} that he continues")),
    "review-unsure": _told(lambda: _("was unsure in the review of {on}")),
    "review-leaves": _told(lambda: _("said in the review of {on} that he leaves")),
    "review-overdue": _told(lambda: _("review overdue since {on}")),
    "unknown-promises": _told(lambda: _("no promise of ours fell due within a year")),
    "unknown-silence": _told(lambda: _("too few contacts for a rhythm, and none is agreed")),
    "unknown-concerns": _told(lambda: _("not in touch within a year: nothing was heard")),
    "unknown-answers": _told(lambda: _("no answer to advice within a year")),
    "unknown-feedback": _told(lambda: _("no feedback within a year")),
    "unknown-fees": _told(lambda: _("nothing was billed the year before to compare with")),
    "unknown-referrals": _told(lambda: _("sent nobody within three years, which says nothing")),
    "unknown-agreement": _told(lambda: _("no open work, and no review yet")),
    "too-new": _told(lambda: _("too new: too little is known for a score")),
    "not-served": _told(lambda: _("not served on this day")),
}
