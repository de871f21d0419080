"""What the journeys stand on: the sample practice of each profession in the real window, and the count of the keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.app import App, make_application
from desktop.sample import sample_practice
from tests.journeys.hands import Count, Enter, Hands
from tests.journeys.mouse import Mouse, Point
from tests.made import let_be_made

# What each job takes by now. These may only go down.
MOST_KEYS = {
    "J0": 90,
    "J1": 8,
    "J2": 9,
    "J3": 17,
    "J4": 5,
    "J5": 17,
    "J6": 8,
    "J7": 6,
    "J8": 6,
    "J9": 13,
    "J10": 6,
    "J11": 24,
    "J12": 26,
}
MOST_CLICKS = {
    "J1": 5,
    "J2": 7,
    "J3": 16,
    "J4": 7,
    "J5": 15,
    "J6": 8,
    "J7": 4,
    "J8": 6,
    "J9": 9,
    "J10": 10,
    "J11": 17,
    "J12": 24,
}
_counted: list[tuple[str, int, str]] = []
_clicked: list[tuple[str, int, str]] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform complains that it can do less than a real one."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The journeys with the keys that each took beyond the typed texts."""
    for title, lines in (("keystrokes beyond the typed texts", _counted), ("clicks, the mouse alone", _clicked)):
        if lines:
            terminalreporter.section(title)
            for job, times, words in sorted(lines, key=lambda each: (len(each[0].split()[0]), each)):
                terminalreporter.write_line(f"{job:<34} {times:>3}  {words}")


@pytest.fixture
def count() -> Count:
    """Put a line into the table at the end of the run: the job, its keys, what they did."""

    def line(job: str, keys: int, words: str) -> None:
        _counted.append((job, keys, words))
        assert keys <= MOST_KEYS[job.split()[0]], f"{job} took {keys} keys"

    return line


@pytest.fixture
def clicks() -> Count:
    """Put a line into the table of clicks: the job, how many it took, what they did."""

    def line(job: str, times: int, words: str) -> None:
        _clicked.append((job, times, words))
        assert times <= MOST_CLICKS[job.split()[0]], f"{job} took {times} clicks"

    return line


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The closed sample practice of a profession, made once and not to be touched."""
    made: dict[str, Path] = {}

    def sample(profession: str) -> Path:
        if profession not in made:
            with pytest.MonkeyPatch.context() as patch:
                folder = tmp_path_factory.mktemp(profession)
                patch.setenv("CLIENS_HOME", str(folder))
                made[profession] = folder / f"{profession}.cliens"
                sample_practice(made[profession], profession).close()
        return made[profession]

    return sample


@pytest.fixture
def entered(
    samples: Callable[[str], Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], App]]:
    """Opens a copy of a profession's sample practice in the real window."""
    running: list[App] = []

    def enter(profession: str) -> App:
        path = Path(shutil.copy(samples(profession), tmp_path / f"{profession}.cliens"))
        choice = settings.Settings(language="en", scheme="light", idle_minutes=0)
        make_application(choice)
        app = App(choice)
        running.append(app)
        qtbot.addWidget(app.window)
        app.start(path)
        qtbot.waitUntil(lambda: app.desk is not None, timeout=30_000)
        qtbot.waitUntil(lambda: app.window.current_room() == "today", timeout=30_000)
        today: Any = app.window.stack.currentWidget()
        qtbot.waitUntil(lambda: not today.is_reading(), timeout=30_000)
        let_be_made()
        return app

    yield enter
    for app in running:
        app.close()


@pytest.fixture
def hands_in(entered: Callable[[str], App], qtbot: QtBot) -> Enter:
    """Gives the hands at the keyboard of a profession's sample practice."""
    return lambda profession: Hands(entered(profession), qtbot.waitUntil)


@pytest.fixture
def mouse_in(entered: Callable[[str], App], qtbot: QtBot) -> Point:
    """Gives the hand on the mouse of a profession's sample practice."""

    def enter(profession: str) -> Mouse:
        app = entered(profession)
        app.window.resize(1366, 768)
        return Mouse(app, qtbot.waitUntil)

    return enter
