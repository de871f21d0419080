"""What is left of a page is taken apart on the window's thread, whatever else works."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import collecting
from desktop.dressing import bare_application
from desktop.jobs import Job


def _leave_a_page(ended_on: list[threading.Thread]) -> None:
    page = QWidget()
    page.itself = page  # type: ignore[attr-defined]
    page.destroyed.connect(lambda: ended_on.append(threading.current_thread()))


def _allocate(_progress: object) -> int:
    return len([[number] for number in range(200_000)])


def test_job_takes_no_page_apart_that_was_left(qtbot: QtBot) -> None:
    bare_application()
    gc.collect()
    ended_on: list[threading.Thread] = []
    _leave_a_page(ended_on)
    job = Job(_allocate)
    with qtbot.waitSignal(job.done, timeout=20_000):
        job.start()
    assert ended_on == []
    gc.collect()
    assert ended_on == [threading.main_thread()]


def test_the_window_collects_by_its_clock(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    gc.enable()
    ended_on: list[threading.Thread] = []
    bare_application()
    assert not gc.isenabled()
    collecting.keep_loaded()
    _leave_a_page(ended_on)
    left = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: bool(ended_on), timeout=10_000)
    assert len(left) == 10_000


def test_all_that_there_is_is_walked_over_only_while_nobody_works(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 100, 100))
    monkeypatch.setattr(gc, "collect", walked.append)
    monkeypatch.setattr(collecting, "REST_S", 1000.0)
    collecting.touched()
    collecting._collect_now()
    monkeypatch.setattr(collecting, "REST_S", -1.0)
    collecting._collect_now()
    assert walked == [1, 2]
