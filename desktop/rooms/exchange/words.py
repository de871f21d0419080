"""What comes in, in the words of the screen: kinds of records, programs, and what a column can become."""

from __future__ import annotations

from db.exchange.histories import HISTORIES
from db.exchange.records import ImportPlan
from desktop.text import _, ngettext

PROGRAMS = {
    "google": "Google",
    "outlook": "Outlook",
    "thunderbird": "Thunderbird",
    "linkedin": "LinkedIn",
    "hubspot": "HubSpot",
    "clio": "Clio",
    "xero": "Xero",
    "quickbooks": "QuickBooks",
    "vcard": "vCard",
}
CODE_PAGES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1250": "Windows, Central Europe",
    "cp1252": "Windows, Western Europe",
    "iso8859-2": "ISO, Central Europe",
    "iso8859-15": "ISO, Western Europe",
    "cp1253": "Windows, Greek",
    "cp1251": "Windows, Cyrillic",
    "cp1254": "Windows, Turkish",
    "cp852": "DOS, Central Europe",
    "cp850": "DOS, Western Europe",
    "mac-roman": "Mac",
}


def nouns() -> list[tuple[str, str]]:
    """What a file can be brought in as; people are known by name, histories by their clients' numbers."""
    return [
        ("parties", _("Address book")),
        ("clients", _("Clients")),
        ("engagements", _("Engagements")),
        ("advice", _("Advice")),
        ("trust", _("Trust notes")),
        ("promises", _("Promises")),
        ("fees", _("Fees")),
        ("follow-ups", _("Follow-ups")),
    ]


def recognised(plan: ImportPlan) -> str:
    """The kind of the file and how much it holds, in one line."""
    kind = PROGRAMS.get(plan.recipe) or dict(nouns()).get(plan.recipe) or _("A table")
    if plan.recipe == "vcard":
        held = ngettext("{n} card", "{n} cards", plan.rows)
    else:
        held = ngettext("{n} line", "{n} lines", plan.rows)
    parts = [kind, held, CODE_PAGES.get(plan.encoding, plan.encoding)]
    if pictures := plan.left_out.get("pictures"):
        parts.append(ngettext("{n} picture left out", "{n} pictures left out", pictures))
    return " · ".join(part for part in parts if part)


def fields(noun: str) -> list[tuple[str, str]]:
    """What a column of a table can become, as (code, words)."""
    if noun in HISTORIES:
        told = _column_words()
        return [(name, told[name]) for name in HISTORIES[noun].columns] + [("custom", _("A field of its own"))]
    choices = [
        ("name", _("Whole name")),
        ("prefix", _("Title before the name")),
        ("given_name", _("Given name")),
        ("middle_name", _("Middle name")),
        ("family_name", _("Family name")),
        ("suffix", _("Title after the name")),
        ("name:maiden", _("Maiden name")),
        ("name:nickname", _("Nickname")),
        ("name:trading", _("Trading name")),
        ("organisation", _("Organisation")),
        ("department", _("Department")),
        ("job_title", _("Job title")),
        ("email:", _("E-mail")),
        ("phone:", _("Phone")),
        ("phone:mobile", _("Mobile phone")),
        ("web:", _("Website")),
        ("street:", _("Street")),
        ("postal_code:", _("Postal code")),
        ("city:", _("City")),
        ("region:", _("Region")),
        ("country:", _("Country")),
        ("began_on", _("Born or founded on")),
        ("tax:", _("Tax number")),
        ("language", _("Language")),
        ("tags", _("Tags")),
        ("notes", _("Notes")),
    ]
    if noun == "clients":
        choices += [
            ("client.number", _("Client number")),
            ("client.standing", _("Standing")),
            ("client.grade", _("Grade")),
            ("client.since", _("Client since")),
            ("client.valued", _("What they value")),
            ("client.rhythm_days", _("Agreed rhythm, in days")),
        ]
    return [*choices, ("custom", _("A field of its own")), ("ignore", _("Leave it out"))]


def _column_words() -> dict[str, str]:
    """What the columns of a history are, by the names they have in a file."""
    return {
        "number": _("Number"),
        "client": _("Client"),
        "client number": _("Client number"),
        "engagement": _("Engagement"),
        "title": _("Title"),
        "area": _("Area"),
        "stage": _("Stage"),
        "opened": _("Opened on"),
        "closed": _("Closed on"),
        "outcome": _("Outcome"),
        "scope included": _("In scope"),
        "scope excluded": _("Out of scope"),
        "assumptions": _("Assumptions"),
        "client duties": _("Client's duties"),
        "fee basis": _("Fee basis"),
        "fee": _("Fee"),
        "currency": _("Currency"),
        "letter": _("Letter"),
        "letter sent": _("Letter sent on"),
        "letter signed": _("Letter signed on"),
        "next review": _("Next review"),
        "value sought": _("Value sought"),
        "value delivered": _("Value delivered"),
        "given at": _("Given at"),
        "date": _("Date"),
        "zone": _("Time zone"),
        "author": _("Author"),
        "channel": _("Channel"),
        "direction": _("Direction"),
        "minutes": _("Minutes"),
        "present": _("Present"),
        "question": _("Question"),
        "advice": _("Advice"),
        "basis": _("What it rests on"),
        "options": _("Options"),
        "risks": _("Risks explained"),
        "privileged": _("Privileged"),
        "recorded": _("Recorded"),
        "recorded at": _("Recorded at"),
        "late entry": _("Late entry"),
        "confirmed": _("Confirmed on"),
        "response": _("Response"),
        "responded on": _("Responded on"),
        "response words": _("Words of the response"),
        "response reason": _("Reason of the response"),
        "consequence": _("Consequence explained"),
        "amend reason": _("Reason of the amendment"),
        "withdrawn at": _("Withdrawn at"),
        "noted at": _("Noted at"),
        "kind": _("Kind"),
        "effect": _("Effect on trust"),
        "facet": _("Facet"),
        "told by": _("Told by"),
        "text": _("Text"),
        "restricted": _("Restricted"),
        "resolved": _("Resolved on"),
        "learned": _("What was learned"),
        "by": _("Promised by us or the client"),
        "by whom": _("By whom"),
        "to whom": _("To whom"),
        "made on": _("Made on"),
        "due": _("Due"),
        "due time": _("Due at"),
        "status": _("Status"),
        "kept on": _("Kept on"),
        "evidence": _("Evidence"),
        "undertaking": _("Undertaking"),
        "amount": _("Amount"),
        "note": _("Note"),
        "what": _("What"),
        "done on": _("Done on"),
    }


def field_words(code: str, noun: str) -> str:
    """What a column becomes, in words, whether or not it is on the short list."""
    known = dict(fields(noun))
    if code in known:
        return known[code]
    base, _sign, purpose = code.partition(":")
    return f"{known.get(base + ':', base.replace('_', ' ').capitalize())} ({purpose})" if purpose else base.capitalize()
