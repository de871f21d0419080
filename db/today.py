"""What the practice needs to see today, computed in SQL: what waits of each kind, the month so far, the days ahead.

**The order.** The kinds stand in the order of what it costs to miss them (`KINDS`). Within a kind the most pressing
stands first: days past its day times the weight of the client's grade (A 2, B 1.5, C 1, D 0.5, none 1). What is due
today or later follows by day, clock, then grade. A quiet client is weighed by his silence in rhythms of his own.

**What waits, and when.**
- deadline: not met, and no more days ahead than it warns (`warn_days`).
- promise: open, ours or the client's, and late or due within a week; one without a day does not press.
- right: a request about data that is not closed.
- concern: a trust note that is not resolved, of somebody whom we serve or may serve.
- quiet: see `db.today_quiet`.
- awaited: advice recorded 14 to 90 days ago that nobody answered, nor the entry which it amends. A file note and what
  was only received ask for no answer. After 90 days it is told on the client's page alone.
- letter: an engagement under way whose letter is not signed, or a proposal whose letter was sent.
- review, client_review: an open engagement, or a client we serve, whose day of review has come.
- acceptance: taken on with a point that still is open.
- follow_up: due today or before.
- thanks: see `db.referrals`; here only for a year, for then it would be odd to thank.
- draft: written and not recorded.

A row put off (`db.set_aside`) is not there until its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import Session

from db.effort import list_effort
from db.referrals import ALL_REFERRALS, OWED
from db.rows import day, fetch, scalar
from db.set_aside import aside
from db.suggestions import suggest_for_today
from db.today_ahead import list_ahead, month_so_far, next_ahead
from db.today_quiet import list_quiet
from db.today_quiet import quiet_clients as quiet_clients
from db.today_rows import WEIGHTS, Kind, Waiting
from db.words import CLOSED_STAGES

DAYS_AHEAD = 7
AWAITED_AFTER_DAYS, AWAITED_UNTIL_DAYS = 14, 90
THANKS_WITHIN_DAYS = 365
ROWS_READ = 50
LONGEST_WARNING_DAYS = 730

_OPEN = "e.stage NOT IN (" + ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES)) + ")"
_WEIGHT = "CASE c.grade " + " ".join(f"WHEN '{grade}' THEN {weight}" for grade, weight in WEIGHTS.items()) + " END"
_POINTS = ("integrity", "competence", "independence", "fee", "identity")
_OPEN_POINTS = " || ".join(f"CASE {point} WHEN 'open' THEN '{point} ' ELSE '' END" for point in _POINTS)

# Each kind: its noun, and the rows of it as id, client_id, name, title, on, about, about_id, state, who, clock, since,
# flag. {off} are the ids put off, the other names are days of `_days`.
_KINDS: dict[str, tuple[str, str]] = {
    "deadline": (
        "deadline",
        """SELECT d.id, d.client_id, NULL, d.what, d.falls_on AS due, e.title, e.id, d.kind, '', d.at_time AS clock,
            NULL, 0
        FROM deadline d JOIN engagement e ON e.id = d.engagement_id
        WHERE d.done_on IS NULL AND d.falls_on <= '{warned}' AND d.id NOT IN {off}
            AND d.falls_on <= date('{now}', '+' || d.warn_days || ' days')""",
    ),
    "promise": (
        "promise",
        """SELECT q.id, q.client_id, NULL, q.text, q.due_on AS due, coalesce(e.title, ''), e.id, q.by, q.by_whom,
            q.due_time AS clock, q.made_on, q.undertaking
        FROM promise q LEFT JOIN engagement e ON e.id = q.engagement_id
        WHERE q.status = 'open' AND q.due_on <= '{week}' AND q.id NOT IN {off}""",
    ),
    "right": (
        "rights_request",
        """SELECT r.id, (SELECT id FROM client WHERE party_id = r.party_id), (SELECT name FROM party
            WHERE id = r.party_id), '', r.due_on AS due, '', r.party_id, r.kind, '', '' AS clock, r.received_on,
            r.verified_on IS NOT NULL
        FROM rights_request r WHERE r.closed_on IS NULL AND r.id NOT IN {off}""",
    ),
    "concern": (
        "trust_note",
        """SELECT n.id, n.client_id, NULL, CASE WHEN n.restricted THEN '' ELSE n.text END, substr(n.noted_at, 1, 10)
            AS due, coalesce(e.title, ''), e.id, n.facet, CASE WHEN n.restricted THEN '' ELSE n.told_by END,
            '' AS clock, NULL, n.restricted
        FROM trust_note n JOIN client c ON c.id = n.client_id AND c.standing NOT IN ('former', 'declined')
        LEFT JOIN engagement e ON e.id = n.engagement_id
        WHERE n.kind = 'concern' AND n.resolved_on IS NULL AND n.id NOT IN {off}""",
    ),
    "awaited": (
        "advice",
        """SELECT a.id, a.client_id, NULL, a.question, substr(a.given_at, 1, 10) AS due, coalesce(e.title, ''), e.id,
            a.channel, a.author, '' AS clock, NULL, 0
        FROM advice a LEFT JOIN engagement e ON e.id = a.engagement_id
        WHERE a.id IN (SELECT t.id FROM advice t WHERE t.given_at >= '{awaited_from}' AND t.given_at < '{awaited_to}'
                AND t.state = 'recorded' AND t.withdrawn_at IS NULL AND t.direction <> 'received'
                AND t.channel <> 'note'
                AND NOT EXISTS (SELECT 1 FROM advice_response r WHERE r.advice_id = t.id AND r.withdrawn_at IS NULL)
                AND (t.amends_id IS NULL OR NOT EXISTS (SELECT 1 FROM advice_response r
                    WHERE r.advice_id = t.amends_id AND r.withdrawn_at IS NULL)))
            AND NOT EXISTS (SELECT 1 FROM advice b WHERE b.amends_id = a.id AND b.withdrawn_at IS NULL)
            AND a.id NOT IN {off}""",
    ),
    "letter": (
        "engagement",
        """SELECT e.id, e.client_id, NULL, e.title, coalesce(e.letter_sent_on, e.opened_on, '{now}') AS due, '', e.id,
            e.letter, coalesce((SELECT k.decision FROM conflict_check k WHERE k.client_id = e.client_id
                AND k.withdrawn_at IS NULL ORDER BY k.id DESC LIMIT 1), ''), '' AS clock, NULL, 0
        FROM engagement e WHERE e.id NOT IN {off}
            -- Few letters are unsigned, most engagements under way: the plus leaves the index of stages alone.
            AND e.letter IN ('none', 'draft', 'sent')
            AND (+e.stage IN ('engaged', 'active') OR +e.stage = 'proposed' AND e.letter = 'sent')""",
    ),
    "review": (
        "engagement",
        f"""SELECT e.id, e.client_id, NULL, e.title, e.next_review_on AS due, '', e.id, e.recurs, '', '' AS clock,
            NULL, 0
        FROM engagement e WHERE e.next_review_on <= '{{now}}' AND {_OPEN} AND e.id NOT IN {{off}}""",
    ),
    "client_review": (
        "client",
        """SELECT c.id, c.id, NULL, '', c.next_review_on AS due, '', NULL, c.standing, '', '' AS clock, NULL, 0
        FROM client c WHERE c.next_review_on <= '{now}' AND +c.standing IN ('client', 'occasional')
            AND c.id NOT IN {off}""",
    ),
    "acceptance": (
        "acceptance",
        f"""SELECT a.id, a.client_id, NULL, coalesce(e.title, ''), a.decided_on AS due, '', e.id, {_OPEN_POINTS}, '',
            '' AS clock, NULL, 0
        FROM acceptance a LEFT JOIN engagement e ON e.id = a.engagement_id
        WHERE a.decision = 'accepted' AND 'open' IN ({", ".join(_POINTS)}) AND a.id NOT IN {{off}}
            AND a.id = (SELECT max(b.id) FROM acceptance b WHERE b.client_id = a.client_id
                AND b.engagement_id IS a.engagement_id)""",
    ),
    "follow_up": (
        "follow_up",
        """SELECT f.id, f.client_id, NULL, f.what, f.due_on AS due, coalesce(e.title, ''), e.id, '', '', '' AS clock,
            NULL, 0
        FROM follow_up f LEFT JOIN engagement e ON e.id = f.engagement_id
        WHERE f.done_on IS NULL AND f.due_on <= '{now}' AND f.id NOT IN {off}""",
    ),
    "thanks": (
        "referral",
        f"""SELECT r.id, k.id, s.name, s.name, r.referred_on AS due, r.what_for, NULL, '', f.name, '' AS clock, NULL, 0
        FROM {ALL_REFERRALS} r JOIN party s ON s.id = r.sent_id JOIN party f ON f.id = r.from_id
        LEFT JOIN client k ON k.party_id = r.sent_id
        WHERE {OWED} AND r.referred_on >= '{{year}}' AND r.referred_on <= '{{now}}' AND r.id NOT IN {{off}}""",
    ),
    "draft": (
        "advice",
        """SELECT a.id, a.client_id, NULL, a.question, substr(a.given_at, 1, 10) AS due, coalesce(e.title, ''), e.id,
            '', '', '' AS clock, NULL, 0
        FROM advice a LEFT JOIN engagement e ON e.id = a.engagement_id
        WHERE a.state = 'draft' AND a.withdrawn_at IS NULL AND a.id NOT IN {off}""",
    ),
}
# Every kind in the order in which they stand; the quiet ones are worked out last, for they cost most.
KINDS = (
    *("deadline", "promise", "right", "concern", "quiet", "awaited", "letter", "review", "client_review"),
    *("acceptance", "follow_up", "thanks", "draft"),
)


def noun_of(kind: str) -> str:
    """Which noun the rows of a kind are."""
    return "client" if kind == "quiet" else _KINDS[kind][0]


def list_waiting(session: Session, kind: str, on: dt.date | None = None, limit: int = ROWS_READ) -> Kind:
    """What waits of one kind on a day: the first `limit` rows, and how many there are in all."""
    now = on or dt.date.today()
    if kind == "quiet":
        return list_quiet(session, now, limit)
    noun, inner = _KINDS[kind]
    inside = inner.format(off=aside(noun, kind, now), **_days(now))
    columns = "id, client_id, name, title, due, about, about_id, state, who, clock, since, flag"
    rows = fetch(
        session,
        f"""WITH w({columns}) AS MATERIALIZED ({inside}),
        ranked AS (SELECT w.*, c.grade, c.party_id,
            CAST(julianday('{now.isoformat()}') - julianday(w.due) AS INTEGER) AS days, coalesce({_WEIGHT}, 1.0)
                AS weight
            FROM w LEFT JOIN client c ON c.id = w.client_id)
        SELECT id, client_id, coalesce(name, (SELECT name FROM party WHERE id = party_id), ''), coalesce(grade, ''),
            title, due, days, about, about_id, state, who, clock, since, flag, (SELECT count(*) FROM w),
            (SELECT count(*) FROM ranked WHERE days > 0)
        FROM ranked ORDER BY max(0, days) * weight DESC, due, clock = '', clock, weight DESC, id LIMIT ?""",
        limit,
    )
    waiting = [
        Waiting(
            *[
                *(kind, noun, *row[:5], dt.date.fromisoformat(row[5]), *row[6:9], row[9].strip(), *row[10:12]),
                *(day(row[12]), bool(row[13])),
            ]
        )
        for row in rows
    ]
    return Kind(kind, waiting, rows[0][14] if rows else 0, rows[0][15] if rows else 0)


def _days(now: dt.date) -> dict[str, str]:
    def days(offset: int) -> str:
        return (now + dt.timedelta(days=offset)).isoformat()

    return {
        "now": now.isoformat(),
        "week": days(DAYS_AHEAD),
        "warned": days(LONGEST_WARNING_DAYS),
        "awaited_from": days(-AWAITED_UNTIL_DAYS),
        "awaited_to": days(1 - AWAITED_AFTER_DAYS),
        "year": days(-THANKS_WITHIN_DAYS),
    }


def has_clients(session: Session) -> bool:
    """Whether anybody is on file as a client at all."""
    return scalar(session, "SELECT 1 FROM client LIMIT 1") is not None


_SIDE: dict[str, Callable[[Session, dt.date], object]] = {
    "ahead": list_ahead,
    "next": next_ahead,
    "month": month_so_far,
    "effort": list_effort,
    "suggested": suggest_for_today,
    "clients": lambda session, _now: has_clients(session),
}


def read_part(session: Session, part: str, now: dt.date, limit: int = ROWS_READ) -> object:
    """One part of the page: a kind of what waits, or 'ahead', 'next', 'month', 'effort', 'clients', 'suggested'."""
    return _SIDE[part](session, now) if part in _SIDE else list_waiting(session, part, now, limit)
