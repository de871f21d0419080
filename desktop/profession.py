"""What the profession of the open practice calls its agreed work, so that every page and paper says it the same way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current = ""
_for_now: ContextVar[str] = ContextVar("the profession of a paper", default="")


def practise(profession: str) -> None:
    """Speak as a practice of this profession ('law', 'accounting', 'design') from now on; '' as none in particular."""
    global _current
    _current = profession


def current() -> str:
    """The profession of the open practice, or an empty text; on the way through `practising`, that one."""
    return _for_now.get() or _current


@contextmanager
def practising(profession: str) -> Iterator[None]:
    """Speak as a practice of this profession on this thread meanwhile: a paper is made without a window, too."""
    token = _for_now.set(profession)
    try:
        yield
    finally:
        _for_now.reset(token)


def said(law: str, other: str, design: str, profession: str = "") -> str:
    """The sentence that fits the profession, by default that of the open practice.

    Whole sentences are given, each translated as it stands: the word's gender and case differ from one to the other.
    """
    return {"law": law, "design": design}.get(profession or current(), other)
