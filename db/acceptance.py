"""Acceptance: an enquiry becomes a client, with its checklist, its roles, the work agreed, and the letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import Session

from db.clients import NewStanding, change_standing
from db.engagements import (
    EngagementEdit,
    NewEngagement,
    NewRole,
    NewStage,
    add_engagement,
    add_role,
    change_stage,
    edit_engagement,
)
from db.enquiries import Named, party_of
from db.errors import Refused
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Optional, Text
from db.letters import NewLetter, keep_letter
from db.ordering import in_order
from db.rows import day, fetch, get, scalar
from db.tables import Acceptance, Client, Engagement, Party
from db.words import Answer, RoleKind, Standing, StandingReason

POINTS = ("integrity", "competence", "independence", "fee", "identity")
TEMPLATES = "engagement_templates"


class Checklist(Input):
    """The practice's own questions before it takes somebody on."""

    integrity: Answer = "open"
    competence: Answer = "open"
    independence: Answer = "open"
    fee: Answer = "open"
    identity: Answer = "open"


class TakeOn(Input):
    """An enquiry taken on: nothing of it is entered again. `why` is needed where a point is answered No.

    `engagement_id` is the work that was asked about, or None for new work; `roles` say who decides, pays, benefits.
    """

    standing: Standing = "client"
    reason: StandingReason | None = None
    why: Optional = ""
    checklist: Checklist = Field(default_factory=Checklist)
    engagement_id: int | None = None
    agreed: EngagementEdit
    roles: list[tuple[RoleKind, Named]] = Field(default_factory=list)
    letter: NewLetter | None = None


class Template(Input):
    """Agreed work as the practice usually words it, under a name of its own; `fee_minor` in minor units."""

    name: Text
    title: Optional = ""
    area: Optional = ""
    scope_included: Optional = ""
    scope_excluded: Optional = ""
    client_duties: Optional = ""
    assumptions: Optional = ""
    fee_basis: Optional = ""
    fee_minor: int | None = Field(default=None, ge=0)
    review_months: int | None = Field(default=None, ge=1, le=120)


@dataclass(frozen=True)
class AcceptanceRow:
    """A decision to take somebody on, with the answer to each point."""

    id: int
    client_id: int
    engagement_id: int | None
    engagement: str
    decided_on: dt.date
    decided_by: str
    integrity: str
    competence: str
    independence: str
    fee: str
    identity: str
    decision: str
    reason: str


def take_on(session: Session, client_id: int, new: TakeOn, decided_by: str) -> int:
    """Make an enquiry a client with agreed work, its roles and its letter, as one step; gives the engagement's id."""
    client = get(session, Client, client_id, "client")
    if new.standing not in ("client", "occasional"):
        raise Refused("not-one-of", "standing", value=new.standing, allowed="client, occasional")
    answers = new.checklist.model_dump()
    if "no" in answers.values() and not new.why:
        raise Refused("accepted-despite", "why")
    engagement_id = _agreed(session, client_id, new)
    for kind, named in new.roles:
        _give_role(session, engagement_id, kind, party_of(session, named))
    if client.standing != new.standing:
        change_standing(session, client_id, NewStanding(standing=new.standing, reason=new.reason, words=new.why))
    client.retain_until = None
    session.add(client)
    session.add(
        Acceptance(
            client_id=client_id,
            engagement_id=engagement_id,
            decided_on=dt.date.today(),
            decided_by=decided_by,
            decision="accepted",
            reason=new.why,
            **answers,
        )
    )
    if new.letter is not None:
        keep_letter(session, new.letter, client_id=client_id, engagement_id=engagement_id)
    session.flush()
    about(session, get(session, Party, client.party_id).name)
    return engagement_id


def _agreed(session: Session, client_id: int, new: TakeOn) -> int:
    """The engagement as it was agreed: the one asked about, moved on to engaged, or a new one."""
    given = new.agreed.model_dump(exclude_unset=True)
    if new.engagement_id is None:
        # Opened first and edited then: the dates of a letter are set where its state is changed.
        title = given.get("title")
        if not title or title == "-":
            raise Refused("required", "title")
        engagement_id = add_engagement(session, NewEngagement(client_id=client_id, title=title, stage="engaged"))
        edit_engagement(session, engagement_id, new.agreed)
        return engagement_id
    engagement = get(session, Engagement, new.engagement_id, "engagement_id")
    if engagement.client_id != client_id:
        raise Refused("other-clients-engagement", "engagement_id", title=engagement.title)
    edit_engagement(session, new.engagement_id, new.agreed)
    if engagement.stage not in ("engaged", "active"):
        change_stage(session, new.engagement_id, NewStage(stage="engaged"))
    return new.engagement_id


def _give_role(session: Session, engagement_id: int, kind: RoleKind, party_id: int) -> None:
    same = "SELECT 1 FROM role WHERE engagement_id = ? AND party_id = ? AND kind = ?"
    if not scalar(session, same, engagement_id, party_id, kind):
        add_role(session, NewRole(engagement_id=engagement_id, party_id=party_id, kind=kind))


def list_acceptances(session: Session, client_id: int) -> list[AcceptanceRow]:
    """The decisions to take a client on, newest first."""
    rows = fetch(
        session,
        """SELECT a.id, a.client_id, a.engagement_id, coalesce(e.title, ''), a.decided_on, a.decided_by, a.integrity,
            a.competence, a.independence, a.fee, a.identity, a.decision, a.reason
        FROM acceptance a LEFT JOIN engagement e ON e.id = a.engagement_id WHERE a.client_id = ? ORDER BY a.id DESC""",
        client_id,
    )
    return [
        AcceptanceRow(number, client, engagement, title, day(decided_on) or dt.date.min, *told)
        for number, client, engagement, title, decided_on, *told in rows
    ]


def list_templates(session: Session) -> list[Template]:
    """The practice's own templates, by name."""
    kept: list[dict[str, Any]] = get_setting(session, TEMPLATES, [])
    return in_order(session, [Template(**one) for one in kept], lambda one: one.name)


def save_template(session: Session, template: Template) -> None:
    """Keep a template; one of the same name is replaced."""
    others = [one for one in list_templates(session) if one.name.casefold() != template.name.casefold()]
    set_setting(session, TEMPLATES, [one.model_dump() for one in (*others, template)])
    about(session, template.name)


def remove_template(session: Session, name: str) -> None:
    """Forget a template (Undo brings it back)."""
    kept = [one.model_dump() for one in list_templates(session) if one.name != name]
    set_setting(session, TEMPLATES, kept)
    about(session, name)
