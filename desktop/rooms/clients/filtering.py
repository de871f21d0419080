"""Which clients are listed: the chips of the filter, the menu that adds one, and what each is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from db import client_lists, custom_fields, people, tags
from db.client_lists import Condition
from db.words import Grade, Standing
from desktop import look, text
from desktop.rooms.clients.met import ON_FILE
from desktop.rooms.words import word
from desktop.text import _, ngettext
from desktop.widgets.chip import ChipButton
from desktop.widgets.flow import Flow
from desktop.widgets.ink import tip

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

MET = Condition(ON_FILE)
IN_THE_HEAD = 190  # pixels that the chips may take beside the title; more of them get a line of their own
DAYS_SILENT = (30, 60, 90, 180, 365)
LONGEST_MENU = 25


def said(condition: Condition, name_of: Callable[[int], str] = str) -> str:
    """What a condition is called on its chip; `name_of` gives the name of a person of the practice."""
    value = condition.value
    if condition.kind == "grade":
        return _("Grade {grade}").format(grade=value)
    if condition.kind == "responsible":
        return name_of(int(str(value))) if value is not None else _("Nobody responsible")
    if condition.kind == "custom" and isinstance(value, tuple):
        return f"{value[0]}: {value[1]}"
    if condition.kind == "no contact":
        return ngettext("No contact for {n} day", "No contact for {n} days", int(str(value)))
    if condition.kind == "text":
        return text.current().quoted(str(value))
    alone = {"no engagement": _("Without engagement"), "concern": _("Open concern"), ON_FILE: word(ON_FILE)}
    return alone.get(condition.kind) or (word(str(value)) if condition.kind == "standing" else str(value))


class FilterChip(ChipButton):
    """One condition; a click, Backspace, Delete or x takes it off."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_X):
            self.click()
            return
        super().keyPressEvent(event)


class Filters(QWidget):
    """The chips beside the title; `strip` is a line under it, for when they are many. `changed` says that the
    conditions are others now, `asked_text` that words are to be typed.
    """

    changed = Signal()
    asked_text = Signal()

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.conditions: tuple[Condition, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.hide()
        self.strip, self._flow = QWidget(), Flow()
        column = QVBoxLayout(self.strip)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self._flow)
        self.strip.hide()
        self.chips: list[FilterChip] = []
        self.add = ChipButton(_("+ Filter"), "neutral")
        self.add.clicked.connect(self.offer)

    def set_conditions(self, conditions: Sequence[Condition]) -> None:
        """List only who fits all of these."""
        self.conditions = tuple(dict.fromkeys(map(_hashable, conditions)))
        self._show()
        self.changed.emit()

    def put(self, condition: Condition) -> None:
        """One condition more; parties that are no clients are listed alone."""
        fits = [one for one in self.conditions if (one == MET) == (condition == MET)]
        self.set_conditions([*fits, condition])

    def take(self, condition: Condition) -> None:
        """One condition less; the focus goes to the chip that takes its place."""
        at = self.conditions.index(condition)
        had_focus = any(chip.hasFocus() for chip in self.chips)
        self.set_conditions([one for one in self.conditions if one != condition])
        if had_focus:
            (self.chips[min(at, len(self.chips) - 1)] if self.chips else self.add).setFocus()

    def _show(self) -> None:
        for old in self.chips:
            old.hide()
            old.deleteLater()
        self.chips = [self._chip(condition) for condition in self.conditions]
        many = sum(chip.sizeHint().width() + 6 for chip in self.chips) > look.px(IN_THE_HEAD)
        self._flow.show_all(self.chips if many else ())
        self.strip.setVisible(many)
        for chip in () if many else self.chips:
            self._row.addWidget(chip)
        self.setVisible(bool(self.chips) and not many)
        for chip in self.chips:
            chip.show()

    def said(self) -> list[str]:
        """What is listed, in words: one for each condition."""
        return [said(condition, self._name_of) for condition in self.conditions]

    def _chip(self, condition: Condition) -> FilterChip:
        chip = FilterChip(f"{said(condition, self._name_of)}  ×", "accent")
        chip.setAccessibleName(_("Filter: {words}").format(words=said(condition, self._name_of)))
        tip(chip, _("Click, or press Backspace, to take this filter off"))
        chip.clicked.connect(partial(self.take, condition))
        return chip

    def _name_of(self, person_id: int) -> str:
        rows = self._desk.ask(people.list_people)
        return next((row.name for row in rows if row.id == person_id), _("Somebody who left"))

    # ------------------------------------------------------------------ the menu

    def offer(self) -> None:
        """Open the menu that adds a filter."""
        self.menu().popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Everything that can be filtered by; what stands in the file is read when its part is opened."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._part(
            menu,
            _("Standing"),
            lambda: [Condition("standing", one) for one in (*get_args(Standing), "quiet", "at risk")],
        )
        self._part(menu, _("Grade"), lambda: [Condition("grade", one) for one in get_args(Grade)])
        self._part(menu, _("Tag"), self._tags)
        self._part(menu, _("Responsible"), self._people)
        self._part(menu, _("City"), self._cities)
        fields = self._desk.ask(custom_fields.list_fields, "client")
        for name in [field.name for field in fields][:LONGEST_MENU]:
            self._part(menu, name, partial(self._custom, name))
        menu.addSeparator()
        for condition in (
            Condition("standing", "quiet"),
            Condition("standing", "at risk"),
            Condition("concern"),
            Condition("no engagement"),
        ):
            menu.addAction(said(condition), partial(self.put, condition))
        self._part(menu, _("No contact for"), lambda: [Condition("no contact", days) for days in DAYS_SILENT])
        menu.addAction(_("Name or number …"), self.asked_text.emit)
        menu.addSeparator()
        menu.addAction(_("On file, but no client"), partial(self.put, MET))
        if self.conditions:
            menu.addAction(_("Clear the filters"), partial(self.set_conditions, ()))
        return menu

    def _part(self, menu: QMenu, title: str, conditions: Callable[[], list[Condition]]) -> None:
        part = menu.addMenu(title.replace("&", "&&"))

        def fill() -> None:
            if part.isEmpty():
                for condition in conditions():
                    part.addAction(said(condition, self._name_of).replace("&", "&&"), partial(self.put, condition))
            if part.isEmpty():
                part.addAction(_("There is none yet")).setEnabled(False)

        part.aboutToShow.connect(fill)

    def _tags(self) -> list[Condition]:
        known = self._desk.ask(tags.list_tags)
        often = sorted(known, key=lambda row: -row.count)[:LONGEST_MENU]
        return [Condition("tag", row.name) for row in known if row in often]

    def _people(self) -> list[Condition]:
        rows = self._desk.ask(people.list_people)
        return [*(Condition("responsible", row.id) for row in rows), Condition("responsible", None)]

    def _cities(self) -> list[Condition]:
        return [Condition("city", city) for city in self._desk.ask(client_lists.list_cities, LONGEST_MENU)]

    def _custom(self, name: str) -> list[Condition]:
        values = self._desk.ask(client_lists.list_custom_values, name, LONGEST_MENU)
        return [Condition("custom", (name, value)) for value in values]


def _hashable(condition: Condition) -> Condition:
    value = condition.value
    return Condition(condition.kind, (str(value[0]), str(value[1]))) if isinstance(value, list) else condition
