"""Requests about data: what a person asks of us about his own, the clock, his identity, and the answer.

The clock is that of article 12(3) of the GDPR: one month from receipt, which ends on the day of the same number, or on
the last day of a month that has none. A weekend adds nothing here, so the day shown is never too late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.reviews import add_months
from db.rows import change, day, fetch, get
from db.tables import CustomField, Party, RightsItem, RightsRequest
from db.words import Ground, ItemDecision, RequestOutcome, RightKind

MONTHS_TO_ANSWER, MONTHS_EXTENDED = 1, 3
# What a request marks on the party, as a field of its own with the day: seen wherever the party's details are.
MARKS: dict[str, str] = {"restriction": "processing restricted since", "objection": "objects to processing since"}


class NewRequest(Input):
    """A request as it came in; `how` says by which way, `words` what was asked."""

    party_id: int
    kind: RightKind
    received_on: dt.date | None = None
    how: Optional = ""
    words: Optional = ""


class Verification(Input):
    """When and how it was made sure who asks."""

    how: Text
    on: dt.date | None = None


class Closing(Input):
    """How a request ended, with the words that say why."""

    outcome: RequestOutcome
    words: Optional = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class RequestRow:
    """A request in a list; `days_left` is negative once its day has passed, and None when it is closed."""

    id: int
    party_id: int
    party: str
    kind: str
    received_on: dt.date
    due_on: dt.date
    how: str
    words: str
    verified_on: dt.date | None
    verified_how: str
    closed_on: dt.date | None
    outcome: str
    days_left: int | None
    given: int
    withheld: int
    marked_on: dt.date | None
    client_id: int | None

    @property
    def extended(self) -> bool:
        """Whether the two further months were taken."""
        return self.due_on > add_months(self.received_on, MONTHS_TO_ANSWER)


def log_request(session: Session, new: NewRequest) -> int:
    """Write a request down: its clock starts on the day it was received. Gives its id."""
    party = get(session, Party, new.party_id, "party_id")
    received_on = new.received_on or dt.date.today()
    if received_on > dt.date.today():
        raise Refused("not-yet", "received_on")
    values = new.model_dump(exclude={"received_on"})
    request = RightsRequest(
        **values, received_on=received_on, due_on=add_months(received_on, MONTHS_TO_ANSWER), outcome=""
    )
    session.add(request)
    session.flush()
    about(session, party.name)
    assert request.id is not None
    return request.id


def open_request(session: Session, request_id: int) -> RightsRequest:
    """A request that is not closed; refuses one that is."""
    request = get(session, RightsRequest, request_id, "request")
    if request.closed_on is not None:
        raise Refused("request-closed", "request", on=request.closed_on)
    return request


def _working_on(session: Session, request_id: int) -> RightsRequest:
    """A request that is not closed; the step is about its person."""
    request = open_request(session, request_id)
    about(session, get(session, Party, request.party_id).name)
    return request


def verify_identity(session: Session, request_id: int, verification: Verification) -> int:
    """Note that it was made sure who asks."""
    request = _working_on(session, request_id)
    on = verification.on or dt.date.today()
    if on > dt.date.today():
        raise Refused("not-yet", "on")
    change(session, request, {"verified_on": on, "verified_how": verification.how})
    return request_id


def extend_request(session: Session, request_id: int, reason: str) -> int:
    """Take the two further months of article 12(3); the reason, which the person is to be told, joins the words."""
    request = _working_on(session, request_id)
    if not reason.strip():
        raise Refused("required", "reason")
    later = add_months(request.received_on, MONTHS_EXTENDED)
    if request.due_on == later:
        raise Refused("extended-already", "reason", on=later)
    if dt.date.today() > request.due_on:
        raise Refused("too-late-to-extend", "reason", on=request.due_on)
    change(session, request, {"due_on": later, "words": f"{request.words}\n\n{reason.strip()}".strip()})
    return request_id


def mark_party(session: Session, request_id: int, on: dt.date | None = None) -> int:
    """Mark the party of a restriction or an objection with its day."""
    request = _working_on(session, request_id)
    if request.kind not in MARKS:
        raise Refused("no-mark", "request")
    mark = _mark(session, request.party_id, MARKS[request.kind])
    mark.value = (on or dt.date.today()).isoformat()
    session.add(mark)
    return request_id


def lift_mark(session: Session, request_id: int) -> int:
    """Take the mark of a restriction or an objection off again."""
    request = get(session, RightsRequest, request_id, "request")
    about(session, get(session, Party, request.party_id).name)
    mark = _mark(session, request.party_id, MARKS.get(request.kind, ""))
    if mark.id is None:
        raise Refused("no-mark", "request")
    session.delete(mark)
    return request_id


def _mark(session: Session, party_id: int, name: str) -> CustomField:
    kept = select(CustomField).where(
        CustomField.noun == "party", CustomField.record_id == party_id, CustomField.name == name
    )
    return session.exec(kept).first() or CustomField(noun="party", record_id=party_id, name=name, value="")


def decide_items(
    session: Session, request_id: int, items: Sequence[tuple[str, int]], decision: ItemDecision, ground: Ground = ""
) -> int:
    """Give or withhold records of a request, all of them as one step; withholding needs its ground. Gives how many."""
    request = _working_on(session, request_id)
    if decision == "withheld" and not ground:
        raise Refused("required", "ground")
    if request.verified_on is None and decision == "given":
        raise Refused("identity-first", "request")
    before = session.exec(
        select(RightsItem).where(
            RightsItem.request_id == request_id, col(RightsItem.noun).in_({noun for noun, _id in items})
        )
    ).all()
    known = {(item.noun, item.record_id): item for item in before}
    for noun, record_id in items:
        item = known.get((noun, record_id)) or RightsItem(
            request_id=request_id, noun=noun, record_id=record_id, decision=decision
        )
        change(session, item, {"decision": decision, "ground": ground if decision == "withheld" else ""})
    return len(items)


def close_request(session: Session, request_id: int, closing: Closing) -> int:
    """Close a request with its outcome; a refusal, or a part that was kept back, says why."""
    request = _working_on(session, request_id)
    on = closing.on or dt.date.today()
    if on > dt.date.today():
        raise Refused("not-yet", "on")
    if closing.outcome in {"refused", "partly"} and not closing.words:
        raise Refused("required", "words")
    if closing.outcome in {"answered", "partly"} and request.verified_on is None:
        raise Refused("identity-first", "outcome")
    outcome = f"{closing.outcome}: {closing.words}" if closing.words else closing.outcome
    change(session, request, {"closed_on": on, "outcome": outcome})
    return request_id


def list_requests(session: Session, *, open_only: bool = False, today: dt.date | None = None) -> list[RequestRow]:
    """The requests, the open ones first by the day on which they are due."""
    now = today or dt.date.today()
    marks = " ".join(f"WHEN '{kind}' THEN '{name}'" for kind, name in MARKS.items())
    rows = fetch(
        session,
        f"""SELECT q.id, q.party_id, p.name, q.kind, q.received_on, q.due_on, q.how, q.words, q.verified_on,
            q.verified_how, q.closed_on, q.outcome,
            (SELECT count(*) FROM rights_item i WHERE i.request_id = q.id AND i.decision = 'given'),
            (SELECT count(*) FROM rights_item i WHERE i.request_id = q.id AND i.decision = 'withheld'),
            (SELECT f.value FROM custom_field f WHERE f.noun = 'party' AND f.record_id = q.party_id
                AND f.name = CASE q.kind {marks} END),
            (SELECT id FROM client WHERE party_id = q.party_id)
        FROM rights_request q JOIN party p ON p.id = q.party_id
        {"WHERE q.closed_on IS NULL" if open_only else ""}
        ORDER BY q.closed_on IS NOT NULL, CASE WHEN q.closed_on IS NULL THEN q.due_on END, q.closed_on DESC, q.id""",
    )
    found = []
    for row in rows:
        received, due, closed = day(row[4]), day(row[5]), day(row[10])
        assert received is not None
        assert due is not None
        left = None if closed else (due - now).days
        rest = (day(row[8]), row[9], closed, row[11], left, *row[12:14], day(row[14]), row[15])
        found.append(RequestRow(*[*row[:4], received, due, *row[6:8], *rest]))
    return found


def get_request(session: Session, request_id: int, today: dt.date | None = None) -> RequestRow | None:
    """One request, or None where it is no longer there."""
    return next((row for row in list_requests(session, today=today) if row.id == request_id), None)
