"""Work cut into parts, a few milliseconds of it in each turn of the window: what the user does comes in between."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

# Small parts share a turn as long as this; what comes after them, layout and painting, has one of its own, and so have
# keys and clicks.
TURN_MS, BETWEEN_MS = 8, 4


def dress(part: QWidget) -> None:
    """Put the house's look on a part and all that it holds, so that showing it later takes less."""
    for each in (part, *part.findChildren(QWidget)):
        each.ensurePolished()


class Turns(QObject):
    """Goes through the parts of some work: a generator, which may be left at each `yield` until the next turn.

    The work goes with its `parent`. Other work that is begun takes the place of what is left; `ended` comes when
    nothing is.
    """

    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: Iterator[object] | None = None
        self._at_work = False
        self._clock = QTimer(self, singleShot=True, interval=BETWEEN_MS)
        self._clock.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether parts are left."""
        return self._parts is not None

    def begin(self, parts: Iterable[object]) -> None:
        """Do the first parts now, and what is left of them in turns of their own."""
        self._parts = iter(parts)
        self._go_on()

    def finish(self) -> None:
        """Do at once what is left, for whoever cannot go on without it; a part that asks for it is let be."""
        parts = self._parts
        while not self._at_work and parts is not None and parts is self._parts:
            self._step(parts)

    def stop(self) -> None:
        """Leave what is left undone."""
        self._parts = None
        self._clock.stop()

    def _go_on(self) -> None:
        parts, until = self._parts, time.perf_counter() + TURN_MS / 1000
        while parts is not None and parts is self._parts:
            self._step(parts)
            if time.perf_counter() >= until:
                break
        if self._parts is not None:
            self._clock.start()

    def _step(self, parts: Iterator[object]) -> None:
        self._at_work, before = True, self._at_work
        try:
            next(parts)
        except StopIteration:
            if parts is self._parts:
                self.stop()
                self.ended.emit()
        except BaseException:
            if parts is self._parts:
                self.stop()
            raise
        finally:
            self._at_work = before
