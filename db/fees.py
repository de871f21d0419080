"""Fees: what was billed, paid or written off, in minor units of its currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, select

from db.deletion import delete_record
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional
from db.rows import fetch, get
from db.tables import Client, Engagement, Fee, Party, Practice
from db.words import FeeKind


class NewFee(Input):
    """An amount in minor units (cents); the currency is the practice's unless said."""

    client_id: int
    engagement_id: int | None = None
    charged_on: dt.date | None = None
    amount_minor: int
    currency: Optional = ""
    kind: FeeKind = "billed"
    note: Optional = ""


@dataclass(frozen=True)
class FeeRow:
    """A fee in a list."""

    id: int
    charged_on: dt.date
    amount_minor: int
    currency: str
    kind: str
    engagement: str
    note: str


def add_fee(session: Session, new: NewFee) -> int:
    """Note a fee; gives its id."""
    client = get(session, Client, new.client_id, "client")
    if new.engagement_id is not None:
        engagement = get(session, Engagement, new.engagement_id, "engagement")
        if engagement.client_id != new.client_id:
            raise Refused("other-clients-engagement", "engagement", title=engagement.title)
    currency = (new.currency or session.exec(select(Practice.currency)).one()).upper()
    if len(currency) != 3 or not currency.isalpha():
        raise Refused("not-a-currency", "currency", value=currency)
    values = new.model_dump(exclude={"currency", "charged_on"})
    fee = Fee(**values, currency=currency, charged_on=new.charged_on or dt.date.today())
    session.add(fee)
    session.flush()
    about(session, get(session, Party, client.party_id).name)
    assert fee.id is not None
    return fee.id


def delete_fee(session: Session, fee_id: int) -> None:
    """Delete a fee."""
    fee = get(session, Fee, fee_id, "fee")
    client = get(session, Client, fee.client_id)
    about(session, get(session, Party, client.party_id).name)
    delete_record(session, "fee", fee_id)


def list_fees(session: Session, client_id: int) -> list[FeeRow]:
    """A client's fees, newest first."""
    rows = fetch(
        session,
        "SELECT f.id, f.charged_on, f.amount_minor, f.currency, f.kind, coalesce(e.title, ''), f.note FROM fee f"
        " LEFT JOIN engagement e ON e.id = f.engagement_id WHERE f.client_id = ? ORDER BY f.charged_on DESC, f.id DESC",
        client_id,
    )
    return [FeeRow(row[0], dt.date.fromisoformat(row[1]), *row[2:]) for row in rows]
