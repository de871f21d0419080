"""Engagements: agreed work, its stages with their rules, its letter, and the parties in their roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from db.clients import next_number
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.names import fold
from db.rows import among, change, day, fetch, get, ids, like, scalar
from db.tables import Client, Engagement, Party, Practice, Role
from db.words import CLOSED_STAGES, FeeBasis, Letter, RoleKind, Stage


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


class NewRole(Input):
    """A party in a role of an engagement."""

    engagement_id: int
    party_id: int
    kind: RoleKind
    note: Optional = ""


@dataclass(frozen=True)
class EngagementRow:
    """An engagement in a list; `next_on` is the next promise, follow-up or review."""

    id: int
    number: str
    title: str
    client_id: int
    client: str
    area: str
    stage: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    letter: str
    responsible: str
    fees_minor: int
    currency: str
    next_on: dt.date | None
    outcome: str


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
    session.add(engagement)
    session.flush()
    about(session, f"{new.title} · {get(session, Party, client.party_id).name}")
    assert engagement.id is not None
    return engagement.id


def _require_free(session: Session, number: str) -> None:
    if session.exec(select(Engagement).where(Engagement.number == number)).first():
        raise Refused("number-taken", "number", number=number)


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


_ORDERS = {
    "number": "e.number {}",
    "title": "e.title COLLATE NOCASE {}",
    "client": "p.sort_name {}, e.title",
    "stage": "e.stage {}, e.title",
    "opened_on": "e.opened_on {}, e.id",
    "letter": "e.letter {}, e.title",
    "area": "e.area {}, e.title",
    "fees_minor": "(SELECT sum(f.amount_minor) FROM fee f WHERE f.engagement_id = e.id AND f.kind = 'billed') {}, e.id",
    "next_on": "next_on IS NULL, next_on {}, e.id",
    "responsible": "(SELECT name FROM person WHERE id = e.responsible_id) {}, e.title",
}
_NEXT = """(SELECT min(due) FROM (
    SELECT min(due_on) AS due FROM promise WHERE engagement_id = e.id AND status = 'open'
    UNION ALL SELECT min(due_on) FROM follow_up WHERE engagement_id = e.id AND done_on IS NULL
    UNION ALL SELECT e.next_review_on))"""


def list_engagement_ids(
    session: Session,
    sort: str = "opened_on",
    descending: bool = True,
    text: str = "",
    *,
    client_id: int | None = None,
    open_only: bool = False,
) -> list[int]:
    """The ids of the engagements that match, in order; `sort` is a column of EngagementRow."""
    where: list[str] = ["1"]
    values: list[Any] = []
    if client_id is not None:
        where.append("e.client_id = ?")
        values.append(client_id)
    if open_only:
        where.append("e.stage NOT IN ('completed', 'disengaged', 'declined')")
    if text.strip():
        where.append("(e.title LIKE ? ESCAPE '\\' OR e.number LIKE ? ESCAPE '\\' OR p.sort_name LIKE ? ESCAPE '\\')")
        values += [like(text.strip()), like(text.strip()), like(fold(text.strip()))]
    columns = f"e.id, {_NEXT} AS next_on" if sort == "next_on" else "e.id"
    order = _ORDERS.get(sort, _ORDERS["opened_on"]).format("DESC" if descending else "ASC")
    return ids(
        session,
        f"SELECT {columns} FROM engagement e JOIN client c ON c.id = e.client_id JOIN party p ON p.id = c.party_id"
        f" WHERE {' AND '.join(where)} ORDER BY {order}",
        *values,
    )


def list_engagement_rows(session: Session, engagement_ids: list[int]) -> list[EngagementRow]:
    """The rows of these engagements, in the order asked."""
    rows = fetch(
        session,
        f"""SELECT e.id, e.number, e.title, e.client_id, p.name, e.area, e.stage, e.opened_on, e.closed_on, e.letter,
            coalesce((SELECT initials FROM person WHERE id = e.responsible_id), ''),
            coalesce((SELECT sum(f.amount_minor) FROM fee f WHERE f.engagement_id = e.id AND f.kind = 'billed'), 0),
            e.currency, {_NEXT}, e.outcome
        FROM engagement e JOIN client c ON c.id = e.client_id JOIN party p ON p.id = c.party_id
        WHERE e.id IN ({among(engagement_ids)})""",
    )
    known: dict[int, EngagementRow] = {}
    for number_, number, title, client_id, client, area, stage, opened, closed, letter, *rest in rows:
        responsible, fees, currency, following, outcome = rest
        known[number_] = EngagementRow(
            *(number_, number, title, client_id, client, area, stage, day(opened), day(closed), letter),
            *(responsible, fees, currency, day(following), outcome),
        )
    return [known[engagement_id] for engagement_id in engagement_ids if engagement_id in known]


def get_engagement(session: Session, engagement_id: int) -> Engagement:
    """An engagement's own row, detached: a copy to read."""
    engagement = get(session, Engagement, engagement_id)
    session.expunge(engagement)
    return engagement
