"""Undo and Redo beside the window, one after the other as they were asked for: a step may be a whole import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer

from desktop import sentences
from desktop.jobs import Job
from desktop.text import _

if TYPE_CHECKING:
    from db.history import StepRow
    from desktop.practice import OpenPractice
    from desktop.shell.window import Window

SLOW_MS = 300
Way = Literal["undo", "redo"]


class Reversal(QObject):
    """The steps of one open practice that are being taken back or brought back."""

    def __init__(self, desk: OpenPractice, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._asked: list[Way] = []
        self._over = False

    def ask(self, way: Way) -> None:
        """Undo or redo once the ones asked for before are done."""
        self._asked.append(way)
        if len(self._asked) == 1:
            self._begin()

    def stop(self) -> None:
        """Say nothing more of this practice: it is being closed."""
        self._over = True
        self._asked.clear()

    def _begin(self) -> None:
        way, practice = self._asked[0], self._desk.practice
        job = Job(lambda _progress: practice.undo() if way == "undo" else practice.redo(), self)
        job.done.connect(lambda step: self._on_done(way, step))
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        words = _("Undoing…") if way == "undo" else _("Redoing…")
        QTimer.singleShot(SLOW_MS, job, lambda: self._window.toast(words) if job.is_running() else None)
        job.start()

    def _on_done(self, way: Way, step: StepRow) -> None:
        # Whoever locked meanwhile is asked for the key by now, and is shown nothing of the practice.
        if self._over:
            return
        self._desk.tell_reversed()
        words = sentences.step_words(step, plain=True)
        if way == "undo":
            self._window.toast(_("Undone: {words}").format(words=words), _("Redo"), lambda: self.ask("redo"))
        else:
            self._window.toast(_("Redone: {words}").format(words=words), _("Undo"), lambda: self.ask("undo"))

    def _on_failed(self, error: BaseException) -> None:
        if not self._over:
            self._desk.tell_failed(error)

    def _on_ended(self) -> None:
        del self._asked[:1]
        if self._asked:
            self._begin()
