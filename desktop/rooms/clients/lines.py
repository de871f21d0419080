"""Contacts, addresses, other names and tax numbers as lines of text, one for each, and read back from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar, get_args

from db.parties import NewAddress, NewContact, NewName, NewTaxId
from db.words import ContactKind, NameKind
from desktop.rooms.words import word

Item = TypeVar("Item")
Kind = TypeVar("Kind", bound=str)
_CONTACT_KINDS: tuple[ContactKind, ...] = get_args(ContactKind)
_NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
_LINE = re.compile(r"(?:(?P<kind>[^:/@]{1,30}):\s*(?!//))?(?P<value>.*?)\s*(?:\((?P<note>[^()]*)\))?\s*(?P<star>\*?)")


def written(items: Sequence[Item], write: Callable[[Item], str]) -> str:
    """The items as text, one on each line."""
    return "\n".join(write(item) for item in items)


def read(text: str, before: Sequence[Item], write: Callable[[Item], str], make: Callable[[str], Item]) -> list[Item]:
    """The items that the lines stand for; a line left as it was keeps all that its item knows."""
    known = {write(item): item for item in before}
    return [known.get(line) or make(line) for line in map(str.strip, text.splitlines()) if line]


def _parts(line: str) -> tuple[str, str, str, bool]:
    found = _LINE.fullmatch(line)
    assert found is not None
    return (found["kind"] or "").strip(), found["value"].strip(), (found["note"] or "").strip(), bool(found["star"])


def _code(said: str, kinds: Sequence[Kind]) -> Kind | None:
    return next((kind for kind in kinds if said.casefold() in (kind, word(kind).casefold())), None)


def _guess(value: str) -> ContactKind:
    if "@" in value and " " not in value:
        return "email"
    if re.match(r"https?://|www\.", value):
        return "web"
    return "phone" if re.fullmatch(r"[+()\d][\d\s()./-]{4,}", value) else "other"


def write_contact(contact: NewContact) -> str:
    """A contact as a line: 'ana@example.org (work) *', its kind before it where it does not show by itself."""
    kind = "" if _guess(contact.value) == contact.kind else f"{word(contact.kind)}: "
    note = f" ({contact.purpose})" if contact.purpose else ""
    return f"{kind}{contact.value}{note}{' *' if contact.preferred else ''}"


def read_contact(line: str) -> NewContact:
    """The contact that a line stands for; a star marks the preferred one."""
    said, value, note, star = _parts(line)
    kind = _code(said, _CONTACT_KINDS) if said else None
    if said and kind is None:
        value, kind = f"{said}: {value}", "other"
    return NewContact(kind=kind or _guess(value), value=value, purpose=note, preferred=star)


def write_name(name: NewName) -> str:
    """Another name as a line: 'Maiden: Kowalska'."""
    return name.name if name.kind == "other" else f"{word(name.kind)}: {name.name}"


def read_name(line: str) -> NewName:
    """The name that a line stands for; without a kind it is simply another name."""
    said, _colon, rest = line.partition(":")
    kind = _code(said.strip(), _NAME_KINDS) if rest else None
    return NewName(kind=kind or "other", name=rest.strip() if kind else line)


def write_address(address: NewAddress) -> str:
    """An address as a line: 'Quay 3; 30201; Cartagena; ES (office)'; a region stands before the country."""
    parts = [address.street, address.postal_code, address.city]
    if address.region:
        parts += [address.region, address.country]
    elif address.country:
        parts.append(address.country)
    return "; ".join(parts) + (f" ({address.purpose})" if address.purpose else "")


def read_address(line: str) -> NewAddress:
    """The address that a line stands for: street, postcode, city, region, country, of which some may be left out."""
    bare, _bracket, note = line.removesuffix(")").partition("(") if line.endswith(")") else (line, "", "")
    parts = [part.strip() for part in bare.split(";")]
    names = {1: ("street",), 2: ("street", "city"), 4: ("street", "postal_code", "city", "country")}
    whole = ("street", "postal_code", "city", "region", "country")
    told = dict(zip(names.get(len(parts), whole), parts, strict=False))
    return NewAddress(purpose=note.strip(), **told)


def write_tax_id(tax_id: NewTaxId) -> str:
    """A tax number as a line: 'NIP: 525-000-11-22 (PL)'."""
    kind = f"{tax_id.kind}: " if tax_id.kind else ""
    return f"{kind}{tax_id.value}{f' ({tax_id.country})' if tax_id.country else ''}"


def read_tax_id(line: str) -> NewTaxId:
    """The tax number that a line stands for."""
    said, value, note, _star = _parts(line)
    return NewTaxId(kind=said, value=value, country=note)
