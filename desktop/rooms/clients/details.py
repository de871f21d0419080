"""The Details tab: a client's fields, changed in place; the practice's own, his standing and his grade beneath."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import capture, clients, custom_fields
from db.clients import StandingRow
from db.overview import Head
from desktop import text
from desktop.rooms.clients import asking
from desktop.rooms.clients.form import ClientForm
from desktop.rooms.clients.grading import GradeCard
from desktop.rooms.clients.in_place import InPlace
from desktop.rooms.clients.own_fields import OwnFields
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled
from desktop.widgets.turns import Turns

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

# So long a page may take to stand where it stays.
_LAID_OUT_MS = 1000


class Details(QWidget):
    """Made when it is first looked at, a row in each turn of the window, and filled anew for each client."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self.room, self._desk = room, room.desk
        self._form: ClientForm | None = None
        self._place: InPlace | None = None
        self._head: Head | None = None
        self._turns = Turns(self)
        self._going = QTimer(self, singleShot=True, interval=_LAID_OUT_MS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def form(self) -> ClientForm | None:
        """The form with all its fields, filled; None before the first client."""
        self._turns.finish()
        return self._form

    @property
    def own(self) -> OwnFields:
        """The practice's own fields beneath."""
        self._turns.finish()
        return self._own

    def show_head(self, head: Head) -> None:
        """Show a client; what is being typed into another one's fields is saved first."""
        if self._head is not None and self._head.client.id != head.client.id and self._place is not None:
            self._place.settle()
            self._place.put_back()
        self._head = head
        self._turns.begin(self._parts(head))

    def _parts(self, head: Head) -> Iterator[None]:
        form, place = self._build() if self._form is None or self._place is None else (self._form, self._place)
        values = form.known(head)
        place.fill(values)
        form.show_kind()
        yield
        for names in form.grow():
            place.watch(names)
            place.fill({name: values[name] for name in names})
            yield
        form.show_kind()
        self._own.show_values(head.client.id, self._desk.ask(custom_fields.values_of, "client", head.client.id))
        yield
        self._standing.show_facts(
            [
                (_standing(row), text.current().date(row.changed_on))
                for row in reversed(self._desk.ask(clients.list_standing, head.client.id))
            ]
        )
        self._beneath.show()
        yield
        self.grade.show_grade(head)

    def _build(self) -> tuple[ClientForm, InPlace]:
        hint = _("Press Return or leave a field to save it; Escape takes back what was typed, Undo what was saved.")
        # In its place before it is filled: what is put in with all its parts is dressed anew as a whole.
        page = self._page = QWidget()
        self._area = scrolled(page)
        self._area.verticalScrollBar().rangeChanged.connect(self._go)
        self._column.addWidget(self._area)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 2, 14)
        column.setSpacing(14)
        column.addWidget(label(hint, "faint", wrap=True))
        form = self._form = ClientForm(self._desk, known=True)
        form.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self._place = InPlace(form, self._save)
        column.addWidget(form)
        self._own, self._standing = OwnFields(self._desk), Card(_("Standing"))
        column.addWidget(self._own)
        # What stands beneath the fields comes after the last of them.
        self._beneath = QWidget()
        beneath = QVBoxLayout(self._beneath)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(14)
        beneath.addWidget(self._standing)
        row = QHBoxLayout()
        row.addWidget(button(_("Change the standing"), self._ask_standing))
        row.addStretch(1)
        beneath.addLayout(row)
        self.grade = GradeCard(self.room)
        beneath.addWidget(self.grade)
        self._beneath.hide()
        column.addWidget(self._beneath)
        column.addStretch(1)
        return form, self._place

    def start(self) -> None:
        """Put the focus into the first field."""
        if self._form is not None:
            next(field for field in self._form.fields.values() if not field.isHidden()).setFocus()

    def go_to_grade(self) -> None:
        """Scroll down to the grade."""
        self._turns.finish()
        # Where it stands is known once the window has laid the whole page out, which takes it some rounds.
        self._going.start()
        self._go()

    def _go(self) -> None:
        if self._going.isActive():
            self._area.verticalScrollBar().setValue(self.grade.mapTo(self._page, QPoint()).y())

    def _ask_standing(self) -> None:
        if self._head is not None and self.room.form is None:
            client = self._head.client
            asking.ask_standing(self.room, client.id, client.name, client.standing)

    def _save(self) -> None:
        form, place, head = self.form, self._place, self._head
        if form is None or place is None or head is None:
            return
        form.clear_errors()
        changed = place.pending()
        values = form.values()
        if values is None:
            return

        def save() -> Any:
            edits = form.edits(values, changed)
            before = dict(place.saved)
            # What is shown after the step is what the file holds: these count as saved from here on.
            place.saved |= {name: values[name] for name in changed}
            try:
                return self._desk.do(capture.edit_client, head.client.id, *edits)
            except BaseException:
                place.saved = before
                raise

        self._desk.attempt(save, form)


def _standing(row: StandingRow) -> str:
    return " · ".join(part for part in (word(row.standing), word(row.reason), row.words) if part)
