"""What is done for the file beside the window, once a practice is open: order, health, backup, names, verification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from db.errors import Trouble
from desktop import sentences, text
from desktop.alarm import raise_alarm
from desktop.jobs import Job, Progress
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.shell.window import Window
    from desktop.standing import Standing

AFTER_MS, TOLD_AFTER_MS = 1500, 100
# Whoever shows a list by name shows parties.
_LISTED = frozenset({"party"})


class Upkeep(QObject):
    """One thing after the other, each a job; begins when the first page has been seen."""

    def __init__(self, desk: OpenPractice, window: Window, standing: Standing, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window, self._standing = desk, window, standing
        self._over = False
        self._ordering: str | None = None
        self._nouns_in_order = 0
        self._backed_up = False
        # In a small practice all nouns are done at once: their lists look again once.
        self._in_order = QTimer(self, singleShot=True, interval=TOLD_AFTER_MS)
        self._in_order.timeout.connect(lambda: self._desk.changed.emit(_LISTED))
        QTimer.singleShot(AFTER_MS, self, self.put_in_order)

    def stop(self) -> None:
        """Begin nothing more: the practice is being closed."""
        self._over = True
        self._in_order.stop()

    def put_in_order(self) -> None:
        """Put what is listed by name in the order of the window's language; nobody waits for it."""
        from db import ordering

        if self._over or self._ordering is not None:
            return
        self._ordering = language = text.current().language
        practice = self._desk.practice
        # A file that cannot be written now keeps its order: whoever writes in it is told why.
        job = Job(lambda progress: ordering.speak(practice, language, progress), self)
        job.progressed.connect(self._on_in_order)
        job.ended.connect(self._on_ordered)
        job.start()

    def _on_in_order(self, nouns: int) -> None:
        if nouns > self._nouns_in_order and not self._over:
            self._in_order.start()
        self._nouns_in_order = nouns

    def _on_ordered(self) -> None:
        asked, self._ordering = self._ordering, None
        if asked != text.current().language:
            self.put_in_order()
        elif not self._backed_up:
            # A copy would begin again with each writing beside it.
            self._backed_up = True
            self.reckon_health().ended.connect(self._back_up)
            self._desk.changed.connect(self._on_changed)

    def reckon_health(self) -> Job:
        """Reckon the health of all whom a new day, or other weights, left without one that holds."""
        from db import kept_health

        practice = self._desk.practice

        def reckon(progress: Progress) -> None:
            on, done = dt.date.today(), 0
            while some := practice.jot(kept_health.refresh, on):
                done += some
                progress(done, done)

        # Who shows a score reckons it: a file that cannot be written now says so to whoever writes in it.
        return Job(reckon, self).start()

    def _on_changed(self, nouns: Iterable[str]) -> None:
        # What the practice itself sets may weigh every client otherwise.
        if not self._over and {"setting", "practice"} & set(nouns):
            self.reckon_health()

    def _job(self, work: Callable[[Progress], Any]) -> Job:
        job = Job(work, self)
        job.failed.connect(self._on_failed)
        return job.start()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Trouble) and not self._over:
            self._desk.tell_failed(error)

    def _back_up(self) -> None:
        if self._over:
            return
        # First comes what the first page is made of.
        if self._standing.is_counting():
            QTimer.singleShot(AFTER_MS, self, self._back_up)
            return
        practice = self._desk.practice
        told = len(practice.warnings)
        self._job(practice.back_up_hourly).ended.connect(lambda: self._on_backed_up(told))

    def _on_backed_up(self, told: int) -> None:
        if self._over:
            return
        practice = self._desk.practice
        for warning in practice.warnings[told:]:
            self._window.toast(sentences.problem(warning))
        self._standing.show_status()
        self._read_names()

    def _show_backups(self) -> None:
        settings: Any = self._window.open_room("settings")
        settings.show_tab("file")

    def _read_names(self) -> None:
        """Read the names of the file, so that the first conflict check does not wait for them."""
        from db.known_names import read_names

        desk = self._desk
        self._job(lambda progress: desk.ask(read_names, progress)).ended.connect(self._verify)

    def _verify(self) -> None:
        """Check the whole file, which takes longest, once nothing else waits for it."""
        if self._over:
            return
        if self._standing.is_counting():
            QTimer.singleShot(AFTER_MS, self, self._verify)
            return
        practice = self._desk.practice
        self._job(practice.check).done.connect(self.on_verified)

    def on_verified(self, checked: Any) -> None:
        """Say at the foot of the window what the check found; what is wrong must be read."""
        if self._over:
            return
        if checked.ok:
            words = ngettext("Record verified · {n} entry", "Record verified · {n} entries", checked.entries)
        else:
            words = _("The record needs a look")
            found = "\n".join(sentences.problem(problem) for problem in checked.problems[:5])
            acts = [(_("Show the backups"), self._show_backups)]
            raise_alarm(self._window, _("The check found something."), found, acts, "warn")
        self._standing.verified = words
        self._standing.show_status()
