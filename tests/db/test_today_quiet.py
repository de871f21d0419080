"""Quiet clients: what SQL finds is what the rhythm says, also after later steps."""

from __future__ import annotations

import datetime as dt
import random

from db import rhythms
from db.advice import NewAdvice, log_advice
from db.clients import ClientEdit, NewClient, NewStanding, add_client, change_standing, edit_client
from db.parties import NewParty
from db.practice import Practice
from db.rhythm import silence
from db.today import quiet_clients

TODAY = dt.date(2026, 11, 20)


def _client(practice: Practice, name: str) -> int:
    new = NewClient(party=NewParty(name=name), standing="client", since=dt.date(2020, 1, 1))
    return int(str(practice.do(add_client, new).result))


def _advise(practice: Practice, client: int, days: list[int]) -> None:
    for ago in days:
        given = dt.datetime.combine(TODAY - dt.timedelta(days=ago), dt.time(9), dt.UTC)
        practice.do(log_advice, NewAdvice(client_id=client, question="?", advice=".", given_at=given, record=True))


def _states(practice: Practice) -> dict[int, str]:
    return {row.client_id: row.state for row in practice.ask(quiet_clients, TODAY)}


def test_quiet_is_what_the_rhythm_of_each_history_says(practice: Practice) -> None:
    chance, expected = random.Random(7), dict[int, str]()
    for number in range(25):
        client = _client(practice, f"Client {number}")
        days = [chance.randrange(0, 400) for _ in range(chance.randrange(0, 9))]
        _advise(practice, client, days)
        dates = sorted({TODAY - dt.timedelta(days=ago) for ago in days})
        state = silence("client", dates, None, TODAY)
        if state != "client":
            expected[client] = state
    assert expected
    assert _states(practice) == expected
    rhythms.forget()
    assert _states(practice) == expected


def test_who_is_in_touch_again_is_quiet_no_more_and_undo_makes_him_so(practice: Practice) -> None:
    client = _client(practice, "Hallberg Bros. AB")
    _advise(practice, client, [64, 83, 102, 121])
    assert _states(practice) == {client: "at risk"}
    _advise(practice, client, [1])
    assert _states(practice) == {}
    practice.undo()
    assert _states(practice) == {client: "at risk"}


def test_an_agreed_rhythm_stands_over_the_own_one_and_standing_is_heeded(practice: Practice) -> None:
    client = _client(practice, "Hallberg Bros. AB")
    _advise(practice, client, [64, 83, 102, 121])
    practice.do(edit_client, client, ClientEdit(rhythm_days=40))
    assert _states(practice) == {client: "quiet"}
    practice.do(edit_client, client, ClientEdit(rhythm_days=90))
    assert _states(practice) == {}
    practice.do(edit_client, client, ClientEdit(rhythm_days=None))
    practice.do(change_standing, client, NewStanding(standing="former", reason="price"))
    assert _states(practice) == {}


def test_the_most_silent_by_his_rhythm_and_grade_stands_first(practice: Practice) -> None:
    plain, best = _client(practice, "Plain"), _client(practice, "Best")
    _advise(practice, plain, [60, 80, 100, 120])
    _advise(practice, best, [40, 60, 80, 100])
    assert [row.client_id for row in practice.ask(quiet_clients, TODAY)] == [plain, best]
    practice.do(edit_client, best, ClientEdit(grade="A"))
    assert [row.client_id for row in practice.ask(quiet_clients, TODAY)] == [best, plain]
