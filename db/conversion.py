"""Conversion: somebody who only uses or benefits from work that another pays for becomes a client himself.

Everything that is known of him hangs on him as a party (names, contacts, notes, roles, links, who he was sent by) and
stays there: his own file is opened on the same party.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, select

from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional
from db.rows import change, day, fetch, get
from db.tables import Client, Engagement, Party, StandingChange
from db.words import Standing

_CONSUMES = "r.kind IN ('uses', 'benefits')"


class Conversion(Input):
    """Who becomes a client, of which standing, and what he comes for.

    He was sent by the client in whose engagement he is, and is looked after by whom that engagement is, unless others
    are named. `title` opens an engagement of his own.
    """

    party_id: int
    standing: Standing = "prospect"
    need: Optional = ""
    words: Optional = ""
    responsible_id: int | None = None
    referred_by_id: int | None = None
    title: Optional = ""
    area: Optional = ""
    since: dt.date | None = None


@dataclass(frozen=True)
class Consumer:
    """Somebody without a file who uses or benefits from the work of another: the latest of these engagements, what he
    does in it, whose it is, and who pays; `engagements` counts all of them.
    """

    party_id: int
    name: str
    role: str
    engagement_id: int
    engagement: str
    client_id: int
    client: str
    payer: str
    since: dt.date | None
    engagements: int


def list_consumers(
    session: Session, on: dt.date | None = None, party_id: int | None = None, limit: int = -1
) -> list[Consumer]:
    """Who consumes work that others pay for and has no file of his own, the latest engagement first."""
    now = (on or dt.date.today()).isoformat()
    which = "" if party_id is None else f"AND r.party_id = {int(party_id)}"
    rows = fetch(
        session,
        f"""WITH met AS MATERIALIZED (SELECT r.party_id, r.kind, e.id, e.title, e.client_id, e.opened_on,
                count(*) OVER (PARTITION BY r.party_id) AS engagements,
                row_number() OVER (PARTITION BY r.party_id ORDER BY e.opened_on DESC, e.id DESC) AS place
            FROM role r JOIN engagement e ON e.id = r.engagement_id
            WHERE {_CONSUMES} {which} AND coalesce(e.opened_on, '{now}') <= '{now}'
                AND NOT EXISTS (SELECT 1 FROM client k WHERE k.party_id = r.party_id)
            GROUP BY r.party_id, e.id)
        SELECT m.party_id, p.name, m.kind, m.id, m.title, m.client_id, o.name,
            coalesce((SELECT min(y.name) FROM role x JOIN party y ON y.id = x.party_id
                WHERE x.engagement_id = m.id AND x.kind = 'pays'), o.name), m.opened_on, m.engagements
        FROM met m JOIN party p ON p.id = m.party_id JOIN client c ON c.id = m.client_id
        JOIN party o ON o.id = c.party_id WHERE m.place = 1
        ORDER BY m.opened_on DESC, m.party_id LIMIT ?""",
        limit,
    )
    return [Consumer(*[*row[:8], day(row[8]), row[9]]) for row in rows]


def convert_party(session: Session, new: Conversion) -> int:
    """Open a file on somebody known from the work of another; gives the client's id. One who has a file is refused."""
    party = get(session, Party, new.party_id, "party_id")
    if fetch(session, "SELECT 1 FROM client WHERE party_id = ?", new.party_id):
        raise Refused("already-a-client", "party_id", name=party.name)
    met = list_consumers(session, party_id=new.party_id, limit=1)
    responsible, sender = new.responsible_id, new.referred_by_id
    if met:
        responsible = responsible or get(session, Engagement, met[0].engagement_id).responsible_id
        sender = sender or get(session, Client, met[0].client_id).party_id
    client = NewClient(
        party_id=new.party_id,
        standing=new.standing,
        need=new.need,
        responsible_id=responsible,
        referred_by_id=None if sender == new.party_id else sender,
        since=new.since,
    )
    client_id = add_client(session, client)
    if new.words:
        # Why he became one stands beside the first standing of his file.
        first = session.exec(select(StandingChange).where(StandingChange.client_id == client_id)).one()
        change(session, first, {"words": new.words})
    if new.title:
        add_engagement(session, NewEngagement(client_id=client_id, title=new.title, area=new.area))
    about(session, party.name)
    return client_id
