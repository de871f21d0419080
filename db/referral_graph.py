"""The graph of referrals: who sent whom to us, and what came of it, to be walked from one to the next.

**What came** of somebody is what was billed to those whom he sent, in the practice's currency, until the day; his
**line** is all that came of those, and of whom they sent, and so on. Each one belongs to the line of who sent him
first, so that nothing is counted twice; where people sent each other in a circle, the one that closes it counts for
nobody's line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.referrals import ALL_REFERRALS
from db.rows import among, day, fetch, scalar
from db.standings import standing_on

GENERATIONS, MOST_IN_VIEW = 3, 60


@dataclass(frozen=True)
class Sender:
    """Somebody who sent others: whom, how many of them are or were clients, what came, what his whole line brought.

    `owed` are those for whom he was not thanked; fees are in minor units of `currency`.
    """

    party_id: int
    name: str
    client_id: int | None
    sent: int
    became: int
    fees_minor: int
    line: int
    line_fees_minor: int
    owed: int
    last_on: dt.date
    currency: str


@dataclass(frozen=True)
class Node:
    """Somebody in view: `generation` is below 0 for who sent the one in the middle, above 0 for whom he sent.

    `fees_minor` is what was billed to him himself, `further` how many of his own ties are out of view.
    """

    party_id: int
    name: str
    client_id: int | None
    standing: str
    generation: int
    fees_minor: int
    further: int


@dataclass(frozen=True)
class Edge:
    """One sent another to us; a negative `referral_id` is a client's file that names the sender."""

    referral_id: int
    from_id: int
    sent_id: int
    on: dt.date


@dataclass(frozen=True)
class Graph:
    """What is in view around somebody: the nodes by generation and fees, and all referrals among them."""

    middle: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    currency: str


def _sent(on: dt.date) -> str:
    return f"""(SELECT r.id, r.from_id, r.sent_id, r.referred_on, r.thanked_on FROM {ALL_REFERRALS} r
        WHERE r.direction = 'in' AND r.from_id IS NOT NULL AND r.referred_on <= '{on.isoformat()}')"""


def _billed(on: dt.date) -> str:
    return f"""SELECT c.party_id, sum(f.amount_minor) FROM fee f JOIN client c ON c.id = f.client_id
        WHERE f.kind = 'billed' AND f.currency IN ('', (SELECT currency FROM practice))
            AND f.charged_on <= '{on.isoformat()}'"""


def list_senders(
    session: Session, on: dt.date | None = None, party_id: int | None = None, limit: int = 50
) -> list[Sender]:
    """Who sent others until a day, by what their lines brought; one of them, or so many of all."""
    now = on or dt.date.today()
    edges = fetch(
        session, f"SELECT from_id, sent_id, referred_on, thanked_on FROM {_sent(now)} ORDER BY referred_on, id"
    )
    fees = {row[0]: row[1] for row in fetch(session, f"{_billed(now)} GROUP BY c.party_id")}
    first: dict[int, int] = {}
    told: dict[int, set[int]] = {}
    owed: dict[int, int] = {}
    last: dict[int, str] = {}
    for sender, sent, at, thanked in edges:
        first.setdefault(sent, sender)
        told.setdefault(sender, set()).add(sent)
        owed[sender] = owed.get(sender, 0) + (thanked is None or thanked > now.isoformat())
        last[sender] = at
    lines = _lines(first, fees)
    ranked = sorted(told, key=lambda who: (-lines.get(who, (0, 0))[1], -len(told[who]), who))
    some = [who for who in ranked if party_id is None or who == party_id][: limit if limit >= 0 else None]
    whom = {sent for who in some for sent in told[who]}
    known = {
        row[0]: row[1:]
        for row in fetch(
            session,
            f"""SELECT p.id, p.name, c.id, coalesce({standing_on(now)}, '') FROM party p
            LEFT JOIN client c ON c.party_id = p.id WHERE p.id IN ({among({*some, *whom})})""",
        )
    }
    currency = str(scalar(session, "SELECT currency FROM practice"))
    found = []
    for who in some:
        at_last = day(last[who])
        assert at_last is not None
        became = sum(known[sent][2] in ("client", "occasional", "former") for sent in told[who])
        direct = sum(fees.get(sent, 0) for sent in told[who])
        line, brought = lines.get(who, (0, 0))
        found.append(
            Sender(
                *(who, known[who][0], known[who][1], len(told[who]), became, direct, line, brought, owed[who]),
                *(at_last, currency),
            )
        )
    return found


def _lines(first: dict[int, int], fees: dict[int, int]) -> dict[int, tuple[int, int]]:
    """How many are in the line of each sender, and what they brought; a circle is cut where it closes."""
    # In this order everybody comes after who sent him; what would close a circle is left off the way up.
    up: dict[int, int] = {}
    settled: set[int] = set()
    for start in first:
        way: dict[int, int] = {}
        who: int | None = start
        while who is not None and who not in settled and who not in way:
            way[who] = len(way)
            who = first.get(who)
        for each, place in way.items():
            sender = first.get(each)
            if sender is not None and way.get(sender, place + 1) > place:
                up[each] = sender
        settled |= way.keys()
    waiting: dict[int, int] = {}
    for sender in up.values():
        waiting[sender] = waiting.get(sender, 0) + 1
    total: dict[int, tuple[int, int]] = {}
    ready = [who for who in up if who not in waiting]
    while ready:
        who = ready.pop()
        sender = up.get(who)
        if sender is None:
            continue
        count, brought = total.get(who, (0, 0))
        before = total.get(sender, (0, 0))
        total[sender] = (before[0] + 1 + count, before[1] + fees.get(who, 0) + brought)
        waiting[sender] -= 1
        if waiting[sender] == 0:
            ready.append(sender)
    return total


def referral_graph(
    session: Session,
    party_id: int,
    on: dt.date | None = None,
    *,
    generations: int = GENERATIONS,
    most: int = MOST_IN_VIEW,
) -> Graph:
    """Who sent whom around somebody, so many generations up and down and so many people at most."""
    now = on or dt.date.today()
    where: dict[int, int] = {party_id: 0}
    for step in (-1, 1):
        edge = [party_id]
        for generation in range(1, generations + 1):
            ask, give = ("sent_id", "from_id") if step < 0 else ("from_id", "sent_id")
            rows = fetch(
                session,
                f"SELECT DISTINCT {give} FROM {_sent(now)} WHERE {ask} IN ({among(edge)}) ORDER BY referred_on DESC",
            )
            edge = [row[0] for row in rows if row[0] not in where][: max(0, most - len(where))]
            where |= dict.fromkeys(edge, step * generation)
            if not edge:
                break
    some = among(where)
    edges = tuple(
        Edge(row[0], row[1], row[2], dt.date.fromisoformat(row[3]))
        for row in fetch(
            session,
            f"""SELECT id, from_id, sent_id, referred_on FROM {_sent(now)}
            WHERE from_id IN ({some}) AND sent_id IN ({some}) ORDER BY referred_on, id""",
        )
    )
    currency = str(scalar(session, "SELECT currency FROM practice"))
    return Graph(party_id, _nodes(session, where, edges, now), edges, currency)


def _nodes(session: Session, where: dict[int, int], edges: Sequence[Edge], now: dt.date) -> tuple[Node, ...]:
    some = among(where)
    fees = {row[0]: row[1] for row in fetch(session, f"{_billed(now)} AND c.party_id IN ({some}) GROUP BY c.party_id")}
    ties = {
        row[0]: row[1]
        for row in fetch(
            session,
            f"""SELECT who, count(*) FROM (SELECT from_id AS who FROM {_sent(now)} WHERE from_id IN ({some})
                UNION ALL SELECT sent_id FROM {_sent(now)} WHERE sent_id IN ({some})) GROUP BY who""",
        )
    }
    in_view: dict[int, int] = {}
    for edge in edges:
        for who in (edge.from_id, edge.sent_id):
            in_view[who] = in_view.get(who, 0) + 1
    rows = fetch(
        session,
        f"""SELECT p.id, p.name, c.id, coalesce({standing_on(now)}, '') FROM party p
        LEFT JOIN client c ON c.party_id = p.id WHERE p.id IN ({some})""",
    )
    nodes = [
        Node(*[*row, where[row[0]], fees.get(row[0], 0), ties.get(row[0], 0) - in_view.get(row[0], 0)]) for row in rows
    ]
    return tuple(sorted(nodes, key=lambda node: (node.generation, -node.fees_minor, node.party_id)))
