"""Rows of Today put off: until a day, or for good, with the reason; and the call that was made about one."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlmodel import Session, select

from db.errors import Refused
from db.followups import Finish, NewFollowUp, add_follow_up, finish_follow_up
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, get
from db.tables import Client, Deadline, Party, RightsRequest, SetAside

Noun = Literal[
    "promise", "client", "advice", "trust_note", "engagement", "acceptance", "referral", "follow_up", "deadline",
    "rights_request",
]  # fmt: skip
# After a call there is nothing to do about the same thing for so many days, unless it is settled before.
CALL_RESTS_DAYS = 7


class NewSetAside(Input):
    """What is put off: a row by its noun, id and kind; until a day, or, with a reason, for good."""

    noun: Noun
    record_id: int
    kind: Text
    until: dt.date | None = None
    why: Optional = ""


class Call(Input):
    """A call about a row of Today: with which client, and what was said of it in one line."""

    noun: Noun
    record_id: int
    kind: Text
    client_id: int
    what: Text


def aside(noun: str, kind: str, now: dt.date) -> str:
    """A SELECT of the ids that are put off on a day, to be used with NOT IN."""
    return (
        f"(SELECT record_id FROM set_aside WHERE noun = '{noun}' AND kind = '{kind}'"
        f" AND (until IS NULL OR until > '{now.isoformat()}'))"
    )


def set_aside(session: Session, new: NewSetAside, subject: str = "", today: dt.date | None = None) -> int:
    """Put a row of Today off; on the day `until` it is back. Without a day a reason is needed. Gives the row's id."""
    now = today or dt.date.today()
    if new.until is None and not new.why:
        raise Refused("required", "why")
    if new.until is not None and new.until <= now:
        raise Refused("aside-past", "until")
    last = _last_day(session, new)
    if new.until is not None and last is not None and new.until > last:
        raise Refused("aside-beyond", "until", on=last)
    about(session, subject)
    before = session.exec(
        select(SetAside).where(
            SetAside.noun == new.noun, SetAside.record_id == new.record_id, SetAside.kind == new.kind
        )
    ).first()
    if before is not None:
        change(session, before, {"until": new.until, "why": new.why, "set_on": now})
        assert before.id is not None
        return before.id
    row = SetAside(**new.model_dump(), set_on=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _last_day(session: Session, new: NewSetAside) -> dt.date | None:
    """The day of a court or of the law, behind which nothing is put off."""
    if new.noun == "deadline":
        return get(session, Deadline, new.record_id).falls_on
    return get(session, RightsRequest, new.record_id).due_on if new.noun == "rights_request" else None


def drop_row(session: Session, new: NewSetAside, subject: str = "") -> int:
    """Say that a row of Today is not needed, and why; it does not come back. Gives the id of what is kept of it."""
    return set_aside(session, new, subject)


def log_call(session: Session, call: Call, today: dt.date | None = None) -> int:
    """Note that the client was called about something: a next step that is done, in his story. Gives its id.

    What it was about is put off for a week: it is neither kept nor answered by a call alone.
    """
    now = today or dt.date.today()
    step = add_follow_up(session, NewFollowUp(client_id=call.client_id, due_on=now, what=call.what))
    finish_follow_up(session, step, Finish(on=now))
    until = now + dt.timedelta(days=CALL_RESTS_DAYS)
    put_off = NewSetAside(noun=call.noun, record_id=call.record_id, kind=call.kind, until=until)
    set_aside(session, put_off, today=now)
    client = get(session, Client, call.client_id)
    about(session, f"{call.what} · {get(session, Party, client.party_id).name}")
    return step
