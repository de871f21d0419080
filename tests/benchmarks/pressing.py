"""Keys pressed in the measured window, and what was set off waited for: it must not count as the next thing's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.benchmarks.held import Watch

SETTLED_S = 60.0
Act = Callable[[], object]


def settled(app: Any, watch: Watch) -> None:
    """Wait for what an earlier step set off."""
    from desktop import jobs

    list(watch.turns(lambda: not jobs._running, SETTLED_S))
    list(watch.turns())


def keys(place: Any, *pressed: Any) -> list[Act]:
    """A press of each key there, one after the other."""
    from PySide6.QtTest import QTest

    return [lambda k=key: QTest.keyClick(place, k) for key in pressed]  # type: ignore[misc]


def typed(place: Any, words: str) -> list[Act]:
    """Each letter typed there."""
    from PySide6.QtTest import QTest

    return [lambda s=letter: QTest.keyClicks(place, s) for letter in words]  # type: ignore[misc]
