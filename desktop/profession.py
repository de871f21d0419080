"""What the profession of the open practice calls its agreed work, so that every page and paper says it the same way."""

from __future__ import annotations

_current = ""


def practise(profession: str) -> None:
    """Speak as a practice of this profession ('law', 'accounting', 'design') from now on; '' as none in particular."""
    global _current
    _current = profession


def current() -> str:
    """The profession of the open practice, or an empty text."""
    return _current


def said(law: str, other: str, design: str, profession: str = "") -> str:
    """The sentence that fits the profession, by default that of the open practice.

    Whole sentences are given, each translated as it stands: the word's gender and case differ from one to the other.
    """
    return {"law": law, "design": design}.get(profession or _current, other)
