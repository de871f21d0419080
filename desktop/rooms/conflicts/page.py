"""The conflict check: names in a line, what is known of each, the decision, and the checks kept before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.clients import list_client_rows
from db.conflicts import ConflictResult, NewConflictCheck, check_names, get_check, record_decision
from db.errors import Refused, Trouble
from db.known_names import are_read
from desktop import messages, sentences, text
from desktop.jobs import Job, Progress
from desktop.rooms.conflicts.entry import NamesLine
from desktop.rooms.conflicts.form import decision_form, waiver_form
from desktop.rooms.conflicts.past import PastChecks
from desktop.rooms.conflicts.results import Results
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.frame import show
from desktop.rooms.printing import Printed, listed
from desktop.text import _, ngettext
from desktop.why import decision_words
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.form import Form
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.reports.paper import Paper


class ConflictsPage(CoveredRoom):
    """Where names are checked; `checked` comes with each result."""

    name: ClassVar[str] = "conflicts"
    icon: ClassVar[str] = "shield-check"
    SHOWS: ClassVar[frozenset[str]] = frozenset({"conflict_check"})

    checked = Signal(object)

    def parts(self) -> Iterator[None]:
        self.result: ConflictResult | None = None
        self._job: Job | None = None
        self.line, self.bar = NamesLine(), MessageBar()
        self.line.returnPressed.connect(self.check)
        self.check_button = button(_("Check"), self.check, "primary", "shield-check")
        yield
        self.results, self.past = Results(), PastChecks(self.desk)
        self.results.opened_client.connect(lambda client: show(self, "clients", client))
        self.past.opened.connect(self.show_record)
        self.note = label("", "small")
        self.back = button(_("Back to the list"), self.leave, "")
        self.certificate = button(_("Certificate PDF"), self.save_certificate, "", "file-text")
        self.waiver = button(_("Record waiver…"), self.open_waiver, "")
        self.decide = button(_("Record decision"), self.open_form, "primary")
        self._record: int | None = None
        self._whom: tuple[int, str] | None = None
        yield
        yield from self._build()

    @staticmethod
    def title() -> str:
        return _("Conflict check")

    def _build(self) -> Iterator[None]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.set_page(page)
        asked = QHBoxLayout()
        asked.setSpacing(10)
        asked.addWidget(self.line, 1)
        asked.addWidget(self.check_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note)
        foot.addStretch(1)
        for widget in (self.back, self.certificate, self.waiver, self.decide):
            foot.addWidget(widget)
        found = QWidget()
        self._found = QVBoxLayout(found)
        self._found.setContentsMargins(24, 0, 24, 24)
        self._found.setSpacing(16)
        self._found.addWidget(self.results)
        self._found.addLayout(foot)
        self._found.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 14)
        head.setSpacing(4)
        head.addWidget(label(self.title(), "display"))
        words = _("Every name the practice has ever met: clients, opponents, directors, payers, former names.")
        head.addWidget(label(words, "muted", wrap=True))
        head.addSpacing(10)
        head.addLayout(asked)
        head.addWidget(self.bar)
        column.addLayout(head)
        self._bodies = QStackedWidget()
        column.addWidget(self._bodies, 1)
        yield
        self._bodies.addWidget(self.past)
        self._bodies.addWidget(scrolled(found))

    def refresh(self) -> None:
        self.past.refresh()

    def listing(self) -> QWidget:
        return self.line

    def start_search(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def ask_about(self, names: list[str]) -> None:
        """Check these names, as if they had been typed."""
        # A semicolon keeps the comma of "Larrea, Iñaki" in the name.
        self.line.setText("; ".join(names) + (";" if len(names) == 1 and "," in names[0] else ""))
        self.check()

    def check(self) -> None:
        """Search the names in the line; the page goes on answering meanwhile."""
        names = self.line.names()
        self.bar.hide()
        if self._job is not None:
            return
        if not names:
            self.bar.say(_("Write at least one name."), "error")
            self.line.setFocus()
            return
        self.check_button.setEnabled(False)
        if not are_read():
            self.bar.say(_("Reading the names…"))
        self._job = Job(lambda _progress: self.desk.ask(check_names, names), self)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_found(self, result: ConflictResult) -> None:
        self.bar.hide()
        self.result, self._record, self._whom = result, None, None
        searched = ngettext("{n} name searched", "{n} names searched", result.universe)
        took = text.current().number(max(1, round(result.took_ms)))
        self._show(result, _("{searched} in {time} ms").format(searched=searched, time=took))
        self.decide.show()
        self.waiver.setVisible(result.verdict != "clear")
        self.checked.emit(result)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Refused):
            self.bar.say(sentences.refusal(error), "error")
        elif isinstance(error, Trouble):
            self.desk.troubled.emit(error)
        elif isinstance(error, BaseException):
            raise error

    def _on_ended(self) -> None:
        self._job = None
        self.check_button.setEnabled(True)

    def _show(self, result: ConflictResult, note: str) -> None:
        self.results.show_result(result)
        self.note.setText(note)
        self._bodies.setCurrentIndex(1)

    def show_record(self, record: int) -> None:
        """Show a check that was kept, as it was found then."""
        page = self.desk.attempt(lambda: self.desk.ask(get_check, record))
        if page is None:
            return
        self.result, self._record = None, record
        row = page.row
        self.line.setText("; ".join(row.names))
        words = _("Checked {when} by {who}: {decision}").format(
            when=text.current().date_time(row.checked_at.astimezone()),
            who=row.checked_by,
            decision=decision_words(row.decision),
        )
        about = self.desk.ask(list_client_rows, [row.client_id]) if row.client_id is not None else []
        whom = [f"{about[0].number} {about[0].name}"] if about else []
        self._show(page.result, " — ".join([words, *whom, *([row.reason] if row.reason else [])]))
        # What an enquiry left open is decided here, by a check made anew.
        still_open = row.decision == "open"
        if still_open:
            self.result = page.result
        self._whom = (about[0].id, about[0].name) if about else None
        self.decide.setVisible(still_open)
        self.waiver.setVisible(still_open and row.verdict != "clear")

    def printed(self) -> Sequence[Printed]:
        """The certificate of the check in view, once it is kept; or the checks that were kept before."""
        if self._bodies.currentIndex() == 0:
            return [listed(self.desk, self.past.table, _("Checks kept before"))] if self.past.holds_some() else ()
        if self._record is None:
            self.bar.say(_("Record your decision first: the certificate says it."))
            return ()
        return [self._certificate(self._record)]

    def _certificate(self, record: int) -> Printed:
        def make(_progress: Progress) -> Paper:
            from desktop.reports import conflict_certificate

            return conflict_certificate.render(self.desk.ask(conflict_certificate.facts, record))

        return Printed(_("Conflict check {number}").format(number=record), make)

    def leave(self) -> None:
        """Go back to the checks kept before."""
        self.result = self._record = None
        self.line.clear()
        self.results.clear()
        self._bodies.setCurrentIndex(0)
        self.line.setFocus()

    def open_form(self) -> None:
        """Ask for the decision on what was found; it is kept with a check made anew."""
        if self.result is not None:
            form = decision_form(self.desk, self.result.verdict)
            form.fields["client_id"].set_value(self._whom)
            self.ask(_("Decision"), form, _("Record"), self._keep, _kept_words())

    def open_waiver(self) -> None:
        """Ask who consented to the work all the same, and when; kept like a decision."""
        if self.result is None:
            return

        def record(values: dict[str, Any]) -> None:
            who, on = values.pop("who"), values.pop("day") or dt.date.today()
            if not who:
                raise Refused("required", "who")
            if on > dt.date.today():
                raise Refused("consent-in-future", "day")
            day = text.current().date(on)
            said = _("{who} consented on {day}.").format(who=who, day=day)
            reason = f"{said} {values.pop('reason')}".strip()
            self._keep({**values, "decision": "accepted with waiver", "reason": reason})

        form = waiver_form(self.desk)
        form.fields["client_id"].set_value(self._whom)
        self.ask(_("A waiver"), form, _("Record"), record, _kept_words())

    def _keep(self, values: dict[str, Any]) -> None:
        """Keep the check that is shown with a decision; it is made anew on a thread of its own."""
        assert self.result is not None
        names, practice = [name.name for name in self.result.names], self.desk.practice
        new = NewConflictCheck(names=names, **values)
        if self.result.verdict != "clear" and not new.reason:
            raise Refused("required", "reason")
        if self._job is not None or self.form is None:
            return
        form = self.form
        form.setEnabled(False)
        self._job = Job(lambda _progress: practice.do(record_decision, new, practice.who), self)
        self._job.done.connect(self._on_kept)
        self._job.failed.connect(partial(self._on_not_kept, form))
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_not_kept(self, form: Form, error: BaseException) -> None:
        form.setEnabled(True)
        self.desk.tell_failed(error, form)

    def _on_kept(self, done: Done) -> None:
        self.take_off()
        self.desk.tell(done)
        self.leave()
        kept = int(str(done.result))
        words = _("The check is kept with your decision.")
        self.bar.say(words, "good", actions=[(_("Show it"), lambda: self.show_record(kept))], closable=True)

    def save_certificate(self) -> None:
        """Write the check that is shown as a PDF; one that is not kept yet is decided first."""
        if self._record is None:
            self.bar.say(_("Record your decision first: the certificate says it."))
            return
        from desktop.reports import conflict_certificate

        record = self._record
        name = _("Conflict check {number}").format(number=record)
        path = messages.choose_new_file(self, _("Save the certificate"), Path.home() / f"{name}.pdf", "PDF (*.pdf)")
        if path is None:
            return

        def write() -> None:
            facts = self.desk.ask(conflict_certificate.facts, record)
            path.write_bytes(conflict_certificate.render(facts).pdf)

        def failed(error: BaseException) -> None:
            if not isinstance(error, OSError):
                self.desk.tell_failed(error)
                return
            words = _("The certificate could not be written: {why}")
            self.bar.say(words.format(why=error.strerror or ""), "error")

        job = Job(lambda _progress: write(), self)
        job.done.connect(
            lambda _none: self.bar.say(_("Saved as {name}.").format(name=path.name), "good", closable=True)
        )
        job.failed.connect(failed)
        job.start()


def _kept_words() -> str:
    return _("Kept with what was found, and never changed")
