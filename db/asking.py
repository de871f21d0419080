"""Whom it is right to ask for a referral: pleased clients with kept promises, never while something is open.

A client whom we serve is listed when, lately, a promise of ours to him was kept in time and he said something good, and
when nothing speaks against it: no open concern or complaint, no promise of ours late or lately broken, no thanks still
owed to him. Every line carries the facts it rests on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.referrals import ALL_REFERRALS
from db.rows import day, fetch
from db.standings import standing_on

KEPT_WITHIN_DAYS = 180
PRAISED_WITHIN_DAYS = 365
# What counts as good: 9 or 10 of 10 to recommend, the two best of 5 for satisfaction, the two best of 7 for ease.
GOOD = """(i.kind = 'praise' OR i.feeling = 'pleased' OR (i.metric = 'recommend' AND i.score >= 9)
    OR (i.metric = 'satisfaction' AND i.score >= 4) OR (i.metric = 'ease' AND i.score >= 6))"""


@dataclass(frozen=True)
class WorthAsking:
    """A client whom it is right to ask, with why: promises kept lately, the latest good word, and whom he sent."""

    client_id: int
    party_id: int
    name: str
    grade: str
    kept: int
    last_kept: str
    last_kept_on: dt.date
    said: str
    said_on: dt.date
    insight_id: int | None
    score: int | None
    scale: int | None
    sent: int


def worth_asking(now: dt.date, client_id: int | None = None) -> str:
    """The clients whom it is right to ask on a day, as a query of (client_id, kept, last_kept_on, said, said_on,
    insight_id, score, scale); nothing after the day is looked at.
    """
    whose = "" if client_id is None else f"AND client_id = {int(client_id)}"
    today, tomorrow = now.isoformat(), (now + dt.timedelta(days=1)).isoformat()
    kept = (now - dt.timedelta(days=KEPT_WITHIN_DAYS)).isoformat()
    praised = (now - dt.timedelta(days=PRAISED_WITHIN_DAYS)).isoformat()
    unsettled = f"(n.resolved_on IS NULL OR n.resolved_on > '{today}')"
    return f"""WITH kept AS MATERIALIZED (SELECT client_id, count(*) AS n, max(kept_on) AS last_on FROM promise
            WHERE by = 'us' AND status = 'kept' AND kept_on >= '{kept}' AND kept_on <= '{today}' {whose}
            GROUP BY client_id),
        good AS MATERIALIZED (SELECT client_id, verbatim AS said, heard_on AS at, id AS insight_id, score, scale
            FROM insight i WHERE client_id IS NOT NULL AND heard_on >= '{praised}' AND heard_on <= '{today}' {whose}
                AND {GOOD}
            UNION ALL SELECT client_id, text, substr(noted_at, 1, 10), NULL, NULL, NULL FROM trust_note
            WHERE kind = 'thanks' AND NOT restricted AND noted_at >= '{praised}' AND noted_at < '{tomorrow}' {whose}),
        best AS (SELECT *, row_number() OVER (PARTITION BY client_id ORDER BY at DESC, insight_id DESC) AS place
            FROM good)
    SELECT c.id AS client_id, k.n AS kept, k.last_on AS last_kept_on, b.said, b.at AS said_on, b.insight_id, b.score,
        b.scale
    FROM kept k CROSS JOIN best b ON b.client_id = k.client_id AND b.place = 1 CROSS JOIN client c ON c.id = k.client_id
    WHERE +{standing_on(now)} IN ('client', 'occasional')
        AND NOT EXISTS (SELECT 1 FROM trust_note n WHERE n.client_id = c.id AND n.kind = 'concern'
            AND n.noted_at < '{tomorrow}' AND {unsettled})
        AND NOT EXISTS (SELECT 1 FROM insight n WHERE n.client_id = c.id AND n.kind = 'complaint'
            AND n.heard_on <= '{today}' AND {unsettled})
        AND NOT EXISTS (SELECT 1 FROM promise q WHERE q.client_id = c.id AND q.by = 'us'
            AND (((+q.status = 'open' OR +q.kept_on > '{today}') AND q.due_on < '{today}')
                OR (+q.status IN ('broken', 'late') AND q.due_on >= '{kept}' AND q.due_on < '{tomorrow}')))
        AND c.party_id NOT IN (SELECT r.from_id FROM {ALL_REFERRALS} r
            WHERE r.direction = 'in' AND r.from_id IS NOT NULL AND r.referred_on <= '{today}'
                AND (r.thanked_on IS NULL OR r.thanked_on > '{today}'))"""


def list_worth_asking(session: Session, today: dt.date | None = None, limit: int = 50) -> list[WorthAsking]:
    """The clients whom it is right to ask now, the best grade and the latest good word first."""
    rows = fetch(
        session,
        f"""SELECT c.id, c.party_id, p.name, c.grade, w.kept,
            (SELECT text FROM promise q WHERE q.client_id = c.id AND q.by = 'us' AND q.status = 'kept'
                AND q.kept_on = w.last_kept_on ORDER BY q.id DESC LIMIT 1),
            w.last_kept_on, w.said, w.said_on, w.insight_id, w.score, w.scale,
            (SELECT count(*) FROM {ALL_REFERRALS} r WHERE r.from_id = c.party_id AND r.direction = 'in')
        FROM ({worth_asking(today or dt.date.today())}) w JOIN client c ON c.id = w.client_id
        JOIN party p ON p.id = c.party_id
        ORDER BY c.grade = '', c.grade, w.said_on DESC, c.id LIMIT ?""",
        limit,
    )
    found = []
    for row in rows:
        last_kept_on, said_on = day(row[6]), day(row[8])
        assert last_kept_on is not None
        assert said_on is not None
        found.append(WorthAsking(*[*row[:6], last_kept_on, row[7], said_on, *row[9:]]))
    return found
