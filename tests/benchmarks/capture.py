"""How long typing in *Log advice* takes on a large practice: each key, the list after @ and #, the window, recording.

    python -m tests.benchmarks.capture LARGE.cliens PASSPHRASE

The file is written to: give a copy.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

LIMIT = 0.050


def main(path: Path, passphrase: str) -> int:
    """Print median and worst of each in milliseconds; gives 1 where one key took longer than 50 ms."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from db import drafts
    from db.practice import Practice
    from desktop.practice import OpenPractice
    from desktop.rooms.advice import writing

    application = QApplication([])
    worst = 0.0
    with Practice.open(path, passphrase, backup=False) as practice:
        desk = OpenPractice(practice)
        opened = []
        for _each in range(5):
            opened.append(_timed(lambda: writing.open_window(desk, None, 1)))
            QTest.qWait(50)
        _say("open the window", opened)
        window = writing.open_window(desk, None, 1)
        page = window.form.box.page
        for name, typed in (
            ("a key of plain text", "Settle below the offer, since costs exceed what can be gained by March. " * 3),
            ("a key after @", "@kow @anna nowak @ma @gar @smith "),
            ("a key after #", "#lease #tax 2025 #review #con "),
            ("a key of a promise", "!send the draft by Thursday. ?call again in two weeks. "),
        ):
            page.clear()
            page.setFocus()
            keys = []
            for letter in typed:
                keys.append(_timed(lambda letter=letter: QTest.keyClicks(page, letter)))  # type: ignore[misc]
                application.processEvents()
            worst = max(worst, _say(name, keys))
        content = window.form.content() | {"advice": "word " * 400}
        _say(
            "keep a draft of 400 words", [_timed(lambda: desk.jot(drafts.keep_jotting, content, 1)) for _ in range(20)]
        )
        recorded = []
        for _each in range(8):
            window = writing.open_window(desk, None, 1)
            window.form.box.page.setPlainText("He should wait. !send the draft by Thursday")
            recorded.append(_timed(window.form.submitted.emit))
            QTest.qWait(20)
        _say("record with a promise", recorded)
    return int(worst > LIMIT)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _say(name: str, times: list[float]) -> float:
    print(f"{name:30} median {statistics.median(times) * 1000:7.1f} ms   worst {max(times) * 1000:7.1f} ms", flush=True)
    return max(times)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
