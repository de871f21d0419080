"""The clock of a call: it runs while one talks, can be stopped and go on, and says the minutes."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.widgets.chip import ChipButton


class Clock(ChipButton):
    """A chip that starts and stops; `ticked` comes with the minutes begun, each second and on stopping."""

    ticked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "neutral", parent=parent)
        self._before, self._since = 0.0, None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._show)
        self.clicked.connect(self.turn)
        self._say()

    _since: float | None

    def seconds(self) -> int:
        """How long it has run."""
        running = time.monotonic() - self._since if self._since is not None else 0.0
        return int(self._before + running)

    def minutes(self) -> int:
        """The minutes begun; 0 where it never ran."""
        return -(-self.seconds() // 60) if self.seconds() else 0

    def is_running(self) -> bool:
        """Whether it runs now."""
        return self._since is not None

    def wind(self, seconds: int) -> None:
        """Take it that so many seconds ran before."""
        self._before = float(seconds)
        self._say()

    def start(self) -> None:
        """Let it run, from where it was stopped."""
        self._since = time.monotonic()
        self._timer.start()
        self._show()

    def stop(self) -> None:
        """Stop it; `start` lets it go on from here."""
        if self._since is not None:
            self._before += time.monotonic() - self._since
            self._since = None
            self._timer.stop()
            self._show()

    def turn(self) -> None:
        """Stop it where it runs, else let it run."""
        if self.is_running():
            self.stop()
        else:
            self.start()

    def speak_again(self) -> None:
        """Say what it does in the language that is spoken now."""
        self._say()

    def _show(self) -> None:
        self._say()
        self.ticked.emit(self.minutes())

    def _say(self) -> None:
        told = f"{self.seconds() // 60}:{self.seconds() % 60:02d}"
        if self.is_running():
            self.say(_("{time} · Stop the clock").format(time=told), "accent")
        elif self.seconds():
            self.say(_("{time} · Go on").format(time=told), "neutral")
        else:
            self.say(_("Start the clock"), "neutral")
