"""Clients: the practice's file on a party it serves, its standing and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field
from sqlmodel import Session, select

from db.client_lists import ClientRow as ClientRow
from db.client_lists import list_client_ids as list_client_ids
from db.client_lists import list_client_rows as list_client_rows
from db.deletion import delete_record, has_record, is_named
from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.names import fold
from db.parties import NewParty, PartyRow, add_party, list_party_rows, suggest_parties
from db.rhythm import CONTACTS_FOR_A_RHYTHM as CONTACTS_FOR_A_RHYTHM
from db.rhythm import QUIET_FACTOR as QUIET_FACTOR
from db.rhythm import RISK_FACTOR as RISK_FACTOR
from db.rhythm import SHORTEST_RHYTHM_DAYS as SHORTEST_RHYTHM_DAYS
from db.rhythm import silence as silence
from db.rhythm import usual_gap as usual_gap
from db.rows import among, change, fetch, get, ids, like, scalar
from db.tables import Client, Party, StandingChange
from db.words import Grade, Standing, StandingReason


class ClientEdit(Input):
    """Changes to a client's file: only the given fields change.

    `rhythm_days` is an agreed rhythm of contact, `review_months` an own one of reviews; `need` is what he came for.
    """

    number: Text = "-"
    grade: Grade | None = None
    responsible_id: int | None = None
    since: dt.date | None = None
    referred_by_id: int | None = None
    rhythm_days: int | None = Field(default=None, ge=1, le=3660)
    valued: Optional = ""
    notes: Optional = ""
    need: Optional = ""
    review_months: int | None = Field(default=None, ge=1, le=60)
    next_review_on: dt.date | None = None
    retain_until: dt.date | None = None


class NewClient(ClientEdit):
    """A client's file: on a party already known, or on a new one."""

    party_id: int | None = None
    party: NewParty | None = None
    standing: Standing = "enquiry"


class NewStanding(Input):
    """A change of standing, with its reason; when a client says No the reason is required."""

    standing: Standing
    reason: StandingReason | None = None
    words: Optional = ""
    changed_on: dt.date | None = None


@dataclass(frozen=True)
class StandingRow:
    """One change of standing."""

    standing: str
    changed_on: dt.date
    reason: str
    words: str


def next_number(session: Session, table: str, letter: str) -> str:
    """The next number of a table in the form C-0001, after the highest there is."""
    last = scalar(
        session,
        f"SELECT max(CAST(substr(number, 3) AS INTEGER)) FROM {table} WHERE number GLOB '{letter}-[0-9]*'",
    )
    return f"{letter}-{(last or 0) + 1:04d}"


def add_client(session: Session, new: NewClient) -> int:
    """Open a file on a party; refuses a party that has one already. Gives the client's id."""
    if (new.party_id is None) == (new.party is None):
        raise Refused("required", "party")
    party_id = add_party(session, new.party) if new.party is not None else new.party_id
    party = get(session, Party, party_id, "party")
    if session.exec(select(Client).where(Client.party_id == party_id)).first():
        raise Refused("already-a-client", "party", name=party.name)
    values = new.model_dump(exclude={"party", "party_id", "number", "grade"})
    number = new.number if "number" in new.model_fields_set else next_number(session, "client", "C")
    if session.exec(select(Client).where(Client.number == number)).first():
        raise Refused("number-taken", "number", number=number)
    assert party_id is not None
    client = Client(**values, party_id=party_id, number=number, grade=new.grade or "")
    session.add(client)
    session.flush()
    assert client.id is not None
    session.add(StandingChange(client_id=client.id, standing=new.standing, changed_on=new.since or dt.date.today()))
    about(session, party.name)
    return client.id


def edit_client(session: Session, client_id: int, edit: ClientEdit) -> int:
    """Change the given fields of a client's file."""
    client = get(session, Client, client_id)
    values = edit.model_dump(exclude_unset=True)
    if "grade" in values:
        values["grade"] = values["grade"] or ""
    number = values.get("number", client.number)
    if number != client.number and session.exec(select(Client).where(Client.number == number)).first():
        raise Refused("number-taken", "number", number=number)
    change(session, client, values)
    about(session, get(session, Party, client.party_id).name)
    return client_id


def get_client_file(session: Session, client_id: int) -> ClientEdit:
    """What stands in a client's file, as the edit that would write it."""
    client = get(session, Client, client_id, "client")
    values = client.model_dump(include=set(ClientEdit.model_fields))
    return ClientEdit(**values | {"grade": client.grade or None})


def delete_client(session: Session, client_id: int) -> None:
    """Delete a client's file with all that is in it, and the party where nothing else names it (the trash keeps all).

    Refuses one with recorded advice or a conflict check: these stay, and with them whose they are.
    """
    client = get(session, Client, client_id, "client")
    party = get(session, Party, client.party_id)
    about(session, party.name)
    if has_record(session, "client_id", client_id):
        raise Refused("client-has-record", "client", name=party.name)
    party_id = client.party_id
    delete_record(session, "client", client_id)
    if not is_named(session, party_id):
        delete_record(session, "party", party_id)


_REASON_NEEDED = {"former", "declined"}


def require_reason(new: NewStanding) -> None:
    """Refuse a client who leaves or is declined without a reason."""
    if new.standing in _REASON_NEEDED and new.reason is None:
        raise Refused("required", "reason")


def change_standing(session: Session, client_id: int, new: NewStanding) -> int:
    """Change a client's standing, kept with its reason; leaving or declining needs one."""
    client = get(session, Client, client_id)
    require_reason(new)
    if new.standing == client.standing:
        raise Refused("same-standing", "standing")
    client.standing = new.standing
    changed_on = new.changed_on or dt.date.today()
    session.add(client)
    session.add(
        StandingChange(
            client_id=client_id, standing=new.standing, changed_on=changed_on, reason=new.reason or "", words=new.words
        )
    )
    if new.standing == "client" and client.since is None:
        client.since = changed_on
    about(session, get(session, Party, client.party_id).name)
    return client_id


def list_standing(session: Session, client_id: int) -> list[StandingRow]:
    """The history of a client's standing, oldest first."""
    rows = session.exec(
        select(StandingChange).where(StandingChange.client_id == client_id).order_by("changed_on", "id")
    )
    return [StandingRow(row.standing, row.changed_on, row.reason, row.words) for row in rows]


def find_client(session: Session, told: str) -> int:
    """The client that a number, or a name that only one client has, stands for; refuses what is unknown or unclear."""
    client_id = scalar(session, "SELECT id FROM client WHERE number = ? COLLATE NOCASE", told.strip())
    if client_id is not None:
        return int(client_id)
    found = [row for row in suggest_parties(session, told, limit=20) if row.client_id is not None]
    exact = [row for row in found if fold(row.name) == fold(told)]
    if len(exact or found) == 1:
        return int((exact or found)[0].client_id or 0)
    if not found:
        raise Refused("no-such-client", "client", told=told)
    raise Refused("which-client", "client", told=told, names=[f"{row.number} {row.name}" for row in found])


def names_of(session: Session, client_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The number and name of these clients."""
    rows = fetch(
        session,
        "SELECT c.id, c.number, p.name FROM client c JOIN party p ON p.id = c.party_id"
        f" WHERE c.id IN ({among(client_ids)})",
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def suggest_clients(session: Session, text: str, limit: int = 8) -> list[PartyRow]:
    """Clients whose names hold words that begin as typed, or whose number is like it, for completion."""
    named = [row for row in suggest_parties(session, text, limit=50) if row.client_id is not None]
    numbered = ids(session, "SELECT party_id FROM client WHERE number LIKE ? ESCAPE '\\' LIMIT ?", like(text), limit)
    known = {row.id for row in named}
    return [*named, *list_party_rows(session, [found for found in numbered if found not in known])][:limit]
