"""Who may go: readings side by side, or one change of the whole file alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 30.0


class Turns:
    """Readings from any thread, counted, so that a change of key or closing waits for those under way."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._reading = 0
        self._paused = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A reading; it waits while somebody is alone."""
        with self._condition:
            self._condition.wait_for(lambda: not self._paused)
            self._reading += 1
        try:
            yield
        finally:
            with self._condition:
                self._reading -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """No reading goes on inside this block; gives False where one did not end within half a minute."""
        with self._condition:
            self._paused = True
            idle = self._condition.wait_for(lambda: not self._reading, _PATIENCE)
        try:
            yield idle
        finally:
            with self._condition:
                self._paused = False
                self._condition.notify_all()
