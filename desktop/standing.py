"""How things stand, told at the edges of the window: counts beside the rooms, what Undo would do, the line below."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop import text
from desktop.jobs import Job
from desktop.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.practice import OpenPractice
    from desktop.shell.window import Window

COUNTED = ("today", "clients", "engagements", "trust")


class Standing(QObject):
    """Looks again whenever something changed; what takes long to count is counted beside the window."""

    def __init__(self, desk: OpenPractice, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._again = self._over = False
        self.verified = ""

    def show(self) -> None:
        """Say what Undo would do and how the file is kept, now, and the counts as soon as they are known."""
        self._window.set_undo(*self._desk.undo_words())
        self.show_status()
        self._again = True
        if self._job is None:
            self._count()

    def stop(self) -> None:
        """Say nothing more of this practice: it is being closed."""
        self._over = True
        self._window.set_counts(dict.fromkeys(COUNTED, ""))

    def _count(self) -> None:
        self._again = False
        desk = self._desk
        self._job = Job(lambda _progress: desk.ask(_counted), self)
        self._job.done.connect(self._on_counted)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_counted(self, counts: dict[str, int]) -> None:
        if not self._over:
            say = text.current().number
            self._window.set_counts({name: say(count) if count else "" for name, count in counts.items()})

    def _on_ended(self) -> None:
        self._job = None
        if self._again and not self._over:
            self._count()

    def show_status(self) -> None:
        """Fill the line at the foot."""
        practice = self._desk.practice
        facts = [_("Encrypted") if practice.key is not None else _("Not encrypted")]
        if practice.last_backup is not None and practice.last_backup.exists():
            moment = dt.datetime.fromtimestamp(practice.last_backup.stat().st_mtime)
            told = f"{moment:%H:%M}" if moment.date() == dt.date.today() else text.current().date(moment.date())
            facts.append(_("Backed up {when}").format(when=told))
        self._window.set_status(practice.path.name, facts, self.verified)


def _counted(session: Session) -> dict[str, int]:
    """What waits today, how many clients and open engagements there are, and how many promises are due."""
    from db import today

    now = dt.date.today()
    day = now.isoformat()
    one = session.connection().exec_driver_sql
    waits = sum(today.list_waiting(session, kind, now, 1).total for kind in today.KINDS)
    closed = "('completed', 'disengaged', 'declined')"
    return {
        "today": waits,
        "clients": one("SELECT count(*) FROM client").scalar_one(),
        "engagements": one(f"SELECT count(*) FROM engagement WHERE stage NOT IN {closed}").scalar_one(),
        "trust": one("SELECT count(*) FROM promise WHERE status = 'open' AND due_on <= ?", (day,)).scalar_one(),
    }
