"""Ideal clients: what may decide, how far each client fits and why, and who looks like the best ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.clients import NewClient, add_client
from db.custom_fields import NewField, define_field, set_value
from db.engagements import NewEngagement, add_engagement
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.ideal import (
    IdealProfile,
    Want,
    fit_of,
    ideal_profiles,
    list_fits,
    remove_ideal_profile,
    set_ideal_profile,
)
from db.likeness import profile_of_best, shared_by_best
from db.parties import NewAddress, NewParty
from db.practice import Practice
from db.sensitive import protected_trait

TODAY = dt.date.today()


def client(practice: Practice, name: str, grade: str = "", area: str = "", **party: Any) -> int:
    city = party.pop("city", "")
    addresses = [NewAddress(city=city)] if city else []
    values = {"party": NewParty(name=name, addresses=addresses, **party), "standing": "client", "grade": grade or None}
    number = int(str(practice.do(add_client, NewClient.model_validate(values)).result))
    if area:
        practice.do(add_engagement, NewEngagement(client_id=number, title="Work", area=area))
    return number


def wanted(name: str = "Ideal", **wants: str) -> IdealProfile:
    return IdealProfile(name=name, wants=[Want.model_validate({"trait": t, "value": v}) for t, v in wants.items()])


@pytest.mark.parametrize(
    ("words", "trait"),
    [
        ("Health", "health"),
        ("enfermedades crónicas", "health"),
        ("Niepełnosprawność", "health"),
        ("catholic family", "religion"),
        ("Kościół", "religion"),
        ("etnia", "ethnic origin"),
        ("Political party", "politics"),
        ("gay", "sexual life"),
        ("trade union", "union membership"),
        ("Związek zawodowy", "union membership"),
        ("criminal record", "criminal record"),
        ("antecedentes penales", "criminal record"),
        ("DNA", "biometric"),
    ],
)
def test_a_protected_trait_is_told_by_its_words(words: str, trait: str) -> None:
    assert protected_trait(words) == trait


@pytest.mark.parametrize(
    "words", ["Healthcare", "European Union", "Illinois", "Bakery", "Employees", "Essex", "Racing"]
)
def test_other_words_are_no_protected_trait(words: str) -> None:
    assert protected_trait(words) is None


@pytest.mark.parametrize(
    ("want", "article"),
    [({"trait": "tag", "value": "Muslim"}, 9), ({"trait": "field", "name": "Criminal record", "value": "no"}, 10)],
)
def test_a_profile_that_names_a_protected_trait_is_refused_with_the_reason(
    practice: Practice, want: dict[str, str], article: int
) -> None:
    with pytest.raises(Refused) as no:
        practice.do(set_ideal_profile, IdealProfile(name="Ideal", wants=[Want.model_validate(want)]))
    assert (no.value.code, no.value.facts["article"]) == ("protected-trait", article)
    assert practice.ask(ideal_profiles) == []


def test_the_area_of_work_is_no_trait_of_a_person(practice: Practice) -> None:
    practice.do(set_ideal_profile, wanted(area="Health law"))
    assert [each.name for each in practice.ask(ideal_profiles)] == ["Ideal"]


def test_profiles_are_kept_replaced_and_taken_away(practice: Practice) -> None:
    practice.do(set_ideal_profile, wanted(city="Vigo"))
    practice.do(set_ideal_profile, wanted("Other", city="Cork"))
    practice.do(set_ideal_profile, wanted(city="Leeds"))
    assert [(each.name, each.wants[0].value) for each in practice.ask(ideal_profiles)] == [
        ("Other", "Cork"),
        ("Ideal", "Leeds"),
    ]
    practice.do(remove_ideal_profile, "Other")
    practice.undo()
    assert len(practice.ask(ideal_profiles)) == 2
    with pytest.raises(Refused, match="not-there"):
        practice.do(remove_ideal_profile, "Nobody")


def test_the_fit_is_what_is_met_of_what_is_known_with_each_reason(practice: Practice) -> None:
    ada = client(practice, "Ada", area="Shipping", city="Vigo", language="es")
    ben = client(practice, "Ben", area="shipping", city="Leeds")
    cy = client(practice, "Cy")
    profile = wanted(area="Shipping", city="Vigo", language="es")
    found = {each.client_id: each for each in practice.ask(list_fits, profile)}
    assert [(each, found[each].fit) for each in found] == [(ada, 100), (ben, 50), (cy, None)]
    assert [each.code for each in found[ben].reasons] == ["fit-met", "fit-missing", "fit-unknown"]
    for each in (ada, ben, cy):
        assert practice.ask(fit_of, profile, each) == found[each]


def test_a_weight_counts_as_often_as_it_says(practice: Practice) -> None:
    ada = client(practice, "Ada", city="Vigo", language="en")
    wants = [Want(trait="city", value="Vigo", weight=3), Want(trait="language", value="es", weight=1)]
    assert practice.ask(fit_of, IdealProfile(name="I", wants=wants), ada).fit == 75


def test_size_and_fees_count_from_a_number_on(practice: Practice) -> None:
    practice.do(define_field, NewField(name="Employees", kind="number"))
    ada, ben = client(practice, "Ada"), client(practice, "Ben")
    practice.do(set_value, "client", ada, "Employees", "120")
    practice.do(set_value, "client", ben, "Employees", "9")
    practice.do(add_fee, NewFee(client_id=ben, charged_on=TODAY - dt.timedelta(days=100), amount_minor=500_000))
    size = IdealProfile(name="Size", wants=[Want(trait="at least", name="Employees", value="50")])
    assert [(each.client_id, each.fit) for each in practice.ask(list_fits, size)] == [(ada, 100), (ben, 0)]
    fees = wanted(fees="5,000")
    assert [(each.client_id, each.fit) for each in practice.ask(list_fits, fees)] == [(ben, 100), (ada, 0)]
    then = practice.ask(list_fits, fees, on=TODAY - dt.timedelta(days=200))
    assert {each.fit for each in then} == {0}


def test_what_the_best_share_more_often_than_all_becomes_a_profile(practice: Practice) -> None:
    for number in range(6):
        client(practice, f"Best {number}", "A", "Shipping", city="Vigo" if number < 4 else "Leeds", language="en")
    for number in range(10):
        client(practice, f"Other {number}", "C", "Wills", city="Leeds", language="en")
    like = client(practice, "Like them", "", "Shipping", city="Vigo", language="en")
    shared = practice.ask(shared_by_best)
    assert {(each.trait, each.value, each.best, each.all) for each in shared} == {
        ("area", "Shipping", 6, 7),
        ("city", "Vigo", 4, 5),
    }
    profile = practice.ask(profile_of_best, "Like our best")
    assert profile is not None
    first = practice.ask(list_fits, profile, but_grade="A", limit=1)
    assert [(each.client_id, each.fit) for each in first] == [(like, 100)]


def test_four_best_clients_have_nothing_in_common_but_chance(practice: Practice) -> None:
    for number in range(4):
        client(practice, f"Best {number}", "A", "Shipping")
    client(practice, "Other", "C", "Wills")
    assert practice.ask(shared_by_best) == []
    assert practice.ask(profile_of_best, "Like our best") is None
