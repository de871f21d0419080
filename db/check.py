"""The whole file verified: pages, foreign keys, search index against tables, chain, and tables against the journal."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from db import chain, history, search
from db.chain import Checked, Problem

_PROBLEMS_AT_MOST = 100


def check(connection: Connection, *, encrypted: bool) -> Checked:
    """Everything that can be verified, with the first bad entry named; `encrypted` adds the pages' own seals."""
    problems: list[Problem] = []
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall():
        if words != "ok":
            problems.append(Problem("pages", {"words": words}))
    if encrypted:
        for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
            problems.append(Problem("cipher-page", {"words": row[0]}))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        problems.append(Problem("missing-parent", {"noun": row[0], "id": row[1], "parent": row[2]}))
    problems += _triggers(connection)
    problems += [Problem("index", {"noun": noun, "id": record}) for noun, record in search.differences(connection)]
    broken, steps, entries, digest = chain.verify(connection)
    problems += broken + _against_journal(connection)
    return Checked(problems[:_PROBLEMS_AT_MOST], steps, entries, digest)


def _triggers(connection: Connection) -> list[Problem]:
    kept = {
        row[0]: row[1]
        for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    }
    due = {statement.split()[2]: statement for statement in history.trigger_statements()}
    wrong = [name for name, statement in due.items() if kept.get(name) != statement]
    return [Problem("guard", {"trigger": name}) for name in [*wrong, *sorted(kept.keys() - due.keys())]]


def _against_journal(connection: Connection) -> list[Problem]:
    problems = []
    for noun in history.journalled():
        columns = [column.name for column in SQLModel.metadata.tables[noun].columns if column.name != "id"]
        told = "json_object(" + ", ".join(f"'{column}', \"{column}\"" for column in columns) + ")"
        rows = iter(connection.exec_driver_sql(f"SELECT id, {told} FROM {noun} ORDER BY id"))
        row = next(rows, None)
        for record, expected in _replayed(connection, noun):
            while row is not None and row[0] < record:
                problems.append(Problem("entry-inserted", {"noun": noun, "id": row[0]}))
                row = next(rows, None)
            here = json.loads(row[1]) if row is not None and row[0] == record else None
            if expected is not None and here is None:
                problems.append(Problem("entry-removed", {"noun": noun, "id": record}))
            elif expected is None and here is not None:
                problems.append(Problem("entry-inserted", {"noun": noun, "id": record}))
            elif expected is not None and here is not None and _differ(expected, here):
                problems.append(Problem("entry-altered", {"noun": noun, "id": record}))
            if here is not None:
                row = next(rows, None)
        while row is not None:
            problems.append(Problem("entry-inserted", {"noun": noun, "id": row[0]}))
            row = next(rows, None)
    return problems


def _differ(expected: dict[str, Any], here: dict[str, Any]) -> bool:
    # A column that a later version added or dropped is known to one of the two alone.
    return any(here[column] != value for column, value in expected.items() if column in here)


def _replayed(connection: Connection, noun: str) -> Any:
    """Each row id of a table with what the journal says that it holds now (None: deleted)."""
    changes = connection.exec_driver_sql(
        "SELECT row_id, kind, after FROM change WHERE noun = ? AND NOT erased ORDER BY row_id, id", (noun,)
    )
    current: int | None = None
    state: dict[str, Any] | None = None
    for record, kind, after in changes:
        if record != current:
            if current is not None:
                yield current, state
            current, state = record, None
        if kind == "delete":
            state = None
        else:
            state = {**(state or {}), **json.loads(after)}
    if current is not None:
        yield current, state
