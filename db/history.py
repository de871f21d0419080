"""The journal: triggers write what each step changed; from it come undo, the history of a record and the chain."""

from __future__ import annotations

import datetime as dt
import json
import socket
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import compress, groupby
from typing import Any

from sqlalchemy import Connection
from sqlcipher3.dbapi2 import IntegrityError
from sqlmodel import Session

from db import chain, ordering, tables
from db.engine import raw
from db.errors import Refused

_TABLES = tables.Practice.metadata
# Not journalled: the journal itself, the index over the rest, bytes whose digest the journal keeps, half sentences,
# the order of names, which follows the language of the window, the rhythms and each client's health.
_UNJOURNALLED = {
    *("step", "change", "search_document", "attachment_chunk", "draft"),
    *("ordering", "party_order", "engagement_order", "advice_order", "client_rhythm", "client_health"),
}

# A row of these tables, once so, is never changed but for the named columns, and never deleted: it is withdrawn.
SEALED: dict[str, tuple[str, set[str]]] = {
    "advice": ("OLD.state = 'recorded'", {"withdrawn_at", "confirmed_on"}),
    "advice_response": ("1", {"withdrawn_at"}),
    "conflict_check": ("1", {"withdrawn_at"}),
    "decision": ("1", {"withdrawn_at"}),
}


@dataclass(frozen=True)
class StepRow:
    """A step as the history shows it; `undone` says whether a later step took it back."""

    id: int
    at: str
    who: str
    computer: str
    verb: str
    subject: str
    kind: str
    digest: str
    undone: bool


@dataclass(frozen=True)
class ChangeRow:
    """What one step did to one row: the columns before and after (None where there was no row)."""

    step: StepRow
    noun: str
    row_id: int
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def about(session: Session, subject: str) -> None:
    """Say whom or what the current step is about, for its line in the history."""
    session.info["subject"] = subject[:200]


def undoing(session: Session, step_id: int) -> None:
    """Say that the current step takes back an earlier one, which then counts as undone."""
    raw(session.connection()).execute("UPDATE step SET undoes = ? WHERE id = (SELECT max(id) FROM step)", (step_id,))


def journalled() -> list[str]:
    """The names of the tables whose every change is kept."""
    return [table.name for table in _TABLES.sorted_tables if table.name not in _UNJOURNALLED]


def make_triggers(connection: Connection) -> None:
    """Make every trigger of the journal and of its guards anew, from the tables' metadata."""
    for name in existing_triggers(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for statement in trigger_statements():
        connection.exec_driver_sql(statement)


def existing_triggers(connection: Connection) -> list[str]:
    """The names of the triggers that the file has now."""
    return [
        row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    ]


def trigger_statements() -> list[str]:
    """The SQL of every trigger that a practice file must have."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'history'); END"
    # INSERT OR REPLACE and a changed id would remove a row without a word: the guards against it.
    numbered = [
        statement
        for name in ("step", "change", *SEALED)
        for statement in (
            f"CREATE TRIGGER {name}_replaced BEFORE INSERT ON {name}"
            f" WHEN EXISTS (SELECT 1 FROM {name} WHERE id = NEW.id) {refuse}",
            f"CREATE TRIGGER {name}_numbered BEFORE UPDATE OF id ON {name} WHEN NEW.id IS NOT OLD.id {refuse}",
        )
    ]
    statements = [
        f"CREATE TRIGGER step_kept BEFORE UPDATE ON step WHEN OLD.digest IS NOT NULL {refuse}",
        f"CREATE TRIGGER step_stays BEFORE DELETE ON step WHEN OLD.digest IS NOT NULL {refuse}",
        "CREATE TRIGGER change_kept BEFORE UPDATE ON change WHEN OLD.digest IS NOT NULL AND NOT (NEW.erased"
        " AND NEW.digest IS OLD.digest AND NEW.id = OLD.id AND NEW.step_id = OLD.step_id AND NEW.noun = OLD.noun"
        f" AND NEW.row_id = OLD.row_id) {refuse}",
        f"CREATE TRIGGER change_stays BEFORE DELETE ON change WHEN OLD.digest IS NOT NULL {refuse}",
        # A step that is closed takes no more: nothing is changed outside a step.
        "CREATE TRIGGER change_within BEFORE INSERT ON change"
        f" WHEN (SELECT digest FROM step WHERE id = NEW.step_id) IS NOT NULL {refuse}",
        *numbered,
        *ordering.trigger_statements(),
    ]
    for name in journalled():
        columns = [column.name for column in _TABLES.tables[name].columns if column.name != "id"]
        statements += _journal_triggers(name, columns)
        if name in SEALED:
            condition, free = SEALED[name]
            fixed = ", ".join(f'"{column}"' for column in ["id", *columns] if column not in free)
            statements += [
                f"CREATE TRIGGER {name}_sealed BEFORE UPDATE OF {fixed} ON {name} WHEN {condition}"
                " BEGIN SELECT RAISE(ABORT, 'recorded'); END",
                f"CREATE TRIGGER {name}_stays BEFORE DELETE ON {name} WHEN {condition}"
                " BEGIN SELECT RAISE(ABORT, 'recorded'); END",
            ]
    return statements


def _journal_triggers(name: str, columns: list[str]) -> list[str]:
    def whole(side: str) -> str:
        return "json_object(" + ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns) + ")"

    def changed(side: str) -> str:
        parts = " UNION ALL ".join(
            f'SELECT \'{column}\' AS k, {side}."{column}" AS v WHERE OLD."{column}" IS NOT NEW."{column}"'
            for column in columns
        )
        return f"(SELECT json_group_object(k, v) FROM ({parts}))"

    into = (
        "INSERT INTO change (step_id, noun, row_id, kind, before, after, erased) VALUES ((SELECT max(id) FROM step), "
    )
    different = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    return [
        f"CREATE TRIGGER {name}_inserted AFTER INSERT ON {name} BEGIN"
        f" {into}'{name}', NEW.id, 'insert', NULL, {whole('NEW')}, 0); END",
        f"CREATE TRIGGER {name}_updated AFTER UPDATE ON {name} WHEN {different} BEGIN"
        f" {into}'{name}', NEW.id, 'update', {changed('OLD')}, {changed('NEW')}, 0); END",
        f"CREATE TRIGGER {name}_deleted AFTER DELETE ON {name} BEGIN"
        f" {into}'{name}', OLD.id, 'delete', {whole('OLD')}, NULL, 0); END",
    ]


@cache
def _computer() -> str:
    return socket.gethostname()


@dataclass(frozen=True)
class OpenStep:
    """A step under which changes are being written."""

    id: int
    at: str
    who: str
    computer: str
    verb: str
    undoes: int | None
    kind: str


@dataclass(frozen=True)
class ClosedStep:
    """The row ids that a step touched, by table, and its digest; an empty digest where it was not closed."""

    touched: dict[str, set[int]]
    digest: str


def begin_step(connection: Connection, verb: str, who: str, kind: str = "do", undoes: int | None = None) -> OpenStep:
    """Open a step; every change from here on stands under it."""
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    cursor = raw(connection).execute(
        "INSERT INTO step (at, who, computer, verb, subject, undoes, kind) VALUES (?, ?, ?, ?, '', ?, ?)",
        (now, who, _computer(), verb, undoes, kind),
    )
    return OpenStep(cursor.lastrowid, now, who, _computer(), verb, undoes, kind)


def close_step(connection: Connection, step: OpenStep, subject: str, *, empty: bool = False) -> ClosedStep:
    """Close a step: digest what it changed and chain it.

    A step that changed nothing is not closed, unless `empty` allows it: the undoing of something already gone.
    """
    driver = raw(connection)
    touched: dict[str, set[int]] = defaultdict(set)
    content = chain.content_digest()
    last = 0
    while True:
        changes = driver.execute(
            "SELECT id, step_id, noun, row_id, kind, before, after FROM change WHERE step_id = ? AND id > ?"
            " ORDER BY id LIMIT 2000",
            (step.id, last),
        ).fetchall()
        if not changes:
            break
        digests = []
        for change in changes:
            digest = chain.change_digest(*change)
            content.update(digest)
            digests.append((digest, change[0]))
            touched[change[2]].add(change[3])
        driver.executemany("UPDATE change SET digest = ? WHERE id = ?", digests)
        last = changes[-1][0]
    if not touched and not empty:
        return ClosedStep({}, "")
    # An action may say itself which earlier step it takes back: see `undoing`.
    undoes = driver.execute("SELECT undoes FROM step WHERE id = ?", (step.id,)).fetchone()[0]
    columns = (step.id, step.at, step.who, step.computer, step.verb, subject, undoes, step.kind)
    return ClosedStep(touched, chain.seal(driver, columns, content.digest()))


_OF_CLIENT = (
    *("engagement", "advice", "promise", "trust_note"),
    *("follow_up", "fee", "standing_change", "attachment", "conflict_check"),
    *("out_of_scope", "deadline", "acceptance", "review", "insight"),
    *("health_override", "attempt", "suggestion_answer"),
)
_OF_PARTY = ("party_name", "contact_point", "address", "tax_id", "tag")
# Every row that belongs to one client, as (noun, id).
_RECORDS_OF_CLIENT = " UNION ALL ".join(
    [
        "SELECT 'client' AS noun, :client AS id",
        "SELECT 'party', party_id FROM client WHERE id = :client",
        *(f"SELECT '{noun}', id FROM {noun} WHERE client_id = :client" for noun in _OF_CLIENT),
        *(
            f"SELECT '{noun}', id FROM {noun} WHERE party_id = (SELECT party_id FROM client WHERE id = :client)"
            for noun in _OF_PARTY
        ),
        "SELECT 'advice_response', id FROM advice_response"
        " WHERE advice_id IN (SELECT id FROM advice WHERE client_id = :client)",
        "SELECT 'decision', id FROM decision"
        " WHERE engagement_id IN (SELECT id FROM engagement WHERE client_id = :client)",
        "SELECT 'insight_action', id FROM insight_action"
        " WHERE insight_id IN (SELECT id FROM insight WHERE client_id = :client)",
        "SELECT 'referral', id FROM referral WHERE sent_id = (SELECT party_id FROM client WHERE id = :client)",
        "SELECT 'role', id FROM role WHERE engagement_id IN (SELECT id FROM engagement WHERE client_id = :client)",
    ]
)
STEP_COLUMNS = """SELECT s.id, s.at, s.who, s.computer, s.verb, s.subject, s.kind, coalesce(s.digest, ''),
    EXISTS (SELECT 1 FROM step u WHERE u.undoes = s.id) FROM step s """


def list_steps(
    session: Session, client_id: int | None = None, limit: int = 50, before: int | None = None
) -> list[StepRow]:
    """The latest steps, newest first; with `client_id` only those that touched that client's records."""
    where = "s.id < :before"
    if client_id is not None:
        where += (
            f" AND s.id IN (SELECT c.step_id FROM ({_RECORDS_OF_CLIENT}) r"
            " JOIN change c ON c.noun = r.noun AND c.row_id = r.id)"
        )
    rows = session.connection().exec_driver_sql(
        STEP_COLUMNS + f"WHERE {where} ORDER BY s.id DESC LIMIT :limit",
        {"before": before or 2**62, "client": client_id, "limit": limit},
    )
    return [step_row(row) for row in rows]


def record_history(session: Session, noun: str, row_id: int) -> list[ChangeRow]:
    """All that ever happened to one row, oldest first."""
    rows = session.connection().exec_driver_sql(
        STEP_COLUMNS.replace(
            " FROM step s ", ", c.kind, c.before, c.after FROM step s JOIN change c ON c.step_id = s.id "
        )
        + "WHERE c.noun = ? AND c.row_id = ? ORDER BY c.id",
        (noun, row_id),
    )
    return [ChangeRow(step_row(row), noun, row_id, row[9], _loaded(row[10]), _loaded(row[11])) for row in rows]


def step_row(row: Any) -> StepRow:
    """A step from the columns of STEP_COLUMNS."""
    number, at, who, computer, verb, subject, kind, digest, undone = row[:9]
    return StepRow(number, at, who, computer, verb, subject, kind, digest, bool(undone))


def _loaded(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def undoable(session: Session) -> StepRow | None:
    """The step that Undo would take back: the latest that was done or redone and not undone."""
    return _one_step(session, "s.kind IN ('do', 'redo')")


def redoable(session: Session) -> StepRow | None:
    """The step that Redo would bring back: the latest undoing, if nothing new was done since."""
    return _one_step(session, "s.kind = 'undo' AND s.id > (SELECT coalesce(max(id), 0) FROM step WHERE kind = 'do')")


def _one_step(session: Session, condition: str) -> StepRow | None:
    row = (
        session.connection()
        .exec_driver_sql(
            STEP_COLUMNS + f"WHERE {condition} AND NOT EXISTS (SELECT 1 FROM step u WHERE u.undoes = s.id)"
            # What was erased for good is passed over: the steps before it can still be taken back.
            " AND s.verb <> 'empty_trash'"
            " AND NOT EXISTS (SELECT 1 FROM change e WHERE e.step_id = s.id AND e.erased)"
            " ORDER BY s.id DESC LIMIT 1"
        )
        .first()
    )
    return None if row is None else step_row(row)


def take_back(session: Session, step: StepRow) -> None:
    """Write the inverse of a step; a recorded entry is not erased but withdrawn."""
    about(session, step.subject)
    driver = raw(session.connection())
    erased = driver.execute("SELECT 1 FROM change WHERE step_id = ? AND erased LIMIT 1", (step.id,)).fetchone()
    if erased:
        raise Refused("undo-erased")
    last = 2**62
    while True:
        changes = driver.execute(
            "SELECT id, noun, row_id, kind, before FROM change WHERE step_id = ? AND id < ?"
            " ORDER BY id DESC LIMIT 2000",
            (step.id, last),
        ).fetchall()
        if not changes:
            return
        for (noun, kind), run in groupby(changes, key=lambda change: (change[1], change[3])):
            _invert(driver, noun, kind, [(change[2], _loaded(change[4]) or {}) for change in run])
        last = changes[-1][0]


_Before = tuple[int, dict[str, Any]]


def _invert(driver: Any, noun: str, kind: str, run: list[_Before]) -> None:
    """Write the inverse of changes of one kind to one table, in their order; many at once, because each costs."""
    if kind != "delete" and noun in SEALED:
        run = _withdraw(driver, noun, kind, run)
    if kind == "insert":
        _remove(driver, noun, [row_id for row_id, _ in run])
        return
    for columns, alike in groupby(run, key=lambda change: tuple(change[1])):
        if kind == "delete":
            names = ", ".join(f'"{column}"' for column in (*columns, "id"))
            marks = ", ".join("?" * (len(columns) + 1))
            statement = f"INSERT INTO {noun} ({names}) VALUES ({marks})"
        else:
            setting = ", ".join(f'"{column}" = ?' for column in columns)
            statement = f"UPDATE {noun} SET {setting} WHERE id = ?"
        driver.executemany(statement, [(*before.values(), row_id) for row_id, before in alike])


def _withdraw(driver: Any, noun: str, kind: str, run: list[_Before]) -> list[_Before]:
    """Withdraw what may be neither removed nor changed; gives the changes that can be taken back."""
    condition, free = SEALED[noun]
    asked = f"SELECT id FROM {noun} WHERE id IN (SELECT value FROM json_each(?)) AND {condition.replace('OLD.', '')}"
    sealed = {row[0] for row in driver.execute(asked, (json.dumps([row_id for row_id, _ in run]),))}
    fixed = [row_id in sealed and (kind == "insert" or not set(before) <= free) for row_id, before in run]
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    driver.executemany(
        f"UPDATE {noun} SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
        [(now, row_id) for row_id, _ in compress(run, fixed)],
    )
    return [change for change, stays in zip(run, fixed, strict=True) if not stays]


def _remove(driver: Any, noun: str, row_ids: list[int]) -> None:
    """Remove rows; what a withdrawn entry stands on (its client, its engagement) stays with it."""
    statement = f"DELETE FROM {noun} WHERE id = ?"
    try:
        driver.executemany(statement, [(row_id,) for row_id in row_ids])
    except IntegrityError:
        # Some are held: one by one, those that are gone already are passed over.
        for row_id in row_ids:
            with suppress(IntegrityError):
                driver.execute(statement, (row_id,))
