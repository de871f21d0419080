"""Each number's definition says what is really asked of the file."""

from __future__ import annotations

import datetime as dt

from db.definitions import NUMBERS, list_definitions
from db.practice import Practice
from desktop.sample import fill_sample


def test_every_number_has_words_and_the_sql_that_reckons_it(practice: Practice) -> None:
    found = practice.ask(list_definitions)
    assert [each.name for each in found] == list(NUMBERS)
    for each in found:
        assert len(each.words) > 60, each.name
        assert each.sql, each.name
        assert all(sql.startswith(("SELECT", "WITH")) for sql in each.sql), each.name


def test_sql_is_that_of_the_practice_as_it_is(practice: Practice) -> None:
    before = {each.name: each.sql for each in practice.ask(list_definitions)}
    practice.do(fill_sample, "law", dt.date.today())
    after = {each.name: each.sql for each in practice.ask(list_definitions)}
    assert after["rhythm"] == before["rhythm"]
    assert any("client_health" in sql or "promise" in sql for sql in after["health"])
