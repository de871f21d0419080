"""The Settings room: a tab each for practice, people, tags and fields, this computer, file, key, history and trash."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import look
from desktop.practice import OpenPractice
from desktop.rooms.room import Room
from desktop.rooms.settings.computer import ComputerCard
from desktop.rooms.settings.file import FileCard
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

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self.practice, self.people, self.computer = PracticeCard(desk), PeopleCard(desk), ComputerCard()
        self.file, self.key, self.history = FileCard(desk), KeyCard(desk), HistoryCard(desk)
        self.lists, self.trash = ListsCard(desk), TrashCard(desk)
        self.computer.chosen.connect(self.chose)
        self.people.chosen.connect(self.who_am_i)
        self.tabs, self._stack = Tabs(), QStackedWidget()
        self._cards: dict[str, QWidget] = {}
        for key, title in tab_titles().items():
            card: QWidget = getattr(self, key)
            self.tabs.add(key, title)
            self._cards[key] = card
            # These two scroll by themselves.
            self._stack.addWidget(_placed(card) if key in ("history", "trash") else scrolled(_placed(card)))
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

    @staticmethod
    def title() -> str:
        return _("Settings")

    def refresh(self) -> None:
        getattr(self, self.tabs.current()).refresh()

    def show_tab(self, key: str) -> None:
        """Go to one of the tabs."""
        self.tabs.choose(key)

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self._cards).index(key))
        self.refresh()


def _placed(card: QWidget) -> QWidget:
    """A card at the left of the page, no wider than one reads well."""
    page = QWidget()
    card.setMaximumWidth(look.px(WIDTH))
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 0, 24, 24)
    row.addWidget(card, 1000)
    row.addStretch(1)
    return page
