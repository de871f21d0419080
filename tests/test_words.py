"""Proof that the whole program speaks each of its languages."""

from __future__ import annotations

import pytest

from desktop.text import LANGUAGES
from tests import words


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_of_the_program_is_said_in_each_language(language: str) -> None:
    assert words.missing(language) == []
