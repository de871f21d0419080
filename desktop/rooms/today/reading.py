"""Reads the page part by part on a thread of its own, so that the window never waits: what is cheap comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from db.today import KINDS, ROWS_READ, read_part
from desktop.jobs import Job, Progress
from desktop.practice import OpenPractice

_EVERYWHERE = frozenset({"client", "party", "set_aside"})
# Which nouns each part is told from: it is read anew when one of them changed.
_NOUNS: dict[str, frozenset[str]] = {
    "deadline": frozenset({"engagement"}),
    "promise": frozenset({"trust", "engagement"}),
    "right": frozenset({"rights_request"}),
    "concern": frozenset({"trust", "engagement"}),
    "quiet": frozenset({"advice"}),
    "awaited": frozenset({"advice", "engagement"}),
    "letter": frozenset({"engagement", "conflict_check"}),
    "review": frozenset({"engagement"}),
    "client_review": frozenset({"review"}),
    "acceptance": frozenset({"engagement"}),
    "follow_up": frozenset({"follow_up", "engagement"}),
    "thanks": frozenset({"referral"}),
    "draft": frozenset({"advice", "engagement"}),
    "month": frozenset({"advice", "trust"}),
    "ahead": frozenset({"trust", "follow_up", "engagement"}),
    "next": frozenset({"trust", "follow_up", "engagement"}),
    "effort": frozenset({"advice", "fee"}),
    "clients": frozenset(),
    "suggested": frozenset({"advice", "engagement", "fee", "insight", "referral", "review", "setting", "trust"}),
}
NOUNS = _EVERYWHERE.union(*_NOUNS.values())
_CHEAP = [kind for kind in KINDS if kind != "quiet"]
PARTS = [*_CHEAP, "clients", "ahead", "next", "month", "effort", "quiet", "suggested"]


def stale(nouns: Iterable[str]) -> list[str]:
    """The parts that have to be read anew after a change of these nouns."""
    changed = frozenset(nouns)
    return [part for part in PARTS if changed & (_NOUNS[part] | _EVERYWHERE)]


class Reading(QObject):
    """One reading of some parts: `found` gives each with its name as it comes, `ended` comes after the last."""

    found = Signal(str, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, desk: OpenPractice, parts: list[str], now: dt.date, limits: dict[str, int]) -> None:
        super().__init__()
        self.left = list(parts)
        self._job = Job(lambda progress: self._read(desk, now, limits, progress))
        self._job.failed.connect(self.failed)
        self._job.done.connect(lambda _result: self.ended.emit())

    def start(self) -> Reading:
        """Begin; everything is told on the thread that made this."""
        self._job.start()
        return self

    def cancel(self) -> list[str]:
        """Stop before the next part, and tell nothing more; gives the parts that were not told."""
        self.blockSignals(True)
        self._job.cancel()
        return self.left

    def _read(self, desk: OpenPractice, now: dt.date, limits: dict[str, int], progress: Progress) -> None:
        for number, part in enumerate(list(self.left)):
            progress(number, len(self.left))
            self.found.emit(part, desk.ask(read_part, part, now, limits.get(part, ROWS_READ)))
