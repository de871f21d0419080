"""Proof that a practice which is given up on its way in leaves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.practice import Practice
from desktop import settings
from desktop.app import App
from desktop.shell.welcome import WelcomePage

OPENS = 20_000


@pytest.fixture
def app(qtbot: QtBot, home: Path) -> Iterator[App]:
    """The program on its first page."""
    made = App(settings.Settings(scheme="light"))
    qtbot.addWidget(made.window)
    made.start(None)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()
    made.window.close()


@pytest.fixture
def plain(empty_file: Path, tmp_path: Path) -> Path:
    """A closed practice without a passphrase."""
    return Path(shutil.copy(empty_file, tmp_path / "plain.cliens"))


def opened_halfway(app: App, path: Path) -> None:
    """A practice that was opened, of which only the first parts are there."""
    app._enter(Practice.open(path, backup=False))
    assert app.opened is not None
    assert app.desk is None


def test_practice_closed_before_its_first_page_is_there_leaves_nothing(app: App, qtbot: QtBot, plain: Path) -> None:
    opened_halfway(app, plain)
    app.close()
    assert app.opened is None
    assert app.window.current_room() == ""
    assert not app.window.stack.isHidden()
    Practice.open(plain, backup=False).close()
    app.unlock(plain)
    qtbot.waitUntil(lambda: app.desk is not None, timeout=OPENS)
    assert app.window.current_room() == "today"


def test_whoever_goes_to_another_page_while_a_practice_comes_in_stays_there(
    app: App, qtbot: QtBot, plain: Path
) -> None:
    opened_halfway(app, plain)
    app.welcome()
    qtbot.waitUntil(lambda: app.opened is None, timeout=OPENS)
    assert app.cover.isVisible()
    assert isinstance(app._page, WelcomePage)
    Practice.open(plain, backup=False).close()
