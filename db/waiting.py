"""How many wait in each room, each number defined once and told of the same records as the room's own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import Session

from db import insight_lists, reviews, today, trust_lists
from db.rows import scalar
from db.words import OPEN_STAGES

_OPEN = ", ".join(f"'{stage}'" for stage in OPEN_STAGES)


def _number(session: Session, sql: str) -> int:
    return int(scalar(session, f"SELECT count(*) FROM {sql}"))


# Clients on file, engagements not ended, promises due within a week or late, complaints and actions that are open,
# reviews due within a month, requests about data not closed.
_ROOMS: dict[str, Callable[[Session, dt.date], int]] = {
    "clients": lambda session, _now: _number(session, "client"),
    "engagements": lambda session, _now: _number(session, f"engagement WHERE stage IN ({_OPEN})"),
    "trust": lambda session, now: trust_lists.count_promises(session, now)["due"],
    "insight": lambda session, _now: insight_lists.count_unfinished(session),
    "reviews": lambda session, now: reviews.count_reviews(session, now)["due"],
    "privacy": lambda session, _now: _number(session, "rights_request WHERE closed_on IS NULL"),
}
ROOMS = tuple(_ROOMS)
PARTS = (*ROOMS, *today.KINDS)


def count_waiting(session: Session, part: str, now: dt.date) -> int:
    """How many wait in a room of `ROOMS`, or of one kind on the page of today: one of `today.KINDS`."""
    if part in _ROOMS:
        return _ROOMS[part](session, now)
    return today.list_waiting(session, part, now, 1).total
