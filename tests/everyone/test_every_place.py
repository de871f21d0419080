"""Proof that every place of the program is for everyone: named, in order, seen with the keyboard, and read whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import text
from desktop.shell import style
from desktop.shell.window import Window
from tests.everyone.clipped import clipped
from tests.everyone.keys import trapped
from tests.everyone.longest import NAME, voice
from tests.everyone.named import unnamed
from tests.everyone.order import out_of_order, unseen
from tests.everyone.walk import SIZE, walk
from tests.places import PROFESSIONS

Found = dict[str, dict[str, str]]


def _clipped_at_both_sizes(window: QWidget) -> Iterator[str]:
    yield from clipped(window)
    if isinstance(window, Window):
        window.resize(window.minimumSize())
        QApplication.processEvents()
        yield from (f"{sentence} (in the smallest window)" for sentence in clipped(window))
        window.resize(*SIZE)
        QApplication.processEvents()


@pytest.fixture(scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(tmp_path_factory.mktemp("everyone")))
        patch.setattr(text, "voice", voice)
        yield
    text.speak("en")


@pytest.fixture(scope="module")
def plain(_home: None, qapp: QApplication) -> Found:
    """What breaks a rule at the usual size of letters, in the longest language: by rule, each with its place."""
    found: Found = {"name": {}, "order": {}, "focus": {}, "clipped": {}, "trapped": {}}
    known: set[str] = set()
    ways: set[tuple[str, ...]] = set()
    for place, windows in walk(NAME, 1.0):
        for window in windows:
            _take(found["name"], place, unnamed(window))
            _take(found["order"], place, out_of_order(window))
            _take(found["clipped"], place, _clipped_at_both_sizes(window))
            if window.isActiveWindow() and QApplication.activePopupWidget() is None:
                _take(found["focus"], place, unseen(window, known))
                _take(found["trapped"], place, trapped(window, ways))
    return found


@pytest.fixture(scope="module")
def large(_home: None, qapp: QApplication) -> dict[str, str]:
    """What is clipped with letters twice as large, in the longest language. What fits now fits at 150 % too.

    A window of such letters is never made smaller than this one, unless the screen is. The places of one profession
    are those of the others in other words, which the walk at the usual size has seen.
    """
    found: dict[str, str] = {}
    for place, windows in walk(NAME, 2.0, PROFESSIONS[:1]):
        for window in windows:
            _take(found, place, clipped(window))
    style.apply(qapp, "light")
    return found


def _take(found: dict[str, str], place: str, sentences: Iterator[str]) -> None:
    for sentence in sentences:
        found.setdefault(sentence, place)


def test_every_control_has_a_name_and_a_role_and_every_row_its_words(plain: Found) -> None:
    assert plain["name"] == {}


def test_tab_goes_down_and_to_the_right_through_one_block_after_the_other(plain: Found) -> None:
    assert plain["order"] == {}


def test_every_control_shows_that_it_has_the_keyboard(plain: Found) -> None:
    assert plain["focus"] == {}


def test_tab_and_shift_tab_reach_every_control_and_come_back(plain: Found) -> None:
    assert plain["trapped"] == {}


def test_no_words_are_cut_in_any_language(plain: Found) -> None:
    assert plain["clipped"] == {}


def test_no_words_are_cut_with_letters_twice_as_large(large: dict[str, str]) -> None:
    assert large == {}


def test_the_longest_language_is_wider_than_each_that_is_spoken(qapp: QApplication) -> None:
    said = "Who works at this computer? Your name then stands beside what you do."
    assert len(voice(NAME).say(said)) >= 1.4 * len(said)
