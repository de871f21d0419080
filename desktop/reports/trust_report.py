"""Trust and promises on paper: what was promised both ways and came of it, and what moved trust. For the house alone.

About one client, or about the whole practice where none is named. A confidence is a number here, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.rows import day, fetch, get, scalar
from db.tables import Client, Party
from desktop import text
from desktop.profession import practising
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, language_for
from desktop.reports.house import meta_of
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper

# Of one client everything is listed as far as a reader goes; of all clients, what presses and what is latest.
LISTED, LISTED_OF_ALL = 1000, 60
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class PromisedFacts:
    """A promise by us or by the client; `words` are the evidence, or the reason why it was not kept as it was made."""

    client: str
    by: str
    text: str
    made_on: dt.date
    status: str
    due_on: dt.date | None = None
    due_time: str = ""
    kept_on: dt.date | None = None
    words: str = ""
    undertaking: bool = False
    who: str = ""


@dataclass(frozen=True)
class MovedFacts:
    """A note of thanks, a concern or a signal that is not restricted, with its effect on trust from -2 to 2."""

    client: str
    on: dt.date
    kind: str
    effect: int
    text: str
    facet: str = ""
    told_by: str = ""
    resolved_on: dt.date | None = None
    learned: str = ""


@dataclass(frozen=True)
class SideFacts:
    """The promises of one side: those that are open, those settled in the period, and how many there are of each.

    `kept` of `rated` were kept in time; only those that were kept, kept late or broken are rated.
    """

    open: tuple[PromisedFacts, ...] = ()
    settled: tuple[PromisedFacts, ...] = ()
    open_count: int = 0
    late_count: int = 0
    settled_count: int = 0
    kept: int = 0
    rated: int = 0


@dataclass(frozen=True)
class TrustFacts:
    """Everything that the paper says; it has no place for a confidence or for the words of a restricted note.

    `moves` are the days on which trust moved in the period and by how much, without what is restricted.
    """

    practice: PracticeFacts
    language: str
    made_at: dt.datetime
    since: dt.date
    until: dt.date
    client: str = ""
    number: str = ""
    ours: SideFacts = SideFacts()
    theirs: SideFacts = SideFacts()
    notes: tuple[MovedFacts, ...] = ()
    notes_count: int = 0
    moves: tuple[tuple[dt.date, int], ...] = ()
    confidences: int = 0
    restricted: int = 0


# Released or agreed anew before its day, a promise was settled no later than today.
_SETTLED_ON = "min(coalesce(q.kept_on, q.due_on, q.made_on), '{today}')"
_RATED = "q.status IN ('kept', 'late', 'broken')"
_OPENLY = "n.kind <> 'confidence' AND NOT n.restricted"


def read(session: Session, asked: Asked) -> TrustFacts:
    """The facts about the client that is asked for, or about all; of all they begin a year ago by themselves."""
    until = min(asked.until or asked.at.date(), asked.at.date())
    since = min(asked.since or _beginning(session, asked.client_id, until), until)
    name, number = _client(session, asked.client_id)
    whose = "" if asked.client_id is None else f"AND {{}}.client_id = {int(asked.client_id)}"
    most = LISTED_OF_ALL if asked.client_id is None else LISTED
    days = (since.isoformat(), (until + dt.timedelta(days=1)).isoformat())
    noted = f"n.noted_at >= ? AND n.noted_at < ? {whose.format('n')}"
    return TrustFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, None, asked.language),
        made_at=asked.at,
        since=since,
        until=until,
        client=name,
        number=number,
        ours=_side(session, "us", whose.format("q"), days, asked.at.date(), most),
        theirs=_side(session, "client", whose.format("q"), days, asked.at.date(), most),
        notes=_notes(session, noted, days, most),
        notes_count=scalar(session, f"SELECT count(*) FROM trust_note n WHERE {_OPENLY} AND {noted}", *days),
        moves=tuple(
            (dt.date.fromisoformat(on), moved)
            for on, moved in fetch(
                session,
                f"""SELECT substr(n.noted_at, 1, 10) AS at, sum(n.effect) FROM trust_note n
                WHERE {_OPENLY} AND n.effect <> 0 AND {noted} GROUP BY at ORDER BY at""",
                *days,
            )
        ),
        **left_out(session, asked.client_id),
    )


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How many confidences and restricted notes are in the file and not on the paper."""
    counts = left_out(session, asked.client_id)
    named = {"confidences": counts["confidences"], "restricted_notes": counts["restricted"]}
    return {kind: count for kind, count in named.items() if count}


def left_out(session: Session, client_id: int | None) -> dict[str, int]:
    """How many confidences there are, and how many other notes that are restricted."""
    whose = "" if client_id is None else f"WHERE client_id = {int(client_id)}"
    found = fetch(
        session,
        "SELECT coalesce(sum(kind = 'confidence'), 0), coalesce(sum(kind <> 'confidence' AND restricted), 0)"
        f" FROM trust_note {whose}",
    )[0]
    return {"confidences": found[0], "restricted": found[1]}


def render(facts: TrustFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The paper as a PDF; `invariant` makes equal facts give equal bytes."""
    from desktop.reports.trust_story import story

    with text.speaking(facts.language) as say, practising(facts.practice.profession):
        title = say.say("Trust and promises")
        about = f"{title} · {facts.client}" if facts.client else title
        left = say.say("without what was told in confidence")
        meta = meta_of(facts.practice, about, facts.made_at, say, left_out=left)
        return paper(story(facts, say), meta, invariant=invariant, progress=progress)


def _client(session: Session, client_id: int | None) -> tuple[str, str]:
    if client_id is None:
        return "", ""
    client = get(session, Client, client_id, "client")
    return get(session, Party, client.party_id).name, client.number


def _beginning(session: Session, client_id: int | None, until: dt.date) -> dt.date:
    if client_id is None:
        return until - YEAR
    first = fetch(
        session,
        """SELECT (SELECT min(made_on) FROM promise WHERE client_id = ?1),
            (SELECT substr(min(noted_at), 1, 10) FROM trust_note WHERE client_id = ?1)""",
        client_id,
    )[0]
    return min((dt.date.fromisoformat(each) for each in first if each), default=until - YEAR)


def _side(session: Session, by: str, whose: str, days: tuple[str, str], today: dt.date, most: int) -> SideFacts:
    on = _SETTLED_ON.format(today=today.isoformat())
    settled = f"q.status <> 'open' AND {on} >= ? AND {on} < ?"
    counts = fetch(
        session,
        f"""SELECT coalesce(sum(q.status = 'kept'), 0), coalesce(sum({_RATED}), 0), count(*)
        FROM promise q WHERE q.by = ? {whose} AND {settled}""",
        *(by, *days),
    )[0]
    waiting = fetch(
        session,
        f"""SELECT count(*), coalesce(sum(q.due_on < ?), 0) FROM promise q
        WHERE q.status = 'open' AND q.by = ? {whose}""",
        *(today.isoformat(), by),
    )[0]
    return SideFacts(
        open=_promises(session, f"q.status = 'open' AND q.by = ? {whose}", "q.due_on IS NULL, q.due_on", by, most),
        # What was not kept comes first: it is what there is to learn from.
        settled=_promises(
            session,
            f"q.by = ? {whose} AND {settled}",
            f"CASE q.status WHEN 'broken' THEN 0 WHEN 'late' THEN 1 ELSE 2 END, {on} DESC",
            *(by, *days, most),
        ),
        open_count=waiting[0],
        late_count=waiting[1],
        settled_count=counts[2],
        kept=counts[0],
        rated=counts[1],
    )


def _promises(session: Session, where: str, order: str, *values: Any) -> tuple[PromisedFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT p.name, q.by, q.text, q.made_on, q.status, q.due_on, q.due_time, q.kept_on, q.evidence,
            q.undertaking, q.by_whom
        FROM (SELECT q.* FROM promise q WHERE {where} ORDER BY {order}, q.id LIMIT ?) q
        JOIN client c ON c.id = q.client_id JOIN party p ON p.id = c.party_id ORDER BY {order}, q.id""",
        *values,
    )
    return tuple(
        PromisedFacts(
            *[*row[:3], dt.date.fromisoformat(row[3]), row[4], day(row[5]), row[6], day(row[7])],
            *[row[8], bool(row[9]), row[10]],
        )
        for row in rows
    )


def _notes(session: Session, noted: str, days: tuple[str, str], most: int) -> tuple[MovedFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT p.name, substr(n.noted_at, 1, 10), n.kind, n.effect, n.text, n.facet, n.told_by, n.resolved_on,
            n.learned
        FROM (SELECT n.* FROM trust_note n WHERE {_OPENLY} AND {noted} ORDER BY n.noted_at DESC, n.id DESC LIMIT ?) n
        JOIN client c ON c.id = n.client_id JOIN party p ON p.id = c.party_id ORDER BY n.noted_at DESC, n.id DESC""",
        *(*days, most),
    )
    return tuple(MovedFacts(*[row[0], dt.date.fromisoformat(row[1]), *row[2:7], day(row[7]), row[8]]) for row in rows)
