"""Every paper of the house says in each language, word for word, what it said when it was last read by somebody."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from desktop.reports import brief, insight_summary, portfolio, today_sheet, trust_report
from desktop.text import LANGUAGES
from tests.reports.goldens import kept, read_out
from tests.reports.house_sample import BRIEF, INSIGHT, PORTFOLIO, TODAY, TRUST

PAPERS: dict[str, tuple[Any, Any]] = {
    "brief": (brief, BRIEF),
    "trust": (trust_report, TRUST),
    "portfolio": (portfolio, PORTFOLIO),
    "insight": (insight_summary, INSIGHT),
    "today": (today_sheet, TODAY),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAPERS)
def test_paper_says_word_for_word_what_is_kept(kind: str, language: str) -> None:
    module, facts = PAPERS[kind]
    made = module.render(dataclasses.replace(facts, language=language), invariant=True)
    told = read_out(made.pdf)
    assert told == kept(f"{kind}-{language}", told)
    assert made.pdf == module.render(dataclasses.replace(facts, language=language), invariant=True).pdf
