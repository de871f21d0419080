"""The whole at a glance: what stands above a client's tabs, all that is known of him, and the counts of the rooms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.advice import AdviceRow, list_advice, unconfirmed_against
from db.clients import ClientRow, StandingRow, list_client_rows, list_standing
from db.engagements import EngagementRow, list_engagement_ids, list_engagement_rows
from db.errors import Refused
from db.followups import FollowUpRow, list_follow_ups
from db.health import short_health
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
class Pressing:
    """The one thing not to forget: a deadline, promise, follow-up or concern, its day and time where it has one."""

    noun: str
    id: int
    text: str
    on: dt.date | None = None
    time: str = ""
    by: str = "us"


@dataclass(frozen=True)
class Head:
    """What stands above a client's tabs: `roles` are the others in his engagements by what they do there."""

    client: ClientRow
    valued: str
    referred_by: str
    referred: int
    roles: dict[str, list[str]]
    contacts: list[tuple[str, str, str]]
    confidences: int
    engagements: int
    files: int
    pressing: Pressing | None
    unconfirmed: int | None = None  # the latest advice he decided against, not confirmed in writing
    health: int | None = None  # the score reckoned for the day, and where health begins to worry
    threshold: int = 0
    said_otherwise: int | None = None  # what somebody says in place of the score


# What falls due later than this does not press.
SOON_DAYS = 7
_HEAD_ROLES = ("decides", "pays", "uses", "benefits")


def head(session: Session, client_id: int, today: dt.date | None = None) -> Head:
    """What one must know at the first glance at a client; refuses a client that there is not."""
    rows = list_client_rows(session, [client_id], today, parts=("trust",))
    if not rows:
        raise Refused("no-such-client", "client", told=str(client_id))
    row = rows[0]
    found = fetch(
        session,
        """SELECT c.valued, coalesce((SELECT name FROM party WHERE id = c.referred_by_id), ''),
            (SELECT count(*) FROM client WHERE referred_by_id = c.party_id),
            (SELECT count(*) FROM trust_note WHERE client_id = c.id AND kind = 'confidence'),
            (SELECT count(*) FROM engagement WHERE client_id = c.id),
            (SELECT count(*) FROM attachment WHERE client_id = c.id)
        FROM client c WHERE c.id = ?""",
        client_id,
    )[0]
    contacts = fetch(
        session,
        "SELECT kind, value, normal FROM contact_point WHERE party_id = ? ORDER BY preferred DESC, id",
        row.party_id,
    )
    roles, known = roles_of(session, client_id, row.party_id), [tuple(contact) for contact in contacts]
    return Head(
        *[
            row,
            *found[:3],
            roles,
            known,
            *found[3:],
            pressing(session, client_id, today),
            unconfirmed_against(session, client_id),
            *short_health(session, client_id, today),
        ]
    )


def roles_of(session: Session, client_id: int, party_id: int) -> dict[str, list[str]]:
    """Who else decides, pays, uses and benefits in a client's engagements; those of open engagements first."""
    rows = fetch(
        session,
        """SELECT r.kind, p.name FROM engagement e JOIN role r ON r.engagement_id = e.id
            JOIN party p ON p.id = r.party_id WHERE e.client_id = ? AND r.party_id <> ?
            ORDER BY e.stage IN ('completed', 'disengaged', 'declined'), e.id DESC, r.id""",
        *(client_id, party_id),
    )
    roles: dict[str, list[str]] = {kind: [] for kind in _HEAD_ROLES}
    for kind, name in rows:
        if kind in roles and name not in roles[kind]:
            roles[kind].append(name)
    return {kind: names for kind, names in roles.items() if names}


def pressing(session: Session, client_id: int, today: dt.date | None = None) -> Pressing | None:
    """The one thing not to forget before speaking with a client.

    First what binds and is late or falls due within a week: a deadline (or whatever it warns of), then a promise of
    ours, the earliest day first. Then a follow-up of these days, then the latest concern that is open, and last what
    the client promised and has not kept.
    """
    now = today or dt.date.today()
    day, soon = now.isoformat(), (now + dt.timedelta(days=SOON_DAYS)).isoformat()
    rows = fetch(
        session,
        """SELECT * FROM (
            SELECT 1 AS rank, 'deadline' AS noun, id, what AS text, falls_on AS due, at_time AS time, 'us' AS by
                FROM deadline WHERE client_id = ?1 AND done_on IS NULL
                AND (falls_on <= ?3 OR date(falls_on, '-' || warn_days || ' days') <= ?2)
            UNION ALL SELECT 1, 'promise', id, text, due_on, due_time, by FROM promise
                WHERE client_id = ?1 AND status = 'open' AND by = 'us' AND due_on <= ?3
            UNION ALL SELECT 2, 'follow_up', id, what, due_on, '', 'us' FROM follow_up
                WHERE client_id = ?1 AND done_on IS NULL AND due_on <= ?3
            UNION ALL SELECT 3, 'concern', id, text, NULL, '', 'us' FROM (SELECT id, text FROM trust_note
                WHERE client_id = ?1 AND kind = 'concern' AND resolved_on IS NULL AND NOT restricted
                ORDER BY noted_at DESC LIMIT 1)
            UNION ALL SELECT 4, 'promise', id, text, due_on, due_time, by FROM promise
                WHERE client_id = ?1 AND status = 'open' AND by = 'client' AND due_on < ?2
        ) ORDER BY rank, due, noun, CASE time WHEN '' THEN '99' ELSE time END, id LIMIT 1""",
        *(client_id, day, soon),
    )
    if not rows:
        return None
    _rank, noun, record, text, due, time, by = rows[0]
    return Pressing(noun, record, text, dt.date.fromisoformat(due) if due else None, time, by)


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
