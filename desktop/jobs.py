"""Long work on a thread of its own: progress, cancel, done, failed; the window never waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot
from shiboken6 import isValid

from desktop.giving_up import heard_by

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
        """Ask the work to stop at its next sign of progress, or where it asks whether to go on (desktop.giving_up)."""
        self._thread.cancelled = True

    def is_running(self) -> bool:
        """Whether the work still goes on."""
        return self._thread.isRunning()

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Wait for the thread, for the end of the program and for tests; its signals still come by the event loop."""
        return self._thread.wait(milliseconds)

    def tell(self) -> None:
        """Say how the work ended, now and once; for whoever waited for it and cannot wait for the event loop too."""
        self._on_finished()

    @Slot()
    def _on_finished(self) -> None:
        if self not in _running:
            return
        _running.discard(self)
        if not isValid(self):
            return  # whoever asked is gone, and nobody is told
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
    """Cancel and wait for every running job, before the file under them is closed; each says how it ended.

    What came to an end must not be told later, to pages that ask a closed file what it means.
    """
    while _running:
        job = next(iter(_running))
        job.cancel()
        if job.wait():
            job.tell()
        else:
            _running.discard(job)


class Question(QObject):
    """What a page wants to know, asked on another thread: the answer to an older question never follows a newer one.

    Of questions that come while one is being answered only the last is asked. `parent` is who wants to know: with it
    goes the question.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._tell: Callable[[Any], object] = lambda _found: None
        self._next: tuple[Callable[[], Any], Callable[[Any], object]] | None = None

    @property
    def open(self) -> bool:
        """Whether an answer is on its way."""
        return self._job is not None

    def ask(self, work: Callable[[], Any], tell: Callable[[Any], object]) -> None:
        """Do the work on a thread, and tell what it gave on the one that asked."""
        if self._job is not None:
            self._next = (work, tell)
            return
        self._tell = tell
        # Without a parent: a thread must not be destroyed with the page while it still reads.
        self._job = Job(lambda _progress: work())
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _go_on(self) -> bool:
        self._job = None
        following, self._next = self._next, None
        if following is not None:
            self.ask(*following)
        return following is not None

    def _on_done(self, found: Any) -> None:
        if not self._go_on():
            self._tell(found)

    def _on_failed(self, error: object) -> None:
        if not self._go_on():
            self.failed.emit(error)


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
            with heard_by(self._go_on):
                self.result = self._work(self._progress)
        except BaseException as error:
            self.error = error

    def _progress(self, done: int, of: int) -> None:
        self._go_on()
        self.progressed.emit(done, of)

    def _go_on(self) -> None:
        if self.cancelled:
            raise Cancelled
