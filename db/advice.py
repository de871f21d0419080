"""The advisory history: drafts, recorded entries that never change, amendments, and the client's responses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import AwareDatetime, Field
from sqlmodel import Session, select

from db.engagements import require_open
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.names import fold
from db.rows import among, change, fetch, get, ids, like, moment, utc_now
from db.tables import Advice, AdviceResponse, Client, Party
from db.words import Channel, Direction, Response

# An entry written more than a day after the advice was given says so: a record made at the time weighs more.
LATE_AFTER = dt.timedelta(hours=24)
_CLOCK_SLACK = dt.timedelta(minutes=10)


class AdviceEdit(Input):
    """Changes to a draft: only the given fields change. `given_at` carries its zone; `minutes` is the time it took."""

    engagement_id: int | None = None
    given_at: AwareDatetime | None = None
    zone: Optional = "UTC"
    author: Optional = ""
    channel: Channel = "meeting"
    direction: Direction = "given"
    minutes: int | None = Field(default=None, ge=0, le=10_000)
    present: Optional = ""
    question: Text = "-"
    advice: Optional = ""
    basis: Optional = ""
    options: Optional = ""
    risks: Optional = ""
    privileged: bool = False
    late_reason: Optional = ""


class NewAdvice(AdviceEdit):
    """An entry of the advisory history; a draft unless `record` says to record it at once."""

    client_id: int
    question: Text
    record: bool = False


class NewResponse(Input):
    """The client's answer to a recorded entry; against advice needs the consequence explained and his reason."""

    response: Response
    responded_on: dt.date | None = None
    words: Optional = ""
    consequence: Optional = ""
    reason: Optional = ""


class Amendment(Input):
    """A later entry that corrects a recorded one; the first stays as it was."""

    reason: Text
    advice: Text
    question: Optional = ""
    basis: Optional = ""
    options: Optional = ""
    risks: Optional = ""
    author: Optional = ""


@dataclass(frozen=True)
class AdviceRow:
    """An entry in a list; `response` is awaiting until the client answered."""

    id: int
    number: str
    client_id: int
    client: str
    engagement_id: int | None
    engagement: str
    given_at: dt.datetime
    author: str
    channel: str
    question: str
    advice: str
    state: str
    response: str
    responded_on: dt.date | None
    late_entry: bool
    privileged: bool
    amends_id: int | None
    amended_by: int | None
    amend_reason: str
    basis: str
    risks: str
    options: str
    zone: str
    present: str
    minutes: int | None
    late_reason: str
    recorded_at: dt.datetime | None
    confirmed_on: dt.date | None


@dataclass(frozen=True)
class ResponseRow:
    """What the client answered to an entry."""

    response: str
    responded_on: dt.date
    words: str
    consequence: str
    reason: str


def number_of(advice_id: int) -> str:
    """The number by which an entry is known: A-0012."""
    return f"A-{advice_id:04d}"


def log_advice(session: Session, new: NewAdvice) -> int:
    """Write an entry for a client, as a draft or recorded at once; gives its id."""
    client = get(session, Client, new.client_id, "client")
    require_open(session, new.engagement_id, new.client_id)
    values = new.model_dump(exclude={"record"})
    values["given_at"] = new.given_at or utc_now()
    entry = Advice(**values)
    if new.record:
        _record(entry)
    _require_past(entry.given_at)
    session.add(entry)
    session.flush()
    about(session, f"{new.question} · {get(session, Party, client.party_id).name}")
    assert entry.id is not None
    return entry.id


def is_late(given_at: dt.datetime | None) -> bool:
    """Whether an entry recorded now of advice given then is a late one."""
    return given_at is not None and utc_now() - given_at > LATE_AFTER


def _require_past(given_at: dt.datetime) -> None:
    if given_at > utc_now() + _CLOCK_SLACK:
        raise Refused("in-the-future", "given_at", given_at=given_at)


def _record(entry: Advice) -> None:
    if not entry.advice.strip():
        raise Refused("required", "advice")
    entry.state = "recorded"
    entry.recorded_at = utc_now()
    entry.late_entry = is_late(entry.given_at)
    if not entry.late_entry:
        entry.late_reason = ""


def edit_advice(session: Session, advice_id: int, edit: AdviceEdit) -> int:
    """Change the given fields of a draft; a recorded entry is refused: it is amended."""
    entry = _draft(session, advice_id)
    values = edit.model_dump(exclude_unset=True)
    if "engagement_id" in values:
        require_open(session, values["engagement_id"], entry.client_id)
    if values.get("given_at") is None:
        values.pop("given_at", None)
    else:
        _require_past(values["given_at"])
    change(session, entry, values)
    about(session, entry.question)
    return advice_id


def _draft(session: Session, advice_id: int) -> Advice:
    entry = get(session, Advice, advice_id, "advice")
    if entry.state != "draft":
        raise Refused("recorded", "advice", number=number_of(advice_id))
    return entry


def record_advice(session: Session, advice_id: int) -> int:
    """Record a draft: from now on it is never changed, only amended."""
    entry = _draft(session, advice_id)
    require_open(session, entry.engagement_id, entry.client_id)
    _record(entry)
    session.add(entry)
    about(session, entry.question)
    return advice_id


def discard_draft(session: Session, advice_id: int) -> None:
    """Throw a draft away (Undo brings it back)."""
    entry = _draft(session, advice_id)
    about(session, entry.question)
    session.delete(entry)


def _recorded(session: Session, advice_id: int) -> Advice:
    entry = get(session, Advice, advice_id, "advice")
    if entry.state != "recorded":
        raise Refused("still-a-draft", "advice", number=number_of(advice_id))
    if entry.withdrawn_at is not None:
        raise Refused("withdrawn", "advice", number=number_of(advice_id))
    return entry


_CARRIED = {"client_id", "engagement_id", "zone", "channel", "direction", "privileged", "present"}


def amend_advice(session: Session, advice_id: int, amendment: Amendment) -> int:
    """Record a later entry that says what was wrong and what holds now; gives the new entry's id."""
    entry = _recorded(session, advice_id)
    later = session.exec(select(Advice).where(Advice.amends_id == advice_id, Advice.withdrawn_at == None)).first()  # noqa: E711
    if later is not None:
        raise Refused("already-amended", "advice", number=number_of(later.id or 0))
    new = Advice(
        **entry.model_dump(include=_CARRIED),
        given_at=utc_now(),
        author=amendment.author or entry.author,
        question=amendment.question or entry.question,
        advice=amendment.advice,
        basis=amendment.basis or entry.basis,
        options=amendment.options or entry.options,
        risks=amendment.risks or entry.risks,
        amends_id=advice_id,
        amend_reason=amendment.reason,
    )
    _record(new)
    session.add(new)
    session.flush()
    about(session, f"{number_of(advice_id)} · {new.question}")
    assert new.id is not None
    return new.id


def respond_to_advice(session: Session, advice_id: int, new: NewResponse) -> int:
    """Add the client's answer to a recorded entry, once; gives the response's id."""
    entry = _recorded(session, advice_id)
    if new.response == "awaiting":
        raise Refused("not-an-answer", "response")
    if new.response == "against advice":
        for field in ("consequence", "reason"):
            if not getattr(new, field):
                raise Refused("against-advice-needs", field)
    given = select(AdviceResponse).where(
        AdviceResponse.advice_id == advice_id,
        AdviceResponse.withdrawn_at == None,  # noqa: E711
    )
    if session.exec(given).first():
        raise Refused("already-answered", "response")
    on = new.responded_on or dt.date.today()
    if on < entry.given_at.date() - dt.timedelta(days=1):
        raise Refused("answer-before-advice", "responded_on", given=entry.given_at.date())
    response = AdviceResponse(**new.model_dump(exclude={"responded_on"}), advice_id=advice_id, responded_on=on)
    session.add(response)
    session.flush()
    about(session, f"{number_of(advice_id)} · {entry.question}")
    assert response.id is not None
    return response.id


def confirm_advice(session: Session, advice_id: int, on: dt.date | None = None) -> int:
    """Note that a recorded entry was confirmed to the client in writing on a day."""
    entry = _recorded(session, advice_id)
    entry.confirmed_on = on or dt.date.today()
    session.add(entry)
    about(session, f"{number_of(advice_id)} · {entry.question}")
    return advice_id


def find_advice(session: Session, told: str) -> int:
    """The entry that a number such as A-0012 or 12 stands for."""
    digits = told.strip().upper().removeprefix("A-")
    if digits.isascii() and digits.isdigit():
        return get(session, Advice, int(digits), "advice").id or 0
    raise Refused("no-such-advice", "advice", told=told)


_FROM = """FROM advice a JOIN client c ON c.id = a.client_id JOIN party p ON p.id = c.party_id
    LEFT JOIN engagement e ON e.id = a.engagement_id
    LEFT JOIN advice_response r ON r.advice_id = a.id AND r.withdrawn_at IS NULL"""
_ANSWERED = "SELECT 1 FROM advice_response x WHERE x.advice_id = a.id AND x.withdrawn_at IS NULL"
_ANSWERS = "SELECT x.advice_id FROM advice_response x WHERE x.response = ? AND x.withdrawn_at IS NULL"
_ORDERS = {
    "given_at": "a.given_at {0}, a.id {0}",
    "client": "p.sort_name {0}, a.given_at DESC",
    "question": "a.question COLLATE NOCASE {0}, a.id",
    "engagement": "e.title COLLATE NOCASE {0}, a.given_at DESC",
    "author": "a.author {0}, a.given_at DESC",
    "channel": "a.channel {0}, a.given_at DESC",
    "response": "coalesce(r.response, 'awaiting') {0}, a.given_at DESC",
    "state": "a.state {0}, a.given_at DESC",
}


def list_advice_ids(
    session: Session,
    sort: str = "given_at",
    descending: bool = True,
    text: str = "",
    *,
    client_id: int | None = None,
    engagement_id: int | None = None,
    drafts: bool = False,
    state: str = "",
    response: str = "",
    author: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[int]:
    """The ids of the entries that match, in order, without the withdrawn; `sort` is a column of AdviceRow.

    `response` is one of the responses, of recorded entries alone; `since` and `until` are days of the advice, UTC.
    """
    where: list[str] = ["a.withdrawn_at IS NULL"]
    values: list[Any] = []
    for condition, value in (("a.client_id = ?", client_id), ("a.engagement_id = ?", engagement_id)):
        if value is not None:
            where.append(condition)
            values.append(value)
    if drafts or state:
        where.append("a.state = 'draft'" if drafts or state == "draft" else "a.state = 'recorded'")
    if response == "awaiting":
        where.append("a.state = 'recorded' AND NOT EXISTS (" + _ANSWERED + ")")
    elif response:
        where.append("a.id IN (" + _ANSWERS + ")")
        values.append(response)
    after = until + dt.timedelta(days=1) if until is not None else None
    for condition, bound in (("a.author = ?", author), ("a.given_at >= ?", since), ("a.given_at < ?", after)):
        if bound:
            where.append(condition)
            values.append(str(bound))
    if text.strip():
        where.append("(a.question LIKE ? ESCAPE '\\' OR a.advice LIKE ? ESCAPE '\\' OR p.sort_name LIKE ? ESCAPE '\\')")
        values += [like(text.strip()), like(text.strip()), like(fold(text.strip()))]
    plain = sort == "given_at" and not text.strip()
    source = "FROM advice a" if plain else _FROM
    order = _ORDERS.get(sort, _ORDERS["given_at"]).format("DESC" if descending else "ASC")
    return ids(session, f"SELECT a.id {source} WHERE {' AND '.join(where)} ORDER BY {order}", *values)


def list_advice_rows(session: Session, advice_ids: list[int]) -> list[AdviceRow]:
    """The rows of these entries, in the order asked (withdrawn ones too, where their ids are given)."""
    rows = fetch(
        session,
        f"""SELECT a.id, a.client_id, p.name, a.engagement_id, coalesce(e.title, ''), a.given_at, a.author, a.channel,
            a.question, a.advice, a.state, coalesce(r.response, 'awaiting'), r.responded_on, a.late_entry, a.privileged,
            a.amends_id, (SELECT x.id FROM advice x WHERE x.amends_id = a.id AND x.withdrawn_at IS NULL),
            a.amend_reason, a.basis, a.risks, a.options, a.zone, a.present, a.minutes, a.late_reason, a.recorded_at,
            a.confirmed_on {_FROM} WHERE a.id IN ({among(advice_ids)})""",
    )
    known: dict[int, AdviceRow] = {}
    for row in rows:
        advice_id, client_id, client, engagement_id, engagement, given, author, channel, question, advice = row[:10]
        state, response, responded, late, privileged, amends, amended, reason, basis, risks, options, zone = row[10:22]
        given_at = moment(given)
        assert given_at is not None
        known[advice_id] = AdviceRow(
            *(advice_id, number_of(advice_id), client_id, client, engagement_id, engagement, given_at, author, channel),
            *(question, advice, state, response, dt.date.fromisoformat(responded) if responded else None, bool(late)),
            *(bool(privileged), amends, amended, reason, basis, risks, options, zone),
            *(*row[22:25], moment(row[25]), dt.date.fromisoformat(row[26]) if row[26] else None),
        )
    return [known[advice_id] for advice_id in advice_ids if advice_id in known]


def list_advice(session: Session, client_id: int, limit: int = 50) -> list[AdviceRow]:
    """The latest entries for a client, newest first, without the withdrawn."""
    return list_advice_rows(session, list_advice_ids(session, client_id=client_id)[:limit])


def get_advice(session: Session, advice_id: int) -> Advice:
    """An entry's own row, detached: a copy to read."""
    entry = get(session, Advice, advice_id, "advice")
    session.expunge(entry)
    return entry


def get_response(session: Session, advice_id: int) -> ResponseRow | None:
    """The client's answer to an entry, or None while it is awaited."""
    rows = fetch(
        session,
        "SELECT response, responded_on, words, consequence, reason FROM advice_response"
        " WHERE advice_id = ? AND withdrawn_at IS NULL",
        advice_id,
    )
    return next((ResponseRow(row[0], dt.date.fromisoformat(row[1]), *row[2:]) for row in rows), None)
