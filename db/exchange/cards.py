"""Address books in vCard: each card as a party, with what has no place of its own kept by name."""

from __future__ import annotations

import re

from db.exchange.contact import Contact, as_record
from db.exchange.records import BadRow, Record
from db.exchange.vcard import Card, Property

_ADDRESS = ("po_box", "extended", "street", "city", "region", "postal_code", "country")
_SOCIAL = {"IMPP", "X-SKYPE", "X-SKYPE-USERNAME", "X-AIM", "X-ICQ", "X-JABBER", "X-MSN", "X-YAHOO", "X-SOCIALPROFILE"}
_SILENT = {
    "VERSION", "PRODID", "REV", "X-ABLABEL", "X-ABADR", "X-ABUID", "SORT-STRING", "MAILER", "CLIENTPIDMAP",
    "X-ABSHOWAS", "N", "AGENT", "CLASS", "PHOTO", "LOGO", "SOUND", "KEY",
}  # fmt: skip
_PURPOSES = ("cell", "mobile", "work", "home", "main", "pager", "car", "other")


def read_contacts(cards: list[Card], country: str) -> tuple[list[Record], list[BadRow], int]:
    """The records, the cards that need a look, and how many pictures were left out."""
    records: list[Record] = []
    bad: list[BadRow] = []
    for card in cards:
        why = card.why
        record = None
        if not why:
            record = as_record(_contact(card), "vcard", country, (card.raw,))
            if any(found.name == "KIND" and found.value.lower() == "group" for found in card.properties):
                why = "group-card"
            elif not record.values["name"]:
                why = "no-name"
        if why or record is None:
            bad.append(BadRow(card.line, why, {"card": card.raw}))
        else:
            records.append(record)
    return records, bad, sum(card.pictures for card in cards)


def _contact(card: Card) -> Contact:
    contact = Contact(card.line, raw=card.raw)
    labels = {
        found.group: _label(found.value) for found in card.properties if found.name == "X-ABLABEL" and found.group
    }
    for found in card.properties:
        _put(contact, found, labels.get(found.group, "") if found.group else "")
    if not contact.name:
        contact.name = contact.parts.pop("formatted", "")
    return contact


def _label(text: str) -> str:
    return re.sub(r"^_\$!<(.*)>!\$_$", r"\1", text).strip().lower()


def _put(contact: Contact, found: Property, label: str) -> None:
    name = found.name
    if name in ("TEL", "EMAIL", "URL") or name in _SOCIAL:
        _put_point(contact, found, label)
    elif name == "FN":
        contact.name = contact.name or found.text().strip()
    elif name == "N":
        parts = found.parts()
        for part, text in zip(("family_name", "given_name", "middle_name", "prefix", "suffix"), parts, strict=False):
            if text.strip():
                contact.parts[part] = (
                    " ".join(text.replace(",", " ").split()) if part != "family_name" else text.strip()
                )
    elif name == "ORG":
        organisation, *departments = [part.strip() for part in found.parts()]
        if organisation:
            contact.parts.setdefault("organisation", organisation)
        contact.keep("Department", ", ".join(filter(None, departments)))
    elif name == "ADR":
        _put_address(contact, found, label)
    elif name == "BDAY":
        _put_birthday(contact, found.text().strip())
    else:
        _put_rest(contact, found, label)


def _put_point(contact: Contact, found: Property, label: str) -> None:
    value = found.text().strip()
    if not value:
        return
    name, types = found.name, found.types
    purpose = label or next((one for one in types if one in _PURPOSES), "")
    best = "pref" in types or found.parameters.get("PREF") == "1"
    if name in ("TEL", "EMAIL"):
        kind = "email" if name == "EMAIL" else "fax" if "fax" in types else "phone"
        if value[:4].lower() == "tel:" or value[:7].lower() == "mailto:":
            value = value.partition(":")[2]
        contact.points.append((kind, value, "mobile" if purpose == "cell" else purpose, best))
    elif name == "URL":
        contact.points.append(("web", value, purpose, best))
    else:
        network = name.removeprefix("X-").removesuffix("-USERNAME").lower()
        contact.points.append(("social", value, purpose or ("" if network == "impp" else network), best))


def _put_rest(contact: Contact, found: Property, label: str) -> None:
    name, text = found.name, found.text().strip()
    if name == "TITLE" and "job_title" not in contact.parts:
        if text:
            contact.parts["job_title"] = text
    elif name == "NOTE":
        contact.notes.append(text)
    elif name == "CATEGORIES":
        contact.tags += [item for item in found.items() if item.casefold() not in ("mycontacts", "starred")]
    elif name == "NICKNAME":
        contact.names += [("nickname", item) for item in found.items() if item]
    elif name == "X-MAIDENNAME":
        contact.names.append(("maiden", text))
    elif name == "UID":
        contact.key = f"id:{text.removeprefix('urn:uuid:')}" if text else ""
    elif name == "LANG" and text:
        contact.parts.setdefault("language", text)
    elif name == "KIND":
        contact.kind = {"org": "organisation", "individual": "person"}.get(text.lower(), "")
    elif name == "X-ABSHOWAS" and text.upper() == "COMPANY":
        contact.kind = "organisation"
    elif name not in _SILENT and text.strip("; "):
        kind = label or ", ".join(found.types)
        contact.keep(f"{name} ({kind})" if kind else name, text)


def _put_address(contact: Contact, found: Property, label: str) -> None:
    said = {part: text.strip() for part, text in zip(_ADDRESS, found.parts(), strict=False)}
    street = [said.get("street", ""), said.get("extended", ""), said.get("po_box", "")]
    place = {part: said.get(part, "") for part in ("city", "region", "postal_code", "country")}
    place["street"] = "\n".join(filter(None, street)) or (
        "" if any(place.values()) else found.parameters.get("LABEL", "")
    )
    purpose = label or next((one for one in found.types if one in ("work", "home", "other")), "")
    contact.addresses.append({"purpose": purpose, **place})


def _put_birthday(contact: Contact, text: str) -> None:
    import datetime as dt

    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", text)
    try:
        # Apple writes the year 1604 for a birthday without a year.
        if match and match[1] != "1604":
            contact.parts["began_on"] = dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            return
    except ValueError:
        pass
    contact.keep("Birthday", text)
