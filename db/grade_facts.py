"""What the grades rest on: each client's facts on a day, and the points that they give by the practice's criteria."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session

from db.answers import Answers, list_answers
from db.grade_criteria import GradeCriteria
from db.referrals import ALL_REFERRALS
from db.rows import among, day, fetch
from db.standings import standing_on
from db.worth import THREE_YEARS_DAYS, YEAR_DAYS, Worth, days_before, list_worth

# One thing noted of a client may be a mood of the day.
NOTES_NEEDED = 2
# Points are given where so much of the weight is known.
KNOWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Noted:
    """Of a client in 1,095 days: how many things noted were good, how many bad, and the latest that may be shown."""

    good: int = 0
    bad: int = 0
    noun: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """How many a client sent to us in 1,095 days, and the latest written referral among them."""

    count: int = 0
    referral_id: int | None = None


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """All that the criteria ask of one client; `known_days` are those since his file, first bill or first entry."""

    client_id: int
    party_id: int
    standing: str
    grade: str
    known_days: int
    worth: Worth
    sent: Sent = field(default_factory=Sent)
    answers: Answers = field(default_factory=Answers)
    noted: Noted = field(default_factory=Noted)
    strategic: bool = False


Points = dict[str, float | None]


def points(facts: GradeFacts, criteria: GradeCriteria) -> Points:
    """The points of each criterion, 0 to 100, or None where too little is known of the client.

    Fees: 100 x fees / the full amount; of 36 months only for one known for a year. Growth: 50 + 50 x growth / the full
    growth. Pays on time: the share paid in time. Refers: 100 x clients sent / the full number; none sent counts once he
    is known for a year. Takes advice: the share accepted. Pleasant: good / (good + bad) of what was noted, from two on.
    Strategic: 100 where he wears the tag, else 0. None is below 0 or above 100.
    """
    worth, year_known = facts.worth, facts.known_days >= YEAR_DAYS
    seen = year_known or worth.bills > 0
    growth, timely, share = worth.growth, worth.timely, facts.answers.share
    noted = facts.noted.good + facts.noted.bad
    return {
        "fees_year": _within(100 * worth.billed_year / criteria.full_year) if seen else None,
        "fees_three": _within(100 * worth.billed_three / criteria.full_three) if year_known else None,
        "growth": None if growth is None else _within(50 + 50 * growth / (criteria.full_growth / 100)),
        "timely": None if timely is None else 100 * timely,
        "refers": _within(100 * facts.sent.count / criteria.full_refers) if year_known or facts.sent.count else None,
        "advice": None if share is None else 100 * share,
        "pleasant": 100 * facts.noted.good / noted if noted >= NOTES_NEEDED else None,
        "strategic": 100.0 if facts.strategic else 0.0,
    }


def score_of(given: Points, criteria: GradeCriteria) -> float | None:
    """The mean of the known points by their weights; None where less than half of the weight is known."""
    known = whole = 0
    total = 0.0
    for name, weight in criteria.weights().items():
        value = given[name]
        whole += weight
        if value is not None:
            known += weight
            total += weight * value
    return total / known if known and known >= KNOWN_SHARE * whole else None


def _within(value: float) -> float:
    return min(100.0, max(0.0, value))


# ---------------------------------------------------------------------- reading


def list_grade_facts(
    session: Session, criteria: GradeCriteria, client_ids: Collection[int] | None = None, on: dt.date | None = None
) -> list[GradeFacts]:
    """The facts of these clients, or of all, by their ids; a tag counts as it stands now."""
    now = on or dt.date.today()
    some = None if client_ids is None else among(client_ids)
    which = "" if some is None else f"AND c.id IN ({some})"
    worth, answers = list_worth(session, client_ids, now), list_answers(session, client_ids, now)
    sent, noted = _sent(session, which, now), _noted(session, some, now)
    rows = fetch(
        session,
        f"""SELECT c.id, c.party_id, {standing_on(now)}, {grade_on(now)},
            min(coalesce(c.since, ?1), coalesce((SELECT min(f.charged_on) FROM fee f WHERE f.client_id = c.id), ?1),
                coalesce((SELECT min(a.given_at) FROM advice a INDEXED BY advice_client WHERE a.client_id = c.id), ?1)),
            EXISTS (SELECT 1 FROM tag t WHERE t.party_id = c.party_id AND t.name = ?2)
        FROM client c WHERE 1 {which} ORDER BY c.id""",
        *(now.isoformat(), criteria.tag),
    )
    found = []
    for client_id, party_id, standing, grade, since, strategic in rows:
        begun = day(since) or now
        found.append(
            GradeFacts(
                *(client_id, party_id, standing or "", grade, (now - begun).days),
                worth.get(client_id) or Worth(client_id),
                *(sent.get(client_id, _NOBODY), answers.get(client_id, _UNANSWERED), noted.get(client_id, _UNNOTED)),
                bool(strategic),
            )
        )
    return found


_NOBODY, _UNANSWERED, _UNNOTED = Sent(), Answers(), Noted()


def grade_on(on: dt.date, client: str = "c") -> str:
    """The grade of a client on a day, as SQL: before today, as the history has it."""
    if on >= dt.date.today():
        return f"{client}.grade"
    return f"""coalesce((SELECT json_extract(h.before, '$.grade') FROM change h INDEXED BY change_row
        JOIN step s ON s.id = h.step_id WHERE h.noun = 'client' AND h.row_id = {client}.id AND h.kind = 'update'
            AND s.at >= '{days_before(on, -1)}' AND json_extract(h.before, '$.grade') IS NOT NULL
        ORDER BY h.id LIMIT 1), {client}.grade)"""


def _sent(session: Session, which: str, now: dt.date) -> dict[int, Sent]:
    rows = fetch(
        session,
        f"""SELECT c.id, count(*), max(r.id) FILTER (WHERE r.id > 0) FROM {ALL_REFERRALS} r
        CROSS JOIN client c ON c.party_id = r.from_id
        WHERE r.direction = 'in' AND r.referred_on > ? AND r.referred_on <= ? {which} GROUP BY c.id""",
        *(days_before(now, THREE_YEARS_DAYS), now.isoformat()),
    )
    return {row[0]: Sent(*row[1:]) for row in rows}


def _noted(session: Session, some: str | None, now: dt.date) -> dict[int, Noted]:
    within = "" if some is None else f"AND client_id IN ({some})"
    rows = fetch(
        session,
        f"""SELECT client_id, sum(good > 0), sum(good < 0),
            max(CASE WHEN shown THEN at || ' ' || noun || printf(' %012d', id) END)
        FROM (SELECT client_id, effect AS good, noted_at AS at, 'trust_note' AS noun, id, NOT restricted AS shown
                FROM trust_note WHERE effect <> 0 AND noted_at >= ?3 AND noted_at < ?2 {within}
            UNION ALL SELECT client_id, CASE feeling WHEN 'pleased' THEN 1 WHEN 'displeased' THEN -1 ELSE 0 END,
                heard_on, 'insight', id, 1 FROM insight
                WHERE client_id IS NOT NULL AND feeling IN ('pleased', 'displeased') AND heard_on > ?1
                    AND heard_on < ?2 {within})
        GROUP BY client_id""",
        *(days_before(now, THREE_YEARS_DAYS), days_before(now, -1), days_before(now, THREE_YEARS_DAYS - 1)),
    )
    found = {}
    for client_id, good, bad, last in rows:
        _at, noun, number = last.rsplit(" ", 2) if last else ("", "", None)
        found[client_id] = Noted(good, bad, noun, None if number is None else int(number))
    return found
