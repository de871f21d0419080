"""A command: something the user can ask for by a key, in a menu, in the palette, or from the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.widgets.ink import icon as drawn
from desktop.widgets.keys import on_key


@dataclass(frozen=True)
class Command:
    """What is done, its words, its shortcut as Qt writes it ("Ctrl+K", "" for none) and its icon's name.

    `possible` is asked each time it is shown; `line_before` parts it from the commands above it in a menu.
    """

    title: str
    do: Callable[[], object]
    keys: str = ""
    icon: str = ""
    possible: Callable[[], bool] = lambda: True
    line_before: bool = False


def menu_of(commands: Sequence[Command], parent: QWidget) -> QMenu:
    """The commands as a menu; the keys stand beside the words and are not taken a second time."""
    made = QMenu(parent)
    for command in commands:
        if command.line_before:
            made.addSeparator()
        action = QAction(command.title, made)
        if command.keys:
            # Shown only: the key itself belongs to the part that `listen` put it on.
            action.setText(
                f"{command.title}\t{QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText)}"
            )
        if command.icon:
            action.setIcon(drawn(command.icon))
        action.setEnabled(command.possible())
        action.triggered.connect(lambda _checked=False, do=command.do: do())
        made.addAction(action)
    return made


def listen(commands: Sequence[Command], where: QWidget) -> None:
    """Put the commands' keys on a part: they work while the focus is inside it."""
    for command in commands:
        if command.keys:
            on_key(command.keys, where, _if_possible(command), "inside")


def _if_possible(command: Command) -> Callable[[], object]:
    return lambda: command.do() if command.possible() else None
