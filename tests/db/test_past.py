"""The practice as it was: rows put together from the journal are those that stood in the tables then."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import Session

from db import history
from db.clients import NewClient, add_client, delete_client
from db.engagements import EngagementEdit, NewEngagement, add_engagement, edit_engagement
from db.parties import NewContact, NewParty, PartyEdit, edit_party
from db.past import as_of
from db.practice import Practice
from db.rows import fetch, scalar
from db.trust import NewPromise, NewTrustNote, add_promise, delete_promise, note_trust
from desktop.sample import sample_practice


def _held(session: Session, client: int) -> dict[str, Any]:
    """Every journalled row that names the client, by table."""
    told: dict[str, Any] = {}
    for noun in history.journalled():
        columns = [row[1] for row in fetch(session, f"PRAGMA table_info({noun})")]
        if "client_id" in columns or noun == "client":
            own = "id" if noun == "client" else "client_id"
            rows = fetch(session, f"SELECT * FROM {noun} WHERE {own} = ? ORDER BY id", client)
            told[noun] = [tuple(row) for row in rows]
    return told


def _last(session: Session) -> int:
    return int(scalar(session, "SELECT max(id) FROM change"))


def _then(session: Session, last: int, client: int) -> dict[str, Any]:
    with as_of(session, last, client) as past:
        assert past.is_whole
        return _held(past.session, client)


@pytest.fixture
def client(practice: Practice) -> int:
    party = NewParty(name="Iñaki Larrea", contacts=[NewContact(kind="email", value="inaki@larrea.example")])
    return int(str(practice.do(add_client, NewClient(party=party, standing="client")).result))


def test_what_was_changed_added_and_deleted_since_is_as_it_was(practice: Practice, client: int) -> None:
    work = int(str(practice.do(add_engagement, NewEngagement(client_id=client, title="Berth lease")).result))
    promise = int(str(practice.do(add_promise, NewPromise(client_id=client, text="Call him")).result))
    last, before = practice.ask(_last), practice.ask(_held, client)
    practice.do(edit_engagement, work, EngagementEdit(title="Berth lease renewal"))
    practice.do(delete_promise, promise)
    practice.do(note_trust, NewTrustNote(client_id=client, kind="thanks", text="You explain the risk."))
    practice.do(edit_party, 1, PartyEdit(name="Iñaki Larrea Goñi"))
    assert practice.ask(_held, client) != before
    assert practice.ask(_then, last, client) == before

    def name(session: Session) -> tuple[str, str]:
        with as_of(session, last, client) as past:
            names = scalar(past.session, "SELECT name FROM party")
            return str(names), str(scalar(past.session, "SELECT value FROM contact_point"))

    assert practice.ask(name) == ("Iñaki Larrea", "inaki@larrea.example")


def test_a_client_who_was_deleted_since_is_there(practice: Practice, client: int) -> None:
    last, before = practice.ask(_last), practice.ask(_held, client)
    practice.do(delete_client, client)
    assert practice.ask(_held, client)["client"] == []
    assert practice.ask(_then, last, client) == before


def test_other_clients_are_not_in_it(practice: Practice, client: int) -> None:
    practice.do(add_client, NewClient(party=NewParty(name="Zofia Wójcik"), standing="client"))

    def names(session: Session) -> list[str]:
        with as_of(session, _last(session), client) as past:
            return [row[0] for row in fetch(past.session, "SELECT name FROM party")]

    assert practice.ask(names) == ["Iñaki Larrea"]


@pytest.mark.parametrize("profession", ["law", "accounting", "design"])
def test_every_client_of_the_sample_is_put_together_whole(profession: str, tmp_path: Any) -> None:
    with sample_practice(tmp_path / "sample.cliens", profession) as practice:
        clients = practice.ask(lambda session: [row[0] for row in fetch(session, "SELECT id FROM client")])
        last = practice.ask(_last)
        for client in clients:
            held, then = practice.ask(_held, client), practice.ask(_then, last, client)
            assert json.dumps(then, default=str) == json.dumps(held, default=str)
