"""Long work on a thread of its own: progress, cancel, done, failed; the window never waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """The user cancelled the job; what it had begun is rolled back on the way out."""


class Job(QObject):
    """One piece of long work: `work` gets a function to call as `progress(done, of)`, which raises on cancel."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Worker(work)
        self._thread.progressed.connect(self.progressed)
        self._thread.finished.connect(self._on_finished)

    def start(self) -> Job:
        """Start the work; the signals come on the thread that made the job."""
        _running.add(self)
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Ask the work to stop at its next sign of progress."""
        self._thread.cancelled = True

    def is_running(self) -> bool:
        """Whether the work still goes on."""
        return self._thread.isRunning()

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Wait for the thread, for the end of the program and for tests; its signals still come by the event loop."""
        return self._thread.wait(milliseconds)

    @Slot()
    def _on_finished(self) -> None:
        _running.discard(self)
        error = self._thread.error
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(self._thread.result)
        self.ended.emit()


# A running job is kept alive by this, not by the widget that started it.
_running: set[Job] = set()


def wait_for_all() -> None:
    """Cancel and wait for every running job, before the file under them is closed."""
    for job in list(_running):
        job.cancel()
        job.wait()


class _Worker(QThread):
    progressed = Signal(int, int)

    def __init__(self, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._work = work
        self.cancelled = False
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._work(self._progress)
        except BaseException as error:
            self.error = error

    def _progress(self, done: int, of: int) -> None:
        if self.cancelled:
            raise Cancelled
        self.progressed.emit(done, of)
