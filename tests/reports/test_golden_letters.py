"""Every letter, the report on an engagement and the fee statement say in each language what was last read in them."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.reports import engagement_report, letters, value_statement
from desktop.text import LANGUAGES
from tests.reports.goldens import kept, read_out
from tests.reports.letter_sample import ENGAGEMENT, STATEMENT, letter

LETTERS = (
    *("engagement-letter", "non-engagement-letter", "disengagement-letter", "closing-letter"),
    *("advice-letter", "against-advice-letter"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_letter_says_word_for_word_what_is_kept(name: str, language: str) -> None:
    told = read_out(letters.print_out(letter(name, language), invariant=True).pdf)
    assert told == kept(f"{name}-{language}", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_on_an_engagement_says_word_for_word_what_is_kept(language: str) -> None:
    facts = dataclasses.replace(ENGAGEMENT, language=language)
    told = read_out(engagement_report.render(facts, invariant=True).pdf)
    assert told == kept(f"engagement-{language}", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fee_statement_says_word_for_word_what_is_kept(language: str) -> None:
    facts = dataclasses.replace(STATEMENT, language=language)
    told = read_out(value_statement.render(facts, invariant=True).pdf)
    assert told == kept(f"value-{language}", told)
