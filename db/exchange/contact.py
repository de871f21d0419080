"""A contact while it is being read from a card or a row: it gathers what belongs to one party and becomes a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from db.exchange.records import Record
from db.names import sort_name, tokens

_COMPANY = re.compile(
    r"\b(ltd|limited|llc|llp|plc|inc|corp|gmbh|ag|kg|ohg"
    r"|e\.?v\.?|s\.?l\.?u?\.|s\.?a\.|s\.?l|sp\. ?z ?o\. ?o\.|sp\. ?[jk]\."
    r"|s\.?r\.?l\.?|sarl|sas|b\.?v\.|n\.?v\.|oy|ab|a/s|aps|foundation|fundacja|stiftung|verein|spółka)(?=[\s,.)]|$)",
    re.IGNORECASE,
)
_TEXT_AT_MOST = 1_000_000


@dataclass
class Contact:
    """What a source tells of one party; texts as typed."""

    line: int
    kind: str = ""
    name: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    points: list[tuple[str, str, str, bool]] = field(default_factory=list)
    addresses: list[dict[str, str]] = field(default_factory=list)
    tax_ids: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    key: str = ""
    raw: str = ""

    def keep(self, name: str, value: str) -> None:
        """Keep what has no place of its own under its name; a second value of the same name stands under the first."""
        value, name = value.strip(), name.strip() or "?"
        if value and value not in self.custom.get(name, "").split("\n"):
            self.custom[name] = f"{self.custom[name]}\n{value}" if name in self.custom else value

    def shown_name(self) -> str:
        """The name of the party: as typed, else from its parts, else its organisation, else how it is reached."""
        parts = self.parts
        if self.name:
            return self.name
        whole = " ".join(
            parts[part] for part in ("prefix", "given_name", "middle_name", "family_name", "suffix") if parts.get(part)
        )
        if parts.get("given_name") or parts.get("family_name"):
            return whole
        return parts.get("organisation") or whole or next((n for _, n in self.names), "") or self._reached()

    def _reached(self) -> str:
        return next((value for kind, value, _, _ in self.points if kind in ("email", "phone")), "")


def as_record(contact: Contact, source: str, country: str, cells: Any = ()) -> Record:
    """The record of a contact; one without any name has an empty `values["name"]`."""
    parts = contact.parts
    name = " ".join(contact.shown_name().split())
    person = bool(parts.get("given_name") or parts.get("family_name"))
    company = not person and (name == parts.get("organisation") or bool(_COMPANY.search(name)))
    kind = contact.kind or ("organisation" if company else "person")
    organisation = "" if kind == "organisation" and parts.get("organisation") == name else parts.get("organisation", "")
    values = {
        "kind": kind,
        "name": name,
        "sort_name": sort_name(kind, name, parts.get("given_name", ""), parts.get("family_name", "")),
        "source": source,
        "organisation": organisation,
        "notes": "\n".join(dict.fromkeys(contact.notes))[:_TEXT_AT_MOST],
        "raw_card": contact.raw,
        "began_on": parts.get("began_on") or None,
    }
    for column in ("prefix", "given_name", "middle_name", "family_name", "suffix", "job_title", "language"):
        values[column] = parts.get(column, "")
    record = Record(contact.line, "party", contact.key, values, {}, contact.custom, cells=cells)
    folded = {name.casefold()}
    _add(
        record, "party_name", [{"kind": kind, "name": other} for kind, other in contact.names if other], folded, "name"
    )
    points = [
        {
            "kind": kind,
            "value": value,
            "normal": normal_point(kind, value, country),
            "purpose": purpose,
            "preferred": best,
        }
        for kind, value, purpose, best in contact.points
    ]
    _add(record, "contact_point", [point for point in points if point["normal"]], set(), "kind", "normal")
    _add(
        record,
        "address",
        [a for a in contact.addresses if any(v for k, v in a.items() if k != "purpose")],
        set(),
        *_PLACE,
    )
    _add(record, "tax_id", [{"kind": kind, "value": value} for kind, value in contact.tax_ids], set(), "value")
    _add(record, "tag", [{"name": tag} for tag in contact.tags if tag], set(), "name")
    if not record.key:
        record.key = fallback_key(record)
    return record


_PLACE = ("street", "city", "postal_code", "country")


def _add(record: Record, table: str, rows: list[dict[str, Any]], seen: set[str], *by: str) -> None:
    for row in rows:
        same = "\t".join(row.get(column, "") for column in by).casefold()
        if same not in seen:
            seen.add(same)
            record.parts.setdefault(table, []).append(row)


def fallback_key(record: Record, *, whole: bool = False) -> str:
    """What a contact without an id of its own is known by: its first e-mail; or `whole`, with its name."""
    points = record.parts.get("contact_point", ())
    email = next((point["normal"] for point in points if point["kind"] == "email"), "")
    if email and not whole:
        return f"email:{email}"
    phone = next((point["normal"] for point in points if point["kind"] == "phone"), "")
    return f"name:{' '.join(tokens(record.values['name']))}|{email or phone}"


def normal_point(kind: str, value: str, country: str) -> str:
    """The folded form in which contact points are compared: E.164 for phones, lower case for the rest."""
    if kind in ("phone", "fax") and len(value) < 60:
        return _e164(value, country)
    return value.strip().lower()


@lru_cache(maxsize=50_000)
def _e164(value: str, country: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, country.upper())
    except phonenumbers.NumberParseException:
        return "".join(sign for sign in value if sign.isdigit() or sign == "+") or value.strip().lower()
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
