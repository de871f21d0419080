"""Names that are one although they are written in two ways, and names that are not."""

from __future__ import annotations

import pytest

from db.matching import Match, compare
from db.name_index import NameIndex, known_name
from db.name_reading import read_name


def _match(said: str, found: str, *, organisation: bool = False, least: int = 70) -> Match | None:
    return compare(read_name(said, organisation=organisation), read_name(found, organisation=organisation), least=least)


def _codes(match: Match | None) -> list[str]:
    return [] if match is None else [reason.code for reason in match.reasons]


@pytest.mark.parametrize(
    ("said", "found", "code"),
    [
        ("Ana Munoz", "Ana Muñoz", "same-name"),
        ("Ignacio Larrea", "Larrea, Iñaki", "given-name-variant"),
        ("Pepe Ortega", "José Ortega", "given-name-variant"),
        ("Ola Zielińska", "Aleksandra Zielińska", "given-name-variant"),
        ("Bill Hartley", "William Hartley", "given-name-variant"),
        ("Ignacio Larea", "Ignacio Larrea", "one-letter-apart"),
        ("Jonh Hartley", "John Hartley", "letters-swapped"),
        ("Marta Szczepanik", "Marta Szcepamik", "two-letters-apart"),
        ("Anna Kowalska", "Anna Kowalski", "gendered-ending"),
        ("Ewa Zawadzka", "Ewa Zawadzki", "gendered-ending"),
        ("Olga Ivanova", "Olga Ivanov", "gendered-ending"),
        ("Jana Nováková", "Jana Novák", "gendered-ending"),
        ("Maria Papadopoulou", "Μαρία Παπαδόπουλος", "other-script"),
        ("Nikita Chruszczow", "Nikita Khrushchev", "transliteration"),
        ("Boris Romanoff", "Boris Romanov", "transliteration"),
        ("Kees Vanderberg", "Kees van der Berg", "same-name"),
        ("Rosa de la Cruz", "Rosa Cruz", "same-name"),
        ("J. Hartley", "John Hartley", "initial"),
        ("Hartley John", "John Hartley", "word-order"),
        ("Ana Beltrán", "Ana Beltrán Solís", "further-word"),
        ("Ana Beltrán Solís", "Ana Beltrán", "missing-word"),
        ("Beltrán", "Ana Beltrán", "same-surname"),
        ("Dr. Anna Nowak", "Mgr Anna Nowak", "same-name"),
        ("Mary Ann Osei", "Maryann Osei", "spacing"),
        ("Iago Ybarra", "Iago Ibarra", "transliteration"),
        ("Bruno Vasquez", "Bruno Basques", "phonetic"),
    ],
)
def test_one_person_is_known_in_other_spellings(said: str, found: str, code: str) -> None:
    match = _match(said, found)
    assert match is not None
    assert code in _codes(match)
    assert match.score >= 80


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Aiko Nakamura", "Iñaki Larrea"),
        ("Pedro Larrea", "Ignacio Larrea"),
        ("Maria Nowak", "Maria Ortega"),
        ("Maria", "Maria Ortega"),
        ("Jan Li", "Jan Lu"),
        ("Anna Maria Nowak", "Anna Maria Ortega"),
    ],
)
def test_two_people_stay_two(said: str, found: str) -> None:
    assert _match(said, found) is None


def test_a_namesake_of_the_other_gender_is_only_worth_a_look() -> None:
    match = _match("Ignacio Larea", "Larrea Arana, Ignacia")
    assert match is not None
    assert match.score == 71
    assert _codes(match) == ["given-name-gender", "one-letter-apart", "further-word"]


@pytest.mark.parametrize(
    ("said", "found", "code", "score"),
    [
        ("Portus Terminal S.A.", "Portus Terminal", "same-company-without-form", 100),
        ("Zielony Las spółka z ograniczoną odpowiedzialnością", "Zielony Las Sp. z o.o.", "same-name", 100),
        ("Zielony Las sp zoo", "ZIELONY LAS SP. Z O.O.", "same-name", 100),
        ("Birch Limited", "Birch Ltd.", "same-name", 100),
        ("Nordhavn A/S", "Nordhavn AS", "same-name", 100),
        ("Zielony Las GmbH", "Zielony Las B.V.", "other-company-form", 96),
        ("Portus Terminal", "Portus Terminal Holding", "further-word", 94),
        ("Ромашка ООО", "OOO Romashka", "other-script", 100),
    ],
)
def test_one_company_is_known_in_other_forms(said: str, found: str, code: str, score: int) -> None:
    match = _match(said, found, organisation=True)
    assert match is not None
    assert match.score == score
    assert code in _codes(match)


def test_companies_that_share_only_common_words_are_two() -> None:
    assert _match("Global Consulting", "Birch Consulting", organisation=True) is None
    assert _match("International Holding", "International Trading", organisation=True) is None


def test_the_score_is_what_its_reasons_leave_of_a_hundred() -> None:
    for said, found in [("Ignacio Larea", "Larrea Arana, Ignacia"), ("Hartly J.", "John Hartley")]:
        match = _match(said, found)
        assert match is not None
        assert match.score == 100 - sum(reason.points for reason in match.reasons)


def _found(index: NameIndex, text: str) -> set[str]:
    return {known.text for known, _ in index.find(text)}


def test_the_index_finds_what_comparing_every_name_would_find() -> None:
    people = [
        *("Iñaki Larrea", "Ignacia Larrea Arana", "Kees van der Berg", "Nikita Khrushchev", "John Hartley"),
        *("Maryann Osei", "Anna Kowalski", "Rosa de la Cruz", "J. Smith", "Łukasz Żak", "Jana Novák", "Will Ash"),
        *("John McArdle", "Ian Mc Coy"),
    ]
    index = NameIndex()
    index.add(known_name(number, "person", name) for number, name in enumerate(people))
    asked = [
        *("Ignacio Larea", "Vanderberg Kees", "Chruszczow Nikita", "Mary Ann Osei", "Kowalska Anna", "Rosa Delacruz"),
        *("James Smith", "Lukasz Zak", "Jana Novakova", "Bill Ash", "Hartley J", "Larrea", "Jon Hartely", "Willl Ash"),
        *("Mc Ardle John", "McCoy Ian"),
    ]
    for text in asked:
        every = {name for name in people if _match(text, name) is not None}
        assert every, text
        assert _found(index, text) == every


def test_the_index_forgets_a_party_and_learns_it_anew() -> None:
    index = NameIndex()
    index.add([known_name(1, "person", "Iñaki Larrea"), known_name(2, "person", "Ana Beltrán")])
    index.forget(1)
    assert index.count == 1
    assert _found(index, "Iñaki Larrea") == set()
    index.add([known_name(1, "person", "Iñaki Arana")])
    assert _found(index, "Inaki Arana") == {"Iñaki Arana"}


def test_a_company_entered_as_a_person_is_still_found() -> None:
    index = NameIndex()
    index.add([known_name(1, "person", "Portus Terminal GmbH")])
    assert _found(index, "Portus Terminal") == {"Portus Terminal GmbH"}


@pytest.mark.parametrize("text", ["a" * 10_000, "word " * 5_000, "<img src=x>", "Sp. z o.o.", "de la", "Dr.", "x", "7"])
def test_odd_texts_are_read_without_harm(text: str) -> None:
    index = NameIndex()
    index.add([known_name(1, "person", text), known_name(2, "organisation", text), known_name(3, "person", "Ana Bell")])
    assert "Ana Bell" not in _found(index, text)
    assert text in _found(index, text)
