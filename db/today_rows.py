"""What stands on the page of today: one thing that waits, all that wait of a kind, the month, and the days ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

# A better grade weighs more, so that with the same delay the client who matters more stands first.
WEIGHTS = {"A": 2.0, "B": 1.5, "C": 1.0, "D": 0.5, "": 1.0}


@dataclass(frozen=True)
class Waiting:
    """One thing that needs the practice, with all that its reason is told from.

    `kind` is one of `db.today.KINDS`, `noun` and `id` say which record it is. `days` counts from `on`: above 0 it is
    past, below 0 it is to come. `state`, `who`, `about` and `flag` mean what the kind says there. `client_id` is None
    for somebody who has no file.
    """

    kind: str
    noun: str
    id: int
    client_id: int | None
    client: str
    grade: str
    title: str
    on: dt.date
    days: int
    about: str = ""
    about_id: int | None = None
    state: str = ""
    who: str = ""
    clock: str = ""
    since: dt.date | None = None
    flag: bool = False
    usual: int = 0

    @property
    def weight(self) -> float:
        """How much the client's grade weighs."""
        return WEIGHTS.get(self.grade, 1.0)

    @property
    def rank(self) -> tuple[float, str, str, float, int]:
        """Sorts the most pressing first: see `db.today`."""
        return (-max(0, self.days) * self.weight, self.on.isoformat(), self.clock or "~", -self.weight, self.id)


@dataclass(frozen=True)
class Kind:
    """The first of one kind, the most pressing first, and how many there are in all, and of them past their day."""

    kind: str
    rows: list[Waiting]
    total: int
    late: int = 0


@dataclass(frozen=True)
class QuietClient:
    """A client silent for longer than his rhythm; `usual` and `silent` are days, `state` is 'quiet' or 'at risk'."""

    client_id: int
    grade: str
    state: str
    usual: int
    silent: int
    last_on: dt.date


@dataclass(frozen=True)
class Month:
    """This month so far: `said_no` are the reasons of those who left, one for each."""

    advice: int
    kept: int
    settled: int
    new_clients: int
    referred: int
    said_no: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ahead:
    """What comes on one day: so many of a noun, with the words, clock and client of the first of them."""

    on: dt.date
    noun: str
    count: int
    words: str
    client: str
    clock: str = ""
