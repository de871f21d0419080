"""Engagements: agreed work, its stages with their rules, its letter, and the parties in their roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import Field
from sqlmodel import Session, select

from db.clients import next_number
from db.deletion import delete_record, has_record
from db.engagement_lists import EngagementRow, list_engagement_ids, list_engagement_rows
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.names import fold
from db.rows import change, fetch, get, scalar
from db.tables import Client, Engagement, Party, Practice, Role
from db.words import CLOSED_STAGES, FeeBasis, Letter, Recurs, RoleKind, Stage

__all__ = [
    "EngagementEdit", "EngagementRow", "FeeSum", "NewEngagement", "NewLetter", "NewRole", "NewStage", "RoleRow",
    "add_engagement", "add_role", "change_stage", "edit_engagement", "find_engagement", "get_engagement",
    "list_engagement_ids", "list_engagement_rows", "list_roles", "remove_role", "require_open", "set_letter",
    "sum_fees",
]  # fmt: skip


class EngagementEdit(Input):
    """Changes to an engagement: only the fields that are given change. `fee_minor` in minor units of `currency`."""

    number: Text = "-"
    title: Text = "-"
    area: Optional = ""
    opened_on: dt.date | None = None
    responsible_id: int | None = None
    scope_included: Optional = ""
    scope_excluded: Optional = ""
    assumptions: Optional = ""
    client_duties: Optional = ""
    fee_basis: FeeBasis | None = None
    fee_minor: int | None = Field(default=None, ge=0)
    currency: Optional = ""
    letter: Letter = "none"
    letter_sent_on: dt.date | None = None
    letter_signed_on: dt.date | None = None
    next_review_on: dt.date | None = None
    value_sought: Optional = ""
    value_delivered: Optional = ""
    recurs: Recurs = ""
    period_from: dt.date | None = None
    period_until: dt.date | None = None


class NewEngagement(EngagementEdit):
    """An engagement to be opened for a client."""

    client_id: int
    title: Text
    stage: Stage = "enquiry"


class NewStage(Input):
    """A change of stage; closing needs an outcome."""

    stage: Stage
    on: dt.date | None = None
    outcome: Optional = ""


class NewLetter(Input):
    """Where the engagement letter stands, and since which day (today unless said)."""

    letter: Letter
    on: dt.date | None = None


class NewRole(Input):
    """A party in a role of an engagement."""

    engagement_id: int
    party_id: int
    kind: RoleKind
    note: Optional = ""


@dataclass(frozen=True)
class RoleRow:
    """A party in a role."""

    id: int
    party_id: int
    name: str
    kind: str
    note: str


def add_engagement(session: Session, new: NewEngagement) -> int:
    """Open an engagement; gives its id."""
    client = get(session, Client, new.client_id, "client")
    values = new.model_dump(exclude={"number", "fee_basis"})
    number = new.number if "number" in new.model_fields_set else next_number(session, "engagement", "E")
    _require_free(session, number)
    values["currency"] = new.currency or session.exec(select(Practice.currency)).one()
    values["opened_on"] = new.opened_on or dt.date.today()
    engagement = Engagement(**values, number=number, fee_basis=new.fee_basis or "")
    if new.stage in CLOSED_STAGES:
        raise Refused("opens-closed", "stage")
    _settle_period(engagement)
    session.add(engagement)
    session.flush()
    about(session, f"{new.title} · {get(session, Party, client.party_id).name}")
    assert engagement.id is not None
    return engagement.id


def _require_free(session: Session, number: str) -> None:
    if session.exec(select(Engagement).where(Engagement.number == number)).first():
        raise Refused("number-taken", "number", number=number)


def _settle_period(engagement: Engagement) -> None:
    """A period that comes again is looked at when it ends, so that nobody has to remember the next one."""
    since, until = engagement.period_from, engagement.period_until
    if since and until and until < since:
        raise Refused("ends-before-it-begins", "period_until")
    if engagement.recurs and until and engagement.next_review_on is None:
        engagement.next_review_on = until


def edit_engagement(session: Session, engagement_id: int, edit: EngagementEdit) -> int:
    """Change the given fields of an engagement; a signed letter needs its date."""
    engagement = get(session, Engagement, engagement_id)
    values = edit.model_dump(exclude_unset=True)
    if "fee_basis" in values:
        values["fee_basis"] = values["fee_basis"] or ""
    if values.get("number", engagement.number) != engagement.number:
        _require_free(session, values["number"])
    if values.get("letter") == "signed" and not (values.get("letter_signed_on") or engagement.letter_signed_on):
        values["letter_signed_on"] = dt.date.today()
    if values.get("letter") == "sent" and not (values.get("letter_sent_on") or engagement.letter_sent_on):
        values["letter_sent_on"] = dt.date.today()
    change(session, engagement, values)
    if values.keys() & {"recurs", "period_from", "period_until"}:
        _settle_period(engagement)
    about(session, engagement.title)
    return engagement_id


def set_letter(session: Session, engagement_id: int, new: NewLetter) -> int:
    """Say that the engagement letter is drafted, was sent, or was signed, and when; later dates are unsaid."""
    engagement = get(session, Engagement, engagement_id)
    on = new.on or dt.date.today()
    sent, signed = engagement.letter_sent_on, engagement.letter_signed_on
    if new.letter == "signed":
        if sent and on < sent:
            raise Refused("signed-before-sent", "on", sent=sent)
        signed = on
    elif new.letter == "sent":
        sent, signed = on, None
    else:
        sent = signed = None
    change(session, engagement, {"letter": new.letter, "letter_sent_on": sent, "letter_signed_on": signed})
    about(session, engagement.title)
    return engagement_id


def change_stage(session: Session, engagement_id: int, new: NewStage) -> int:
    """Move an engagement to another stage; closing needs an outcome, and moving a closed one on reopens it."""
    engagement = get(session, Engagement, engagement_id)
    if new.stage == engagement.stage:
        raise Refused("same-stage", "stage")
    if new.stage in CLOSED_STAGES:
        if not new.outcome:
            raise Refused("required", "outcome")
        engagement.closed_on = new.on or dt.date.today()
        if engagement.opened_on and engagement.closed_on < engagement.opened_on:
            raise Refused("closed-before-opened", "on", opened=engagement.opened_on)
        engagement.outcome = new.outcome
    else:
        engagement.closed_on = None
    engagement.stage = new.stage
    session.add(engagement)
    about(session, engagement.title)
    return engagement_id


def delete_engagement(session: Session, engagement_id: int) -> None:
    """Delete an engagement with its roles, deadlines and files; promises, fees and notes stay with the client.

    Refuses one with recorded advice, decisions or a conflict check: it is closed instead.
    """
    engagement = get(session, Engagement, engagement_id, "engagement")
    about(session, engagement.title)
    decided = scalar(session, "SELECT 1 FROM decision WHERE engagement_id = ? LIMIT 1", engagement_id)
    if decided or has_record(session, "engagement_id", engagement_id):
        raise Refused("engagement-has-record", "engagement", title=engagement.title)
    delete_record(session, "engagement", engagement_id)


def require_open(session: Session, engagement_id: int | None, client_id: int) -> None:
    """Refuse an engagement that is another client's, or closed (it can be reopened by its stage)."""
    if engagement_id is None:
        return
    engagement = get(session, Engagement, engagement_id, "engagement")
    if engagement.client_id != client_id:
        raise Refused("other-clients-engagement", "engagement", title=engagement.title)
    if engagement.stage in CLOSED_STAGES:
        raise Refused("engagement-closed", "engagement", title=engagement.title, closed=engagement.closed_on)


def add_role(session: Session, new: NewRole) -> int:
    """Put a party into a role of an engagement."""
    engagement = get(session, Engagement, new.engagement_id, "engagement")
    party = get(session, Party, new.party_id, "party")
    same = select(Role).where(
        Role.engagement_id == new.engagement_id, Role.party_id == new.party_id, Role.kind == new.kind
    )
    if session.exec(same).first():
        raise Refused("already-in-role", "party", name=party.name)
    role = Role(**new.model_dump())
    session.add(role)
    session.flush()
    about(session, f"{party.name} · {engagement.title}")
    assert role.id is not None
    return role.id


def remove_role(session: Session, role_id: int) -> None:
    """Take a party out of a role."""
    session.delete(get(session, Role, role_id))


def list_roles(session: Session, engagement_id: int) -> list[RoleRow]:
    """The parties of an engagement in their roles."""
    rows = fetch(
        session,
        "SELECT r.id, p.id, p.name, r.kind, r.note FROM role r JOIN party p ON p.id = r.party_id"
        " WHERE r.engagement_id = ? ORDER BY r.id",
        engagement_id,
    )
    return [RoleRow(*row) for row in rows]


def find_engagement(session: Session, told: str, client_id: int | None = None) -> int:
    """The engagement that a number, or a title unique among the client's, stands for."""
    found = scalar(session, "SELECT id FROM engagement WHERE number = ? COLLATE NOCASE", told.strip())
    if found is not None:
        return int(found)
    rows = fetch(
        session,
        "SELECT id, number, title FROM engagement WHERE ? IS NULL OR client_id = ?",
        *(client_id, client_id),
    )
    exact = [row for row in rows if fold(row[2]) == fold(told)]
    matching = exact or [row for row in rows if fold(told) in fold(row[2])]
    if len(matching) == 1:
        return int(matching[0][0])
    if not matching:
        raise Refused("no-such-engagement", "engagement", told=told)
    raise Refused("which-engagement", "engagement", told=told, names=[f"{row[1]} {row[2]}" for row in matching[:20]])


def get_engagement(session: Session, engagement_id: int) -> Engagement:
    """An engagement's own row, detached: a copy to read."""
    engagement = get(session, Engagement, engagement_id)
    session.expunge(engagement)
    return engagement


@dataclass(frozen=True)
class FeeSum:
    """All that was billed, paid or written off of an engagement in one currency, in minor units."""

    kind: str
    minor: int
    currency: str


def sum_fees(session: Session, engagement_id: int) -> list[FeeSum]:
    """What was billed, paid and written off, each kind and currency summed."""
    rows = fetch(
        session,
        "SELECT kind, sum(amount_minor), currency FROM fee WHERE engagement_id = ? GROUP BY kind, currency"
        " ORDER BY CASE kind WHEN 'billed' THEN 0 WHEN 'paid' THEN 1 ELSE 2 END, currency",
        engagement_id,
    )
    return [FeeSum(*row) for row in rows]
