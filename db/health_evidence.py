"""What shows the value of each part of a client's health: the records behind it, the most telling first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

from db.health_parts import (
    FEEDBACK_VALUE,
    MISSED,
    MISSED_ON,
    REFERRAL_DAYS,
    WINDOW_DAYS,
    Window,
    open_complaint,
    open_note,
    open_work,
    signed,
)
from db.reasons import Reason
from db.referrals import ALL_REFERRALS
from db.reviews import reviews_due
from db.rows import day, fetch, scalar

# So many records stand behind one part at most; the counts name all.
SHOWN = 3
Counts = dict[int, tuple[int, int]]
Found = dict[int, list[Reason]]


def _few(session: Session, query: str, make: Callable[[Sequence[Any]], Reason], found: Found) -> None:
    """Add the first reasons of each client; the query gives his id first, in the order to show."""
    for row in fetch(session, query):
        reasons = found.setdefault(row[0], [])
        if len(reasons) <= SHOWN:
            reasons.append(make(row))


def _promises(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {
        client: [Reason("promises-in-time", {"kept": kept, "of": of}, "client", client)]
        for client, (kept, of) in counts.items()
    }
    _few(
        session,
        f"""SELECT client_id, id, text, {MISSED_ON} AS missed_on FROM promise WHERE {MISSED}
            AND {when.of("client_id")} AND {MISSED_ON} >= '{when.ago(WINDOW_DAYS)}' AND {MISSED_ON} < '{when.now}'
            ORDER BY missed_on DESC, id DESC""",
        lambda row: Reason("promise-missed", {"words": row[2], "on": day(row[3])}, "promise", row[1]),
        found,
    )
    return found


def _silence(session: Session, when: Window, counts: Counts) -> Found:
    last = dict(
        fetch(
            session,
            f"""SELECT c.id, (SELECT a.id FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL
                AND a.given_at < '{when.tomorrow}' ORDER BY a.given_at DESC LIMIT 1) FROM client c
            WHERE {when.of("c.id")}""",
        )
    )
    return {
        client: [
            Reason("silent" if silent > usual else "in-touch", {"days": silent, "usual": usual}, "advice", last[client])
        ]
        for client, (silent, usual) in counts.items()
    }


def _concerns(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {
        client: [Reason("no-concern", {}, "client", client)]
        for client, (open_ones, _) in counts.items()
        if not open_ones
    }
    _few(
        session,
        f"""SELECT client_id, 'insight' AS noun, id, verbatim AS words, heard_on AS since FROM insight
            WHERE {open_complaint(when)} AND client_id IS NOT NULL AND {when.of("client_id")}
        UNION ALL SELECT client_id, 'trust_note', id, CASE WHEN restricted THEN '' ELSE text END,
            substr(noted_at, 1, 10) FROM trust_note
            WHERE kind = 'concern' AND {open_note(when)} AND {when.of("client_id")} ORDER BY since DESC, id DESC""",
        lambda row: Reason(
            "complaint-open" if row[1] == "insight" else "concern-open" if row[3] else "concern-in-confidence",
            {"words": row[3], "on": day(row[4])},
            *(row[1], row[2]),
        ),
        found,
    )
    return found


def _answers(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {
        client: [Reason("answers", {"accepted": accepted, "of": of}, "client", client)]
        for client, (accepted, of) in counts.items()
    }
    _few(
        session,
        f"""SELECT a.client_id, a.id, a.question, r.response, r.responded_on FROM advice a INDEXED BY advice_client
            CROSS JOIN advice_response r ON r.advice_id = a.id
        WHERE {when.of("a.client_id")} AND a.given_at >= '{when.ago(WINDOW_DAYS)}' AND a.given_at < '{when.tomorrow}'
            AND a.withdrawn_at IS NULL AND r.withdrawn_at IS NULL AND r.responded_on <= '{when.now}'
            AND r.response IN ('declined', 'against advice')
            AND NOT EXISTS (SELECT 1 FROM advice later WHERE later.amends_id = a.id AND later.withdrawn_at IS NULL
                AND later.given_at < '{when.tomorrow}') ORDER BY a.given_at DESC, a.id DESC""",
        lambda row: Reason(
            "answer-against" if row[3] == "against advice" else "answer-declined",
            {"words": row[2], "on": day(row[4])},
            *("advice", row[1]),
        ),
        found,
    )
    return found


def _feedback(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {}
    _few(
        session,
        f"""SELECT * FROM (SELECT client_id, 'insight' AS noun, id, verbatim AS words, heard_on AS at, score, scale,
                {FEEDBACK_VALUE} AS value FROM insight WHERE client_id IS NOT NULL
                AND heard_on BETWEEN '{when.ago(WINDOW_DAYS)}' AND '{when.now}' AND {when.of("client_id")}
            UNION ALL SELECT client_id, 'trust_note', id, CASE WHEN restricted THEN '' ELSE text END,
                substr(noted_at, 1, 10), NULL, NULL, 100 FROM trust_note WHERE kind = 'thanks'
                AND noted_at >= '{when.ago(WINDOW_DAYS)}' AND noted_at < '{when.tomorrow}' AND {when.of("client_id")})
        WHERE value IS NOT NULL ORDER BY value, at DESC, id DESC""",
        lambda row: Reason(
            "scored" if row[5] is not None else "said" if row[3] else "thanked-in-confidence",
            {"words": row[3], "on": day(row[4]), "score": row[5], "scale": row[6]},
            *(row[1], row[2]),
        ),
        found,
    )
    return found


def _fees(session: Session, when: Window, counts: Counts) -> Found:
    currency = scalar(session, "SELECT currency FROM practice")
    return {
        client: [Reason("fees", {"now": now, "before": before, "currency": currency}, "client", client)]
        for client, (now, before) in counts.items()
    }


def _referrals(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {}
    _few(
        session,
        f"""SELECT c.id, r.id, (SELECT name FROM party WHERE id = r.sent_id), r.referred_on
        FROM {ALL_REFERRALS} r JOIN client c ON c.party_id = r.from_id
        WHERE r.direction = 'in' AND r.referred_on > '{when.ago(REFERRAL_DAYS)}' AND r.referred_on <= '{when.now}'
            AND {when.of("c.id")} ORDER BY r.referred_on DESC, r.id DESC""",
        # Below 0 it is the file of the one who was sent that names him.
        lambda row: Reason(
            "sent-us", {"name": row[2], "on": day(row[3])}, "referral" if row[1] > 0 else "client", abs(row[1])
        ),
        found,
    )
    return found


def _agreement(session: Session, when: Window, counts: Counts) -> Found:
    found: Found = {}
    _few(
        session,
        f"""SELECT client_id, id, title, {signed(when)} AS signed FROM engagement
            WHERE {open_work(when)} AND {when.of("client_id")} ORDER BY signed, opened_on DESC, id DESC""",
        lambda row: Reason("letter-signed" if row[3] else "letter-unsigned", {"words": row[2]}, "engagement", row[1]),
        found,
    )
    due = reviews_due(session, when.on, when.some)
    for client, review, due_on, they, held_on in fetch(
        session,
        f"""SELECT d.id, d.last_id, d.due_on, v.they, v.held_on FROM ({due}) d LEFT JOIN review v ON v.id = d.last_id
        WHERE d.last_id IS NOT NULL OR d.due_on < '{when.now}'""",
    ):
        reasons = found.setdefault(client, [])
        if due_on < when.now:
            reasons.insert(0, Reason("review-overdue", {"on": day(due_on)}, "client", client))
        if review is not None:
            reasons.insert(0, Reason(f"review-{they}", {"on": day(held_on)}, "review", review))
    return found


_EVIDENCE: dict[str, Callable[[Session, Window, Counts], Found]] = {
    "promises": _promises,
    "silence": _silence,
    "concerns": _concerns,
    "answers": _answers,
    "feedback": _feedback,
    "fees": _fees,
    "referrals": _referrals,
    "agreement": _agreement,
}


def evidence(session: Session, on: dt.date, client_ids: str, counts: dict[str, Counts]) -> dict[str, Found]:
    """The reasons of every known part, by part and client; `counts` are the two counts that each part came with."""
    when = Window(on, client_ids)
    return {part: _EVIDENCE[part](session, when, those) for part, those in counts.items()}
