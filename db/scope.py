"""What was asked for outside of the agreed scope, and how it was handled: goodwill, a quote, a change letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import Session

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, day, fetch, get
from db.tables import Advice, Engagement, OutOfScope
from db.words import Handling


class OutOfScopeEdit(Input):
    """Changes to an entry; `amount_minor` in minor units of the engagement's currency."""

    what: Text = "-"
    handling: Handling = "goodwill"
    asked_on: dt.date | None = None
    minutes: int | None = Field(default=None, ge=0, le=100_000)
    amount_minor: int | None = Field(default=None, ge=0)


class NewOutOfScope(OutOfScopeEdit):
    """A quick question that was none; `advice_id` names the entry in which it was answered."""

    engagement_id: int
    what: Text
    handling: Handling
    advice_id: int | None = None
    currency: Optional = ""


@dataclass(frozen=True)
class OutOfScopeRow:
    """An entry in a list."""

    id: int
    client_id: int
    client: str
    engagement_id: int
    engagement: str
    advice_id: int | None
    asked_on: dt.date
    what: str
    handling: str
    minutes: int | None
    amount_minor: int | None
    currency: str
    settled_on: dt.date | None


@dataclass(frozen=True)
class ScopeTotal:
    """A client's work outside scope in a span: how often, minutes, what was given for nothing, what was asked for it.

    Amounts are minor units of `currency`; `given_minor` is goodwill, `asked_minor` quotes and change letters.
    """

    client_id: int
    client: str
    times: int
    minutes: int
    given_minor: int
    asked_minor: int
    currency: str


def log_out_of_scope(session: Session, new: NewOutOfScope) -> int:
    """Note work outside scope; gives its id."""
    engagement = get(session, Engagement, new.engagement_id, "engagement")
    if new.advice_id is not None and get(session, Advice, new.advice_id, "advice").client_id != engagement.client_id:
        raise Refused("not-of-client", "advice")
    values = new.model_dump(exclude={"asked_on", "currency"})
    entry = OutOfScope(
        **values,
        client_id=engagement.client_id,
        asked_on=new.asked_on or dt.date.today(),
        currency=new.currency or engagement.currency,
    )
    session.add(entry)
    session.flush()
    about(session, f"{new.what} · {engagement.title}")
    assert entry.id is not None
    return entry.id


def edit_out_of_scope(session: Session, entry_id: int, edit: OutOfScopeEdit) -> int:
    """Change the given fields of an entry."""
    entry = get(session, OutOfScope, entry_id)
    values = edit.model_dump(exclude_unset=True)
    if "asked_on" in values and values["asked_on"] is None:
        raise Refused("required", "asked_on")
    change(session, entry, values)
    about(session, entry.what)
    return entry_id


def settle_out_of_scope(session: Session, entry_id: int, on: dt.date | None = None) -> int:
    """Say that a quote was accepted or a change letter signed."""
    entry = get(session, OutOfScope, entry_id)
    if entry.settled_on is not None:
        raise Refused("already-done", on=entry.settled_on)
    change(session, entry, {"settled_on": on or dt.date.today()})
    about(session, entry.what)
    return entry_id


def list_out_of_scope(
    session: Session,
    client_id: int | None = None,
    *,
    engagement_id: int | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    limit: int = 500,
) -> list[OutOfScopeRow]:
    """Work outside scope, newest first; `since` and `until` are both within the span."""
    where, values = _span(client_id, engagement_id, since, until)
    rows = fetch(
        session,
        f"""SELECT o.id, o.client_id, p.name, o.engagement_id, e.title, o.advice_id, o.asked_on, o.what, o.handling,
            o.minutes, o.amount_minor, o.currency, o.settled_on
        FROM out_of_scope o JOIN engagement e ON e.id = o.engagement_id JOIN client c ON c.id = o.client_id
        JOIN party p ON p.id = c.party_id WHERE {where} ORDER BY o.asked_on DESC, o.id DESC LIMIT ?""",
        *(*values, limit),
    )
    return [OutOfScopeRow(*[*row[:6], dt.date.fromisoformat(row[6]), *row[7:12], day(row[12])]) for row in rows]


def sum_out_of_scope(
    session: Session,
    client_id: int | None = None,
    *,
    engagement_id: int | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[ScopeTotal]:
    """The totals of each client and currency in a span, such as a month; the largest first."""
    where, values = _span(client_id, engagement_id, since, until)
    rows = fetch(
        session,
        f"""SELECT o.client_id, p.name, count(*), coalesce(sum(o.minutes), 0),
            coalesce(sum(CASE WHEN o.handling = 'goodwill' THEN o.amount_minor END), 0),
            coalesce(sum(CASE WHEN o.handling <> 'goodwill' THEN o.amount_minor END), 0), o.currency
        FROM out_of_scope o JOIN client c ON c.id = o.client_id JOIN party p ON p.id = c.party_id
        WHERE {where} GROUP BY o.client_id, o.currency ORDER BY 4 DESC, 5 DESC, 3 DESC LIMIT 1000""",
        *values,
    )
    return [ScopeTotal(*row) for row in rows]


def _span(
    client_id: int | None, engagement_id: int | None, since: dt.date | None, until: dt.date | None
) -> tuple[str, list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ("o.client_id = ?", client_id),
        ("o.engagement_id = ?", engagement_id),
        ("o.asked_on >= ?", since and since.isoformat()),
        ("o.asked_on <= ?", until and until.isoformat()),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    return " AND ".join(where) or "1", values
