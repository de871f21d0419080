"""Every paper of the record says in each language, word for word, what it said when it was last read by somebody."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from desktop.reports import advice_history, advice_note, hand_over
from desktop.text import LANGUAGES
from tests.reports.goldens import kept, read_out
from tests.reports.record_sample import HAND_OVER, HISTORY, NOTE

PAPERS: dict[str, tuple[Any, Any]] = {
    "advice-note": (advice_note, NOTE),
    "advice-history": (advice_history, HISTORY),
    "hand-over": (hand_over, HAND_OVER),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAPERS)
def test_paper_says_word_for_word_what_is_kept(kind: str, language: str) -> None:
    module, facts = PAPERS[kind]
    made = module.render(dataclasses.replace(facts, language=language), invariant=True)
    # The digest is of the facts' whole shape, which may grow; tests of the seal look at it.
    told = read_out(made.pdf).replace(made.digest[:8], "00000000")
    assert told == kept(f"{kind}-{language}", told)
    assert made.pdf == module.render(dataclasses.replace(facts, language=language), invariant=True).pdf
