"""A practice of which all is known: what went before each No is found, and the warnings come in time."""

from __future__ import annotations

import datetime as dt

from db.practice import Practice
from db.said_no import said_no
from db.standings import suggest_standing
from db.suggestions import suggest
from tests.db.known_truths import Truths, known_truths

LONG_BEFORE = dt.timedelta(days=30)
# Rules that say: somebody is about to say No.
WARNINGS = {"concern", "concern-before-renewal", "quiet", "promise-late", "low-score"}


def warned(practice: Practice, client: int, on: dt.date) -> bool:
    """Whether a warning was told of a client on a day."""
    return any(one.rule.name in WARNINGS for one in practice.ask(suggest, on, client))


def test_each_no_is_known_by_what_went_before_it(practice: Practice) -> None:
    truths = known_truths(practice)
    told = practice.ask(said_no)
    after = {row.client_id: row.after for row in told.rows}
    found = [client for client in truths.leaving if after[client] != ("nothing",)]
    false = [client for client in truths.sudden if after[client] != ("nothing",)]
    assert (len(found), len(truths.leaving), len(false)) == (4, 4, 0)
    assert dict(told.by_reason)["service"] >= 4


def test_who_leaves_after_signs_is_warned_of_a_month_before(practice: Practice) -> None:
    truths = known_truths(practice)
    left_on = {row.client_id: row.on for row in practice.ask(said_no).rows}
    caught = sum(warned(practice, client, left_on[client] - LONG_BEFORE) for client in truths.leaving)
    alarms = sum(warned(practice, client, left_on[client] - LONG_BEFORE) for client in truths.sudden)
    now = sum(warned(practice, client, dt.date.today()) for client in truths.staying)
    assert (caught, len(truths.leaving)) == (4, 4)
    # Nothing was to be seen of those who left from one day to the next; nor is it of those who are well now.
    assert (alarms, now) == (0, 0)


def test_what_was_mended_but_for_one_promise_is_told_by_that_promise_alone(practice: Practice) -> None:
    (client,) = known_truths(practice).mended
    assert [one.rule.name for one in practice.ask(suggest, None, client)] == ["promise-late"]


def test_nobody_who_stays_is_suggested_to_be_former(practice: Practice) -> None:
    truths: Truths = known_truths(practice)
    suggested = {row.client_id: row.suggested for row in practice.ask(suggest_standing)}
    assert [client for client in truths.stayed if suggested.get(client) == "former"] == []
