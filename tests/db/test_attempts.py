"""From occasional to client: who fits, what would make him stay, what was tried and what came of it."""

from __future__ import annotations

import pytest

from db.attempts import (
    AttemptEdit,
    NewAttempt,
    add_attempt,
    count_attempts,
    finish_attempt,
    list_attempts,
    list_occasional,
    remove_attempt,
)
from db.clients import ClientEdit, NewStanding, change_standing, edit_client
from db.engagements import EngagementEdit, edit_engagement
from db.errors import Refused
from db.insights import NewInsight, record_insight
from db.practice import Practice
from tests.db.lived import advised, day, did, someone, worked


def for_leases(practice: Practice, client: int, area: str = "Leases") -> int:
    """Work in an area; gives its id."""
    engagement = worked(practice, client, -50)
    practice.do(edit_engagement, engagement, EngagementEdit(area=area))
    return engagement


def test_only_those_who_bought_once_are_looked_at(practice: Practice) -> None:
    once = someone(practice, "occasional", "Once")
    someone(practice, "client", "Stays")
    assert [row.client_id for row in practice.ask(list_occasional)] == [once]
    practice.do(change_standing, once, NewStanding(standing="client", changed_on=day(-2)))
    assert practice.ask(list_occasional) == []
    assert [row.client_id for row in practice.ask(list_occasional, day(-3))] == [once]


def test_he_fits_who_shares_marks_with_those_who_stayed(practice: Practice) -> None:
    for name in ("One", "Two", "Three"):
        for_leases(practice, someone(practice, "client", name))
    like, unlike = someone(practice, "occasional", "Like"), someone(practice, "occasional", "Unlike")
    engagement = for_leases(practice, like)
    for_leases(practice, unlike, "Divorces")
    first, second = practice.ask(list_occasional)
    assert (first.client_id, second.client_id, first.engagement_id) == (like, unlike, engagement)
    assert {reason.code for reason in first.fits} == {"fits-kind", "fits-area"}
    assert {reason.code for reason in second.fits} == {"fits-kind"}
    (area,) = [reason for reason in first.fits if reason.code == "fits-area"]
    assert (area.facts["words"], area.facts["count"], area.facts["of"]) == ("Leases", 3, 3)


def test_two_who_stayed_make_no_mark(practice: Practice) -> None:
    for name in ("One", "Two"):
        someone(practice, "client", name)
    someone(practice, "occasional", "Once")
    assert practice.ask(list_occasional)[0].fits == ()


def test_what_would_make_him_stay_is_told_in_his_own_words(practice: Practice) -> None:
    client = someone(practice, "occasional")
    practice.do(edit_client, client, ClientEdit(valued="Plain words"))
    insight = did(
        practice, record_insight, NewInsight(client_id=client, kind="interview", verbatim="I like to be called first")
    )
    advised(practice, client, -9)
    (row,) = practice.ask(list_occasional)
    assert [(reason.code, reason.facts["words"]) for reason in row.says] == [
        ("says-values", "Plain words"),
        ("says-insight", "I like to be called first"),
    ]
    assert (row.says[1].noun, row.says[1].id, row.last_on) == ("insight", insight, day(-9))


def test_what_was_tried_and_what_came_of_it_is_kept_and_counted(practice: Practice) -> None:
    stayed, left = someone(practice, "occasional", "Stayed"), someone(practice, "occasional", "Left")
    waits = someone(practice, "occasional", "Waits")
    for client in (stayed, left, waits):
        attempt = did(practice, add_attempt, NewAttempt(client_id=client, what="A free review", tried_on=day(-30)))
    practice.do(finish_attempt, attempt, AttemptEdit(came_of_it="He thinks about it"))
    practice.do(change_standing, stayed, NewStanding(standing="client", changed_on=day(-10)))
    practice.do(change_standing, left, NewStanding(standing="former", reason="price", changed_on=day(-5)))
    told = practice.ask(count_attempts)
    assert (told.tried, told.stayed, told.left, told.waiting) == (3, 1, 1, 1)
    earlier = practice.ask(count_attempts, day(-7))
    assert (earlier.stayed, earlier.left, earlier.waiting) == (1, 0, 2)
    assert practice.ask(list_attempts, day(-31)) == []
    assert practice.ask(list_occasional)[0].attempts[0].came_of_it == "He thinks about it"
    practice.do(remove_attempt, attempt)
    assert len(practice.ask(list_attempts)) == 2
    practice.undo()
    assert len(practice.ask(list_attempts)) == 3


def test_what_is_not_tried_yet_is_no_attempt(practice: Practice) -> None:
    with pytest.raises(Refused, match="not-yet: tried_on"):
        practice.do(add_attempt, NewAttempt(client_id=someone(practice), what="Lunch", tried_on=day(1)))
