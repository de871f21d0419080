"""The back-test: what health said 90 days before clients really left, in a practice of which all is known."""

from __future__ import annotations

from db.backtest import back_test
from db.health import HealthWeights, health, list_scores, set_health_weights
from db.practice import Practice
from tests.db.known_truths import Truths
from tests.db.lived import TODAY, day


def test_who_left_is_told_as_caught_missed_or_too_new(known: Practice, truths: Truths) -> None:
    told = known.ask(back_test)
    outcomes = {row.client_id: row.outcome for row in told.left}
    assert outcomes == {
        **dict.fromkeys(truths.leaving, "caught"),
        **dict.fromkeys(truths.sudden, "missed"),
        **dict.fromkeys(truths.new, "too new"),
    }
    assert (told.caught, told.missed, told.too_new) == (4, 2, 1)
    assert [row.left_on for row in told.left] == sorted((row.left_on for row in told.left), reverse=True)


def test_a_false_alarm_is_one_below_the_threshold_who_stayed(known: Practice, truths: Truths) -> None:
    told = known.ask(back_test)
    low = [
        client
        for ago in range(90, 721, 90)
        for client, score in known.ask(list_scores, day(-ago), truths.stayed).items()
        if score is not None and score < told.threshold
    ]
    # Only he whose bad half year was mended: who left within a year of a look was no false alarm.
    assert set(low) == set(truths.mended)
    assert told.false_alarms == len(low)
    assert told.looks > 25


def test_another_threshold_of_the_practice_tells_otherwise_and_the_table_shows_each(known: Practice) -> None:
    known.do(set_health_weights, HealthWeights(threshold=5))
    told = known.ask(back_test)
    assert (told.caught, told.missed) == (0, 6)
    assert [each.threshold for each in told.by_threshold] == [5, 30, 40, 50, 60, 70, 80]
    for lower, higher in zip(told.by_threshold, told.by_threshold[1:], strict=False):
        assert lower.caught + lower.missed == higher.caught + higher.missed == 6
        assert lower.caught <= higher.caught
        assert lower.alarms <= higher.alarms


def test_what_came_later_changes_nothing_of_a_day_that_has_passed(known: Practice, truths: Truths) -> None:
    client = truths.leaving[0]
    then = known.ask(health, client, day(-140))
    assert then.score is not None
    # On the day he left he is served no more, and the day before he still was.
    assert known.ask(health, client, TODAY).score is None
    assert known.ask(health, client, day(-41)).score is not None
    assert known.ask(health, client, day(-140)) == then
