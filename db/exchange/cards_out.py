"""The parties of a practice as vCard 4.0, for any address book."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from db.errors import Trouble
from db.exchange.changes import Values, rows_by_id
from db.exchange.records import Progress
from db.rows import among, fetch

_PARTS = ("contact_point", "address", "party_name", "tag")
_TYPES = frozenset({"work", "home"})


def write_cards(session: Session, path: Path, only: Sequence[int] | None = None) -> int:
    """Write every party, or `only` these, as a card into a new file; gives how many. Notes stay in the practice.

    Raises Trouble disk.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for card in cards(session, only):
                file.write(card)
                count += 1
    except OSError as error:
        raise Trouble("disk", path=str(path), why=error.strerror or str(error)) from None
    return count


def write_client_cards(session: Session, path: Path, client_ids: Sequence[int], progress: Progress) -> int:
    """Write the cards of these clients into a new file; gives how many. Raises Trouble disk."""
    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            for card in client_cards(session, client_ids):
                file.write(card)
                count += 1
                if count % 500 == 0:
                    progress(count, len(client_ids))
    except OSError as error:
        raise Trouble("disk", path=str(path), why=error.strerror or str(error)) from None
    return count


def client_cards(session: Session, client_ids: Sequence[int]) -> Iterator[str]:
    """The cards of these clients, one after the other, by name."""
    some = json.dumps([int(one) for one in client_ids])
    found = fetch(session, "SELECT party_id FROM client WHERE id IN (SELECT value FROM json_each(?))", some)
    yield from cards(session, [row[0] for row in found])


def cards(session: Session, only: Sequence[int] | None = None) -> Iterator[str]:
    """The card of every party, or of `only` these, one after the other, by name."""
    connection = session.connection()
    identity = connection.exec_driver_sql("SELECT uuid FROM practice").scalar_one()
    for party, parts in _parties(connection, only):
        lines = _card(party, parts, f"{identity}-{party['id']}")
        yield "".join("\r\n ".join(_folded(line)) + "\r\n" for line in lines)


def _parties(connection: Connection, only: Sequence[int] | None) -> Iterator[tuple[Values, dict[str, list[Values]]]]:
    where = "" if only is None else f"WHERE id IN ({among(only)})"
    ids = [row[0] for row in connection.exec_driver_sql(f"SELECT id FROM party_order {where} ORDER BY key, id")]
    for start in range(0, len(ids), 1000):
        some = set(ids[start : start + 1000])
        parties = rows_by_id(connection, "party", some)
        parts = {table: rows_by_id(connection, table, some, "party_id") for table in _PARTS}
        for party in ids[start : start + 1000]:
            yield parties[party][0], {table: found.get(party, []) for table, found in parts.items()}


def _card(party: Values, parts: dict[str, list[Values]], uid: str) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:{uid}"
    yield f"KIND:{'org' if party['kind'] == 'organisation' else 'individual'}"
    yield f"FN:{_escaped(party['name'])}"
    names = [party[part] for part in ("family_name", "given_name", "middle_name", "prefix", "suffix")]
    if any(names):
        yield "N:" + ";".join(_escaped(name) for name in names)
    simple = {"ORG": party["organisation"], "TITLE": party["job_title"], "LANG": party["language"]}
    yield from (f"{name}:{_escaped(text)}" for name, text in simple.items() if text)
    if party["began_on"] and party["kind"] == "person":
        yield f"BDAY:{party['began_on'].replace('-', '')}"
    for other in parts["party_name"]:
        name = {"nickname": "NICKNAME", "maiden": "X-MAIDENNAME"}.get(other["kind"])
        if name:
            yield f"{name}:{_escaped(other['name'])}"
    for point in parts["contact_point"]:
        yield f"{_head(point)}:{_escaped(point['value'])}"
    for place in parts["address"]:
        told = ("", "", *(place[part] for part in ("street", "city", "region", "postal_code", "country")))
        kind = f";TYPE={place['purpose']}" if place["purpose"] in _TYPES else ""
        yield f"ADR{kind}:" + ";".join(_escaped(text) for text in told)
    if parts["tag"]:
        yield "CATEGORIES:" + ",".join(_escaped(tag["name"]) for tag in parts["tag"])
    yield "END:VCARD"


def _head(point: Values) -> str:
    name = {"email": "EMAIL", "phone": "TEL", "fax": "TEL", "web": "URL"}.get(point["kind"], "IMPP")
    types = ["fax"] if point["kind"] == "fax" else []
    types += {"mobile": ["cell"], "work": ["work"], "home": ["home"]}.get(point["purpose"], [])
    return name + "".join(f";TYPE={kind}" for kind in types) + (";PREF=1" if point["preferred"] else "")


def _escaped(text: Any) -> str:
    for sign, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = str(text).replace(sign, told)
    return str(text)


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 74 bytes, none of which ends inside a letter."""
    raw = line.encode()
    while len(raw) > 74:
        cut = 74
        while raw[cut] & 0xC0 == 0x80:
            cut -= 1
        yield raw[:cut].decode()
        raw = raw[cut:]
    yield raw.decode()
