"""Experience: engagements like this one are counted as they stood on the day, with how they ended and who did them."""

from __future__ import annotations

from typing import Any

import pytest

from db.capture import add_role
from db.engagements import EngagementEdit, NewRole, edit_engagement
from db.experience import Experience, Sought, find_experience, like_engagement, set_may_cite
from db.parties import NewParty
from db.people import NewPerson, add_person
from db.practice import Practice
from tests.db.lived import day, did, someone, worked


def found(practice: Practice, on: int = 0, **sought: Any) -> Experience:
    """The experience with what is sought."""
    return practice.ask(find_experience, Sought(**sought), day(on))


@pytest.fixture
def works(practice: Practice) -> list[int]:
    """Three engagements about leases, one of them ended, one declined, and one about a divorce."""
    person = did(practice, add_person, NewPerson(name="Marta Lis"))
    one, other = someone(practice, name="Portus"), someone(practice, name="Ada Brook")
    made = [
        worked(practice, one, -90, "completed", title="Berth"),
        worked(practice, other, -60, title="Flat"),
        worked(practice, other, -30, "disengaged", title="Shop"),
        worked(practice, other, -20, "proposed", title="Barn"),
        worked(practice, other, -10, title="Divorce"),
    ]
    for engagement, area in zip(made, ("Leases", "leases", "Leases", "Leases", "Family"), strict=True):
        edit = EngagementEdit(area=area)
        practice.do(edit_engagement, engagement, edit)
    practice.do(edit_engagement, made[0], EngagementEdit(responsible_id=person))
    practice.do(add_role, NewRole(engagement_id=made[1], party_id=1, kind="adverse"), NewParty(name="Landlord"))
    return made


def test_engagements_of_an_area_are_counted_with_how_they_ended(practice: Practice, works: list[int]) -> None:
    told = found(practice, area="LEASES")
    assert (told.count, told.clients, told.since) == (3, 2, day(-90))
    assert dict(told.ended) == {"open": 1, "completed": 1, "disengaged": 1}
    assert told.people == (("Marta Lis", 1),)
    assert practice.ask(like_engagement, works[1]) == Sought(area="leases")


def test_what_ended_later_was_open_on_the_day(practice: Practice, works: list[int]) -> None:
    assert dict(found(practice, -90, area="Leases").ended) == {"open": 1}
    assert found(practice, -91, area="Leases").count == 0
    assert found(practice, -90).rows[0].outcome == ""


def test_opponent_words_and_outcome_narrow_it(practice: Practice, works: list[int]) -> None:
    assert [row.title for row in found(practice, adverse="person").rows] == ["Flat"]
    assert [row.title for row in found(practice, question="erth").rows] == ["Berth"]
    assert found(practice, outcome="Done").count == 2
    assert found(practice, area="Whaling").count == 0


def test_consent_to_be_named_is_kept_and_can_be_taken_back(practice: Practice, works: list[int]) -> None:
    assert found(practice).cited == 0
    practice.do(set_may_cite, works[0], True)
    assert [row.title for row in found(practice).rows if row.may_cite] == ["Berth"]
    practice.undo()
    assert found(practice).cited == 0
