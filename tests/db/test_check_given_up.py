"""A check of the file can be given up between its stages and within one, and the next one is whole."""

from __future__ import annotations

import pytest

from db import check
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import Practice


class Enough(Exception):
    """Somebody does not want to wait any longer."""


def test_a_check_given_up_between_two_stages_ends_there(practice: Practice) -> None:
    told: list[int] = []

    def progress(done: int, of: int) -> None:
        told.append(done)
        if done == 2:
            raise Enough

    with pytest.raises(Enough):
        practice.check(progress)
    assert told == [0, 1, 2]
    assert practice.check().ok


def test_a_check_given_up_within_a_statement_ends_there(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        party = NewParty(kind="organisation", name=f"Alder {number}")
        practice.do(add_client, NewClient(party=party, standing="client"))
    monkeypatch.setattr(check, "STEPS_AT_ONCE", 50)
    asked = 0

    def progress(_done: int, of: int) -> None:
        nonlocal asked
        asked += of == 0
        if asked == 9:
            raise Enough

    with pytest.raises(Enough):
        practice.check(progress)
    assert asked == 9
    assert practice.check().ok
