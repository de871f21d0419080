"""The back-test of health: what it said 90 days before clients really left, over the practice's own history.

**Who left**: everyone of five years whose standing went from client or occasional to former by his own will, which is
any reason but a conflict, and not after a review in whose year before we ourselves had ended it. His score is reckoned
for the day 90 days before, from what had happened until then, with the weights of today. Below the threshold he was
*caught*, else *missed*; without a score he was *too new* to be told.

**False alarms**: on eight days, each 90 days before the next, everyone who had a score and whom we still served a year
later (today, where a year has not gone by) is one look; a look with a score below the threshold is a false alarm.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from db.clients import names_of
from db.health import health_weights, list_scores, list_served
from db.rows import among, fetch
from db.said_no import No, said_no

DAYS_BEFORE = 90
LOOKS = 8
PERIOD_DAYS, STAYED_DAYS = 1825, 365
THRESHOLDS = (30, 40, 50, 60, 70, 80)
_SERVED = {"client", "occasional"}


@dataclass(frozen=True)
class Left:
    """One who left by his own will; `score` is that of 90 days before, `outcome` caught, missed or too new."""

    client_id: int
    number: str
    name: str
    left_on: dt.date
    reason: str
    score: int | None
    outcome: str


@dataclass(frozen=True)
class AtThreshold:
    """What one threshold would have meant."""

    threshold: int
    caught: int
    missed: int
    alarms: int


@dataclass(frozen=True)
class BackTest:
    """Who left and what was said before, the latest first; how often those who stayed were looked at, by threshold."""

    on: dt.date
    threshold: int
    days_before: int
    left: list[Left]
    too_new: int
    looks: int
    by_threshold: list[AtThreshold]

    @property
    def own(self) -> AtThreshold:
        """The practice's own threshold."""
        return next(each for each in self.by_threshold if each.threshold == self.threshold)

    @property
    def caught(self) -> int:
        """Who had a score below the threshold, and left."""
        return self.own.caught

    @property
    def missed(self) -> int:
        """Who left with a score that was not below the threshold."""
        return self.own.missed

    @property
    def false_alarms(self) -> int:
        """How many looks at those who stayed gave a score below the threshold."""
        return self.own.alarms


def _tell_nobody(done: int, of: int) -> None:
    """Tell nobody."""


def back_test(
    session: Session, on: dt.date | None = None, progress: Callable[[int, int], None] = _tell_nobody
) -> BackTest:
    """What health said before clients left, until a day; what `progress` raises gives it up."""
    now = on or dt.date.today()
    threshold = health_weights(session).threshold
    gone = [row for row in said_no(session, now, since=now - dt.timedelta(days=PERIOD_DAYS)).rows if _by_will(row)]
    ended = _ended_by_us(session, gone)
    gone = [row for row in gone if (row.client_id, row.on) not in ended]
    days = defaultdict(list)
    for row in gone:
        days[row.on - dt.timedelta(days=DAYS_BEFORE)].append(row.client_id)
    steps = len(days) + LOOKS
    scores: dict[tuple[int, dt.date], int | None] = {}
    for place, (day, clients) in enumerate(days.items()):
        progress(place, steps)
        scores.update({(client, day): score for client, score in list_scores(session, day, clients).items()})
    stayed: list[int] = []
    for place in range(LOOKS):
        progress(len(days) + place, steps)
        look = now - dt.timedelta(days=DAYS_BEFORE * (place + 1))
        stayed += _stayed(session, look, min(now, look + dt.timedelta(days=STAYED_DAYS)))
    names = names_of(session, [row.client_id for row in gone])
    left = [
        _left(
            row,
            names[row.client_id][0],
            scores.get((row.client_id, row.on - dt.timedelta(days=DAYS_BEFORE))),
            threshold,
        )
        for row in gone
    ]
    known = [row.score for row in left if row.score is not None]
    table = [
        AtThreshold(
            *(each, sum(score < each for score in known), sum(score >= each for score in known)),
            sum(score < each for score in stayed),
        )
        for each in sorted({*THRESHOLDS, threshold})
    ]
    return BackTest(now, threshold, DAYS_BEFORE, left, len(left) - len(known), len(stayed), table)


def _by_will(row: No) -> bool:
    return row.reason != "conflict" and row.before in _SERVED


def _ended_by_us(session: Session, gone: list[No]) -> set[tuple[int, dt.date]]:
    """Those of the leavings which a review of the year before had decided for us."""
    some, year = among({row.client_id for row in gone}), dt.timedelta(days=365)
    decided: dict[int, list[dt.date]] = defaultdict(list)
    for client, held_on in fetch(
        session, f"SELECT client_id, held_on FROM review WHERE we = 'disengage' AND client_id IN ({some})"
    ):
        decided[client].append(dt.date.fromisoformat(held_on))
    return {
        (row.client_id, row.on)
        for row in gone
        if any(row.on - year < held <= row.on for held in decided[row.client_id])
    }


def _stayed(session: Session, look: dt.date, until: dt.date) -> list[int]:
    """The scores of a day of those whom we still served on a later one."""
    still = set(list_served(session, until))
    return [score for client, score in list_scores(session, look).items() if score is not None and client in still]


def _left(row: No, number: str, score: int | None, threshold: int) -> Left:
    outcome = "too new" if score is None else "caught" if score < threshold else "missed"
    return Left(row.client_id, number, row.name, row.on, row.reason, score, outcome)
