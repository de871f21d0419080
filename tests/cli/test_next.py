"""The verbs that say what to do and what is heard: each with its reasons, its evidence, and any day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.insights import NewInsight, record_insight
from db.practice import Practice
from db.suggestion_rules import brought
from tests.cli.running import Ended, Told

TODAY = dt.date.today()


def day(offset: int) -> str:
    """A day so many days from today, as it is typed."""
    return (TODAY + dt.timedelta(days=offset)).isoformat()


@pytest.fixture
def late(told: Told, file: Path) -> Path:
    """The file with a promise that is late."""
    told("log", file, "promise", "--client", "C-0001", "--text", "The draft", "--made-on", day(-9), "--due-on", day(-2))
    return file


def test_suggest_says_what_to_do_why_and_by_which_record(told: Told, late: Path) -> None:
    answer = told("suggest", late)
    assert answer["as_of"] == TODAY.isoformat()
    (client,) = answer["clients"]
    assert (client["client"], client["name"]) == ("C-0001", "Iñaki Larrea")
    (one,) = client["suggestions"]
    assert (one["rule"], one["action"]) == ("promise-late", "keep")
    (reason,) = one["reasons"]
    assert "The draft" in reason["words"]
    assert "2 days late" in reason["words"]
    assert reason["evidence"] == {"noun": "promise", "id": 1}
    assert told("suggest", late, "--client", "Iñaki Larrea")["clients"] == answer["clients"]


def test_suggest_speaks_each_language(told: Told, late: Path) -> None:
    said = {told("suggest", late, "--language", name)["clients"][0]["suggestions"][0]["words"] for name in ("es", "pl")}
    rule = next(rule for rule in brought() if rule.name == "promise-late")
    assert said == {rule.words["es"], rule.words["pl"]}


def test_suggest_is_told_again_for_a_day_before(told: Told, file: Path) -> None:
    told("log", file, "client", "--name", "Nora Quill", "--standing", "client", "--since", day(-400))
    promise = ("--text", "The draft", "--made-on", day(-9), "--due-on", day(-2))
    told("log", file, "promise", "--client", "C-0002", *promise)
    assert told("suggest", file, "--as-of", day(-10))["clients"] == []
    (client,) = told("suggest", file, "--as-of", day(-3))["clients"]
    assert client["suggestions"][0]["rule"] == "promise-due"


def test_suggest_for_people(ended: Ended, late: Path) -> None:
    code, out, _err = ended("suggest", late)
    assert code == 0
    assert "Keep the promise" in out


def test_today_says_what_waits_with_its_record(told: Told, late: Path) -> None:
    answer = told("today", late)
    (row,) = [row for row in answer["clients"] if row["kind"] == "promise"]
    assert (row["client"], row["title"], row["days"]) == ("C-0001", "The draft", 2)
    assert row["reasons"][0]["evidence"] == {"noun": "promise", "id": 1}
    assert answer["total"]["promise"] == 1


def test_insight_says_what_was_heard_until_a_day(told: Told, file: Path) -> None:
    with Practice.open_with(file, None, who="Tess", backup=False) as practice:
        heard_on = TODAY - dt.timedelta(days=3)
        heard = NewInsight(client_id=1, kind="complaint", verbatim="Too slow", heard_on=heard_on)
        practice.do(record_insight, heard)
    answer = told("insight", file)
    (row,) = answer["clients"]
    assert (row["client"], row["days"], row["reasons"][0]["words"]) == ("C-0001", 3, "Too slow")
    assert (answer["count"], answer["open_complaints"]) == (1, 1)
    assert told("insight", file, "--as-of", day(-4))["clients"] == []


def test_referrals_say_who_sent_whom_and_what_came_of_it(told: Told, file: Path) -> None:
    told("log", file, "client", "--name", "Nora Quill", "--standing", "client", "--referred-by", "Iñaki Larrea")
    (row,) = told("referrals", file)["clients"]
    assert (row["client"], row["sent"], row["became"], row["thanks_owed"]) == ("C-0001", 1, 1, 1)
    assert told("referrals", file, "--client", "Nora Quill")["clients"] == []


@pytest.mark.parametrize("verb", ["suggest", "today", "insight", "referrals"])
def test_day_that_is_none_is_refused(ended: Ended, file: Path, verb: str) -> None:
    code, _out, err = ended(verb, file, "--as-of", "yesterday")
    assert code == 1
    assert "--as-of" in err
