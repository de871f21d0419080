"""Experience: engagements like this one, how many there were, how they ended, and who did them.

Counted is agreed work: opened by the day, and not an enquiry, a proposal or declined. **Like** another is an engagement
of the same area (capitals and accents count for nothing); where these are asked for, also against an opponent of the
same kind, with words in its title or in a question advised on, and with words in its outcome. A client is named outside
the practice only where he agreed to it (`engagement.may_cite`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.history import about
from db.inputs import Input, Optional
from db.names import fold
from db.rows import change, day, fetch, get, like
from db.tables import Engagement
from db.words import PartyKind

MOST_LISTED = 100
ENDED = ("completed", "disengaged")


class Sought(Input):
    """What the engagements have in common; what is empty is not asked for."""

    area: Optional = ""
    question: Optional = ""
    adverse: PartyKind | None = None
    outcome: Optional = ""


@dataclass(frozen=True)
class Done:
    """One engagement of the practice's experience, for the house's own eyes."""

    engagement_id: int
    number: str
    title: str
    area: str
    client_id: int
    client: str
    responsible: str
    opened_on: dt.date
    closed_on: dt.date | None
    stage: str
    outcome: str
    may_cite: bool


@dataclass(frozen=True)
class Experience:
    """How many there were until a day, of how many clients, since when, how they ended, who did them, which they are.

    `ended` has how many are open, completed and disengaged; `people` who was responsible for how many, the most first;
    `areas` how many of each area. `rows` are the latest, those that may be cited first.
    """

    on: dt.date
    sought: Sought
    count: int
    clients: int
    since: dt.date | None
    ended: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    cited: int
    rows: tuple[Done, ...]


def like_engagement(session: Session, engagement_id: int) -> Sought:
    """What other engagements would have in common with this one: its area."""
    return Sought(area=get(session, Engagement, engagement_id, "engagement").area)


def find_experience(
    session: Session, sought: Sought, on: dt.date | None = None, limit: int = MOST_LISTED
) -> Experience:
    """The practice's experience with what is sought, until a day."""
    now = on or dt.date.today()
    where, values = _where(session, sought, now)
    rows = fetch(
        session,
        f"""SELECT e.id, e.client_id, e.opened_on, e.closed_on, e.stage, e.area, coalesce(r.name, ''), e.may_cite
        FROM engagement e LEFT JOIN person r ON r.id = e.responsible_id WHERE {where}
        ORDER BY e.may_cite DESC, e.opened_on DESC, e.id DESC""",
        *values,
    )
    states = Counter(_state(row, now) for row in rows)
    areas: dict[str, str] = {}
    for row in rows:
        areas.setdefault(fold(row[5]), row[5])
    counted = Counter(fold(row[5]) for row in rows if row[5])
    first = min((row[2] for row in rows), default=None)
    return Experience(
        on=now,
        sought=sought,
        count=len(rows),
        clients=len({row[1] for row in rows}),
        since=day(first),
        ended=tuple((state, states[state]) for state in ("open", *ENDED) if states[state]),
        people=_most(Counter(row[6] for row in rows if row[6])),
        areas=tuple((areas[key], count) for key, count in _most(counted)),
        cited=sum(row[7] for row in rows),
        rows=_rows(session, [row[0] for row in rows[:limit]], now),
    )


def _state(row: Any, now: dt.date) -> str:
    """How it stood on the day: what was closed later was open then."""
    closed = row[3] is not None and row[3] <= now.isoformat()
    return row[4] if closed and row[4] in ENDED else "open"


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _where(session: Session, sought: Sought, now: dt.date) -> tuple[str, list[Any]]:
    where = ["e.opened_on <= ?", "e.stage NOT IN ('enquiry', 'proposed', 'declined')"]
    values: list[Any] = [now.isoformat()]
    if sought.area:
        known = [row[0] for row in fetch(session, "SELECT DISTINCT area FROM engagement WHERE area <> ''")]
        same = [area for area in known if fold(area) == fold(sought.area)]
        where.append(f"e.area IN ({', '.join('?' * len(same))})")
        values += same
    if sought.adverse is not None:
        where.append(
            "EXISTS (SELECT 1 FROM role x JOIN party o ON o.id = x.party_id WHERE x.engagement_id = e.id"
            " AND x.kind = 'adverse' AND o.kind = ?)"
        )
        values.append(sought.adverse)
    if sought.outcome:
        where.append("e.outcome LIKE ? ESCAPE '\\'")
        values.append(like(sought.outcome))
    if sought.question:
        where.append(
            "(e.title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM advice a WHERE a.engagement_id = e.id"
            " AND a.withdrawn_at IS NULL AND a.state = 'recorded' AND a.given_at < ?"
            " AND a.question LIKE ? ESCAPE '\\'))"
        )
        tomorrow = (now + dt.timedelta(days=1)).isoformat()
        values += [like(sought.question), tomorrow, like(sought.question)]
    return " AND ".join(where), values


def _rows(session: Session, ids: list[int], now: dt.date) -> tuple[Done, ...]:
    rows = fetch(
        session,
        f"""SELECT e.id, e.number, e.title, e.area, e.client_id, p.name, coalesce(r.name, ''), e.opened_on, e.closed_on,
            e.stage, e.outcome, e.may_cite
        FROM engagement e JOIN client c ON c.id = e.client_id JOIN party p ON p.id = c.party_id
        LEFT JOIN person r ON r.id = e.responsible_id WHERE e.id IN ({", ".join(map(str, ids))})""",
    )
    found = {}
    for row in rows:
        closed_on, opened_on = day(row[8]), dt.date.fromisoformat(row[7])
        ended = closed_on is not None and closed_on <= now
        told = (closed_on, row[9], row[10]) if ended else (None, "active" if row[9] in ENDED else row[9], "")
        found[row[0]] = Done(*[*row[:7], opened_on, *told, bool(row[11])])
    return tuple(found[each] for each in ids)


def set_may_cite(session: Session, engagement_id: int, may_cite: bool) -> int:
    """Note that the client agreed to be named with an engagement in statements of experience, or no longer does."""
    engagement = get(session, Engagement, engagement_id, "engagement")
    change(session, engagement, {"may_cite": may_cite})
    about(session, engagement.title)
    return engagement_id
