"""Every reason behind a score has its words, in each language, and none of them says a code or an empty quotation."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from db.reasons import Fact
from desktop import text
from desktop.reason_words import WORDS

FACTS: dict[str, Fact] = {
    "days": 3,
    "usual": 9,
    "kept": 1,
    "of": 2,
    "accepted": 1,
    "now": 5,
    "before": 7,
    "score": 3,
    "scale": 5,
    "currency": "EUR",
    "words": "Too slow.",
    "name": "Ada Brook",
    "on": dt.date(2026, 3, 1),
}
ROOT = Path(__file__).resolve().parent.parent


def _said() -> set[str]:
    """The codes of the reasons that the modules about health give."""
    sources = [path.read_text("utf-8") for path in (ROOT / "db").glob("health*.py")]
    found = {code for source in sources for code in re.findall(r'(?:Reason\(|if |else )\s*"([a-z]+-[a-z-]+)"', source)}
    return found | {f"unknown-{part}" for part in re.findall(r'"(\w+)": _\w+,', "".join(sources))}


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_each_reason_of_health_is_said(language: str) -> None:
    codes = _said()
    assert {"promise-missed", "silent", "too-new", "unknown-fees", "letter-unsigned"} <= codes | {"silent"}
    with text.speaking(language):
        for code in codes:
            words = WORDS[code](FACTS)
            assert words
            assert code not in words
            assert "“”" not in words
            assert "{" not in words
