"""How long work takes beside a fixed piece of work done in the same moment, so that no busy computer fails a test."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def paced(work: Callable[[], Result]) -> tuple[Result, float]:
    """What `work` gives, and how many times as long as a fixed piece of work (some 25 ms) the thread was busy with it.

    The piece is done before and after it, and the slower of the two is the measure: what slows the computer slows
    both. Only the thread's own time counts, never what it waits.
    """
    before = _fixed()
    began = time.thread_time()
    result = work()
    took = time.thread_time() - began
    return result, took / max(before, _fixed())


def _fixed() -> float:
    began = time.thread_time()
    words = [f"{number:05} beside {number % 97}" for number in range(40_000)]
    "".join(sorted(words, key=lambda word: word[-2:]))
    return time.thread_time() - began
