"""Deadlines warn ahead, are met once, and a law matter without a limitation date is noticed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.deadlines import (
    DeadlineEdit,
    NewDeadline,
    add_deadline,
    edit_deadline,
    finish_deadline,
    lacks_limitation,
    list_deadlines,
    note_no_limitation,
    remove_deadline,
)
from db.engagements import NewStage, change_stage, list_engagement_rows
from db.errors import Refused
from db.firm import PracticeEdit, edit_practice
from db.practice import Practice
from tests.db.nouns import Known, known, result

TODAY = dt.date.today()


def noted(practice: Practice, here: Known, days: int, **more: Any) -> int:
    values: dict[str, Any] = {"kind": "hearing", "what": "Hearing in room 4", **more}
    new = NewDeadline(engagement_id=here.engagement, falls_on=TODAY + dt.timedelta(days=days), **values)
    return result(practice.do(add_deadline, new))


def test_a_deadline_is_near_from_its_own_day_of_warning_on(practice: Practice) -> None:
    here = known(practice)
    noted(practice, here, 8)
    noted(practice, here, 8, warn_days=30)
    noted(practice, here, -1)
    assert [(row.days_left, row.near) for row in practice.ask(list_deadlines, here.engagement)] == [
        *((-1, True), (8, False), (8, True)),
    ]


def test_a_deadline_met_is_no_longer_near_nor_the_next_date(practice: Practice) -> None:
    here = known(practice)
    number = noted(practice, here, 3)
    assert practice.ask(list_engagement_rows, [here.engagement])[0].next_on == TODAY + dt.timedelta(days=3)
    practice.do(finish_deadline, number)
    (row,) = practice.ask(list_deadlines, here.engagement)
    assert (row.done_on, row.near) == (TODAY, False)
    assert practice.ask(list_engagement_rows, [here.engagement])[0].next_on is None
    with pytest.raises(Refused, match="already-done"):
        practice.do(finish_deadline, number)


def test_an_open_matter_wants_a_limitation_date_or_the_word_that_none_applies(practice: Practice) -> None:
    here = known(practice)
    noted(practice, here, 3)
    assert practice.ask(lacks_limitation, here.engagement)
    with pytest.raises(Refused, match="required: why"):
        practice.do(note_no_limitation, here.engagement, " ")
    practice.do(note_no_limitation, here.engagement, "Advice only")
    assert not practice.ask(lacks_limitation, here.engagement)
    row = next(row for row in practice.ask(list_deadlines, here.engagement) if row.none_applies)
    assert (row.what, row.done_on) == ("Advice only", TODAY)
    practice.undo()
    noted(practice, here, 900, kind="limitation")
    assert not practice.ask(lacks_limitation, here.engagement)


def test_a_closed_matter_and_another_profession_want_no_limitation_date(practice: Practice) -> None:
    here = known(practice)
    practice.do(change_stage, here.engagement, NewStage(stage="completed", outcome="Settled"))
    assert not practice.ask(lacks_limitation, here.engagement)
    practice.do(change_stage, here.engagement, NewStage(stage="active"))
    practice.do(edit_practice, PracticeEdit(profession="design"))
    assert not practice.ask(lacks_limitation, here.engagement)


def test_a_time_that_is_none_is_refused_beside_its_field(practice: Practice) -> None:
    here = known(practice)
    number = noted(practice, here, 3, at_time="09:30")
    with pytest.raises(Refused, match="not-a-date: at_time"):
        practice.do(edit_deadline, number, DeadlineEdit(at_time="25:00"))
    with pytest.raises(Refused, match="required: falls_on"):
        practice.do(edit_deadline, number, DeadlineEdit(falls_on=None))
    practice.do(edit_deadline, number, DeadlineEdit(what="Hearing in room 5"))
    (row,) = practice.ask(list_deadlines, here.engagement)
    assert (row.what, row.at_time) == ("Hearing in room 5", "09:30")


def test_a_deadline_taken_off_comes_back_with_undo(practice: Practice) -> None:
    here = known(practice)
    practice.do(remove_deadline, noted(practice, here, 3))
    assert practice.ask(list_deadlines, here.engagement) == []
    practice.undo()
    assert len(practice.ask(list_deadlines, due_by=TODAY + dt.timedelta(days=3))) == 1
    assert practice.ask(list_deadlines, due_by=TODAY) == []
