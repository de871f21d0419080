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
        held = ngettext("{n} row", "{n} rows", plan.rows)
    parts = [kind, held, CODE_PAGES.get(plan.encoding, plan.encoding)]
    if pictures := plan.left_out.get("pictures"):
        parts.append(ngettext("{n} picture left out", "{n} pictures left out", pictures))
    return " · ".join(part for part in parts if part)


def fields(noun: str) -> list[tuple[str, str]]:
    """What a column of a table can become, as (code, words)."""
    if noun in HISTORIES:
        return [(name, name.capitalize()) for name in HISTORIES[noun].columns] + [("custom", _("A field of its own"))]
    choices = [
        ("name", _("Whole name")),
        ("given_name", _("Given name")),
        ("family_name", _("Family name")),
        ("organisation", _("Organisation")),
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
        ]
    return [*choices, ("custom", _("A field of its own")), ("ignore", _("Leave it out"))]


def field_words(code: str, noun: str) -> str:
    """What a column becomes, in words, whether or not it is on the short list."""
    known = dict(fields(noun))
    if code in known:
        return known[code]
    base, _sign, purpose = code.partition(":")
    return f"{known.get(base + ':', base.replace('_', ' ').capitalize())} ({purpose})" if purpose else base.capitalize()
