"""Waiting for pages that are made part by part, while the window stays free."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.widgets.turns import Turns

LONGEST_S = 20.0


def is_all_made() -> bool:
    """Whether nothing that is in a window is still being made."""
    return not any(turns.busy for top in QApplication.topLevelWidgets() for turns in top.findChildren(Turns))


def let_be_made() -> None:
    """Wait until all that is being made is there."""
    begun = time.perf_counter()
    while not is_all_made():
        assert time.perf_counter() - begun < LONGEST_S, "something is made for ever"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
