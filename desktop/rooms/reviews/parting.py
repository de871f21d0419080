"""The form that ends the work for a client: from when, why, and the letter that says so, seen as it is printed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from db import clients, reviews
from db.clients import NewStanding
from db.exchange.export import file_named
from db.letters import SentLetter
from desktop.reports import letters, parting_letter
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.letter_form import WITH_PAGE, LetterForm
from desktop.rooms.letter_sent import sent_name
from desktop.text import _
from desktop.widgets.fields import DateField, LongField, TextField

if TYPE_CHECKING:
    from db.practice import Done


class PartingForm(LetterForm):
    """The letter follows the day until it is changed by hand; left empty, none is written."""

    def __init__(self, room: CoveredRoom, client_id: int, reason: str) -> None:
        self.day = DateField(_("From when"))
        today, desk = dt.date.today(), room.desk
        self._facts = desk.ask(letters.facts, client_id, "disengage", today, writer=desk.practice.who)
        name = file_named(f"{letters.title('disengage', self._facts.language)} – {self._facts.client}.pdf")
        text = LongField(_("The letter, kept as a PDF with the client; leave it empty for none"), 12)
        above = [[("changed_on", self.day, 1), ("words", TextField(_("Why, in words")), 2)]]
        super().__init__(room, text, name, above)
        self._client, self._proposed = client_id, ""
        self.set_values({"changed_on": today, "words": reason})
        self._follow()
        self.day.changed.connect(self._follow)
        self.letter.changed.connect(self._on_letter)
        self._on_letter()

    def _on_letter(self) -> None:
        written = bool(self.letter.value())
        for field in (self.sent_on, self.sent_how):
            field.setEnabled(written)
        self.show_letter(self._facts)

    def _follow(self) -> None:
        try:
            on = self.day.value() or dt.date.today()
        except ValueError:
            return
        untouched = self.letter.value() == self._proposed or self.tools.is_usual()
        known = self.desk.ask(parting_letter.parting, self._client, on)
        self.tools.show_letter(parting_letter.parted(self._facts, known), self._facts.language)
        if untouched:
            self.letter.set_value(self.tools.usual())
            self._proposed = self.letter.value()

    def part(self, values: dict[str, Any]) -> None:
        """End the work as one step, with its letter as it went out, or a reminder to send it."""
        values.pop("letter")
        on, how = values.pop("sent_on"), values.pop("sent_how")
        words, client, practice = self.tools.printed(), self._client, self.desk.practice
        new = NewStanding(standing="former", reason="other", **values)
        name, reminder = sent_name(self.page.file_name, on, how), _("Send the letter that ends the work")

        def work() -> Done:
            letter = None
            if words:
                letter = SentLetter(
                    name=name,
                    title=letters.title("disengage", self._facts.language),
                    text=words,
                    pdf=letters.render(self._facts, words).pdf,
                    kind="disengage",
                    sent_on=on,
                    sent_how=how,
                )
            return practice.do(reviews.part_from_client, client, new, letter, reminder)

        self.keep(work)


def ask_parting(room: CoveredRoom, client_id: int, reason: str) -> None:
    """Offer what a parting brings: the change of standing, and the letter that says so."""
    name = room.desk.ask(clients.list_client_rows, [client_id])[0].name
    form = PartingForm(room, client_id, reason)
    title, note = _("{name} becomes a former client").format(name=name), _("Cancel keeps the standing as it is")
    room.ask(title, form, _("End the work"), form.part, note, WITH_PAGE, beside=form.page)
