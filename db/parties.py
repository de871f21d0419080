"""Parties: persons and organisations, their names, contacts, addresses, tax ids, tags and links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import Session, col, delete, select

from db import names
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import among, change, fetch, get, ids, like, utc_now
from db.tables import Address, ContactPoint, Party, PartyLink, PartyName, Practice, Tag, TaxId
from db.words import REVERSE_LINK, ContactKind, LawfulBasis, LinkKind, NameKind, PartyKind


class NewName(Input):
    """Another name of a party."""

    kind: NameKind = "other"
    name: Text
    since: dt.date | None = None
    until: dt.date | None = None


class NewContact(Input):
    """A way to reach a party, as typed."""

    kind: ContactKind
    value: Text
    purpose: Optional = ""
    preferred: bool = False


class NewAddress(Input):
    """A postal address; `country` as typed."""

    purpose: Optional = ""
    street: Optional = ""
    city: Optional = ""
    region: Optional = ""
    postal_code: Optional = ""
    country: Optional = ""


class NewTaxId(Input):
    """A tax or register number."""

    kind: Optional = ""
    value: Text
    country: Optional = ""


class PartyEdit(Input):
    """Changes to a party: only the fields that are given change; the lists, when given, replace what was there."""

    kind: PartyKind = "person"
    name: Optional = ""
    prefix: Optional = ""
    given_name: Optional = ""
    middle_name: Optional = ""
    family_name: Optional = ""
    suffix: Optional = ""
    began_on: dt.date | None = None
    language: Optional = ""
    job_title: Optional = ""
    organisation: Optional = ""
    lawful_basis: LawfulBasis | None = None
    source: Optional = ""
    notes: Optional = ""
    other_names: list[NewName] = Field(default_factory=list)
    contacts: list[NewContact] = Field(default_factory=list)
    addresses: list[NewAddress] = Field(default_factory=list)
    tax_ids: list[NewTaxId] = Field(default_factory=list)
    tags: list[Text] = Field(default_factory=list)


class NewParty(PartyEdit):
    """A party to be kept: its name as typed, or the parts of it."""


class NewLink(Input):
    """A link between two parties, said from the first: 'director of', 'spouse'."""

    from_id: int
    to_id: int
    kind: LinkKind
    since: dt.date | None = None
    until: dt.date | None = None
    note: Optional = ""


@dataclass(frozen=True)
class PartyRow:
    """A party in a list."""

    id: int
    kind: str
    name: str
    client_id: int | None
    number: str


@dataclass(frozen=True)
class LinkRow:
    """A link as seen from one party: `kind` reads from it to the other."""

    id: int
    party_id: int
    name: str
    kind: str
    since: dt.date | None
    until: dt.date | None
    note: str


@dataclass(frozen=True)
class PartyPage:
    """All that is known of a party; the lists hold the inputs that would make them."""

    id: int
    party: PartyEdit
    custom: dict[str, str]
    links: list[LinkRow]


_LISTS: dict[str, type[Any]] = {
    "other_names": PartyName,
    "contacts": ContactPoint,
    "addresses": Address,
    "tax_ids": TaxId,
    "tags": Tag,
}


def add_party(session: Session, new: NewParty) -> int:
    """Keep a party; refuses one without any name. Gives its id."""
    values = _columns(new, new.model_dump(exclude=set(_LISTS)))
    party = Party(**values, created_at=utc_now())
    session.add(party)
    session.flush()
    assert party.id is not None
    _set_lists(session, party.id, new, set(_LISTS))
    about(session, party.name)
    return party.id


def edit_party(session: Session, party_id: int, edit: PartyEdit) -> int:
    """Change the given fields of a party."""
    party = get(session, Party, party_id)
    given = edit.model_fields_set
    whole = {**party.model_dump(), **edit.model_dump(include=given - _LISTS.keys())}
    whole = {**whole, "lawful_basis": whole["lawful_basis"] or ""}
    if "name" not in given and given & {"given_name", "family_name", "prefix", "suffix", "middle_name"}:
        whole["name"] = ""
    columns = {name: whole[name] for name in PartyEdit.model_fields if name not in _LISTS}
    change(session, party, _columns(edit, columns))
    _set_lists(session, party_id, edit, given & _LISTS.keys())
    about(session, party.name)
    return party_id


def _columns(edit: PartyEdit, values: dict[str, Any]) -> dict[str, Any]:
    values["lawful_basis"] = values["lawful_basis"] or ""
    if not values["name"]:
        parts = ("prefix", "given_name", "middle_name", "family_name", "suffix")
        values["name"] = " ".join(values[part] for part in parts if values[part])
    if not values["name"]:
        raise Refused("required", "name")
    values["sort_name"] = names.sort_name(values["kind"], values["name"], values["given_name"], values["family_name"])
    return values


def _set_lists(session: Session, party_id: int, edit: PartyEdit, wanted: set[str]) -> None:
    country = session.exec(select(Practice.country)).first() or "GB"
    for field in wanted:
        table = _LISTS[field]
        session.exec(delete(table).where(col(table.party_id) == party_id))
        for item in getattr(edit, field):
            if field == "tags":
                session.add(Tag(party_id=party_id, name=item))
            elif field == "contacts":
                session.add(ContactPoint(**item.model_dump(), party_id=party_id, normal=normal_contact(item, country)))
            else:
                session.add(table(**item.model_dump(), party_id=party_id))


def normal_contact(contact: NewContact, country: str) -> str:
    """The folded form in which contacts are compared: E.164 for a phone, read as of that country; lower case else."""
    if contact.kind not in {"phone", "fax"}:
        return contact.value.strip().lower()
    import phonenumbers

    try:
        number = phonenumbers.parse(contact.value, country.upper())
    except phonenumbers.NumberParseException:
        return "".join(sign for sign in contact.value if sign.isdigit() or sign == "+")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def link_parties(session: Session, new: NewLink) -> int:
    """Link two parties; the reverse is known by itself."""
    first, second = get(session, Party, new.from_id, "from_id"), get(session, Party, new.to_id, "to_id")
    if first.id == second.id:
        raise Refused("same-party", "to_id")
    link = PartyLink(**new.model_dump())
    session.add(link)
    session.flush()
    about(session, f"{first.name} · {second.name}")
    assert link.id is not None
    return link.id


def unlink_parties(session: Session, link_id: int) -> None:
    """Remove a link."""
    session.delete(get(session, PartyLink, link_id))


def list_links(session: Session, party_id: int) -> list[LinkRow]:
    """The links of a party, each read from it."""
    rows = []
    for link in session.exec(select(PartyLink).where((PartyLink.from_id == party_id) | (PartyLink.to_id == party_id))):
        forward = link.from_id == party_id
        other = get(session, Party, link.to_id if forward else link.from_id)
        assert link.id is not None
        assert other.id is not None
        kind = link.kind if forward else REVERSE_LINK[link.kind]
        rows.append(LinkRow(link.id, other.id, other.name, kind, link.since, link.until, link.note))
    return rows


def get_party(session: Session, party_id: int) -> PartyPage:
    """Everything about a party."""
    party = get(session, Party, party_id)
    lists: dict[str, list[Any]] = {}
    for field, table in _LISTS.items():
        kept = session.exec(select(table).where(col(table.party_id) == party_id).order_by(col(table.id))).all()
        lists[field] = [
            item.name if field == "tags" else item.model_dump(exclude={"id", "party_id", "normal"}) for item in kept
        ]
    own: dict[str, Any] = {name: getattr(party, name) for name in PartyEdit.model_fields if name not in _LISTS}
    own["lawful_basis"] = own["lawful_basis"] or None
    custom = fetch(
        session, "SELECT name, value FROM custom_field WHERE noun = 'party' AND record_id = ? ORDER BY id", party_id
    )
    whole = PartyEdit.model_validate(own | lists)
    return PartyPage(party_id, whole, {row[0]: row[1] for row in custom}, list_links(session, party_id))


def list_party_rows(session: Session, party_ids: list[int]) -> list[PartyRow]:
    """The rows of these parties, in the order asked."""
    rows = fetch(
        session,
        "SELECT p.id, p.kind, p.name, c.id, coalesce(c.number, '') FROM party p LEFT JOIN client c ON c.party_id = p.id"
        f" WHERE p.id IN ({among(party_ids)})",
    )
    known = {row[0]: PartyRow(*row) for row in rows}
    return [known[party_id] for party_id in party_ids if party_id in known]


def list_party_ids(session: Session, text: str = "", descending: bool = False) -> list[int]:
    """The ids of the parties on whom no client's file is open, by name; with `text` those whose names hold it."""
    where, typed = "c.id IS NULL", names.fold(text.strip())
    if typed:
        where += " AND +o.id IN (SELECT id FROM party WHERE sort_name LIKE ? ESCAPE '\\')"
    return ids(
        session,
        f"SELECT o.id FROM party_order o LEFT JOIN client c ON c.party_id = o.id WHERE {where}"
        f" ORDER BY o.key {'DESC' if descending else 'ASC'}, o.id",
        *([like(typed)] if typed else []),
    )


# Of those found by the words in full, so many are looked through for a single letter.
_LOOKED_THROUGH = 3000


def suggest_parties(session: Session, text: str, limit: int = 8) -> list[PartyRow]:
    """Parties whose names hold words that begin as typed, for completion; first those of a single letter typed."""
    from db.search import typed_words

    # A single letter is a word of its own here, as an initial is: with it as a beginning the index takes 100 ms.
    terms = [term.removesuffix("*") if len(term) == len('"a"*') else term for term in typed_words(text)]
    if not terms:
        return []
    found = _begun(session, text, limit)
    if len(found) < limit:
        found += ids(
            session,
            "SELECT d.record_id FROM search s JOIN search_document d ON d.id = s.rowid WHERE s.search MATCH ?"
            " ORDER BY s.rowid DESC LIMIT ?",
            f'title : ({" AND ".join(terms)}) AND scope : "nparty"',
            limit,
        )
    return list_party_rows(session, list(dict.fromkeys(found))[:limit])


def _begun(session: Session, text: str, limit: int) -> list[int]:
    """Parties as typed, where a single letter stands among the words; none where that is no shorter way.

    The index of words begins with two letters: for one that many names begin with it is slow. So the newest of whom
    the other words find are looked through for a word with that letter.
    """
    from db.search import expression

    words = names.fold(text).split()
    if not any(len(word) == 1 for word in words):
        return []
    condition = " AND ".join("' ' || p.sort_name LIKE ? ESCAPE '\\'" for word in words if len(word) == 1)
    single = [f"% {like(word)[1:]}" for word in words if len(word) == 1]
    others = expression(" ".join(word for word in words if len(word) > 1))
    if not others:
        newest = f"SELECT id, sort_name FROM party ORDER BY id DESC LIMIT {_LOOKED_THROUGH}"
        return ids(session, f"SELECT p.id FROM ({newest}) p WHERE {condition} LIMIT ?", *single, limit)
    found = (
        "SELECT d.record_id FROM search s JOIN search_document d ON d.id = s.rowid WHERE s.search MATCH ?"
        f" ORDER BY s.rowid DESC LIMIT {_LOOKED_THROUGH}"
    )
    return ids(
        session,
        f"SELECT p.id FROM ({found}) f CROSS JOIN party p ON p.id = f.record_id WHERE {condition} LIMIT ?",
        *(f'title : ({others}) AND scope : "nparty"', *single, limit),
    )
