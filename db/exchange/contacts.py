"""Address books in tables: each row of a known program's file, or of any table, as a party."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from db import words
from db.errors import Refused
from db.exchange.contact import Contact, as_record
from db.exchange.recipes import CLIENT_NAMES, EMPTY_DATES, FIELDS, NOISE, SIGNATURES
from db.exchange.records import ENTRY_COLUMN, LINE_COLUMN, WHY_COLUMN, BadRow, Record, told
from db.exchange.table import Table
from db.exchange.values import date_of, day_order, word_of
from db.names import tokens

_NUMBERED = re.compile(r"(e mail|phone|address|website|organization|event|relation|im|custom field) (\d+) (.+)")
_POINTS = {"e mail": "email", "phone": "phone", "website": "web", "im": "social"}
_PLACES = {
    "street": "street",
    "city": "city",
    "region": "region",
    "postal code": "postal_code",
    "country": "country",
    "po box": "po_box",
    "extended address": "street",
    "formatted": "formatted",
}
_NAMING = frozenset({"name", "given_name", "family_name", "organisation", "email", "numbered"})
_ADDRESS_PARTS = frozenset({"street", "city", "region", "postal_code", "country", "po_box"})
_HONORIFIC_WORDS = (
    "mr mrs ms miss mx dr prof sir dame lord lady rev hon herr frau fraulein sr sra srta don dona pan "
    "pani mec mgr inz adw m mme mlle me madame monsieur doctor profesor professor"
)
_HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
_SKIPPED = frozenset(" ".join(tokens(name)) for name in (LINE_COLUMN, WHY_COLUMN, ENTRY_COLUMN))


def folded(header: Sequence[str]) -> list[str]:
    """The names of columns as the recipes hold them."""
    return [" ".join(tokens(name)) for name in header]


def known_columns(cells: Sequence[str]) -> int:
    """How many cells of a row are names of columns of a contact."""
    return sum(name in FIELDS or bool(_NUMBERED.fullmatch(name)) for name in set(folded(cells)))


def recipe_of(header: Sequence[str]) -> str:
    """The program that wrote the table, or "table"."""
    names = set(folded(header))
    return next((recipe for recipe, needed in SIGNATURES if needed <= names), "table")


@dataclass
class _Row:
    """What one row said in groups of columns, until the row is whole."""

    places: dict[str, dict[str, str]]
    numbered: dict[tuple[str, int], dict[str, str]]
    born: dict[str, str]
    client: dict[str, str]


def columns_of(header: Sequence[str], mapping: Mapping[str, str] | None, *, clients: bool) -> dict[str, str]:
    """What each column becomes: a field, or "custom". A mapping wins; raises no-such-column, unknown-field."""
    mapping = dict(mapping or {})
    for name, field in mapping.items():
        if name not in header:
            raise Refused("no-such-column", "mapping", column=name, columns=list(header))
        if not _is_field(field):
            raise Refused("unknown-field", "mapping", value=field)
    columns: dict[str, str] = {}
    for name, plain in zip(header, folded(header), strict=True):
        known = (CLIENT_NAMES.get(plain) if clients else None) or FIELDS.get(plain)
        if known is None and _NUMBERED.fullmatch(plain):
            known = "numbered:" + plain
        columns[name] = mapping.get(name) or known or ("ignore" if plain in _SKIPPED else "custom")
    return columns


def _is_field(field: str) -> bool:
    kinds = {known.partition(":")[0] for known in FIELDS.values()} | {"custom", "ignore"}
    return field.partition(":")[0] in kinds or field in CLIENT_NAMES.values()


def read_contacts(
    table: Table, recipe: str, country: str, mapping: Mapping[str, str] | None, *, clients: bool
) -> tuple[dict[str, str], list[Record], list[BadRow]]:
    """Each row as a record; gives what the columns became, the records, the rows that need a look."""
    columns = columns_of(table.header, mapping, clients=clients)
    if not {field.partition(":")[0] for field in columns.values()} & _NAMING:
        raise Refused("needs-mapping", "mapping", columns=table.header)
    fields = list(columns.values()) if len(columns) == len(table.header) else [columns[name] for name in table.header]
    dates = [i for i, field in enumerate(fields) if field in ("began_on", "client.since")]
    order = day_order((cells[i] for _, cells in table.rows for i in dates if i < len(cells)), country)
    records, bad = [], []
    for line, cells in table.rows:
        try:
            record = _read_row(line, cells, table.header, fields, recipe, country, order, clients)
            if not record.values["name"]:
                raise Refused("no-name")
            records.append(record)
        except Refused as refused:
            facts = dict(refused.facts) | ({"column": refused.field} if refused.field else {})
            bad.append(BadRow(line, refused.code, told(table.header, cells), facts))
    return columns, records, bad


def _read_row(
    line: int,
    cells: list[str],
    header: list[str],
    fields: list[str],
    recipe: str,
    country: str,
    order: str,
    clients: bool,
) -> Record:
    contact = Contact(line)
    row = _Row({}, {}, {}, {})
    for name, field, cell in zip(header, fields, cells, strict=False):
        cell = cell.strip()
        if cell:
            _put(contact, row, name, field, cell)
    _close(contact, row, order)
    record = as_record(contact, recipe, country, cells)
    if clients:
        record.client = _client(row.client, order)
    return record


def _put(contact: Contact, row: _Row, name: str, field: str, cell: str) -> None:
    kind, _, purpose = field.partition(":")
    if kind == "numbered":
        group, number, part = _NUMBERED.fullmatch(purpose).groups()  # type: ignore[union-attr]
        row.numbered.setdefault((group, int(number)), {})[part] = cell
    elif kind == "custom":
        if cell.lower() not in NOISE:
            contact.keep(name, cell)
    elif kind in ("email", "phone", "fax", "web", "social"):
        for value in _several(cell, kind):
            contact.points.append((kind, value, purpose, not contact.points))
    elif kind in _ADDRESS_PARTS:
        place = row.places.setdefault(purpose, {})
        place[kind] = f"{place[kind]}\n{cell}" if kind in place else cell
    elif kind == "name" and purpose:
        contact.names.append((purpose, cell))
    elif kind == "name":
        contact.name = cell
    elif kind == "tax":
        contact.tax_ids.append((purpose, cell))
    elif kind == "tags":
        contact.tags += [tag for tag in (_tag(part) for part in re.split(r" ::: |[;,]", cell)) if tag]
    elif kind == "notes":
        contact.notes.append(cell)
    elif kind == "title":
        spoken = set(tokens(cell)) & _HONORIFICS
        contact.parts.setdefault("prefix" if spoken or len(cell) < 5 else "job_title", cell)
    elif kind == "kind":
        contact.kind = _kind(cell)
    elif kind == "key":
        contact.key = f"id:{cell}"
    elif kind == "department":
        contact.keep(name, cell)
    elif kind.startswith("birth_"):
        row.born[kind] = cell
    elif kind.startswith("client."):
        row.client[kind.removeprefix("client.")] = cell
    elif kind != "ignore":
        if kind in contact.parts and contact.parts[kind] != cell:
            contact.keep(name, cell)
        contact.parts.setdefault(kind, cell)


def _several(cell: str, kind: str) -> list[str]:
    parts = cell.split(" ::: ")
    if kind == "email":
        parts = [part for whole in parts for part in re.split(r"[;,]\s*(?=[^\s;,@]+@)|\n", whole)]
    return [part.strip() for part in parts if part.strip()]


def _tag(text: str) -> str:
    text = text.strip().lstrip("*").strip()
    return "" if text.casefold() in ("mycontacts", "my contacts", "starred") else text


def _kind(cell: str) -> str:
    plain = "".join(tokens(cell))
    if plain in ("company", "organization", "organisation", "firma", "empresa", "business", "societe"):
        return "organisation"
    if plain in ("person", "individual", "contact", "persona", "osoba", "personne"):
        return "person"
    raise Refused("not-one-of", "kind", value=cell, allowed=list(get_args(words.PartyKind)))


def _close(contact: Contact, row: _Row, order: str) -> None:
    for (group, _), said in sorted(row.numbered.items()):
        _put_numbered(contact, row, group, said)
    for purpose, place in row.places.items():
        box = place.pop("po_box", "")
        if box:
            place["street"] = "\n".join(filter(None, (place.get("street", ""), box)))
        formatted = place.pop("formatted", "")
        if formatted and not place:
            place["street"] = formatted
        contact.addresses.append({"purpose": purpose.partition("#")[0], **place})
    born = contact.parts.pop("began_on", "")
    if row.born:
        year, month, day = (row.born.get(f"birth_{part}", "") for part in ("year", "month", "day"))
        if year.isdigit() and month.isdigit() and day.isdigit():
            born = f"{int(year):04}-{int(month):02}-{int(day):02}"
        else:
            contact.keep("Birthday", "-".join(part or "?" for part in (year, month, day)))
    if born and born not in EMPTY_DATES:
        if re.match(r"[- ]*-?\d\d-\d\d$", born):
            contact.keep("Birthday", born)
        else:
            contact.parts["began_on"] = date_of(born, order)


def _put_numbered(contact: Contact, row: _Row, group: str, said: dict[str, str]) -> None:
    label = (said.get("label") or said.get("type") or "").lstrip("* ").strip()
    value = said.get("value", "")
    if group in _POINTS:
        best = (said.get("label") or said.get("type") or "").startswith("*") or not contact.points
        kind = "fax" if "fax" in label.lower() else _POINTS[group]
        contact.points += [(kind, part, label.lower(), best) for part in _several(value, kind)]
    elif group == "address":
        place = row.places.setdefault(f"{label.lower()}#{len(row.places)}", {})
        for part, text in said.items():
            if part in _PLACES:
                name = _PLACES[part]
                place[name] = f"{place[name]}\n{text}" if name in place else text
    elif group == "organization":
        for part, name in (("name", "organisation"), ("title", "job_title")):
            if said.get(part):
                contact.parts.setdefault(name, said[part])
        if said.get("department"):
            contact.keep("Department", said["department"])
    elif value:
        contact.keep(label or group.capitalize(), value)


def _client(said: dict[str, str], order: str) -> dict[str, Any]:
    client: dict[str, Any] = {"number": said.get("number", ""), "valued": said.get("valued", "")}
    for column, allowed in (("standing", words.Standing), ("grade", words.Grade)):
        text = said.get(column, "")
        try:
            client[column] = word_of(text, get_args(allowed)) if text else ""
        except Refused as refused:
            raise Refused(refused.code, column, **refused.facts) from None
    client["since"] = date_of(said["since"], order) or None if said.get("since") else None
    days = said.get("rhythm_days", "")
    if days and not days.isdigit():
        raise Refused("not-a-number", "rhythm_days", value=days)
    client["rhythm_days"] = int(days) if days else None
    return client
