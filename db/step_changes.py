"""The history looked into: steps by who and what, and what one step changed, row by row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.history import STEP_COLUMNS, StepRow, list_steps, step_row
from db.ordering import in_order
from db.rows import fetch, scalar


@dataclass(frozen=True)
class StepChange:
    """What a step did to one row: the columns before and after; both are empty where they were erased for good."""

    noun: str
    row_id: int
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]
    erased: bool


def find_steps(
    session: Session,
    limit: int = 50,
    before: int | None = None,
    *,
    who: str = "",
    verb: str = "",
    client_id: int | None = None,
) -> list[StepRow]:
    """Steps newest first, only those of one person, of one verb, or that touched one client's records."""
    if client_id is not None:
        found: list[StepRow] = []
        while len(found) < limit and (steps := list_steps(session, client_id, limit, before)):
            found += [step for step in steps if who in ("", step.who) and verb in ("", step.verb)]
            before = steps[-1].id
        return found[:limit]
    where = ["s.id < ?"]
    values: list[int | str] = [before or 2**62]
    for column, wanted in (("who", who), ("verb", verb)):
        if wanted:
            where.append(f"s.{column} = ?")
            values.append(wanted)
    rows = fetch(session, f"{STEP_COLUMNS} WHERE {' AND '.join(where)} ORDER BY s.id DESC LIMIT ?", *values, limit)
    return [step_row(row) for row in rows]


def list_doers(session: Session) -> list[str]:
    """Everybody who ever did a step, by name."""
    return in_order(session, _distinct(session, "who"))


def list_verbs(session: Session) -> list[str]:
    """Every verb that ever made a step."""
    return _distinct(session, "verb")


def _distinct(session: Session, column: str) -> list[str]:
    # One look into the index for each value, not a walk over every step.
    rows = fetch(
        session,
        f"""WITH RECURSIVE each(value) AS (SELECT min({column}) FROM step
            UNION ALL SELECT (SELECT min({column}) FROM step WHERE {column} > each.value) FROM each
            WHERE each.value IS NOT NULL)
        SELECT value FROM each WHERE value IS NOT NULL""",
    )
    return [row[0] for row in rows]


def changes_of(session: Session, step_id: int, limit: int = 12) -> tuple[list[StepChange], int]:
    """What a step changed, in its order, and how many changes more there are (counted to 1,000)."""
    rows = fetch(
        session,
        "SELECT noun, row_id, kind, before, after, erased FROM change WHERE step_id = ? ORDER BY id LIMIT ?",
        *(step_id, limit),
    )
    total = int(scalar(session, "SELECT count(*) FROM (SELECT 1 FROM change WHERE step_id = ? LIMIT 1000)", step_id))
    changes = [
        StepChange(noun, row_id, kind, json.loads(before or "{}"), json.loads(after or "{}"), bool(erased))
        for noun, row_id, kind, before, after, erased in rows
    ]
    return changes, max(0, total - len(changes))
