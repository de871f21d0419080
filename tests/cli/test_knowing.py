"""The verbs that know the client: who may leave, who is quiet, and what was said before others left."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.running import Ended, Told
from tests.db.conftest import known_file as known_file
from tests.db.known_truths import Truths
from tests.db.lived import TODAY


@pytest.fixture
def known(known_file: tuple[Path, Truths], tmp_path: Path) -> tuple[Path, Truths]:
    """A copy of the practice of which all is known."""
    path = tmp_path / "known.cliens"
    path.write_bytes(known_file[0].read_bytes())
    return path, known_file[1]


def test_health_lists_the_lowest_score_first_with_reasons_and_their_evidence(
    told: Told, known: tuple[Path, Truths]
) -> None:
    file, truths = known
    answer = told("health", file)
    assert answer["as_of"] == TODAY.isoformat()
    scores = [each["score"] for each in answer["clients"]]
    assert scores == sorted(scores)
    assert {each["id"] for each in answer["clients"]} == set(truths.stayed)
    worst = answer["clients"][0]
    assert worst.keys() >= {"client", "name", "score", "trend", "parts", "reasons"}
    assert worst["reasons"][0].keys() == {"code", "words", "evidence"}
    assert len(told("health", file, "--limit", "2")["clients"]) == 2


def test_health_of_one_client_tells_each_part_on_any_day(told: Told, ended: Ended, known: tuple[Path, Truths]) -> None:
    file, truths = known
    number = f"X-{truths.leaving[0]}"
    then = TODAY - dt.timedelta(days=100)
    (answer,) = told("health", file, "--client", number, "--as-of", then)["clients"]
    assert answer["client"] == number
    parts = {part["name"]: part for part in answer["parts"]}
    assert parts["promises"]["value"] == 0
    assert parts["promises"]["reasons"][1]["evidence"]["noun"] == "promise"
    assert parts["concerns"]["reasons"][0]["words"].startswith("complaint open since")
    (now,) = told("health", file, "--client", number)["clients"]
    assert (now["score"], now["reasons"][0]["words"]) == (None, "not served on this day")
    _code, shown, _err = ended("health", file, "--client", number, "--as-of", then)
    assert "Our promises: 0 (weight 20)" in shown
    code, _out, err = ended("health", file, "--as-of", "yesterdayish")
    assert (code, "is not a date" in err) == (1, True)


def test_quiet_tells_the_rhythm_the_silence_and_the_last_word(
    told: Told, ended: Ended, known: tuple[Path, Truths]
) -> None:
    file, truths = known
    assert told("quiet", file)["clients"] == []
    assert "Nobody is quiet" in ended("quiet", file)[1]
    then = TODAY - dt.timedelta(days=125)
    quiet = {each["id"]: each for each in told("quiet", file, "--as-of", then)["clients"]}
    # Those who had left by then are not served any more; the one who leaves 85 days later is silent already.
    assert set(quiet) == {truths.leaving[0], *truths.ended, *truths.mended}
    row = quiet[truths.leaving[0]]
    assert (row["usual_days"], row["silent_days"], row["state"]) == (30, 95, "at risk")
    last = TODAY - dt.timedelta(days=220)
    assert row["last"] == {"when": last.isoformat(), "words": "Sell?"}
    assert row["reasons"][0]["words"] == "silent for 95 days, usually 30 days"
    (new,) = told("quiet", file, "--client", f"X-{truths.new[0]}", "--as-of", then)["clients"]
    assert (new["usual_days"], new["reasons"][0]["code"]) == (None, "unknown-silence")


def test_the_back_test_counts_who_was_caught_and_missed(told: Told, ended: Ended, known: tuple[Path, Truths]) -> None:
    file, truths = known
    answer = told("health", file, "--back-test")
    assert (answer["caught"], answer["missed"], answer["too_new"]) == (4, 2, 1)
    assert {row["id"] for row in answer["left"] if row["outcome"] == "caught"} == set(truths.leaving)
    assert [each["threshold"] for each in answer["by_threshold"]] == [30, 40, 50, 60, 70, 80]
    _code, shown, _err = ended("health", file, "--back-test")
    assert "7 clients left by their own will." in shown
    assert "4 were caught" in shown
