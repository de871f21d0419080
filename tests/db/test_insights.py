"""Insights: verbatim first, scores on their scale, themes counted by people, and what was done told back."""

from __future__ import annotations

import datetime as dt

import pytest

from db.errors import Refused
from db.insight_lists import count_insights, get_insight, list_insight_ids, list_scores, list_themes, suggest_themes
from db.insights import (
    NewAction,
    NewInsight,
    Telling,
    edit_insight,
    finish_insight_action,
    record_insight,
    settle_complaint,
    tell_what_was_done,
)
from db.practice import Practice
from db.search import find
from tests.db.made import client

TODAY = dt.date.today()


def _record(practice: Practice, **values: object) -> int:
    given = {"kind": "survey", "verbatim": "You explain the risk before the price.", **values}
    number = practice.do(record_insight, NewInsight.model_validate(given)).result
    assert isinstance(number, int)
    return number


def test_what_was_said_is_kept_with_its_score_and_scale(practice: Practice) -> None:
    who = client(practice)
    number = _record(practice, client_id=who, metric="recommend", score=9, themes=("Clarity", "Price"))
    row = practice.ask(get_insight, number)
    assert row is not None
    assert (row.client, row.score, row.scale, row.themes) == ("Mateusz Zolc", 9, 10, ["Clarity", "Price"])
    practice.undo()
    assert practice.ask(list_insight_ids) == []
    assert practice.check().ok


@pytest.mark.parametrize(("metric", "score"), [("recommend", 11), ("satisfaction", 0), ("ease", 8)])
def test_a_score_off_its_scale_is_refused_beside_the_score(practice: Practice, metric: str, score: int) -> None:
    with pytest.raises(Refused, match="off-the-scale: score"):
        _record(practice, metric=metric, score=score)


def test_a_question_needs_its_score_and_a_score_its_question(practice: Practice) -> None:
    with pytest.raises(Refused, match="required: score"):
        _record(practice, metric="recommend")
    with pytest.raises(Refused, match="score-of-what: metric"):
        _record(practice, score=9)


def test_only_a_complaint_praise_or_word_at_the_front_needs_a_client(practice: Practice) -> None:
    _record(practice, kind="focus group", said_by="Six shop owners")
    with pytest.raises(Refused, match="required: client_id"):
        _record(practice, kind="complaint")
    with pytest.raises(Refused, match="not-yet: heard_on"):
        _record(practice, heard_on=TODAY + dt.timedelta(days=1))


def test_a_theme_written_in_another_case_is_the_same_theme(practice: Practice) -> None:
    _record(practice, themes=("Clarity",), feeling="pleased")
    _record(practice, themes=("clarity", "Speed"), verbatim="Always clear, always late", feeling="displeased")
    first, second = practice.ask(list_themes)
    assert (first.name, first.said, first.of, first.pleased, first.displeased) == ("Clarity", 2, 2, 1, 1)
    assert first.quotes == ["Always clear, always late", "You explain the risk before the price."]
    assert (second.name, second.said, second.of) == ("Speed", 1, 2)
    assert practice.ask(suggest_themes, "cla") == ["Clarity"]


def test_below_thirty_answers_there_is_no_net_score(practice: Practice) -> None:
    for score in [10] * 20 + [5] * 9:
        _record(practice, metric="recommend", score=score)
    (row,) = practice.ask(list_scores)
    assert (row.n, row.good, row.poor, row.net) == (29, 20, 9, None)
    _record(practice, metric="recommend", score=8)
    assert practice.ask(list_scores)[0].net == 37


def test_the_client_is_told_only_what_was_done(practice: Practice) -> None:
    action = NewAction(what="Monthly statement", owner="Elena", due_on=TODAY)
    number = _record(practice, action=action)

    def counted() -> dict[str, int]:
        return practice.ask(count_insights)

    row = practice.ask(get_insight, number)
    assert row is not None
    (todo,) = row.actions
    with pytest.raises(Refused, match="not-done-yet: how"):
        practice.do(tell_what_was_done, todo.id, Telling(how="By e-mail"))
    assert (counted()["actions"], counted()["to tell"]) == (1, 0)
    practice.do(finish_insight_action, todo.id)
    assert (counted()["actions"], counted()["to tell"]) == (0, 1)
    practice.do(tell_what_was_done, todo.id, Telling(how="By e-mail"))
    assert (counted()["to tell"], counted()["told"]) == (0, 1)
    with pytest.raises(Refused, match="already-told"):
        practice.do(tell_what_was_done, todo.id, Telling(how="Again"))


def test_a_complaint_is_open_until_it_is_settled(practice: Practice) -> None:
    number = _record(practice, kind="complaint", client_id=client(practice))
    assert practice.ask(list_insight_ids, state="complaints") == [number]
    practice.do(settle_complaint, number)
    assert practice.ask(list_insight_ids, state="complaints") == []
    with pytest.raises(Refused, match="already-resolved"):
        practice.do(settle_complaint, number)


def test_what_was_said_and_its_themes_are_found_and_corrections_too(practice: Practice) -> None:
    number = _record(practice, themes=("Invoices",))
    assert [(hit.noun, hit.id) for hit in practice.ask(find, "explain risk").hits] == [("insight", number)]
    assert practice.ask(find, "invoices").total == 1
    practice.do(edit_insight, number, NewInsight(kind="survey", verbatim="You listen.", themes=("Patience",)))
    assert practice.ask(find, "invoices").total == 0
    assert practice.ask(find, "patience listen").total == 1
    assert practice.check().ok


def test_the_list_is_narrowed_by_kind_theme_client_and_words(practice: Practice) -> None:
    who = client(practice)
    mine = _record(practice, client_id=who, themes=("Price",), verbatim="Dear, but 100% worth it")
    other = _record(practice, kind="social", said_by="@zolc_fan")
    assert practice.ask(list_insight_ids, client_id=who) == [mine]
    assert practice.ask(list_insight_ids, kind="social") == [other]
    assert practice.ask(list_insight_ids, theme="Price") == [mine]
    assert practice.ask(list_insight_ids, text="100%") == [mine]
    assert practice.ask(list_insight_ids, "who", False, "zolc") == [other, mine]
