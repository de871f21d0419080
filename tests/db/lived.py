"""Clients as life makes them, for tests of what is known of them: a verb done, a day, a client, work, a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, NewStage, add_engagement, change_stage
from db.parties import NewParty
from db.practice import Practice
from db.tables import Client, Party, StandingChange
from db.words import Grade, Recurs, Stage, Standing

TODAY = dt.date.today()


class Enough(Exception):
    """All was looked at: what was written goes again."""


def did(practice: Practice, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What a verb gave."""
    return practice.do(verb, *given, **named).result


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


def morning(offset: int) -> dt.datetime:
    """The morning of a day so many days from today."""
    return dt.datetime.combine(day(offset), dt.time(9), dt.UTC)


def someone(
    practice: Practice,
    standing: Standing = "client",
    name: str = "Ada Brook",
    since: int = -400,
    grade: Grade | None = None,
    sender: int | None = None,
) -> int:
    """A client of a standing; gives his id."""
    new = NewClient(party=NewParty(name=name), standing=standing, since=day(since), grade=grade, referred_by_id=sender)
    return int(did(practice, add_client, new))


def advised(practice: Practice, client: int, *offsets: int, question: str = "Sell?") -> list[int]:
    """Recorded entries on these days; gives their ids."""
    return [
        int(
            did(
                practice,
                log_advice,
                NewAdvice(client_id=client, question=question, advice="Wait.", given_at=morning(on), record=True),
            )
        )
        for on in offsets
    ]


def worked(
    practice: Practice, client: int, on: int, stage: Stage = "active", recurs: Recurs = "", title: str = "Lease"
) -> int:
    """An engagement opened so many days from today, and closed again where the stage says so; gives its id."""
    closed = stage in ("completed", "disengaged", "declined")
    new = NewEngagement(
        client_id=client, title=title, stage="active" if closed else stage, opened_on=day(on), recurs=recurs
    )
    engagement = int(did(practice, add_engagement, new))
    if closed:
        did(practice, change_stage, engagement, NewStage(stage=stage, on=day(on + 1), outcome="Done"))
    return engagement


def written(session: Session, standing: str, at: int, since: int = -600) -> int:
    """A client written as a row, for practices that chance invents; gives his id."""
    party = Party(kind="person", name=f"No {at}", sort_name=f"no {at}", created_at=dt.datetime.now(dt.UTC))
    session.add(party)
    session.flush()
    assert party.id is not None
    client = Client(party_id=party.id, number=f"X-{at}", standing=standing, since=day(since))
    session.add(client)
    session.flush()
    assert client.id is not None
    session.add(StandingChange(client_id=client.id, standing=standing, changed_on=day(since)))
    return client.id
