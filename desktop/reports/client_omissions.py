"""What the record holds beside what a paper for a client tells, counted by kind, for the person who sends it."""

from __future__ import annotations

from collections import Counter

from sqlmodel import Session, col, func, select

from db import tables
from db.rows import get
from desktop.reports.client_reading import left_out
from desktop.reports.family import Asked, needed


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How much on the client, the engagement or the entry that is asked for stays in the practice."""
    if asked.advice_id is not None:
        return _beside_an_entry(session, asked.advice_id)
    if asked.engagement_id is None:
        return left_out(session, needed(asked.client_id, "client"), asked.since, asked.until)
    engagement = get(session, tables.Engagement, asked.engagement_id, "engagement")
    counts = Counter(left_out(session, engagement.client_id, asked.since, asked.until, engagement.id))
    counts["withdrawn"] += session.exec(
        select(func.count()).where(
            tables.Decision.engagement_id == engagement.id, col(tables.Decision.withdrawn_at).isnot(None)
        )
    ).one()
    return {kind: count for kind, count in sorted(counts.items()) if count}


def _beside_an_entry(session: Session, advice_id: int) -> dict[str, int]:
    """What hangs on one entry: answers that were withdrawn, and the practice's own next steps."""
    answer, step = tables.AdviceResponse, tables.FollowUp
    withdrawn = session.exec(
        select(func.count()).where(answer.advice_id == advice_id, col(answer.withdrawn_at).isnot(None))
    ).one()
    steps = session.exec(select(func.count()).where(step.advice_id == advice_id, col(step.done_on).is_(None))).one()
    counts = {"follow_ups": steps, "withdrawn": withdrawn}
    return {kind: count for kind, count in counts.items() if count}
