"""Quiet clients: what SQL finds is what the rhythm says, also after later steps."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import rhythms
from db.advice import NewAdvice, log_advice
from db.clients import ClientEdit, NewClient, NewStanding, add_client, change_standing, edit_client
from db.parties import NewParty
from db.practice import Practice
from db.rhythm import silence
from db.set_aside import NewSetAside, set_aside
from db.today import quiet_clients
from db.today_quiet import list_quiet
from tests.db.made import rows

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
    practice.jot(lambda session: rhythms.rebuild(session.connection()))
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
    practice.do(change_standing, client, NewStanding(standing="former", reason="price", changed_on=TODAY))
    assert _states(practice) == {}


def test_the_most_silent_by_his_rhythm_and_grade_stands_first(practice: Practice) -> None:
    plain, best = _client(practice, "Plain"), _client(practice, "Best")
    _advise(practice, plain, [60, 80, 100, 120])
    _advise(practice, best, [40, 60, 80, 100])
    assert [row.client_id for row in practice.ask(quiet_clients, TODAY)] == [plain, best]
    practice.do(edit_client, best, ClientEdit(grade="A"))
    assert [row.client_id for row in practice.ask(quiet_clients, TODAY)] == [best, plain]


def test_what_is_kept_of_rhythms_is_what_a_new_reckoning_of_all_gives(practice: Practice) -> None:
    chance = random.Random(3)
    clients = [_client(practice, f"Client {number}") for number in range(6)]
    for number in range(40):
        _advise(practice, chance.choice(clients), [chance.randrange(400)])
        if number % 7 == 0:
            practice.undo()
        if number % 14 == 0:
            practice.redo()
    practice.do(edit_client, clients[0], ClientEdit(rhythm_days=30))
    practice.do(change_standing, clients[1], NewStanding(standing="former", reason="price"))
    _client(practice, "Made by mistake")
    practice.undo()
    kept = rows(practice, "SELECT * FROM client_rhythm ORDER BY id")
    assert len(kept) > 3
    practice.jot(lambda session: rhythms.rebuild(session.connection()))
    assert rows(practice, "SELECT * FROM client_rhythm ORDER BY id") == kept


def test_a_quiet_client_is_put_off_until_a_day_or_until_he_falls_silent_anew(practice: Practice) -> None:
    client = _client(practice, "Hallberg Bros. AB")
    _advise(practice, client, [64, 83, 102, 121])
    off = NewSetAside(noun="client", record_id=client, kind="quiet", until=TODAY + dt.timedelta(days=3))
    practice.do(set_aside, off, today=TODAY)
    assert practice.ask(list_quiet, TODAY, 5).total == 0
    assert practice.ask(list_quiet, TODAY + dt.timedelta(days=3), 5).total == 1
    practice.do(set_aside, NewSetAside(noun="client", record_id=client, kind="quiet", why="abroad"), today=TODAY)
    later = TODAY + dt.timedelta(days=90)
    assert practice.ask(list_quiet, later, 5).total == 0
    _advise(practice, client, [-1])
    assert practice.ask(list_quiet, later, 5).total == 1


def test_who_was_quiet_on_a_day_is_told_from_what_had_happened_until_then(practice: Practice) -> None:
    client = _client(practice, "Hallberg Bros. AB")
    _advise(practice, client, [164, 183, 202, 221, 40, 20, 1])
    before, between = TODAY - dt.timedelta(days=100), TODAY - dt.timedelta(days=180)
    assert _states(practice) == {}
    (row,) = practice.ask(quiet_clients, before)
    assert (row.usual, row.silent, row.state, row.last_on) == (19, 64, "at risk", TODAY - dt.timedelta(days=164))
    # Three contacts are no rhythm yet, and who was not served on that day was not quiet.
    assert practice.ask(quiet_clients, between) == []
    left = NewStanding(standing="former", reason="price", changed_on=TODAY - dt.timedelta(days=110))
    practice.do(change_standing, client, left)
    assert practice.ask(quiet_clients, before) == []
    assert [row.client_id for row in practice.ask(quiet_clients, TODAY - dt.timedelta(days=120))] == [client]


@given(st.lists(st.lists(st.integers(0, 300), max_size=7), min_size=1, max_size=3), st.integers(0, 200))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rhythms_of_any_day_are_what_was_kept_on_that_day(
    practice: Practice, histories: list[list[int]], ago: int
) -> None:
    on = TODAY - dt.timedelta(days=ago)
    clients = [_client(practice, f"Client {number}") for number in range(len(histories))]
    for client, days in zip(clients, histories, strict=True):
        _advise(practice, client, [one + ago for one in days])
    ids = ",".join(map(str, clients))
    kept = rows(practice, f"SELECT * FROM client_rhythm WHERE id IN ({ids}) ORDER BY id")
    for client, days in zip(clients, histories, strict=True):
        _advise(practice, client, [one for one in days if one < ago])
    assert rows(practice, f"SELECT * FROM {rhythms.rhythms_on(on, ids)} ORDER BY id") == kept
    alone = [
        row for client in clients for row in rows(practice, f"SELECT * FROM {rhythms.rhythms_on(on, str(client))}")
    ]
    assert alone == kept
