"""The interpreter's garbage, collected on the window's thread alone: a widget dies there or takes the process along."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

EVERY_MS, REST_S, LOADED_S = 500, 5.0, 60.0
_touched = _begins = 0.0


def collect_by_clock(parent: QObject) -> None:
    """From now on collect on the thread of `parent`, from its event loop, and never in the middle of other work.

    By itself the interpreter collects wherever it allocates, so on the thread of any job too; what it finds there may
    be a page that was left long ago, with its timers and children.
    """
    from PySide6.QtCore import QTimer

    global _begins
    gc.disable()
    _begins = time.monotonic() + LOADED_S
    clock = QTimer(parent, interval=EVERY_MS)
    clock.timeout.connect(_collect_now)
    clock.start()


def keep_loaded() -> None:
    """Say that what is loaded by now stays for good. Before that, or a minute, nothing is collected."""
    global _begins
    gc.freeze()
    _begins = 0.0


def touched() -> None:
    """Say that somebody works: all that there is, which takes 50 ms to walk over, is not collected while he does."""
    global _touched
    _touched = time.monotonic()


def collect(oldest: int = 2) -> None:
    """Collect what the interpreter would have collected by now: the youngest, and now and then what is older."""
    counts, most = gc.get_count(), gc.get_threshold()
    for generation in range(oldest, -1, -1):
        if counts[generation] > most[generation]:
            gc.collect(generation)
            return


def _collect_now() -> None:
    now = time.monotonic()
    if now > _begins:
        collect(2 if now - _touched > REST_S else 1)
