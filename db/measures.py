"""The measures that rules of suggestions are made of: one number for each client on a day, with what shows it.

Each is a query of (client_id, value, noun, id, on_day, extra): the number, the record by which it can be checked, and
the day of that record. A client of whom a count has no row counts as 0; of whom a number of days or a score has no row,
no condition holds. Nothing after the day is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from db.asking import GOOD, worth_asking
from db.referrals import ALL_REFERRALS
from db.rhythms import rhythms_on
from db.standings import standing_fits, standing_on
from db.words import CLOSED_STAGES

RECENT_DAYS, YEAR_DAYS = 180, 365
UNANSWERED_UNTIL_DAYS = 90
_EPOCH = dt.date(1970, 1, 1)
_CLOSED = ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES))

Unit = Literal["days", "count", "score", "percent", "money", "grade"]
Name = Literal[
    "promise_late_days", "promise_due_days", "promises_missed", "promises_kept", "silent_days", "silence_percent",
    "open_concerns", "renewal_days", "recommend_score", "satisfaction_score", "praise_days", "clients_sent",
    "thanks_owed", "unanswered_days", "letter_unsigned_days", "told_owed", "fees_change_percent", "fees_year",
    "grade_rank", "known_days", "occasional_days", "standing_fits", "worth_asking", "attempts",
]  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """As of which day, and of which client; of all where none is named."""

    on: dt.date
    client_id: int | None = None

    @property
    def now(self) -> str:
        """The day."""
        return self.on.isoformat()

    @property
    def tomorrow(self) -> str:
        """The day after it, before which moments lie."""
        return self.ago(-1)

    def ago(self, days: int) -> str:
        """So many days before it."""
        return (self.on - dt.timedelta(days=days)).isoformat()

    def whose(self, alias: str, column: str = "client_id") -> str:
        """The condition that a row is of the client asked for."""
        return "" if self.client_id is None else f" AND {alias}.{column} = {int(self.client_id)}"

    def days(self, column: str) -> str:
        """How many days before the day a column's day lies."""
        return f"CAST(julianday('{self.now}') - julianday({column}) AS INTEGER)"


@dataclass(frozen=True)
class Measure:
    """A measure: its unit, what its number means, and its query.

    Where it `calls_again`, a record newer than the answer "done" makes a rule speak before it has rested.
    """

    name: Name
    unit: Unit
    meaning: str
    query: Callable[[Asked], str]
    calls_again: bool = False

    @property
    def absent(self) -> int | None:
        """The number of a client of whom there is no row; None where no condition can hold of him."""
        return 0 if self.unit == "count" else None


def _open_then(asked: Asked, alias: str = "q") -> str:
    return f"({alias}.status = 'open' OR {alias}.kept_on > '{asked.now}')"


def _promise_late(asked: Asked) -> str:
    return f"""SELECT q.client_id, {asked.days("min(q.due_on)")} AS value, 'promise' AS noun, q.id,
        q.due_on AS on_day, 0 AS extra
        FROM promise q WHERE q.by = 'us' AND q.due_on < '{asked.now}' AND {_open_then(asked)}{asked.whose("q")}
        GROUP BY q.client_id"""


def _promise_due(asked: Asked) -> str:
    return f"""SELECT q.client_id, -{asked.days("min(q.due_on)")} AS value, 'promise' AS noun, q.id,
        q.due_on AS on_day, 0 AS extra
        FROM promise q WHERE q.by = 'us' AND q.due_on >= '{asked.now}' AND q.made_on <= '{asked.now}'
            AND {_open_then(asked)}{asked.whose("q")} GROUP BY q.client_id"""


def _promises_missed(asked: Asked) -> str:
    return f"""SELECT q.client_id, count(*) AS value, 'promise' AS noun, q.id, max(q.due_on) AS on_day, 0 AS extra
        FROM promise q WHERE q.by = 'us' AND q.due_on < '{asked.now}' AND q.due_on >= '{asked.ago(RECENT_DAYS)}'
            AND (q.status IN ('late', 'broken') OR {_open_then(asked)}){asked.whose("q")} GROUP BY q.client_id"""


def _promises_kept(asked: Asked) -> str:
    return f"""SELECT q.client_id, count(*) AS value, 'promise' AS noun, q.id, max(q.kept_on) AS on_day, 0 AS extra
        FROM promise q WHERE q.by = 'us' AND q.status = 'kept' AND q.kept_on <= '{asked.now}'
            AND q.kept_on >= '{asked.ago(RECENT_DAYS)}'{asked.whose("q")} GROUP BY q.client_id"""


def _silent(asked: Asked) -> str:
    return f"""SELECT a.client_id, {asked.days("substr(max(a.given_at), 1, 10)")} AS value, 'advice' AS noun, a.id,
        substr(a.given_at, 1, 10) AS on_day, 0 AS extra
        FROM advice a WHERE a.given_at < '{asked.tomorrow}' AND a.withdrawn_at IS NULL{asked.whose("a")}
        GROUP BY a.client_id"""


def _silence(asked: Asked) -> str:
    whose = "" if asked.client_id is None else str(int(asked.client_id))
    today = (asked.on - _EPOCH).days
    return f"""SELECT r.id AS client_id, CAST(({today} - r.last_day) * 100 / r.usual AS INTEGER) AS value,
        'advice' AS noun, NULL AS id, date(r.last_day * 86400, 'unixepoch') AS on_day,
        CAST(round(r.usual) AS INTEGER) AS extra FROM {rhythms_on(asked.on, whose)} r"""


def _concerns(asked: Asked) -> str:
    return f"""SELECT client_id, count(*) AS value, noun, id, max(at) AS on_day, 0 AS extra FROM (
        SELECT n.client_id, 'trust_note' AS noun, n.id, substr(n.noted_at, 1, 10) AS at FROM trust_note n
            WHERE n.kind = 'concern' AND n.noted_at < '{asked.tomorrow}'
                AND (n.resolved_on IS NULL OR n.resolved_on > '{asked.now}'){asked.whose("n")}
        UNION ALL SELECT i.client_id, 'insight', i.id, i.heard_on FROM insight i
            WHERE i.kind = 'complaint' AND i.client_id IS NOT NULL AND i.heard_on <= '{asked.now}'
                AND (i.resolved_on IS NULL OR i.resolved_on > '{asked.now}'){asked.whose("i")}) GROUP BY client_id"""


def _renewal(asked: Asked) -> str:
    # What ends or comes again: the end of a period, the day of a renewal, the review of work that recurs.
    underway = f"e.stage NOT IN ({_CLOSED}) AND coalesce(e.opened_on, '{asked.now}') <= '{asked.now}'"
    return f"""SELECT client_id, -{asked.days("min(at)")} AS value, noun, id, at AS on_day, 0 AS extra FROM (
        SELECT e.client_id, 'engagement' AS noun, e.id, e.period_until AS at FROM engagement e
            WHERE e.period_until >= '{asked.now}' AND {underway}{asked.whose("e")}
        UNION ALL SELECT e.client_id, 'engagement', e.id, e.next_review_on FROM engagement e
            WHERE e.next_review_on >= '{asked.now}' AND e.recurs <> '' AND {underway}{asked.whose("e")}
        UNION ALL SELECT d.client_id, 'deadline', d.id, d.falls_on FROM deadline d
            WHERE d.kind = 'renewal' AND d.falls_on >= '{asked.now}'
                AND (d.done_on IS NULL OR d.done_on > '{asked.now}'){asked.whose("d")}) GROUP BY client_id"""


def _score(metric: str) -> Callable[[Asked], str]:
    return lambda asked: (
        f"""SELECT i.client_id, i.score AS value, 'insight' AS noun, i.id,
        i.heard_on AS on_day, i.scale AS extra, max(i.heard_on || printf('%012d', i.id)) AS last FROM insight i
        WHERE i.metric = '{metric}' AND i.client_id IS NOT NULL AND i.heard_on <= '{asked.now}'
            AND i.heard_on >= '{asked.ago(YEAR_DAYS)}'{asked.whose("i")} GROUP BY i.client_id"""
    )


_recommends, _satisfied = _score("recommend"), _score("satisfaction")


def _praise(asked: Asked) -> str:
    return f"""SELECT i.client_id, {asked.days("max(i.heard_on)")} AS value, 'insight' AS noun, i.id,
        i.heard_on AS on_day, 0 AS extra FROM insight i WHERE i.client_id IS NOT NULL AND {GOOD}
            AND i.heard_on <= '{asked.now}'{asked.whose("i")} GROUP BY i.client_id"""


def _referrals(asked: Asked, further: str) -> str:
    # A referral that only a client's file tells is shown by that file.
    return f"""SELECT c.id AS client_id, count(*) AS value, iif(r.id < 0, 'client', 'referral') AS noun,
        abs(r.id) AS id, max(r.referred_on) AS on_day, 0 AS extra
        FROM {ALL_REFERRALS} r JOIN client c ON c.party_id = r.from_id
        WHERE r.direction = 'in' AND r.referred_on <= '{asked.now}' AND r.referred_on >= '{asked.ago(YEAR_DAYS)}'
            {further}{asked.whose("c", "id")} GROUP BY c.id"""


def _owed(asked: Asked) -> str:
    return _referrals(asked, f"AND (r.thanked_on IS NULL OR r.thanked_on > '{asked.now}')")


def _unanswered(asked: Asked) -> str:
    return f"""SELECT a.client_id, {asked.days("substr(min(a.given_at), 1, 10)")} AS value, 'advice' AS noun, a.id,
        substr(a.given_at, 1, 10) AS on_day, 0 AS extra FROM advice a
        WHERE a.given_at >= '{asked.ago(UNANSWERED_UNTIL_DAYS)}' AND a.given_at < '{asked.tomorrow}'
            AND a.state = 'recorded' AND a.withdrawn_at IS NULL AND a.direction <> 'received' AND a.channel <> 'note'
            AND NOT EXISTS (SELECT 1 FROM advice_response r WHERE r.advice_id IN (a.id, a.amends_id)
                AND r.withdrawn_at IS NULL AND r.responded_on <= '{asked.now}')
            AND NOT EXISTS (SELECT 1 FROM advice b WHERE b.amends_id = a.id AND b.withdrawn_at IS NULL
                AND b.given_at < '{asked.tomorrow}'){asked.whose("a")} GROUP BY a.client_id"""


def _letter(asked: Asked) -> str:
    # What was signed since was unsigned on an earlier day; today there is no such letter to look for.
    letters = "'sent'" if asked.on >= dt.date.today() else "'sent', 'signed'"
    return f"""SELECT e.client_id, {asked.days("min(e.letter_sent_on)")} AS value, 'engagement' AS noun, e.id,
        e.letter_sent_on AS on_day, 0 AS extra FROM engagement e
        WHERE e.letter IN ({letters}) AND e.letter_sent_on <= '{asked.now}' AND e.stage NOT IN ({_CLOSED})
            AND (e.letter_signed_on > '{asked.now}' OR e.letter = 'sent'){asked.whose("e")} GROUP BY e.client_id"""


def _told(asked: Asked) -> str:
    return f"""SELECT i.client_id, count(*) AS value, 'insight' AS noun, i.id, max(a.done_on) AS on_day, 0 AS extra
        FROM insight_action a JOIN insight i ON i.id = a.insight_id
        WHERE i.client_id IS NOT NULL AND a.done_on <= '{asked.now}'
            AND (a.told_on IS NULL OR a.told_on > '{asked.now}'){asked.whose("i")} GROUP BY i.client_id"""


def _billed(asked: Asked, since: str, value: str, having: str = "") -> str:
    return f"""SELECT f.client_id, {value} AS value, 'client' AS noun, f.client_id AS id, max(f.charged_on) AS on_day,
        0 AS extra FROM fee f WHERE f.kind = 'billed' AND f.currency IN ('', (SELECT currency FROM practice))
            AND f.charged_on > '{since}' AND f.charged_on <= '{asked.now}'{asked.whose("f")}
        GROUP BY f.client_id {having}"""


def _fees_change(asked: Asked) -> str:
    year = f"sum(iif(f.charged_on > '{asked.ago(YEAR_DAYS)}', f.amount_minor, 0))"
    before = f"sum(iif(f.charged_on > '{asked.ago(YEAR_DAYS)}', 0, f.amount_minor))"
    change = f"CAST(round(({year} - {before}) * 100.0 / {before}) AS INTEGER)"
    return _billed(asked, asked.ago(2 * YEAR_DAYS), change, f"HAVING {before} > 0 AND {year} > 0")


def _fees_year(asked: Asked) -> str:
    return _billed(asked, asked.ago(YEAR_DAYS), "CAST(round(sum(f.amount_minor) / 100.0) AS INTEGER)")


def _of_file(value: str, on_day: str, condition: str) -> Callable[[Asked], str]:
    def query(asked: Asked) -> str:
        told = [each.format(now=asked.now, days=asked.days("c.since")) for each in (value, on_day, condition)]
        return f"""SELECT c.id AS client_id, {told[0]} AS value, 'client' AS noun, c.id, {told[1]} AS on_day, 0 AS extra
            FROM client c WHERE {told[2]}{asked.whose("c", "id")}"""

    return query


def _occasional(asked: Asked) -> str:
    since = f"""(SELECT max(s.changed_on) FROM standing_change s WHERE s.client_id = c.id
        AND s.standing = 'occasional' AND s.changed_on <= '{asked.now}')"""
    return f"""SELECT c.id AS client_id, {asked.days(since)} AS value, 'client' AS noun, c.id, {since} AS on_day,
        0 AS extra FROM client c WHERE {standing_on(asked.on)} = 'occasional'{asked.whose("c", "id")}"""


def _attempts(asked: Asked) -> str:
    return f"""SELECT t.client_id, count(*) AS value, 'attempt' AS noun, t.id, max(t.tried_on) AS on_day, 0 AS extra
        FROM attempt t WHERE t.tried_on <= '{asked.now}' AND t.tried_on >= '{asked.ago(RECENT_DAYS)}'{asked.whose("t")}
        GROUP BY t.client_id"""


def _fits(asked: Asked) -> str:
    return f"""SELECT client_id, 1 AS value, 'client' AS noun, client_id AS id, NULL AS on_day, 0 AS extra
        FROM ({standing_fits(asked.on, asked.client_id)})"""


def _worth_asking(asked: Asked) -> str:
    return f"""SELECT client_id, 1 AS value, iif(insight_id IS NULL, 'client', 'insight') AS noun,
        coalesce(insight_id, client_id) AS id, said_on AS on_day, kept AS extra
        FROM ({worth_asking(asked.on, asked.client_id)})"""


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("promise_late_days", "days", "Days past due of the oldest open promise of ours", _promise_late, True),
        Measure("promise_due_days", "days", "Days until the next open promise of ours falls due", _promise_due),
        Measure("promises_missed", "count", "Promises of ours late or broken in 180 days", _promises_missed),
        Measure("promises_kept", "count", "Promises of ours kept in time in 180 days", _promises_kept),
        Measure("silent_days", "days", "Days since the last entry of advice", _silent),
        Measure("silence_percent", "percent", "Silence in percent of his usual gap", _silence, True),
        Measure("open_concerns", "count", "Open concerns and complaints", _concerns, True),
        Measure("renewal_days", "days", "Days until work ends or comes again", _renewal),
        Measure("recommend_score", "score", "His latest answer: would he recommend us, 0 to 10", _recommends, True),
        Measure("satisfaction_score", "score", "His latest answer: how satisfied he is, 1 to 5", _satisfied),
        Measure("praise_days", "days", "Days since he last said something good", _praise),
        Measure("clients_sent", "count", "Whom he sent in 365 days", lambda asked: _referrals(asked, "")),
        Measure("thanks_owed", "count", "Those of them for whom he was not thanked", _owed, True),
        Measure("unanswered_days", "days", "Days that advice waits for his answer, up to 90", _unanswered, True),
        Measure("letter_unsigned_days", "days", "Days since a letter was sent that is not signed", _letter),
        Measure("told_owed", "count", "What was done about his words and not told him", _told, True),
        Measure("fees_change_percent", "percent", "Billed in 365 days against the 365 before", _fees_change),
        Measure("fees_year", "money", "Billed in 365 days, in whole units of the practice's currency", _fees_year),
        Measure(
            "grade_rank", "grade", "His grade: 1 is A, 4 is D",
            _of_file("instr('ABCD', c.grade)", "c.since", "c.grade <> ''"),
        ),
        Measure(
            "known_days", "days", "Days since his file began", _of_file("{days}", "c.since", "c.since <= '{now}'")
        ),
        Measure("occasional_days", "days", "Days since he bought once and did not decide to continue", _occasional),
        Measure("attempts", "count", "What was tried in 180 days so that he stays", _attempts),
        Measure("standing_fits", "count", "1 where the facts speak for another standing", _fits),
        Measure("worth_asking", "count", "1 where it is right to ask him whom he would send", _worth_asking),
    )
}  # fmt: skip
