"""The brief for the meeting in ten minutes: what to know of a client, what is open, and what to ask him."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlmodel import Session

from db import ties
from db.advice import AdviceRow, ResponseRow, get_response, list_advice_ids, list_advice_rows
from db.clients import StandingRow, list_standing
from db.overview import Head, head
from db.rows import day, fetch
from db.ties import Tie
from db.trust import KeptRate, PromiseRow, TrustRow, kept_rate, list_promises, list_trust_notes

ADVICES, PROMISES, NOTES, PEOPLE, QUESTIONS = 3, 6, 3, 6, 6
# A concern or signal older than this is history.
RECENT_DAYS = 365


@dataclass(frozen=True)
class Given:
    """One of the last advices and what the client did; the response is None while it is awaited."""

    advice: AdviceRow
    response: ResponseRow | None


@dataclass(frozen=True)
class Question:
    """Something to ask, by a code, and what it is about; `days` counts silence or delay."""

    code: str
    about: str = ""
    days: int = 0


@dataclass(frozen=True)
class NextDate:
    """The next day on which something is to happen: a deadline, promise, follow-up or review."""

    noun: str
    on: dt.date
    what: str


@dataclass(frozen=True)
class MeetingBrief:
    """One page of facts. It holds no confidence: how many there are says `head.confidences`."""

    head: Head
    people: list[Tie]
    standing: StandingRow | None
    advice: list[Given]
    ours: list[PromiseRow]
    theirs: list[PromiseRow]
    kept: KeptRate
    concerns: list[TrustRow]
    signals: list[TrustRow]
    next_date: NextDate | None
    questions: list[Question] = field(default_factory=list)


def meeting_brief(session: Session, client_id: int, today: dt.date | None = None) -> MeetingBrief:
    """The brief of a client; refuses a client that there is not."""
    now = today or dt.date.today()
    above = head(session, client_id, now)
    some = list_advice_ids(session, client_id=client_id)[:ADVICES]
    given = [
        Given(row, get_response(session, row.id) if row.state == "recorded" else None)
        for row in list_advice_rows(session, some)
    ]
    promises = [one for one in list_promises(session, client_id, open_only=True, today=now) if one.status == "open"]
    notes = [note for note in list_trust_notes(session, client_id) if not note.restricted and note.text]
    since = now - dt.timedelta(days=RECENT_DAYS)
    standing = list_standing(session, client_id)
    found = MeetingBrief(
        head=above,
        people=ties.list_ties(session, above.client.party_id, client_id)[:PEOPLE],
        standing=standing[-1] if standing else None,
        advice=given,
        ours=[one for one in promises if one.by == "us"][:PROMISES],
        theirs=[one for one in promises if one.by == "client"][:PROMISES],
        kept=kept_rate(session, client_id),
        concerns=[note for note in notes if note.kind == "concern" and note.resolved_on is None][:NOTES],
        signals=[
            note
            for note in notes
            if note.kind in ("signal", "thanks") and note.resolved_on is None and note.noted_at.date() >= since
        ][:NOTES],
        next_date=next_date(session, client_id, now),
    )
    found.questions.extend(questions(found, now))
    return found


def next_date(session: Session, client_id: int, today: dt.date) -> NextDate | None:
    """The next thing with a day, from today on."""
    rows = fetch(
        session,
        """SELECT noun, due, what FROM (
            SELECT 'deadline' AS noun, falls_on AS due, what FROM deadline
                WHERE client_id = ?1 AND done_on IS NULL AND falls_on >= ?2
            UNION ALL SELECT 'promise', due_on, text FROM promise
                WHERE client_id = ?1 AND status = 'open' AND due_on >= ?2
            UNION ALL SELECT 'follow_up', due_on, what FROM follow_up
                WHERE client_id = ?1 AND done_on IS NULL AND due_on >= ?2
            UNION ALL SELECT 'review', next_review_on, '' FROM client WHERE id = ?1 AND next_review_on >= ?2
            UNION ALL SELECT 'review', next_review_on, title FROM engagement
                WHERE client_id = ?1 AND next_review_on >= ?2 AND closed_on IS NULL
        ) ORDER BY due, noun LIMIT 1""",
        *(client_id, today.isoformat()),
    )
    if not rows:
        return None
    noun, due, what = rows[0]
    on = day(due)
    assert on is not None
    return NextDate(noun, on, what)


def questions(told: MeetingBrief, today: dt.date) -> list[Question]:
    """What to ask, from the facts, the most urgent first; the last one closes every meeting."""
    asked = [Question("late-ours", one.text, one.overdue_days) for one in told.ours if one.overdue_days]
    asked += [Question("concern", note.text) for note in told.concerns]
    asked += [
        Question("awaiting", given.advice.question, (today - given.advice.given_at.date()).days)
        for given in told.advice
        if given.advice.state == "recorded" and given.response is None and given.advice.amended_by is None
    ]
    asked += [Question("late-theirs", one.text, one.overdue_days) for one in told.theirs if one.overdue_days]
    if told.head.client.shown_standing in ("quiet", "at risk") and told.head.client.last_contact is not None:
        asked.append(Question("quiet", days=(today - told.head.client.last_contact).days))
    asked += [
        Question(given.response.response, given.advice.question)
        for given in told.advice
        if given.response is not None and given.response.response in ("deferred", "against advice")
    ]
    if not told.head.valued:
        asked.append(Question("valued"))
    if told.next_date is None:
        asked.append(Question("no-next"))
    return [*asked[: QUESTIONS - 1], Question("close")]
