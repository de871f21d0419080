"""The review of an engagement that has come: held, or moved to another day."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.errors import Refused
from db.history import about
from db.reviews import add_months
from db.rows import change, get
from db.tables import Engagement

MONTHS_UNTIL_NEXT = {"monthly": 1, "quarterly": 3, "yearly": 12, "": 12}


def hold_engagement_review(session: Session, engagement_id: int, today: dt.date | None = None) -> int:
    """Note that an engagement was reviewed: the next is due one period of it later, or in a year. Gives its id."""
    engagement = get(session, Engagement, engagement_id, "engagement")
    months = MONTHS_UNTIL_NEXT.get(engagement.recurs, 12)
    change(session, engagement, {"next_review_on": add_months(today or dt.date.today(), months)})
    about(session, engagement.title)
    return engagement_id


def move_engagement_review(session: Session, engagement_id: int, on: dt.date, today: dt.date | None = None) -> int:
    """Set another day, from today on, for the review of an engagement; gives its id."""
    if on < (today or dt.date.today()):
        raise Refused("aside-past", "until")
    engagement = get(session, Engagement, engagement_id, "engagement")
    change(session, engagement, {"next_review_on": on})
    about(session, engagement.title)
    return engagement_id
