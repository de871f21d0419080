"""The interpreter's garbage, collected on the window's thread alone: a widget dies there or takes the process along."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

EVERY_MS = 500


def collect_by_clock(parent: QObject) -> None:
    """From now on collect on the thread of `parent`, from its event loop, and never in the middle of other work.

    By itself the interpreter collects wherever it allocates, so on the thread of any job too; what it finds there may
    be a page that was left long ago, with its timers and children.
    """
    from PySide6.QtCore import QTimer

    gc.disable()
    clock = QTimer(parent, interval=EVERY_MS)
    clock.timeout.connect(collect)
    clock.start()


def collect() -> None:
    """Collect what the interpreter would have collected by now: the youngest, and now and then what is older."""
    for generation, (count, most) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if count > most:
            gc.collect(generation)
            return
