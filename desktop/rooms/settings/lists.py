"""Tags and custom fields: what the practice's own lists hold, and how they are renamed, merged and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import custom_fields, tags
from db.custom_fields import FieldRow, NewField
from desktop.jobs import Job
from desktop.practice import OpenPractice
from desktop.rooms.words import engagement_word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.fields import ChoiceField, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label


class ListsCard(QWidget):
    """A press on a tag or a field opens its form beneath; what may touch many records is done beside the window."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._tag = ""
        self._field: FieldRow | None = None
        self.tags = Card(_("Tags"), _("press one to rename, merge or delete it"), icon="tag")
        self.tags.opened.connect(self.edit_tag)
        self.no_tags = _quiet(_("No tags yet. They are given to a client on the page with his details."))
        self.tags.add(self.no_tags)
        self.tag_form = Form([[("name", TextField(_("Name")), 1)]])
        self.tag_form.add_buttons(
            _("Rename"), _("Cancel"), left=[button(_("Delete"), self.delete_tag, "danger", "trash-2")]
        )
        self.tag_form.submitted.connect(self.rename_tag)
        self.tag_form.cancelled.connect(self.close_forms)
        self._tag_sheet = _sheet(_("Tag"), self.tag_form, _("A name that is in use already takes both tags together."))
        self.fields = Card(_("Custom fields"), _("asked for beside what Cliens asks"), icon="list-checks")
        self.fields.opened.connect(self.edit_field)
        self.no_fields = _quiet(_("None yet. A field stands with the details of each client or engagement."))
        self.fields.add(self.no_fields)
        self.add = button(_("Add a field"), self.new_field, icon_name="plus")
        kinds = [("text", _("Text")), ("number", _("Number")), ("date", _("Date")), ("choice", _("Choice"))]
        self.field_form = Form(
            [
                [("name", TextField(_("Name")), 2), ("noun", ChoiceField(_("Stands with")), 1)],
                [
                    ("kind", ChoiceField(_("Kind"), kinds), 1),
                    ("choices", TextField(_("Choices"), _("gold, silver, bronze")), 2),
                ],
            ]
        )
        self._drop = button(_("Delete"), self.drop_field, "danger", "trash-2")
        self.field_form.add_buttons(_("Keep"), _("Cancel"), left=[self._drop])
        self.field_form.submitted.connect(self.save_field)
        self.field_form.cancelled.connect(self.close_forms)
        self.field_form.fields["kind"].changed.connect(self._on_kind)
        self._field_sheet = _sheet(_("Custom field"), self.field_form, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self.fields, self._field_sheet):
            column.addWidget(widget)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.tags, self._tag_sheet):
            column.addWidget(widget)
        column.addStretch(1)
        self.close_forms()

    def refresh(self) -> None:
        """Show what the file holds."""
        rows = self._desk.ask(tags.list_tags)
        self.tags.show_rows(
            [CardRow(row.name, when=ngettext("{n} client", "{n} clients", row.count), key=row.name) for row in rows]
        )
        self.no_tags.setVisible(not rows)
        fields = self._desk.ask(custom_fields.list_fields)
        self.fields.show_rows([self._line(row) for row in fields])
        self.no_fields.setVisible(not fields)
        nouns = [("client", _("Clients")), ("engagement", engagement_word(plural=True))]
        noun: Any = self.field_form.fields["noun"]
        noun.set_choices(nouns)

    @staticmethod
    def _line(row: FieldRow) -> CardRow:
        kinds = {"text": _("Text"), "number": _("Number"), "date": _("Date"), "choice": ", ".join(row.choices)}
        where = _("Clients") if row.noun == "client" else engagement_word(plural=True)
        detail = f"{where} · {kinds.get(row.kind, row.kind)}"
        chip = "" if row.defined else _("From an import")
        count = ngettext("{n} value", "{n} values", row.count) if row.count else ""
        return CardRow(row.name, detail, chip, when=count, key=row)

    # ------------------------------------------------------------------ tags

    def edit_tag(self, name: Any) -> None:
        """Open the form for a tag."""
        self.close_forms()
        self._tag = name
        self.tag_form.clear_errors()
        self.tag_form.set_values({"name": name})
        self._tag_sheet.show()
        self.tag_form.fields["name"].setFocus()

    def rename_tag(self) -> None:
        """Rename the tag, or merge it into one of that name."""
        values = self.tag_form.values()
        if values is not None:
            before = self._tag
            self._work(lambda: self._desk.practice.do(tags.rename_tag, before, values["name"]), self.tag_form)

    def delete_tag(self) -> None:
        """Take the tag off everybody; the trash keeps it."""
        name = self._tag
        self._work(lambda: self._desk.practice.do(tags.delete_tag, name), self.tag_form)

    # ------------------------------------------------------------------ custom fields

    def new_field(self) -> None:
        """Open the form for a new field."""
        self._open(None, {"name": "", "noun": "client", "kind": "text", "choices": ""})

    def edit_field(self, row: Any) -> None:
        """Open the form for a field; where it stands, and the kind of one that is defined, stay as they are."""
        values = {"name": row.name, "noun": row.noun, "kind": row.kind, "choices": ", ".join(row.choices)}
        self._open(row, values)

    def _open(self, row: FieldRow | None, values: dict[str, Any]) -> None:
        self.close_forms()
        self._field = row
        self.field_form.clear_errors()
        self.field_form.set_values(values)
        self.field_form.fields["noun"].setEnabled(row is None)
        for name in ("kind", "choices"):
            self.field_form.fields[name].setEnabled(row is None or not row.defined)
        self._drop.setVisible(row is not None)
        self._on_kind()
        self._field_sheet.show()
        self.add.hide()
        self.field_form.fields["name"].setFocus()

    def _on_kind(self) -> None:
        self.field_form.fields["choices"].setVisible(self.field_form.fields["kind"].value() == "choice")

    def save_field(self) -> None:
        """Make the field, or rename it; a refusal stands beside its field."""
        values = self.field_form.values()
        if values is None:
            return
        row = self._field
        new = {**values, "choices": [part.strip() for part in values["choices"].split(",") if part.strip()]}

        def keep() -> Any:
            if row is not None and row.defined:
                return self._desk.practice.do(custom_fields.rename_field, row.noun, row.name, values["name"])
            return self._desk.practice.do(custom_fields.define_field, NewField(**new))

        self._work(keep, self.field_form)

    def drop_field(self) -> None:
        """Delete the field with its values; the trash keeps them."""
        row = self._field
        if row is not None:
            self._work(lambda: self._desk.practice.do(custom_fields.drop_field, row.noun, row.name), self.field_form)

    # ------------------------------------------------------------------ both

    def _work(self, work: Callable[[], Any], form: Form) -> None:
        if self._job is not None:
            return
        form.clear_errors()
        self.setEnabled(False)
        self._job = Job(lambda _progress: work(), self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(lambda error: self._desk.tell_failed(error, form))
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_done(self, done: Any) -> None:
        self.close_forms()
        if done.step:
            self._desk.tell(done)

    def _on_ended(self) -> None:
        self._job = None
        self.setEnabled(True)
        self.refresh()

    def close_forms(self) -> None:
        """Put the forms away."""
        self._tag_sheet.hide()
        self._field_sheet.hide()
        self.add.show()


def _quiet(words: str) -> QWidget:
    made = label(words, "muted", True)
    made.setContentsMargins(18, 14, 18, 16)
    return made


def _sheet(title: str, form: Form, note: str) -> Card:
    made = Card(title, note, ruled=False)
    made.add(form)
    return made
