"""Referrals: who sent whom, what came of it, and whether it was thanked for.

One rule says what a referral to us is: a row that somebody wrote, or a client's file that names who sent him and has no
such row from the same sender. One of the second kind has the negative of the client's id and becomes a row as soon as
something is noted on it. Thanks are owed for every referral to us that has no day of thanks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.errors import Refused
from db.followups import NewFollowUp, add_follow_up
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import among, change, day, fetch, get, ids, like, many_ids, scalar
from db.tables import Client, Party, Referral
from db.trust import NewTrustNote, note_trust
from db.words import ReferralDirection

# Every referral, written or told by a client's file, as columns of a referral.
ALL_REFERRALS = """(SELECT id, direction, sent_id, from_id, to_id, referred_on, what_for, outcome, thanked_on,
        thanked_how, told_on, note FROM referral
    UNION ALL SELECT -c.id, 'in', c.party_id, c.referred_by_id, NULL,
        coalesce(c.since, (SELECT substr(created_at, 1, 10) FROM party WHERE id = c.party_id)),
        '', '', NULL, '', NULL, '' FROM client c
    WHERE c.referred_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM referral r
        WHERE r.sent_id = c.party_id AND r.from_id = c.referred_by_id AND r.direction = 'in'))"""
OWED = "r.direction = 'in' AND r.from_id IS NOT NULL AND r.thanked_on IS NULL"
_WHICH = {"in": "r.direction = 'in'", "out": "r.direction = 'out'", "owed": OWED}
_NAMED = {"sent": "s", "sender": "f", "receiver": "t"}
_ORDERS = {
    **{column: f"(SELECT key FROM party_order WHERE id = {each}.id) {{}}" for column, each in _NAMED.items()},
    "referred_on": "r.referred_on {}",
    "fees_minor": "fees {}",
}
_FEES = """(SELECT coalesce(sum(x.amount_minor), 0) FROM fee x JOIN client k ON k.id = x.client_id
    WHERE k.party_id = r.sent_id AND x.kind = 'billed' AND x.currency = (SELECT currency FROM practice))"""


class NewReferral(Input):
    """Who was sent: `in` from somebody to us, `out` from us to somebody."""

    direction: ReferralDirection
    sent_id: int
    from_id: int | None = None
    to_id: int | None = None
    referred_on: dt.date | None = None
    what_for: Optional = ""
    outcome: Optional = ""
    note: Optional = ""


class Thanks(Input):
    """How and when a sender was thanked; `follow_up_on` sets a next step with the sender, where he is a client."""

    how: Text
    on: dt.date | None = None
    trust_note: bool = False
    follow_up_on: dt.date | None = None


class Outcome(Input):
    """What came of a referral, and when the one who sent was told."""

    outcome: Text
    told_on: dt.date | None = None


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list; `fees_minor` is all that was billed to the one sent, in the practice's currency.

    A negative `id` is a client whose file names the sender. `client_id` is the file of the one sent, `sender_client_id`
    that of the sender, where there are such.
    """

    id: int
    direction: str
    sent_id: int
    sent: str
    sender_id: int | None
    sender: str
    receiver_id: int | None
    receiver: str
    referred_on: dt.date
    what_for: str
    outcome: str
    thanked_on: dt.date | None
    thanked_how: str
    told_on: dt.date | None
    note: str
    client_id: int | None
    standing: str
    sender_client_id: int | None
    engagements: int
    fees_minor: int
    currency: str

    @property
    def state(self) -> str:
        """owed, thanked, or sent on by us."""
        if self.direction == "out":
            return "sent out"
        return "thanked" if self.thanked_on else "thanks owed"


def add_referral(session: Session, new: NewReferral) -> int:
    """Note a referral; gives its id."""
    other_field, other_id = ("from_id", new.from_id) if new.direction == "in" else ("to_id", new.to_id)
    sent = get(session, Party, new.sent_id, "sent_id")
    if other_id is None:
        raise Refused("required", other_field)
    other = get(session, Party, other_id, other_field)
    if other.id == sent.id:
        raise Refused("sent-himself", other_field)
    on = new.referred_on or dt.date.today()
    if on > dt.date.today():
        raise Refused("not-yet", "referred_on")
    values = new.model_dump(exclude={"referred_on", "from_id", "to_id"})
    referral = Referral(**{**values, other_field: other_id, "referred_on": on})
    session.add(referral)
    session.flush()
    about(session, f"{other.name} → {sent.name}" if new.direction == "in" else f"{sent.name} → {other.name}")
    assert referral.id is not None
    return referral.id


def _written(session: Session, referral_id: int) -> Referral:
    """The row of a referral; one that only a client's file tells becomes a row now."""
    if referral_id >= 0:
        return get(session, Referral, referral_id, "referral")
    rows = list_referral_rows(session, [referral_id])
    if not rows:
        raise Refused("not-there", "referral", noun="Referral", id=referral_id)
    row = rows[0]
    referral = Referral(direction="in", sent_id=row.sent_id, from_id=row.sender_id, referred_on=row.referred_on)
    session.add(referral)
    session.flush()
    return referral


def thank_for_referral(session: Session, referral_id: int, thanks: Thanks) -> int:
    """Note that the sender was thanked; gives the referral's id, which is a new one for a negative id."""
    on = thanks.on or dt.date.today()
    if on > dt.date.today():
        raise Refused("not-yet", "on")
    referral = _written(session, referral_id)
    if referral.direction == "out" or referral.from_id is None:
        raise Refused("nobody-to-thank", "how")
    change(session, referral, {"thanked_on": on, "thanked_how": thanks.how})
    sender, sent = get(session, Party, referral.from_id), get(session, Party, referral.sent_id)
    file = scalar(session, "SELECT id FROM client WHERE party_id = ?", sender.id)
    if (thanks.trust_note or thanks.follow_up_on) and file is None:
        raise Refused("sender-no-client", "trust_note" if thanks.trust_note else "follow_up_on", name=sender.name)
    if thanks.trust_note:
        note_trust(session, NewTrustNote(client_id=file, kind="thanks", effect=1, text=f"{thanks.how} ({sent.name})"))
    if thanks.follow_up_on:
        add_follow_up(session, NewFollowUp(client_id=file, due_on=thanks.follow_up_on, what=thanks.how))
    about(session, f"{sender.name} → {sent.name}")
    assert referral.id is not None
    return referral.id


def tell_outcome(session: Session, referral_id: int, outcome: Outcome) -> int:
    """Note what came of a referral and, with a day, that the one who sent was told. Gives the referral's id."""
    if outcome.told_on is not None and outcome.told_on > dt.date.today():
        raise Refused("not-yet", "told_on")
    referral = _written(session, referral_id)
    told = {"told_on": outcome.told_on} if outcome.told_on else {}
    change(session, referral, {"outcome": outcome.outcome, **told})
    about(session, get(session, Party, referral.sent_id).name)
    assert referral.id is not None
    return referral.id


def remove_referral(session: Session, referral_id: int) -> None:
    """Take a written referral away (Undo brings it back); what a client's file says is changed in the file."""
    if referral_id < 0:
        raise Refused("referral-of-file", "referral")
    referral = get(session, Referral, referral_id, "referral")
    about(session, get(session, Party, referral.sent_id).name)
    session.delete(referral)


# ---------------------------------------------------------------------- reading


def list_referral_ids(
    session: Session, which: str = "", sort: str = "", descending: bool = False, text: str = ""
) -> list[int]:
    """The ids of all referrals, or of those 'in', 'out' or 'owed' thanks; the newest first by themselves."""
    where, values = [_WHICH.get(which, "1")], list[Any]()
    if text.strip():
        names = " OR ".join(f"{each}.name LIKE ? ESCAPE '\\'" for each in "sft")
        where.append(f"({names} OR r.what_for LIKE ? ESCAPE '\\')")
        values += [like(text.strip())] * 4
    order = _ORDERS.get(sort, "r.referred_on {}").format("DESC" if descending or not sort else "ASC")
    return many_ids(
        session,
        f"""SELECT r.id, {_FEES if sort == "fees_minor" else 0} AS fees FROM {ALL_REFERRALS} r
        JOIN party s ON s.id = r.sent_id LEFT JOIN party f ON f.id = r.from_id LEFT JOIN party t ON t.id = r.to_id
        WHERE {" AND ".join(where)} ORDER BY {order}, r.id DESC""",
        *values,
    )


def list_referral_rows(session: Session, referral_ids: Sequence[int]) -> list[ReferralRow]:
    """The rows of these referrals, in any order."""
    rows = fetch(
        session,
        f"""SELECT r.id, r.direction, r.sent_id, s.name, r.from_id, coalesce(f.name, ''), r.to_id,
            coalesce(t.name, ''), r.referred_on, r.what_for, r.outcome, r.thanked_on, r.thanked_how, r.told_on, r.note,
            c.id, coalesce(c.standing, ''), (SELECT id FROM client WHERE party_id = r.from_id),
            (SELECT count(*) FROM engagement e WHERE e.client_id = c.id), {_FEES}, (SELECT currency FROM practice)
        FROM {ALL_REFERRALS} r JOIN party s ON s.id = r.sent_id LEFT JOIN party f ON f.id = r.from_id
        LEFT JOIN party t ON t.id = r.to_id LEFT JOIN client c ON c.party_id = r.sent_id
        WHERE r.id IN ({among(referral_ids)})""",
    )
    return [
        ReferralRow(
            *(*row[:8], dt.date.fromisoformat(row[8]), *row[9:11], day(row[11]), row[12], day(row[13])), *row[14:]
        )
        for row in rows
    ]


def thanks_owed(session: Session, limit: int = 50) -> list[ReferralRow]:
    """The referrals to us that nobody was thanked for yet, the newest first: what Today shows as thanks owed."""
    some = ids(
        session,
        f"SELECT r.id FROM {ALL_REFERRALS} r WHERE {OWED} ORDER BY r.referred_on DESC, r.id DESC LIMIT ?",
        limit,
    )
    known = {row.id: row for row in list_referral_rows(session, some)}
    return [known[number] for number in some]


def count_referrals(session: Session) -> dict[str, int]:
    """How many referrals there are in, out, and in without thanks."""
    row = fetch(
        session,
        f"SELECT coalesce(sum(r.direction = 'in'), 0), coalesce(sum(r.direction = 'out'), 0),"
        f" coalesce(sum({OWED}), 0) FROM {ALL_REFERRALS} r",
    )[0]
    return dict(zip(("in", "out", "owed"), row, strict=True))


def sent_by(session: Session, party_id: int) -> list[ReferralRow]:
    """All whom a party sent to us, the newest first."""
    some = ids(
        session,
        f"SELECT r.id FROM {ALL_REFERRALS} r WHERE r.from_id = ? AND r.direction = 'in' ORDER BY r.referred_on DESC",
        party_id,
    )
    known = {row.id: row for row in list_referral_rows(session, some)}
    return [known[number] for number in some]


def get_client_file_id(session: Session, party_id: int) -> int | None:
    """The id of a party's client file, if it has one."""
    found: int | None = scalar(session, "SELECT id FROM client WHERE party_id = ?", party_id)
    return found


def party_of_client(session: Session, client_id: int) -> tuple[int, str]:
    """The party of a client's file, and its name."""
    party = get(session, Party, get(session, Client, client_id).party_id)
    assert party.id is not None
    return party.id, party.name
