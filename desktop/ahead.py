"""What rooms that nobody went to yet are made of, loaded a piece at a time while the window is at rest."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea

from desktop.collecting import keep_loaded

# Apart enough that whoever types or scrolls comes in between.
AFTER_MS, EVERY_MS = 400, 15
_PACKAGES = ("desktop.widgets", "desktop.rooms")
# These bring the libraries of paper, each by itself longer than one waits.
_LEFT_OUT = frozenset(
    {
        "desktop.widgets.preview",
        "desktop.rooms.advice.letter",
        "desktop.rooms.enquiry.decline",
        "desktop.rooms.enquiry.taking",
        "desktop.rooms.reviews.parting",
        "desktop.rooms.reports.mail",
        "desktop.rooms.reports.searching",
    }
)


def modules_ahead() -> list[str]:
    """What can be loaded ahead, parts before the pages that are made of them; what is loaded already is left out."""
    found = []
    for package in _PACKAGES:
        found += [each.name for each in pkgutil.walk_packages(import_module(package).__path__, f"{package}.")]
    # A module that others of its folder are made of is seldom called page or window.
    found.sort(key=lambda name: (name.count("."), name.endswith((".page", ".window"))))
    return [name for name in found if name not in _LEFT_OUT and name not in sys.modules]


def _meet_widgets() -> None:
    QScrollArea().viewport()


def _meet_objects() -> None:
    QLineEdit().children()


# PySide sets up every kind of part there is when it is first handed one that it did not make: better while nobody
# waits than at the first key in a list.
_KINDS = (_meet_widgets, _meet_objects)


class Ahead(QObject):
    """Loads on the window's own thread: two threads that load one library from two ends find half of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left: list[Callable[[], object]] | None = None
        self._clock = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._clock.timeout.connect(self._load)
        self._clock.start()

    def _load(self) -> None:
        if self.left is None:
            self.left = [*(partial(import_module, name) for name in modules_ahead()), *_KINDS, keep_loaded]
        if self.left:
            self.left.pop(0)()
            self._clock.start(EVERY_MS)
