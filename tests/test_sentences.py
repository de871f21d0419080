"""Every code in which the file says no has a sentence, in words that a person can act on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.errors import Refused, Trouble
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


def test_a_name_with_braces_is_said_as_it_is() -> None:
    assert "{told} {0}" in sentences.refusal(Refused("no-such-client", "client", told="{told} {0}"))
