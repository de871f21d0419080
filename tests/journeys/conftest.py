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

_counted: list[tuple[str, int, str]] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform complains that it can do less than a real one."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The journeys with the keys that each took beyond the typed texts."""
    if _counted:
        terminalreporter.section("keystrokes beyond the typed texts")
        for job, keys, words in sorted(_counted, key=lambda each: (len(each[0].split()[0]), each)):
            terminalreporter.write_line(f"{job:<34} {keys:>3}  {words}")


@pytest.fixture
def count() -> Count:
    """Put a line into the table at the end of the run: the job, its keys, what they did."""

    def line(job: str, keys: int, words: str) -> None:
        _counted.append((job, keys, words))

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
def hands_in(
    samples: Callable[[str], Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Enter]:
    """Opens a copy of a profession's sample practice in the real window, and gives the hands at its keyboard."""
    running: list[App] = []

    def enter(profession: str) -> Hands:
        path = Path(shutil.copy(samples(profession), tmp_path / f"{profession}.cliens"))
        choice = settings.Settings(language="en", scheme="light", idle_minutes=0)
        make_application(choice)
        app = App(choice)
        running.append(app)
        qtbot.addWidget(app.window)
        app.start(path)
        qtbot.waitUntil(lambda: app.desk is not None, timeout=30_000)
        hands = Hands(app, qtbot.waitUntil)
        today = hands.room("today")
        hands.wait(lambda: not today.is_reading())
        return hands

    yield enter
    for app in running:
        app.close()
