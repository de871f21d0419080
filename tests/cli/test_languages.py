"""Proof that the command line speaks one language at a time, also where Python's own reader of arguments speaks."""

from __future__ import annotations

import pytest

from desktop.text import voice
from tests.cli.running import Ended

ENGLISH = ("usage:", "options:", "positional", "arguments are", "show this", "expected", "choose from", "exit")


@pytest.fixture(params=["es", "pl"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A language that is not English, as the computer's own."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", f"{request.param}_XX.UTF-8")
    spoken: str = request.param
    return spoken


def _is_pure(told: str) -> bool:
    return not any(word in told.lower() for word in ENGLISH)


@pytest.mark.parametrize("words", [["--help"], ["new", "--help"], ["backup", "-h"], ["log", "--help"]])
def test_help_is_said_in_the_language_to_the_last_word(ended: Ended, language: str, words: list[str]) -> None:
    code, out, _err = ended(*words)
    assert code == 0
    assert out.startswith(voice(language).say("usage: "))
    assert _is_pure(out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new"], "the following arguments are required: %s"),
        (["find", "x.cliens", "word", "--limit"], "expected one argument"),
        (["report", "x.cliens", "poem"], "there is no %(value)r: choose from %(choices)s"),
        (["check", "x.cliens", "--wisdom"], "unrecognized arguments: %s"),
        (["check", "x.cliens", "--json=yes"], "this option takes no value: %r"),
    ],
)
def test_what_is_not_understood_is_said_in_the_language(
    ended: Ended, language: str, words: list[str], said: str
) -> None:
    code, _out, err = ended(*words)
    assert code == 2
    known = voice(language).say(said).partition("%")[0].strip()
    assert known.casefold() in err.casefold()
    assert known != said.partition("%")[0].strip()
    assert voice(language).say("usage: ") in err
    assert _is_pure(err)
