"""The preview of what is printed, laid over the room: pages as they will be, saved as PDF or sent to the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.errors import Refused
from desktop import look, messages, sentences, text
from desktop.jobs import Job
from desktop.rooms import printing
from desktop.rooms.printing import Printed
from desktop.rooms.reports import keep
from desktop.text import _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.overlay import Overlay
from desktop.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper
    from desktop.widgets.preview import Preview

# From so many rows on it is asked first: some sixty pages, which nobody prints by mistake.
MANY = 2000
FIRST = 500
ROWS_ON_A_PAGE = 25


class PrintSheet(Overlay):
    """Shows one of several things that can be printed; Ctrl+P prints it, Ctrl+S saves it, Escape goes back."""

    def __init__(self, desk: OpenPractice, over: QWidget, every: Sequence[Printed], meant: Printed) -> None:
        super().__init__(over, _("Print"), (), _("As it will be printed"))
        self.desk, self.every, self.shown = desk, list(every), meant
        self.paper: Paper | None = None
        self.preview: Preview | None = None
        self._job: Job | None = None
        self.bar = MessageBar()
        self.tabs = Tabs()
        for at, one in enumerate(self.every):
            self.tabs.add(str(at), one.name)
        self.print_button = button(_("Print"), self.print_out, icon_name="printer")
        self.save_button = button(_("Save as PDF"), self.save, "primary", "file-down")
        head = QHBoxLayout()
        head.setContentsMargins(22, 10, 14, 10)
        head.setSpacing(8)
        head.addWidget(self.tabs, 1)
        head.addStretch(0 if len(self.every) > 1 else 1)
        for made in (self.print_button, self.save_button):
            head.addWidget(made)
        self._waiting, self._asking = _Waiting(self.cancel), _Asking(self._make, self._make_first)
        self._place = QWidget()
        self._pages = QVBoxLayout(self._place)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._states = QStackedWidget()
        for state in (self._waiting, self._asking, self._place):
            self._states.addWidget(state)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self._states, 1)
        self.set_body(body)
        # With its place: before, it would be a window of its own for a moment, and take the keyboard with it.
        self.tabs.setVisible(len(self.every) > 1)
        on_key("Ctrl+S", self, self.save, "inside")
        self.tabs.choose(str(self.every.index(meant)))
        self.tabs.changed.connect(lambda key: self.choose(self.every[int(key)]))
        self.closed.connect(self._stop)
        self.choose(meant)

    def choose(self, printed: Printed) -> None:
        """Show another of the things that can be printed; one with very many rows is asked about first."""
        self._stop()
        self.shown, self.paper = printed, None
        self.bar.hide()
        self._allow()
        if printed.rows > MANY and printed.most is not None:
            self._asking.say(printed.rows)
            self._states.setCurrentWidget(self._asking)
        else:
            self._make()

    def is_making(self) -> bool:
        """Whether the pages are still being made."""
        return self._job is not None

    # ------------------------------------------------------------------ making

    def _make_first(self) -> None:
        if self.shown.most is not None:
            self._make(self.shown.most(FIRST))

    def _make(self, printed: Printed | None = None) -> None:
        wanted = printed or self.shown
        self._waiting.begin()
        self._states.setCurrentWidget(self._waiting)
        # Without a parent: the thread must not be destroyed with the sheet while it still reads.
        job = self._job = Job(wanted.make)
        job.progressed.connect(self._waiting.tell)
        job.done.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.start()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()

    def cancel(self) -> None:
        """Give up what is being made, and go back to the room."""
        self._stop()
        self.take_off()

    def _on_made(self, paper: Paper) -> None:
        self._job = None
        self.paper = paper
        if self.preview is None:
            from desktop.widgets.preview import Preview

            self.preview = Preview(self._place)
            self._pages.addWidget(self.preview)
        self.preview.show_pdf(paper.pdf)
        self._states.setCurrentWidget(self._place)
        self._note.setText(ngettext("{n} page", "{n} pages", paper.pages))
        self._allow()
        self.preview.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, Refused):
            self.bar.say(sentences.refusal(error), "error")
        else:
            self.desk.tell_failed(error)
        self._states.setCurrentWidget(self._place)

    def _allow(self) -> None:
        for made in (self.print_button, self.save_button):
            made.setEnabled(self.paper is not None)

    # ------------------------------------------------------------------ what is done with it

    def save(self) -> Path | None:
        """Ask for a place and write the PDF there, whole; gives the path, or None where nothing was written."""
        if self.paper is None:
            return None
        proposal = keep.last_folder() / printing.file_name(self.shown.name)
        path = messages.choose_new_file(self, _("Save as PDF"), proposal, "PDF (*.pdf)")
        if path is None:
            return None
        try:
            keep.write_whole(path, self.paper.pdf)
        except OSError as error:
            self.bar.say(_("The file could not be written: {why}").format(why=error.strerror or ""), "error")
            return None
        keep.remember_folder(path.parent)
        self.bar.say(_("Saved as {name}.").format(name=path.name), "good", closable=True)
        return path

    def print_out(self) -> None:
        """Print the pages as they are seen; nothing happens while they are being made."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.widgets.preview import print_pages

        if self.paper is None or self.preview is None or self.preview.document is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            print_pages(self.preview.document, printer)


class _Waiting(QWidget):
    """Says how far the pages have come, with the way to give up."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", "muted", wrap=True)
        self.give_up: QPushButton = button(_("Cancel"), cancel, "quiet")
        _middle(self, self.words, [self.give_up])

    def begin(self) -> None:
        """Nothing is known yet of how much there is."""
        self.words.setText(_("The pages are being made…"))

    def tell(self, done: int, of: int) -> None:
        """So much is done."""
        number = text.current().number
        words = _("The pages are being made: {done} of {all}")
        self.words.setText(words.format(done=number(done), all=number(of)))


class _Asking(QWidget):
    """Asks before a very long list is made into pages."""

    def __init__(self, whole: Callable[[], object], first: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", "heading", wrap=True)
        said = ngettext("Only the first {n}", "Only the first {n}", FIRST)
        self.first: QPushButton = button(said, first, "primary")
        self.whole: QPushButton = button(_("The whole list"), whole)
        _middle(self, self.words, [self.first, self.whole])

    def say(self, rows: int) -> None:
        """Ask about a list of so many rows."""
        lines = ngettext("{n} line", "{n} lines", rows)
        pages = ngettext("about {n} page", "about {n} pages", -(-rows // ROWS_ON_A_PAGE))
        words = _("This list has {lines}: {pages}. A filter makes it shorter.")
        self.words.setText(words.format(lines=lines, pages=pages))


def _middle(page: QWidget, words: QLabel, buttons: Sequence[QWidget]) -> None:
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    words.setFixedWidth(look.px(520))
    column = QVBoxLayout(page)
    column.setContentsMargins(40, 40, 40, 40)
    column.setSpacing(12)
    column.addStretch(2)
    # In a row, not aligned in the column: there its height would be reckoned as if it had the column's whole width.
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(words)
    line.addStretch(1)
    column.addLayout(line)
    for part in buttons:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
