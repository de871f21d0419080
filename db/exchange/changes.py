"""What an import would change, worked out without writing, and the writing of it in bulk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from db import tables
from db.engine import raw
from db.exchange.records import BadRow, ImportPlan, Progress, Record

Values = dict[str, Any]

_CHUNK = 2_000
_MODELS: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for model in vars(tables).values()
    if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
}


@dataclass
class Changes:
    """New records and, for known ones, their columns, parts and keys; `files` are clients' files on known parties."""

    new: list[tuple[Record, str]] = field(default_factory=list)
    inserts: list[tuple[str, Values]] = field(default_factory=list)
    files: list[tuple[int, Values]] = field(default_factory=list)
    updates: list[tuple[str, int, Values]] = field(default_factory=list)
    deletes: list[tuple[str, int]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    updated: int = 0
    unchanged: int = 0

    @property
    def size(self) -> int:
        """How many changes of known records there are so far."""
        return len(self.updates) + len(self.inserts) + len(self.deletes) + len(self.files)

    def keep_key(
        self, known: tuple[int, int, str] | None, source: str, key: str, noun: str, record: int, digest: str
    ) -> None:
        """Remember under which key of its source a known record stands, and what its row said."""
        if known is None:
            values = {"source": source, "key": key, "noun": noun, "record_id": record, "digest": digest}
            self.inserts.append(("source_key", values))
        else:
            self.updates.append(("source_key", known[1], {"record_id": record, "digest": digest}))


def plan_digest(plan: ImportPlan) -> bytes:
    """What the columns were taken for: the same cells read otherwise are not the same row."""
    return hashlib.sha256(repr((plan.columns, plan.noun)).encode()).digest()


def row_digest(start: bytes, record: Record) -> str:
    """The digest of a row as the file held it."""
    return hashlib.blake2b("\x1f".join(record.cells).encode("utf-8", "replace"), key=start, digest_size=16).hexdigest()


def known_keys(connection: Connection, source: str) -> dict[str, tuple[int, int, str]]:
    """key → (record id, id of the key, digest of the row) of all that this source brought before."""
    rows = connection.exec_driver_sql("SELECT key, record_id, id, digest FROM source_key WHERE source = ?", (source,))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def rows_by_id(
    connection: Connection, table: str, ids: set[int], column: str = "id", *, noun: str = ""
) -> dict[int, list[Values]]:
    """The whole rows of a table whose `column` is among the ids, by id; `noun` picks the custom fields of one table."""
    found: dict[int, list[Values]] = defaultdict(list)
    ordered = sorted(ids)
    extra = f" AND noun = '{noun}'" if noun else ""
    for start in range(0, len(ordered), 1000):
        some = ",".join(map(str, ordered[start : start + 1000]))
        cursor = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE {column} IN ({some}){extra} ORDER BY id')
        for row in cursor.mappings():
            found[row[column]].append(dict(row))
    return found


class Inserts:
    """Rows that wait to be inserted many at a time, with ids known beforehand so that rows can point at each other."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._last: dict[str, int] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._shapes: dict[str, Values] = {}

    def add(self, table: str, values: Values) -> int:
        """Put a row in the queue; columns that are not given take the table's defaults. Gives its id."""
        if table not in self._shapes:
            self._shapes[table] = shape(table)
            self._last[table] = self.connection.exec_driver_sql(
                f'SELECT coalesce(max(id), 0) FROM "{table}"'
            ).scalar_one()
            used = self.connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
            self._last[table] = max(self._last[table], used or 0)
        self._last[table] += 1
        row = self._shapes[table] | values
        row["id"] = self._last[table]
        self._rows[table].append(tuple(row.values()))
        return self._last[table]

    def flush(self) -> None:
        """Insert what waits, parents first."""
        for table in SQLModel.metadata.sorted_tables:
            rows = self._rows.pop(table.name, None)
            if rows:
                columns = self._shapes[table.name]
                names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
                raw(self.connection).executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)


def shape(table: str) -> Values:
    """The columns of a table, id first, each with the raw value that it has when nothing is given."""
    metadata: Table = SQLModel.metadata.tables[table]
    fields = _MODELS[table].model_fields
    columns: Values = {"id": None}
    for column in metadata.columns:
        default = fields[column.name].get_default()
        columns[column.name] = (
            int(default) if isinstance(default, bool) else default if isinstance(default, str | int) else None
        )
    return columns


def write(connection: Connection, plan: ImportPlan, changes: Changes, now: str, progress: Progress | None) -> None:
    """Write all the changes of a plan."""
    inserts = Inserts(connection)
    total, done = len(changes.new), 0
    for table, row_id in changes.deletes:
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
    for table, row_id, values in changes.updates:
        setting = ", ".join(f'"{column}" = ?' for column in values)
        connection.exec_driver_sql(f'UPDATE "{table}" SET {setting} WHERE id = ?', (*values.values(), row_id))
    for table, values in changes.inserts:
        inserts.add(table, values)
    for party_id, client in changes.files:
        add_client(inserts, party_id, client, now[:10])
    for start in range(0, total, _CHUNK):
        for record, digest in changes.new[start : start + _CHUNK]:
            _insert(inserts, plan.source, record, digest, now)
        inserts.flush()
        done = min(start + _CHUNK, total)
        if progress is not None:
            progress(done, total)
    inserts.flush()


_PARENT = {"party": "party_id", "advice": "advice_id"}


def _insert(inserts: Inserts, source: str, record: Record, digest: str, now: str) -> None:
    if record.noun == "party":
        record.values["created_at"] = now
    row_id = inserts.add(record.noun, record.values)
    for table, rows in record.parts.items():
        for row in rows:
            inserts.add(table, {**row, _PARENT[record.noun]: row_id})
    for name, value in record.custom.items():
        inserts.add("custom_field", {"noun": record.noun, "record_id": row_id, "name": name, "value": value})
    if record.client is not None:
        add_client(inserts, row_id, record.client, now[:10])
    key = {"source": source, "key": record.key, "noun": record.noun, "record_id": row_id, "digest": digest}
    inserts.add("source_key", key)


def add_client(inserts: Inserts, party_id: int, client: Values, today: str) -> None:
    """Open a client's file on a party."""
    client_id = inserts.add("client", {**client, "party_id": party_id})
    change = {"client_id": client_id, "standing": client["standing"], "changed_on": client["since"] or today}
    inserts.add("standing_change", change)
