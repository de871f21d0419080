"""What one should know before a continuation review: fees, promises, concerns, answers, feedback and silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.clients import ClientRow, list_client_rows
from db.errors import Refused
from db.insight_lists import list_insight_ids, list_insight_rows
from db.insights import InsightRow
from db.reviews import ReviewRow, list_reviews
from db.rows import day, fetch, scalar
from db.trust import KeptRate, kept_rate
from db.worth import OWN_MONEY, THREE_YEARS_DAYS, YEAR_DAYS, days_before

FEEDBACK_SHOWN = 5


@dataclass(frozen=True)
class OpenConcern:
    """A concern or a complaint that is not settled; the words of a restricted one stay away."""

    words: str
    since: dt.date
    restricted: bool


@dataclass(frozen=True)
class ReviewFacts:
    """Everything beside the form. Fees are what was billed in the practice's currency, in minor units."""

    client: ClientRow
    fees_year_minor: int
    fees_three_years_minor: int
    paid_year_minor: int
    written_off_year_minor: int
    currency: str
    kept: KeptRate
    concerns: list[OpenConcern]
    answers: dict[str, int]
    feedback: list[InsightRow]
    sent: int
    past: list[ReviewRow]


def review_facts(session: Session, client_id: int, today: dt.date | None = None) -> ReviewFacts:
    """The facts of a client on a day."""
    now = today or dt.date.today()
    rows = list_client_rows(session, [client_id], now)
    if not rows:
        raise Refused("not-there", "client", noun="Client", id=client_id)
    currency = scalar(session, "SELECT currency FROM practice")
    year, three = days_before(now, YEAR_DAYS), days_before(now, THREE_YEARS_DAYS)
    money = fetch(
        session,
        f"""SELECT coalesce(sum(CASE WHEN kind = 'billed' AND charged_on > ? THEN amount_minor END), 0),
            coalesce(sum(CASE WHEN kind = 'billed' THEN amount_minor END), 0),
            coalesce(sum(CASE WHEN kind = 'paid' AND charged_on > ? THEN amount_minor END), 0),
            coalesce(sum(CASE WHEN kind = 'written off' AND charged_on > ? THEN amount_minor END), 0)
        FROM fee f WHERE client_id = ? AND {OWN_MONEY} AND charged_on > ? AND charged_on <= ?""",
        *(year, year, year, client_id, three, now.isoformat()),
    )[0]
    concerns = []
    for words, since, restricted in fetch(
        session,
        """SELECT CASE WHEN restricted THEN '' ELSE text END, substr(noted_at, 1, 10) AS at, restricted FROM trust_note
            WHERE client_id = ? AND kind = 'concern' AND resolved_on IS NULL
        UNION ALL SELECT verbatim, heard_on, 0 FROM insight
            WHERE client_id = ? AND kind = 'complaint' AND resolved_on IS NULL ORDER BY at DESC""",
        *(client_id, client_id),
    ):
        on = day(since)
        assert on is not None
        concerns.append(OpenConcern(words, on, bool(restricted)))
    answers = fetch(
        session,
        """SELECT coalesce(r.response, 'awaiting'), count(*) FROM advice a
        LEFT JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL
        WHERE a.client_id = ? AND a.state = 'recorded' AND a.withdrawn_at IS NULL AND a.given_at >= ?
            AND NOT EXISTS (SELECT 1 FROM advice later WHERE later.amends_id = a.id AND later.withdrawn_at IS NULL)
        GROUP BY 1 ORDER BY 2 DESC""",
        *(client_id, year),
    )
    heard = list_insight_ids(session, client_id=client_id)[:FEEDBACK_SHOWN]
    by_id = {row.id: row for row in list_insight_rows(session, heard)}
    sent = scalar(
        session,
        """SELECT (SELECT count(*) FROM referral r WHERE r.from_id = ? AND r.direction = 'in')
            + (SELECT count(*) FROM client c WHERE c.referred_by_id = ? AND NOT EXISTS (SELECT 1 FROM referral r
                WHERE r.sent_id = c.party_id AND r.from_id = c.referred_by_id AND r.direction = 'in'))""",
        *(rows[0].party_id, rows[0].party_id),
    )
    parts = [
        rows[0],
        *money,
        currency,
        kept_rate(session, client_id),
        concerns,
        {row[0]: row[1] for row in answers},
        [by_id[number] for number in heard],
        sent,
        list_reviews(session, client_id),
    ]
    return ReviewFacts(*parts)
