"""The reports of the practice: asked for at the left, seen as they will be printed at the right."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db import firm
from db.client_lists import count_everybody
from db.clients import list_client_rows
from db.errors import Refused, Trouble
from db.parties import get_party
from desktop import look, messages, sentences, text
from desktop.jobs import Job
from desktop.rooms import frame
from desktop.rooms.reports.aside import LeftOut, Worn
from desktop.rooms.reports.ask import ReportForm, Wanted
from desktop.rooms.room import Room
from desktop.text import LANGUAGES, _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.empty import Empty
from desktop.widgets.ink import icon, tip
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, SideBySide, scrolled

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.client_facts import ClientReportFacts
    from desktop.reports.paper import Paper
    from desktop.widgets.preview import Preview

REST_MS = 300
FORM_WIDTH = 344


@dataclasses.dataclass(frozen=True)
class Made:
    """A finished report with what it was made from and what it leaves out."""

    wanted: Wanted
    facts: ClientReportFacts
    paper: Paper
    left_out: dict[str, int]


def make_report(desk: OpenPractice, wanted: Wanted) -> Made:
    """Read, lay out and count; takes a good part of a second, so it is done on a thread."""
    from desktop.reports import client_report

    moment = dt.datetime.now().astimezone()
    facts = desk.ask(
        client_report.facts,
        wanted.client_id,
        wanted.since,
        wanted.until,
        wanted.language,
        moment,
        summary=wanted.summary,
    )
    paper = client_report.render(facts)
    left_out = desk.ask(client_report.left_out, wanted.client_id, wanted.since, wanted.until)
    if paper.spelt:
        left_out["glyphs"] = paper.spelt
    return Made(wanted, facts, paper, left_out)


class ReportsPage(Room):
    """Where a client report is made, read, saved and printed."""

    name: ClassVar[str] = "reports"
    icon: ClassVar[str] = "file-text"
    SHOWS: ClassVar[frozenset[str]] = frozenset(
        {"advice", "client", "party", "engagement", "trust", "fee", "practice", "follow_up", "person"}
    )

    def parts(self) -> Iterator[None]:
        self.made: Made | None = None
        self._job: Job | None = None
        self._wanted_then: Wanted | None = None
        self.preview: Preview | None = None
        split = SideBySide(look.px(FORM_WIDTH))
        split.setStretchFactor(0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.form, self.worn, self.left_out = ReportForm(self.desk), Worn(), LeftOut()
        yield
        self.form.client.picked.connect(self._on_client)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.save)
        self.worn.change.clicked.connect(lambda: frame.show(self, "settings"))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._make)
        split.left.hold(self._asked())
        yield
        self._build()
        yield
        split.right.hold(self.pane)
        yield
        self._allow()

    @staticmethod
    def title() -> str:
        return _("Reports")

    def _asked(self) -> Pane:
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 18, 0, 18)
        column.setSpacing(12)
        column.addWidget(self.form)
        beneath = QVBoxLayout()
        beneath.setContentsMargins(24, 0, 24, 0)
        beneath.setSpacing(18)
        for widget in (self.worn, self.left_out):
            beneath.addWidget(widget)
        column.addLayout(beneath)
        column.addStretch(1)
        left = Pane(_("Client report"), scrolled(asked))
        left.setMinimumWidth(look.px(300))
        return left

    def _build(self) -> None:
        self.bar = MessageBar()
        self._place = QWidget()
        self._shown = QVBoxLayout(self._place)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._shown.setSpacing(0)
        said = QVBoxLayout()
        said.setContentsMargins(14, 0, 14, 0)
        said.addWidget(self.bar)
        self._shown.addLayout(said)
        self.pane = Pane(_("Preview"), self._place)
        self._nothing = _nothing_shown(lambda: frame.show(self, "clients"))
        self.pane.set_empty(self._nothing)
        self.pane.show_empty(True)
        self.zoom = [
            self._tool("zoom-out", _("Smaller"), "Ctrl+-", lambda: self._near(1 / 1.25)),
            self._tool("zoom-in", _("Larger"), "Ctrl+=", lambda: self._near(1.25)),
            self._words(_("Width"), _("Fit the page to the width"), self._fit_width),
            self._words(_("Page"), _("Fit the whole page"), self._fit_page),
        ]
        self.print_button = button(_("Print"), self.print_out, icon_name="printer")
        self.save_button = button(_("Save as PDF"), self.save, "primary", "file-down")
        tip(self.save_button, "Ctrl+S")
        for tool in (*self.zoom, self.print_button, self.save_button):
            self.pane.add_action(tool)
        on_key("Ctrl+S", self, self.save, "inside")

    def _tool(self, picture: str, words: str, keys: str, act: Any) -> QPushButton:
        made = button("", act, "quiet")
        made.setIcon(icon(picture))
        made.setProperty("pictured", "true")
        made.setAccessibleName(words)
        made.setFixedWidth(look.px(34))
        made.setShortcut(QKeySequence(keys))
        tip(made, f"{words} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        return made

    def _words(self, shown: str, words: str, act: Any) -> QPushButton:
        made = button(shown, act, "quiet")
        made.setAccessibleName(words)
        tip(made, words)
        return made

    def _near(self, factor: float) -> None:
        if self.preview is not None:
            self.preview.nearer(factor)

    def _fit_width(self) -> None:
        if self.preview is not None:
            self.preview.fit_width()

    def _fit_page(self) -> None:
        if self.preview is not None:
            self.preview.fit_page()

    def refresh(self) -> None:
        own = self.desk.ask(firm.get_practice)
        self.worn.swatch.show_colour(own.colour)
        if self.made is None and self.form.client.typed() == "":
            self.form.language.set_value(own.language)
        self._nothing.setCurrentIndex(0 if self.desk.ask(count_everybody) else 1)
        if self.preview is not None:
            self.preview.wear()
        self._make()

    def state(self) -> str:
        """What stands at the right: "report", "no-client-chosen" or "no-clients"."""
        if self.made is not None:
            return "report"
        return ("no-client-chosen", "no-clients")[self._nothing.currentIndex()]

    def show_record(self, record: int) -> None:
        """Make the report of this client."""
        rows = self.desk.ask(list_client_rows, [record])
        if rows:
            self.form.client.set_value((record, rows[0].name))
            self._on_client(record)

    def start_search(self) -> None:
        self.form.client.setFocus()
        self.form.client.line.selectAll()

    def _on_client(self, client_id: int) -> None:
        row = self.desk.ask(list_client_rows, [client_id])[0]
        language = self.desk.ask(get_party, row.party_id).party.language.split("-")[0].lower()
        own = self.desk.ask(firm.get_practice).language
        self.form.language.set_value(language if language in LANGUAGES else own)
        self._make()

    def _on_changed(self) -> None:
        self._allow()
        self._rest.start()

    def _make(self) -> None:
        """Make the report that is asked for now, unless one is being made: then after it."""
        self._rest.stop()
        wanted = self.form.wanted(dt.date.today())
        if wanted is None:
            if not self.form.client.typed():
                self._forget()
            return
        if self._job is not None:
            return
        self._wanted_then = wanted
        if self.made is None:
            self.pane.set_note(_("being made…"))
        job = self._job = Job(lambda _progress: make_report(self.desk, wanted), self)
        job.done.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        job.start()

    def _on_made(self, made: Made) -> None:
        from desktop.reports.omissions import in_words

        self.made = made
        if self.preview is None:
            from desktop.widgets.preview import Preview

            self.preview = Preview(self._place)
            self._shown.addWidget(self.preview, 1)
        self.bar.hide()
        self.preview.show_pdf(made.paper.pdf)
        self.pane.set_note(ngettext("{n} page", "{n} pages", made.paper.pages))
        self.left_out.say(in_words(made.left_out))
        self.pane.show_empty(False)

    def _on_failed(self, error: object) -> None:
        self.made = None
        if isinstance(error, Refused):
            self.pane.show_empty(False)
            self.bar.say(sentences.refusal(error), "error")
        elif isinstance(error, Trouble):
            self.desk.troubled.emit(error)
        elif isinstance(error, BaseException):
            raise error

    def _on_ended(self) -> None:
        self._job = None
        now = self.form.wanted(dt.date.today())
        self._allow()
        if now is not None and now != self._wanted_then:
            self._make()

    def _forget(self) -> None:
        self.made = None
        self.left_out.say([])
        self.pane.set_note("")
        self.pane.show_empty(True)
        self._allow()

    def _allow(self) -> None:
        """What is saved is what is seen: while the preview is behind, there is nothing to save."""
        ready = self.made is not None and self.made.wanted == self.form.wanted(dt.date.today())
        for tool in (*self.zoom, self.print_button, self.save_button):
            tool.setEnabled(ready)
        self.left_out.setVisible(self.made is not None)

    def save(self) -> Path | None:
        """Ask for a place and write the report there, whole; gives the path, or None where nothing was written."""
        from desktop.rooms.reports import keep

        made = self.made
        if made is None or not self.save_button.isEnabled():
            return None
        voice = text.voice(made.wanted.language)
        period = keep.period_in_file(made.facts.since, made.facts.until)
        name = keep.file_name(made.facts.client, voice.say("Client report"), period)
        path = messages.choose_new_file(self, _("Save the report"), keep.last_folder() / name, "PDF (*.pdf)")
        if path is None:
            return None
        try:
            keep.write_whole(path, made.paper.pdf)
        except OSError as error:
            self.bar.say(_("The report could not be written: {why}").format(why=error.strerror or ""), "error")
            return None
        keep.remember_folder(path.parent)
        self.bar.say(
            _("Saved as {name}.").format(name=path.name),
            "good",
            actions=[(_("Open it"), lambda: _open(path)), (_("Show the folder"), lambda: _open(path.parent))],
            closable=True,
        )
        return path

    def print_out(self) -> None:
        """Print the report as it is seen."""
        if self.preview is None or not self.print_button.isEnabled():
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.widgets.preview import print_pages

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            assert self.preview.document is not None
            print_pages(self.preview.document, printer)


def _nothing_shown(go_to_clients: Callable[[], object]) -> QStackedWidget:
    """What stands in place of the preview: no client is chosen, or there is none yet."""
    choose = _("Choose a client: what you did in the period comes together here, ready to be sent.")
    first = _("A report tells a client what you advised, promised and kept. Open the first client to begin.")
    states = QStackedWidget()
    states.addWidget(Empty("file-text", _("A report for a client"), choose))
    states.addWidget(Empty("file-text", _("No clients yet"), first, _("Go to Clients"), go_to_clients))
    return states


def _open(path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
