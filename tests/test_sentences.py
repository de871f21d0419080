"""Every code in which the file says no has a sentence, in words that a person can act on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from db.errors import Refused, Trouble
from db.history import StepRow
from desktop import sentences

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "\n".join(path.read_text("utf-8") for part in ("db", "desktop") for path in (ROOT / part).rglob("*.py"))


def _codes(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, SOURCES)))


@pytest.mark.parametrize("code", _codes(r'Refused\(\s*"([a-z-]+)"') + _codes(r'BadRow\([\w.]+, "([a-z-]+)"'))
def test_each_refusal_has_its_sentence(code: str) -> None:
    words = sentences.refusal(Refused(code))
    assert words != code.replace("-", " ").capitalize() + "."


@pytest.mark.parametrize("code", _codes(r'Trouble\(\s*"([a-z-]+)"'))
def test_each_trouble_has_its_sentence(code: str) -> None:
    words = sentences.trouble(Trouble(code))
    assert words != code.replace("-", " ").capitalize() + "."


def _verbs() -> set[str]:
    """Every action that can make a step: what says whom its step is about, and what is handed to a practice to do."""
    verbs: set[str] = set()
    for path in (path for part in ("db", "desktop") for path in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and path.is_relative_to(ROOT / "db"):
                called = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
                if any(getattr(each, "id", "") == "about" for each in called):
                    verbs.add(node.name)
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "do" and node.args:
                given = node.args[0]
                verbs.add(given.attr if isinstance(given, ast.Attribute) else getattr(given, "id", ""))
    # A reversal is told in the words of the step it takes back; the others stand in for a verb, or help one.
    return {verb for verb in verbs if verb and not verb.startswith("_")} - {"action", "take_back"}


@pytest.mark.parametrize("verb", sorted(_verbs() | {"set_logo", "keep_promise", "import_file", "found_practice"}))
def test_each_step_of_the_history_has_its_words(verb: str) -> None:
    step = StepRow(1, "2026-11-21", "Elena", "desk", verb, "", "do", "", False)
    assert sentences.step_words(step) != verb.replace("_", " ").capitalize()


def test_a_name_with_braces_is_said_as_it_is() -> None:
    assert "{told} {0}" in sentences.refusal(Refused("no-such-client", "client", told="{told} {0}"))


def test_since_when_a_file_is_open_elsewhere_is_said_as_one_says_it() -> None:
    import datetime as dt

    from db.errors import Trouble

    def said(since: str) -> str:
        return sentences.trouble(Trouble("in-use", who="Ana", computer="desk-2", since=since))

    now = dt.datetime.now().astimezone()
    assert said(now.isoformat(timespec="minutes")) == (
        f"Ana on desk-2 has this practice open since {now:%H:%M}. Close it there first."
    )
    assert "since 3 Mar 2024, 09:12." in said(dt.datetime(2024, 3, 3, 9, 12).astimezone().isoformat())
    assert "since ." in said("")
