"""A phone number is found however it is parted, and a name with a slip in it; what fits is never hidden by them."""

from __future__ import annotations

import pytest

from db.parties import NewContact, NewParty, add_party
from db.practice import Practice
from db.search import describe, find
from tests.db import made


@pytest.fixture
def known(practice: Practice) -> Practice:
    """Some whose names are alike, one with a phone."""
    for name in ("Iñaki Larrea", "Marta Dąbrowska", "Hallberg Bros. AB", "Lara Croy"):
        made.client(practice, name)
    phone = NewContact(kind="phone", value="+44 20 7946 0123")
    practice.do(add_party, NewParty(name="Owen Finch", contacts=[phone]))
    return practice


@pytest.mark.parametrize(
    "typed", ["+44 20 7946 0123", "+442079460123", "02079460123", "020 7946 0123", "020-7946", "00442079460123"]
)
def test_phone_is_found_however_its_digits_are_parted(known: Practice, typed: str) -> None:
    assert [hit.title for hit in known.ask(find, typed).hits] == ["Owen Finch"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("larera", "Iñaki Larrea"),
        ("inkai larrea", "Iñaki Larrea"),
        ("dabrovska", "Marta Dąbrowska"),
        ("halberg", "Hallberg Bros. AB"),
        ("ahllberg", "Hallberg Bros. AB"),
    ],
)
def test_name_with_a_slip_is_found(known: Practice, typed: str, meant: str) -> None:
    assert known.ask(find, typed).hits[0].title == meant


@pytest.mark.parametrize("typed", ["zebra", "xy", "12", "quarterly report"])
def test_what_is_like_no_name_finds_nothing(known: Practice, typed: str) -> None:
    assert known.ask(find, typed).hits == []


def test_exact_names_come_before_those_that_are_only_like_them(known: Practice) -> None:
    made.client(known, "Larrea Navieras")
    titles = [hit.title for hit in known.ask(find, "larrea").hits]
    assert set(titles[:2]) == {"Iñaki Larrea", "Larrea Navieras"}


def test_known_records_are_described_in_the_order_asked(known: Practice) -> None:
    hits = known.ask(describe, [("client", 2), ("party", 5), ("client", 999)])
    assert [(hit.noun, hit.id, hit.title) for hit in hits] == [
        ("client", 2, "Marta Dąbrowska"),
        ("party", 5, "Owen Finch"),
    ]
