"""Ties: everybody a client is linked to, who shares his engagements, and whom he referred or was referred by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.rows import day, fetch
from db.words import REVERSE_LINK

LISTED = 200


@dataclass(frozen=True)
class Tie:
    """Somebody and what he is to a party; `how` is link, role here, role elsewhere, referred by or referred.

    `kind` is the link read from the party ("director of"), or the role; `standing` is empty for one who is no client.
    """

    how: str
    kind: str
    party_id: int
    name: str
    standing: str = ""
    link_id: int | None = None
    engagement_id: int | None = None
    engagement: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    note: str = ""


def list_ties(session: Session, party_id: int, client_id: int | None = None) -> list[Tie]:
    """The ties of a party, links first; with his client's file also the roles of others in his engagements.

    A role of the party in somebody else's engagement is a tie to that other client.
    """
    rows = fetch(
        session,
        f"""SELECT t.how, t.kind, p.id, p.name, coalesce(own.standing, ''), t.link, t.engagement,
            coalesce(e.title, ''), t.since, t.until, t.note FROM (
            SELECT 1 AS part, 'link' AS how, kind, to_id AS party, id AS link, NULL AS engagement, since, until, note
                FROM party_link WHERE from_id = ?1
            UNION ALL SELECT 1, 'link reversed', kind, from_id, id, NULL, since, until, note
                FROM party_link WHERE to_id = ?1
            UNION ALL SELECT 2, 'role here', r.kind, r.party_id, NULL, e.id, NULL, NULL, r.note
                FROM engagement e JOIN role r ON r.engagement_id = e.id WHERE e.client_id = ?2 AND r.party_id <> ?1
            UNION ALL SELECT 3, 'role elsewhere', r.kind, c.party_id, NULL, e.id, NULL, NULL, r.note
                FROM role r JOIN engagement e ON e.id = r.engagement_id JOIN client c ON c.id = e.client_id
                WHERE r.party_id = ?1 AND c.party_id <> ?1
            UNION ALL SELECT 4, 'referred by', '', referred_by_id, NULL, NULL, NULL, NULL, ''
                FROM client WHERE id = ?2 AND referred_by_id IS NOT NULL
            UNION ALL SELECT 5, 'referred', '', party_id, NULL, NULL, NULL, NULL, ''
                FROM client WHERE referred_by_id = ?1
        ) t JOIN party p ON p.id = t.party JOIN party_order o ON o.id = p.id LEFT JOIN client own ON own.party_id = p.id
            LEFT JOIN engagement e ON e.id = t.engagement
        ORDER BY t.part, o.key, t.link, t.engagement LIMIT {LISTED}""",
        *(party_id, client_id),
    )
    ties = []
    for how, kind, party, name, standing, link, engagement, title, since, until, note in rows:
        read = REVERSE_LINK[kind] if how == "link reversed" else kind
        known = "link" if how == "link reversed" else how
        ties.append(Tie(known, read, party, name, standing, link, engagement, title, day(since), day(until), note))
    return ties
