"""Proof that work done in turns leaves the window free, ends whole, and goes with the part it was for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.widgets import turns
from desktop.widgets.label import label
from desktop.widgets.pane import Changing, Filling
from desktop.widgets.turns import Turns


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small a part is, it has a turn of its own here."""
    monkeypatch.setattr(turns, "TURN_MS", 0)


def counted(told: list[str], count: int, words: str = "") -> Iterator[None]:
    for number in range(count):
        told.append(f"{words} {number}")
        yield


def test_what_the_user_does_comes_between_two_parts(qtbot: QtBot) -> None:
    told: list[str] = []

    def parts() -> Iterator[None]:
        for number in range(3):
            told.append(f"part {number}")
            QTimer.singleShot(0, lambda: told.append("key"))
            yield

    owner = QObject()
    work = Turns(owner)
    work.begin(parts())
    qtbot.waitUntil(lambda: not work.busy)
    assert told == ["part 0", "key", "part 1", "key", "part 2", "key"]


def test_whoever_needs_the_whole_gets_it_at_once(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    work = Turns(owner)
    work.begin(counted(told, 5))
    assert told == [" 0"]
    work.finish()
    assert told == [" 0", " 1", " 2", " 3", " 4"]
    assert not work.busy


def test_a_part_that_asks_for_the_whole_is_let_be(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    work = Turns(owner)

    def parts() -> Iterator[None]:
        work.finish()
        told.append("first")
        yield
        told.append("second")

    work.begin(parts())
    qtbot.waitUntil(lambda: told == ["first", "second"])


def test_other_work_takes_the_place_of_what_is_left(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    work = Turns(owner)
    work.begin(counted(told, 5, "old"))
    with qtbot.waitSignal(work.ended):
        work.begin(counted(told, 2, "new"))
    assert told == ["old 0", "new 0", "new 1"]


def test_work_goes_with_the_part_it_was_for(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    Turns(owner).begin(counted(told, 5))
    owner.deleteLater()
    qtbot.wait(50)
    assert told == [" 0"]


def test_a_page_made_in_turns_is_shown_when_it_is_whole(qtbot: QtBot) -> None:
    place = Changing()
    qtbot.addWidget(place)
    place.show()

    def filling(words: str) -> Callable[[QVBoxLayout], Filling]:
        def fill(column: QVBoxLayout) -> Filling:
            for number in range(3):
                line = label(f"{words} {number}")
                column.addWidget(line)
                yield line
            return None

        return fill

    def seen() -> list[str]:
        return [one.text() for one in place.findChildren(QLabel) if one.isVisible()]

    place.replace_in_turns(filling("old"))
    assert seen() == []
    qtbot.waitUntil(lambda: seen() == ["old 0", "old 1", "old 2"])
    place.replace_in_turns(filling("new"))
    assert seen() == ["old 0", "old 1", "old 2"]
    qtbot.waitUntil(lambda: seen() == ["new 0", "new 1", "new 2"])
    place.replace_in_turns(filling("other"), blank=True)
    assert seen() == []
    qtbot.waitUntil(lambda: seen() == ["other 0", "other 1", "other 2"])
