"""The Settings room: a tab each for practice, people, tags and fields, health, computer, file, key, history, trash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import look
from desktop.rooms.room import Room
from desktop.rooms.settings.computer import ComputerCard
from desktop.rooms.settings.file import FileCard
from desktop.rooms.settings.health import HealthCard
from desktop.rooms.settings.history import HistoryCard
from desktop.rooms.settings.key import KeyCard
from desktop.rooms.settings.lists import ListsCard
from desktop.rooms.settings.people import PeopleCard
from desktop.rooms.settings.practice import PracticeCard
from desktop.rooms.settings.trash import TrashCard
from desktop.text import _
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled
from desktop.widgets.tabs import Tabs

WIDTH = 760


def tab_titles() -> dict[str, str]:
    """The tabs by their keys, in their order."""
    return {
        "practice": _("Practice"),
        "people": _("People"),
        "lists": _("Tags and fields"),
        "health": _("Health"),
        "computer": _("This computer"),
        "file": _("File"),
        "key": _("Passphrase"),
        "history": _("History"),
        "trash": _("Trash"),
    }


class SettingsPage(Room):
    """`chose` names a choice of this computer and its value; `who_am_i` the person who works at it."""

    name: ClassVar[str] = "settings"
    icon: ClassVar[str] = "settings"
    # The history shows every step.
    SHOWS: ClassVar[frozenset[str]] = frozenset(
        ("practice", "person", "client", "party", "engagement", "advice", "trust", "follow_up", "fee", "attachment")
    ) | {"setting", "insight", "referral", "rights_request", "conflict_check", "set_aside", "review"}

    chose = Signal(str, object)
    who_am_i = Signal(int)

    def parts(self) -> Iterator[None]:
        self.tabs, self._stack = Tabs(), QStackedWidget()
        self._places: dict[str, QVBoxLayout] = {}
        for key, title in tab_titles().items():
            self.tabs.add(key, title)
            place = QWidget()
            self._places[key] = QVBoxLayout(place)
            self._places[key].setContentsMargins(0, 0, 0, 0)
            self._stack.addWidget(place)
        self.tabs.changed.connect(self._on_tab)
        head = QVBoxLayout()
        head.setContentsMargins(24, 22, 24, 16)
        head.setSpacing(12)
        head.addWidget(label(self.title(), "display"))
        head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        yield
        getattr(self, self.tabs.current())
        yield
        self._card()
        yield

    @staticmethod
    def title() -> str:
        return _("Settings")

    # Each card is made when it is first looked at: all of them at once would hold the window.

    @cached_property
    def practice(self) -> PracticeCard:
        """What the practice is called, and what it writes and counts in."""
        return PracticeCard(self.desk)

    @cached_property
    def people(self) -> PeopleCard:
        """Who works here."""
        made = PeopleCard(self.desk)
        made.chosen.connect(self.who_am_i)
        return made

    @cached_property
    def lists(self) -> ListsCard:
        """Tags and fields of the practice's own."""
        return ListsCard(self.desk)

    @cached_property
    def health(self) -> HealthCard:
        """What a client's health is made of, tested against who really left."""
        return HealthCard(self.desk)

    @cached_property
    def computer(self) -> ComputerCard:
        """The choices of this computer."""
        made = ComputerCard()
        made.chosen.connect(self.chose)
        return made

    @cached_property
    def file(self) -> FileCard:
        """The file, its backups and its check."""
        return FileCard(self.desk)

    @cached_property
    def key(self) -> KeyCard:
        """The passphrase and the recovery key."""
        return KeyCard(self.desk)

    @cached_property
    def history(self) -> HistoryCard:
        """Every step."""
        return HistoryCard(self.desk)

    @cached_property
    def trash(self) -> TrashCard:
        """What was deleted."""
        return TrashCard(self.desk)

    def refresh(self) -> None:
        self._card().refresh()

    def _card(self) -> Any:
        """The card of the current tab, made and put in its place if this is the first look at it."""
        key = self.tabs.current()
        card = getattr(self, key)
        if self._places[key].isEmpty():
            # In its place before the card comes: what is put in with all its parts is dressed anew as a whole.
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(24, 0, 24, 24)
            # These two scroll by themselves.
            shown = page if key in ("history", "trash") else scrolled(page)
            self._places[key].addWidget(shown)
            shown.show()
            # At the left of the page, no wider than one reads well.
            card.setMaximumWidth(look.px(WIDTH))
            row.addWidget(card, 1000)
            row.addStretch(1)
        return card

    def show_tab(self, key: str) -> None:
        """Go to one of the tabs."""
        self.tabs.choose(key)

    def _on_tab(self, key: str) -> None:
        card = self._card()
        self._stack.setCurrentIndex(self.tabs.names().index(key))
        card.refresh()
