"""What is done to many clients at once: each verb is one step, which Undo takes back whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any, Literal

from sqlalchemy.engine import CursorResult
from sqlmodel import Session

from db.clients import NewStanding, delete_client, require_reason
from db.errors import Refused
from db.history import about
from db.ordering import in_order
from db.rows import fetch, get
from db.tables import Person
from db.words import Grade

Progress = Callable[[int, int], None]
AT_ONCE = 500


def _quiet(done: int, of: int) -> None:
    """Tell nobody."""


def _each(
    session: Session, client_ids: Sequence[int], statement: str, values: Sequence[Any], progress: Progress
) -> int:
    """Run a statement over the clients of `json_each(?)`, some at a time; gives how many rows it changed."""
    changed = 0
    for start in range(0, len(client_ids), AT_ONCE):
        some = json.dumps([int(one) for one in client_ids[start : start + AT_ONCE]])
        done: CursorResult[Any] = session.connection().exec_driver_sql(statement, (*values, some))
        changed += done.rowcount
        progress(min(start + AT_ONCE, len(client_ids)), len(client_ids))
    return changed


_AMONG = "IN (SELECT value FROM json_each(?))"


def tag_clients(session: Session, client_ids: Sequence[int], tag: str, progress: Progress = _quiet) -> int:
    """Put a tag on clients; those who have it stay as they are. Gives how many got it."""
    name = " ".join(tag.split())
    if not name:
        raise Refused("required", "tag")
    about(session, name)
    # The journal asks for the row as it was put in: what is there already must not be put in again.
    statement = (
        "INSERT INTO tag (party_id, name) SELECT c.party_id, m.name FROM (SELECT ? AS name) m, client c"
        f" WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.party_id = c.party_id AND t.name = m.name) AND c.id {_AMONG}"
    )
    return _each(session, client_ids, statement, [name], progress)


def untag_clients(session: Session, client_ids: Sequence[int], tag: str, progress: Progress = _quiet) -> int:
    """Take a tag off clients; gives how many had it."""
    about(session, tag)
    statement = f"DELETE FROM tag WHERE name = ? AND party_id IN (SELECT party_id FROM client WHERE id {_AMONG})"
    return _each(session, client_ids, statement, [tag], progress)


def grade_clients(
    session: Session, client_ids: Sequence[int], grade: Grade | Literal[""], progress: Progress = _quiet
) -> int:
    """Give clients a grade, or none; gives how many had another."""
    about(session, grade)
    statement = f"UPDATE client SET grade = ?1 WHERE grade <> ?1 AND id {_AMONG}"
    return _each(session, client_ids, statement, [grade], progress)


def assign_clients(
    session: Session, client_ids: Sequence[int], person_id: int | None, progress: Progress = _quiet
) -> int:
    """Make a person of the practice responsible for clients, or nobody; gives how many had another."""
    about(session, get(session, Person, person_id, "responsible_id").name if person_id is not None else "")
    statement = f"UPDATE client SET responsible_id = ?1 WHERE responsible_id IS NOT ?1 AND id {_AMONG}"
    return _each(session, client_ids, statement, [person_id], progress)


def change_standings(session: Session, client_ids: Sequence[int], new: NewStanding, progress: Progress = _quiet) -> int:
    """Change the standing of clients, each with its line in his history; who has it already stays as he is."""
    require_reason(new)
    on = (new.changed_on or dt.date.today()).isoformat()
    about(session, new.words)
    changed = 0
    for start in range(0, len(client_ids), AT_ONCE):
        some = json.dumps([int(one) for one in client_ids[start : start + AT_ONCE]])
        found = fetch(session, f"SELECT id FROM client WHERE standing <> ? AND id {_AMONG}", new.standing, some)
        others = json.dumps([row[0] for row in found])
        run = session.connection().exec_driver_sql
        run(
            "INSERT INTO standing_change (client_id, standing, changed_on, reason, words)"
            " SELECT value, ?, ?, ?, ? FROM json_each(?)",
            (new.standing, on, new.reason or "", new.words, others),
        )
        run(f"UPDATE client SET standing = ? WHERE id {_AMONG}", (new.standing, others))
        if new.standing == "client":
            run(f"UPDATE client SET since = ? WHERE since IS NULL AND id {_AMONG}", (on, others))
        changed += len(found)
        progress(min(start + AT_ONCE, len(client_ids)), len(client_ids))
    return changed


def delete_clients(session: Session, client_ids: Sequence[int], progress: Progress = _quiet) -> int:
    """Delete clients' files into the trash, all of them or none: one with recorded advice is refused by name."""
    for done, client_id in enumerate(client_ids, 1):
        delete_client(session, int(client_id))
        progress(done, len(client_ids))
    names = session.info.get("subject", "")
    about(session, names if len(client_ids) == 1 else "")
    return len(client_ids)


def common_tags(session: Session, client_ids: Sequence[int]) -> list[str]:
    """The tags that any of these clients wears, for taking one off."""
    some = json.dumps([int(one) for one in client_ids[:AT_ONCE]])
    rows = fetch(
        session,
        f"SELECT DISTINCT t.name FROM tag t JOIN client c ON c.party_id = t.party_id WHERE c.id {_AMONG}",
        some,
    )
    return in_order(session, [row[0] for row in rows])
