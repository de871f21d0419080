"""Proof that a program killed while advice is typed loses at most the last two seconds of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from db import advice, drafts
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import Practice
from desktop.jottings import take_up
from desktop.practice import OpenPractice

TYPES = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
app = QApplication([])
window = writing.open_window(OpenPractice(Practice.open(Path(sys.argv[1]))), None, 1)
count = 0
while True:
    QTest.keyClicks(window.form.box.page, f"word{count} ")
    print(count, time.time(), flush=True)
    count += 1
    QTest.qWait(100)
"""


def test_killed_program_loses_at_most_two_seconds_of_typing(practice: Practice) -> None:
    practice.do(add_client, NewClient(party=NewParty(name="Portus Terminal")))
    path = practice.path
    practice.close()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", TYPES, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    ) as typing:
        assert typing.stdout is not None
        typed: dict[int, float] = {}
        for line in typing.stdout:
            count, at = line.split()
            typed[int(count)] = float(at)
            if len(typed) == 50:
                break
        killed_at = time.time()
        typing.send_signal(signal.SIGKILL)
    with Practice.open(path) as again:
        (kept,) = again.ask(drafts.list_jottings)
        last = int(kept.content["advice"].split()[-1].removeprefix("word"))
        assert last > 10
        # Two seconds, and a little for a computer that is busy with other things.
        assert killed_at - typed[last] < 2.5
        desk = OpenPractice(again)
        assert take_up(desk) == 1
        (draft,) = desk.ask(advice.list_advice, 1)
        assert (draft.state, draft.advice) == ("draft", kept.content["advice"])
