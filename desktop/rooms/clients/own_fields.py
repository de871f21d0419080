"""The practice's own fields of a client, changed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import custom_fields
from db.custom_fields import ValueRow
from desktop.rooms.clients.in_place import InPlace
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, Field, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class OwnFields(QWidget):
    """Shows nothing where the practice has no fields of its own."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = 0
        self._shape: list[tuple[str, str, tuple[str, ...]]] = []
        self.form: Form | None = None
        self._place: InPlace | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(_("Fields of your own"), "strong"))
        self.hide()

    def show_values(self, client_id: int, values: Sequence[ValueRow]) -> None:
        """Show a client's values; the fields are made anew where they are others."""
        if client_id != self._client_id and self._place is not None:
            self._place.settle()
            self._place.put_back()
        self._client_id = client_id
        shape = [(row.name, row.kind, row.choices) for row in values]
        if shape != self._shape or self.form is None:
            self._build(values)
            self._shape = shape
        if self._place is not None:
            self._place.fill({row.name: _shown(row) for row in values})
        self.setVisible(bool(values))

    def _build(self, values: Sequence[ValueRow]) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        places = [(row.name, _field(row), 1) for row in values]
        self.form = Form([places[at : at + 2] for at in range(0, len(places), 2)])
        self.form.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self._place = InPlace(self.form, self._save)
        self._column.addWidget(self.form)

    def _save(self) -> None:
        form, place = self.form, self._place
        if form is None or place is None:
            return
        form.clear_errors()
        values, client_id = form.values(), self._client_id
        if values is None:
            return
        for name in place.pending():
            before = place.saved[name]
            place.saved[name] = values[name]

            def save(name: str = name) -> Any:
                return self._desk.do(custom_fields.set_value, "client", client_id, name, _told(values[name]))

            if self._desk.attempt(save, form) is None:
                place.saved[name] = before


def _field(row: ValueRow) -> Field:
    if row.kind == "date":
        return DateField(row.name)
    if row.kind == "choice":
        return ChoiceField(row.name, [("", "—"), *((choice, choice) for choice in row.choices)])
    return TextField(row.name)


def _shown(row: ValueRow) -> Any:
    if row.kind != "date":
        return row.value
    try:
        return dt.date.fromisoformat(row.value) if row.value else None
    except ValueError:
        return None


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
