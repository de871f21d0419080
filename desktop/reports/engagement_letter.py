"""The letter that says what was agreed for an engagement, read from it: the work, its bounds, who pays, and the fee."""

from __future__ import annotations

from sqlmodel import Session

from db import tables
from db.engagements import list_roles
from desktop.reports import letters
from desktop.reports.engagement_facts import ROLES, agreed_in
from desktop.reports.family import Asked
from desktop.reports.letters import Agreed, Written
from desktop.reports.letters import print_out as render

__all__ = ["agreed_with", "read", "render"]


def read(session: Session, asked: Asked) -> Written:
    """The facts of the letter that is asked for."""
    engagement, letter = letters.on_an_engagement(session, asked, "engage")
    agreed = agreed_with(session, engagement, letter.client)
    return letters.written(session, letter, letters.engaged(letter, agreed), asked.words)


def agreed_with(session: Session, engagement: tables.Engagement, client: str) -> Agreed:
    """What stands in the engagement; a role that the client has alone goes without saying."""
    known = agreed_in(session, engagement)
    assert engagement.id is not None
    rows = list_roles(session, engagement.id)
    roles = [(kind, tuple(dict.fromkeys(row.name for row in rows if row.kind == kind))) for kind in ROLES]
    return Agreed(
        title=engagement.title,
        included=known.included,
        excluded=known.excluded,
        duties=known.duties,
        assumptions=known.assumptions,
        fee_basis=known.fee_basis,
        fee_minor=known.fee.minor if known.fee else None,
        currency=known.fee.currency if known.fee else "",
        review_on=known.review_on,
        roles=tuple((kind, names) for kind, names in roles if names and names != (client,)),
    )
