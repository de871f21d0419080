"""The words of a grade: its criteria by name, the reasons behind their points, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from db.reasons import Fact
from desktop import text
from desktop.text import _, ngettext

Facts = Mapping[str, Fact]


def criterion_words(name: str) -> str:
    """A criterion as it stands at its points."""
    return {
        "fees_year": _("Fees, 12 months"),
        "fees_three": _("Fees, 36 months"),
        "growth": _("Growth"),
        "timely": _("Pays on time"),
        "refers": _("Sends us clients"),
        "advice": _("Takes advice"),
        "pleasant": _("Pleasant to work with"),
        "strategic": _("Strategic"),
    }[name]


def _money(facts: Facts, name: str = "amount") -> str:
    return text.current().whole_money(int(str(facts[name] or 0)), str(facts["currency"]))


def _share(value: Any) -> str:
    return text.current().percent(float(value))


def _fees_year(facts: Facts) -> str:
    return _("{amount} billed in 12 months; {full} is full").format(amount=_money(facts), full=_money(facts, "full"))


def _fees_three(facts: Facts) -> str:
    return _("{amount} billed in 36 months; {full} is full").format(amount=_money(facts), full=_money(facts, "full"))


def _growth(facts: Facts) -> str:
    told = _("{now} billed in 12 months, {before} in the 12 before")
    return told.format(now=_money(facts, "now"), before=_money(facts, "before"))


def _timely(facts: Facts) -> str:
    share = _share(facts["share"])
    late = int(str(facts["late"]))
    if not late:
        return _("{share} of what was due was paid within 30 days").format(share=share)
    told = _("{share} of what was due was paid within 30 days; {late}")
    return told.format(share=share, late=ngettext("{n} bill was late", "{n} bills were late", late))


def _advice(facts: Facts) -> str:
    if not facts["n"]:
        return _("answered no advice yet")
    answered = ngettext("{n} answered entry", "{n} answered entries", int(str(facts["n"])))
    return _("accepted {accepted} of {answered}").format(accepted=facts["accepted"], answered=answered)


def _pleasant(facts: Facts) -> str:
    if not facts["n"]:
        return _("nothing noted of him speaks of this yet")
    noted = ngettext("{n} thing noted", "{n} things noted", int(str(facts["n"])))
    return _("{good} good of {noted}").format(good=facts["good"], noted=noted)


def _refers(facts: Facts) -> str:
    n = int(str(facts["n"]))
    if not n:
        return _("sent us nobody in 36 months")
    return ngettext("sent us {n} client in 36 months", "sent us {n} clients in 36 months", n)


def _more(what: Callable[[int], str]) -> Callable[[Facts], str]:
    return lambda facts: _("{what} would make {grade}").format(what=what(int(str(facts["n"]))), grade=facts["grade"])


def _sent(n: int) -> str:
    return ngettext("{n} more client sent to us", "{n} more clients sent to us", n)


def _accepted(n: int) -> str:
    return ngettext("{n} more entry accepted", "{n} more entries accepted", n)


def _graded(words: Callable[[], str]) -> Callable[[Facts], str]:
    return lambda facts: words().format(amount=_money(facts), grade=facts["grade"])


GRADE_REASONS: dict[str, Callable[[Facts], str]] = {
    "grade-fees-year": _fees_year,
    "grade-fees-three": _fees_three,
    "grade-growth": _growth,
    "grade-growth-unknown": lambda facts: _("not billed for two whole years yet"),
    "grade-timely": _timely,
    "grade-timely-unknown": lambda facts: _("no bill was due yet"),
    "grade-timely-unnoted": lambda facts: _("no payment of his is noted"),
    "grade-refers": _refers,
    "grade-advice": _advice,
    "grade-pleasant": _pleasant,
    "grade-strategic": lambda facts: _("wears the tag “{tag}”").format(**facts),
    "grade-not-strategic": lambda facts: _("does not wear the tag “{tag}”").format(**facts),
    "grade-too-new": lambda facts: _("too new: less than half of what the criteria ask for is known"),
    "grade-not-served": lambda facts: _("only clients whom we serve are graded"),
    "grade-more-fees": _graded(lambda: _("another {amount} of fees in 12 months would make {grade}")),
    "grade-less-fees": _graded(lambda: _("{amount} less of fees in 12 months would make {grade}")),
    "grade-more-sent": _more(_sent),
    "grade-more-accepted": _more(_accepted),
    "grade-if-strategic": lambda facts: _("the tag “{tag}” would make {grade}").format(**facts),
    "grade-if-timely": lambda facts: _("paying every bill within 30 days would make {grade}").format(**facts),
}
