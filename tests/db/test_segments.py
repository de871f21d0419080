"""Segments and what is promised to them: counts, and the days that quiet and reviews take from a promise."""

from __future__ import annotations

import datetime as dt

import pytest

from db.advice import NewAdvice, log_advice
from db.client_bulk import tag_clients, untag_clients
from db.clients import ClientEdit, NewClient, add_client, edit_client
from db.errors import Refused
from db.parties import NewParty
from db.practice import Practice
from db.reviews import list_due_rows
from db.segments import Promised, ServicePromise, list_segments, promised_to, set_service_promise
from db.tags import rename_tag
from db.today_quiet import quiet_clients
from db.views import delete_view, rename_view, save_view
from db.words import Grade

TODAY = dt.date.today()


def client(practice: Practice, name: str, grade: Grade | None = "A", met: tuple[int, ...] = ()) -> int:
    new = NewClient(party=NewParty(name=name), standing="client", grade=grade, since=TODAY - dt.timedelta(days=400))
    number = int(str(practice.do(add_client, new).result))
    for ago in met:
        at = dt.datetime.now(dt.UTC) - dt.timedelta(days=ago)
        practice.do(log_advice, NewAdvice(client_id=number, question="How is it?", advice="Well.", given_at=at))
    return number


def segment(practice: Practice, name: str, *conditions: tuple[str, object]) -> int:
    value = {"conditions": [list(each) for each in conditions], "sort": "name", "descending": False}
    return int(str(practice.do(save_view, "clients", name, value).result))


def promise(
    practice: Practice, view_id: int, days: int | None = None, months: int | None = None, who: str = ""
) -> None:
    practice.do(set_service_promise, ServicePromise(view_id=view_id, rhythm_days=days, review_months=months, who=who))


def quiet(practice: Practice) -> dict[int, int]:
    """Who is quiet, and his usual days."""
    return {each.client_id: each.usual for each in practice.ask(quiet_clients, TODAY)}


def test_a_segment_is_a_saved_view_with_its_count_and_promise(practice: Practice) -> None:
    for name, grade in (("Ada", "A"), ("Ben", "A"), ("Cy", "B")):
        client(practice, name, "A" if grade == "A" else "B")
    best = segment(practice, "Best", ("grade", "A"))
    segment(practice, "Others", ("grade", "B"), ("grade", "C"))
    promise(practice, best, 30, 3, "Tess")
    rows = practice.ask(list_segments)
    assert [(row.name, row.count, row.rhythm_days, row.review_months, row.who) for row in rows] == [
        ("Best", 2, 30, 3, "Tess"),
        ("Others", 1, None, None, ""),
    ]


def test_quiet_takes_its_day_from_the_promise(practice: Practice) -> None:
    ada = client(practice, "Ada", met=(50,))
    assert quiet(practice) == {}
    best = segment(practice, "Best", ("grade", "A"))
    promise(practice, best, 30)
    assert quiet(practice) == {ada: 30}
    promise(practice, best, 40)
    assert quiet(practice) == {}
    practice.undo()
    assert quiet(practice) == {ada: 30}
    promise(practice, best)
    assert quiet(practice) == {}
    assert practice.check().problems == []


def test_the_shorter_of_his_own_rhythm_and_the_promise_counts_and_what_was_agreed_comes_first(
    practice: Practice,
) -> None:
    often = client(practice, "Often", met=(52, 62, 72, 82))
    seldom = client(practice, "Seldom", met=(50, 150, 250, 350))
    agreed = client(practice, "Agreed", met=(50, 60, 70, 80))
    practice.do(edit_client, agreed, ClientEdit(rhythm_days=200))
    promise(practice, segment(practice, "Best", ("grade", "A")), 30)
    assert quiet(practice) == {often: 10, seldom: 30}


def test_who_comes_into_a_segment_or_leaves_it_is_followed(practice: Practice) -> None:
    ada = client(practice, "Ada", met=(50,))
    promise(practice, segment(practice, "Key", ("tag", "It's {key}?")), 30)
    assert quiet(practice) == {}
    practice.do(tag_clients, [ada], "It's {key}?")
    assert quiet(practice) == {ada: 30}
    practice.do(untag_clients, [ada], "It's {key}?")
    assert quiet(practice) == {}
    practice.undo()
    assert quiet(practice) == {ada: 30}
    practice.do(rename_tag, "It's {key}?", "Key")
    assert quiet(practice) == {}
    practice.undo()
    assert quiet(practice) == {ada: 30}
    segment(practice, "Key", ("grade", "D"))
    assert quiet(practice) == {}


def test_a_promise_goes_where_its_segment_goes(practice: Practice) -> None:
    client(practice, "Ada", met=(50,))
    best = segment(practice, "Best", ("grade", "A"))
    promise(practice, best, 30)
    practice.do(rename_view, best, "First")
    assert [row.rhythm_days for row in practice.ask(list_segments)] == [30]
    assert quiet(practice)
    practice.do(delete_view, best)
    assert quiet(practice) == {}
    segment(practice, "First", ("grade", "A"))
    assert [row.rhythm_days for row in practice.ask(list_segments)] == [None]


def test_reviews_take_their_months_from_the_promise(practice: Practice) -> None:
    ada = client(practice, "Ada")
    best = segment(practice, "Best", ("grade", "A"))

    def months() -> int:
        return practice.ask(list_due_rows, [ada])[0].months

    assert months() == 3
    promise(practice, best, months=2)
    assert months() == 2
    practice.do(edit_client, ada, ClientEdit(review_months=9))
    assert months() == 9


def test_of_several_promises_the_shortest_counts(practice: Practice) -> None:
    ada, ben = client(practice, "Ada"), client(practice, "Ben", "C")
    promise(practice, segment(practice, "Best", ("grade", "A")), 30, 6, "Tess")
    promise(practice, segment(practice, "Everybody", ("standing", "client")), 90, 4)
    assert practice.ask(promised_to, ada) == Promised(30, 4, "Tess", ("Best", "Everybody"))
    assert practice.ask(promised_to, ben) == Promised(90, 4, "", ("Everybody",))


def test_a_segment_found_by_silence_carries_no_promise(practice: Practice) -> None:
    view = segment(practice, "Silent", ("standing", "quiet"))
    with pytest.raises(Refused, match="segment-by-silence"):
        promise(practice, view, 30)
