"""Engagements that come again: the next period's from the last one's, and the chain of them all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlmodel import Session, select

from db.clients import next_number
from db.errors import Refused
from db.history import about
from db.inputs import Input, Text
from db.rows import day, fetch, get
from db.tables import Engagement, Role

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_YEAR = re.compile(r"\b(19|20)\d\d(?:([-/–])(\d\d\d\d|\d\d))?\b")
_QUARTER = re.compile(r"\b(Q|T|K)([1-4])\b")


@dataclass(frozen=True)
class NextPeriod:
    """What the next period is called and spans."""

    title: str
    period_from: dt.date
    period_until: dt.date


@dataclass(frozen=True)
class PeriodRow:
    """One period of a chain; `here` marks the one that was asked for."""

    id: int
    number: str
    title: str
    stage: str
    period_from: dt.date | None
    period_until: dt.date | None
    here: bool


class BeginPeriod(Input):
    """The next period as it is to be begun."""

    title: Text
    period_from: dt.date
    period_until: dt.date


def next_period(session: Session, engagement_id: int) -> NextPeriod:
    """The period after an engagement's own: its days, and its title with the year (or quarter) advanced."""
    last = get(session, Engagement, engagement_id)
    if last.recurs not in MONTHS:
        raise Refused("does-not-recur", "recurs", title=last.title)
    if last.period_until is None:
        raise Refused("required", "period_until")
    after = session.exec(select(Engagement.title).where(Engagement.follows_id == engagement_id)).first()
    if after is not None:
        raise Refused("period-begun", title=after)
    since = last.period_until + dt.timedelta(days=1)
    until = _months_on(since, MONTHS[last.recurs]) - dt.timedelta(days=1)
    return NextPeriod(_advanced(last.title, last.period_until, until, last.recurs), since, until)


def begin_next_period(session: Session, engagement_id: int, new: BeginPeriod | None = None) -> int:
    """Open the next period's engagement: scope, roles, fee and responsible as in the last one's. Gives its id."""
    planned = next_period(session, engagement_id)
    last = get(session, Engagement, engagement_id)
    chosen = new or BeginPeriod(title=planned.title, period_from=planned.period_from, period_until=planned.period_until)
    if chosen.period_until < chosen.period_from:
        raise Refused("ends-before-it-begins", "period_until")
    copied = last.model_dump(
        include={
            *("client_id", "area", "responsible_id", "scope_included", "scope_excluded", "assumptions"),
            *("client_duties", "fee_basis", "fee_minor", "currency", "value_sought", "recurs"),
        }
    )
    engagement = Engagement(
        **copied,
        number=next_number(session, "engagement", "E"),
        title=chosen.title,
        stage="active",
        opened_on=dt.date.today(),
        letter="none" if last.letter == "none" else "draft",
        follows_id=last.id,
        period_from=chosen.period_from,
        period_until=chosen.period_until,
        next_review_on=chosen.period_until,
    )
    session.add(engagement)
    if last.next_review_on == last.period_until:
        last.next_review_on = None
    session.add(last)
    session.flush()
    for role in session.exec(select(Role).where(Role.engagement_id == engagement_id)).all():
        session.add(Role(engagement_id=engagement.id or 0, party_id=role.party_id, kind=role.kind, note=role.note))
    about(session, chosen.title)
    assert engagement.id is not None
    return engagement.id


def list_periods(session: Session, engagement_id: int) -> list[PeriodRow]:
    """The whole chain that an engagement belongs to, the newest first; empty where nothing comes before or after."""
    rows = fetch(
        session,
        """WITH RECURSIVE before(id, step) AS (
            SELECT ?, 0 UNION ALL SELECT e.follows_id, b.step + 1 FROM before b JOIN engagement e ON e.id = b.id
            WHERE e.follows_id IS NOT NULL AND b.step < 600),
        after(id, step) AS (
            SELECT ?, 0 UNION ALL SELECT e.id, a.step + 1 FROM after a JOIN engagement e ON e.follows_id = a.id
            WHERE a.step < 600)
        SELECT e.id, e.number, e.title, e.stage, e.period_from, e.period_until FROM engagement e
        WHERE e.id IN (SELECT id FROM before UNION SELECT id FROM after)
        ORDER BY e.period_from IS NULL, e.period_from DESC, e.id DESC""",
        *(engagement_id, engagement_id),
    )
    if len(rows) < 2:
        return []
    return [PeriodRow(*[*row[:4], day(row[4]), day(row[5]), row[0] == engagement_id]) for row in rows]


def _months_on(start: dt.date, months: int) -> dt.date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    # The 31st of a month that has none is its last day.
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(start.day, last))


def _advanced(title: str, ended: dt.date, ends: dt.date, recurs: str) -> str:
    """The title with its year, span of years or quarter moved on by one period."""
    years = ends.year - ended.year if recurs != "yearly" else 1

    def year(found: re.Match[str]) -> str:
        first = int(found[0][:4]) + years
        if found[2] is None:
            return str(first)
        second = int(found[3]) + years
        return f"{first}{found[2]}{second % 100:02d}" if len(found[3]) == 2 else f"{first}{found[2]}{second}"

    def quarter(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) % 4 + 1}"

    moved = _YEAR.sub(year, title)
    return _QUARTER.sub(quarter, moved) if recurs == "quarterly" else moved
