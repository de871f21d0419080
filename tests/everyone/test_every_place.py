"""Proof that every place of the program is for everyone: named, in order, seen with the keyboard, and read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
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
from tests.places import MOMENT, PROFESSIONS

Found = dict[str, dict[str, str]]


def _clipped_at_both_sizes(window: QWidget) -> Iterator[str]:
    yield from clipped(window)
    if isinstance(window, Window):
        window.resize(window.minimumSize())
        QApplication.processEvents()
        yield from (f"{sentence} (in the smallest window)" for sentence in clipped(window))
        window.resize(*SIZE)
        QApplication.processEvents()


def _lasting(find: Callable[[QWidget], Iterator[str]], window: QWidget) -> Iterator[str]:
    """What is found and is still there a moment later: a place may still be made while it is looked at."""
    if found := set(find(window)):
        QTest.qWait(MOMENT)
        yield from (sentence for sentence in find(window) if sentence in found)


@pytest.fixture(scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(tmp_path_factory.mktemp("everyone")))
        patch.setattr(text, "voice", voice)
        yield
    text.speak("en")


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("profession", PROFESSIONS, ids=lambda profession: profession or "empty")
def test_every_place_is_named_in_order_seen_with_the_keyboard_and_read_whole(
    qapp: QApplication, profession: str
) -> None:
    """In the longest language, at the usual size of letters: what breaks a rule stands under it, with its place."""
    found: Found = {
        "control without a name or a role, or row without words": {},
        "Tab does not go down and to the right through one block after the other": {},
        "does not show that it has the keyboard": {},
        "Tab or Shift+Tab does not reach it, or does not come back": {},
        "words are cut": {},
    }
    named, order, focus, reached, cut = found.values()
    known: set[str] = set()
    ways: set[tuple[str, ...]] = set()
    for place, windows in walk(NAME, 1.0, [profession]):
        for window in windows:
            _take(named, place, unnamed(window))
            _take(order, place, out_of_order(window))
            _take(cut, place, _lasting(_clipped_at_both_sizes, window))
            if window.isActiveWindow() and QApplication.activePopupWidget() is None:
                _take(focus, place, unseen(window, known))
                _take(reached, place, trapped(window, ways))
    assert {rule: breaks for rule, breaks in found.items() if breaks} == {}


@pytest.mark.usefixtures("_home")
def test_no_words_are_cut_with_letters_twice_as_large(qapp: QApplication) -> None:
    """In the longest language. What fits now fits at 150 % too.

    A window of such letters is never made smaller than this one, unless the screen is. The places of one profession
    are those of the others in other words, which the walk at the usual size has seen.
    """
    found: dict[str, str] = {}
    for place, windows in walk(NAME, 2.0, PROFESSIONS[:1]):
        for window in windows:
            _take(found, place, _lasting(clipped, window))
    style.apply(qapp, "light")
    assert found == {}


def _take(found: dict[str, str], place: str, sentences: Iterator[str]) -> None:
    for sentence in sentences:
        found.setdefault(sentence, place)


def test_the_longest_language_is_wider_than_each_that_is_spoken(qapp: QApplication) -> None:
    said = "Who works at this computer? Your name then stands beside what you do."
    assert len(voice(NAME).say(said)) >= 1.4 * len(said)
