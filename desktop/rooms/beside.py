"""What stands beside a list: the current record told as heading, chips, buttons with their keys, words and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chip import Chip
from desktop.widgets.command import Command
from desktop.widgets.flow import Flow
from desktop.widgets.ink import Tone, tip
from desktop.widgets.label import label
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph


@dataclass(frozen=True)
class Told:
    """A record as it is told; `parts` stand beneath one another."""

    heading: str
    small: str = ""
    chips: Sequence[tuple[str, Tone]] = ()
    parts: Sequence[QWidget] = field(default_factory=list)


class Beside(Changing):
    """Shows one record at a time."""

    def show_told(self, told: Told | None, commands: Sequence[Command] = ()) -> None:
        """Show another record with what can be done with it, or nothing; the first command is the main one."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 20, 22, 24)
        column.setSpacing(10)
        if told is not None:
            column.addWidget(label(told.heading, "title", wrap=True))
            if told.small:
                column.addWidget(label(told.small, "small", wrap=True))
            if told.chips:
                chips = Flow()
                # It has its place before it is shown: without one it would be a window of its own for a moment.
                column.addWidget(chips)
                chips.show_all([Chip(said, colour) for said, colour in told.chips])
            if commands:
                buttons = Flow(8)
                column.addSpacing(2)
                column.addWidget(buttons)
                buttons.show_all(_buttons(commands))
            column.addSpacing(4)
            for part in told.parts:
                column.addWidget(part)
        column.addStretch(1)
        self.replace(page)


def _buttons(commands: Sequence[Command]) -> list[QWidget]:
    made: list[QWidget] = []
    for at, command in enumerate(commands):
        one = button(command.title, command.do, "primary" if at == 0 else "", command.icon)
        if command.keys:
            tip(one, QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText))
        made.append(one)
    return made


def words_part(title: str, words: str) -> QWidget:
    """A small title with words beneath it."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(5)
    if title:
        column.addWidget(label(title, "label"))
    column.addWidget(Paragraph(words))
    return part


def facts_part(title: str, facts: Sequence[tuple[str, str]]) -> Card:
    """A card of names with their values; those without a value are left out."""
    card = Card(ruled=False)
    card.set_title(title)
    card.show_facts([fact for fact in facts if fact[1]])
    return card


def rows_part(title: str, note: str, rows: Sequence[CardRow]) -> Card:
    """A card of rows with a title."""
    card = Card(title or _("More"), note)
    card.show_rows(rows)
    return card
