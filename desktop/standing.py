"""How things stand, told at the edges of the window: counts beside the rooms, what Undo would do, the line below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop import text
from desktop.jobs import Job, Progress, Question
from desktop.text import _

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.shell.window import Window

# From which nouns the number beside a room is told; for the page of today its own parts know.
_NOUNS: dict[str, frozenset[str]] = {
    "clients": frozenset({"client"}),
    "engagements": frozenset({"engagement", "client"}),
    "trust": frozenset({"trust", "client"}),
    "insight": frozenset({"insight", "client"}),
    "reviews": frozenset({"review", "client", "party", "setting"}),
    "privacy": frozenset({"rights_request", "party"}),
}
COUNTED = ("today", *_NOUNS)
# The page in view is read first.
AFTER_MS, MINUTE_MS = 250, 60_000


class Standing(QObject):
    """Looks again at whatever a change may have moved; it is counted beside the window, a part at a time."""

    def __init__(self, desk: OpenPractice, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._asked = Question(self)
        self._asked.failed.connect(desk.tell_failed)
        self._over = False
        self._counts: dict[str, int] = {}
        self._stale: set[str] = set()
        self._on = dt.date.today()
        self.verified = ""
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._count)
        # What waits is another number on another day.
        clock = QTimer(self, interval=MINUTE_MS)
        clock.timeout.connect(lambda: self.show() if self._on != dt.date.today() else None)
        clock.start()

    def show(self, nouns: Iterable[str] | None = None) -> None:
        """Say what Undo would do and how the file is kept, now, and the counts as soon as they are known.

        `nouns` are what changed; without them everything is counted anew.
        """
        if self._desk.is_large():
            # The latest step may be a whole import, and is looked through for what was erased since.
            self._asked.ask(self._desk.undo_words, self._say_undo)
        else:
            self._say_undo(self._desk.undo_words())
        self.show_status()
        self._stale |= self._parts(nouns)
        if self._stale and self._job is None:
            self._soon.start()

    def _say_undo(self, words: tuple[str | None, str | None]) -> None:
        if not self._over:
            self._window.set_undo(*words)

    def stop(self) -> None:
        """Say nothing more of this practice: it is being closed."""
        self._over = True
        self._soon.stop()
        self._window.set_counts(dict.fromkeys(COUNTED, ""))

    def _parts(self, nouns: Iterable[str] | None) -> set[str]:
        from db.today import KINDS
        from db.waiting import PARTS
        from desktop.rooms.today.reading import stale

        if nouns is None or self._on != dt.date.today():
            return set(PARTS)
        changed = frozenset(nouns)
        return {room for room, told_from in _NOUNS.items() if changed & told_from} | set(stale(changed)) & set(KINDS)

    def is_counting(self) -> bool:
        """Whether a number is still being counted, or will be in a moment."""
        return self._job is not None or self._soon.isActive()

    def _count(self) -> None:
        from db.waiting import PARTS, count_waiting

        self._on = now = dt.date.today()
        parts, self._stale = [part for part in PARTS if part in self._stale], set()
        desk = self._desk

        def counted(progress: Progress) -> dict[str, int]:
            found = {}
            for number, part in enumerate(parts):
                progress(number, len(parts))
                found[part] = desk.ask(count_waiting, part, now)
            return found

        self._job = Job(counted, self)
        self._job.done.connect(self._on_counted)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_counted(self, counts: dict[str, int]) -> None:
        if self._over:
            return
        from db.today import KINDS

        self._counts |= counts
        told = {room: self._counts.get(room, 0) for room in _NOUNS}
        told["today"] = sum(self._counts.get(kind, 0) for kind in KINDS)
        say = text.current().number
        self._window.set_counts({name: say(count) if count else "" for name, count in told.items()})

    def _on_ended(self) -> None:
        self._job = None
        if self._stale and not self._over:
            self._soon.start()

    def show_status(self) -> None:
        """Fill the line at the foot."""
        practice = self._desk.practice
        facts = [_("Encrypted") if practice.key is not None else _("Not encrypted")]
        if practice.last_backup is not None and practice.last_backup.exists():
            moment = dt.datetime.fromtimestamp(practice.last_backup.stat().st_mtime)
            told = f"{moment:%H:%M}" if moment.date() == dt.date.today() else text.current().date(moment.date())
            facts.append(_("Backed up {when}").format(when=told))
        self._window.set_status(practice.path.name, facts, self.verified)


def say_whose(desk: OpenPractice, window: Window) -> str:
    """Say at the window's edges whose practice this is, in the words of its profession; gives its name."""
    from db import firm
    from desktop.rooms.words import engagement_word

    own = desk.ask(firm.get_practice)
    kinds = {"law": _("Law practice"), "accounting": _("Accounting practice"), "design": _("Design practice")}
    window.set_practice(own.name, kinds.get(own.profession, ""))
    window.set_title("engagements", engagement_word(own.profession, plural=True))
    return str(own.name)
