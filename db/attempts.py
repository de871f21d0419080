"""From occasional to client: who bought once and fits, what would make him stay, what was tried and came of it.

Those looked at are *occasional* on the day. How well one **fits** is how many of his marks (kind, area, town, language,
who sent him) he shares with the clients who decided to continue: a mark counts when at least `MARK_CLIENTS` of these
have it and at least every `MARK_SHARE`th of them does. What would make him stay is told in his own words: what he
values, his latest insight, his answer in a review.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.reasons import Reason
from db.rows import among, change, day, fetch, get
from db.standings import standing_on
from db.tables import Attempt, Client, Party

MARK_CLIENTS, MARK_SHARE = 3, 5


class NewAttempt(Input):
    """What was tried so that a client comes to stay, on a day no later than today."""

    client_id: int
    what: Text
    tried_on: dt.date | None = None
    came_of_it: Optional = ""


class AttemptEdit(Input):
    """What came of an attempt."""

    came_of_it: Text


@dataclass(frozen=True)
class AttemptRow:
    """What was tried, and what came of it; `then` is the standing that he has on the day asked for."""

    id: int
    client_id: int
    client: str
    tried_on: dt.date
    what: str
    came_of_it: str
    then: str


@dataclass(frozen=True)
class Occasional:
    """Somebody who bought once: since when, what for and for how much, why he fits, what he says, what was tried.

    `fees_minor` is all that was billed to him until the day, in the practice's currency. `says` are the words that tell
    what would make him stay, each with its record.
    """

    client_id: int
    name: str
    grade: str
    since: dt.date | None
    engagement_id: int | None
    engagement: str
    fees_minor: int
    currency: str
    last_on: dt.date | None
    fits: tuple[Reason, ...]
    says: tuple[Reason, ...]
    attempts: tuple[AttemptRow, ...]


def add_attempt(session: Session, new: NewAttempt) -> int:
    """Note what was tried; gives its id."""
    client = get(session, Client, new.client_id, "client_id")
    tried_on = new.tried_on or dt.date.today()
    if tried_on > dt.date.today():
        raise Refused("not-yet", "tried_on")
    attempt = Attempt(**new.model_dump(exclude={"tried_on"}), tried_on=tried_on)
    session.add(attempt)
    session.flush()
    about(session, get(session, Party, client.party_id).name)
    assert attempt.id is not None
    return attempt.id


def finish_attempt(session: Session, attempt_id: int, edit: AttemptEdit) -> int:
    """Note what came of an attempt."""
    attempt = get(session, Attempt, attempt_id, "attempt")
    change(session, attempt, {"came_of_it": edit.came_of_it})
    about(session, get(session, Party, get(session, Client, attempt.client_id).party_id).name)
    return attempt_id


def remove_attempt(session: Session, attempt_id: int) -> None:
    """Take away an attempt that was noted by mistake."""
    attempt = get(session, Attempt, attempt_id, "attempt")
    about(session, get(session, Party, get(session, Client, attempt.client_id).party_id).name)
    session.delete(attempt)


def list_attempts(session: Session, on: dt.date | None = None, client_id: int | None = None) -> list[AttemptRow]:
    """What was tried until a day, the latest first."""
    now = on or dt.date.today()
    whose = "" if client_id is None else f"AND t.client_id = {int(client_id)}"
    rows = fetch(
        session,
        f"""SELECT t.id, t.client_id, p.name, t.tried_on, t.what, t.came_of_it, {standing_on(now)}
        FROM attempt t JOIN client c ON c.id = t.client_id JOIN party p ON p.id = c.party_id
        WHERE t.tried_on <= ? {whose} ORDER BY t.tried_on DESC, t.id DESC""",
        now.isoformat(),
    )
    return [AttemptRow(*[*row[:3], dt.date.fromisoformat(row[3]), *row[4:]]) for row in rows]


# Each mark of a client, as SQL on c, p and his latest work w; a mark that nobody told is no mark.
_MARKS = {
    "kind": "p.kind",
    "area": "w.area",
    "town": "(SELECT a.city FROM address a WHERE a.party_id = p.id AND a.city <> '' ORDER BY a.id LIMIT 1)",
    "language": "p.language",
    "sender": "(SELECT s.name FROM party s WHERE s.id = c.referred_by_id)",
}


def list_occasional(
    session: Session, on: dt.date | None = None, client_id: int | None = None, limit: int = 50
) -> list[Occasional]:
    """Those who bought once, the best fit and the highest fees first."""
    now = on or dt.date.today()
    marks = ", ".join(f"coalesce({mark}, '')" for mark in _MARKS.values())
    work = f"""WITH w AS MATERIALIZED (SELECT client_id, area, max(opened_on) FROM engagement
        WHERE opened_on <= '{now}' GROUP BY client_id)"""
    stayed = fetch(
        session,
        f"""{work} SELECT {marks} FROM client c JOIN party p ON p.id = c.party_id
        LEFT JOIN w ON w.client_id = c.id WHERE {standing_on(now)} = 'client'""",
    )
    common = _common(stayed)
    whose = "" if client_id is None else f"AND c.id = {int(client_id)}"
    rows = fetch(
        session,
        f"""{work} SELECT c.id, p.name, c.grade, c.valued,
            (SELECT max(s.changed_on) FROM standing_change s WHERE s.client_id = c.id AND s.standing = 'occasional'
                AND s.changed_on <= '{now}'),
            (SELECT coalesce(sum(f.amount_minor), 0) FROM fee f WHERE f.client_id = c.id AND f.kind = 'billed'
                AND f.charged_on <= '{now}' AND f.currency IN ('', (SELECT currency FROM practice))),
            (SELECT currency FROM practice), {marks}
        FROM client c JOIN party p ON p.id = c.party_id LEFT JOIN w ON w.client_id = c.id
        WHERE {standing_on(now)} = 'occasional' {whose}""",
    )
    fitting = [(row, _fits(row[0], row[7:], common, len(stayed))) for row in rows]
    fitting.sort(key=lambda pair: (-len(pair[1]), -pair[0][5], pair[0][0]))
    return _told(session, fitting[:limit], now)


def _common(rows: Sequence[Any]) -> dict[tuple[str, str], int]:
    """How many of those who stayed share each mark that enough of them have."""
    counted = Counter((name, row[at]) for row in rows for at, name in enumerate(_MARKS) if row[at])
    return {mark: count for mark, count in counted.items() if count >= max(MARK_CLIENTS, len(rows) / MARK_SHARE)}


def _fits(client_id: int, marks: Sequence[str], common: dict[tuple[str, str], int], of: int) -> tuple[Reason, ...]:
    return tuple(
        Reason(f"fits-{name}", {"words": value, "count": common[name, value], "of": of}, "client", client_id)
        for name, value in zip(_MARKS, marks, strict=True)
        if (name, value) in common
    )


def _told(session: Session, fitting: list[tuple[Any, tuple[Reason, ...]]], now: dt.date) -> list[Occasional]:
    some = among(row[0] for row, _fits in fitting)
    bought = {
        row[0]: row[1:]
        for row in fetch(
            session,
            f"""SELECT client_id, id, title, max(opened_on) FROM engagement WHERE client_id IN ({some})
                AND opened_on <= ? AND stage NOT IN ('enquiry', 'proposed', 'declined') GROUP BY client_id""",
            now.isoformat(),
        )
    }
    last = {
        row[0]: row[1]
        for row in fetch(
            session,
            f"""SELECT client_id, max(given_at) FROM advice WHERE client_id IN ({some}) AND withdrawn_at IS NULL
                AND given_at < ? GROUP BY client_id""",
            (now + dt.timedelta(days=1)).isoformat(),
        )
    }
    says: dict[int, list[Reason]] = {}
    for client_id, code, noun, number, words, on in fetch(
        session,
        f"""SELECT * FROM (SELECT client_id, 'says-insight', 'insight', id, verbatim, max(heard_on) FROM insight
                WHERE client_id IN ({some}) AND heard_on <= '{now}' GROUP BY client_id)
        UNION ALL SELECT * FROM (SELECT client_id, 'says-review', 'review', id,
                iif(could_say_no <> '', could_say_no, their_words), max(held_on) FROM review
                WHERE client_id IN ({some}) AND held_on <= '{now}' GROUP BY client_id)""",
    ):
        if words:
            says.setdefault(client_id, []).append(Reason(code, {"words": words, "on": day(on)}, noun, number))
    tried: dict[int, list[AttemptRow]] = {}
    for attempt in list_attempts(session, now):
        tried.setdefault(attempt.client_id, []).append(attempt)
    found = []
    for row, fits in fitting:
        who, name, grade, valued, since, fees, currency = row[:7]
        said = [Reason("says-values", {"words": valued}, "client", who)] if valued else []
        engagement_id, title, _opened = bought.get(who, (None, "", None))
        found.append(
            Occasional(
                *(who, name, grade, day(since), engagement_id, title, fees, currency, day(last.get(who)), fits),
                *((*said, *says.get(who, [])), tuple(tried.get(who, []))),
            )
        )
    return found


@dataclass(frozen=True)
class CameOfIt:
    """What became of those for whom something was tried: how many stayed, left, or still are occasional."""

    tried: int
    stayed: int
    left: int
    waiting: int


def count_attempts(session: Session, on: dt.date | None = None) -> CameOfIt:
    """The clients for whom something was tried until a day, by the standing they have on it."""
    then = Counter({row.client_id: row.then for row in list_attempts(session, on)}.values())
    left = then["former"] + then["declined"]
    return CameOfIt(sum(then.values()), then["client"], left, sum(then.values()) - then["client"] - left)
