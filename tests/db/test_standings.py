"""Standing: the facts suggest a change, a person makes it; one client and all of them are judged by the same rules."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db.clients import NewStanding, change_standing, list_standing
from db.history import list_steps
from db.practice import Practice
from db.reviews import NewReview, hold_review
from db.standings import SILENT_DAYS, StandingSuggested, count_suggested, suggest_standing
from db.tables import Engagement, Review
from tests.db.lived import Enough, advised, day, someone, worked, written


def suggested(practice: Practice, on: dt.date | None = None) -> list[tuple[str, list[str]]]:
    """What is suggested for everybody, with the codes of its reasons."""
    return [(row.suggested, [each.code for each in row.reasons]) for row in practice.ask(suggest_standing, on)]


def test_first_agreed_engagement_makes_an_enquiry_occasional(practice: Practice) -> None:
    client = someone(practice, "enquiry")
    engagement = worked(practice, client, -30)
    (row,) = practice.ask(suggest_standing)
    assert (row.client_id, row.standing, row.suggested, row.since) == (client, "enquiry", "occasional", day(-30))
    assert (row.reasons[0].code, row.reasons[0].noun, row.reasons[0].id) == ("standing-first", "engagement", engagement)


def test_proposal_makes_an_enquiry_a_prospect_and_no_more(practice: Practice) -> None:
    worked(practice, someone(practice, "enquiry"), -3, "proposed")
    assert suggested(practice) == [("prospect", ["standing-proposed"])]
    practice.do(change_standing, 1, NewStanding(standing="prospect"))
    assert suggested(practice) == []


def test_second_engagement_is_a_decision_to_continue(practice: Practice) -> None:
    client = someone(practice, "occasional")
    worked(practice, client, -200, "completed")
    assert suggested(practice) == []
    worked(practice, client, -10)
    assert suggested(practice) == [("client", ["standing-again"])]


def test_work_that_comes_again_is_a_decision_to_continue(practice: Practice) -> None:
    worked(practice, someone(practice, "occasional"), -20, recurs="yearly")
    assert suggested(practice) == [("client", ["standing-recurs"])]


def test_his_word_in_a_review_decides_whether_he_is_a_client(practice: Practice) -> None:
    client = someone(practice, "occasional")
    worked(practice, client, -90)
    practice.do(hold_review, NewReview(client_id=client, held_on=day(-9), they="continues", we="continue"))
    assert suggested(practice) == [("client", ["standing-continues", "standing-first"])]
    practice.do(hold_review, NewReview(client_id=client, held_on=day(-2), they="leaves", we="continue"))
    assert suggested(practice) == [("former", ["standing-leaves"])]


def test_old_review_says_nothing_against_a_standing_set_later(practice: Practice) -> None:
    client = someone(practice, "client")
    practice.do(hold_review, NewReview(client_id=client, held_on=day(-30), they="leaves", we="continue"))
    practice.do(change_standing, client, NewStanding(standing="former", reason="price", changed_on=day(-29)))
    practice.do(change_standing, client, NewStanding(standing="client", changed_on=day(-5)))
    assert suggested(practice) == []


def test_two_years_without_a_sign_are_a_farewell(practice: Practice) -> None:
    client = someone(practice, "client", since=-2000)
    advised(practice, client, -SILENT_DAYS - 1)
    (row,) = practice.ask(suggest_standing)
    assert (row.suggested, row.reasons[0].facts["days"]) == ("former", SILENT_DAYS + 1)
    assert suggested(practice, day(-2)) == []
    worked(practice, client, -5)
    assert suggested(practice) == []


def test_client_of_whom_nothing_is_known_is_left_alone(practice: Practice) -> None:
    someone(practice, since=-4000)
    assert suggested(practice) == []


def test_one_who_left_and_comes_again_is_a_client_again(practice: Practice) -> None:
    client = someone(practice, "client", since=-900)
    worked(practice, client, -800, "completed")
    practice.do(change_standing, client, NewStanding(standing="former", reason="moved", changed_on=day(-100)))
    assert suggested(practice) == []
    worked(practice, client, -4)
    assert suggested(practice) == [("client", ["standing-again"])]


def test_change_made_by_a_person_keeps_its_reason_and_can_be_undone(practice: Practice) -> None:
    client = someone(practice, "occasional")
    practice.do(change_standing, client, NewStanding(standing="client", reason="continues", words="Yearly from now on"))
    last = practice.ask(list_standing, client)[-1]
    assert (last.standing, last.reason, last.words) == ("client", "continues", "Yearly from now on")
    assert practice.ask(list_steps, limit=1)[0].verb == "change_standing"
    practice.undo()
    assert [row.standing for row in practice.ask(list_standing, client)] == ["occasional"]


Life = tuple[str, list[tuple[int, str, bool]], list[tuple[int, str, str]]]
STANDINGS = ("enquiry", "prospect", "occasional", "client", "former", "declined")
THEY = ("continues", "unsure", "leaves")
lives = st.tuples(
    st.sampled_from(STANDINGS),
    st.lists(
        st.tuples(st.integers(0, 1500), st.sampled_from(("proposed", "active", "completed")), st.booleans()), max_size=3
    ),
    st.lists(
        st.tuples(
            st.integers(0, 900),
            st.sampled_from(("continues", "unsure", "leaves")),
            st.sampled_from(("continue", "disengage")),
        ),
        max_size=2,
    ),
)


def lived(session: Session, life: Life, at: int) -> int:
    """A client with such a life, written as it is; gives his id."""
    standing, works, reviews = life
    client = written(session, standing, at)
    for place, (ago, stage, comes_again) in enumerate(works):
        engagement = Engagement(client_id=client, number=f"E-{at}-{place}", title="W", stage=stage, opened_on=day(-ago))
        engagement.closed_on = day(min(0, 90 - ago)) if stage == "completed" else None
        engagement.recurs = "yearly" if comes_again else ""
        session.add(engagement)
    for ago, they, we in reviews:
        session.add(Review(client_id=client, held_on=day(-ago), they=they, we=we))
    session.flush()
    return client


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lives, min_size=1, max_size=6), st.integers(0, 400))
def test_one_client_is_judged_as_among_all(practice: Practice, all_lives: list[Life], ago: int) -> None:
    def look(session: Session) -> None:
        ids = [lived(session, life, at) for at, life in enumerate(all_lives)]
        whole = {row.client_id: row for row in suggest_standing(session, day(-ago))}
        alone = {row.client_id: row for each in ids for row in suggest_standing(session, day(-ago), each)}
        assert whole == alone
        assert sum(count_suggested(session, day(-ago)).values()) == len(whole)
        for row in whole.values():
            _sound(row, day(-ago))
        raise Enough

    with pytest.raises(Enough):
        practice.do(look)


def _sound(row: StandingSuggested, on: dt.date) -> None:
    assert row.suggested != row.standing
    assert row.reasons
    for reason in row.reasons:
        assert reason.noun
        assert reason.id is not None
        told = reason.facts["on"]
        assert isinstance(told, dt.date)
        assert told <= on


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives, st.integers(1, 400))
def test_nothing_later_changes_what_was_suggested(practice: Practice, life: Life, ago: int) -> None:
    def look(session: Session) -> None:
        client = lived(session, life, 1)
        before = suggest_standing(session, day(-ago), client)
        session.add(Engagement(client_id=client, number="E-later", title="L", stage="active", opened_on=day(1 - ago)))
        session.add(Review(client_id=client, held_on=day(1 - ago), they="leaves", we="disengage"))
        session.flush()
        assert suggest_standing(session, day(-ago), client) == before
        raise Enough

    with pytest.raises(Enough):
        practice.do(look)
