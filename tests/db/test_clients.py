"""Clients have numbers, standings with reasons, and a silence measured by their own rhythm."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.clients import (
    ClientEdit,
    NewClient,
    NewStanding,
    add_client,
    change_standing,
    edit_client,
    find_client,
    list_client_ids,
    list_client_rows,
    list_standing,
    silence,
    usual_gap,
)
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.parties import NewParty, add_party
from db.practice import Practice
from tests.db.nouns import advised, known, result

TODAY = dt.date(2026, 11, 21)


def _names(practice: Practice, client_ids: list[int]) -> list[str]:
    return [row.name for row in practice.ask(list_client_rows, client_ids)]


def test_clients_are_numbered_one_after_the_other_past_the_highest(practice: Practice) -> None:
    for name in ("Ada", "Ben"):
        practice.do(add_client, NewClient(party=NewParty(name=name)))
    practice.do(add_client, NewClient(party=NewParty(name="Old"), number="C-0041"))
    practice.do(add_client, NewClient(party=NewParty(name="Cy")))
    rows = practice.ask(list_client_rows, practice.ask(list_client_ids, "number"))
    assert [row.number for row in rows] == ["C-0001", "C-0002", "C-0041", "C-0042"]


def test_taken_number_is_refused_beside_the_number(practice: Practice) -> None:
    practice.do(add_client, NewClient(party=NewParty(name="Ada"), number="7"))
    with pytest.raises(Refused) as refused:
        practice.do(add_client, NewClient(party=NewParty(name="Ben"), number="7"))
    assert (refused.value.code, refused.value.field) == ("number-taken", "number")


def test_party_has_at_most_one_file(practice: Practice) -> None:
    party = result(practice.do(add_party, NewParty(name="Ada")))
    practice.do(add_client, NewClient(party_id=party))
    with pytest.raises(Refused, match="already-a-client"):
        practice.do(add_client, NewClient(party_id=party))


def test_leaving_needs_a_reason_and_is_kept_with_it(practice: Practice) -> None:
    client = known(practice).client
    with pytest.raises(Refused, match="required: reason"):
        practice.do(change_standing, client, NewStanding(standing="former"))
    practice.do(change_standing, client, NewStanding(standing="former", reason="price", words="Cheaper next door"))
    history = practice.ask(list_standing, client)
    assert [(row.standing, row.reason) for row in history] == [("client", ""), ("former", "price")]


def test_same_standing_again_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="same-standing"):
        practice.do(change_standing, known(practice).client, NewStanding(standing="client"))


def test_becoming_a_client_dates_the_beginning_once(practice: Practice) -> None:
    client = result(practice.do(add_client, NewClient(party=NewParty(name="Ada"), standing="prospect")))
    practice.do(change_standing, client, NewStanding(standing="client", changed_on=dt.date(2020, 2, 3)))
    assert practice.ask(list_client_rows, [client])[0].since == dt.date(2020, 2, 3)


def test_edit_changes_only_what_is_given(practice: Practice) -> None:
    client = known(practice).client
    practice.do(edit_client, client, ClientEdit(grade="A", valued="Told first"))
    practice.do(edit_client, client, ClientEdit(grade=None))
    row = practice.ask(list_client_rows, [client])[0]
    assert (row.grade, row.number, row.standing) == ("", "C-0001", "client")


def test_table_sorts_by_every_column_and_filters_by_folded_name(practice: Practice) -> None:
    zoe, lukasz = (
        known(practice, "Zoë Brand").client,
        result(practice.do(add_client, NewClient(party=NewParty(given_name="Łukasz", family_name="Ártal"), grade="A"))),
    )
    practice.do(add_fee, NewFee(client_id=zoe, amount_minor=500_00))
    advised(practice, zoe)
    for column in ("name", "number", "shown_standing", "grade", "last_contact", "fees_minor", "since", "city"):
        assert sorted(practice.ask(list_client_ids, column)) == [zoe, lukasz]
    assert _names(practice, practice.ask(list_client_ids, "name")) == ["Łukasz Ártal", "Zoë Brand"]
    assert practice.ask(list_client_ids, "fees_minor", True)[0] == zoe
    assert practice.ask(list_client_ids, "name", False, "artal luk") == [lukasz]
    assert practice.ask(list_client_ids, "name", False, "100%_") == []
    assert practice.ask(list_client_ids, grade="A") == [lukasz]


def test_fees_older_than_a_year_do_not_count_in_the_table(practice: Practice) -> None:
    client = known(practice).client
    practice.do(add_fee, NewFee(client_id=client, amount_minor=100, charged_on=TODAY - dt.timedelta(days=366)))
    practice.do(add_fee, NewFee(client_id=client, amount_minor=30, charged_on=TODAY))
    practice.do(add_fee, NewFee(client_id=client, amount_minor=9, charged_on=TODAY, kind="paid"))
    assert practice.ask(list_client_rows, [client], TODAY)[0].fees_minor == 30


def test_client_is_found_by_number_or_by_a_name_only_he_has(practice: Practice) -> None:
    ada, other = known(practice, "Ada Wren").client, known_second(practice, "Ada Wrenfield")
    assert practice.ask(find_client, "c-0002") == other
    assert practice.ask(find_client, "ada wren") == ada
    with pytest.raises(Refused) as refused:
        practice.ask(find_client, "ada")
    assert refused.value.code == "which-client"
    assert len(refused.value.facts["names"]) == 2
    with pytest.raises(Refused, match="no-such-client"):
        practice.ask(find_client, "Nobody")


def known_second(practice: Practice, name: str) -> int:
    return result(practice.do(add_client, NewClient(party=NewParty(name=name), standing="client")))


def test_client_silent_well_past_his_own_rhythm_shows_quiet_then_at_risk() -> None:
    contacts = [TODAY - dt.timedelta(days=days) for days in (80, 60, 40, 20)]
    assert usual_gap(contacts) == 20
    assert silence("client", contacts, None, TODAY) == "client"
    assert silence("client", contacts, None, TODAY + dt.timedelta(days=11)) == "quiet"
    assert silence("client", contacts, None, TODAY + dt.timedelta(days=41)) == "at risk"
    assert silence("former", contacts, None, TODAY + dt.timedelta(days=400)) == "former"


def test_agreed_rhythm_counts_before_his_own() -> None:
    contacts = [TODAY - dt.timedelta(days=days) for days in (80, 60, 40, 20)]
    assert silence("client", contacts, 10, TODAY) == "quiet"


def test_client_too_new_for_a_rhythm_is_not_called_quiet() -> None:
    assert silence("client", [TODAY - dt.timedelta(days=300)], None, TODAY) == "client"


@given(st.lists(st.dates(dt.date(2020, 1, 1), TODAY), min_size=4, max_size=30), st.integers(0, 400))
def test_client_in_touch_later_never_looks_colder(days: list[dt.date], later: int) -> None:
    contacts = sorted(days)
    colder = ("client", "quiet", "at risk")
    now = TODAY + dt.timedelta(days=later)
    assert colder.index(silence("client", contacts, 30, now)) >= colder.index(
        silence("client", [*contacts, now], 30, now)
    )
