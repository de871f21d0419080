"""Deletion: a record with all that is its own, leaf by leaf, so that the journal can bring all of it back."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from db import tables
from db.engine import raw
from db.errors import Refused
from db.history import SEALED

_TABLES = tables.Practice.metadata.tables
# What may stand alone in a table but goes with its owner all the same.
_OWNED = {("attachment", "client_id"), ("attachment", "engagement_id"), ("attachment", "advice_id")}
_OWNED |= {("insight", "client_id")}
# Tables that name a record of any noun by (noun, record_id).
_BESIDE = ("custom_field", "set_aside", "source_key")
_OF_PARTY = ("party_name", "contact_point", "address", "tax_id", "tag")
_AMONG = "(SELECT value FROM json_each(?))"


def delete_record(session: Session, noun: str, record_id: int) -> None:
    """Delete a record, what is its own and what was noted beside it; what merely names it forgets the name.

    Refuses with `still-needed` where something stands on it that is never removed: recorded advice, an answer to it,
    a decision.
    """
    session.flush()
    _delete(raw(session.connection()), noun, [record_id])
    session.expire_all()


def has_record(session: Session, column: str, record_id: int) -> bool:
    """Whether recorded advice or a conflict check stands on this record; `column` is client_id or engagement_id."""
    driver = raw(session.connection())
    return any(
        driver.execute(f"SELECT 1 FROM {noun} WHERE {column} = ? AND {more} LIMIT 1", (record_id,)).fetchone()
        for noun, more in (("advice", "state = 'recorded'"), ("conflict_check", "1"))
    )


def is_named(session: Session, party_id: int) -> bool:
    """Whether anything but its own names, addresses and the like still names a party."""
    driver = raw(session.connection())
    return any(
        driver.execute(f'SELECT 1 FROM {table} WHERE "{column}" = ? LIMIT 1', (party_id,)).fetchone()
        for table, column, _needed in _references("party")
        if table not in _OF_PARTY
    )


def _delete(driver: Any, noun: str, record_ids: Collection[int]) -> None:
    some = json.dumps(sorted(record_ids))
    for name, column, needed in _references(noun):
        found = [row[0] for row in driver.execute(f'SELECT id FROM {name} WHERE "{column}" IN {_AMONG}', (some,))]
        if not found:
            continue
        if name in SEALED and not _unsealed(driver, name, found):
            raise Refused("still-needed")
        if needed or (name, column) in _OWNED:
            _delete(driver, name, found)
        else:
            driver.execute(f'UPDATE {name} SET "{column}" = NULL WHERE "{column}" IN {_AMONG}', (some,))
    for name in _BESIDE:
        driver.execute(f"DELETE FROM {name} WHERE noun = ? AND record_id IN {_AMONG}", (noun, some))
    if noun == "advice":
        driver.execute(f"DELETE FROM custom_field WHERE noun = 'draft' AND record_id IN {_AMONG}", (some,))
    driver.execute(f"DELETE FROM {noun} WHERE id IN {_AMONG}", (some,))


def _references(noun: str) -> list[tuple[str, str, bool]]:
    """The columns that name this noun, as (table, column, whether the row cannot be without it)."""
    return [
        (table.name, column.name, not column.nullable)
        for table in _TABLES.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == noun
    ]


def _unsealed(driver: Any, noun: str, record_ids: Collection[int]) -> bool:
    condition = SEALED[noun][0].replace("OLD.", "")
    asked = f"SELECT 1 FROM {noun} WHERE id IN {_AMONG} AND {condition} LIMIT 1"
    return driver.execute(asked, (json.dumps(sorted(record_ids)),)).fetchone() is None
