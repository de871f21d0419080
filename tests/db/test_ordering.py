"""What is listed by name stands as the dictionaries of the language set it, and another language is no step."""

from __future__ import annotations

import random

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import Session

from db import ordering
from db.client_bulk import tag_clients
from db.client_lists import list_client_ids, list_client_rows
from db.clients import NewClient, add_client
from db.engagement_lists import list_engagement_ids
from db.engagements import NewEngagement, add_engagement
from db.errors import Trouble
from db.insight_lists import list_insight_ids
from db.insights import NewInsight, record_insight
from db.names import name_key, order_key, order_sql
from db.parties import NewParty, PartyEdit, edit_party
from db.people import NewPerson, add_person, list_people
from db.practice import Practice
from db.tags import list_tags
from db.trust import NewPromise, add_promise
from db.trust_lists import list_promise_ids
from tests.db import made

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
}
# What a language has no letter for counts as the letter beneath.
BENEATH = {
    "en": dict(zip("áéíóúüñąćęłńśźż", "aeiouunacelnszz", strict=True)),
    "es": dict(zip("áéíóúüąćęłńśźż", "aeiouuacelnszz", strict=True)),
    "pl": dict(zip("áéíúüñ", "aeiuun", strict=True)),
}
LISTS = {
    "en": [
        *("007 Ltd", "3M", "Ádám", "adams", "López", "Lopez y Hijos", "Łukasz", "Ó Briain", "O'Brien", "obscure"),
        "zebra",
    ],
    "es": [
        *("2000 S.L.", "Ana", "Ángel", "caña", "caoba", "Nuñez", "Núñez", "nutria", "ñandú", "Ñu", "oca", "pingüino"),
        "pinza",
    ],
    "pl": [
        *("4 Pory", "Ala", "azyl", "ąkać", "bez", "cytryna", "ćma", "dom", "lwów", "lża", "ładny", "Łódź", "mama"),
        *("nysa", "ńdza", "oz", "ósmy", "sznur", "ściana", "zysk", "źdźbło", "Źrebak", "żaba", "Żuk"),
    ],
}


def reading(language: str, word: str) -> list[int]:
    """A word as the places of its letters in the alphabet."""
    letters = (BENEATH[language].get(letter, letter) for letter in word.lower())
    return [ALPHABETS[language].index(letter) for letter in letters]


words = some.text(alphabet="".join(sorted({*ALPHABETS["pl"], *"áéíúüñ"})), min_size=1, max_size=8)
languages = some.sampled_from(sorted(ALPHABETS))


@pytest.mark.parametrize("language", sorted(LISTS))
def test_words_stand_as_in_the_dictionary_of_the_language(language: str) -> None:
    shuffled = random.Random(7).sample(LISTS[language], len(LISTS[language]))
    assert sorted(shuffled, key=lambda word: order_key(word, language)) == LISTS[language]


@given(languages, words, words, some.booleans())
def test_the_alphabet_of_the_language_decides(language: str, one: str, other: str, shout: bool) -> None:
    here, there = reading(language, one), reading(language, other)
    keys = order_key(one.upper() if shout else one, language), order_key(other, language)
    if here != there:
        assert (keys[0] < keys[1]) == (here < there)
    else:
        assert keys[0].split(" ")[0] == keys[1].split(" ")[0]


@given(languages, some.text(), some.text())
def test_any_two_texts_have_one_order_and_only_the_same_text_the_same_key(language: str, one: str, other: str) -> None:
    assert (order_key(one, language) == order_key(other, language)) == (one == other)
    assert order_key(one, language) == order_key(one, language)


@given(languages, words, words)
def test_sql_sorts_words_that_have_no_key_alike(language: str, one: str, other: str) -> None:
    connection = driver.connect(":memory:")
    connection.execute("CREATE TABLE told (word TEXT)")
    connection.executemany("INSERT INTO told VALUES (?)", [(one,), (other.capitalize(),)])
    rows = connection.execute(f"SELECT word FROM told ORDER BY {order_sql('word', language)}")
    found = [row[0].lower() for row in rows]
    connection.close()
    assert [reading(language, word) for word in found] == sorted([reading(language, one), reading(language, other)])


def test_capitals_apostrophes_and_points_count_for_nothing_and_a_hyphen_parts_words() -> None:
    told = ["de la Cruz", "De Lacy", "Smith", "Smith & Sons", "Smith-Young", "Smithers", "St. Clair", "St Dunstan"]
    assert sorted(random.Random(7).sample(told, len(told)), key=lambda word: order_key(word, "en")) == told
    assert order_key("O'BRIEN", "en").split(" ")[0] == order_key("o’brien", "en").split(" ")[0]
    assert order_key("n\u0303andu", "es").split(" ")[0] == order_key("ñandu", "es").split(" ")[0]


def test_a_family_name_stands_before_a_longer_one_whatever_the_given_name() -> None:
    people = [("Zoe", "García"), ("Ana", "García López"), ("Ana", "Garcías"), ("Jan", "van Dam")]
    keys = [name_key("es", "person", f"{given} {family}", given, family) for given, family in people]
    assert keys == sorted(keys)
    assert name_key("es", "person", "Sting", "", "") == order_key("Sting", "es")


def add(practice: Practice, *names: str) -> list[int]:
    """The clients with these family names."""
    made_of = [NewClient(party=NewParty(given_name="Jo", family_name=name)) for name in names]
    return [int(str(practice.do(add_client, new).result)) for new in made_of]


def listed(practice: Practice, descending: bool = False) -> list[str]:
    """The family names in the table of clients."""
    rows = practice.ask(list_client_rows, practice.ask(list_client_ids, "name", descending))
    return [row.listed.split(",")[0] for row in rows]


def test_another_language_is_another_order_and_no_step(practice: Practice) -> None:
    add(practice, "Zuk", "Żak", "Łoś", "Luz", "Ñu", "Nyx", "Ośka", "Ósmy")
    head, done = practice.head(), practice.ask(lambda session: made_steps(session))
    assert listed(practice) == ["Łoś", "Luz", "Ñu", "Nyx", "Ośka", "Ósmy", "Żak", "Zuk"]
    assert ordering.speak(practice, "pl")
    assert listed(practice) == ["Luz", "Łoś", "Ñu", "Nyx", "Ośka", "Ósmy", "Zuk", "Żak"]
    assert ordering.speak(practice, "es")
    assert listed(practice, descending=True) == ["Zuk", "Żak", "Ósmy", "Ośka", "Ñu", "Nyx", "Luz", "Łoś"]
    assert not ordering.speak(practice, "es")
    assert made.misplaced(practice) == []
    assert (practice.head(), practice.ask(lambda session: made_steps(session))) == (head, done)
    assert practice.check().problems == []


def made_steps(session: Session) -> tuple[int, int]:
    """How many steps and changes the history holds."""
    counted = session.connection().exec_driver_sql("SELECT (SELECT count(*) FROM step), (SELECT count(*) FROM change)")
    return tuple(counted.one())


def test_a_new_name_its_undoing_and_its_redoing_move_the_client(practice: Practice) -> None:
    ordering.speak(practice, "pl")
    first, _second = add(practice, "Lis", "Łan")
    party = made.value(practice, "SELECT party_id FROM client WHERE id = ?", first)
    practice.do(edit_party, int(str(party)), PartyEdit(family_name="Łyk"))
    assert listed(practice) == ["Łan", "Łyk"]
    practice.undo()
    assert listed(practice) == ["Lis", "Łan"]
    practice.redo()
    assert listed(practice) == ["Łan", "Łyk"]
    assert made.misplaced(practice) == []


def test_a_record_put_in_from_outside_is_listed_all_the_same(practice: Practice) -> None:
    (first,) = add(practice, "Lis")
    columns = "kind, name, sort_name, prefix, given_name, middle_name, family_name, suffix, language, job_title,"
    columns += " organisation, lawful_basis, source, notes, raw_card, created_at"
    practice.do(
        lambda session: session.connection().exec_driver_sql(
            f"INSERT INTO party (id, {columns}) SELECT 77, {columns} FROM party WHERE id = ?", (first,)
        )
    )
    assert made.value(practice, "SELECT count(*) FROM party_order") == 2
    assert made.misplaced(practice) == []


def test_words_without_a_key_of_their_own_are_sorted_alike(practice: Practice) -> None:
    ordering.speak(practice, "pl")
    told = ["Łaska", "Zima", "łowy", "lato", "Źródło"]
    right = ["lato", "Łaska", "łowy", "Zima", "Źródło"]
    (client,) = add(practice, "Lis")
    for word in told:
        practice.do(add_engagement, NewEngagement(client_id=client, title=word, area=word))
        practice.do(add_promise, NewPromise(client_id=client, by="us", text=word))
        practice.do(record_insight, NewInsight(client_id=client, kind="frontline", verbatim=word))
        practice.do(tag_clients, [client], word)
        practice.do(add_person, NewPerson(name=word))

    def titles(table: str, column: str, found: list[int]) -> list[object]:
        return [made.value(practice, f"SELECT {column} FROM {table} WHERE id = ?", number) for number in found]

    for sort in ("title", "area"):
        assert titles("engagement", "title", practice.ask(list_engagement_ids, sort, False)) == right
    holding = practice.ask(list_engagement_ids, "title", True, "a")
    assert titles("engagement", "title", holding) == ["Zima", "Łaska", "lato"]
    assert titles("promise", "text", practice.ask(list_promise_ids, "open", "text")) == right
    assert titles("insight", "verbatim", practice.ask(list_insight_ids, sort="said")) == right
    assert [row.name for row in practice.ask(list_tags)] == right
    assert [row.name for row in practice.ask(list_people)] == right


def test_what_was_interrupted_is_listed_whole_and_gone_on_with(practice: Practice) -> None:
    add(practice, "Luz", "Łoś")

    def stop(done: int, of: int) -> None:
        if done:
            raise RuntimeError("closing")

    with pytest.raises(RuntimeError):
        ordering.speak(practice, "pl", stop)
    assert sorted(listed(practice)) == ["Luz", "Łoś"]
    add(practice, "Lwa")
    assert ordering.speak(practice, "pl")
    assert made.misplaced(practice) == []
    assert not ordering.speak(practice, "pl")


def test_a_file_that_cannot_be_written_keeps_the_order_it_has(practice: Practice) -> None:
    add(practice, "Luz", "Łoś")
    practice.path.rename(practice.path.with_name("gone.cliens"))
    with pytest.raises(Trouble):
        ordering.speak(practice, "pl")
    practice.path.with_name("gone.cliens").rename(practice.path)
    assert listed(practice) == ["Łoś", "Luz"]
    assert made.misplaced(practice) == []


def test_the_order_of_names_is_read_along_an_index(practice: Practice) -> None:
    asked = "SELECT c.id FROM party_order o CROSS JOIN client c ON c.party_id = o.id ORDER BY o.key, o.id"
    told = [str(row[3]) for row in made.rows(practice, f"EXPLAIN QUERY PLAN {asked}")]
    assert told[0] == "SCAN o USING COVERING INDEX ix_party_order_key"
    assert not [line for line in told if "TEMP B-TREE" in line]


def test_any_tool_with_the_key_can_check_the_file(practice: Practice) -> None:
    add(practice, "Łoś")
    practice.close()
    connection = made.bare(practice.path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
