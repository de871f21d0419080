"""Follow-ups: dated next steps of the practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.deletion import delete_record
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, day, fetch, get
from db.tables import Client, FollowUp, Party


class NewFollowUp(Input):
    """A next step with its day."""

    client_id: int
    engagement_id: int | None = None
    advice_id: int | None = None
    due_on: dt.date
    what: Text


class Finish(Input):
    """How a follow-up ended."""

    on: dt.date | None = None
    outcome: Optional = ""


@dataclass(frozen=True)
class FollowUpRow:
    """A follow-up in a list."""

    id: int
    client_id: int
    client: str
    engagement_id: int | None
    engagement: str
    due_on: dt.date
    what: str
    done_on: dt.date | None
    outcome: str


def add_follow_up(session: Session, new: NewFollowUp) -> int:
    """Set a next step; gives its id."""
    client = get(session, Client, new.client_id, "client")
    follow_up = FollowUp(**new.model_dump())
    session.add(follow_up)
    session.flush()
    about(session, f"{new.what} · {get(session, Party, client.party_id).name}")
    assert follow_up.id is not None
    return follow_up.id


def _unfinished(session: Session, follow_up_id: int) -> FollowUp:
    follow_up = get(session, FollowUp, follow_up_id, "follow_up")
    if follow_up.done_on is not None:
        raise Refused("already-done", "follow_up", on=follow_up.done_on)
    about(session, follow_up.what)
    return follow_up


def finish_follow_up(session: Session, follow_up_id: int, finish: Finish) -> int:
    """Mark a follow-up done."""
    follow_up = _unfinished(session, follow_up_id)
    change(session, follow_up, {"done_on": finish.on or dt.date.today(), "outcome": finish.outcome})
    return follow_up_id


def move_follow_up(session: Session, follow_up_id: int, due_on: dt.date) -> int:
    """Move a follow-up to another day."""
    change(session, _unfinished(session, follow_up_id), {"due_on": due_on})
    return follow_up_id


def delete_follow_up(session: Session, follow_up_id: int) -> None:
    """Delete a next step, done or not."""
    follow_up = get(session, FollowUp, follow_up_id, "follow_up")
    about(session, follow_up.what)
    delete_record(session, "follow_up", follow_up_id)


def list_follow_ups(
    session: Session, client_id: int | None = None, *, open_only: bool = True, limit: int = 1000
) -> list[FollowUpRow]:
    """Follow-ups by day, the open ones first."""
    rows = fetch(
        session,
        f"""SELECT f.id, f.client_id, p.name, f.engagement_id, coalesce(e.title, ''), f.due_on, f.what,
            f.done_on, f.outcome
        FROM follow_up f JOIN client c ON c.id = f.client_id JOIN party p ON p.id = c.party_id
        LEFT JOIN engagement e ON e.id = f.engagement_id
        WHERE (? IS NULL OR f.client_id = ?) {"AND f.done_on IS NULL" if open_only else ""}
        ORDER BY f.done_on IS NOT NULL, f.due_on, f.id LIMIT ?""",
        *(client_id, client_id, limit),
    )
    return [FollowUpRow(*[*row[:5], dt.date.fromisoformat(row[5]), row[6], day(row[7]), row[8]]) for row in rows]
