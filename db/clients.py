"""Clients: the practice's file on a party it serves, its standing and history, and the table of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.names import fold
from db.parties import NewParty, PartyRow, add_party, list_party_rows, suggest_parties
from db.rows import among, change, day, fetch, get, ids, like, scalar
from db.tables import Client, Party, StandingChange
from db.words import Grade, Standing, StandingReason

# Silence is called quiet past one and a half times the usual gap, and at risk past three; gaps under a week are noise.
QUIET_FACTOR, RISK_FACTOR, SHORTEST_RHYTHM_DAYS, CONTACTS_FOR_A_RHYTHM = 1.5, 3.0, 7, 4


class ClientEdit(Input):
    """Changes to a client's file: only the given fields change. `rhythm_days` is an agreed rhythm of contact."""

    number: Text = "-"
    grade: Grade | None = None
    responsible_id: int | None = None
    since: dt.date | None = None
    referred_by_id: int | None = None
    rhythm_days: int | None = Field(default=None, ge=1, le=3660)
    valued: Optional = ""
    notes: Optional = ""


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
class ClientRow:
    """A client in the table; `shown_standing` is quiet or at risk where silence says so, `trust` the running effect,
    `listed` the name by which it is sorted, the family's first.
    """

    id: int
    party_id: int
    number: str
    name: str
    kind: str
    standing: str
    shown_standing: str
    grade: str
    trust: list[int]
    last_contact: dt.date | None
    fees_minor: int
    currency: str
    responsible: str
    city: str
    since: dt.date | None
    listed: str


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


_REASON_NEEDED = {"former", "declined"}


def change_standing(session: Session, client_id: int, new: NewStanding) -> int:
    """Change a client's standing, kept with its reason; leaving or declining needs one."""
    client = get(session, Client, client_id)
    if new.standing in _REASON_NEEDED and new.reason is None:
        raise Refused("required", "reason")
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


def suggest_clients(session: Session, text: str, limit: int = 8) -> list[PartyRow]:
    """Clients whose names hold words that begin as typed, or whose number is like it, for completion."""
    named = [row for row in suggest_parties(session, text, limit=50) if row.client_id is not None]
    numbered = ids(session, "SELECT party_id FROM client WHERE number LIKE ? ESCAPE '\\' LIMIT ?", like(text), limit)
    known = {row.id for row in named}
    return [*named, *list_party_rows(session, [found for found in numbered if found not in known])][:limit]


_LAST_CONTACT = "(SELECT max(a.given_at) FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL)"
_FEES = "(SELECT sum(f.amount_minor) FROM fee f WHERE f.client_id = c.id AND f.kind = 'billed' AND f.charged_on >= ?)"
_ORDERS = {
    "name": "p.sort_name {}, c.id",
    "number": "c.number {}",
    "shown_standing": "c.standing {}, p.sort_name",
    "grade": "c.grade = '', c.grade {}, p.sort_name",
    "last_contact": "last_contact IS NULL, last_contact {}, p.sort_name",
    "fees_minor": "coalesce(fees, 0) {}, p.sort_name",
    "since": "c.since IS NULL, c.since {}, p.sort_name",
    "responsible": "(SELECT name FROM person WHERE id = c.responsible_id) {}, p.sort_name",
    "city": "(SELECT city FROM address WHERE party_id = p.id LIMIT 1) {}, p.sort_name",
}


def list_client_ids(
    session: Session,
    sort: str = "name",
    descending: bool = False,
    text: str = "",
    *,
    standing: str | None = None,
    grade: str | None = None,
    today: dt.date | None = None,
) -> list[int]:
    """The ids of the clients that match, in order; `sort` is a column of ClientRow."""
    columns, values = "c.id", []
    if sort == "last_contact":
        columns += f", {_LAST_CONTACT} AS last_contact"
    elif sort == "fees_minor":
        columns += f", {_FEES} AS fees"
        values.append(_year_ago(today))
    where = ["1"]
    for condition, value in (("c.standing = ?", standing), ("c.grade = ?", grade)):
        if value:
            where.append(condition)
            values.append(value)
    if text.strip():
        where.append("(p.sort_name LIKE ? ESCAPE '\\' OR c.number LIKE ? ESCAPE '\\')")
        values += [like(fold(text.strip())), like(text.strip())]
    order = _ORDERS.get(sort, _ORDERS["name"]).format("DESC" if descending else "ASC")
    return ids(
        session,
        f"SELECT {columns} FROM client c JOIN party p ON p.id = c.party_id"
        f" WHERE {' AND '.join(where)} ORDER BY {order}",
        *values,
    )


def _year_ago(today: dt.date | None) -> str:
    return ((today or dt.date.today()) - dt.timedelta(days=365)).isoformat()


def list_client_rows(session: Session, client_ids: list[int], today: dt.date | None = None) -> list[ClientRow]:
    """The rows of these clients, in the order asked."""
    some = among(client_ids)
    rows = fetch(
        session,
        f"""SELECT c.id, p.id, c.number, p.name, p.kind, c.standing, c.grade, {_FEES}, c.since, c.rhythm_days,
            coalesce((SELECT r.initials FROM person r WHERE r.id = c.responsible_id), ''),
            coalesce((SELECT a.city FROM address a WHERE a.party_id = p.id AND a.city <> '' ORDER BY a.id LIMIT 1), ''),
            coalesce((SELECT f.currency FROM fee f WHERE f.client_id = c.id ORDER BY f.charged_on DESC LIMIT 1),
                (SELECT currency FROM practice)),
            CASE WHEN p.kind = 'person' AND p.family_name <> '' AND p.given_name <> ''
                THEN p.family_name || ', ' || p.given_name ELSE p.name END
        FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({some})""",
        _year_ago(today),
    )
    trust, contacts = _trust(session, some), _contacts(session, some)
    known: dict[int, ClientRow] = {}
    for (
        number_,
        party_id,
        number,
        name,
        kind,
        standing,
        grade,
        fees,
        since,
        agreed,
        initials,
        city,
        currency,
        listed,
    ) in rows:
        dates = contacts.get(number_, [])
        shown = silence(standing, dates, agreed, today or dt.date.today())
        known[number_] = ClientRow(
            *(number_, party_id, number, name, kind, standing, shown, grade, trust.get(number_, [])),
            *(dates[-1] if dates else None, fees or 0, currency, initials, city, day(since), listed),
        )
    return [known[client_id] for client_id in client_ids if client_id in known]


def _trust(session: Session, some: str) -> dict[int, list[int]]:
    running: dict[int, list[int]] = {}
    for client_id, effect in fetch(
        session, f"SELECT client_id, effect FROM trust_note WHERE client_id IN ({some}) ORDER BY noted_at, id"
    ):
        line = running.setdefault(client_id, [0])
        line.append(line[-1] + effect)
    return running


def _contacts(session: Session, some: str) -> dict[int, list[dt.date]]:
    dates: dict[int, list[dt.date]] = {}
    for client_id, given in fetch(
        session,
        "SELECT DISTINCT client_id, substr(given_at, 1, 10) FROM advice"
        f" WHERE client_id IN ({some}) AND withdrawn_at IS NULL ORDER BY given_at",
    ):
        dates.setdefault(client_id, []).append(dt.date.fromisoformat(given))
    return dates


def usual_gap(dates: list[dt.date]) -> float | None:
    """The rhythm: the median number of days between contacts, or None for a client too new to have one."""
    if len(dates) < CONTACTS_FOR_A_RHYTHM:
        return None
    return max(float(median((b - a).days for a, b in pairwise(dates))), SHORTEST_RHYTHM_DAYS)


def silence(standing: str, dates: list[dt.date], agreed: int | None, today: dt.date) -> str:
    """The standing to show: 'quiet' or 'at risk' for one we serve who is silent well past his rhythm."""
    usual: Any = agreed or usual_gap(dates)
    if standing not in {"client", "occasional"} or not dates or usual is None:
        return standing
    silent = (today - dates[-1]).days
    if silent > RISK_FACTOR * usual:
        return "at risk"
    return "quiet" if silent > QUIET_FACTOR * usual else standing
