"""The practice as it was: the rows of one client, put together in memory from the journal as of one of its entries.

Nothing is believed of today's tables but which rows there are: what stood in them then is what the journal says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from db import history, tables
from db.rows import among, fetch, ids, scalar

Record = tuple[str, int]
_TABLES = tables.Practice.metadata.tables
_AT_ONCE = 1000
# Whole in every past: few rows, and a paper may name any of them.
_OF_HOUSE = ("practice", "setting", "person")
# What goes with every name that a paper says; the file of that name does not.
_OF_NAME = ("party_name", "contact_point", "address", "tax_id", "tag")


@dataclass(frozen=True)
class Past:
    """A practice that can be asked as any other; `is_whole` unless content was erased for good since then."""

    session: Session
    is_whole: bool


@contextmanager
def as_of(session: Session, last: int, client_id: int | None, also: Iterable[Record] = ()) -> Iterator[Past]:
    """What the file held of a client, and of the records in `also`, when the entry `last` of the journal was the last.

    With them comes what they name: the house, engagements, people, and the names in their roles.
    """
    states, is_whole = _then(session, last, client_id, set(also))
    engine = create_engine("sqlite://", module=driver, poolclass=StaticPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            SQLModel.metadata.create_all(connection)
            for noun, rows in states.items():
                _put(connection, noun, rows)
            _put_pictures(session, connection)
            with Session(connection, autoflush=False) as past:
                yield Past(past, is_whole)
    finally:
        engine.dispose()


def records_of(session: Session, last: int, client_id: int) -> set[Record]:
    """The records of a client, today or after the entry `last` of the journal, with the names and work they name."""
    own, new = {("client", client_id)}, {("client", client_id)}
    while new:
        new = _below(session, last, list(new)) - own
        own |= new
    party = scalar(session, "SELECT party_id FROM client WHERE id = ?", client_id)
    if party is None:
        return own
    return own | {("party", party)} | _below(session, last, [("party", party)]) | _links(session, last, party)


def _then(
    session: Session, last: int, client_id: int | None, also: set[Record]
) -> tuple[dict[str, list[dict[str, Any]]], bool]:
    """The rows by table, and whether nothing of them was erased."""
    wanted = {(noun, row_id) for noun in _OF_HOUSE for row_id in ids(session, f"SELECT id FROM {noun}")} | also
    if client_id is not None:
        wanted.add(("client", client_id))
    own = set(wanted)
    seen: set[Record] = set()
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    is_whole = True
    while wanted:
        seen |= wanted
        found, whole = _replayed(session, last, wanted)
        is_whole = is_whole and whole
        below = _below(session, last, [record for record in found if record in own])
        own |= below
        named = _below(session, last, [record for record in found if record[0] == "party"])
        client = found.get(("client", client_id or 0))
        links = _links(session, last, client["party_id"]) if client is not None else set()
        wanted = (below | named | links | _named(found)) - seen
        for (noun, row_id), state in found.items():
            rows[noun].append({"id": row_id, **state})
    return rows, is_whole


def _replayed(session: Session, last: int, wanted: set[Record]) -> tuple[dict[Record, dict[str, Any]], bool]:
    """What each record held then, without those that were not there; and whether nothing of it was erased."""
    found: dict[Record, dict[str, Any]] = {}
    erased: set[Record] = set()
    by_noun: dict[str, list[int]] = defaultdict(list)
    for noun, row_id in sorted(wanted):
        by_noun[noun].append(row_id)
    for noun, numbers in by_noun.items():
        for start in range(0, len(numbers), _AT_ONCE):
            changes = fetch(
                session,
                "SELECT row_id, kind, after, erased FROM change WHERE id <= ? AND noun = ?"
                f" AND row_id IN ({among(numbers[start : start + _AT_ONCE])}) ORDER BY row_id, id",
                last,
                noun,
            )
            for row_id, kind, after, gone in changes:
                record = (noun, row_id)
                if gone:
                    erased.add(record)
                if kind == "delete":
                    found.pop(record, None)
                else:
                    found[record] = {**found.get(record, {}), **json.loads(after or "{}")}
    for noun, row_id in erased & found.keys():
        found[noun, row_id] = {**_today(session, noun, row_id), **found[noun, row_id]}
    return found, not erased


def _today(session: Session, noun: str, row_id: int) -> dict[str, Any]:
    told = ", ".join(f"'{column.name}', \"{column.name}\"" for column in _TABLES[noun].columns if column.name != "id")
    return dict(json.loads(scalar(session, f"SELECT json_object({told}) FROM {noun} WHERE id = ?", row_id) or "{}"))


@cache
def _children() -> dict[str, list[tuple[str, str]]]:
    """For a client, an engagement, an advice, an insight and a party: the columns that refer to one, with the table."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for noun in history.journalled():
        for column, target in _references(noun):
            of_name = target == "party" and noun in _OF_NAME
            if of_name or target in ("client", "engagement", "advice", "insight"):
                found[target].append((noun, column))
    return found


@cache
def _references(noun: str) -> list[tuple[str, str]]:
    return [(column.name, key.column.table.name) for column in _TABLES[noun].columns for key in column.foreign_keys]


def _below(session: Session, last: int, records: list[Record]) -> set[Record]:
    """What refers to these records, today or before it was deleted or moved since."""
    by_noun: dict[str, list[int]] = defaultdict(list)
    for noun, row_id in records:
        by_noun[noun].append(row_id)
    return {
        record
        for parent, numbers in by_noun.items()
        for record in _referring(session, last, _children().get(parent, ()), numbers)
    }


def _referring(session: Session, last: int, columns: Iterable[tuple[str, str]], numbers: Iterable[int]) -> set[Record]:
    some, found = among(numbers), set()
    for noun, column in columns:
        today = f'SELECT id FROM {noun} WHERE "{column}" IN ({some})'
        since = (
            f"SELECT row_id FROM change WHERE id > {int(last)} AND noun = '{noun}' AND kind <> 'insert'"
            f" AND json_extract(before, '$.{column}') IN ({some})"
        )
        found |= {(noun, row_id) for row_id in ids(session, f"{today} UNION {since}")}
    return found


def _links(session: Session, last: int, party_id: int) -> set[Record]:
    # Told of the client alone, not of everybody who is named.
    return _referring(session, last, (("party_link", "from_id"), ("party_link", "to_id")), [party_id])


def _named(found: dict[Record, dict[str, Any]]) -> set[Record]:
    """The records that these refer to."""
    return {
        (target, state[column])
        for (noun, _row), state in found.items()
        for column, target in _references(noun)
        if state.get(column) is not None
    }


@cache
def _defaults(noun: str) -> dict[str, Any]:
    """What a column holds in rows from before it was there."""
    shape = next(m.class_ for m in SQLModel._sa_registry.mappers if getattr(m.local_table, "name", "") == noun)
    given = {name: field.get_default() for name, field in shape.model_fields.items()}
    return {column.name: given.get(column.name) for column in _TABLES[noun].columns}


def _put(connection: Connection, noun: str, rows: list[dict[str, Any]]) -> None:
    defaults = _defaults(noun)
    names = ", ".join(f'"{column}"' for column in defaults)
    values = [tuple(row.get(column, default) for column, default in defaults.items()) for row in rows]
    marks = ", ".join("?" * len(defaults))
    connection.exec_driver_sql(f"INSERT INTO {noun} ({names}) VALUES ({marks})", values)


def _put_pictures(session: Session, connection: Connection) -> None:
    """The bytes of the logo, which stand outside the journal under their digest."""
    logo = connection.exec_driver_sql("SELECT logo_sha256 FROM practice").scalar()
    pieces = fetch(session, "SELECT sha256, piece, content FROM attachment_chunk WHERE sha256 = ?", logo or "")
    if pieces:
        statement = "INSERT INTO attachment_chunk (sha256, piece, content) VALUES (?, ?, ?)"
        connection.exec_driver_sql(statement, [tuple(piece) for piece in pieces])
