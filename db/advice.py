"""The advisory history: drafts, recorded entries that never change, amendments, and the client's responses."""

from __future__ import annotations

import datetime as dt

from pydantic import AwareDatetime, Field
from sqlmodel import Session, select

from db.advice_ids import list_advice_ids as list_advice_ids
from db.advice_lists import AdviceRow as AdviceRow
from db.advice_lists import ResponseRow as ResponseRow
from db.advice_lists import get_response as get_response
from db.advice_lists import last_number as last_number
from db.advice_lists import list_advice as list_advice
from db.advice_lists import list_advice_rows as list_advice_rows
from db.advice_lists import list_amendments as list_amendments
from db.advice_lists import number_of as number_of
from db.advice_lists import unconfirmed_against as unconfirmed_against
from db.engagements import require_open
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, get, utc_now
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


def require_recorded(session: Session, advice_id: int) -> None:
    """Refuse a draft and what was withdrawn: nothing of them leaves the practice."""
    _recorded(session, advice_id)


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


_AGAINST = ("consequence", "reason")


def respond_to_advice(session: Session, advice_id: int, new: NewResponse) -> int:
    """Add the client's answer to a recorded entry, once; gives the response's id."""
    entry = _recorded(session, advice_id)
    if new.response == "awaiting":
        raise Refused("not-an-answer", "response")
    if new.response == "against advice":
        missing = [Refused("against-advice-needs", field) for field in _AGAINST if not getattr(new, field)]
        if missing:
            missing[0].others = missing[1:]
            raise missing[0]
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


def get_advice(session: Session, advice_id: int) -> Advice:
    """An entry's own row, detached: a copy to read."""
    entry = get(session, Advice, advice_id, "advice")
    session.expunge(entry)
    return entry
