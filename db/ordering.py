"""The order in which names, titles and questions stand in a language: keys beside the records, outside the history.

They are derived, so that another language is no step: the triggers below give every record a row of its own, the end
of each step its key, and `speak` makes all keys anew when the window speaks another language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from db.engine import raw
from db.names import name_key, order_key

if TYPE_CHECKING:
    from db.backup import Progress
    from db.practice import Practice

Item = TypeVar("Item")

# Beyond these letters two questions are told apart by nobody who looks for one.
_LETTERS = 60
# What the key of each noun is made of, by its id.
_SOURCES = {
    "party": "SELECT id, kind, name, given_name, family_name FROM party",
    "engagement": f"SELECT id, substr(title, 1, {_LETTERS}) FROM engagement",
    "advice": f"SELECT id, substr(question, 1, {_LETTERS}) FROM advice",
}
# So many at once that nobody who writes meanwhile waits for them.
_AT_ONCE = 2000


def _key(noun: str, language: str, parts: Any) -> str:
    return name_key(language, *parts) if noun == "party" else order_key(parts[0], language)


def trigger_statements() -> list[str]:
    """The triggers by which each record has exactly one row in the table of its noun's order."""
    return [
        statement
        for noun in _SOURCES
        for statement in (
            f"CREATE TRIGGER {noun}_ordered AFTER INSERT ON {noun}"
            f" BEGIN INSERT INTO {noun}_order (id, key) VALUES (NEW.id, ''); END",
            f"CREATE TRIGGER {noun}_unordered AFTER DELETE ON {noun}"
            f" BEGIN DELETE FROM {noun}_order WHERE id = OLD.id; END",
        )
    ]


def order_touched(connection: Connection, touched: dict[str, set[int]]) -> None:
    """Give the records that a step touched their place."""
    language = ""
    for noun in _SOURCES.keys() & touched.keys():
        language = language or spoken(connection)
        for some in _portions(touched[noun]):
            _order(connection, noun, language, "id IN (SELECT value FROM json_each(?))", json.dumps(some))


def rebuild(connection: Connection, language: str) -> None:
    """Make every key anew, in a file that has none yet."""
    connection.exec_driver_sql("DELETE FROM ordering")
    connection.exec_driver_sql("INSERT INTO ordering (id, language, whole) VALUES (1, ?, 1)", (language,))
    for noun in _SOURCES:
        connection.exec_driver_sql(f"DELETE FROM {noun}_order")
        # Half a million keys are sorted at once in a third of the time in which each finds its place.
        connection.exec_driver_sql(f"DROP INDEX ix_{noun}_order_key")
        rows = raw(connection).execute(f"{_SOURCES[noun]} ORDER BY id")
        keys = ((row[0], _key(noun, language, row[1:])) for row in rows)
        raw(connection).executemany(f"INSERT INTO {noun}_order (id, key) VALUES (?, ?)", keys)
        connection.exec_driver_sql(f"CREATE INDEX ix_{noun}_order_key ON {noun}_order (key)")


def spoken(connection: Connection) -> str:
    """The language in whose order new keys are made."""
    language: str = connection.exec_driver_sql("SELECT language FROM ordering").scalar_one()
    return language


def in_order(session: Session, items: Iterable[Item], text: Callable[[Item], str] = str) -> list[Item]:
    """A short list in the order of the file's language, by the text of each item."""
    language = spoken(session.connection())
    return sorted(items, key=lambda item: order_key(text(item), language))


def speak(practice: Practice, language: str, progress: Progress = lambda _done, _of: None) -> bool:
    """Put everything in the order of a language; gives whether anything was not in it.

    It is no step, and others may read and write meanwhile. `progress(done, of)` counts nouns; it may raise, and then
    the rest is done at the next call.
    """
    if practice.ask(_is_whole, language):
        return False
    practice.jot(_begin, language)
    for done, noun in enumerate(_SOURCES):
        last: int | None = 0
        while last is not None:
            progress(done, len(_SOURCES))
            last = practice.jot(_order_some, noun, language, last)
    practice.jot(_finish, language)
    progress(len(_SOURCES), len(_SOURCES))
    return True


def _is_whole(session: Session, language: str) -> bool:
    row = session.connection().exec_driver_sql("SELECT language, whole FROM ordering").one()
    return tuple(row) == (language, 1)


def _begin(session: Session, language: str) -> None:
    session.connection().exec_driver_sql("UPDATE ordering SET language = ?, whole = 0", (language,))


def _finish(session: Session, language: str) -> None:
    session.connection().exec_driver_sql("UPDATE ordering SET whole = 1 WHERE language = ?", (language,))


def _order_some(session: Session, noun: str, language: str, after: int) -> int | None:
    """Order the next few records; gives the last of them, or None where there was none."""
    return _order(session.connection(), noun, language, f"id > ? ORDER BY id LIMIT {_AT_ONCE}", after)


def _order(connection: Connection, noun: str, language: str, which: str, value: Any) -> int | None:
    driver = raw(connection)
    rows = driver.execute(f"{_SOURCES[noun]} WHERE {which}", (value,)).fetchall()
    keys = [(_key(noun, language, row[1:]), row[0]) for row in rows]
    # Most keys are the same in every language: what stays is not written again.
    driver.executemany(f"UPDATE {noun}_order SET key = ?1 WHERE id = ?2 AND key <> ?1", keys)
    return rows[-1][0] if rows else None


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
