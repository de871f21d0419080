"""Undo and Redo in the window: in the order they were asked for, and never in the way of the next event."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.exchange.bring import import_file
from db.exchange.reading import read_source
from db.history import list_steps
from db.overview import counts
from db.parties import NewParty
from desktop.practice import OpenPractice
from desktop.reversal import Reversal
from desktop.shell.window import Window

LONG = 30_000


@pytest.fixture
def reversal(desk: OpenPractice, window: Window) -> Iterator[Reversal]:
    """What takes back the steps of the practice in the window."""
    made = Reversal(desk, window, window)
    yield made
    made.stop()


def add(desk: OpenPractice, *names: str) -> None:
    """One step for each new client."""
    for name in names:
        desk.do(add_client, NewClient(party=NewParty(name=name)))


def said(window: Window) -> str:
    """What the window says in passing."""
    return window._toast.text() if window._toast is not None else ""


def test_steps_are_taken_back_and_brought_back_in_the_order_asked(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot
) -> None:
    add(desk, "Ana", "Bea", "Cleo")
    for way in ("undo", "undo", "redo", "undo", "undo"):
        reversal.ask(way)
    qtbot.waitUntil(lambda: desk.ask(counts)["clients"] == 0, timeout=LONG)
    qtbot.waitUntil(lambda: said(window).startswith("Undone: ") and "Ana" in said(window), timeout=LONG)
    kinds = [step.kind for step in desk.ask(list_steps, limit=5)]
    assert kinds == ["undo", "undo", "redo", "undo", "undo"]


def test_the_room_in_view_sees_what_was_taken_back(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot
) -> None:
    add(desk, "Ana")
    table = window.open_room("clients").table  # type: ignore[attr-defined]
    assert table.rows.rowCount() == 1
    reversal.ask("undo")
    qtbot.waitUntil(lambda: table.rows.rowCount() == 0, timeout=LONG)


def test_one_undo_too_many_is_told_and_the_next_step_still_counts(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot
) -> None:
    add(desk, "Ana")
    for _each in range(2):
        reversal.ask("undo")
    qtbot.waitUntil(lambda: said(window) == "There is nothing to undo.", timeout=LONG)
    reversal.ask("redo")
    qtbot.waitUntil(lambda: desk.ask(counts)["clients"] == 1, timeout=LONG)


def test_what_was_undone_and_redone_is_told_in_its_own_words(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot
) -> None:
    add(desk, "Ana")
    reversal.ask("undo")
    qtbot.waitUntil(lambda: said(window) == "Undone: Client added — Ana", timeout=LONG)
    reversal.ask("redo")
    qtbot.waitUntil(lambda: said(window) == "Redone: Client added — Ana", timeout=LONG)
    reversal.ask("undo")
    qtbot.waitUntil(lambda: said(window) == "Undone: Client added — Ana", timeout=LONG)


def test_an_import_is_undone_while_the_window_goes_on(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Name,E-mail\n" + "".join(f"Person {at},p{at}@example.com\n" for at in range(1500)), "utf-8")
    desk.practice.do(import_file, read_source(path))
    heard: list[str] = []
    beat = QTimer(window, interval=5)
    beat.timeout.connect(lambda: heard.append(said(window)))
    beat.start()
    began, own, everyone = time.perf_counter(), time.thread_time(), time.process_time()
    reversal.ask("undo")
    qtbot.waitUntil(lambda: said(window).startswith("Undone: "), timeout=LONG)
    took, own, everyone = time.perf_counter() - began, time.thread_time() - own, time.process_time() - everyone
    beat.stop()
    assert len(heard) > 20
    assert own < everyone / 2
    assert took < 1 or "Undoing…" in heard


def test_a_practice_that_is_being_closed_is_not_spoken_of(
    desk: OpenPractice, window: Window, reversal: Reversal, qtbot: QtBot
) -> None:
    add(desk, "Ana", "Bea")
    window.toast("").hide()
    reversal.ask("undo")
    reversal.ask("undo")
    reversal.stop()
    qtbot.waitUntil(lambda: desk.ask(counts)["clients"] == 1, timeout=LONG)
    qtbot.wait(100)
    assert said(window) == ""
    assert desk.ask(counts)["clients"] == 1
