"""What the file's codes are called on screen, in which tone, and how long ago a day was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, get_args

from desktop import profession as professions
from desktop import text
from desktop.rooms.words_listening import LISTENING, LISTENING_TONES
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from desktop.widgets.ink import Tone

_WORDS: dict[str, Callable[[], str]] = {
    **LISTENING,
    "person": lambda: _("Person"),
    "organisation": lambda: _("Organisation"),
    "enquiry": lambda: _("Enquiry"),
    "prospect": lambda: _("Prospect"),
    "occasional": lambda: _("Occasional"),
    "client": lambda: _("Client"),
    "former": lambda: _("Former"),
    "on file": lambda: _("On file"),
    "declined": lambda: _("Declined"),
    "quiet": lambda: _("Quiet"),
    "at risk": lambda: _("At risk"),
    "continues": lambda: _("Continues"),
    "price": lambda: _("Price"),
    "outcome": lambda: _("Outcome"),
    "service": lambda: _("Service"),
    "trust": lambda: _("Trust"),
    "moved": lambda: _("Moved away"),
    "competitor": lambda: _("Went to a competitor"),
    "no need": lambda: _("No need any more"),
    "conflict": lambda: _("Conflict of interest"),
    "other": lambda: _("Other"),
    "no capacity": lambda: _("No capacity"),
    "not our field": lambda: _("Outside our field"),
    "fee": lambda: _("The fee"),
    "integrity": lambda: _("Integrity"),
    "yes": lambda: _("Yes"),
    "no": lambda: _("No"),
    "proposed": lambda: _("Proposed"),
    "engaged": lambda: _("Engaged"),
    "active": lambda: _("Active"),
    "on hold": lambda: _("On hold"),
    "completed": lambda: _("Completed"),
    "disengaged": lambda: _("Disengaged"),
    "opened": lambda: _("Opened"),
    "fixed": lambda: _("Fixed"),
    "hourly": lambda: _("Hourly"),
    "monthly": lambda: _("Monthly"),
    "yearly": lambda: _("Yearly"),
    "contingent": lambda: _("On success"),
    "retainer": lambda: _("Retainer"),
    "none": lambda: _("None"),
    "draft": lambda: _("Draft"),
    "sent": lambda: _("Sent"),
    "signed": lambda: _("Signed"),
    "decides": lambda: _("Decides"),
    "pays": lambda: _("Pays"),
    "uses": lambda: _("Uses"),
    "benefits": lambda: _("Benefits"),
    "adverse": lambda: _("Adverse"),
    "counsel": lambda: _("Counsel"),
    "witness": lambda: _("Witness"),
    "contact": lambda: _("Contact"),
    "refers": lambda: _("Refers"),
    "meeting": lambda: _("Meeting"),
    "call": lambda: _("Call"),
    "video": lambda: _("Video"),
    "e-mail": lambda: _("E-mail"),
    "letter": lambda: _("Letter"),
    "note": lambda: _("Note"),
    "recorded": lambda: _("Recorded"),
    "awaiting": lambda: _("Awaiting decision"),
    "accepted": lambda: _("Accepted"),
    "deferred": lambda: _("Deferred"),
    "against advice": lambda: _("Against advice"),
    # Not the word on a button that opens: other languages tell the two apart.
    "open": lambda: _("open").capitalize(),
    "kept": lambda: _("Kept"),
    "late": lambda: _("Kept late"),
    "broken": lambda: _("Broken"),
    "renegotiated": lambda: _("Renegotiated"),
    "released": lambda: _("Released"),
    "due": lambda: _("Due"),
    "overdue": lambda: _("Overdue"),
    "done": lambda: _("Done"),
    "us": lambda: _("We"),
    "confidence": lambda: _("Confidence"),
    "concern": lambda: _("Concern"),
    "signal": lambda: _("Signal"),
    "thanks": lambda: _("Thanks"),
    "reliability": lambda: _("Reliability"),
    "credibility": lambda: _("Credibility"),
    "closeness": lambda: _("Closeness"),
    "self-interest": lambda: _("Self-interest"),
    "email": lambda: _("E-mail"),
    "phone": lambda: _("Phone"),
    "fax": lambda: _("Fax"),
    "web": lambda: _("Web"),
    "social": lambda: _("Social"),
    "maiden": lambda: _("Maiden"),
    "trading": lambda: _("Trading"),
    "nickname": lambda: _("Nickname"),
    "script": lambda: _("Other script"),
    "spouse": lambda: _("Spouse of"),
    "partner": lambda: _("Partner of"),
    "parent": lambda: _("Parent of"),
    "child": lambda: _("Child of"),
    "sibling": lambda: _("Brother or sister of"),
    "family": lambda: _("Family of"),
    "director of": lambda: _("Director of"),
    "directed by": lambda: _("Directed by"),
    "owns": lambda: _("Owns"),
    "owned by": lambda: _("Owned by"),
    "employs": lambda: _("Employs"),
    "employed by": lambda: _("Employed by"),
    "parent company of": lambda: _("Parent company of"),
    "subsidiary of": lambda: _("Subsidiary of"),
    "advises": lambda: _("Advises"),
    "advised by": lambda: _("Advised by"),
    "contact of": lambda: _("Contact of"),
    "has contact": lambda: _("Has as a contact"),
    "contract": lambda: _("Contract"),
    "consent": lambda: _("Consent"),
    "legal obligation": lambda: _("Legal obligation"),
    "legitimate interest": lambda: _("Legitimate interest"),
    "vital interest": lambda: _("Vital interest"),
    "public task": lambda: _("Public task"),
    "quarterly": lambda: _("Quarterly"),
    "goodwill": lambda: _("Goodwill"),
    "quote": lambda: _("Quote"),
    "change letter": lambda: _("Change letter"),
    "limitation": lambda: _("Limitation"),
    "hearing": lambda: _("Hearing"),
    "filing": lambda: _("Filing"),
    "renewal": lambda: _("Renewal"),
}

TONES: dict[str, Tone] = {
    **LISTENING_TONES,
    **dict.fromkeys(("client", "accepted", "kept", "signed", "completed", "thanks", "done"), "green"),
    **dict.fromkeys(("prospect", "enquiry", "awaiting", "proposed", "sent"), "blue"),
    **dict.fromkeys(("quiet", "due", "deferred", "late", "on hold", "draft", "confidence", "concern"), "amber"),
    **dict.fromkeys(("at risk", "overdue", "broken", "against advice", "adverse", "limitation"), "red"),
    **dict.fromkeys(("active", "engaged"), "accent"),
}


def engagement_word(profession: str = "", plural: bool = False) -> str:
    """What a profession calls agreed work, by default that of the open practice: Matter, Engagement or Project."""
    if plural:
        return professions.said(_("Matters"), _("Engagements"), _("Projects"), profession)
    return professions.said(_("Matter"), _("Engagement"), _("Project"), profession)


def new_engagement() -> str:
    """How the profession says that agreed work is begun."""
    return professions.said(_("New matter"), _("New engagement"), _("New project"))


def no_engagements() -> str:
    """How the profession says that there is no agreed work yet."""
    return professions.said(_("No matters yet"), _("No engagements yet"), _("No projects yet"))


def word(code: str) -> str:
    """What a code is called; a code that is not known stands for itself, and an empty one for nothing."""
    return _WORDS[code]() if code in _WORDS else code


def tone(code: str) -> Tone:
    """The tone in which a code's chip is drawn."""
    return TONES.get(code, "neutral")


def choices(codes: Any, none: str | None = None) -> list[tuple[Any, str]]:
    """The codes of a Literal, or of a list, as choices of a field; `none` names the choice of nothing."""
    listed: Iterable[str] = get_args(codes) or codes
    return [*([(None, none)] if none is not None else []), *((code, word(code)) for code in listed)]


def ago(day: dt.date | None, today: dt.date | None = None) -> str:
    """How long ago a day was: 'today', '5 days', '2 years'; a dash where there was none."""
    if day is None:
        return "—"
    days = ((today or dt.date.today()) - day).days
    if days <= 0:
        return _("today")
    if days < 365:
        return ngettext("{n} day", "{n} days", days)
    return ngettext("{n} year", "{n} years", days // 365)


def when(day: dt.date, today: dt.date | None = None) -> str:
    """A day as people say it: 'today', 'tomorrow', '18 Nov', with the year where it is another."""
    now = today or dt.date.today()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - now).days)
    if near is not None:
        return near
    return text.current().short_date(day) if day.year == now.year else text.current().date(day)


def at(moment: dt.datetime) -> str:
    """A moment in this computer's zone: with its time where it is today, else the day alone."""
    local = moment.astimezone()
    said = when(local.date())
    return f"{said} {local:%H:%M}" if local.date() == dt.date.today() else said


def fees(minor: int, currency: str) -> str:
    """An amount in whole units of its currency, as in a column: '48,200', or a dash for nothing."""
    from babel.numbers import get_currency_precision

    return text.current().number(round(minor / 10 ** get_currency_precision(currency or "EUR"))) if minor else "—"
