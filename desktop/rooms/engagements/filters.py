"""What the engagements are narrowed by: a menu to choose from, and a chip for each choice, taken off by pressing it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from db import engagement_lists, people
from db.engagement_lists import ALL, Wanted
from db.words import Stage
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.flow import Flow

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class Filters(Flow):
    """The chips of what is chosen; hidden while nothing is. `changed` comes when the list must be read anew."""

    changed = Signal()

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(6)
        self._desk = desk
        self.wanted: Wanted = ALL
        self.setContentsMargins(14, 8, 14, 8)
        self.open = ChipButton(_("+ Filter"), "neutral")
        self.open.clicked.connect(self._offer)
        self.show_all([])

    def take(self, wanted: Wanted) -> None:
        """Narrow by this from now on."""
        self.wanted = wanted
        self.show_all([self._chip(words, without) for words, without in self._chosen()])
        self.changed.emit()

    def said(self) -> list[str]:
        """What is listed, in words."""
        return [*([_("Open only")] if self.wanted.open_only else []), *(words for words, _without in self._chosen())]

    def _chip(self, words: str, without: Wanted) -> ChipButton:
        chip = ChipButton(f"{words}  ×")
        chip.setAccessibleName(_("Take off the filter {words}").format(words=words))
        chip.clicked.connect(lambda: self.take(without))
        return chip

    def _chosen(self) -> list[tuple[str, Wanted]]:
        now = self.wanted
        found = [
            (word(stage), replace(now, stages=tuple(each for each in now.stages if each != stage)))
            for stage in now.stages
        ]
        if now.responsible_id is not None:
            found.append((self._people().get(now.responsible_id, "—"), replace(now, responsible_id=None)))
        if now.area:
            found.append((now.area, replace(now, area="")))
        if now.unsigned:
            found.append((_("Letter unsigned"), replace(now, unsigned=False)))
        if now.review_by:
            found.append((_("Review due"), replace(now, review_by=None)))
        return found

    def _people(self) -> dict[int, str]:
        return {person.id: person.name for person in self._desk.ask(people.list_people)}

    def menu(self) -> QMenu:
        """All that can be chosen, with what is chosen now checked."""
        now = self.wanted
        menu = QMenu(self)
        menu.setAccessibleName(_("Filter"))
        stages = menu.addMenu(_("Stage"))
        for stage in get_args(Stage):
            on = stage in now.stages
            after = tuple(each for each in now.stages if each != stage) if on else (*now.stages, stage)
            self._choice(stages, word(stage), on, replace(now, stages=after))
        own = menu.addMenu(_("Responsible"))
        for person, name in self._people().items():
            on = now.responsible_id == person
            self._choice(own, name, on, replace(now, responsible_id=None if on else person))
        areas = menu.addMenu(_("Area of work"))
        for area in self._desk.ask(engagement_lists.list_areas):
            on = now.area == area
            self._choice(areas, area, on, replace(now, area="" if on else area))
        for each in (own, areas):
            each.setEnabled(not each.isEmpty())
        self._choice(menu, _("Letter unsigned"), now.unsigned, replace(now, unsigned=not now.unsigned))
        due = None if now.review_by else dt.date.today()
        self._choice(menu, _("Review due"), now.review_by is not None, replace(now, review_by=due))
        return menu

    def _choice(self, menu: QMenu, words: str, on: bool, then: Wanted) -> None:
        # An ampersand in a name would be taken for the key that chooses it.
        action: Any = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(partial(self._take, then))

    def _take(self, then: Wanted, _checked: bool = False) -> None:
        self.take(then)

    def _offer(self) -> None:
        self.menu().popup(self.open.mapToGlobal(self.open.rect().bottomLeft()))
