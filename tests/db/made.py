"""Records that several tests need, made by the real verbs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.errors import Trouble
from db.names import name_key, order_key
from db.parties import NewParty
from db.practice import Practice
from db.vault import Key


def client(practice: Practice, name: str = "Mateusz Zolc") -> int:
    """A client's id."""
    number = practice.do(add_client, NewClient(party=NewParty(name=name))).result
    assert isinstance(number, int)
    return number


def advice(
    practice: Practice,
    client_id: int,
    question: str = "Should we settle?",
    told: str = "Settle this month.",
    record: bool = False,
) -> int:
    """An advice entry's id; a draft unless `record`."""
    new = NewAdvice(client_id=client_id, question=question, advice=told, record=record)
    number = practice.do(log_advice, new).result
    assert isinstance(number, int)
    return number


def rows(practice: Practice, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What a plain query gives on the reading side."""
    return practice.ask(lambda session: [tuple(row) for row in session.connection().exec_driver_sql(sql, values)])


def value(practice: Practice, sql: str, *values: object) -> object:
    """The first column of the first row."""
    return rows(practice, sql, *values)[0][0]


def bare(path: Path, key: Key | None = None) -> driver.Connection:
    """The file as somebody with the key opens it by any SQLCipher tool."""
    connection = driver.connect(str(path), isolation_level=None)
    if key is not None:
        connection.execute(f'PRAGMA key = "{key.pragma}"')
    return connection


def tampered(path: Path, key: Key | None, *statements: str) -> None:
    """Change a closed file behind the program's back: its triggers away, then these statements, then all put back."""
    connection = bare(path, key)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()
    }


@contextmanager
def refused(path: Path, code: str, **facts: object) -> Iterator[None]:
    before = snapshot(path.parent)
    with pytest.raises(Trouble) as trouble:
        yield
    assert trouble.value.code == code
    assert {name: trouble.value.facts.get(name) for name in facts} == facts
    assert snapshot(path.parent) == before


def misplaced(practice: Practice) -> list[tuple[object, ...]]:
    """The records that do not stand in the order of the file's language, as (noun, id), each key made afresh."""
    sources = {
        "party": "SELECT id, kind, name, given_name, family_name FROM party",
        "engagement": "SELECT id, substr(title, 1, 60) FROM engagement",
        "advice": "SELECT id, substr(question, 1, 60) FROM advice",
    }
    language = str(value(practice, "SELECT language FROM ordering"))
    found: list[tuple[object, ...]] = []
    for noun, source in sources.items():
        due = {
            row[0]: name_key(language, *map(str, row[1:])) if noun == "party" else order_key(str(row[1]), language)
            for row in rows(practice, source)
        }
        kept = {row[0]: row[1] for row in rows(practice, f"SELECT id, key FROM {noun}_order")}
        found += [(noun, record) for record in due.keys() | kept.keys() if due.get(record) != kept.get(record)]
    return found
