"""The rules on fees for referrals: each profession has its own, with a named source, in every language."""

from __future__ import annotations

import pytest

from desktop import text
from desktop.fee_rules import fee_rules
from desktop.text import LANGUAGES


@pytest.mark.parametrize(
    ("profession", "source"),
    [("law", "SRA"), ("law", "ABA"), ("accounting", "AICPA"), ("accounting", "ICAEW"), ("design", "AIGA")],
)
def test_each_profession_is_told_the_rules_of_its_own_bodies(profession: str, source: str) -> None:
    assert any(rule.source.startswith(source) for rule in fee_rules(profession))
    assert all(rule.words and rule.where for rule in fee_rules(profession))


@pytest.mark.parametrize("profession", ["law", "accounting", "design"])
def test_rules_are_said_in_each_language(profession: str) -> None:
    said = set()
    for language in LANGUAGES:
        text.speak(language)
        said.add(tuple(rule.words for rule in fee_rules(profession)))
    assert len(said) == len(LANGUAGES)
