"""The practice's clients as a whole: fees and attention by grade, how much hangs on a few, and what else says what a
client may become: his budget, his demand and how often he comes.

Fees are those of db/worth.py. **Concentration** is the share of the five largest in all that was billed in 365 days.
**Budget** is what is agreed for a client's open engagements: a fixed, yearly or retained fee as it stands, a monthly
one twelve times; hourly and contingent ones are no budget. **Demand** is what he asked for in 365 days: engagements
opened, and work asked for outside of what was agreed. **Frequency** is the number of entries with him in 365 days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.effort import ATTENTION_DAYS
from db.grade_facts import grade_on
from db.rhythms import rhythms_on, served_on
from db.rows import among, fetch, scalar
from db.today_quiet import silent_for
from db.words import CLOSED_STAGES
from db.worth import BILLED, THREE_YEARS_DAYS, YEAR_DAYS, days_before

LARGEST = 5
_CLOSED = ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES))


@dataclass(frozen=True)
class GradeRow:
    """The clients we served on a day of one grade: fees in minor units, entries of 90 days, and who is silent."""

    grade: str
    clients: int
    fees_year: int
    fees_three: int
    contacts: int
    quiet: int
    at_risk: int


@dataclass(frozen=True)
class LargestRow:
    """A client among the five largest: his fees of 365 days, and their share in all, 0 to 1."""

    client_id: int
    name: str
    grade: str
    fees_year: int
    share: float


@dataclass(frozen=True)
class Concentration:
    """The largest clients, all that was billed in 365 days, and the share of the largest together (None: nothing)."""

    largest: list[LargestRow]
    fees_year: int

    @property
    def share(self) -> float | None:
        """Billed to the five largest / billed to all."""
        return sum(row.fees_year for row in self.largest) / self.fees_year if self.fees_year > 0 else None


@dataclass(frozen=True)
class Dimensions:
    """What else a client is, beside his fees: budget in minor units, demand and frequency as counts of a year."""

    budget: int = 0
    demand: int = 0
    frequency: int = 0


def list_grades(session: Session, on: dt.date | None = None) -> list[GradeRow]:
    """Each grade with its clients, fees, entries and silence; those without a grade last."""
    now = on or dt.date.today()
    year, three, recent = (days_before(now, days) for days in (YEAR_DAYS, THREE_YEARS_DAYS, ATTENTION_DAYS))
    tomorrow, grade, served = days_before(now, -1), grade_on(now), served_on(now)
    counts = fetch(session, f"SELECT {grade}, count(*) FROM client c WHERE {served} GROUP BY 1")
    fees = fetch(
        session,
        # Summed for each client first: his grade is then looked up once.
        f"""WITH f AS MATERIALIZED (SELECT f.client_id, sum(CASE WHEN f.charged_on > ? THEN f.amount_minor END) AS one,
                sum(f.amount_minor) AS three
            FROM fee f WHERE {BILLED} AND f.charged_on > ? AND f.charged_on < ? GROUP BY f.client_id)
        SELECT {grade}, coalesce(sum(f.one), 0), sum(f.three) FROM f CROSS JOIN client c ON c.id = f.client_id
        WHERE {served} GROUP BY 1""",
        *(year, three, tomorrow),
    )
    contacts = fetch(
        session,
        # Half a million entries are counted in their index alone, which knows all but the few drafts.
        f"""WITH a AS MATERIALIZED (SELECT e.client_id, count(*) AS entries FROM advice e INDEXED BY advice_client
            WHERE e.given_at >= ? AND e.given_at < ? AND e.withdrawn_at IS NULL
                AND e.id NOT IN (SELECT d.id FROM advice d WHERE d.state = 'draft') GROUP BY e.client_id)
        SELECT {grade}, sum(a.entries) FROM a CROSS JOIN client c ON c.id = a.client_id WHERE {served} GROUP BY 1""",
        *(recent, tomorrow),
    )
    silent = fetch(
        session,
        f"""SELECT {grade}, sum({silent_for("quiet", now)}), sum({silent_for("at risk", now)})
        FROM {rhythms_on(now)} r CROSS JOIN client c ON c.id = r.id GROUP BY 1""",
    )
    billed = {row[0]: row[1:] for row in fees}
    given = {row[0]: row[1] for row in contacts}
    quiet = {row[0]: row[1:] for row in silent}
    ordered = sorted(counts, key=lambda row: row[0] or "~")
    return [
        GradeRow(*[name, clients, *billed.get(name, (0, 0)), given.get(name, 0), *quiet.get(name, (0, 0))])
        for name, clients in ordered
    ]


def concentration(session: Session, on: dt.date | None = None) -> Concentration:
    """How much of the fees of 365 days hangs on the five largest."""
    now = on or dt.date.today()
    days = (days_before(now, YEAR_DAYS), now.isoformat())
    billed = f"FROM fee f WHERE {BILLED} AND f.charged_on > ? AND f.charged_on <= ?"
    whole = scalar(session, f"SELECT coalesce(sum(f.amount_minor), 0) {billed}", *days)
    rows = fetch(
        session,
        f"""WITH f AS MATERIALIZED (SELECT f.client_id, sum(f.amount_minor) AS value {billed} GROUP BY f.client_id
            HAVING value > 0 ORDER BY value DESC, f.client_id LIMIT {LARGEST})
        SELECT f.client_id, p.name, {grade_on(now)}, f.value FROM f CROSS JOIN client c ON c.id = f.client_id
        JOIN party p ON p.id = c.party_id ORDER BY f.value DESC, f.client_id""",
        *days,
    )
    return Concentration([LargestRow(*[*row, row[3] / whole if whole > 0 else 0.0]) for row in rows], whole)


def list_dimensions(session: Session, client_ids: Sequence[int], on: dt.date | None = None) -> dict[int, Dimensions]:
    """The budget, the demand and the frequency of these clients."""
    now, some = on or dt.date.today(), among(client_ids)
    year, tomorrow = days_before(now, YEAR_DAYS), days_before(now, -1)
    rows = fetch(
        session,
        f"""SELECT c.id, (SELECT coalesce(sum(e.fee_minor * iif(e.fee_basis = 'monthly', 12, 1)), 0) FROM engagement e
                WHERE e.client_id = c.id AND e.fee_basis IN ('fixed', 'monthly', 'yearly', 'retainer')
                AND e.currency IN ('', (SELECT currency FROM practice)) AND coalesce(e.opened_on, '') <= ?1
                AND (e.closed_on > ?1 OR e.stage NOT IN ({_CLOSED}))),
            (SELECT count(*) FROM engagement e WHERE e.client_id = c.id AND e.opened_on > ?2 AND e.opened_on <= ?1)
                + (SELECT count(*) FROM out_of_scope o WHERE o.client_id = c.id AND o.asked_on > ?2
                    AND o.asked_on <= ?1),
            (SELECT count(*) FROM advice a INDEXED BY advice_client WHERE a.client_id = c.id
                AND a.given_at >= date(?2, '+1 day') AND a.given_at < ?3 AND a.withdrawn_at IS NULL)
        FROM client c WHERE c.id IN ({some})""",
        *(now.isoformat(), year, tomorrow),
    )
    return {row[0]: Dimensions(*row[1:]) for row in rows}
