"""What a client may come to be worth, and how recent, frequent and large his bills are, each with its formula.

**Lifetime value** is a simple model, told beside its number: paid so far + yearly fees x r / (1 + d - r). Yearly fees
are what was billed less what was written off in the last 1,095 days (or since his first bill, where that is less, but
at least 365 days) a year; r is the practice's own rate of retention, d the rate of discount that it sets. The multiple
is that of Gupta and Lehmann, "Customers as Assets", Journal of Interactive Marketing 17 (2003). Its limits: it takes
fees for profit, one retention for all clients, and each year to be like the last three. It compares; it foretells no
single client.

**Retention** r: of the clients billed in the 365 days before the last 365, the share billed again in the last 365.

**Recency, frequency, monetary** (Hughes, Strategic Database Marketing, 1994): each client billed in the last 1,095 days
stands in the best fifth (5) to the last fifth (1) of them by the day of his last bill, the number of his bills and
their sum. Equals stand in the same fifth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from pydantic import Field
from sqlmodel import Session

from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input
from db.rows import among, day, fetch, scalar
from db.worth import BILLED, THREE_YEARS_DAYS, YEAR_DAYS, days_before, worth_of

SETTING = "lifetime"
# Fewer than these, and a share says more of chance than of clients.
CLIENTS_FOR_A_RATE = 20
FIFTHS = 5


class LifetimeRate(Input):
    """The rate of discount of a lifetime value, in whole per cent a year: what money costs, and how sure one is."""

    discount: int = Field(default=10, ge=1, le=50)


@dataclass(frozen=True)
class Retention:
    """Of `before` clients billed in the year before, `again` were billed in the last; `rate` is None below twenty."""

    again: int
    before: int

    @property
    def rate(self) -> float | None:
        """The share, 0 to 1."""
        return None if self.before < CLIENTS_FOR_A_RATE else self.again / self.before


@dataclass(frozen=True)
class LifetimeValue:
    """What was `paid`, and what is `expected` beside it, in minor units; None where that cannot be said honestly.

    `why_not` is then 'few clients' (no rate of retention) or 'too new' (his first bill is younger than 365 days).
    """

    paid: int
    yearly: int
    retention: Retention
    discount: int
    expected: int | None
    why_not: str = ""

    @property
    def value(self) -> int | None:
        """Paid so far and expected."""
        return None if self.expected is None else self.paid + self.expected


@dataclass(frozen=True)
class Rfm:
    """A client's fifths, 5 the best; `of` is how many clients were compared."""

    recency: int
    frequency: int
    monetary: int
    last_on: dt.date
    bills: int
    billed: int
    of: int


def lifetime_rate(session: Session) -> LifetimeRate:
    """The practice's rate of discount."""
    return LifetimeRate(**get_setting(session, SETTING, {}))


def set_lifetime_rate(session: Session, rate: LifetimeRate) -> None:
    """Keep another rate of discount."""
    set_setting(session, SETTING, rate.model_dump())
    about(session, f"{rate.discount} %")


def retention(session: Session, on: dt.date | None = None) -> Retention:
    """The practice's rate of retention on a day, over all clients."""
    now = on or dt.date.today()
    year, two = days_before(now, YEAR_DAYS), days_before(now, 2 * YEAR_DAYS)
    row = fetch(
        session,
        f"""SELECT coalesce(sum(again AND before), 0), coalesce(sum(before), 0) FROM (
            SELECT max(f.charged_on > ?2) AS again, max(f.charged_on <= ?2) AS before FROM fee f
            WHERE {BILLED} AND f.charged_on > ?3 AND f.charged_on <= ?1 GROUP BY f.client_id)""",
        *(now.isoformat(), year, two),
    )[0]
    return Retention(*row)


def lifetime_value(session: Session, client_id: int, on: dt.date | None = None) -> LifetimeValue:
    """A client's lifetime value on a day."""
    now = on or dt.date.today()
    worth, kept, discount = worth_of(session, client_id, now), retention(session, now), lifetime_rate(session).discount
    served = 0 if worth.first_on is None else (now - worth.first_on).days
    lost = scalar(
        session,
        """SELECT coalesce(sum(f.amount_minor), 0) FROM fee f WHERE f.client_id = ? AND f.kind = 'written off'
            AND f.currency IN ('', (SELECT currency FROM practice)) AND f.charged_on > ? AND f.charged_on <= ?""",
        *(client_id, days_before(now, THREE_YEARS_DAYS), now.isoformat()),
    )
    days = min(max(served, YEAR_DAYS), THREE_YEARS_DAYS)
    yearly = max(0, round((worth.billed_three - lost) * YEAR_DAYS / days))
    if served < YEAR_DAYS or kept.rate is None:
        why_not = "too new" if served < YEAR_DAYS else "few clients"
        return LifetimeValue(worth.paid, yearly, kept, discount, None, why_not)
    expected = round(yearly * kept.rate / (1 + discount / 100 - kept.rate))
    return LifetimeValue(worth.paid, yearly, kept, discount, expected)


def list_rfm(session: Session, client_ids: Collection[int] | None = None, on: dt.date | None = None) -> dict[int, Rfm]:
    """The fifths of these clients, or of all who were billed in 1,095 days, among all of them; empty below five."""
    now = on or dt.date.today()
    which = "" if client_ids is None else f"WHERE client_id IN ({among(client_ids)})"
    rows = fetch(
        session,
        f"""WITH billed AS MATERIALIZED (SELECT f.client_id, max(f.charged_on) AS last, count(*) AS bills,
                sum(f.amount_minor) AS total FROM fee f
            WHERE {BILLED} AND f.charged_on > ? AND f.charged_on <= ? GROUP BY f.client_id HAVING total > 0),
        placed AS (SELECT *, count(*) OVER () AS of, rank() OVER (ORDER BY last) AS r,
            rank() OVER (ORDER BY bills) AS f, rank() OVER (ORDER BY total) AS m FROM billed)
        SELECT client_id, last, bills, total, of, r, f, m FROM placed {which}""",
        *(days_before(now, THREE_YEARS_DAYS), now.isoformat()),
    )
    found = {}
    for client_id, last, bills, total, of, *places in rows:
        last_on = day(last)
        if of >= FIFTHS and last_on is not None:
            fifths = [1 + FIFTHS * (place - 1) // of for place in places]
            found[client_id] = Rfm(fifths[0], fifths[1], fifths[2], last_on, bills, total, of)
    return found
