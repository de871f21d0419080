"""What the proofs of logging advice share: its window opened and waited for, lines typed, the history read."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db import history
from db.clients import NewClient, add_client
from db.parties import NewParty
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.rooms.advice.form import AdviceForm
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.advice.writing import LogAdvice
from desktop.shell.window import Window
from tests.rooms.conftest import Keys


def opened(window: Window) -> LogAdvice:
    """The window that Ctrl+Shift+A opens."""
    window.log_advice.emit()
    found = writing.windows(window)[-1]
    active(found)
    return found


def active(window: QWidget) -> None:
    """Wait until the keyboard goes to a window."""
    window.activateWindow()
    for _each in range(300):
        if window.isActiveWindow():
            break
        QTest.qWait(10)


def form_of(window: Window) -> AdviceForm:
    """The form in that window."""
    return opened(window).form


def room(window: Window) -> AdvicePage:
    """The room of advice."""
    found = window.open_room("advice")
    assert isinstance(found, AdvicePage)
    return found


def steps(desk: OpenPractice) -> list[str]:
    """The verbs of the history, the latest first."""
    return [step.verb for step in desk.ask(history.list_steps)]


def write(keys: Keys, *lines: str) -> None:
    """Type lines, with Return between them."""
    for at, line in enumerate(lines):
        if at:
            keys.press("Return")
        keys.type(line)


def add_portus(desk: OpenPractice) -> int:
    """A second client."""
    return int(str(desk.do(add_client, NewClient(party=NewParty(name="Portus Terminal"))).result))
