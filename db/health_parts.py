"""The parts of a client's health: what each counts, in which window, and the SQL that gives it a value from 0 to 100.

Every part is told as of a day from what had happened until its end, and only where there is something to tell it from:
a part that nothing is known of is left out, never put in the middle. A year is the 365 days up to the day.

- **promises**: of the promises of ours that were kept in time within the year, or that fell due in it and were not
  kept by their day (open, late or broken), the share kept in time. One broken without a day counts on the day on which
  it was made; what was released or agreed anew is left out.
- **silence**: 100 as long as the silence is no longer than his usual gap, then falling evenly to 0 at three times the
  gap (`rhythm.RISK_FACTOR`). Too few contacts for a rhythm and no rhythm agreed: not known.
- **concerns**: 100 less 40 for each open concern and 60 for each open complaint, never below 0. Where none is open it
  is known only of one who was in touch within the year: nobody else was heard.
- **answers**: the mean of his answers to advice of the year: accepted 100, deferred 50, declined 25, against advice 0.
  What was amended later is left out, and so is what awaits an answer.
- **feedback**: the mean of what he told us within the year: scores as a share of their scale, and without a score
  praise, a thanks or a pleased word 100, a neutral one 50, a displeased one 0. A complaint counts among the concerns.
- **fees**: what was billed within the year as a share of what was billed in the year before, at most 100, in the
  practice's currency. Not known without a year before.
- **referrals**: 100 for one who sent somebody to us within three years. Not known otherwise: most never do.
- **agreement**: the mean of two things. Letter: of his open engagements (opened by the day, not closed by it; no
  enquiry, proposal or declined one), the share whose letter is signed. Review: what he said in the latest one
  (continues 100, unsure 50, leaves 0), half of it once the next is overdue; 50 where the first is overdue.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.referrals import ALL_REFERRALS
from db.reviews import reviews_due
from db.rhythm import RISK_FACTOR
from db.rhythms import rhythms_on

PARTS = ("promises", "silence", "concerns", "answers", "feedback", "fees", "referrals", "agreement")
WINDOW_DAYS, REFERRAL_DAYS = 365, 1095
CONCERN_TAKES, COMPLAINT_TAKES = 40, 60
ANSWER_VALUE = {"accepted": 100, "deferred": 50, "declined": 25, "against advice": 0}
SAID_VALUE = {"continues": 100, "unsure": 50, "leaves": 0}
NOT_AGREED = "('enquiry', 'proposed', 'declined')"
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Window:
    """The days that the SQL of the parts speaks of, as it wants them, and whom it is about ('' for all)."""

    on: dt.date
    some: str = ""

    @property
    def now(self) -> str:
        """The day itself."""
        return self.on.isoformat()

    @property
    def tomorrow(self) -> str:
        """The day after, before which a moment of the day lies."""
        return (self.on + dt.timedelta(days=1)).isoformat()

    def ago(self, days: int) -> str:
        """The day so many days before."""
        return (self.on - dt.timedelta(days=days)).isoformat()

    def of(self, column: str) -> str:
        """The condition on a column that it holds one of the clients."""
        return f"{column} IN ({self.some})" if self.some else "1"


def _promises(when: Window) -> str:
    return f"""SELECT client_id, 'promises', 100.0 * sum(kept) / count(*), sum(kept), count(*) FROM (
            SELECT client_id, 1 AS kept FROM promise WHERE by = 'us' AND +status = 'kept' AND {when.of("client_id")}
                AND coalesce(kept_on, due_on, made_on) BETWEEN '{when.ago(WINDOW_DAYS - 1)}' AND '{when.now}'
            UNION ALL SELECT client_id, 0 FROM promise WHERE {MISSED} AND {when.of("client_id")}
                AND {MISSED_ON} >= '{when.ago(WINDOW_DAYS)}' AND {MISSED_ON} < '{when.now}') GROUP BY client_id"""


# A promise of ours that was not kept by its day, and that day; the sign keeps SQLite to the promises of one client.
MISSED = "by = 'us' AND +status IN ('open', 'late', 'broken')"
MISSED_ON = "CASE status WHEN 'broken' THEN coalesce(due_on, made_on) ELSE due_on END"


def _silence(when: Window) -> str:
    silent = f"({(when.on - EPOCH).days} - last_day)"
    value = f"100 * ({RISK_FACTOR} - min(max({silent} / usual, 1.0), {RISK_FACTOR})) / ({RISK_FACTOR} - 1)"
    usual = "CAST(round(usual) AS INTEGER)"
    return f"SELECT id, 'silence', {value}, {silent}, {usual} FROM {rhythms_on(when.on, when.some)}"


def _concerns(when: Window) -> str:
    return f"""SELECT client_id, 'concerns', max(0, 100 - sum(takes)), sum(takes > 0), 0 FROM (
            SELECT client_id, {CONCERN_TAKES} AS takes FROM trust_note WHERE kind = 'concern' AND {open_note(when)}
                AND {when.of("client_id")}
            UNION ALL SELECT client_id, {COMPLAINT_TAKES} FROM insight WHERE {open_complaint(when)}
                AND client_id IS NOT NULL AND {when.of("client_id")}
            UNION ALL SELECT c.id, 0 FROM client c WHERE {when.of("c.id")} AND EXISTS (SELECT 1 FROM advice a
                WHERE a.client_id = c.id AND a.given_at >= '{when.ago(WINDOW_DAYS)}'
                AND a.given_at < '{when.tomorrow}' AND a.withdrawn_at IS NULL)) GROUP BY client_id"""


def open_note(when: Window) -> str:
    """The condition that a trust note was there and not resolved."""
    return f"noted_at < '{when.tomorrow}' AND (resolved_on IS NULL OR resolved_on > '{when.now}')"


def open_complaint(when: Window) -> str:
    """The condition that an insight is a complaint that was there and not settled."""
    return f"kind = 'complaint' AND heard_on <= '{when.now}' AND (resolved_on IS NULL OR resolved_on > '{when.now}')"


def _answers(when: Window) -> str:
    value = "CASE r.response " + " ".join(f"WHEN '{name}' THEN {each}" for name, each in ANSWER_VALUE.items()) + " END"
    # The index over clients alone is read of half a million entries, and their rows are left where they are.
    return f"""SELECT client_id, 'answers', avg(value), sum(value = 100), count(value) FROM (
            SELECT a.client_id, {value} AS value FROM advice a INDEXED BY advice_client
            CROSS JOIN advice_response r ON r.advice_id = a.id
            WHERE {when.of("a.client_id")} AND a.given_at >= '{when.ago(WINDOW_DAYS)}'
                AND a.given_at < '{when.tomorrow}' AND a.withdrawn_at IS NULL
                AND r.withdrawn_at IS NULL AND r.responded_on <= '{when.now}'
                AND NOT EXISTS (SELECT 1 FROM advice later WHERE later.amends_id = a.id
                    AND later.withdrawn_at IS NULL AND later.given_at < '{when.tomorrow}'))
        WHERE value IS NOT NULL GROUP BY client_id"""


# What one insight says, from 0 to 100; NULL where it says nothing of how he feels.
FEEDBACK_VALUE = """CASE WHEN kind = 'complaint' AND score IS NULL THEN NULL
    WHEN metric = 'recommend' THEN 10.0 * score WHEN metric = 'satisfaction' THEN 25.0 * (score - 1)
    WHEN metric = 'ease' THEN 100.0 * (score - 1) / 6 WHEN feeling = 'displeased' THEN 0
    WHEN feeling = 'neutral' THEN 50 WHEN feeling = 'pleased' OR kind = 'praise' THEN 100 END"""


def _feedback(when: Window) -> str:
    return f"""SELECT client_id, 'feedback', avg(value), count(value), 0 FROM (
            SELECT client_id, {FEEDBACK_VALUE} AS value FROM insight WHERE client_id IS NOT NULL
                AND heard_on BETWEEN '{when.ago(WINDOW_DAYS)}' AND '{when.now}' AND {when.of("client_id")}
            UNION ALL SELECT client_id, 100 FROM trust_note WHERE kind = 'thanks'
                AND noted_at >= '{when.ago(WINDOW_DAYS)}' AND noted_at < '{when.tomorrow}' AND {when.of("client_id")})
        WHERE value IS NOT NULL GROUP BY client_id"""


def _fees(when: Window) -> str:
    year = when.ago(WINDOW_DAYS)
    return f"""SELECT client_id, 'fees', min(100.0, max(0.0, 100.0 * now / before)), now, before FROM (
            SELECT client_id, sum(CASE WHEN charged_on > '{year}' THEN amount_minor ELSE 0 END) AS now,
                sum(CASE WHEN charged_on <= '{year}' THEN amount_minor ELSE 0 END) AS before
            FROM fee WHERE kind = 'billed' AND charged_on > '{when.ago(2 * WINDOW_DAYS)}' AND charged_on <= '{when.now}'
                AND currency IN ('', (SELECT currency FROM practice)) AND {when.of("client_id")} GROUP BY client_id)
        WHERE before > 0"""


def _referrals(when: Window) -> str:
    return f"""SELECT c.id, 'referrals', 100, count(*), 0 FROM {ALL_REFERRALS} r JOIN client c ON c.party_id = r.from_id
        WHERE r.direction = 'in' AND r.referred_on > '{when.ago(REFERRAL_DAYS)}' AND r.referred_on <= '{when.now}'
            AND {when.of("c.id")} GROUP BY c.id"""


def open_work(when: Window) -> str:
    """The condition on an engagement that it was agreed and not over on the day."""
    over = "closed_on IS NULL AND stage NOT IN ('completed', 'disengaged')"
    return f"opened_on <= '{when.now}' AND stage NOT IN {NOT_AGREED} AND (closed_on > '{when.now}' OR {over})"


def signed(when: Window) -> str:
    """The condition on an engagement that its letter was signed by the day."""
    return f"(letter = 'signed' AND coalesce(letter_signed_on, '') <= '{when.now}')"


def _agreement(session: Session, when: Window) -> str:
    said = "CASE v.they " + " ".join(f"WHEN '{name}' THEN {each}.0" for name, each in SAID_VALUE.items()) + " END"
    due = reviews_due(session, when.on, when.some)
    return f"""SELECT client_id, 'agreement', avg(value), sum(value < 100), count(*) FROM (
            SELECT client_id, 100.0 * sum({signed(when)}) / count(*) AS value FROM engagement
                WHERE {open_work(when)} AND {when.of("client_id")} GROUP BY client_id
            UNION ALL SELECT d.id, CASE WHEN d.last_id IS NULL THEN 50.0 WHEN d.due_on < '{when.now}' THEN {said} / 2
                ELSE {said} END FROM ({due}) d LEFT JOIN review v ON v.id = d.last_id
                WHERE d.last_id IS NOT NULL OR d.due_on < '{when.now}')
        GROUP BY client_id"""


def parts_sql(session: Session, on: dt.date, client_ids: str = "") -> str:
    """Every known part of the clients (`client_ids`, with a comma between, or all) as a table.

    Its columns are client_id, part, value (a whole number from 0 to 100), and two counts for its reasons.
    """
    when = Window(on, client_ids)
    plain = (_promises, _silence, _concerns, _answers, _feedback, _fees, _referrals)
    queries = [*(each(when) for each in plain), _agreement(session, when)]
    whole = " UNION ALL ".join(f"SELECT * FROM ({query})" for query in queries)
    # The names of the columns are those of the first.
    first = "SELECT NULL AS client_id, NULL AS part, NULL AS value, NULL AS n, NULL AS of WHERE 0"
    return f"""(SELECT client_id, part, CAST(round(value) AS INTEGER) AS value, n, of FROM ({first} UNION ALL {whole})
        WHERE value IS NOT NULL)"""
