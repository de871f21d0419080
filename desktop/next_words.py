"""The words of the reasons behind a suggested standing, a suggestion, and a fit: one sentence for each code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from db.reasons import Fact
from desktop import text
from desktop.text import _, joined, ngettext

Facts = Mapping[str, Fact]
LETTERS_OF_A_QUOTE = 90


def _number(facts: Facts, name: str = "value") -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _date(facts: Facts, name: str = "on") -> str:
    value = facts.get(name)
    return text.current().date(value) if isinstance(value, dt.date) else ""


def _quoted(facts: Facts) -> str:
    """What the record says, short and in quotes; '' where it may not be told or says nothing."""
    words = " ".join(str(facts.get("words") or "").split())
    if len(words) > LETTERS_OF_A_QUOTE:
        words = words[: LETTERS_OF_A_QUOTE - 1].rstrip() + "…"
    return text.current().quoted(words) if words else ""


def _with_words(said: str, facts: Facts) -> str:
    words = _quoted(facts)
    return joined(": ", [said, words])


def _late(facts: Facts) -> str:
    late = ngettext("{n} day late", "{n} days late", _number(facts))
    return _with_words(joined(", ", [_("promised for {on}").format(on=_date(facts)), late]), facts)


def _due(facts: Facts) -> str:
    said = {0: _("promised for today"), 1: _("promised for tomorrow")}.get(_number(facts)) or _(
        "promised for {on}"
    ).format(on=_date(facts))
    return _with_words(said, facts)


def _silence(facts: Facts) -> str:
    silent = ngettext("quiet for {n} day", "quiet for {n} days", _number(facts, "days"))
    usual = ngettext("usually in touch every day", "usually in touch every {n} days", _number(facts, "extra"))
    words = _quoted(facts)
    last = _("last: {words}").format(words=words) if words else ""
    return joined("; ", [joined(", ", [silent, usual]), last])


def _silent(facts: Facts) -> str:
    days = _number(facts)
    return _with_words(ngettext("last entry {n} day ago", "last entry {n} days ago", days), facts)


def _concerns(facts: Facts) -> str:
    count = _number(facts)
    return _with_words(ngettext("{n} concern is open", "{n} concerns are open", count), facts)


def _renewal(facts: Facts) -> str:
    days = _number(facts)
    said = ngettext("it ends or comes again in {n} day", "it ends or comes again in {n} days", days)
    return _with_words(said if days else _("it ends or comes again today"), facts)


def _recommend(facts: Facts) -> str:
    said = _("would recommend us: {score} of 10, on {on}").format(score=_number(facts), on=_date(facts))
    return _with_words(said, facts)


def _satisfied(facts: Facts) -> str:
    said = _("satisfied: {score} of 5, on {on}").format(score=_number(facts), on=_date(facts))
    return _with_words(said, facts)


def _praise(facts: Facts) -> str:
    return _with_words(_("said something good on {on}").format(on=_date(facts)), facts)


def _sent(facts: Facts) -> str:
    count = _number(facts)
    return ngettext("sent {n} client in a year", "sent {n} clients in a year", count)


def _owed(facts: Facts) -> str:
    count = _number(facts)
    return _with_words(ngettext("{n} referral without thanks", "{n} referrals without thanks", count), facts)


def _unanswered(facts: Facts) -> str:
    days = _number(facts)
    return _with_words(ngettext("no answer for {n} day", "no answer for {n} days", days), facts)


def _letter(facts: Facts) -> str:
    days = _number(facts)
    return _with_words(ngettext("letter not signed for {n} day", "letter not signed for {n} days", days), facts)


def _told(facts: Facts) -> str:
    count = _number(facts)
    return _with_words(ngettext("{n} thing done and not told", "{n} things done and not told", count), facts)


def _fees_change(facts: Facts) -> str:
    change = _number(facts)
    up, down = _("billed {n} % more than in the year before"), _("billed {n} % less than in the year before")
    return (up if change >= 0 else down).format(n=text.current().number(abs(change)))


def _missed(facts: Facts) -> str:
    count = _number(facts)
    return ngettext("{n} promise missed in half a year", "{n} promises missed in half a year", count)


def _kept(facts: Facts) -> str:
    count = _number(facts)
    return ngettext("{n} promise kept in half a year", "{n} promises kept in half a year", count)


def _tried(facts: Facts) -> str:
    count = _number(facts)
    if not count:
        return _("nothing was tried in half a year")
    return ngettext("{n} thing was tried in half a year", "{n} things were tried in half a year", count)


def _asking(facts: Facts) -> str:
    count = _number(facts, "extra")
    kept = ngettext("{n} promise kept in half a year", "{n} promises kept in half a year", count)
    return _with_words(_("{kept}, a good word on {on}").format(kept=kept, on=_date(facts)), facts)


def _known(facts: Facts) -> str:
    return _("on file since {on}").format(on=_date(facts))


def _fees_year(facts: Facts) -> str:
    return _("billed in a year: {n}").format(n=text.current().number(_number(facts)))


def _grade(facts: Facts) -> str:
    return _("grade {grade}").format(grade=" ABCD"[max(0, min(4, _number(facts)))].strip())


def _occasional(facts: Facts) -> str:
    days = _number(facts)
    return ngettext("bought once, {n} day ago", "bought once, {n} days ago", days)


def _standing(said: Callable[[], str]) -> Callable[[Facts], str]:
    return lambda facts: said().format(on=_date(facts), n=text.current().number(_number(facts, "days")))


def _again(facts: Facts) -> str:
    count = _number(facts, "count")
    agreed = ngettext("{n} piece of work agreed on", "{n} pieces of work agreed on", count)
    return joined(", ", [agreed, _("the latest on {on}").format(on=_date(facts))])


def _fits(said: Callable[[], str]) -> Callable[[Facts], str]:
    def words(facts: Facts) -> str:
        shared = _("as {count} of {of} who stayed").format(
            count=text.current().number(_number(facts, "count")), of=text.current().number(_number(facts, "of"))
        )
        return joined(", ", [said().format(words=_kind(facts)), shared])

    return words


def _kind(facts: Facts) -> str:
    words = str(facts.get("words") or "")
    return {"person": _("a person"), "organisation": _("an organisation")}.get(words, words)


NEXT_REASONS: dict[str, Callable[[Facts], str]] = {
    "promise-late-days": _late,
    "promise-due-days": _due,
    "promises-missed": _missed,
    "promises-kept": _kept,
    "silent-days": _silent,
    "silence-percent": _silence,
    "open-concerns": _concerns,
    "renewal-days": _renewal,
    "recommend-score": _recommend,
    "satisfaction-score": _satisfied,
    "praise-days": _praise,
    "clients-sent": _sent,
    "thanks-owed": _owed,
    "unanswered-days": _unanswered,
    "letter-unsigned-days": _letter,
    "told-owed": _told,
    "fees-change-percent": _fees_change,
    "fees-year": _fees_year,
    "grade-rank": _grade,
    "known-days": _known,
    "occasional-days": _occasional,
    "worth-asking": _asking,
    "attempts": _tried,
    "standing-leaves": _standing(lambda: _("said in the review of {on} that he leaves")),
    "standing-ended": _standing(lambda: _("in the review of {on} we decided to end it")),
    "standing-silent": _standing(lambda: _("no open work, and no sign since {on}")),
    "standing-continues": _standing(lambda: _("said in the review of {on} that he continues")),
    "standing-recurs": _standing(lambda: _("agreed on work that comes again, on {on}")),
    "standing-again": _again,
    "standing-first": _standing(lambda: _("first work agreed on, on {on}")),
    "standing-proposed": _standing(lambda: _("has a proposal of {on}")),
    "standing-accepted": _standing(lambda: _("was accepted on {on}")),
    "standing-declined": _standing(lambda: _("was declined on {on}")),
    "fits-kind": _fits(lambda: _("is {words}")),
    "fits-area": _fits(lambda: _("comes for {words}")),
    "fits-town": _fits(lambda: _("is from {words}")),
    "fits-language": _fits(lambda: _("speaks the same language")),
    "fits-sender": _fits(lambda: _("was sent by {words}")),
    "says-values": lambda facts: _("values: {words}").format(words=_quoted(facts)),
    "says-insight": lambda facts: _("said on {on}: {words}").format(on=_date(facts), words=_quoted(facts)),
    "says-review": lambda facts: _("in the review of {on}: {words}").format(on=_date(facts), words=_quoted(facts)),
}
