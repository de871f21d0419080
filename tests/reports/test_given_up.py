"""A report over a long history is given up soon after one asks for it, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import time
from importlib import import_module
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from db.clients import NewClient, add_client
from db.founding import NewPractice
from db.parties import NewParty
from db.practice import Practice
from db.rows import utc_now
from db.tables import Advice
from desktop.giving_up import go_on, heard_by
from desktop.jobs import Cancelled, Job
from desktop.reports import family

ENTRIES = 2500


def _history(session: Session) -> None:
    now = utc_now()
    session.add_all(
        Advice(
            client_id=1,
            given_at=now - dt.timedelta(days=number % 900),
            recorded_at=now,
            state="recorded",
            question=f"Shall we settle number {number}?",
            advice="Settle before the hearing, and keep the costs low. " * 4,
        )
        for number in range(ENTRIES)
    )


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.cliens"
    with Practice.create(path, NewPractice(name="Long", language="en"), None) as made:
        made.do(add_client, NewClient(party=NewParty(name="Long History")))
        made.do(_history)
    return path


def _made(practice: Practice) -> family.Made:
    asked = family.Asked(at=dt.datetime.now().astimezone(), client_id=1)
    return family.make(practice.ask, family.kind_of("client"), asked)


def test_making_a_report_asks_often_enough_whether_to_go_on(long: Path) -> None:
    # The libraries of paper are loaded once and before the first report; that is no part of making one.
    import_module("desktop.reports.client_report")
    last, gaps, asked = time.thread_time(), [0.0], 0

    def ask() -> None:
        nonlocal last, asked
        now = time.thread_time()
        gaps.append(now - last)
        last, asked = now, asked + 1

    with Practice.open(long, backup=False) as practice, heard_by(ask):
        _made(practice)
        ask()
    assert asked > ENTRIES
    # Measured against the whole, so that a slow computer does not matter.
    assert max(gaps) < sum(gaps) / 5


def test_report_is_given_up_at_any_moment_and_the_next_one_is_whole(long: Path) -> None:
    before = sorted(path.name for path in long.parent.iterdir())
    with Practice.open(long, backup=False) as practice:
        for after in (1, 4, ENTRIES, 4 * ENTRIES):
            left = after

            def ask() -> None:
                nonlocal left
                left -= 1
                if not left:
                    raise Cancelled

            with heard_by(ask), pytest.raises(Cancelled):
                _made(practice)
        assert _made(practice).paper.pages > 50
    assert sorted(path.name for path in long.parent.iterdir()) == before


def test_cancelled_job_of_a_report_says_so_soon(long: Path, qtbot: QtBot) -> None:
    with Practice.open(long, backup=False) as practice:
        job = Job(lambda _progress: _made(practice))
        with qtbot.waitSignal(job.cancelled, timeout=20_000):
            job.start()
            time.sleep(0.1)
            job.cancel()
        assert not job.is_running()


def test_work_that_no_job_does_goes_on() -> None:
    go_on()
