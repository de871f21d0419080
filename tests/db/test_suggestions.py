"""The next right thing: rules hold of facts alone, at most three are told, and what was answered is respected."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db.errors import Refused
from db.insights import NewInsight, record_insight
from db.measures import MEASURES
from db.parties import NewParty, add_party
from db.practice import Practice
from db.referrals import NewReferral, add_referral
from db.suggestion_rules import NewRule, RuleCondition, add_rule, brought, list_rules, remove_rule, switch_rule
from db.suggestions import (
    MOST_FOR_A_CLIENT,
    NewAnswer,
    Suggestion,
    answer_suggestion,
    count_followed,
    suggest,
    take_back_answer,
)
from db.tables import Advice, Insight, Promise, TrustNote
from db.trust import NewPromise, NewTrustNote, Settling, add_promise, keep_promise, note_trust
from tests.db.lived import TODAY, Enough, advised, day, did, morning, someone, written


def names(practice: Practice, client: int | None = None, on: dt.date | None = None) -> list[str]:
    """The rules that speak, in order."""
    return [each.rule.name for each in practice.ask(suggest, on, client)]


def promised(practice: Practice, client: int, due: int, made: int = -20) -> int:
    """A promise of ours due so many days from today; gives its id."""
    new = NewPromise(client_id=client, text="The draft lease", made_on=day(made), due_on=day(due))
    return int(did(practice, add_promise, new))


def test_every_rule_says_what_it_is_made_of_in_three_languages() -> None:
    assert len(brought()) >= 15
    for rule in brought():
        assert rule.when
        assert {language for language in ("en", "es", "pl") if rule.said(language)} == {"en", "es", "pl"}
        assert set(rule.covers) <= {each.name for each in brought()}
        assert len(set(rule.words.values())) == 3


def test_practice_without_anything_to_do_is_told_nothing(practice: Practice) -> None:
    advised(practice, someone(practice), -3)
    assert names(practice) == []


def test_late_promise_comes_with_its_record(practice: Practice) -> None:
    client = someone(practice)
    promise = promised(practice, client, -4)
    (one,) = practice.ask(suggest)
    (reason,) = one.reasons
    assert (one.client_id, one.rule.name, reason.code, reason.noun, reason.id) == (
        *(client, "promise-late", "promise-late-days", "promise", promise),
    )
    assert (reason.facts["value"], reason.facts["words"]) == (4, "The draft lease")
    practice.do(keep_promise, promise, Settling())
    assert names(practice) == []


def test_promise_kept_since_was_late_on_that_day(practice: Practice) -> None:
    promise = promised(practice, someone(practice), -4)
    practice.do(keep_promise, promise, Settling(on=day(-1)))
    assert names(practice, on=day(-2)) == ["promise-late"]
    assert names(practice, on=day(-5)) == ["promise-due"]


def test_silence_is_told_against_his_own_rhythm_with_the_last_thing_said(practice: Practice) -> None:
    client = someone(practice)
    *_earlier, last = advised(practice, client, -124, -104, -84, -64, question="A cap on fees?")
    (one,) = [each for each in practice.ask(suggest) if each.rule.name == "quiet"]
    (reason,) = one.reasons
    assert (reason.noun, reason.id, reason.facts["words"]) == ("advice", last, "A cap on fees?")
    assert (reason.facts["days"], reason.facts["extra"]) == (64, 20)


def test_restricted_concern_counts_without_its_words(practice: Practice) -> None:
    client = someone(practice)
    new = NewTrustNote(client_id=client, kind="concern", text="He drinks", restricted=True, noted_at=morning(-3))
    practice.do(note_trust, new)
    (one,) = practice.ask(suggest)
    assert (one.rule.name, one.reasons[0].facts["words"]) == ("concern", "")
    assert "drinks" not in repr(one)


def test_rule_that_covers_another_speaks_alone(practice: Practice) -> None:
    client = someone(practice)
    heard = NewInsight(
        client_id=client, kind="survey", verbatim="Fine", metric="recommend", score=9, heard_on=day(-100)
    )
    practice.do(record_insight, heard)
    for name in ("Bo", "Cy"):
        sent = did(practice, add_party, NewParty(name=name))
        practice.do(add_referral, NewReferral(direction="in", sent_id=sent, from_id=1, referred_on=day(-9)))
    assert names(practice, client) == ["sends-and-recommends"]
    assert [reason.facts["value"] for reason in practice.ask(suggest, None, client)[0].reasons] == [9, 2]


def test_no_client_is_told_more_than_three_things_and_the_weightiest_come_first(practice: Practice) -> None:
    client = someone(practice)
    advised(practice, client, -150, -130, -110, -90)
    promised(practice, client, -4)
    promised(practice, client, 1)
    practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="Slow", noted_at=morning(-3)))
    assert names(practice) == ["promise-late", "concern", "quiet"]


def test_client_of_a_better_grade_comes_first(practice: Practice) -> None:
    plain, best = someone(practice, name="Plain", grade="D"), someone(practice, name="Best", grade="A")
    for client in (plain, best):
        promised(practice, client, -4)
    assert [each.client_id for each in practice.ask(suggest)] == [best, plain]
    assert [each.client_id for each in practice.ask(suggest, limit=1)] == [best]


# ---------------------------------------------------------------------- answers


def answer(practice: Practice, client: int, rule: str, kind: str, on: dt.date = TODAY, **more: object) -> None:
    """Answer a suggestion on a day."""
    new = NewAnswer.model_validate({"client_id": client, "rule": rule, "answer": kind, **more})
    practice.do(answer_suggestion, new, on)


def test_never_is_never_for_this_client_alone_until_it_is_taken_back(practice: Practice) -> None:
    one, other = someone(practice, name="One"), someone(practice, name="Other")
    for client in (one, other):
        promised(practice, client, -4)
    answer(practice, one, "promise-late", "never")
    assert [each.client_id for each in practice.ask(suggest)] == [other]
    assert names(practice, one, day(0) + dt.timedelta(days=3000)) == []
    practice.do(take_back_answer, one, "promise-late")
    assert len(practice.ask(suggest)) == 2


def test_later_is_until_its_day(practice: Practice) -> None:
    client = someone(practice)
    promised(practice, client, -4)
    answer(practice, client, "promise-late", "later", until_on=day(5))
    assert names(practice) == []
    assert names(practice, client, day(5)) == ["promise-late"]
    with pytest.raises(Refused, match="required: until_on"):
        answer(practice, client, "promise-late", "later")
    with pytest.raises(Refused, match="aside-past: until_on"):
        answer(practice, client, "promise-late", "later", until_on=TODAY)


def test_done_rests_and_a_newer_record_calls_again(practice: Practice) -> None:
    client = someone(practice)
    practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="Slow", noted_at=morning(-30)))
    answer(practice, client, "concern", "done", on=day(-5))
    assert names(practice) == []
    assert names(practice, client, day(9)) == ["concern"]
    practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="Slower", noted_at=morning(-2)))
    assert names(practice) == ["concern"]
    assert names(practice, client, day(-3)) == []


def test_answer_to_a_rule_that_there_is_not_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="no-such-rule"):
        answer(practice, someone(practice), "poem", "done")


def test_what_was_followed_and_what_came_of_it_is_counted(practice: Practice) -> None:
    one, other = someone(practice, name="One"), someone(practice, name="Other")
    answer(practice, one, "quiet", "done", on=day(-40))
    answer(practice, other, "quiet", "done", on=day(-40))
    answer(practice, other, "ask", "never", on=day(-40))
    advised(practice, one, -35)
    told = {row.rule: row for row in practice.ask(count_followed)}
    quiet, ask = told["quiet"], told["ask"]
    assert (quiet.done, quiet.in_touch, quiet.left, ask.done, ask.never) == (2, 1, 0, 0, 1)
    assert practice.ask(count_followed, day(-36))[0].in_touch == 0


# ---------------------------------------------------------------------- rules of one's own


def own(words: str = "Send the calendar", **more: object) -> NewRule:
    """A rule of the practice's own, on clients of a year's silence by itself."""
    when = more.pop("when", ({"measure": "silent_days", "at_least": 365},))
    return NewRule.model_validate({"words": words, "when": when, **more})


def test_rule_of_ones_own_speaks_and_can_be_switched_off_and_removed(practice: Practice) -> None:
    client = someone(practice, since=-800)
    advised(practice, client, -400)
    name = did(practice, add_rule, own())
    (one,) = practice.ask(suggest)
    assert (one.rule.name, one.rule.said("pl"), one.reasons[0].facts["value"]) == (name, "Send the calendar", 400)
    practice.do(switch_rule, name, False)
    assert names(practice) == []
    practice.do(switch_rule, name, True)
    assert names(practice) == [name]
    practice.do(remove_rule, name)
    assert names(practice) == []
    practice.undo()
    assert names(practice) == [name]


def test_rule_that_is_brought_can_be_switched_off(practice: Practice) -> None:
    promised(practice, someone(practice), -4)
    practice.do(switch_rule, "promise-late", False)
    assert names(practice) == []
    assert {rule.name for rule in practice.ask(list_rules) if not rule.on} == {"promise-late"}
    with pytest.raises(Refused, match="no-such-rule"):
        practice.do(remove_rule, "promise-late")


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ((), "required"),
        (({"measure": "silent_days"},), "condition-without-number"),
        (({"measure": "silent_days", "at_least": 9, "at_most": 8},), "condition-impossible"),
        (({"measure": "open_concerns", "at_most": 0},), "condition-of-all"),
        (({"measure": "silent_days", "at_least": 9}, {"measure": "silent_days", "at_most": 99}), "condition-twice"),
    ],
)
def test_rule_without_sense_is_refused(practice: Practice, when: tuple[object, ...], code: str) -> None:
    with pytest.raises(Refused, match=code):
        practice.do(add_rule, own(when=when))


def test_condition_is_from_the_closed_list() -> None:
    with pytest.raises(Refused, match="not-one-of"):
        RuleCondition.model_validate({"measure": "mood", "at_least": 1})


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_can_be_a_condition(practice: Practice, name: str) -> None:
    practice.do(add_rule, own(when=({"measure": name, "at_least": 1},)))
    someone(practice)
    assert isinstance(practice.ask(suggest), list)
    assert isinstance(practice.ask(suggest, day(-100), 1), list)


# ---------------------------------------------------------------------- whatever chance invents

Life = tuple[str, list[int], list[tuple[int, int]], list[int], list[tuple[int, int]]]
days_ago = st.integers(1, 500)
lives = st.tuples(
    st.sampled_from(("client", "occasional", "former")),
    st.lists(days_ago, max_size=6),
    st.lists(st.tuples(st.integers(0, 60), st.integers(-40, 40)), max_size=3),
    st.lists(days_ago, max_size=2),
    st.lists(st.tuples(days_ago, st.integers(0, 10)), max_size=2),
)


def lived(session: Session, life: Life, at: int) -> int:
    """A client with entries, promises, concerns and scores, written as they are; gives his id."""
    standing, entries, promises, concerns, scores = life
    client = written(session, standing, at)
    for ago in entries:
        session.add(
            Advice(client_id=client, given_at=morning(-ago), question="Q", state="recorded", recorded_at=morning(-ago))
        )
    for made, due in promises:
        session.add(Promise(client_id=client, text="P", made_on=day(-made), due_on=day(max(due, -made))))
    for ago in concerns:
        session.add(TrustNote(client_id=client, noted_at=morning(-ago), kind="concern", text="C"))
    for ago, score in scores:
        session.add(
            Insight(client_id=client, kind="survey", heard_on=day(-ago), verbatim="V", metric="recommend", score=score)
        )
    session.flush()
    return client


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lives, min_size=1, max_size=4), st.integers(0, 200))
def test_one_client_is_told_the_same_as_among_all(practice: Practice, all_lives: list[Life], ago: int) -> None:
    def look(session: Session) -> None:
        ids = [lived(session, life, at) for at, life in enumerate(all_lives)]
        whole = suggest(session, day(-ago))
        for client in ids:
            mine = [each for each in whole if each.client_id == client]
            assert suggest(session, day(-ago), client) == mine
            assert len(mine) <= MOST_FOR_A_CLIENT
            _sound(mine)
        raise Enough

    with pytest.raises(Enough):
        practice.do(look)


def _sound(told: list[Suggestion]) -> None:
    weights = [each.rule.weight for each in told]
    assert weights == sorted(weights, reverse=True)
    for each in told:
        assert each.reasons
        assert all(reason.noun and reason.id is not None for reason in each.reasons)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives, st.integers(1, 200))
def test_nothing_later_changes_what_was_told(practice: Practice, life: Life, ago: int) -> None:
    def look(session: Session) -> None:
        client = lived(session, life, 1)
        before = suggest(session, day(-ago), client)
        session.add(Advice(client_id=client, given_at=morning(1 - ago), question="L", state="recorded"))
        session.add(TrustNote(client_id=client, noted_at=morning(1 - ago), kind="concern", text="L"))
        session.add(Promise(client_id=client, text="L", made_on=day(1 - ago), due_on=day(2 - ago)))
        session.flush()
        assert suggest(session, day(-ago), client) == before
        raise Enough

    with pytest.raises(Enough):
        practice.do(look)
