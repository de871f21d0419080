"""A referral noted together with those whom it names, where they are not known yet: one step."""

from __future__ import annotations

from sqlmodel import Session

from db.parties import NewParty, add_party
from db.referrals import NewReferral, add_referral


def add_referral_between(session: Session, new: NewReferral, sent: int | NewParty, other: int | NewParty) -> int:
    """Note a referral of somebody, from or to another; each is a party's id or a new party. Gives its id."""
    sent_id = add_party(session, sent) if isinstance(sent, NewParty) else sent
    other_id = add_party(session, other) if isinstance(other, NewParty) else other
    side = "from_id" if new.direction == "in" else "to_id"
    return add_referral(session, new.model_copy(update={"sent_id": sent_id, side: other_id}))
