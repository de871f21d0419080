"""The commands of the frame as data: one list for shortcuts, palette, the list of shortcuts, and the menus on macOS."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from desktop.text import _
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from desktop.shell.search import ResultRow
    from desktop.shell.window import Window

LIKE_ENOUGH = 74
# A second key for the same command, by its first.
ALSO = {"Ctrl+Shift+Z": "Ctrl+Y", "F1": "?"}
_MAC = sys.platform == "darwin"


@dataclass(frozen=True)
class Group:
    """Commands that belong together, under their title."""

    title: str
    commands: Sequence[Command]


def frame_commands(window: Window) -> list[Group]:
    """What can be asked for in every room."""
    back, forward = ("Ctrl+[", "Ctrl+]") if _MAC else ("Alt+Left", "Alt+Right")
    rooms = [
        Command(
            entry.title,
            partial(window.go, entry.name),
            "Ctrl+," if entry.name == "settings" else f"Ctrl+{number}" if number < 10 else "",
            entry.icon,
        )
        for number, entry in enumerate(window.entries(), start=1)
    ]
    settings = [] if any(entry.name == "settings" for entry in window.entries()) else [_settings(window)]
    return [
        Group(
            _("Do"),
            [
                Command(_("Log advice"), window.log_advice.emit, "Ctrl+Shift+A", "plus"),
                Command(_("Brief for the meeting"), window.brief.emit, "Ctrl+B", "notebook-pen"),
                Command(_("New enquiry"), window.new_enquiry.emit, "Ctrl+Shift+N", "phone"),
                Command(_("Print…"), window.print_out.emit, "Ctrl+P", "printer"),
                Command(_("Undo"), window.undo.emit, "Ctrl+Z", "undo-2", lambda: window.can_undo),
                Command(_("Redo"), window.redo.emit, "Ctrl+Shift+Z", "redo-2", lambda: window.can_redo),
            ],
        ),
        Group(
            _("Find"),
            [
                Command(_("Find anything"), window.begin_search, "Ctrl+K", "search"),
                Command(_("Find in this room"), window.find_in_room, "Ctrl+F", "filter"),
            ],
        ),
        Group(
            _("Go to"),
            [
                *rooms,
                Command(_("Back"), partial(window.step, -1), back, "arrow-left", partial(window.places.can, -1)),
                Command(_("Forward"), partial(window.step, 1), forward, "arrow-right", partial(window.places.can, 1)),
            ],
        ),
        Group(
            _("Window"),
            [
                *settings,
                Command(_("Lock"), window.lock.emit, "Ctrl+L", "lock"),
                Command(_("Keyboard shortcuts"), window.show_shortcuts, "F1", "circle-question-mark"),
            ],
        ),
    ]


def _settings(window: Window) -> Command:
    return Command(_("Settings"), window.settings.emit, "Ctrl+,", "settings")


def make_actions(window: Window, groups: Sequence[Group]) -> dict[str, QAction]:
    """Give the window an action for each command, with its keys; on macOS also a menu for each group. By their keys."""
    made: dict[str, QAction] = {}
    for group in groups:
        actions = []
        for command in group.commands:
            action = QAction(command.title, window)
            keys = [QKeySequence(each) for each in (command.keys, ALSO.get(command.keys, "")) if each]
            action.setShortcuts(keys)
            action.triggered.connect(lambda _checked=False, do=command.do: do())
            window.addAction(action)
            actions.append(action)
            made[command.keys or command.title] = action
        if _MAC:
            window.menuBar().addMenu(group.title).addActions(actions)
    return made


def matching(groups: Iterable[Group], typed: str, most: int = 6) -> list[Command]:
    """The commands whose words are nearly what was typed, the likeliest first; only those that are possible now."""
    from rapidfuzz import fuzz

    wanted = typed.strip().casefold()
    scored: list[tuple[float, int, Command]] = []
    for command in (each for group in groups for each in group.commands):
        title = command.title.casefold()
        if title.startswith(wanted):
            score = 100.0
        elif any(word.startswith(wanted) for word in title.split()):
            score = 95.0
        elif len(wanted) < 3:
            continue
        else:
            score = max(fuzz.ratio(wanted, title), fuzz.token_sort_ratio(wanted, title), _by_words(wanted, title))
        if score >= LIKE_ENOUGH and command.possible():
            scored.append((-score, len(scored), command))
    return [command for _score, _place, command in sorted(scored, key=lambda each: each[:2])][:most]


def with_commands(rows: Sequence[ResultRow], typed: str, groups: Callable[[], Iterable[Group]]) -> list[ResultRow]:
    """What the search found together with the commands of nearly that name."""
    from desktop.shell.search import ResultRow

    found = matching(groups(), typed) if typed else []
    commands = [ResultRow.of_command(command) for command in found]
    # A command that begins as typed is what was meant, unless somebody is called so.
    first = bool(found) and len(typed) > 2 and found[0].title.casefold().startswith(typed.casefold())
    return [*commands, *rows] if first else [*rows, *commands]


def _by_words(wanted: str, title: str) -> float:
    """How well each typed word begins some word of the title; the worst of them counts."""
    from rapidfuzz import fuzz

    words = title.split()
    return min(
        max((fuzz.ratio(typed, word[: len(typed) + 1]) for word in words), default=0.0) for typed in wanted.split()
    )
