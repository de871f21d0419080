"""The facts of a hand-over pack, read from a practice's file: never the words of a confidence, a draft or a note."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any

from sqlmodel import Session

from db import deadlines, followups, trust
from db.names import order_key
from db.parties import get_party
from db.rows import day, fetch, get, ids, scalar
from db.tables import Client
from db.words import CLOSED_STAGES, REVERSE_LINK
from desktop.reports.client_facts import Money
from desktop.reports.client_reading import practice_facts
from desktop.reports.entry_facts import INTERNAL_CHANNEL, read_entries
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.hand_over import (
    DueFacts,
    FileFacts,
    HandOverFacts,
    OwedFacts,
    PersonFacts,
    PromisedFacts,
    WorkFacts,
)
from desktop.reports.seal import rests_on

LAST_ADVICE = 5
_ALL = 100_000


def facts(session: Session, asked: Asked) -> HandOverFacts:
    """What the pack about a client says."""
    client = get(session, Client, needed(asked.client_id, "client"), "client")
    assert client.id is not None
    page, practice = get_party(session, client.party_id), practice_facts(session, asked.paper)
    language = language_for(session, None, asked.language)
    responsible = _person(session, client.responsible_id)
    promises = _promises(session, client.id)
    follow_ups, due = _follow_ups(session, client.id), _deadlines(session, client.id)
    return HandOverFacts(
        practice=practice,
        language=language,
        client=page.party.name,
        number=client.number,
        standing=client.standing,
        made_on=asked.at.date(),
        since=client.since,
        responsible=responsible,
        need=client.need,
        valued=client.valued,
        contacts=_contacts(session, client.party_id),
        addresses=_addresses(session, client.party_id),
        people=_people(session, client, language),
        work=_work(session, client.id, promises, follow_ups, due),
        promises=promises,
        follow_ups=follow_ups,
        deadlines=due,
        advice=tuple(read_entries(session, _entries(session, client.id)[-LAST_ADVICE:])),
        awaited=tuple(read_entries(session, _entries(session, client.id, _AWAITED))),
        owed=_owed(session, client.id),
        files=_files(session, client.id),
        confidences=scalar(
            session, "SELECT count(*) FROM trust_note WHERE client_id = ? AND kind = 'confidence'", client.id
        ),
        drafts=scalar(session, "SELECT count(*) FROM advice WHERE client_id = ? AND state = 'draft'", client.id),
        ask=responsible or practice.name,
        record=rests_on(session, "hand-over", asked),
    )


def left_out(session: Session, asked: Asked) -> dict[str, int]:
    """How much on the client is left out, by kind; a kind with none is not named."""
    client_id = needed(asked.client_id, "client")
    counts: Counter[str] = Counter()
    kinds = {"confidence": "confidences", "concern": "concerns", "signal": "signals", "thanks": "thanks"}
    for kind, count in fetch(
        session, "SELECT kind, count(*) FROM trust_note WHERE client_id = ? GROUP BY kind", client_id
    ):
        counts[kinds[kind]] += count
    for state, withdrawn, count in fetch(
        session,
        "SELECT state, withdrawn_at IS NOT NULL, count(*) FROM advice WHERE client_id = ?"
        " AND (state = 'draft' OR withdrawn_at IS NOT NULL OR channel = ?) GROUP BY 1, 2",
        *(client_id, INTERNAL_CHANNEL),
    ):
        counts["drafts" if state == "draft" else "withdrawn" if withdrawn else "notes"] += count
    counts["notes"] += bool(scalar(session, "SELECT notes FROM client WHERE id = ?", client_id))
    return {kind: count for kind, count in sorted(counts.items()) if count}


_AWAITED = """AND direction <> 'received' AND NOT EXISTS (SELECT 1 FROM advice_response r WHERE r.advice_id = a.id
    AND r.withdrawn_at IS NULL AND r.response <> 'awaiting')
    AND NOT EXISTS (SELECT 1 FROM advice n WHERE n.amends_id = a.id AND n.withdrawn_at IS NULL)"""


def _entries(session: Session, client_id: int, more: str = "") -> list[int]:
    return ids(
        session,
        "SELECT id FROM advice a WHERE client_id = ? AND state = 'recorded' AND withdrawn_at IS NULL AND channel <> ?"
        f" {more} ORDER BY given_at, id",
        *(client_id, INTERNAL_CHANNEL),
    )


def _person(session: Session, person_id: int | None) -> str:
    return str(scalar(session, "SELECT name FROM person WHERE id = ?", person_id) or "")


def _contacts(session: Session, party_id: int) -> tuple[str, ...]:
    found = fetch(session, "SELECT value FROM contact_point WHERE party_id = ? ORDER BY preferred DESC, id", party_id)
    return tuple(row[0] for row in found)


def _addresses(session: Session, party_id: int) -> tuple[str, ...]:
    rows = fetch(
        session,
        "SELECT street, postal_code, city, region, country FROM address WHERE party_id = ? ORDER BY id",
        party_id,
    )
    joined = [
        (street.replace("\n", ", "), f"{code} {city}".strip(), region, country)
        for street, code, city, region, country in rows
    ]
    return tuple(", ".join(part for part in parts if part) for parts in joined)


_PEOPLE = """SELECT p.name, 'link', l.kind, '' FROM party_link l JOIN party p ON p.id = l.to_id WHERE l.from_id = ?1
    UNION ALL SELECT p.name, 'link reversed', l.kind, '' FROM party_link l JOIN party p ON p.id = l.from_id
        WHERE l.to_id = ?1
    UNION ALL SELECT p.name, 'role', r.kind, e.title FROM engagement e JOIN role r ON r.engagement_id = e.id
        JOIN party p ON p.id = r.party_id WHERE e.client_id = ?2 AND r.party_id <> ?1
    UNION ALL SELECT p.name, 'referred by', '', '' FROM client c JOIN party p ON p.id = c.referred_by_id
        WHERE c.id = ?2"""


def _people(session: Session, client: Client, language: str) -> tuple[PersonFacts, ...]:
    """Everybody around the client but those whom he knows from another client's work, which would say who that is."""
    found = []
    for name, how, kind, engagement in fetch(session, _PEOPLE, client.party_id, client.id):
        read = REVERSE_LINK[kind] if how == "link reversed" else kind
        found.append(PersonFacts(name, "link" if how == "link reversed" else how, read, engagement))
    by_name = sorted(dict.fromkeys(found), key=lambda each: order_key(each.name, language))
    return tuple(sorted(by_name, key=lambda each: _ORDER.index(each.how)))


_ORDER = ("link", "role", "referred by")


def _work(session: Session, client_id: int, promises: Any, follow_ups: Any, due: Any) -> tuple[WorkFacts, ...]:
    rows = fetch(
        session,
        """SELECT e.number, e.title, e.stage, e.area, e.opened_on, e.closed_on, e.outcome, coalesce(p.name, ''),
            e.scope_included, e.scope_excluded, e.assumptions, e.client_duties, e.fee_minor, e.currency,
            e.letter_signed_on, e.next_review_on, e.value_sought
        FROM engagement e LEFT JOIN person p ON p.id = e.responsible_id WHERE e.client_id = ?
        ORDER BY e.closed_on IS NOT NULL, e.opened_on DESC, e.id DESC""",
        client_id,
    )
    steps = [(each.due_on, each.text, each.engagement) for each in promises if each.due_on]
    steps += [(each.on, each.what, each.engagement) for each in (*follow_ups, *due)]
    first: dict[str, tuple[dt.date, str]] = {}
    for on, what, title in sorted(steps):
        first.setdefault(title, (on, what))
    work = []
    for row in rows:
        number, title, stage, area, opened, closed, outcome, responsible = row[:8]
        is_open = stage not in CLOSED_STAGES
        next_on, next_step = first.get(title, (None, "")) if is_open else (None, "")
        fee = Money(row[12], row[13]) if row[12] and row[13] else None
        dates = (day(opened), day(closed), outcome, responsible)
        scope = (*row[8:12], fee, day(row[14]), day(row[15]), row[16], next_step, next_on)
        work.append(WorkFacts(number, title, stage, is_open, area, *dates, *scope))
    return tuple(work)


def _promises(session: Session, client_id: int) -> tuple[PromisedFacts, ...]:
    return tuple(
        PromisedFacts(
            text=row.text,
            by=row.by,
            made_on=row.made_on,
            by_whom=row.by_whom,
            to_whom=row.to_whom,
            due_on=row.due_on,
            due_time=row.due_time,
            undertaking=row.undertaking,
            engagement=row.engagement,
        )
        for row in trust.list_promises(session, client_id, open_only=True, limit=_ALL)
    )


def _follow_ups(session: Session, client_id: int) -> tuple[DueFacts, ...]:
    rows = followups.list_follow_ups(session, client_id, limit=_ALL)
    return tuple(DueFacts(row.what, row.due_on, engagement=row.engagement) for row in rows)


def _deadlines(session: Session, client_id: int) -> tuple[DueFacts, ...]:
    rows = deadlines.list_deadlines(session, client_id=client_id, open_only=True, limit=_ALL)
    return tuple(DueFacts(row.what, row.falls_on, row.at_time, row.kind, row.engagement) for row in rows)


def _owed(session: Session, client_id: int) -> tuple[OwedFacts, ...]:
    rows = fetch(
        session,
        """SELECT coalesce(e.title, ''), f.currency,
            sum(CASE f.kind WHEN 'billed' THEN f.amount_minor ELSE -f.amount_minor END) AS rest
        FROM fee f LEFT JOIN engagement e ON e.id = f.engagement_id WHERE f.client_id = ?
        GROUP BY f.engagement_id, f.currency HAVING rest <> 0 ORDER BY e.opened_on DESC, f.currency""",
        client_id,
    )
    return tuple(OwedFacts(title, Money(rest, currency)) for title, currency, rest in rows)


def _files(session: Session, client_id: int) -> tuple[FileFacts, ...]:
    rows = fetch(
        session,
        """SELECT name, size, added_at FROM attachment WHERE client_id = ?1
            OR engagement_id IN (SELECT id FROM engagement WHERE client_id = ?1)
            OR advice_id IN (SELECT id FROM advice WHERE client_id = ?1 AND channel <> ?2 AND withdrawn_at IS NULL)
        ORDER BY added_at DESC, id DESC""",
        *(client_id, INTERNAL_CHANNEL),
    )
    return tuple(
        FileFacts(re.split(r"[\\/]", name)[-1], size, dt.date.fromisoformat(added[:10])) for name, size, added in rows
    )
