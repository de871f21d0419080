"""What the parts of a window say, said again when the language changes: nothing that was typed in them is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.text import Said
from desktop.widgets.ink import tip

_TOLD = "_words_told"


def tell(widget: QWidget, how: str, words: str) -> None:
    """Call a setter of a widget with words, or with `tip` give it a tooltip, and remember them."""
    _set(widget, how, words)
    remember(widget, how, words)


def remember(widget: QWidget, how: str, words: str) -> None:
    """Remember what a setter was called with; what is not the program's own is said by nobody again."""
    told: dict[str, Said] = getattr(widget, _TOLD, {})
    if isinstance(words, Said):
        told[how] = words
    else:
        told.pop(how, None)
    setattr(widget, _TOLD, told)


def turn(windows: Iterable[QWidget], change: Callable[[], object]) -> None:
    """Change the language by `change`, and let everything in these windows, as far as they are shown, be said in it.

    A widget with `turning()` is asked before and gives what it does after; one with `speak_again()` is called after.
    """
    shown = [window for window in windows if window.isVisible()]
    # A window is a child of the one that it was opened from, but its parts are its own.
    parts = [part for window in shown for part in (*window.findChildren(QWidget), window) if part.window() is window]
    later = list(_turning(parts))
    change()
    for part in parts:
        told: dict[str, Said] = getattr(part, _TOLD, {})
        for how, words in list(told.items()):
            tell(part, how, words.again())
    for act in later:
        act()
    for part in parts:
        if (speak_again := getattr(part, "speak_again", None)) is not None:
            speak_again()


def _turning(parts: Iterable[Any]) -> Iterator[Callable[[], object]]:
    for part in parts:
        if (turning := getattr(part, "turning", None)) is not None and (after := turning()) is not None:
            yield after


def _set(widget: Any, how: str, words: str) -> None:
    if how == "tip":
        tip(widget, words)
    else:
        getattr(widget, how)(words)
