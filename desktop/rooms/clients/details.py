"""Every field of a client, to be changed in place, and beneath them the standing and what an import brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import capture
from db.clients import StandingRow
from db.overview import Brief
from desktop import text
from desktop.rooms.clients.form import ClientForm
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.pane import Changing

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class Details(Changing):
    """The form that is always open: Ctrl+Return saves it, Escape puts it back."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._form: ClientForm | None = None
        self._brief: Brief | None = None

    def show_brief(self, brief: Brief) -> None:
        """Show the client anew, unless something is being typed into his fields."""
        same = self._brief is not None and self._brief.client.id == brief.client.id
        if same and self._form is not None and self._form.is_changed():
            return
        self._brief = brief
        form = self._form = ClientForm(self._desk, brief)
        form.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        form.add_buttons(_("Save"), _("Put back"))
        form.submitted.connect(self._save)
        form.cancelled.connect(self._put_back)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 14, 2, 14)
        column.setSpacing(14)
        column.addWidget(form)
        card = Card(_("Standing"))
        card.show_facts([(_standing(row), text.current().date(row.changed_on)) for row in reversed(brief.standing)])
        column.addWidget(card)
        if brief.party.custom:
            brought = Card(_("From the import"))
            brought.show_facts(list(brief.party.custom.items()))
            column.addWidget(brought)
        column.addStretch(1)
        self.replace(page)

    def start(self) -> None:
        """Put the focus into the first field."""
        if self._form is not None:
            next(field for field in self._form.fields.values() if not field.isHidden()).setFocus()

    def _put_back(self) -> None:
        if self._form is not None and self._brief is not None:
            self._form.clear_errors()
            self._form.fill(self._brief)

    def _save(self) -> None:
        form, brief = self._form, self._brief
        if form is None or brief is None:
            return
        form.clear_errors()
        values = form.values()
        if values is None:
            return

        def save() -> Any:
            edits = form.edits(values)
            self._form = None  # what is in the file is shown anew, whatever was typed
            try:
                return self._desk.do(capture.edit_client, brief.client.id, *edits)
            except BaseException:
                self._form = form
                raise

        self._desk.attempt(save, form)


def _standing(row: StandingRow) -> str:
    return " · ".join(part for part in (word(row.standing), word(row.reason), row.words) if part)
