"""A letter as it will be printed, made anew beside the form whenever its words rest for a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import messages
from desktop.jobs import Job
from desktop.rooms.letter_sent import SentBar
from desktop.text import _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.pane import Pane

if TYPE_CHECKING:
    from desktop.reports.letters import LetterFacts
    from desktop.reports.paper import Paper
    from desktop.widgets.fields import ChoiceField, DateField
    from desktop.widgets.preview import Preview

REST_MS = 350


class PageBeside(QWidget):
    """Shows the letter that `show_letter` was last given."""

    def __init__(self, file_name: str) -> None:
        super().__init__()
        self.pdf = b""
        self.file_name = file_name
        self.preview: Preview | None = None
        self._job: Job | None = None
        self._wanted: tuple[LetterFacts, str] | None = None
        self._made: tuple[LetterFacts, str] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._make)
        self._place = QWidget()
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.pane = Pane(_("Preview"), self._place)
        self.print_button = button(_("Print"), self.print_out, icon_name="printer")
        self.save_button = button(_("Save as PDF"), self.save, icon_name="file-down")
        for tool in (self.print_button, self.save_button):
            tool.setEnabled(False)
            self.pane.add_action(tool)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.bar, self.sent = MessageBar(), SentBar()
        for bar in (self.bar, self.sent):
            # What is said above the page takes the width that it finds: the form beside it stays as wide as it was.
            bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            outer.addWidget(bar)
        self._is_open: Callable[[], bool] = lambda: False
        outer.addWidget(self.pane)

    def ask_sent(self, day: DateField, way: ChoiceField) -> None:
        """Once the letter was printed or saved, offer on the spot to note in these fields that it goes out today."""

        def note(how: str) -> None:
            day.set_value(dt.date.today())
            way.set_value(how)

        self.offer_sent(note, lambda: day.set_value(None), lambda: not day.line.text().strip())

    def offer_sent(
        self, note: Callable[[str], object], take_back: Callable[[], object], is_open: Callable[[], bool]
    ) -> None:
        """Offer it where the form notes it in its own way; `is_open` says whether nothing is noted yet."""
        self._is_open = is_open

        def asked(how: str) -> None:
            note(how)
            self.sent.tell(_("Noted as sent today; it is kept with the rest of this form."))

        def taken_back() -> None:
            take_back()
            self.sent.hide()

        self.sent.asked.connect(asked)
        self.sent.taken_back.connect(taken_back)

    def _say_done(self, how: str, told: str) -> None:
        if self._is_open():
            self.bar.hide()
            self.sent.offer(how, told)
        elif told:
            self.bar.say(told, "good", closable=True)

    def show_letter(self, facts: LetterFacts, words: str) -> None:
        """Show this letter as soon as the typing rests."""
        self._wanted = (facts, words)
        for tool in (self.print_button, self.save_button):
            tool.setEnabled(self._made == self._wanted)
        self._rest.start()

    def is_settled(self) -> bool:
        """Whether what is shown is the letter that was last given."""
        return self._job is None and self._made == self._wanted

    def _make(self) -> None:
        if self._job is not None or self._wanted is None or self._wanted == self._made:
            return
        facts, words = wanted = self._wanted

        def render() -> Paper:
            from desktop.reports import letters

            return letters.render(facts, words)

        self._job = Job(lambda _progress: render(), self)
        self._job.done.connect(lambda paper: self._on_made(wanted, paper))
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_made(self, made: tuple[LetterFacts, str], paper: Paper) -> None:
        if self.preview is None:
            from desktop.widgets.preview import Preview

            self.preview = Preview(self._place)
            self._column.addWidget(self.preview)
        self._made, self.pdf = made, paper.pdf
        self.preview.show_pdf(paper.pdf)
        self.pane.set_note(ngettext("{n} page", "{n} pages", paper.pages))
        for tool in (self.print_button, self.save_button):
            tool.setEnabled(self._made == self._wanted)

    def _on_ended(self) -> None:
        self._job = None
        self._make()

    def save(self) -> None:
        """Ask for a place and write the letter there; it is kept inside the practice all the same."""
        path = messages.choose_new_file(self, _("Save the letter"), Path.home() / self.file_name, "PDF (*.pdf)")
        if path is None:
            return
        try:
            path.write_bytes(self.pdf)
        except OSError as error:
            self.bar.say(error.strerror or "", "error", _("The letter could not be written."), closable=True)
            return
        self._say_done("", _("Saved as {name}.").format(name=path.name))

    def print_out(self) -> None:
        """Print the letter as it is seen."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.widgets.preview import print_pages

        if self.preview is None or self.preview.document is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            print_pages(self.preview.document, printer)
            self._say_done("letter", "")
