"""The whole file verified: pages, foreign keys, search index against tables, chain, and tables against the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from db import chain, history, search
from db.chain import Checked, Problem
from db.engine import raw, result_code

_PROBLEMS_AT_MOST = 100
# Of SQLite's own steps: some hundredths of a second, and a tenth where each reads a page of its own.
STEPS_AT_ONCE = 200_000

Progress = Callable[[int, int], None]
_DAMAGED = {11, 26}  # SQLITE_CORRUPT, SQLITE_NOTADB


@contextmanager
def given_up(connection: Connection, progress: Progress) -> Iterator[None]:
    """Let a long statement end when `progress` raises; what it raised goes on from here."""
    raised: list[BaseException] = []

    def ask() -> int:
        try:
            progress(0, 0)
        except BaseException as error:
            raised.append(error)
        return len(raised)

    raw(connection).set_progress_handler(ask, STEPS_AT_ONCE)
    try:
        yield
    except (DBAPIError, driver.Error):
        if raised:
            raise raised[0] from None
        raise
    finally:
        raw(connection).set_progress_handler(None, 0)


def check(connection: Connection, *, encrypted: bool, progress: Progress | None = None) -> Checked:
    """Everything that can be verified, with the first bad entry named; `encrypted` adds the pages' own seals.

    `progress(done, of)` may raise: then the check ends soon, in the middle of a statement too.
    """
    tell = progress or (lambda _done, _of: None)
    with given_up(connection, tell):
        return _check(connection, encrypted, tell)


def _check(connection: Connection, encrypted: bool, progress: Progress) -> Checked:
    problems: list[Problem] = []
    told = chain.Told([], 0, 0, "")

    def chained() -> list[Problem]:
        nonlocal told
        told = chain.verify(connection, lambda _done, _of: progress(0, 0))
        return told.problems

    stages: list[Callable[[], list[Problem]]] = [
        *([lambda: _cipher_pages(connection)] if encrypted else []),
        lambda: _pages(connection),
        lambda: _parents(connection),
        lambda: _triggers(connection),
        lambda: _index(connection),
        chained,
        lambda: _against_journal(connection),
    ]
    for number, stage in enumerate(stages):
        progress(number, len(stages))
        try:
            problems += stage()
        except (DBAPIError, driver.Error) as error:
            # A damaged page ends the stage that meets it; the others still tell what they can.
            cause = error.orig if isinstance(error, DBAPIError) else error
            if cause is None or result_code(cause) not in _DAMAGED:
                raise
            problems.append(Problem("pages", {"words": str(cause)}))
    return Checked(problems[:_PROBLEMS_AT_MOST], told.steps, told.entries, told.digest)


def _cipher_pages(connection: Connection) -> list[Problem]:
    rows = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    return [Problem("cipher-page", {"words": row[0]}) for row in rows]


def _pages(connection: Connection) -> list[Problem]:
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall()
    return [Problem("pages", {"words": row[0]}) for row in rows if row[0] != "ok"]


def _parents(connection: Connection) -> list[Problem]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [Problem("missing-parent", {"noun": row[0], "id": row[1], "parent": row[2]}) for row in rows]


def _index(connection: Connection) -> list[Problem]:
    return [Problem("index", {"noun": noun, "id": record}) for noun, record in search.differences(connection)]


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
