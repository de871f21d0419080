"""Every reason of a grade, and every criterion, has its words in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.grade_criteria import CRITERIA
from db.reasons import Fact
from desktop import text
from desktop.grade_words import GRADE_REASONS, criterion_words

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "\n".join(path.read_text("utf-8") for path in (ROOT / "db").glob("grade*.py"))
CODES = sorted(set(re.findall(r'"(grade-[a-z-]+)"', SOURCES)) | {"grade-fees-year", "grade-fees-three"})
FACTS: dict[str, Fact] = {
    "amount": 420_000,
    "full": 2_000_000,
    "before": 100_000,
    "now": 150_000,
    "currency": "EUR",
    "share": 0.5,
    "late": 3,
    "n": 5,
    "accepted": 4,
    "good": 4,
    "tag": "key",
    "grade": "B",
}


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_reason_of_a_grade_is_said_with_its_facts(code: str, language: str) -> None:
    with text.speaking(language):
        words = GRADE_REASONS[code](FACTS)
    assert "{" not in words
    assert words.strip() == words


def test_amounts_counts_and_grades_stand_in_the_words() -> None:
    assert GRADE_REASONS["grade-more-fees"](FACTS) == "another €4,200 of fees in 12 months would make B"
    assert GRADE_REASONS["grade-refers"]({"n": 1}) == "sent us 1 client in 36 months"
    assert GRADE_REASONS["grade-refers"]({"n": 0}) == "sent us nobody in 36 months"
    with text.speaking("pl"):
        assert GRADE_REASONS["grade-more-sent"]({"n": 5, "grade": "A"}) == "jeszcze 5 poleconych klientów: byłoby A"


@pytest.mark.parametrize("name", CRITERIA)
def test_each_criterion_has_a_name(name: str) -> None:
    assert criterion_words(name)
