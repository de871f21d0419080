"""The trash: the steps that deleted something and were not taken back, putting one back, and emptying for good."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlcipher3.dbapi2 import IntegrityError
from sqlmodel import Session

from db import firm
from db.engine import raw
from db.errors import Refused
from db.history import about, undoing
from db.rows import fetch, scalar

EMPTIED = "trash_emptied"
_DELETING = (
    *("remove_attachment", "discard_draft", "drop_field"),
    *("remove_deadline", "remove_insight", "remove_referral"),
)
# The last word on a deletion: it deletes now, nothing took it back, and it was not emptied.
_IN_TRASH = f"""NOT EXISTS (SELECT 1 FROM step u WHERE u.undoes = s.id)
    AND NOT EXISTS (SELECT 1 FROM change e WHERE e.step_id = s.id AND e.erased)
    AND ((s.verb = 'put_back' AND s.kind = 'undo')
        OR (s.kind IN ('do', 'redo') AND (s.verb IN {_DELETING} OR s.verb GLOB 'delete_*')))"""
_VERBS = f"(s.verb IN {('put_back', *_DELETING)} OR s.verb GLOB 'delete_*')"
_AMONG = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class TrashRow:
    """One deletion: the step, when (UTC, ISO 8601), who, the verb that deleted, of what, and how many records."""

    step: int
    at: str
    who: str
    verb: str
    subject: str
    records: int


def list_trash(session: Session, limit: int = 50, before: int | None = None, text: str = "") -> list[TrashRow]:
    """What was deleted and is still there to be put back, newest first; `text` must stand in its name."""
    rows = fetch(
        session,
        f"""SELECT s.id, s.at, s.who, s.verb, s.subject, s.undoes,
            (SELECT count(*) FROM (SELECT 1 FROM change c WHERE c.step_id = s.id AND c.kind = 'delete' LIMIT 1000))
        FROM step s WHERE {_VERBS} AND {_IN_TRASH} AND s.id < ? AND (? = '' OR instr(lower(s.subject), lower(?)))
        ORDER BY s.id DESC LIMIT ?""",
        *(before or 2**62, text, text, limit),
    )
    return [
        TrashRow(step, at, who, _verb(session, verb, undoes), subject, records)
        for step, at, who, verb, subject, undoes, records in rows
    ]


def count_trash(session: Session) -> int:
    """How many deletions lie in the trash."""
    return int(scalar(session, f"SELECT count(*) FROM step s WHERE {_VERBS} AND {_IN_TRASH}"))


def _verb(session: Session, verb: str, undoes: int | None) -> str:
    """The verb that deleted first, where the step is itself the undoing of a putting back."""
    while verb == "put_back" and undoes is not None:
        verb, undoes = fetch(session, "SELECT verb, undoes FROM step WHERE id = ?", undoes)[0]
    return verb


def put_back(session: Session, step_id: int) -> None:
    """Write the inverse of one deletion, whatever was done since; refuses where what it stood on is gone."""
    found = fetch(session, f"SELECT s.subject FROM step s WHERE s.id = ? AND {_VERBS} AND {_IN_TRASH}", step_id)
    if not found:
        raise Refused("not-there", "step")
    about(session, found[0][0])
    driver = raw(session.connection())
    undoing(session, step_id)
    changes = driver.execute(
        "SELECT noun, row_id, kind, before, after FROM change WHERE step_id = ? ORDER BY id DESC", (step_id,)
    ).fetchall()
    try:
        for noun, row_id, kind, before, after in changes:
            if kind == "delete":
                _insert(driver, noun, row_id, json.loads(before))
            elif kind == "update":
                _restore(driver, noun, row_id, json.loads(before), json.loads(after))
    except IntegrityError as error:
        code = "put-back-stands-on" if "FOREIGN KEY" in str(error) else "put-back-taken"
        raise Refused(code, "step") from None


def _insert(driver: Any, noun: str, row_id: int, values: dict[str, Any]) -> None:
    names = ", ".join(f'"{column}"' for column in (*values, "id"))
    marks = ", ".join("?" * (len(values) + 1))
    driver.execute(f"INSERT INTO {noun} ({names}) VALUES ({marks})", (*values.values(), row_id))


def _restore(driver: Any, noun: str, row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Give columns back what they held, but only where they still hold what the deletion left in them."""
    if noun == "setting":
        _restore_fields(driver, row_id, before, after)
        return
    for column, value in before.items():
        driver.execute(
            f'UPDATE {noun} SET "{column}" = ? WHERE id = ? AND "{column}" IS ?', (value, row_id, after[column])
        )


def _restore_fields(driver: Any, row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Add the definitions that a deletion took out of the list of custom fields to what the list is now."""
    dropped = [row for row in json.loads(before["value"]) if row not in json.loads(after["value"])]
    row = driver.execute("SELECT value FROM setting WHERE id = ?", (row_id,)).fetchone()
    fields = json.loads(row[0]) if row else []
    names = {(each["noun"], each["name"]) for each in fields}
    if any((each["noun"], each["name"]) in names for each in dropped):
        raise Refused("put-back-taken", "step")
    told = json.dumps([*fields, *dropped], ensure_ascii=False)
    driver.execute("UPDATE setting SET value = ? WHERE id = ?", (told, row_id))


def empty_trash(session: Session, older_than_days: int = 0, today: dt.datetime | None = None) -> int:
    """Erase for good what was deleted at least so many days ago; gives how many deletions that were.

    The journal keeps that something was there, with its digests; what it was is gone, from every step that knew it.
    """
    now = today or dt.datetime.now(dt.UTC)
    until = (now - dt.timedelta(days=older_than_days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    steps = [
        row[0] for row in fetch(session, f"SELECT s.id FROM step s WHERE {_VERBS} AND {_IN_TRASH} AND s.at <= ?", until)
    ]
    if not steps:
        return 0
    driver = raw(session.connection())
    some = json.dumps(steps)
    _erase_lives(driver, some)
    drop_orphaned_bytes(session)
    firm.set_setting(session, EMPTIED, {"at": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "deletions": len(steps)})
    about(session, "")
    return len(steps)


def _erase_lives(driver: Any, steps: str) -> None:
    """Empty every change of the rows that these steps deleted, up to their deletion; the digests keep the chain."""
    ended = driver.execute(
        "SELECT noun, row_id, max(id) FROM change"
        f" WHERE kind = 'delete' AND NOT erased AND step_id IN {_AMONG} GROUP BY noun, row_id",
        (steps,),
    ).fetchall()
    # An id may have been given to another row since: that one's life is its own.
    driver.executemany(
        "UPDATE change SET before = NULL, after = NULL, erased = 1 WHERE noun = ? AND row_id = ? AND id <= ?"
        " AND NOT erased",
        ended,
    )


def drop_orphaned_bytes(session: Session) -> int:
    """Drop the bytes of files that no record and no step of the journal names any more; gives how many files."""
    driver = raw(session.connection())
    orphans = driver.execute(
        """SELECT DISTINCT k.sha256 FROM attachment_chunk k
        WHERE k.sha256 NOT IN (SELECT sha256 FROM attachment)
        AND k.sha256 NOT IN (SELECT json_extract(coalesce(after, before), '$.sha256') FROM change
            WHERE noun = 'attachment' AND NOT erased AND json_extract(coalesce(after, before), '$.sha256') IS NOT NULL)
        AND k.sha256 NOT IN (SELECT json_extract(j.value, '$.logo_sha256') FROM change c, json_each(
                json_array(coalesce(c.before, '{}'), coalesce(c.after, '{}'))) j
            WHERE c.noun = 'practice' AND NOT c.erased AND json_extract(j.value, '$.logo_sha256') IS NOT NULL)"""
    ).fetchall()
    driver.executemany("DELETE FROM attachment_chunk WHERE sha256 = ?", orphans)
    return len(orphans)
