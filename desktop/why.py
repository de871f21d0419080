"""The words in which a conflict check explains itself: why a name matches, who it is, what that means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.matching import Reason
from desktop.text import _

_REASONS: dict[str, Callable[[], str]] = {
    "same-name": lambda: _("same name"),
    "same-company-without-form": lambda: _("same company without its suffix"),
    "other-company-form": lambda: _("another company form"),
    "given-name-variant": lambda: _("given-name variant"),
    "given-name-gender": lambda: _("given name differs by gender"),
    "gendered-ending": lambda: _("same surname with another ending"),
    "one-letter-apart": lambda: _("one letter apart"),
    "two-letters-apart": lambda: _("two letters apart"),
    "letters-swapped": lambda: _("two letters swapped"),
    "transliteration": lambda: _("another spelling of the same letters"),
    "phonetic": lambda: _("sounds the same"),
    "initial": lambda: _("initial “{letter}”"),
    "shortened": lambda: _("shortened"),
    "spacing": lambda: _("written apart or together"),
    "word-order": lambda: _("names in another order"),
    "same-surname": lambda: _("same surname"),
    "missing-word": lambda: _("without “{said}”"),
    "further-word": lambda: _("also “{found}”"),
    "other-word": lambda: _("“{found}” instead of “{said}”"),
    "other-script": lambda: _("in another script"),
    "former-name": lambda: _("former name"),
    "maiden-name": lambda: _("maiden name"),
    "trading-name": lambda: _("trading name"),
    "nickname": lambda: _("nickname"),
    "other-name": lambda: _("another name"),
    "works-at": lambda: _("works at {found}"),
}

_LINKS: dict[str, Callable[[], str]] = {
    "spouse": lambda: _("spouse of {name}"),
    "partner": lambda: _("partner of {name}"),
    "parent": lambda: _("parent of {name}"),
    "child": lambda: _("child of {name}"),
    "sibling": lambda: _("brother or sister of {name}"),
    "family": lambda: _("family of {name}"),
    "director of": lambda: _("director of {name}"),
    "directed by": lambda: _("directed by {name}"),
    "owns": lambda: _("owns {name}"),
    "owned by": lambda: _("owned by {name}"),
    "employs": lambda: _("employs {name}"),
    "employed by": lambda: _("employed by {name}"),
    "parent company of": lambda: _("parent company of {name}"),
    "subsidiary of": lambda: _("subsidiary of {name}"),
    "advises": lambda: _("advises {name}"),
    "advised by": lambda: _("advised by {name}"),
    "contact of": lambda: _("contact of {name}"),
    "has contact": lambda: _("has {name} as a contact"),
    "other": lambda: _("linked to {name}"),
}

_ROLES: dict[str, Callable[[], str]] = {
    "adverse": lambda: _("Adverse"),
    "client": lambda: _("Client"),
    "decides": lambda: _("Decides"),
    "pays": lambda: _("Payer"),
    "uses": lambda: _("User"),
    "benefits": lambda: _("Beneficiary"),
    "counsel": lambda: _("Counsel"),
    "witness": lambda: _("Witness"),
    "contact": lambda: _("Contact"),
    "refers": lambda: _("Referrer"),
    "linked": lambda: _("Related"),
    "known": lambda: _("Known"),
}

_STANDINGS: dict[str, Callable[[], str]] = {
    "enquiry": lambda: _("Enquiry"),
    "prospect": lambda: _("Prospect"),
    "former": lambda: _("Former client"),
    "declined": lambda: _("Declined enquiry"),
}

_VERDICTS: dict[str, Callable[[], str]] = {
    "clear": lambda: _("clear"),
    "look": lambda: _("worth a look"),
    "stop": lambda: _("conflict to decide"),
}

_DECISIONS: dict[str, Callable[[], str]] = {
    "open": lambda: _("Still to be decided"),
    "clear": lambda: _("No conflict"),
    "accepted with waiver": lambda: _("Accepted with a waiver"),
    "declined": lambda: _("Declined"),
}


def reason_words(reason: Reason) -> str:
    """One reason in a few words: 'one letter apart', 'parent company of Portus Terminal'."""
    if reason.code == "linked":
        return link_words(reason.said, reason.found)
    # Names may hold braces: they are put in, never read as a pattern.
    letter = min(reason.said, reason.found, key=len)
    return _REASONS[reason.code]().format(said=reason.said, found=reason.found, letter=letter)


def why_words(reasons: Sequence[Reason]) -> str:
    """All reasons of a hit in one line, each said once."""
    return ", ".join(dict.fromkeys(reason_words(reason) for reason in reasons))


def link_words(kind: str, name: str) -> str:
    """What somebody is to whoever bears the name: 'directed by Portus Terminal'."""
    return _LINKS.get(kind, _LINKS["other"])().format(name=name)


def role_words(role: str, standing: str = "") -> str:
    """What a party is to the practice; a client's standing says more than the word client."""
    if role == "client" and standing in _STANDINGS:
        return _STANDINGS[standing]()
    return _ROLES[role]()


def verdict_words(verdict: str) -> str:
    """A verdict in a word or three."""
    return _VERDICTS[verdict]()


def decision_words(decision: str) -> str:
    """What was decided, in a few words."""
    return _DECISIONS[decision]()
