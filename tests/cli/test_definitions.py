"""What each number means can be read in a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Told


def test_definitions_tell_words_and_sql_of_every_number(told: Told, file: Path) -> None:
    found = {each["name"]: each for each in told("definitions", file)["definitions"]}
    assert "realisation" in found["fees and realisation"]["words"].lower()
    assert any("FROM fee" in sql for sql in found["fees and realisation"]["sql"])
