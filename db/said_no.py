"""Who said No: when, why, of which kind, and after what; small numbers stay counts, never shares.

A client said No on the day on which his standing became *former*; those whom we declined are told apart. What went
before is looked for on that day and not after it:
- **silence**: the last entry of advice lies `SILENCE_DAYS` or more days back, or there is none;
- **concern**: a concern or a complaint was open;
- **promise**: a promise of ours fell due in the `PROMISE_DAYS` before and was not kept by its day;
- **fee rise**: billed in the 365 days before at least `FEE_RISE` percent more than in the 365 before those, in the
  practice's currency, where both are above zero.
With the reason *competitor* his words begin with the name of the competitor, up to the first sign of punctuation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.names import fold
from db.rows import day, fetch

SILENCE_DAYS, PROMISE_DAYS, FEE_RISE = 90, 180, 20
PERIOD_DAYS = 3 * 365
_PUNCTUATION = re.compile(r"\s*(?:[:;,(–—]|\.(?:\s|$)|\s-\s)")

_BEFORE = """SELECT b.standing FROM standing_change b WHERE b.client_id = s.client_id
    AND (b.changed_on < s.changed_on OR b.changed_on = s.changed_on AND b.id < s.id)
    ORDER BY b.changed_on DESC, b.id DESC LIMIT 1"""
_SAID = """SELECT max(a.given_at) FROM advice a WHERE a.client_id = g.client_id AND a.withdrawn_at IS NULL
    AND a.given_at < date(g.changed_on, '+1 day')"""
_CONCERN = """SELECT min(n.id) FROM trust_note n WHERE n.client_id = g.client_id AND n.kind = 'concern'
    AND n.noted_at < date(g.changed_on, '+1 day') AND (n.resolved_on IS NULL OR n.resolved_on > g.changed_on)"""
_COMPLAINT = """SELECT min(i.id) FROM insight i WHERE i.client_id = g.client_id AND i.kind = 'complaint'
    AND i.heard_on <= g.changed_on AND (i.resolved_on IS NULL OR i.resolved_on > g.changed_on)"""
_PROMISE = f"""SELECT max(q.id) FROM promise q WHERE q.client_id = g.client_id AND q.by = 'us'
    AND q.due_on < g.changed_on AND q.due_on >= date(g.changed_on, '-{PROMISE_DAYS} days')
    AND (q.status IN ('open', 'late', 'broken') OR q.kept_on > q.due_on)"""
_BILLED = """SELECT coalesce(sum(f.amount_minor), 0) FROM fee f WHERE f.client_id = g.client_id AND f.kind = 'billed'
    AND f.currency IN ('', (SELECT currency FROM practice)) AND f.charged_on > date(g.changed_on, '-{} days')
    AND f.charged_on <= date(g.changed_on, '-{} days')"""
_AREA = """SELECT e.area FROM engagement e WHERE e.client_id = g.client_id AND e.area <> ''
    AND e.opened_on <= g.changed_on ORDER BY e.opened_on DESC, e.id DESC LIMIT 1"""


@dataclass(frozen=True)
class No:
    """One No: `before` is the standing until then, `silent_days` is None where he was never advised; the ids name what
    was open or broken on that day; `fee_rise` is in percent, 0 where fees did not rise.
    """

    client_id: int
    name: str
    kind: str
    grade: str
    on: dt.date
    before: str
    reason: str
    words: str
    area: str
    known_days: int | None
    silent_days: int | None
    concern_id: int | None
    complaint_id: int | None
    promise_id: int | None
    fee_rise: int

    @property
    def competitor(self) -> str:
        """The competitor he named; empty where there was none or he was not named."""
        return _PUNCTUATION.split(self.words, maxsplit=1)[0].strip() if self.reason == "competitor" else ""

    @property
    def after(self) -> tuple[str, ...]:
        """What went before: silence, concern, promise, fee rise, or nothing."""
        signs = {
            "silence": self.silent_days is None or self.silent_days >= SILENCE_DAYS,
            "concern": self.concern_id is not None or self.complaint_id is not None,
            "promise": self.promise_id is not None,
            "fee rise": self.fee_rise >= FEE_RISE,
        }
        return tuple(name for name, there in signs.items() if there) or ("nothing",)


Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SaidNo:
    """Those who said No in a period, the latest first, and how many of each: the most frequent first, months in order.

    One No may have come after several things. `declined` is how many we said no to in the same period.
    """

    since: dt.date
    until: dt.date
    rows: tuple[No, ...]
    declined: int
    by_month: Counts
    by_reason: Counts
    by_competitor: Counts
    by_before: Counts
    by_grade: Counts
    by_kind: Counts
    by_area: Counts
    by_after: Counts


def said_no(
    session: Session, on: dt.date | None = None, *, since: dt.date | None = None, standing: str = "former"
) -> SaidNo:
    """Those who said No until a day, from `since` or for three years; or, by `standing`, those whom we declined."""
    until = on or dt.date.today()
    begin = since or until - dt.timedelta(days=PERIOD_DAYS)
    days = (begin.isoformat(), until.isoformat())
    rows = fetch(
        session,
        f"""WITH g AS MATERIALIZED (SELECT s.id, s.client_id, s.changed_on, s.reason, s.words, ({_BEFORE}) AS before
            FROM standing_change s WHERE s.standing = ? AND s.changed_on >= ? AND s.changed_on <= ?)
        SELECT g.client_id, p.name, p.kind, c.grade, g.changed_on, coalesce(g.before, ''), g.reason, g.words,
            coalesce(({_AREA}), ''), julianday(g.changed_on) - julianday(c.since),
            julianday(g.changed_on) - julianday(substr(({_SAID}), 1, 10)), ({_CONCERN}), ({_COMPLAINT}), ({_PROMISE}),
            ({_BILLED.format(365, 0)}), ({_BILLED.format(730, 365)})
        FROM g JOIN client c ON c.id = g.client_id JOIN party p ON p.id = c.party_id
        ORDER BY g.changed_on DESC, g.id DESC""",
        *(standing, *days),
    )
    told = tuple(_no(row) for row in rows)
    declined = fetch(
        session,
        "SELECT count(*) FROM standing_change WHERE standing = 'declined' AND changed_on >= ? AND changed_on <= ?",
        *days,
    )[0][0]
    return SaidNo(
        *(begin, until, told, declined),
        by_month=tuple(sorted(Counter(row.on.isoformat()[:7] for row in told).items())),
        by_reason=_counted(row.reason for row in told),
        by_competitor=_by_competitor(told),
        by_before=_counted(row.before for row in told),
        by_grade=_counted(row.grade for row in told),
        by_kind=_counted(row.kind for row in told),
        by_area=_counted(row.area for row in told),
        by_after=_counted(sign for row in told for sign in row.after),
    )


def _no(row: Any) -> No:
    left_on, known, silent = day(row[4]), row[9], row[10]
    assert left_on is not None
    year, before = row[14], row[15]
    rise = round((year - before) * 100 / before) if year > before > 0 else 0
    return No(
        *(*row[:4], left_on, *row[5:9], None if known is None else max(0, int(known))),
        *(None if silent is None else int(silent), *row[11:14], rise),
    )


def _counted(names: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


def _by_competitor(rows: Iterable[No]) -> Counts:
    """The competitors, each once however he was written; those without a name stand under ''."""
    spelt: dict[str, str] = {}
    keys = []
    for row in rows:
        if row.reason == "competitor":
            keys.append(key := fold(row.competitor))
            spelt.setdefault(key, row.competitor)
    return tuple((spelt[key], count) for key, count in _counted(keys))
