"""The whole at a glance: the brief of a client, its story as one timeline, and the counts beside the rooms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlmodel import Session

from db.advice import AdviceRow, list_advice
from db.clients import ClientRow, StandingRow, list_client_rows, list_standing
from db.engagements import EngagementRow, list_engagement_ids, list_engagement_rows
from db.errors import Refused
from db.followups import FollowUpRow, list_follow_ups
from db.parties import PartyPage, get_party
from db.rows import fetch, get
from db.tables import Client
from db.trust import KeptRate, PromiseRow, TrustRow, kept_rate, list_promises, list_trust_notes


@dataclass(frozen=True)
class Brief:
    """All that one should know before speaking with a client."""

    client: ClientRow
    party: PartyPage
    valued: str
    notes: str
    referred_by: str
    referred: int
    standing: list[StandingRow]
    engagements: list[EngagementRow]
    advice: list[AdviceRow]
    promises: list[PromiseRow]
    kept: KeptRate
    trust_notes: list[TrustRow]
    follow_ups: list[FollowUpRow]
    pays: list[str]
    confidences: int


@dataclass(frozen=True)
class Moment:
    """One entry of a client's story; `noun` and `id` say what it opens, `on` has a time where one is known."""

    noun: str
    id: int
    on: str
    title: str
    body: str
    state: str
    facts: dict[str, object] = field(default_factory=dict)


def brief(session: Session, client_id: int, *, confidences: bool = False, today: dt.date | None = None) -> Brief:
    """The brief of a client; confidences come without their text unless asked for."""
    rows = list_client_rows(session, [client_id], today)
    if not rows:
        raise Refused("no-such-client", "client", told=str(client_id))
    row = rows[0]
    client = get(session, Client, client_id)
    pays = fetch(
        session,
        "SELECT DISTINCT p.name FROM role r JOIN engagement e ON e.id = r.engagement_id"
        " JOIN party p ON p.id = r.party_id WHERE e.client_id = ? AND r.kind = 'pays' AND r.party_id <> ?",
        *(client_id, row.party_id),
    )
    referred = fetch(
        session,
        "SELECT (SELECT name FROM party WHERE id = ?), (SELECT count(*) FROM client WHERE referred_by_id = ?)",
        *(client.referred_by_id, row.party_id),
    )[0]
    notes = list_trust_notes(session, client_id, confidences=confidences)
    return Brief(
        client=row,
        party=get_party(session, row.party_id),
        valued=client.valued,
        notes=client.notes,
        referred_by=referred[0] or "",
        referred=referred[1],
        standing=list_standing(session, client_id),
        engagements=list_engagement_rows(session, list_engagement_ids(session, client_id=client_id)),
        advice=list_advice(session, client_id),
        promises=list_promises(session, client_id, today=today),
        kept=kept_rate(session, client_id),
        trust_notes=notes,
        follow_ups=list_follow_ups(session, client_id),
        pays=[row[0] for row in pays],
        confidences=sum(note.kind == "confidence" for note in notes),
    )


def story(session: Session, client_id: int, *, limit: int = 200, before: str = "9999-12-31") -> list[Moment]:
    """A client's advice, promises, notes, engagements, follow-ups and files as one timeline, newest first.

    `before` is the `on` of the last one shown, for loading more; a confidence shows only that there is one.
    """
    rows = fetch(
        session,
        """SELECT * FROM (
            SELECT 'advice' AS noun, a.id AS id, a.given_at AS at, a.question AS title, a.advice AS body,
                CASE WHEN a.state = 'draft' THEN 'draft' ELSE coalesce(r.response, 'awaiting') END AS state,
                a.late_entry AS late, a.amends_id AS amends
            FROM advice a LEFT JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL
            WHERE a.client_id = :c AND a.withdrawn_at IS NULL
            UNION ALL SELECT 'promise', id, made_on, text, coalesce(due_on, '') || ' ' || due_time, status, undertaking,
                by FROM promise WHERE client_id = :c
            UNION ALL SELECT 'trust_note', id, noted_at, '',
                CASE WHEN restricted OR kind = 'confidence' THEN '' ELSE text END, kind, restricted, effect
            FROM trust_note WHERE client_id = :c
            UNION ALL SELECT 'engagement', id, opened_on, title, area, 'opened', 0, stage FROM engagement
            WHERE client_id = :c AND opened_on IS NOT NULL
            UNION ALL SELECT 'engagement', id, closed_on, title, outcome, stage, 1, stage FROM engagement
            WHERE client_id = :c AND closed_on IS NOT NULL
            UNION ALL SELECT 'follow_up', id, due_on, what, outcome,
                CASE WHEN done_on IS NULL THEN 'open' ELSE 'done' END, 0, 0 FROM follow_up WHERE client_id = :c
            UNION ALL SELECT 'attachment', id, added_at, name, media_type, '', size, 0 FROM attachment
            WHERE client_id = :c
            UNION ALL SELECT 'standing', id, changed_on, standing, words, reason, 0, 0 FROM standing_change
            WHERE client_id = :c
        ) WHERE at < :before ORDER BY at DESC, id DESC LIMIT :n""".replace(":c", str(int(client_id)))
        .replace(":before", "?")
        .replace(":n", "?"),
        *(before, limit),
    )
    return [Moment(*[*row[:6], {"flag": row[6], "more": row[7]}]) for row in rows]


def counts(session: Session, today: dt.date | None = None) -> dict[str, int]:
    """How many there are of what each room shows: clients, open engagements, open promises due, drafts, entries."""
    day = (today or dt.date.today()).isoformat()
    row = fetch(
        session,
        """SELECT (SELECT count(*) FROM client),
            (SELECT count(*) FROM engagement WHERE stage NOT IN ('completed', 'disengaged', 'declined')),
            (SELECT count(*) FROM promise WHERE status = 'open' AND due_on <= ?),
            (SELECT count(*) FROM advice WHERE state = 'draft'),
            (SELECT count(*) FROM change), (SELECT count(*) FROM step), (SELECT count(*) FROM party),
            (SELECT count(*) FROM follow_up WHERE done_on IS NULL AND due_on <= ?)""",
        *(day, day),
    )[0]
    return dict(
        zip(
            ("clients", "engagements", "promises", "drafts", "entries", "steps", "parties", "follow_ups"),
            row,
            strict=True,
        )
    )
