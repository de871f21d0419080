"""How long the palette takes to answer, and how long its typing holds the window: python -m tests.benchmarks.palette.

The argument is the large practice that `python -m tests.benchmarks.large PATH` makes; it is only read.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.large import PASSPHRASE

if TYPE_CHECKING:
    from db.practice import Practice

GOAL_MS, ROUNDS = 50.0, 7
TYPED = {
    "two letters": "ma",
    "a name begun": "mart",
    "a name": "marta",
    "two words of a name": "marta kow",
    "a word of advice": "settle",
    "two words of advice": "estate clause",
    "a name with a slip": "larera",
    "another slip": "dabrovska",
    "a number": "C-00117",
    "a phone without spaces": "02079460123",
    "nothing there is": "zzzqq",
}


def main() -> int:
    """Print a table of medians and worst cases; gives 1 where a median is over the goal."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.palette", description=__doc__)
    asked.add_argument("practice", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="cliens-palette-") as home:
        os.environ |= {"CLIENS_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        return _measured(options.practice)


def _measured(path: Path) -> int:
    from db.engine import make_engine
    from db.practice import Practice
    from db.vault import derive, read_header

    key = derive(PASSPHRASE, read_header(path))
    practice = Practice(path, key, "bench")
    # Read only, and beside whoever works on it: the file is neither locked nor backed up.
    practice._reader = make_engine(path, key, writing=False)
    slow = 0
    print(f"{'typed':26} {'median ms':>10} {'worst ms':>10}")
    for name, typed in TYPED.items():
        took = _find(practice, typed)
        slow += statistics.median(took) > GOAL_MS
        print(f"{name:26} {statistics.median(took):10.1f} {max(took):10.1f}")
    for name, took in (("history, first page", _history(practice)), ("commands with a slip", _commands())):
        slow += statistics.median(took) > GOAL_MS
        print(f"{name:26} {statistics.median(took):10.1f} {max(took):10.1f}")
    held = _typing(practice)
    print(f"{'typing, the window held':26} {statistics.median(held):10.1f} {max(held):10.1f}")
    return int(slow > 0 or max(held) > GOAL_MS)


def _typing(practice: Practice) -> list[float]:
    """How long each turn of the window's event loop took while names and words were typed into the palette."""
    from PySide6.QtTest import QTest

    from desktop import settings
    from desktop.dressing import make_application
    from desktop.finding import Finding
    from desktop.practice import OpenPractice
    from desktop.shell.window import Window

    application = make_application(settings.Settings(scheme="light", language="en"))
    window = Window([])
    finding = Finding(OpenPractice(practice), window, window)
    window.search_changed.connect(finding.ask)
    window.show()
    window.activateWindow()
    QTest.qWait(300)
    window.begin_search()
    turns = []
    for typed in ("marta kow", "settle the estate", "larera", "log advise"):
        window.top.search.clear()
        for letter in typed:
            turns.append(_timed(lambda letter=letter: QTest.keyClicks(window.top.search, letter)))  # type: ignore[misc]
            until = time.perf_counter() + 0.35
            while time.perf_counter() < until:
                turns.append(_timed(application.processEvents))
                time.sleep(0.001)
    finding.stop()
    window.close()
    return [turn for turn in turns if turn > 1] or [0.0]


def _find(practice: Practice, typed: str) -> list[float]:
    from db.search import find
    from desktop.finding import COUNTED, MOST

    practice.ask(find, typed, limit=MOST, count=COUNTED)
    return [_timed(lambda: practice.ask(find, typed, limit=MOST, count=COUNTED)) for _round in range(ROUNDS)]


def _history(practice: Practice) -> list[float]:
    from db import step_changes

    def page() -> None:
        steps = practice.ask(step_changes.find_steps, 50)
        practice.ask(step_changes.list_doers)
        practice.ask(step_changes.list_verbs)
        practice.ask(step_changes.changes_of, steps[0].id)

    page()
    return [_timed(page) for _round in range(ROUNDS)]


def _commands() -> list[float]:
    from desktop.shell.commands import Group, matching
    from desktop.widgets.command import Command

    words = ("Lock", "Log advice", "New client", "Keyboard shortcuts", "Settings: Trash", "Colours: Dark")
    many = [Group("", [Command(f"{word} {number}", lambda: None) for word in words for number in range(20)])]
    return [_timed(lambda: matching(many, "keybord shortcts")) for _round in range(ROUNDS)]


def _timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


if __name__ == "__main__":
    sys.exit(main())
