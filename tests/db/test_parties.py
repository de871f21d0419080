"""Parties keep names, contacts and links as typed, and are found in any spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.parties import (
    NewAddress,
    NewContact,
    NewLink,
    NewName,
    NewParty,
    NewTaxId,
    PartyEdit,
    add_party,
    edit_party,
    get_party,
    link_parties,
    list_links,
    normal_contact,
    suggest_parties,
    unlink_parties,
)
from db.practice import Practice
from db.rows import fetch
from tests.db.nouns import result


def test_party_keeps_everything_that_was_entered(practice: Practice) -> None:
    new = NewParty(
        given_name="Łukasz",
        family_name="Wójcik",
        other_names=[NewName(kind="former", name="Nowak")],
        contacts=[NewContact(kind="email", value="L.Wojcik@Example.org", preferred=True)],
        addresses=[NewAddress(street="ul. Długa 4", city="Łódź", country="Polska")],
        tax_ids=[NewTaxId(kind="NIP", value="123-456-32-18")],
        tags=["pension", "Łódź"],
    )
    party = practice.ask(get_party, result(practice.do(add_party, new))).party
    assert party.name == "Łukasz Wójcik"
    assert [name.name for name in party.other_names] == ["Nowak"]
    assert party.contacts == new.contacts
    assert party.addresses == new.addresses
    assert party.tax_ids == new.tax_ids
    assert party.tags == ["pension", "Łódź"]


def test_party_without_any_name_is_refused_beside_the_name(practice: Practice) -> None:
    with pytest.raises(Refused) as refused:
        practice.do(add_party, NewParty(job_title="Director"))
    assert (refused.value.code, refused.value.field) == ("required", "name")
    assert practice.ask(fetch, "SELECT count(*) FROM party")[0][0] == 0


def test_edit_changes_only_what_is_given_and_replaces_given_lists(practice: Practice) -> None:
    party = result(practice.do(add_party, NewParty(name="Ferrand Atelier", kind="organisation", tags=["a", "b"])))
    practice.do(edit_party, party, PartyEdit(notes="moved", tags=["c"]))
    page = practice.ask(get_party, party).party
    assert (page.name, page.kind, page.notes, page.tags) == ("Ferrand Atelier", "organisation", "moved", ["c"])


def test_new_family_name_makes_the_whole_name_anew(practice: Practice) -> None:
    party = result(practice.do(add_party, NewParty(given_name="Marta", family_name="Nowak")))
    practice.do(edit_party, party, PartyEdit(family_name="Dąbrowska"))
    assert practice.ask(get_party, party).party.name == "Marta Dąbrowska"


def test_unknown_kind_of_contact_is_refused_with_the_choices() -> None:
    with pytest.raises(Refused) as refused:
        NewContact(kind="pigeon", value="coo")  # type: ignore[arg-type]
    assert refused.value.code == "not-one-of"
    assert "'email'" in refused.value.facts["allowed"]


@pytest.mark.parametrize(
    ("typed", "country", "normal"),
    [
        ("944 12 34 56", "ES", "+34944123456"),
        ("+48 601 234 567", "GB", "+48601234567"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("ask for Ann", "GB", ""),
    ],
)
def test_phones_are_compared_in_e164_by_the_practices_country(typed: str, country: str, normal: str) -> None:
    assert normal_contact(NewContact(kind="phone", value=typed), country) == normal


@given(st.text(min_size=1, max_size=60))
def test_no_phone_text_can_break_the_folding(typed: str) -> None:
    assert "\n" not in normal_contact(NewContact.model_construct(kind="phone", value=typed), "PL")


def test_link_reads_from_both_sides(practice: Practice) -> None:
    portus = result(practice.do(add_party, NewParty(name="Portus Terminal S.A.", kind="organisation")))
    holding = result(practice.do(add_party, NewParty(name="Portus Holding B.V.", kind="organisation")))
    link = result(practice.do(link_parties, NewLink(from_id=holding, to_id=portus, kind="parent company of")))
    assert [(row.name, row.kind) for row in practice.ask(list_links, portus)] == [
        ("Portus Holding B.V.", "subsidiary of")
    ]
    assert [row.kind for row in practice.ask(list_links, holding)] == ["parent company of"]
    practice.do(unlink_parties, link)
    assert practice.ask(list_links, holding) == []


def test_party_is_not_linked_to_itself(practice: Practice) -> None:
    party = result(practice.do(add_party, NewParty(name="Narcissus")))
    with pytest.raises(Refused, match="same-party"):
        practice.do(link_parties, NewLink(from_id=party, to_id=party, kind="spouse"))


def test_suggestions_fold_accents_and_scripts(practice: Practice) -> None:
    for name in ("Łukasz Żółkiewski", "Νίκος Παπαδόπουλος", "Lucas Zorro"):
        practice.do(add_party, NewParty(name=name))
    assert [row.name for row in practice.ask(suggest_parties, "zolk luk")] == ["Łukasz Żółkiewski"]
    assert [row.name for row in practice.ask(suggest_parties, "papadop")] == ["Νίκος Παπαδόπουλος"]
    assert practice.ask(suggest_parties, '"*(') == []


def test_a_single_letter_finds_whose_name_has_a_word_that_begins_with_it(practice: Practice) -> None:
    for first, last in (("Marta", "Larrea"), ("Marta", "Byrne"), ("Lukas", "Orme")):
        practice.do(add_party, NewParty(given_name=first, family_name=last))

    def found(typed: str) -> set[str]:
        return {row.name for row in practice.ask(suggest_parties, typed)}

    assert found("Marta l") == {"Marta Larrea"}
    assert found("l") == {"Marta Larrea", "Lukas Orme"}
    assert found("l marta") == {"Marta Larrea"}
    assert found("o l") == {"Lukas Orme"}
    assert found("Marta x") == set()
    assert found("marta %") == {"Marta Larrea", "Marta Byrne"}
    assert len(practice.ask(suggest_parties, "m", limit=1)) == 1


def test_a_single_letter_in_another_name_is_found_as_the_initial_that_it_is(practice: Practice) -> None:
    former = NewName(kind="former", name="K Orme")
    practice.do(add_party, NewParty(given_name="Marta", family_name="Larrea", other_names=[former]))
    assert [row.name for row in practice.ask(suggest_parties, "k orme")] == ["Marta Larrea"]
