"""A prospect calls: who, against whom, what for, who sent him, what was promised, and the conflict check beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.clients import list_client_rows
from db.drafts import drop_jotting, keep_jotting
from db.enquiries import Named, NewEnquiry, log_enquiry, same_party
from db.errors import Refused
from db.parties import list_party_rows, suggest_parties
from db.people import list_people
from desktop.rooms.enquiry import kept
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.enquiry.line import is_line, read_line
from desktop.rooms.enquiry.names import NamesField
from desktop.rooms.enquiry.verdict import VerdictView
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.fields import ChoiceField, DueField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.ink import colour
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.practice import OpenPractice

WIDTH, HEIGHT = 1040, 660
# What is typed is in the file this soon, in milliseconds.
KEPT_AFTER = 1500


class Paper(QWidget):
    """The right half of the window: quiet ground beneath whatever stands on it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("canvas"))


def suggester(desk: OpenPractice) -> Callable[[str], Sequence[Suggestion]]:
    """Everybody the practice ever met, by what is typed of their names."""

    def suggest(typed: str) -> Sequence[Suggestion]:
        if is_line(typed):
            return ()
        return [(row.id, row.name, row.number) for row in desk.ask(suggest_parties, typed)]

    return suggest


class Known(QWidget):
    """Says beneath the caller's name who on file he is, with the way to that file."""

    def __init__(self, desk: OpenPractice, go_to: Callable[[int], None]) -> None:
        super().__init__()
        self._desk, self._go_to = desk, go_to
        self.words = label("", "small", wrap=True)
        self.open = button(_("Open the file"), self._open, "link")
        self._target = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        self.hide()

    def say(self, party_id: int | None) -> None:
        """Say who this party is; nobody hides it."""
        rows = self._desk.ask(list_party_rows, [party_id]) if party_id is not None else []
        self.setVisible(bool(rows))
        if not rows:
            return
        party = rows[0]
        if party.client_id is None:
            self._target = -party.id
            self.words.setText(_("{name} is on file, but was never a client.").format(name=party.name))
            return
        self._target = party.client_id
        client = self._desk.ask(list_client_rows, [party.client_id])[0]
        about = (party.number, word(client.shown_standing), client.responsible)
        told = " · ".join(part for part in about if part)
        self.words.setText(_("On file already: {told}. What you note here goes to that file.").format(told=told))

    def _open(self) -> None:
        self._go_to(self._target)


class EnquiryForm(Form):
    """The fields of a call, in the order in which one asks; the first takes a whole line."""

    def __init__(self, desk: OpenPractice, go_to: Callable[[int], None]) -> None:
        suggest = suggester(desk)
        self.caller = RecordField(
            _("Who calls"), suggest, _("Name, or all at once: Name; opponent: X; related: Y"), free=True
        )
        self.opponents = NamesField(_("Against whom"), suggest, _("Each name with Return"))
        self.related = NamesField(_("Who else is in it"), suggest, _("Spouse, company, director…"))
        self.referrer = RecordField(_("Who sent you?"), suggest, _("A name, known or new"), free=True)
        self.due = DueField(_("By when"))
        people = [(person.id, person.name) for person in desk.ask(list_people) if person.active]
        responsible = ChoiceField(_("Responsible"), [(None, "—"), *people])
        responsible.set_value(next((one for one, name in people if name == desk.practice.who), None))
        super().__init__(
            [
                [("caller", self.caller, 3), ("reach", TextField(_("Phone or e-mail")), 2)],
                [("opponents", self.opponents, 1), ("related", self.related, 1)],
                [("need", LongField(_("What they need, in their words"), 3), 1)],
                [
                    ("promise", TextField(_("I promise"), _("Call back, send the form…")), 3),
                    ("due_on", self.due, 2),
                ],
                [
                    ("referrer", self.referrer, 2),
                    ("area", TextField(_("Area"), _("Tenancy, tax, interior…")), 1),
                    ("responsible_id", responsible, 1),
                ],
                [("note", LongField(_("Your own note (may stay empty)"), 2), 1)],
            ]
        )
        self.known = Known(desk, go_to)
        self._column.insertWidget(2, self.known)
        self._desk = desk
        self.caller.line.editingFinished.connect(self.spread)
        self.caller.changed.connect(self._on_caller)

    def spread(self) -> None:
        """Put what a whole line says into the fields that are there for it."""
        typed = self.caller.typed()
        if not is_line(typed):
            return
        told = read_line(typed)
        self.caller.line.setText(told.caller)
        if (party := self._desk.ask(same_party, told.caller)) is not None:
            self.caller.set_value((party, told.caller))
        self.opponents.add(told.opponents)
        self.related.add(told.related)
        for name, said in (("reach", told.reach), ("need", told.need), ("area", told.area)):
            if said:
                self.fields[name].set_value(said)
        if told.referrer:
            self.referrer.line.setText(told.referrer)
        self._on_caller()
        self.changed.emit()

    def names(self) -> list[str]:
        """Everybody who stands in the form now, also in a line that is still being typed."""
        told = read_line(self.caller.typed())
        return [
            name
            for name in (told.caller, *told.opponents, *self.opponents.names(), *told.related, *self.related.names())
            if name
        ]

    def speak_again(self) -> None:
        """Say who calls in the language that is spoken now."""
        self._on_caller()

    def caller_id(self) -> int | None:
        """The party that calls, where it is one that the practice has met."""
        typed = self.caller.typed()
        chosen: int | None = self.caller.value()
        if chosen is None and typed and not is_line(typed):
            chosen = self._desk.ask(same_party, typed)
        return chosen

    def _on_caller(self) -> None:
        self.known.say(self.caller_id())


class EnquiryWindow(BesideWindow):
    """Takes one call; several can be open at once, and nothing else waits for them."""

    def __init__(self, desk: OpenPractice, asker: QWidget, text: str = "") -> None:
        super().__init__(desk, asker)
        form = EnquiryForm(desk, self.go_to)
        self.verdict = VerdictView(desk)
        self.verdict.opened.connect(self.go_to)
        self.no = button(_("Save and decline…"), self._decline)
        self._then_decline = False
        side = scrolled(self.verdict)
        self.verdict.setProperty("kind", "")
        self.build(
            _("A prospect calls"),
            _("Saved as one step, with the conflict check. Undo takes all of it back."),
            form,
            Paper(side),
            _("Save"),
            [self.no],
        )
        self._fields = form
        form.changed.connect(self._look_up)
        for field in (form.opponents, form.related):
            field.taken.connect(self._look_up)
        self._jotting: int | None = None
        self._kept: dict[str, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._soon.timeout.connect(self.keep)
        form.changed.connect(lambda: None if self._soon.isActive() else self._soon.start())
        desk.closing.connect(self._put_by)
        if text:
            form.caller.line.setText(text)
            self._look_up()

    # ------------------------------------------------------------------ what is kept while typing

    def go_on(self, content: dict[str, str], jotting_id: int) -> None:
        """Go on with a call that was being written down."""
        kept.fill(self._fields, content)
        self._jotting, self._kept, self._written = jotting_id, kept.content_of(self._fields), True
        self._soon.stop()
        self._look_up()

    def keep(self) -> None:
        """Write what stands here into the file, outside the history."""
        self._soon.stop()
        content = kept.content_of(self._fields)
        if content == self._kept or self._job is not None:
            return
        if not content:
            self._forget()
        elif (jotted := self.desk.attempt(lambda: self.desk.jot(keep_jotting, content, self._jotting))) is not None:
            self._jotting, self._kept = jotted, content

    def _forget(self) -> None:
        gone, self._jotting, self._kept = self._jotting, None, {}
        if gone is not None:
            self.desk.attempt(lambda: self.desk.jot(drop_jotting, gone))

    def _put_by(self) -> None:
        """The practice is closed: what stands here waits in it until it is opened again."""
        self.keep()
        self._jotting = None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            # Saved, or thrown away on purpose: nothing of it is left.
            self._soon.stop()
            self._forget()

    def _look_up(self) -> None:
        self.verdict.ask_about(self._fields.names(), self._fields.caller_id())

    def ready(self, values: dict[str, Any]) -> Callable[[], Done]:
        self._fields.spread()
        values = self._fields.values() or values
        due_on, due_time = values.pop("due_on") or (None, "")
        if not self._fields.caller.typed():
            raise Refused("required", "caller")
        caller = self._named(self._fields.caller)
        referrer = self._named(self._fields.referrer) if self._fields.referrer.typed() else None
        new = NewEnquiry(**{**values, "caller": caller, "referrer": referrer, "due_on": due_on, "due_time": due_time})
        if due_on is not None and due_on < dt.date.today():
            raise Refused("due-before-made", "due_on")
        return partial(self.desk.practice.do, log_enquiry, new, self.desk.practice.who)

    def _named(self, field: RecordField) -> Named:
        party_id = field.value()
        if party_id is None:
            party_id = self.desk.ask(same_party, field.typed())
        return Named(name=field.typed(), party_id=party_id)

    def _decline(self) -> None:
        self._then_decline = True
        self.submit()
        if self._job is None:
            self._then_decline = False

    def _on_done(self, done: Done) -> None:
        client_id = int(str(done.result))
        desk, frame = self.desk, self.parentWidget()
        then_decline = self._then_decline
        super()._on_done(done)
        if then_decline and frame is not None:
            from desktop.rooms.enquiry.decline import DeclineWindow

            DeclineWindow(desk, frame, client_id).open(*DeclineWindow.SIZE)
