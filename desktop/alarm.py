"""What must be read, said in the window over whatever room is in view, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.shell.window import Window
    from desktop.widgets.bar import Action, Gravity


def raise_alarm(
    window: Window, title: str, words: str, actions: Sequence[Action] = (), gravity: Gravity = "error"
) -> None:
    """Say it until it is hidden by hand, or something is done about it; a later alarm takes its place."""
    notice = window.furnish().notice

    def once(action: Action) -> Action:
        said, act = action

        def do() -> None:
            # The one that is there by then: another language has another frame.
            window.furnish().notice.hide()
            act()

        return said, do

    notice.say(words, gravity, title, [once(action) for action in actions], closable=True)


def silence(window: Window) -> None:
    """Say nothing more of a practice that is being closed."""
    window.furnish().notice.hide()
