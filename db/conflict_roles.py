"""What a party is to the practice, as a conflict check needs it: its gravest role, where, and whether that is open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db.rows import among, fetch
from db.words import CLOSED_STAGES

NO_ROLE = "known"


@dataclass(frozen=True)
class Known:
    """A party with its gravest role; `rank` orders roles (0 the gravest), `opposed` says if work could oppose it."""

    party: str
    met_on: str
    rank: int = 9
    role: str = NO_ROLE
    where: str = ""
    status: str = ""
    standing: str = ""
    client_id: int | None = None
    engagement_id: int | None = None

    @property
    def opposed(self) -> bool:
        """Whether it is an opponent in open work, or a present client."""
        return self.rank <= 1


def roles_of(session: Session, parties: list[int]) -> dict[int, Known]:
    """Each party that there is with its gravest role, in the latest open engagement that it has it in."""
    some = among(set(parties))
    clients = {
        row[0]: row[1:]
        for row in fetch(session, f"SELECT party_id, id, standing FROM client WHERE party_id IN ({some})")
    }
    found: dict[int, list[Known]] = {}
    names = fetch(session, f"SELECT id, name, substr(created_at, 1, 10) FROM party WHERE id IN ({some})")
    for party, name, met_on in names:
        client_id, standing = clients.get(party, (None, ""))
        found[party] = [Known(name, met_on, standing=standing, client_id=client_id)]
        if client_id is not None:
            rank = _client_rank(standing, is_open=False)
            found[party].append(Known(name, met_on, rank, "client", standing=standing, client_id=client_id))
    rows = fetch(
        session,
        f"""SELECT c.party_id, 'client', e.id, e.title, e.stage FROM client c JOIN engagement e ON e.client_id = c.id
            WHERE c.party_id IN ({some})
            UNION ALL SELECT r.party_id, r.kind, e.id, e.title, e.stage FROM role r
            JOIN engagement e ON e.id = r.engagement_id WHERE r.party_id IN ({some})""",
    )
    for party, role, engagement, title, stage in rows:
        bare = found[party][0]
        is_open = stage not in CLOSED_STAGES
        rank = _client_rank(bare.standing, is_open) if role == "client" else _role_rank(role, is_open)
        status = "open" if is_open else "closed"
        found[party].append(
            Known(bare.party, bare.met_on, rank, role, title, status, bare.standing, bare.client_id, engagement)
        )
    return {party: min(every, key=_gravity) for party, every in found.items()}


def _client_rank(standing: str, is_open: bool) -> int:
    return 1 if standing == "client" or is_open else 3


def _role_rank(role: str, is_open: bool) -> int:
    if role == "adverse":
        return 0 if is_open else 2
    return 4 if role == "pays" else 5


def _gravity(known: Known) -> tuple[int, bool, int]:
    return known.rank, known.status != "open", -(known.engagement_id or 0)
