"""Custom fields: what a practice wants to know of its clients and engagements beside what Cliens asks for.

A client's value stands with his party, where imports put the columns that they know no place for: both are one field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from pydantic import Field
from sqlmodel import Session

from db import firm
from db.engine import raw
from db.errors import Refused
from db.history import about
from db.inputs import Input, Text
from db.ordering import in_order
from db.rows import fetch, get, scalar
from db.tables import Client, Engagement, Party

FieldNoun = Literal["client", "engagement"]
FieldKind = Literal["text", "number", "date", "choice"]
SETTING = "custom_fields"
_KEPT_WITH = {"client": "party", "engagement": "engagement"}


class NewField(Input):
    """A field to be asked for; `choices` are what a field of the kind choice may hold."""

    noun: FieldNoun = "client"
    name: Text
    kind: FieldKind = "text"
    choices: list[Text] = Field(default_factory=list)


@dataclass(frozen=True)
class FieldRow:
    """A field, how many records have a value, and whether it was `defined` or only came with an import."""

    noun: str
    name: str
    kind: str
    choices: tuple[str, ...]
    count: int
    defined: bool


@dataclass(frozen=True)
class ValueRow:
    """One field of one record; `value` is text (a number plain, a date in ISO), empty where nothing is known."""

    name: str
    kind: str
    choices: tuple[str, ...]
    value: str


def list_fields(session: Session, noun: str | None = None) -> list[FieldRow]:
    """Every field of a noun (or of both): the defined ones in their order, then those that imports brought."""
    defined = [row for row in _defined(session) if noun in (None, row["noun"])]
    counts: dict[tuple[str, str], int] = {
        ("client" if kept == "party" else kept, name): count
        for kept, name, count in fetch(
            session,
            "SELECT noun, name, count(*) FROM custom_field WHERE noun IN ('party', 'engagement')"
            " GROUP BY noun, name ORDER BY noun DESC",
        )
    }
    rows = [
        FieldRow(
            row["noun"],
            row["name"],
            row["kind"],
            tuple(row["choices"]),
            counts.pop((row["noun"], row["name"]), 0),
            True,
        )
        for row in defined
    ]
    brought = [
        FieldRow(of, name, "text", (), count, False) for (of, name), count in counts.items() if noun in (None, of)
    ]
    return rows + sorted(in_order(session, brought, lambda row: row.name), key=lambda row: row.noun)


def define_field(session: Session, new: NewField) -> None:
    """Make a field, or give one that an import brought its kind; a name that is defined already is refused."""
    if any((row["noun"], row["name"].casefold()) == (new.noun, new.name.casefold()) for row in _defined(session)):
        raise Refused("field-exists", "name", name=new.name)
    choices = list(dict.fromkeys(new.choices)) if new.kind == "choice" else []
    if new.kind == "choice" and len(choices) < 2:
        raise Refused("choices-needed", "choices")
    _define(session, [*_defined(session), {**new.model_dump(), "choices": choices}])
    about(session, new.name)


def rename_field(session: Session, noun: str, name: str, new: str) -> None:
    """Give a field another name, with every value in it."""
    new = new.strip()
    if not new:
        raise Refused("required", "name")
    if new == name:
        return
    kept = _KEPT_WITH[noun]
    taken = scalar(session, "SELECT 1 FROM custom_field WHERE noun = ? AND name = ? LIMIT 1", kept, new)
    if taken or any(row["noun"] == noun and row["name"] == new for row in _defined(session)):
        raise Refused("field-exists", "name", name=new)
    fields = _defined(session)
    for row in fields:
        if (row["noun"], row["name"]) == (noun, name):
            row["name"] = new
    _define(session, fields)
    raw(session.connection()).execute("UPDATE custom_field SET name = ? WHERE noun = ? AND name = ?", (new, kept, name))
    about(session, f"{name} → {new}")


def drop_field(session: Session, noun: str, name: str) -> int:
    """Delete a field with every value in it (the trash keeps them); gives how many values there were."""
    _define(session, [row for row in _defined(session) if (row["noun"], row["name"]) != (noun, name)])
    driver = raw(session.connection())
    done = driver.execute("DELETE FROM custom_field WHERE noun = ? AND name = ?", (_KEPT_WITH[noun], name))
    about(session, name)
    return int(done.rowcount)


def set_value(session: Session, noun: str, record_id: int, name: str, value: str) -> None:
    """Fill in a field of a client or an engagement; an empty value clears it. A wrong one is refused beside `name`."""
    kept, kept_id, subject = _place(session, noun, record_id)
    known = next((row for row in _defined(session) if (row["noun"], row["name"]) == (noun, name)), None)
    told = _told(known or {"kind": "text", "choices": []}, name, value.strip())
    driver = raw(session.connection())
    where = "noun = ? AND record_id = ? AND name = ?"
    if not told:
        driver.execute(f"DELETE FROM custom_field WHERE {where}", (kept, kept_id, name))
    elif not driver.execute(f"UPDATE custom_field SET value = ? WHERE {where}", (told, kept, kept_id, name)).rowcount:
        driver.execute(
            "INSERT INTO custom_field (noun, record_id, name, value) VALUES (?, ?, ?, ?)", (kept, kept_id, name, told)
        )
    about(session, f"{name} · {subject}")


def values_of(session: Session, noun: str, record_id: int) -> list[ValueRow]:
    """What is known of one client or engagement: every defined field in its order, then what an import brought."""
    kept, kept_id, _subject = _place(session, noun, record_id)
    query = "SELECT name, value FROM custom_field WHERE noun = ? AND record_id = ? ORDER BY id"
    held: dict[str, str] = {row[0]: row[1] for row in fetch(session, query, kept, kept_id)}
    rows = [
        ValueRow(row["name"], row["kind"], tuple(row["choices"]), held.pop(row["name"], ""))
        for row in _defined(session)
        if row["noun"] == noun
    ]
    return rows + [ValueRow(name, "text", (), value) for name, value in held.items()]


def _place(session: Session, noun: str, record_id: int) -> tuple[str, int, str]:
    """Where the values of a record stand, and the record's own name."""
    if noun == "engagement":
        return "engagement", record_id, get(session, Engagement, record_id, "engagement").title
    party_id = get(session, Client, record_id, "client").party_id
    return "party", party_id, get(session, Party, party_id).name


def _told(field: dict[str, Any], name: str, value: str) -> str:
    """A value as it is kept; refuses what the field's kind does not allow."""
    if not value:
        return ""
    if field["kind"] == "number":
        try:
            number = Decimal(value.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except InvalidOperation:
            raise Refused("not-a-number", name, value=value) from None
        if not number.is_finite():
            raise Refused("not-a-number", name, value=value)
        return format(number, "f")
    if field["kind"] == "date":
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise Refused("not-a-date", name, value=value) from None
    if field["kind"] == "choice" and value not in field["choices"]:
        raise Refused("not-a-choice", name, value=value, choices=field["choices"])
    return value


def _defined(session: Session) -> list[dict[str, Any]]:
    kept = firm.get_setting(session, SETTING, [])
    return [
        {"noun": row["noun"], "name": row["name"], "kind": row["kind"], "choices": row.get("choices", [])}
        for row in kept
        if row.get("noun") in _KEPT_WITH and row.get("kind") in get_args(FieldKind)
    ]


def _define(session: Session, fields: Sequence[dict[str, Any]]) -> None:
    if list(fields) != _defined(session):
        firm.set_setting(session, SETTING, list(fields))
        session.flush()
