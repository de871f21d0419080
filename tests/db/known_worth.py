"""A practice of which is known who is worth what, by what a partner would say of each, with the noise of real life."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from sqlmodel import Session

from db.practice import Practice
from db.tables import Fee, Referral, TrustNote
from tests.db.lived import TODAY, day, written


@dataclass
class Worths:
    """The clients by what a partner says: the best, the solid, the small; those nobody can judge yet."""

    best: list[int] = field(default_factory=list)
    solid: list[int] = field(default_factory=list)
    small: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def known_worth(practice: Practice, each: int = 8) -> Worths:
    """Fill a practice with so many clients of each sort, in one step."""
    worths, chance, numbers = Worths(), random.Random(7), iter(range(1, 1000))

    def fill(session: Session) -> None:
        for _one in range(each):
            best = _someone(session, worths.best, next(numbers))
            _bills(session, chance, best, 6_000, late=0.1, grows=1.3)
            sent = written(session, "client", next(numbers), since=-20)
            worths.new.append(sent)
            session.add(Referral(direction="in", sent_id=sent, from_id=best, referred_on=day(-20)))
            _noted(session, best, 2, 1)
            solid = _someone(session, worths.solid, next(numbers))
            _bills(session, chance, solid, 3_000, late=0.2, grows=1.0)
            _noted(session, solid, 1, 1)
            small = _someone(session, worths.small, next(numbers))
            _bills(session, chance, small, 400, late=0.8, grows=0.8)
            _noted(session, small, -1, 2)

    practice.do(fill)
    return worths


def _someone(session: Session, among: list[int], number: int) -> int:
    client = written(session, "client", number, since=-1200)
    among.append(client)
    return client


def _bills(session: Session, chance: random.Random, client: int, usual: int, *, late: float, grows: float) -> None:
    """A bill each quarter for three years, about as large as usual, in the last year larger, paid in time or late."""
    for on in range(-1080, 0, 90):
        amount = round(usual * chance.uniform(0.7, 1.3) * (grows if on >= -364 else 1)) * 100
        wait = chance.randrange(45, 80) if chance.random() < late else chance.randrange(5, 28)
        session.add(_fee(client, on, amount, "billed"))
        if on + wait <= 0:
            session.add(_fee(client, on + wait, amount, "paid"))


def _fee(client: int, on: int, amount: int, kind: str) -> Fee:
    return Fee(client_id=client, charged_on=day(on), amount_minor=amount, currency="GBP", kind=kind)


def _noted(session: Session, client: int, effect: int, times: int) -> None:
    for number in range(times + 1):
        at = dt.datetime.combine(TODAY - dt.timedelta(days=50 + number), dt.time(9), dt.UTC)
        session.add(TrustNote(client_id=client, noted_at=at, kind="signal", effect=effect, text="Noted."))
