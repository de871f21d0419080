"""What the practice needs to see today: promises, silence, decisions, drafts, next steps, and the week ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from db.clients import CONTACTS_FOR_A_RHYTHM, QUIET_FACTOR, SHORTEST_RHYTHM_DAYS, silence, usual_gap
from db.rows import among, day, fetch
from db.words import CLOSED_STAGES

DAYS_AHEAD = 7
ROWS_SHOWN = 50
_OPEN = "e.stage NOT IN (" + ", ".join(f"'{stage}'" for stage in sorted(CLOSED_STAGES)) + ")"


@dataclass(frozen=True)
class DuePromise:
    """An open promise that is late (`late_days` > 0) or falls due within a week; `by` is 'us' or 'client'."""

    id: int
    client_id: int
    client: str
    engagement: str
    by: str
    by_whom: str
    text: str
    made_on: dt.date
    due_on: dt.date
    due_time: str
    undertaking: bool
    late_days: int


@dataclass(frozen=True)
class QuietClient:
    """A client silent for longer than his rhythm; `usual` and `silent` are days, `state` is 'quiet' or 'at risk'."""

    client_id: int
    client: str
    state: str
    usual: int
    silent: int
    last_on: dt.date
    last_subject: str = ""


@dataclass(frozen=True)
class Decision:
    """An open engagement that waits: `why` is 'letter' (not signed, `days` since it opened) or 'review' (due `on`)."""

    engagement_id: int
    client_id: int
    client: str
    title: str
    why: str
    letter: str
    on: dt.date | None
    days: int


@dataclass(frozen=True)
class OpenDraft:
    """Advice that was written and not yet recorded."""

    id: int
    client_id: int
    client: str
    question: str
    given_on: dt.date


@dataclass(frozen=True)
class DueStep:
    """A follow-up that is due today or was due before."""

    id: int
    client_id: int
    client: str
    what: str
    due_on: dt.date


@dataclass(frozen=True)
class Month:
    """This month so far: `said_no` are the reasons of those who left, one for each."""

    advice: int
    kept: int
    settled: int
    new_clients: int
    referred: int
    said_no: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ahead:
    """One thing on one of the next days: a promise, a follow-up or a review."""

    on: dt.date
    noun: str
    words: str
    client: str


@dataclass(frozen=True)
class Today:
    """Everything on the page for one day."""

    on: dt.date
    promises: list[DuePromise]
    quiet: list[QuietClient]
    decisions: list[Decision]
    drafts: list[OpenDraft]
    steps: list[DueStep]
    month: Month
    ahead: list[Ahead]


def today(session: Session, on: dt.date | None = None) -> Today:
    """The page for a day."""
    now = on or dt.date.today()
    return Today(
        on=now,
        promises=_promises(session, now),
        quiet=quiet_clients(session, now),
        decisions=_decisions(session, now),
        drafts=_drafts(session),
        steps=_steps(session, now),
        month=_month(session, now),
        ahead=_ahead(session, now),
    )


_NAMED = "JOIN client c ON c.id = {0}.client_id JOIN party p ON p.id = c.party_id"


def _promises(session: Session, now: dt.date) -> list[DuePromise]:
    rows = fetch(
        session,
        f"""SELECT q.id, q.client_id, p.name, coalesce(e.title, ''), q.by, q.by_whom, q.text, q.made_on, q.due_on,
            q.due_time, q.undertaking
        FROM promise q {_NAMED.format("q")} LEFT JOIN engagement e ON e.id = q.engagement_id
        WHERE q.status = 'open' AND q.due_on <= ? ORDER BY q.due_on, q.due_time = '', q.due_time, q.id LIMIT ?""",
        *((now + dt.timedelta(days=DAYS_AHEAD)).isoformat(), ROWS_SHOWN),
    )
    found = []
    for row in rows:
        due = dt.date.fromisoformat(row[8])
        rest = (dt.date.fromisoformat(row[7]), due, row[9], bool(row[10]), max(0, (now - due).days))
        found.append(DuePromise(*[*row[:7], *rest]))
    return found


def quiet_clients(session: Session, now: dt.date) -> list[QuietClient]:
    """The clients we serve who are silent well past their own rhythm, the most overdue first."""
    shortest = (now - dt.timedelta(days=int(SHORTEST_RHYTHM_DAYS * QUIET_FACTOR))).isoformat()
    # Only who has a rhythm and was silent for a while can be quiet: the histories of the others are not read.
    silent = fetch(
        session,
        """SELECT * FROM (SELECT c.id, c.standing, c.rhythm_days, p.name,
            (SELECT a.given_at FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL
                ORDER BY a.given_at DESC LIMIT 1) AS last
        FROM client c JOIN party p ON p.id = c.party_id WHERE c.standing IN ('client', 'occasional')
            AND (c.rhythm_days IS NOT NULL OR EXISTS (SELECT 1 FROM advice a WHERE a.client_id = c.id
                LIMIT 1 OFFSET ?)))
        WHERE last < ? OR (rhythm_days IS NOT NULL AND last IS NOT NULL)""",
        CONTACTS_FOR_A_RHYTHM - 1,
        shortest,
    )
    contacts = _contacts(session, [row[0] for row in silent if row[2] is None])
    found: list[tuple[float, QuietClient]] = []
    for client_id, standing, agreed, name, last in silent:
        last_on = dt.date.fromisoformat(last[:10])
        dates = [each for each in contacts.get(client_id, ()) if each <= last_on] or [last_on]
        usual: Any = agreed or usual_gap(dates)
        state = silence(standing, [last_on], usual, now) if usual is not None else standing
        if state != standing:
            days = (now - last_on).days
            found.append((days / usual, QuietClient(client_id, name, state, round(usual), days, last_on)))
    found.sort(key=lambda each: (-each[0], each[1].client_id))
    subjects = _last_subjects(session, [row.client_id for _, row in found[:ROWS_SHOWN]])
    return [replace(row, last_subject=subjects.get(row.client_id, "")) for _, row in found]


def _contacts(session: Session, client_ids: list[int]) -> dict[int, list[dt.date]]:
    # From the index alone, which is twenty times faster than looking at each entry. It knows nothing of withdrawn
    # ones: one of them among many moves a median by nothing that is seen here.
    rows = fetch(
        session,
        f"""SELECT client_id, group_concat(substr(given_at, 1, 10)) FROM (
            SELECT client_id, given_at FROM advice WHERE client_id IN ({among(client_ids)})
            ORDER BY client_id, given_at) GROUP BY client_id HAVING count(*) >= ?""",
        CONTACTS_FOR_A_RHYTHM,
    )
    return {
        client_id: [dt.date.fromisoformat(each) for each in dict.fromkeys(days.split(","))] for client_id, days in rows
    }


def _last_subjects(session: Session, client_ids: list[int]) -> dict[int, str]:
    rows = fetch(
        session,
        f"""SELECT c.id, (SELECT a.question FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL
            ORDER BY a.given_at DESC LIMIT 1) FROM client c WHERE c.id IN ({among(client_ids)})""",
    )
    return dict(tuple(row) for row in rows)


def _decisions(session: Session, now: dt.date) -> list[Decision]:
    rows = fetch(
        session,
        f"""SELECT e.id, e.client_id, p.name, e.title, e.letter, e.opened_on, e.next_review_on
        FROM engagement e {_NAMED.format("e")}
        WHERE {_OPEN} AND (e.next_review_on <= ? OR (e.letter <> 'signed' AND e.stage IN ('engaged', 'active')))
        ORDER BY coalesce(e.next_review_on, e.opened_on, '9999'), e.id LIMIT ?""",
        *(now.isoformat(), ROWS_SHOWN),
    )
    found = []
    for row in rows:
        opened, review = day(row[5]), day(row[6])
        due = review is not None and review <= now
        on = review if due else opened
        why = "review" if due else "letter"
        found.append(Decision(*[*row[:4], why, row[4], on, max(0, (now - on).days) if on else 0]))
    return found


def _drafts(session: Session) -> list[OpenDraft]:
    rows = fetch(
        session,
        f"""SELECT a.id, a.client_id, p.name, a.question, a.given_at FROM advice a {_NAMED.format("a")}
        WHERE a.state = 'draft' AND a.withdrawn_at IS NULL ORDER BY a.given_at LIMIT ?""",
        ROWS_SHOWN,
    )
    return [OpenDraft(*[*row[:4], dt.date.fromisoformat(row[4][:10])]) for row in rows]


def _steps(session: Session, now: dt.date) -> list[DueStep]:
    rows = fetch(
        session,
        f"""SELECT f.id, f.client_id, p.name, f.what, f.due_on FROM follow_up f {_NAMED.format("f")}
        WHERE f.done_on IS NULL AND f.due_on <= ? ORDER BY f.due_on, f.id LIMIT ?""",
        *(now.isoformat(), ROWS_SHOWN),
    )
    return [DueStep(*[*row[:4], dt.date.fromisoformat(row[4])]) for row in rows]


def _month(session: Session, now: dt.date) -> Month:
    since, before = now.replace(day=1).isoformat(), (now + dt.timedelta(days=1)).isoformat()
    within = f">= '{since}' AND {{0}} < '{before}'"
    kept, due, begun = (f"{column} {within.format(column)}" for column in ("kept_on", "due_on", "since"))
    ours = "SELECT count(*) FROM promise WHERE by = 'us' AND"
    counts = fetch(
        session,
        f"""SELECT (SELECT count(*) FROM advice WHERE given_at {within.format("given_at")}),
            ({ours} status = 'kept' AND {kept}),
            ({ours} status IN ('kept', 'late') AND {kept}) + ({ours} status = 'broken' AND {due}),
            (SELECT count(*) FROM client WHERE {begun}),
            (SELECT count(*) FROM client WHERE {begun} AND referred_by_id IS NOT NULL)""",
    )[0]
    left = fetch(
        session,
        "SELECT reason FROM standing_change WHERE standing = 'former' AND changed_on >= ? AND changed_on < ?"
        " ORDER BY id",
        *(since, before),
    )
    return Month(*[*counts, [row[0] for row in left]])


def _ahead(session: Session, now: dt.date) -> list[Ahead]:
    monday = now + dt.timedelta(days=7 - now.weekday())
    week = (monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat())
    rows = fetch(
        session,
        f"""SELECT q.due_on AS at, 'promise', q.text, p.name, q.due_time FROM promise q {_NAMED.format("q")}
            WHERE q.status = 'open' AND q.due_on BETWEEN ? AND ?
        UNION ALL SELECT f.due_on, 'follow_up', f.what, p.name, '' FROM follow_up f {_NAMED.format("f")}
            WHERE f.done_on IS NULL AND f.due_on BETWEEN ? AND ?
        UNION ALL SELECT e.next_review_on, 'review', e.title, p.name, '' FROM engagement e {_NAMED.format("e")}
            WHERE {_OPEN} AND e.next_review_on BETWEEN ? AND ?
        ORDER BY 1, 5, 3 LIMIT 12""",
        *(*week, *week, *week),
    )
    return [Ahead(dt.date.fromisoformat(row[0]), *row[1:4]) for row in rows]
