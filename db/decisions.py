"""The decision log of an engagement: who chose what and when; a change of mind is a later entry, never an edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import day, fetch, get, like
from db.tables import Advice, Decision, Engagement


class NewDecision(Input):
    """A decision; `cost_minor` and `days` say by how much it makes the work dearer and longer (or less, below 0)."""

    engagement_id: int
    item: Text
    choice: Text
    decided_by: Text
    decided_on: dt.date | None = None
    cost_minor: int | None = None
    currency: Optional = ""
    days: int | None = None
    reason: Optional = ""
    advice_id: int | None = None


class Reversal(Input):
    """Another choice in place of one that was made: who, when, why, and what it costs."""

    choice: Text
    decided_by: Text
    reason: Text
    decided_on: dt.date | None = None
    cost_minor: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class DecisionRow:
    """A decision in a list; `later_id` and what follows it name the decision that took its place, if any did."""

    id: int
    engagement_id: int
    engagement: str
    client_id: int
    client: str
    item: str
    choice: str
    decided_by: str
    decided_on: dt.date
    cost_minor: int | None
    currency: str
    days: int | None
    reason: str
    supersedes_id: int | None
    later_id: int | None
    later_choice: str
    later_on: dt.date | None

    @property
    def stands(self) -> bool:
        """Whether it still holds."""
        return self.later_id is None


@dataclass(frozen=True)
class Effect:
    """What the decisions that stand add up to: minor units of `currency`, and days."""

    minor: int
    currency: str
    days: int


def log_decision(session: Session, new: NewDecision) -> int:
    """Enter a decision; gives its id."""
    return log_decisions(session, [new])[0]


def log_decisions(session: Session, several: Sequence[NewDecision]) -> list[int]:
    """Enter the decisions of one meeting as one step; gives their ids."""
    made: list[int] = []
    engagement: Engagement | None = None
    for new in several:
        engagement = get(session, Engagement, new.engagement_id, "engagement")
        if new.advice_id is not None:
            get(session, Advice, new.advice_id, "advice")
        on = _past(new.decided_on)
        values = new.model_dump(exclude={"currency", "decided_on"})
        decision = Decision(**values, decided_on=on, currency=new.currency or engagement.currency)
        session.add(decision)
        session.flush()
        assert decision.id is not None
        made.append(decision.id)
    if engagement is None:
        raise Refused("required", "item")
    about(session, several[0].item if len(several) == 1 else engagement.title)
    return made


def supersede_decision(session: Session, decision_id: int, reversal: Reversal) -> int:
    """Put another choice in the place of a decision; the first stays as it was. Gives the later one's id."""
    before = get(session, Decision, decision_id)
    if before.withdrawn_at is not None:
        raise Refused("not-there", noun="Decision", id=decision_id)
    later = session.exec(
        select(Decision.id).where(Decision.supersedes_id == decision_id, col(Decision.withdrawn_at).is_(None))
    ).first()
    if later is not None:
        raise Refused("already-superseded", "choice", item=before.item)
    on = _past(reversal.decided_on)
    if on < before.decided_on:
        raise Refused("reversed-before-decided", "decided_on", decided=before.decided_on)
    values = reversal.model_dump(exclude={"decided_on"})
    decision = Decision(
        **values,
        engagement_id=before.engagement_id,
        item=before.item,
        decided_on=on,
        currency=before.currency,
        supersedes_id=decision_id,
    )
    session.add(decision)
    session.flush()
    about(session, before.item)
    assert decision.id is not None
    return decision.id


def _past(on: dt.date | None) -> dt.date:
    found = on or dt.date.today()
    if found > dt.date.today():
        raise Refused("decided-in-the-future", "decided_on")
    return found


def list_decisions(
    session: Session,
    engagement_id: int | None = None,
    text: str = "",
    *,
    client_id: int | None = None,
    limit: int = 500,
) -> list[DecisionRow]:
    """Decisions, newest first; `text` answers "when did we agree that?": every word of it stands in the entry."""
    where = ["d.withdrawn_at IS NULL"]
    values: list[Any] = []
    for condition, value in (("d.engagement_id = ?", engagement_id), ("e.client_id = ?", client_id)):
        if value is not None:
            where.append(condition)
            values.append(value)
    for part in text.split():
        where.append("(d.item || ' ' || d.choice || ' ' || d.decided_by || ' ' || d.reason) LIKE ? ESCAPE '\\'")
        values.append(like(part))
    rows = fetch(
        session,
        f"""SELECT d.id, d.engagement_id, e.title, e.client_id, p.name, d.item, d.choice, d.decided_by, d.decided_on,
            d.cost_minor, d.currency, d.days, d.reason, d.supersedes_id, l.id, coalesce(l.choice, ''), l.decided_on
        FROM decision d JOIN engagement e ON e.id = d.engagement_id JOIN client c ON c.id = e.client_id
        JOIN party p ON p.id = c.party_id
        LEFT JOIN decision l ON l.supersedes_id = d.id AND l.withdrawn_at IS NULL
        WHERE {" AND ".join(where)} ORDER BY d.decided_on DESC, d.id DESC LIMIT ?""",
        *(*values, limit),
    )
    return [DecisionRow(*[*row[:8], dt.date.fromisoformat(row[8]), *row[9:16], day(row[16])]) for row in rows]


def effect_of(decisions: Sequence[DecisionRow]) -> Effect:
    """What the decisions that stand add to the cost and the time; those that were superseded no longer count."""
    standing = [decision for decision in decisions if decision.stands]
    currency = next((decision.currency for decision in standing if decision.currency), "")
    minor = sum(decision.cost_minor or 0 for decision in standing if decision.currency in ("", currency))
    return Effect(minor, currency, sum(decision.days or 0 for decision in standing))
