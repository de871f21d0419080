"""What a client is worth in fees: billed, paid and written off, what came of the bills, and whether it came in time.

Money is in minor units of the practice's own currency. What is in another one is left out, for no rate of exchange is
kept, and counted in `other_currency`. Nothing after the day that is asked for is used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from db.rows import among, day, fetch

# Twelve months are the 365 days that end with the day, thirty-six are three times as many, everywhere in the program.
YEAR_DAYS = 365
THREE_YEARS_DAYS = 3 * YEAR_DAYS
# A bill is due so many days after it was charged; what is younger says nothing of how a client pays.
DUE_DAYS = 30
OWN_MONEY = "f.currency IN ('', (SELECT currency FROM practice))"
BILLED = f"f.kind = 'billed' AND {OWN_MONEY}"


@dataclass(frozen=True, slots=True)
class Worth:
    """A client's money on a day, in minor units of the practice's currency.

    `…_year` is of the last 365 days, `before_year` of the 365 before those, `…_three` of the last 1,095. `due` is what
    was billed at least 30 days ago; `due_three` and `timely_three` are the bills of the last 1,095 days that were due
    by the day, and what of them was paid within 30 days of the bill (see `timely`). `late` bills were not wholly paid
    by then, the latest of them is `late_id`. `bills` counts the bills of 1,095 days; `settles` says
    whether any payment or write-off is noted; `first_days` are those since the
    first bill; `other_currency` counts the fees left out.
    """

    client_id: int
    billed: int = 0
    billed_year: int = 0
    before_year: int = 0
    billed_three: int = 0
    paid: int = 0
    paid_year: int = 0
    written_off: int = 0
    written_off_year: int = 0
    due: int = 0
    bills: int = 0
    settles: bool = False
    first_on: dt.date | None = None
    first_days: int = 0
    last_on: dt.date | None = None
    last_id: int | None = None
    other_currency: int = 0
    due_three: int = 0
    timely_three: int = 0
    late: int = 0
    late_id: int | None = None

    @property
    def open(self) -> int:
        """What is still to come: billed, less paid, less written off; never below nothing."""
        return max(0, self.billed - self.paid - self.written_off)

    @property
    def realisation(self) -> float | None:
        """Paid / billed, 0 to 1, of what is due: min(paid, due) / due, over the whole history.

        A payment settles the oldest bill first, so what was billed in the last 30 days, and what was paid for it or in
        advance, is left out on both sides. What was written off is billed and never paid, and so lowers it. None where
        nothing is due yet.
        """
        return None if self.due <= 0 else max(0, min(self.paid, self.due)) / self.due

    @property
    def growth(self) -> float | None:
        """Fees of the last 365 days against the 365 before: last / before - 1.

        None where his first bill is younger than 730 days, or nothing was billed in those before.
        """
        if self.before_year <= 0 or self.first_days < 2 * YEAR_DAYS:
            return None
        return self.billed_year / self.before_year - 1

    @property
    def timely(self) -> float | None:
        """The share of the money due in the last 1,095 days that was paid in time, 0 to 1.

        None where none was due, or where no payment of his was ever noted: it may only not be written down.
        A payment, a credit or a write-off settles the oldest bill first. Of each bill counts what was settled within 30
        days; what was written off in these days is then taken off again, for it was not paid.
        """
        if self.due_three <= 0 or not self.settles:
            return None
        return max(0, min(self.timely_three, self.due_three)) / self.due_three


_SUMS = f"""SELECT f.client_id, coalesce(sum(f.amount_minor) FILTER (WHERE {BILLED}), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE {BILLED} AND f.charged_on > ?2), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE {BILLED} AND f.charged_on > ?3 AND f.charged_on <= ?2), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE {BILLED} AND f.charged_on > ?4), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE f.kind = 'paid' AND {OWN_MONEY}), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE f.kind = 'paid' AND {OWN_MONEY} AND f.charged_on > ?2), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE f.kind = 'written off' AND {OWN_MONEY}), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE f.kind = 'written off' AND {OWN_MONEY} AND f.charged_on > ?2), 0),
        coalesce(sum(f.amount_minor) FILTER (WHERE {BILLED} AND f.charged_on <= ?5), 0),
        count(*) FILTER (WHERE {BILLED} AND f.charged_on > ?4 AND f.amount_minor > 0),
        max(f.kind <> 'billed' AND {OWN_MONEY}),
        min(f.charged_on) FILTER (WHERE {BILLED}), max(f.charged_on || printf(' %012d', f.id)) FILTER (WHERE {BILLED}),
        count(*) FILTER (WHERE NOT {OWN_MONEY})
    FROM fee f WHERE f.charged_on <= ?1 {{which}} GROUP BY f.client_id"""

# Each bill on the day it falls due, and all that settles bills on its own day and, where it is that day, first. What is
# settled by then, less the bills before, is what this bill got.
_TIMELY = f"""WITH event AS (
        SELECT f.client_id, f.id, date(f.charged_on, '+{DUE_DAYS} days') AS at, f.amount_minor AS bill, 0 AS settled,
            0 AS lost FROM fee f
        WHERE {BILLED} AND f.amount_minor > 0 AND f.charged_on <= ?3 {{which}}
        UNION ALL SELECT f.client_id, f.id, f.charged_on, 0,
            CASE WHEN f.kind = 'billed' THEN -f.amount_minor ELSE f.amount_minor END,
            CASE WHEN f.kind = 'written off' AND f.charged_on > ?2 THEN max(f.amount_minor, 0) ELSE 0 END FROM fee f
        WHERE {OWN_MONEY} AND (f.kind <> 'billed' OR f.amount_minor < 0) AND f.charged_on <= ?1 {{which}}),
    running AS (
        SELECT client_id, id, at, bill, lost, sum(settled) OVER before - sum(bill) OVER before + bill AS left
        FROM event WINDOW before AS (PARTITION BY client_id ORDER BY at, bill > 0, id ROWS UNBOUNDED PRECEDING))
    SELECT client_id, sum(bill) FILTER (WHERE bill > 0 AND at > ?2),
        coalesce(sum(max(0, min(bill, left))) FILTER (WHERE bill > 0 AND at > ?2), 0) - sum(lost),
        count(*) FILTER (WHERE bill > 0 AND at > ?2 AND left < bill),
        max(at || printf(' %012d', id)) FILTER (WHERE bill > 0 AND at > ?2 AND left < bill)
    FROM running GROUP BY client_id HAVING count(*) FILTER (WHERE bill > 0 AND at > ?2) > 0"""


def days_before(on: dt.date, days: int) -> str:
    """The day so many days before, as the file writes it."""
    return (on - dt.timedelta(days=days)).isoformat()


def list_worth(
    session: Session, client_ids: Iterable[int] | None = None, on: dt.date | None = None
) -> dict[int, Worth]:
    """The money of these clients, or of all, by client; one of whom no fee was ever noted is not among them."""
    now = on or dt.date.today()
    which = "" if client_ids is None else f"AND f.client_id IN ({among(client_ids)})"
    year, two, three = (days_before(now, days) for days in (YEAR_DAYS, 2 * YEAR_DAYS, THREE_YEARS_DAYS))
    due = days_before(now, DUE_DAYS)
    timely = {
        row[0]: (row[1], row[2], row[3], _numbered(row[4]))
        for row in fetch(session, _TIMELY.format(which=which), now.isoformat(), three, due)
    }
    found = {}
    for row in fetch(session, _SUMS.format(which=which), now.isoformat(), year, two, three, due):
        last = row[13]
        first_on = day(row[12])
        days = 0 if first_on is None else (now - first_on).days
        dates = (first_on, days, day(last), _numbered(last))
        found[row[0]] = Worth(*[*row[:11], bool(row[11]), *dates, row[14], *timely.get(row[0], (0, 0, 0, None))])
    return found


def worth_of(session: Session, client_id: int, on: dt.date | None = None) -> Worth:
    """The money of one client."""
    return list_worth(session, [client_id], on).get(client_id) or Worth(client_id)


def _numbered(told: str | None) -> int | None:
    return None if told is None else int(told.rpartition(" ")[2])
