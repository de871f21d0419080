"""The people of the practice, and which of them works at this computer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import people
from db.people import NewPerson, PersonRow
from desktop import settings
from desktop.practice import OpenPractice
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.fields import ChipsField, ChoiceField, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label


class PeopleCard(QWidget):
    """Everybody, by name; a press on one opens the form. `chosen` says who the user is."""

    chosen = Signal(int)

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._editing: int | None = None
        self.mine = ChoiceField(_("At this computer I am"))
        self.mine.changed.connect(lambda: self.chosen.emit(self.mine.value() or 0))
        me = Card(_("Who am I?"), _("it signs what you do in the history"), ruled=False)
        me.add(self.mine, 14)
        self.card = Card(_("People"), icon="users")
        self.card.opened.connect(self.edit)
        self.add = button(_("Add somebody"), self.write, icon_name="user-plus")
        self.none = label(_("Nobody yet. Add those who advise here, so that each entry has its author."), "muted", True)
        self.none.setContentsMargins(18, 14, 18, 16)
        self.card.add(self.none)
        self.form = Form(
            [
                [("name", TextField(_("Name")), 3), ("initials", TextField(_("Initials"), _("from the name")), 1)],
                [("email", TextField(_("E-mail")), 3), ("colour", TextField(_("Colour"), "#1B665C"), 1)],
                [("marks", ChipsField(_("Works here"), [("active", _("Active"))]), 1)],
            ]
        )
        self.form.add_buttons(_("Keep"), _("Cancel"))
        self.form.submitted.connect(self.save)
        self.form.cancelled.connect(self.close_form)
        self._sheet = Card(_("Somebody of the practice"), ruled=False)
        self._sheet.add(self.form)
        self._sheet.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (me, self.card, self._sheet):
            column.addWidget(widget)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show everybody that the file holds."""
        rows = self._desk.ask(people.list_people)
        self.card.show_rows([self._row(person) for person in rows])
        self.none.setVisible(not rows)
        self.mine.blockSignals(True)
        self.mine.set_choices([(None, _("Nobody of these")), *((row.id, row.name) for row in rows if row.active)])
        self.mine.set_value(settings.load().who_am_i.get(self._desk.practice.uuid))
        self.mine.blockSignals(False)
        self.mine.setEnabled(bool(rows))

    @staticmethod
    def _row(person: PersonRow) -> CardRow:
        detail = " · ".join(part for part in (person.initials, person.email) if part)
        return CardRow(person.name, detail, "" if person.active else _("Left"), who=person.name, key=person.id)

    def write(self) -> None:
        """Open the form for somebody new."""
        self._open(None, {"name": "", "initials": "", "email": "", "colour": "", "marks": {"active"}})

    def edit(self, person_id: Any) -> None:
        """Open the form for one of the people."""
        person = next(row for row in self._desk.ask(people.list_people) if row.id == person_id)
        marks = {"active"} if person.active else set()
        values = {name: getattr(person, name) for name in ("name", "initials", "email", "colour")}
        self._open(person.id, {**values, "marks": marks})

    def _open(self, person_id: int | None, values: dict[str, Any]) -> None:
        self._editing = person_id
        self.form.clear_errors()
        self.form.set_values(values)
        self._sheet.show()
        self.add.hide()
        self.form.fields["name"].setFocus()

    def save(self) -> None:
        """Keep the person; a refusal stands beside its field."""
        values = self.form.values()
        if values is None:
            return
        active = "active" in values.pop("marks")

        def keep() -> object:
            new = NewPerson(active=active, **values)
            if self._editing is None:
                return self._desk.do(people.add_person, new)
            return self._desk.do(people.edit_person, self._editing, new)

        if self._desk.attempt(keep, self.form) is not None:
            self.close_form()

    def close_form(self) -> None:
        """Put the form away."""
        self._sheet.hide()
        self.add.show()
        self.add.setFocus()
