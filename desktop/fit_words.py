"""The words of how far a client fits a profile: what he meets, what he does not, and what is not known of him."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from db.reasons import Fact
from desktop.text import _

Facts = Mapping[str, Fact]


def trait_words(trait: str, name: str, value: str) -> str:
    """One thing that ideal clients have in common."""
    words = {
        "kind": _("kind: {value}"),
        "area": _("area of work: {value}"),
        "city": _("city: {value}"),
        "country": _("country: {value}"),
        "language": _("language: {value}"),
        "source": _("came by: {value}"),
        "tag": _("tag: {value}"),
        "field": _("{name}: {value}"),
        "at least": _("{name}: at least {value}"),
        "fees": _("fees in 12 months: at least {value}"),
    }[trait]
    kinds = {"person": _("person"), "organisation": _("organisation")}
    return words.format(name=name, value=kinds.get(value, value) if trait == "kind" else value)


def _trait(words: Callable[[], str]) -> Callable[[Facts], str]:
    return lambda facts: words().format(what=trait_words(str(facts["trait"]), str(facts["name"]), str(facts["value"])))


FIT_REASONS: dict[str, Callable[[Facts], str]] = {
    "fit-met": _trait(lambda: _("fits: {what}")),
    "fit-missing": _trait(lambda: _("does not fit: {what}")),
    "fit-unknown": _trait(lambda: _("not known: {what}")),
}
