"""The words of the reasons behind scores, grades and suggestions, in the language that is spoken now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.reasons import Reason
from desktop.fit_words import FIT_REASONS
from desktop.grade_words import GRADE_REASONS
from desktop.health_words import HEALTH_REASONS
from desktop.next_words import NEXT_REASONS

# Each subject keeps its own sentences: a code, and what makes its words of the reason's facts.
WORDS = {**HEALTH_REASONS, **NEXT_REASONS, **GRADE_REASONS, **FIT_REASONS}


def reason_words(reason: Reason) -> str:
    """One reason as a sentence without its full stop."""
    return WORDS[reason.code](reason.facts)


def reasons_value(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as programs read them: their words, and the record that shows each."""
    return [
        {"code": reason.code, "words": reason_words(reason), "evidence": {"noun": reason.noun, "id": reason.id}}
        for reason in reasons
    ]
