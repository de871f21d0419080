"""Conversion: who only uses or benefits becomes a client himself, in one step, and keeps all that is known of him."""

from __future__ import annotations

import pytest

from db.clients import NewClient, add_client, get_client_file, list_standing
from db.conversion import Conversion, convert_party, list_consumers
from db.engagements import NewEngagement, NewRole, add_engagement, add_role, list_roles
from db.errors import Refused
from db.parties import NewContact, NewParty, add_party, get_party
from db.people import NewPerson, add_person
from db.practice import Practice
from tests.db.lived import TODAY, did
from tests.db.made import value


@pytest.fixture
def consumer(practice: Practice) -> int:
    """The party of somebody who uses what an organisation pays for."""
    person = did(practice, add_person, NewPerson(name="Marta Lis"))
    payer = did(practice, add_client, NewClient(party=NewParty(name="Portus Group"), standing="client"))
    party = NewParty(
        name="Nora Quill", notes="Prefers calls", contacts=[NewContact(kind="email", value="n@example.org")]
    )
    nora = int(did(practice, add_party, party))
    new = NewEngagement(client_id=payer, title="Staff flats", stage="active", responsible_id=person, opened_on=TODAY)
    engagement = did(practice, add_engagement, new)
    practice.do(add_role, NewRole(engagement_id=engagement, party_id=nora, kind="uses"))
    return nora


def test_consumers_are_those_without_a_file(practice: Practice, consumer: int) -> None:
    (row,) = practice.ask(list_consumers)
    assert (row.party_id, row.role, row.engagement, row.client, row.payer) == (
        *(consumer, "uses", "Staff flats", "Portus Group", "Portus Group"),
    )
    practice.do(convert_party, Conversion(party_id=consumer))
    assert practice.ask(list_consumers) == []


def test_converted_he_keeps_all_that_is_known_of_him(practice: Practice, consumer: int) -> None:
    before = practice.ask(get_party, consumer)
    new = Conversion(party_id=consumer, need="Her own lease", words="Asked at the staff day", title="Own lease")
    client = did(practice, convert_party, new)
    assert practice.ask(get_party, consumer) == before
    assert [(role.party_id, role.kind) for role in practice.ask(list_roles, 1)] == [(consumer, "uses")]
    file = practice.ask(get_client_file, client)
    assert (file.need, file.responsible_id, file.referred_by_id) == ("Her own lease", 1, 1)
    assert [(row.standing, row.words) for row in practice.ask(list_standing, client)] == [
        ("prospect", "Asked at the staff day")
    ]
    assert value(practice, "SELECT title FROM engagement WHERE client_id = ?", client) == "Own lease"


def test_conversion_is_one_step_to_undo(practice: Practice, consumer: int) -> None:
    practice.do(convert_party, Conversion(party_id=consumer, words="Asked", title="Own lease"))
    practice.undo()
    assert value(practice, "SELECT count(*) FROM client") == 1
    assert value(practice, "SELECT count(*) FROM engagement") == 1
    assert [row.party_id for row in practice.ask(list_consumers)] == [consumer]


def test_one_who_has_a_file_is_not_converted(practice: Practice, consumer: int) -> None:
    practice.do(convert_party, Conversion(party_id=consumer))
    with pytest.raises(Refused, match="already-a-client"):
        practice.do(convert_party, Conversion(party_id=consumer))
