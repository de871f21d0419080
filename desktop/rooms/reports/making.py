"""How a report is made beside the window: one at a time, and a later request gives the earlier one up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from desktop.jobs import Job
from desktop.reports import family

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.family import Made
    from desktop.rooms.reports.ask import Wanted

# What takes longer than this says how far it is, and can be given up.
LONG_MS = 500


class Maker(QObject):
    """`made` gives the request and its report, `failed` the error; `told` how far a long one is, as (done, of)."""

    made = Signal(object, object)
    failed = Signal(object)
    told = Signal(int, int)

    def __init__(self, desk: OpenPractice, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._since = QElapsedTimer()

    @property
    def busy(self) -> bool:
        """Whether a report is being made."""
        return self._job is not None

    def make(self, wanted: Wanted) -> None:
        """Make this one; what was being made is given up."""
        self.stop()
        kind = family.kind_of(wanted.kind)
        asked = wanted.asked(dt.datetime.now().astimezone(), self._desk.practice.who)
        # Without a parent: the thread must not be destroyed with the room while it still reads.
        job = self._job = Job(lambda progress: family.make(self._desk.ask, kind, asked, progress))
        job.progressed.connect(self._on_progress)
        job.done.connect(lambda made: self._on_done(wanted, made))
        job.failed.connect(self._on_failed)
        self._since.start()
        job.start()

    def stop(self) -> None:
        """Give up what is being made; nothing more is heard of it."""
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()

    def _on_progress(self, done: int, of: int) -> None:
        if self._since.elapsed() > LONG_MS:
            self.told.emit(done, of)

    def _on_done(self, wanted: Wanted, made: Made) -> None:
        self._job = None
        self.made.emit(wanted, made)

    def _on_failed(self, error: object) -> None:
        self._job = None
        self.failed.emit(error)
