"""A client with an engagement, as the tests of the nouns need them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.practice import Practice


@dataclass
class Known:
    """A client and an open engagement of his."""

    client: int
    engagement: int


def known(practice: Practice, name: str = "Iñaki Larrea") -> Known:
    """Put a client with one active engagement into a practice."""
    new = NewClient(party=NewParty(name=name), standing="client")
    client = result(practice.do(add_client, new))
    engagement = result(
        practice.do(add_engagement, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active"))
    )
    return Known(client, engagement)


def advised(practice: Practice, client: int, *, days_ago: int = 0, record: bool = True, **more: Any) -> int:
    """Log an advice given some days ago."""
    given = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago, minutes=1)
    values: dict[str, Any] = {"question": "Accept the offer?", "advice": "Settle below 180,000.", **more}
    return result(practice.do(log_advice, NewAdvice(client_id=client, given_at=given, record=record, **values)))


def result(done: Any) -> int:
    """The id that an action gave."""
    assert isinstance(done.result, int)
    return done.result
