"""What every number about clients means, taken from the code that reckons it: its words, and the very SQL it asks.

The words are the docstrings of the module that defines the number and of its rows; the SQL is heard while the number is
reckoned for nobody on a day, so neither can say something else than what is done.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from db.rows import fetch

DAY = dt.timedelta(days=1)
# Nobody has this id: what is reckoned for him costs nothing and is asked in the same words.
NOBODY = -1
Reckon = Callable[[Any, Session, dt.date], object]
# Each number's name, the module that defines it, and how it is reckoned.
NUMBERS: dict[str, tuple[str, Reckon]] = {
    "rhythm": ("rhythms", lambda at, session, on: fetch(session, f"SELECT * FROM {at.rhythms_on(on - DAY, '-1')}")),
    "health": ("health_parts", lambda at, session, on: _of("health").healths(session, on, [NOBODY])),
    "health, tested": ("backtest", lambda at, session, on: at.back_test(session, on)),
    "standing": ("standings", lambda at, session, on: at.suggest_standing(session, on)),
    "fees and realisation": ("worth", lambda at, session, on: at.worth_of(session, NOBODY, on)),
    "lifetime, recency, frequency, money": ("lifetime", lambda at, session, on: at.list_rfm(session, [NOBODY], on)),
    "grade": (
        "grade_facts",
        lambda at, session, on: at.list_grade_facts(session, _of("grades").grade_criteria(session), [NOBODY], on),
    ),
    "value against attention": ("effort", lambda at, session, on: at.list_effort(session, on)),
    "fees by grade and concentration": ("portfolio", lambda at, session, on: at.list_grades(session, on)),
    "who could be asked": ("asking", lambda at, session, on: at.list_worth_asking(session, on)),
    "who sent whom": ("referral_graph", lambda at, session, on: at.list_senders(session, on)),
    "said no": ("said_no", lambda at, session, on: at.said_no(session, on)),
    "measures of suggestions": (
        "measures",
        lambda at, session, on: [fetch(session, each.query(at.Asked(on, NOBODY))) for each in at.MEASURES.values()],
    ),
    "experience": ("experience", lambda at, session, on: at.find_experience(session, at.Sought(), on)),
    "occasional clients who fit": ("attempts", lambda at, session, on: at.list_occasional(session, on)),
}


@dataclass(frozen=True)
class Definition:
    """A number: its name, the module where it is defined, its words, and each SQL that reckoning it asks, once."""

    name: str
    module: str
    words: str
    sql: tuple[str, ...]


def list_definitions(session: Session, on: dt.date | None = None) -> list[Definition]:
    """Every number with its meaning, in the order in which one reads them."""
    now = on or dt.date.today()
    return [_define(session, name, now) for name in NUMBERS]


def _of(module: str) -> Any:
    return import_module(f"db.{module}")


def _define(session: Session, name: str, on: dt.date) -> Definition:
    module, reckon = NUMBERS[name]
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(_laid_out(statement))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", hear)
    try:
        reckon(_of(module), session, on)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return Definition(name, f"db.{module}", _words(_of(module)), _once(heard))


def _words(module: Any) -> str:
    """What the module says of itself, and then of each kind of row that it hands up, with what is reckoned of a row."""
    told = [inspect.getdoc(module) or ""]
    for kind in vars(module).values():
        if inspect.isclass(kind) and is_dataclass(kind) and kind.__module__ == module.__name__:
            told.append(f"{kind.__name__}: {inspect.getdoc(kind)}")
            told += [
                f"{kind.__name__}.{name}: {inspect.getdoc(each)}"
                for name, each in vars(kind).items()
                if isinstance(each, property)
            ]
    return "\n\n".join(told)


def _once(heard: list[str]) -> tuple[str, ...]:
    """Each statement once, whatever days and numbers stand in it."""
    return tuple({re.sub(r"\d+", "0", statement): statement for statement in reversed(heard)}.values())[::-1]


def _laid_out(statement: str) -> str:
    lines = [line for line in statement.expandtabs().splitlines() if line.strip()]
    # The first line stands where the text begins in the code, the others are indented with it.
    return re.sub(r"[ \t]+$", "", "\n".join([lines[0].strip(), textwrap.dedent("\n".join(lines[1:]))]), flags=re.M)
