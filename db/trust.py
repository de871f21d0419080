"""Trust: promises kept or broken in both directions, and notes of confidences, concerns, signals and thanks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import AwareDatetime, Field
from sqlmodel import Session, select

from db.deletion import delete_record
from db.engagements import require_open
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, day, fetch, get, moment, utc_now
from db.tables import Client, CustomField, Party, Promise, TrustNote
from db.words import RESTRICTED_KINDS, Facet, PromiseBy, TrustKind


class NewPromise(Input):
    """A promise; `due_time` as HH:MM. An undertaking is a binding promise of a professional."""

    client_id: int
    engagement_id: int | None = None
    advice_id: int | None = None
    by: PromiseBy = "us"
    by_whom: Optional = ""
    to_whom: Optional = ""
    text: Text
    made_on: dt.date | None = None
    due_on: dt.date | None = None
    due_time: str = Field(default="", pattern=r"^(|([01]\d|2[0-3]):[0-5]\d)$")
    undertaking: bool = False


class Settling(Input):
    """How a promise ended: on which day, and with what evidence or reason."""

    on: dt.date | None = None
    words: Optional = ""


class Renegotiation(Input):
    """A new date agreed before the old one passed: which, and with whom."""

    due_on: dt.date
    agreed_with: Text


class NewTrustNote(Input):
    """A trust note; a confidence is always restricted."""

    client_id: int
    engagement_id: int | None = None
    noted_at: AwareDatetime | None = None
    kind: TrustKind
    effect: int = Field(default=0, ge=-2, le=2)
    facet: Facet | None = None
    told_by: Optional = ""
    text: Text
    restricted: bool = False


class Resolution(Input):
    """How a concern or signal was resolved, and what was learned."""

    learned: Text
    on: dt.date | None = None


@dataclass(frozen=True)
class PromiseRow:
    """A promise in a list; `overdue_days` counts past the due date of an open one (0: not overdue)."""

    id: int
    client_id: int
    client: str
    engagement_id: int | None
    engagement: str
    by: str
    by_whom: str
    to_whom: str
    text: str
    made_on: dt.date
    due_on: dt.date | None
    due_time: str
    status: str
    kept_on: dt.date | None
    evidence: str
    undertaking: bool
    overdue_days: int


@dataclass(frozen=True)
class TrustRow:
    """A trust note in a list; the text of a restricted one is empty unless confidences were asked for."""

    id: int
    client_id: int
    client: str
    engagement_id: int | None
    noted_at: dt.datetime
    kind: str
    effect: int
    facet: str
    told_by: str
    text: str
    restricted: bool
    resolved_on: dt.date | None
    learned: str


@dataclass(frozen=True)
class KeptRate:
    """How many of our settled promises were kept in time, and the promises behind it."""

    kept: int
    settled: int
    promises: list[PromiseRow]


def _client_name(session: Session, client_id: int) -> str:
    return get(session, Party, get(session, Client, client_id, "client").party_id).name


def add_promise(session: Session, new: NewPromise) -> int:
    """Note a promise; gives its id."""
    name = _client_name(session, new.client_id)
    require_open(session, new.engagement_id, new.client_id)
    made_on = new.made_on or dt.date.today()
    if new.due_on is not None and new.due_on < made_on:
        raise Refused("due-before-made", "due_on", made=made_on)
    promise = Promise(**new.model_dump(exclude={"made_on"}), made_on=made_on)
    session.add(promise)
    session.flush()
    about(session, f"{new.text} · {name}")
    assert promise.id is not None
    return promise.id


def _open_promise(session: Session, promise_id: int) -> Promise:
    promise = get(session, Promise, promise_id, "promise")
    if promise.status != "open":
        raise Refused("promise-settled", "promise", status=promise.status)
    about(session, f"{promise.text} · {_client_name(session, promise.client_id)}")
    return promise


def keep_promise(session: Session, promise_id: int, settling: Settling) -> int:
    """Note that a promise was kept; after its due date it counts as late."""
    promise = _open_promise(session, promise_id)
    on = settling.on or dt.date.today()
    if on < promise.made_on:
        raise Refused("kept-before-made", "on", made=promise.made_on)
    late = promise.due_on is not None and on > promise.due_on
    change(session, promise, {"status": "late" if late else "kept", "kept_on": on, "evidence": settling.words})
    return promise_id


def break_promise(session: Session, promise_id: int, settling: Settling) -> int:
    """Note that a promise was broken, and why."""
    if not settling.words:
        raise Refused("required", "words")
    change(session, _open_promise(session, promise_id), {"status": "broken", "evidence": settling.words})
    return promise_id


def release_promise(session: Session, promise_id: int, settling: Settling) -> int:
    """Note that the one to whom it was made released the promise, and how."""
    if not settling.words:
        raise Refused("required", "words")
    change(session, _open_promise(session, promise_id), {"status": "released", "evidence": settling.words})
    return promise_id


def renegotiate_promise(session: Session, promise_id: int, new: Renegotiation, today: dt.date | None = None) -> int:
    """Agree a new date before the old one passes: this promise ends, a new one follows; gives the new one's id."""
    promise = _open_promise(session, promise_id)
    day_agreed = today or dt.date.today()
    if promise.due_on is not None and day_agreed > promise.due_on:
        raise Refused("past-due", "due_on", due=promise.due_on)
    if new.due_on < day_agreed:
        raise Refused("due-before-made", "due_on", made=day_agreed)
    change(session, promise, {"status": "renegotiated", "evidence": new.agreed_with})
    kept = {"client_id", "engagement_id", "advice_id", "by", "by_whom", "to_whom", "text", "undertaking"}
    following = Promise(
        **promise.model_dump(include=kept), made_on=day_agreed, due_on=new.due_on, follows_id=promise_id
    )
    session.add(following)
    session.flush()
    assert following.id is not None
    return following.id


_OPEN_FIRST = "CASE q.status WHEN 'open' THEN 0 ELSE 1 END, coalesce(q.due_on, '9999'), q.id DESC"


def list_promises(
    session: Session,
    client_id: int | None = None,
    *,
    open_only: bool = False,
    engagement_id: int | None = None,
    today: dt.date | None = None,
    limit: int = 1000,
) -> list[PromiseRow]:
    """Promises, the open ones first by their date."""
    where: list[str] = ["1"]
    values: list[Any] = []
    for condition, value in (("q.client_id = ?", client_id), ("q.engagement_id = ?", engagement_id)):
        if value is not None:
            where.append(condition)
            values.append(value)
    if open_only:
        where.append("q.status = 'open'")
    rows = fetch(
        session,
        f"""SELECT q.id, q.client_id, p.name, q.engagement_id, coalesce(e.title, ''), q.by, q.by_whom, q.to_whom,
            q.text, q.made_on, q.due_on, q.due_time, q.status, q.kept_on, q.evidence, q.undertaking
        FROM promise q JOIN client c ON c.id = q.client_id JOIN party p ON p.id = c.party_id
        LEFT JOIN engagement e ON e.id = q.engagement_id
        WHERE {" AND ".join(where)} ORDER BY {_OPEN_FIRST} LIMIT ?""",
        *values,
        limit,
    )
    now = today or dt.date.today()
    promises = []
    for row in rows:
        made, due, time, status, kept, evidence, undertaking = row[9:]
        due_on = day(due)
        overdue = max(0, (now - due_on).days) if status == "open" and due_on else 0
        rest = (dt.date.fromisoformat(made), due_on, time, status, day(kept), evidence, bool(undertaking), overdue)
        promises.append(PromiseRow(*[*row[:9], *rest]))
    return promises


def delete_promise(session: Session, promise_id: int) -> None:
    """Delete a promise that should never have been noted; one that was made is kept, broken or released."""
    promise = get(session, Promise, promise_id, "promise")
    about(session, f"{promise.text} · {_client_name(session, promise.client_id)}")
    delete_record(session, "promise", promise_id)


def delete_trust_note(session: Session, note_id: int) -> None:
    """Delete a trust note; its words are not said in the history, where a confidence has no place."""
    note = get(session, TrustNote, note_id, "trust_note")
    about(session, _client_name(session, note.client_id))
    delete_record(session, "trust_note", note_id)


def kept_rate(session: Session, client_id: int) -> KeptRate:
    """Our promises to a client that were settled by keeping or breaking them, and how many were kept in time."""
    ours = [promise for promise in list_promises(session, client_id) if promise.by == "us"]
    settled = [promise for promise in ours if promise.status in {"kept", "late", "broken"}]
    return KeptRate(sum(promise.status == "kept" for promise in settled), len(settled), settled)


def note_trust(session: Session, new: NewTrustNote) -> int:
    """Write a trust note; a confidence is restricted by itself. Gives its id."""
    name = _client_name(session, new.client_id)
    if new.engagement_id is not None:
        require_open(session, new.engagement_id, new.client_id)
    values = new.model_dump(exclude={"noted_at", "facet", "restricted"})
    restricted = new.restricted or new.kind in RESTRICTED_KINDS
    note = TrustNote(**values, noted_at=new.noted_at or utc_now(), facet=new.facet or "", restricted=restricted)
    session.add(note)
    session.flush()
    # The history is read by everybody: it names the client, never what was told.
    about(session, name)
    assert note.id is not None
    return note.id


def resolve_note(session: Session, note_id: int, resolution: Resolution) -> int:
    """Resolve a concern or signal with what was learned."""
    note = get(session, TrustNote, note_id, "note")
    if note.resolved_on is not None:
        raise Refused("already-resolved", "note", on=note.resolved_on)
    change(session, note, {"resolved_on": resolution.on or dt.date.today(), "learned": resolution.learned})
    about(session, _client_name(session, note.client_id))
    return note_id


def list_trust_notes(
    session: Session, client_id: int | None = None, *, confidences: bool = False, limit: int = 1000
) -> list[TrustRow]:
    """Trust notes, newest first; what is restricted comes without its text unless `confidences` asks for it."""
    rows = fetch(
        session,
        """SELECT n.id, n.client_id, p.name, n.engagement_id, n.noted_at, n.kind, n.effect, n.facet, n.told_by, n.text,
            n.restricted OR n.kind = 'confidence', n.resolved_on, n.learned
        FROM trust_note n JOIN client c ON c.id = n.client_id JOIN party p ON p.id = c.party_id
        WHERE ? IS NULL OR n.client_id = ? ORDER BY n.noted_at DESC, n.id DESC LIMIT ?""",
        *(client_id, client_id, limit),
    )
    notes = []
    for row in rows:
        hidden = bool(row[10]) and not confidences
        noted_at = moment(row[4])
        assert noted_at is not None
        told_by, text, learned = ("", "", "") if hidden else (row[8], row[9], row[12])
        rest = (noted_at, *row[5:8], told_by, text, bool(row[10]), day(row[11]), learned)
        notes.append(TrustRow(*[*row[:4], *rest]))
    return notes


def open_confidences(session: Session, client_id: int) -> int:
    """Leave a trace that a client's confidences were asked for: the step says who and when. Gives the client's id."""
    name = _client_name(session, client_id)
    opened = select(CustomField).where(
        CustomField.noun == "client", CustomField.record_id == client_id, CustomField.name == "confidences opened"
    )
    trace = session.exec(opened).first() or CustomField(
        noun="client", record_id=client_id, name="confidences opened", value=""
    )
    trace.value = dt.datetime.now(dt.UTC).isoformat()
    session.add(trace)
    about(session, name)
    return client_id
