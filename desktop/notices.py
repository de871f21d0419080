"""Quiet notices: what falls due while the program is open is said once, in passing, with the way to it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.text import _, ngettext

if TYPE_CHECKING:
    from db.falling_due import FallingDue
    from desktop.practice import OpenPractice
    from desktop.shell.window import Window

EVERY_MS = 30_000


class Notices(QObject):
    """Looks at the clock twice a minute, and asks the file once for each minute that has passed."""

    def __init__(self, desk: OpenPractice, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._seen = dt.datetime.now()
        clock = self._clock = QTimer(self, interval=EVERY_MS)
        clock.timeout.connect(lambda: self.look(dt.datetime.now()))
        clock.start()

    def stop(self) -> None:
        """Look no more: the practice is being closed."""
        self._clock.stop()

    def look(self, now: dt.datetime) -> None:
        """Say what fell due between the last look and this moment of the local clock."""
        before, self._seen = self._seen, now
        if f"{before:%Y-%m-%d %H:%M}" >= f"{now:%Y-%m-%d %H:%M}":
            return
        from db.falling_due import due_on_day, falling_due

        after = f"{before:%H:%M}"
        if before.date() != now.date():
            # A new day begins while the program is open: Today is another page.
            after = ""
            self._window.look_again("today")
            if count := self._desk.ask(due_on_day, now.date()):
                words = ngettext("A new day: {n} thing is due.", "A new day: {n} things are due.", count)
                self._window.toast(words, _("Open Today"), partial(self._window.go, "today"))
        due = self._desk.ask(falling_due, now.date(), after, f"{now:%H:%M}")
        if len(due) == 1:
            self._say(due[0])
        elif due:
            words = ngettext("{n} thing is due now.", "{n} things are due now.", len(due))
            self._window.toast(words, _("Open Today"), partial(self._window.go, "today")).stay()

    def _say(self, due: FallingDue) -> None:
        words = _("Due now, {clock}: {words} · {client}").format(clock=due.clock, words=due.words, client=due.client)
        self._window.toast(words, _("Open"), partial(self._open, due)).stay()

    def _open(self, due: FallingDue) -> None:
        room, record = ("trust", due.id) if due.noun == "promise" else ("clients", due.client_id)
        self._window.go(room, record)
