"""The history in any order and narrowed in any way gives what a plain look at every entry gives."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from db import advice_ids
from db.advice import NewAdvice, NewResponse, list_advice_ids, log_advice, respond_to_advice
from db.clients import NewClient, add_client
from db.names import name_key, order_key, tokens
from db.parties import NewParty
from db.practice import Practice
from db.rows import utc_now
from tests.db.made import rows

# Two of one name, a letter of another alphabet, and a name that holds a word of the advice.
NAMES = ("Ana Vega", "Ana Vega", "Łukasz Settle", "Zofia Lis", "Owen Óg", "Bo Ek")
AUTHORS = ("Tess", "Iker Sol")
WORDS = ("settle", "Settle!", "appeal", "lease", "o'brien", "plazo", "ładny", "12/03/2024", "§", "lis")
ANSWERS = ("accepted", "deferred", "declined", "against advice")
Entry = dict[str, Any]


@pytest.fixture
def known(practice: Practice) -> list[Entry]:
    """Every entry of a history with drafts, answers, withdrawn entries and many at one moment."""
    chance = random.Random(11)
    for name in NAMES:
        given, _, family = name.partition(" ")
        practice.do(add_client, NewClient(party=NewParty(name=name, given_name=given, family_name=family)))
    now = utc_now()
    for number in range(60):
        recorded = number % 6 > 0
        new = NewAdvice(
            client_id=chance.randrange(len(NAMES) - 1) + 1,
            given_at=now - dt.timedelta(days=chance.randrange(12)),
            author=chance.choice(AUTHORS),
            question=" ".join(chance.choices(WORDS, k=2)),
            advice=" ".join(chance.choices(WORDS, k=2)),
            record=recorded,
        )
        entry: Any = practice.do(log_advice, new).result
        if recorded and number % 3 == 0:
            word = ANSWERS[number // 6 % len(ANSWERS)]
            told = {"response": word, "words": "no", "consequence": "loss", "reason": "pride"}
            practice.do(respond_to_advice, entry, NewResponse.model_validate(told))
            if number in (9, 27):
                practice.undo()
        elif number % 7 == 0:
            practice.undo()
    found = rows(
        practice,
        """SELECT a.id, a.client_id, c.number, p.id, p.kind, p.name, p.given_name, p.family_name, a.given_at, a.author,
            a.question, a.advice, a.state, coalesce((SELECT response FROM advice_response r WHERE r.advice_id = a.id
                AND r.withdrawn_at IS NULL), 'awaiting')
        FROM advice a JOIN client c ON c.id = a.client_id JOIN party p ON p.id = c.party_id
        WHERE a.withdrawn_at IS NULL""",
    )
    names: tuple[str, ...] = ("id", "client_id", "number", "party", "kind", "name", "given", "family")
    names += ("given_at", "author", "question", "advice", "state", "response")
    assert 30 < len(found) < 60
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.fixture(params=["one by one", "in the order of all"], autouse=True)
def looked_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries are looked up and many read in order: both ways must give the same."""
    monkeypatch.setattr(advice_ids, "FEW", 10_000 if request.param == "one by one" else 0)


def _in_order(entries: list[Entry], sort: str, descending: bool) -> list[int]:
    newest = sorted(entries, key=lambda each: (each["given_at"], each["id"]), reverse=True)
    if sort == "given_at":
        return [each["id"] for each in (newest if descending else reversed(newest))]

    def client(each: Entry) -> Any:
        return name_key("en", each["kind"], each["name"], each["given"], each["family"]), each["party"]

    keys: dict[str, Callable[[Entry], Any]] = {
        "client": client,
        "question": lambda each: (order_key(each["question"], "en"), each["id"]),
        "response": lambda each: sorted({"awaiting", *ANSWERS}).index(each["response"]),
    }
    return [each["id"] for each in sorted(newest, key=keys[sort], reverse=descending)]


def test_every_order_is_that_of_a_plain_look(practice: Practice, known: list[Entry]) -> None:
    for sort in ("given_at", "client", "question"):
        assert practice.ask(list_advice_ids, sort, False) == _in_order(known, sort, False)
    for sort in ("given_at", "question"):
        assert practice.ask(list_advice_ids, sort, True) == _in_order(known, sort, True)
    newest = _in_order(known, "given_at", True)
    answer = {each["id"]: each["response"] for each in known}
    for descending in (False, True):
        words = sorted({"awaiting", *ANSWERS}, reverse=descending)
        found = practice.ask(list_advice_ids, "response", descending)
        assert found == [one for word in words for one in newest if answer[one] == word]


def test_the_last_client_comes_first_where_asked_for_and_his_newest_entry_too(
    practice: Practice, known: list[Entry]
) -> None:
    owner = {each["id"]: each["client_id"] for each in known}
    upward = dict.fromkeys(owner[one] for one in _in_order(known, "client", False))
    newest = _in_order(known, "given_at", True)
    wanted = [one for client in reversed(upward) for one in newest if owner[one] == client]
    assert practice.ask(list_advice_ids, "client", True) == wanted


def test_every_narrowing_keeps_the_order_and_what_a_plain_look_keeps(practice: Practice, known: list[Entry]) -> None:
    since = dt.date.today() - dt.timedelta(days=8)
    until = dt.date.today() - dt.timedelta(days=3)
    cases: list[tuple[dict[str, Any], Callable[[Entry], bool]]] = [
        ({"author": "Tess"}, lambda each: each["author"] == "Tess"),
        ({"client_id": 3}, lambda each: each["client_id"] == 3),
        ({"drafts": True}, lambda each: each["state"] == "draft"),
        ({"state": "recorded"}, lambda each: each["state"] == "recorded"),
        ({"since": since}, lambda each: each["given_at"] >= str(since)),
        ({"since": since, "until": until}, lambda each: str(since) <= each["given_at"][:10] <= str(until)),
        (
            {"response": "awaiting"},
            lambda each: each["state"] == "recorded" and each["response"] == "awaiting",
        ),
        *(({"response": word}, lambda each, word=word: each["response"] == word) for word in ANSWERS),
        (
            {"response": "awaiting", "author": "Tess", "since": since},
            lambda each: (
                (each["state"], each["response"], each["author"]) == ("recorded", "awaiting", "Tess")
                and each["given_at"] >= str(since)
            ),
        ),
    ]
    for asked, fits in cases:
        wanted = [each for each in known if fits(each)]
        assert wanted, asked
        for sort in ("given_at", "client", "question", "response"):
            descending = sort == "given_at"
            assert practice.ask(list_advice_ids, sort, descending, **asked) == _in_order(wanted, sort, descending), (
                asked
            )


def _holds(each: Entry, typed: str) -> bool:
    said = tokens(f"{each['question']} {each['advice']}")
    name = tokens(f"{each['name']} {each['given']} {each['family']} {each['number']}")
    words = tokens(typed)
    return all(any(word.startswith(part) for word in said) or any(w.startswith(part) for w in name) for part in words)


TYPED = ("s", "set", "settle appeal", "appeal set", "veg", "ana settle", "settle lukasz", "vega lease appeal", "LADNY")
MORE = ("óg", "lis", "plazo plazo", "nowhere", "settle nowhere", "a s l p o e t", "c-0003", "o'bri")


def test_words_are_met_by_their_beginning_in_the_entry_or_its_client(practice: Practice, known: list[Entry]) -> None:
    for typed in (*TYPED, *MORE):
        wanted = [each for each in known if _holds(each, typed)]
        for sort, descending in (("given_at", True), ("client", False), ("question", True)):
            found = practice.ask(list_advice_ids, sort, descending, typed)
            assert found == _in_order(wanted, sort, descending), typed
        author = [each for each in wanted if each["author"] == "Tess"]
        assert practice.ask(list_advice_ids, text=typed, author="Tess") == _in_order(author, "given_at", True)


def test_quoted_words_are_met_as_they_stand(practice: Practice, known: list[Entry]) -> None:
    found = practice.ask(list_advice_ids, text='"appeal lease"')
    beside = [
        each["id"]
        for each in known
        for said in (tokens(each["question"]), tokens(each["advice"]))
        if ("appeal", "lease") in pairwise(said)
    ]
    assert beside
    assert sorted(found) == sorted(set(beside))


def test_signs_without_a_word_leave_nothing_out(practice: Practice, known: list[Entry]) -> None:
    for typed in ("", "  ", '"', "'", "—", "*", ")(", '""'):
        assert len(practice.ask(list_advice_ids, text=typed)) == len(known)


def test_whatever_is_typed_is_never_an_error(practice: Practice, known: list[Entry]) -> None:
    for typed in ('c++ "', "NEAR(settle", "title:settle", "settle*", "-settle", "{body} :", "x" * 30_000, "a " * 500):
        found = practice.ask(list_advice_ids, text=typed)
        assert set(found) <= {each["id"] for each in known}
    assert practice.ask(list_advice_ids, text="-settle*") == practice.ask(list_advice_ids, text="settle")
