"""One report for each of many clients, laid over a room: for whom, which, into which folder, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db import views
from db.client_lists import Condition, list_client_ids
from db.words import Grade
from desktop import text
from desktop.jobs import Job, Progress
from desktop.reports import batch
from desktop.reports.batch import Batch
from desktop.reports.family import Asked
from desktop.reports.making import Order
from desktop.rooms.reports import keep
from desktop.rooms.reports.ask import KindField, period_choices, span, who_may_see
from desktop.rooms.reports.on_card import on_card
from desktop.rooms.reports.shown import open_path
from desktop.text import LANGUAGES, _, joined, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.fields import ChoiceField, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label
from desktop.widgets.overlay import Overlay
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

MOST_ERRORS = 50


def show_batch(over: QWidget, desk: OpenPractice, ids: Sequence[int] = ()) -> BatchSheet:
    """Lay the page over a room, for these clients where any are given."""
    sheet = BatchSheet(over, desk, ids)
    sheet.lay()
    return sheet


class BatchSheet(Overlay):
    """Makes the reports beside the window; Cancel keeps those that are written whole."""

    def __init__(self, over: QWidget, desk: OpenPractice, ids: Sequence[int]) -> None:
        super().__init__(over, _("Reports for several clients"), (), _("One file for each of them"))
        self.desk, self._given = desk, tuple(ids)
        self.batch = Batch()
        self._job: Job | None = None
        self.whom = ChoiceField(_("For whom"), self._selections())
        self.kind_field = KindField(_("Report"), tuple(batch.kinds()))
        self.period = ChoiceField(_("Period"), period_choices()[:-1])
        self.language = ChoiceField(_("Language of the report"), [("", _("The reader's")), *LANGUAGES.items()])
        self.paper = ChoiceField(_("Paper"), [("", _("The country's")), ("a4", "A4"), ("letter", "Letter")])
        self.folder = TextField(_("Folder"))
        self.folder.set_value(str(keep.last_folder()))
        self.form = Form(
            [
                # The wider one says beneath it who may see the report.
                [("whom", self.whom, 4), ("kind", self.kind_field, 5)],
                [("period", self.period, 4), ("language", self.language, 5)],
                [("paper", self.paper, 1), ("folder", self.folder, 3)],
            ]
        )
        self.bar = MessageBar()
        self.errors = label("", "", wrap=True)
        self.errors.hide()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How many are written"))
        self.progress.setTextVisible(False)
        self.words = label("", "muted")
        self.choose_button: QPushButton = button(_("Choose the folder…"), self.choose_folder, icon_name="folder")
        self.make_button: QPushButton = button(_("Make the reports"), self.make, "primary", "file-text")
        self.stop_button: QPushButton = button(_("Cancel"), self.cancel, "quiet")
        self.set_body(self._page())
        self.kind_field.changed.connect(self._tell)
        self.whom.changed.connect(self._tell)
        self.form.submitted.connect(self.make)
        self.form.cancelled.connect(self.take_off)
        self.closed.connect(self._stop)
        self.setFocusProxy(self.whom)
        self._busy(False)
        self._tell()

    def _page(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 22, 2, 22)
        column.setSpacing(8)
        column.addWidget(self.form)
        beneath = QVBoxLayout()
        beneath.setContentsMargins(26, 0, 26, 0)
        beneath.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        row.addWidget(self.stop_button)
        row.addWidget(self.make_button)
        # On a line of its own: in a language of long words the buttons need all of theirs.
        beneath.addWidget(self.words)
        beneath.addLayout(row)
        beneath.addWidget(self.bar)
        beneath.addWidget(self.errors)
        column.addLayout(beneath)
        return scrolled(on_card(inside))

    # ------------------------------------------------------------------ for whom

    def _selections(self) -> list[tuple[Any, str]]:
        found: list[tuple[Any, str]] = []
        if self._given:
            found.append(("given", ngettext("The {n} client chosen", "The {n} clients chosen", len(self._given))))
        found.append(("all", _("All clients")))
        found += [(f"grade {grade}", _("Grade {grade}").format(grade=grade)) for grade in get_args(Grade)]
        return found + [(f"view {row.id}", row.name) for row in self.desk.ask(views.list_views, "clients")]

    def ids(self) -> list[int]:
        """The clients that are chosen now."""
        chosen = self.whom.value()
        if chosen == "given":
            return list(self._given)
        conditions: list[Condition] = []
        if chosen.startswith("grade "):
            conditions = [Condition("grade", chosen.removeprefix("grade "))]
        if chosen.startswith("view "):
            rows = self.desk.ask(views.list_views, "clients")
            told: list[Any] = next((row.value["conditions"] for row in rows if f"view {row.id}" == chosen), [])
            conditions = [Condition(kind, tuple(one) if isinstance(one, list) else one) for kind, one in told]
        return self.desk.ask(list_client_ids, conditions=conditions)

    def _tell(self) -> None:
        kind = batch.require_kind(self.kind_field.value())
        self.kind_field.note(who_may_see(kind))
        self.period.setEnabled(kind.has_period)
        count = len(self.ids())
        self.words.setText(ngettext("{n} report", "{n} reports", count))
        self.make_button.setEnabled(count > 0)

    def choose_folder(self) -> None:
        """Let the user choose where they go."""
        found = QFileDialog.getExistingDirectory(self, _("Folder for the reports"), self.folder.value())
        if found:
            self.folder.set_value(found)

    # ------------------------------------------------------------------ making

    def make(self) -> None:
        """Make the reports of the selection, beside the window."""
        values = self.form.values()
        if values is None or self._job is not None:
            return
        folder = Path(values["folder"])
        if not folder.is_absolute() or not folder.is_dir():
            self.form.refuse("folder", _("There is no such folder."))
            return
        self.bar.hide()
        self.errors.hide()
        since, until = span(values["period"], dt.date.today()) if self.period.isEnabled() else (None, None)
        practice = self.desk.practice
        asked = Asked(
            at=dt.datetime.now().astimezone(),
            since=since,
            until=until,
            language=values["language"],
            paper=values["paper"],
            writer=practice.who,
        )
        order = Order(values["kind"], asked, tuple(self.ids()), folder)
        made = self.batch = Batch()
        keep.remember_folder(folder)

        def work(progress: Progress) -> Batch:
            return batch.write_all(practice.ask, order, made, progress, path=practice.path, key=practice.key)

        # Without a parent: the thread must not be destroyed with the sheet while it still reads.
        job = self._job = Job(work)
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.cancelled.connect(self._on_cancelled)
        job.failed.connect(self._on_failed)
        self._busy(True)
        job.start()

    def is_making(self) -> bool:
        """Whether reports are being made."""
        return self._job is not None

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.setRange(0, 0)
        self.stop_button.setVisible(busy)
        self.make_button.setVisible(not busy)
        self.choose_button.setVisible(not busy)
        self.form.setEnabled(not busy)

    def _on_progress(self, done: int, of: int) -> None:
        number = text.current().number
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.words.setText(_("{done} of {all}").format(done=number(done), all=number(of)))

    def cancel(self) -> None:
        """Make no more; what is written stays."""
        if self._job is not None:
            self._job.cancel()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.cancelled, job.failed):
                signal.disconnect()
            job.cancel()

    def _on_done(self, _made: object) -> None:
        self._say("good" if not self.batch.unmade else "warn", "")

    def _on_cancelled(self) -> None:
        self._say("info", _("Stopped."))

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        self.desk.tell_failed(error)

    def _end(self) -> None:
        self._job = None
        self._busy(False)
        self._tell()

    def _say(self, gravity: Any, first: str) -> None:
        self._end()
        folder = Path(self.folder.value())
        written, unmade = len(self.batch.written), self.batch.unmade
        words = ngettext("{n} report written.", "{n} reports written.", written)
        failed = ngettext("{n} could not be made:", "{n} could not be made:", len(unmade)) if unmade else ""
        actions = [(_("Show the folder"), lambda: open_path(folder))]
        self.bar.say(joined(" ", (first, words, failed)), gravity, actions=actions, closable=True)
        lines = [joined(": ", (one.client, one.why)) for one in unmade[:MOST_ERRORS]]
        more = len(unmade) - MOST_ERRORS
        if more > 0:
            lines.append(ngettext("and {n} more", "and {n} more", more))
        self.errors.setText(joined("\n", lines))
        self.errors.setVisible(bool(lines))
        self.bar.take_focus()
