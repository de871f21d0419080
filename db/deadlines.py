"""The dates that an engagement must not miss: limitation dates, hearings, filings, renewals."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, day, fetch, get, scalar
from db.tables import Deadline, Engagement, Practice
from db.words import CLOSED_STAGES, DeadlineKind

NONE_APPLIES = "none applies"  # the note of a limitation row which says, with its reason, that there is no such date
MOST_WARN_DAYS = 730


class DeadlineEdit(Input):
    """Changes to a deadline; `at_time` as HH:MM, `warn_days` so many days ahead it is on Today."""

    kind: DeadlineKind = "other"
    falls_on: dt.date | None = None
    at_time: Optional = ""
    what: Text = "-"
    warn_days: int = Field(default=7, ge=0, le=MOST_WARN_DAYS)
    note: Optional = ""


class NewDeadline(DeadlineEdit):
    """A date that an engagement must not miss."""

    engagement_id: int
    kind: DeadlineKind
    falls_on: dt.date
    what: Text


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline in a list; `days_left` is below 0 once it passed."""

    id: int
    client_id: int
    client: str
    engagement_id: int
    engagement: str
    kind: str
    falls_on: dt.date
    at_time: str
    what: str
    warn_days: int
    done_on: dt.date | None
    note: str
    days_left: int

    @property
    def none_applies(self) -> bool:
        """Whether it only says that no limitation date applies."""
        return self.kind == "limitation" and self.note == NONE_APPLIES

    @property
    def near(self) -> bool:
        """Whether it is open and within its days of warning, or past."""
        return self.done_on is None and self.days_left <= self.warn_days


def add_deadline(session: Session, new: NewDeadline) -> int:
    """Note a deadline; gives its id."""
    engagement = get(session, Engagement, new.engagement_id, "engagement")
    _require_time(new.at_time)
    return _added(session, Deadline(**new.model_dump(), client_id=engagement.client_id), engagement)


def note_no_limitation(session: Session, engagement_id: int, why: str) -> int:
    """Say that no limitation date applies to an engagement, and why; gives the row's id."""
    engagement = get(session, Engagement, engagement_id, "engagement")
    if not why.strip():
        raise Refused("required", "why")
    today = dt.date.today()
    row = Deadline(
        client_id=engagement.client_id, engagement_id=engagement_id, kind="limitation", falls_on=today, done_on=today,
        what=why.strip(), note=NONE_APPLIES, warn_days=0,
    )  # fmt: skip
    return _added(session, row, engagement)


def _added(session: Session, row: Deadline, engagement: Engagement) -> int:
    session.add(row)
    session.flush()
    about(session, f"{row.what} · {engagement.title}")
    assert row.id is not None
    return row.id


def edit_deadline(session: Session, deadline_id: int, edit: DeadlineEdit) -> int:
    """Change the given fields of a deadline."""
    row = get(session, Deadline, deadline_id)
    values = edit.model_dump(exclude_unset=True)
    if "falls_on" in values and values["falls_on"] is None:
        raise Refused("required", "falls_on")
    _require_time(values.get("at_time", ""))
    change(session, row, values)
    about(session, row.what)
    return deadline_id


def finish_deadline(session: Session, deadline_id: int, on: dt.date | None = None) -> int:
    """Say that a deadline was met."""
    row = get(session, Deadline, deadline_id)
    if row.done_on is not None:
        raise Refused("already-done", on=row.done_on)
    change(session, row, {"done_on": on or dt.date.today()})
    about(session, row.what)
    return deadline_id


def remove_deadline(session: Session, deadline_id: int) -> None:
    """Take a deadline off; Undo brings it back."""
    row = get(session, Deadline, deadline_id)
    about(session, row.what)
    session.delete(row)


def _require_time(told: str) -> None:
    if told and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", told):
        raise Refused("not-a-date", "at_time", value=told)


def list_deadlines(
    session: Session,
    engagement_id: int | None = None,
    *,
    client_id: int | None = None,
    due_by: dt.date | None = None,
    open_only: bool = False,
    today: dt.date | None = None,
    limit: int = 500,
) -> list[DeadlineRow]:
    """Deadlines by day, the open ones first; with `due_by` only open ones that fall until then."""
    where: list[str] = ["1"]
    values: list[Any] = []
    for condition, value in (
        ("d.engagement_id = ?", engagement_id),
        ("d.client_id = ?", client_id),
        ("d.falls_on <= ?", due_by and due_by.isoformat()),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    if open_only or due_by:
        where.append("d.done_on IS NULL")
    rows = fetch(
        session,
        f"""SELECT d.id, d.client_id, p.name, d.engagement_id, e.title, d.kind, d.falls_on, d.at_time, d.what,
            d.warn_days, d.done_on, d.note
        FROM deadline d JOIN engagement e ON e.id = d.engagement_id JOIN client c ON c.id = d.client_id
        JOIN party p ON p.id = c.party_id WHERE {" AND ".join(where)}
        ORDER BY d.done_on IS NOT NULL, d.falls_on, d.at_time, d.id LIMIT ?""",
        *(*values, limit),
    )
    now = today or dt.date.today()
    found = []
    for row in rows:
        falls = dt.date.fromisoformat(row[6])
        rest = (falls, *row[7:10], day(row[10]), row[11], (falls - now).days)
        found.append(DeadlineRow(*[*row[:6], *rest]))
    return found


def lacks_limitation(session: Session, engagement_id: int) -> bool:
    """Whether an open matter of a law practice has no limitation date, nor the word that none applies."""
    if session.exec(select(Practice.profession)).one() != "law":
        return False
    engagement = get(session, Engagement, engagement_id)
    noted = scalar(
        session, "SELECT 1 FROM deadline WHERE engagement_id = ? AND kind = 'limitation' LIMIT 1", engagement_id
    )
    return engagement.stage not in CLOSED_STAGES and noted is None
