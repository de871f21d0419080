"""Where effort should go: what the best clients are worth, against the attention that they get.

**Value** is what was billed to a client in the last 365 days (db/worth.py). **Attention** is what the practice gave him
of its time in the last 90 days: each recorded entry counts by its channel, as `WEIGHT_OF` says, because an hour at one
table means more than a line by post; the minutes noted with them, and the promises made to him in these days, stand
beside it. Those shown are the clients we served on the day with the highest value.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from sqlmodel import Session

from db.grade_facts import grade_on
from db.rhythm import silence
from db.rhythms import served_on
from db.rows import among, fetch
from db.standings import standing_on
from db.worth import BILLED, YEAR_DAYS, days_before

CLIENTS_SHOWN = 20
# Those we serve are looked for among so many of the highest value.
MOST_LOOKED_AT = 1000
VALUE_DAYS, ATTENTION_DAYS = YEAR_DAYS, 90
WEIGHT_OF = {"meeting": 3.0, "video": 2.0, "call": 2.0, "e-mail": 1.0, "letter": 1.0, "note": 0.5}


@dataclass(frozen=True)
class EffortRow:
    """A client's value and attention; `state` is his standing, 'quiet' or 'at risk'; `contacts` are the entries,
    `minutes` those noted with them, `promises` what we promised him.
    """

    client_id: int
    client: str
    grade: str
    state: str
    value_minor: int
    currency: str
    attention: float
    contacts: int
    minutes: int = 0
    promises: int = 0


@dataclass(frozen=True)
class Effort:
    """The clients of most value, the highest first, and the middle of both measures, which parts them."""

    rows: list[EffortRow]
    middle_value: float
    middle_attention: float

    def neglected(self, row: EffortRow) -> bool:
        """Whether a client is worth more than the middle of these and gets less attention than it."""
        return row.value_minor >= self.middle_value and row.attention < self.middle_attention

    def over_served(self, row: EffortRow) -> bool:
        """Whether a client is worth less than the middle of these and gets more attention than it."""
        return row.value_minor < self.middle_value and row.attention > self.middle_attention


def list_effort(session: Session, on: dt.date | None = None, limit: int = CLIENTS_SHOWN) -> Effort:
    """Value against attention of the clients of most value."""
    now = on or dt.date.today()
    tomorrow = (now + dt.timedelta(days=1)).isoformat()
    best = fetch(
        session,
        f"""WITH f AS MATERIALIZED (SELECT f.client_id, sum(f.amount_minor) AS value FROM fee f WHERE {BILLED}
                AND f.charged_on > ? AND f.charged_on <= ?
            GROUP BY f.client_id HAVING value > 0 ORDER BY value DESC, f.client_id LIMIT {MOST_LOOKED_AT})
        SELECT f.client_id, p.name, {grade_on(now)}, {standing_on(now)}, c.rhythm_days, f.value,
            (SELECT currency FROM practice)
        FROM f CROSS JOIN client c ON c.id = f.client_id JOIN party p ON p.id = c.party_id
        WHERE {served_on(now)} ORDER BY f.value DESC, f.client_id LIMIT ?""",
        *(days_before(now, VALUE_DAYS), now.isoformat(), limit),
    )
    some = among(row[0] for row in best)
    weight = "CASE channel " + " ".join(f"WHEN '{name}' THEN {each}" for name, each in WEIGHT_OF.items()) + " END"
    given = {
        client_id: (attention, contacts, minutes)
        for client_id, attention, contacts, minutes in fetch(
            session,
            f"""SELECT client_id, sum({weight}), count(*), coalesce(sum(minutes), 0) FROM advice
            WHERE client_id IN ({some}) AND state = 'recorded' AND withdrawn_at IS NULL
                AND given_at >= ? AND given_at < ? GROUP BY client_id""",
            *((now - dt.timedelta(days=ATTENTION_DAYS)).isoformat(), tomorrow),
        )
    }
    promised = dict(
        row[:]
        for row in fetch(
            session,
            f"""SELECT client_id, count(*) FROM promise WHERE client_id IN ({some}) AND by = 'us'
                AND made_on > ? AND made_on <= ? GROUP BY client_id""",
            *(days_before(now, ATTENTION_DAYS), now.isoformat()),
        )
    )
    days: dict[int, list[dt.date]] = {}
    for client_id, on_day in fetch(
        session,
        f"""SELECT DISTINCT client_id, substr(given_at, 1, 10) FROM advice WHERE client_id IN ({some})
            AND given_at < ? AND withdrawn_at IS NULL ORDER BY given_at""",
        tomorrow,
    ):
        days.setdefault(client_id, []).append(dt.date.fromisoformat(on_day))
    rows = [
        EffortRow(
            *(client_id, name, grade, silence(standing, days.get(client_id, []), agreed, now), value, currency),
            *given.get(client_id, (0.0, 0, 0)),
            promised.get(client_id, 0),
        )
        for client_id, name, grade, standing, agreed, value, currency in best
    ]
    if not rows:
        return Effort([], 0, 0)
    return Effort(rows, median(row.value_minor for row in rows), median(row.attention for row in rows))
