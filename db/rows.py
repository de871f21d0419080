"""How queries hand rows up: frozen dataclasses filled from SQL by column order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from db.errors import Refused

Row = TypeVar("Row")
Record = TypeVar("Record", bound=SQLModel)

_PORTION = 100_000


def fetch(session: Session, query: str, *values: Any) -> Sequence[Any]:
    """The rows of a SELECT, as tuples of raw column values."""
    return session.connection().exec_driver_sql(query, values).fetchall()


def scalar(session: Session, query: str, *values: Any) -> Any:
    """The first column of the first row of a SELECT, or None."""
    return session.connection().exec_driver_sql(query, values).scalar()


def ids(session: Session, query: str, *values: Any) -> list[int]:
    """The first column of every row of a SELECT."""
    return [row[0] for row in session.connection().exec_driver_sql(query, values)]


def many_ids(session: Session, query: str, *values: Any) -> list[int]:
    """The column `id` of every row of a SELECT, for lists of any length that another thread asks for.

    One text of all ids is made without Python's lock, and read in portions: the window goes on meanwhile.
    """
    text: str = scalar(session, f"SELECT json_group_array(id) FROM ({query} LIMIT -1)", *values)
    found: list[int] = []
    at, end = 1, len(text) - 1
    while at < end:
        cut = text.find(",", at + _PORTION, end)
        cut = end if cut < 0 else cut
        found += json.loads(f"[{text[at:cut]}]")
        at = cut + 1
    return found


def among(numbers: Iterable[int]) -> str:
    """A list of numbers for an IN (…)."""
    return ",".join(str(int(number)) for number in numbers)


def get(session: Session, table: type[Record], row_id: int | None, field: str | None = None) -> Record:
    """The record with this id; refuses an id that there is not."""
    record = None if row_id is None else session.get(table, row_id)
    if record is None:
        raise Refused("not-there", field, noun=table.__name__, id=row_id)
    return record


def change(session: Session, record: SQLModel, values: dict[str, Any]) -> None:
    """Set columns of a record."""
    for name, value in values.items():
        setattr(record, name, value)
    session.add(record)


def day(text: str | None) -> dt.date | None:
    """A date column's raw text as a date."""
    return None if not text else dt.date.fromisoformat(text[:10])


def moment(text: str | None) -> dt.datetime | None:
    """A moment column's raw text as an aware moment in UTC."""
    return None if not text else dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


def utc_now() -> dt.datetime:
    """This moment, in UTC and whole seconds, as the file keeps it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def like(text: str) -> str:
    """A text as a LIKE pattern that finds it anywhere, its own % and _ literal; use with ESCAPE '\\'."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text}%"
