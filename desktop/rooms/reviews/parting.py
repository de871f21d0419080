"""The form that ends the work for a client: from when, why, and the letter that says so, seen as it is printed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from db import clients, reviews
from db.clients import NewStanding
from db.exchange.export import file_named
from db.letters import NewLetter
from desktop import look
from desktop.jobs import Job
from desktop.reports import letters, parting_letter
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.letter_tools import LetterTools
from desktop.rooms.page_beside import PageBeside
from desktop.text import _
from desktop.widgets.fields import DateField, LongField, TextField
from desktop.widgets.form import Form

if TYPE_CHECKING:
    from db.practice import Done


WITH_PAGE, PAGE_HEIGHT = 1180, 560


class PartingForm(Form):
    """The letter follows the day until it is changed by hand; left empty, none is written."""

    def __init__(self, room: CoveredRoom, client_id: int, reason: str) -> None:
        self.day = DateField(_("From when"))
        self.letter = LongField(_("The letter, kept as a PDF with the client; leave it empty for none"), 12)
        self.tools = LetterTools(room.desk, self.letter)
        super().__init__(
            [
                [("changed_on", self.day, 1), ("words", TextField(_("Why, in words")), 2)],
                [("letter", self.letter, 1)],
            ]
        )
        self._room, self._desk, self._client = room, room.desk, client_id
        today, who = dt.date.today(), room.desk.practice.who
        self._facts = self._desk.ask(letters.facts, client_id, "disengage", today, writer=who)
        self._proposed = ""
        name = file_named(f"{letters.title('disengage', self._facts.language)} – {self._facts.client}.pdf")
        self.page = PageBeside(name)
        self.page.setMinimumHeight(look.px(PAGE_HEIGHT))
        self.set_values({"changed_on": today, "words": reason})
        self._follow()
        self.day.changed.connect(self._follow)
        self.letter.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.page.show_letter(self._facts, self.tools.printed())

    def _follow(self) -> None:
        try:
            on = self.day.value() or dt.date.today()
        except ValueError:
            return
        untouched = self.letter.value() == self._proposed or self.tools.is_usual()
        known = self._desk.ask(parting_letter.parting, self._client, on)
        self.tools.show_letter(parting_letter.parted(self._facts, known), self._facts.language)
        if untouched:
            self.letter.set_value(self.tools.usual())
            self._proposed = self.letter.value()

    def keep(self, values: dict[str, Any]) -> None:
        """End the work as one step; the letter is printed beside the window."""
        values.pop("letter")
        text = self.tools.printed()
        new = NewStanding(standing="former", reason="other", **values)
        self.setEnabled(False)
        job = Job(lambda _progress: self._kept(new, text), self._room)
        job.done.connect(self._on_kept)
        job.failed.connect(self._on_failed)
        job.start()

    def _kept(self, new: NewStanding, text: str) -> Done:
        letter, title = None, letters.title("disengage", self._facts.language)
        if text:
            letter = NewLetter(
                name=self.page.file_name, title=title, text=text, pdf=letters.render(self._facts, text).pdf
            )
        return self._desk.practice.do(reviews.part_from_client, self._client, new, letter)

    def _on_kept(self, done: Done) -> None:
        if self._room.form is self:
            self._room.take_off()
        self._desk.tell(done)

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._desk.tell_failed(error, self)


def ask_parting(room: CoveredRoom, client_id: int, reason: str) -> None:
    """Offer what a parting brings: the change of standing, and the letter that says so."""
    name = room.desk.ask(clients.list_client_rows, [client_id])[0].name
    form = PartingForm(room, client_id, reason)
    title, note = _("{name} becomes a former client").format(name=name), _("Cancel keeps the standing as it is")
    room.ask(title, form, _("End the work"), form.keep, note, WITH_PAGE, beside=form.page)
