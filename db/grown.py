"""What became of a record after an entry of the journal: advice new, amended, answered, withdrawn; and what else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.advice_lists import number_of
from db.rows import among, fetch, ids, scalar

# By table, the column that says in words which of its rows is meant.
_TITLES = {
    "engagement": "title", "promise": "text", "follow_up": "what", "deadline": "what", "decision": "item",
    "out_of_scope": "what", "party": "name", "person": "name", "practice": "name", "client": "number",
}  # fmt: skip
_COLUMNS = "ch.noun, ch.row_id, ch.kind, ch.before, ch.after, s.id, s.at"


@dataclass(frozen=True)
class Later:
    """One thing that happened since: `what` is new, amended, answered, withdrawn, unanswered, restored, changed or
    removed; `number` the entry's own where it has one, `earlier` that of the one it amends, `title` its words."""

    what: str
    noun: str
    record_id: int
    number: str
    title: str
    at: dt.datetime
    step: int
    earlier: str = ""


def advice_since(session: Session, last: int, entries: Iterable[int]) -> list[Later]:
    """What became of these entries of the advisory history, and of the answers to them, after the entry `last`.

    Entries that were not yet recorded then are new; a draft is nothing yet.
    """
    some = among(entries)
    answers = among(ids(session, f"SELECT id FROM advice_response WHERE advice_id IN ({some})"))
    rows = fetch(
        session,
        f"SELECT {_COLUMNS} FROM change ch JOIN step s ON s.id = ch.step_id WHERE ch.id > ? AND"
        f" (ch.noun = 'advice' AND ch.row_id IN ({some}) OR ch.noun = 'advice_response' AND ch.row_id IN ({answers}))"
        " ORDER BY ch.id",
        last,
    )
    return [later for row in rows for later in _of_advice(session, *row)]


def _of_advice(
    session: Session, noun: str, row_id: int, kind: str, before: str | None, after: str | None, step: int, at: str
) -> list[Later]:
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    if noun == "advice":
        entry = row_id
        what = "new" if new.get("state") == "recorded" else ""
    else:
        entry = scalar(session, "SELECT advice_id FROM advice_response WHERE id = ?", row_id)
        what = "answered" if kind == "insert" else ""
    if kind == "update" and "withdrawn_at" in new:
        gone = ("withdrawn", "unanswered")[noun == "advice_response"]
        back = ("restored", "answered")[noun == "advice_response"]
        what = gone if new["withdrawn_at"] and not old.get("withdrawn_at") else back
    if not what:
        return []
    question, amends = fetch(session, "SELECT question, amends_id FROM advice WHERE id = ?", entry)[0]
    earlier = ""
    if what == "new" and amends is not None:
        what, earlier = "amended", number_of(amends)
    return [Later(what, "advice", entry, number_of(entry), question, _moment(at), step, earlier)]


def changes_since(session: Session, last: int, records: Iterable[tuple[str, int]]) -> list[Later]:
    """What became of other records after the entry `last`: each is named once, with what happened to it last."""
    by_noun: dict[str, list[int]] = {}
    for noun, row_id in sorted(records):
        by_noun.setdefault(noun, []).append(row_id)
    found: dict[tuple[str, int], Later] = {}
    for noun, numbers in by_noun.items():
        rows = fetch(
            session,
            f"SELECT {_COLUMNS} FROM change ch JOIN step s ON s.id = ch.step_id"
            f" WHERE ch.id > ? AND ch.noun = ? AND ch.row_id IN ({among(numbers)}) ORDER BY ch.id",
            last,
            noun,
        )
        for _noun, row_id, kind, before, after, step, at in rows:
            record = (noun, row_id)
            what = {"insert": "new", "delete": "removed"}.get(kind, "changed")
            if what == "changed" and record in found and found[record].what == "new":
                what = "new"
            title = _title(session, noun, row_id, json.loads(after or before or "{}"))
            found[record] = Later(what, noun, row_id, "", title, _moment(at), step)
    return sorted(found.values(), key=lambda later: later.step)


def _title(session: Session, noun: str, row_id: int, told: dict[str, Any]) -> str:
    column = _TITLES.get(noun)
    if column is None:
        return ""
    now = scalar(session, f'SELECT "{column}" FROM {noun} WHERE id = ?', row_id)
    return str(now if now is not None else told.get(column, ""))


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)
