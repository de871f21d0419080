"""The evidence pack of a client: what will be in it, where it goes, and how far it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db.clients import list_client_rows
from db.errors import Refused
from desktop import messages, sentences
from desktop.jobs import Job
from desktop.jobs import Progress as Tell
from desktop.rooms.reports import keep
from desktop.rooms.reports.on_card import on_card
from desktop.rooms.reports.shown import open_path
from desktop.text import _, current, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.label import label
from desktop.widgets.overlay import Overlay
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.evidence import Pack


def show_evidence(over: QWidget, desk: OpenPractice, client_id: int) -> EvidenceSheet:
    """Lay the page for a client over another."""
    sheet = EvidenceSheet(over, desk, client_id)
    sheet.lay()
    return sheet


class EvidenceSheet(Overlay):
    """Says what the pack of a client holds, writes it whole or not at all, and says what is in it."""

    def __init__(self, over: QWidget, desk: OpenPractice, client_id: int) -> None:
        self.name = desk.ask(list_client_rows, [client_id])[0].name
        super().__init__(over, _("Evidence pack"), (), self.name)
        self.desk, self.client_id = desk, client_id
        self._job: Job | None = None
        self._path: Path | None = None
        self.bar = MessageBar()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How much is written"))
        self.progress.setTextVisible(False)
        self.write_button: QPushButton = button(_("Write the pack…"), self.write, "primary", "shield-check")
        self.stop_button: QPushButton = button(_("Cancel"), self._cancel, "quiet")
        self.set_body(self._page())
        self.closed.connect(self._stop)
        self.setFocusProxy(self.write_button)
        self._busy(False)

    def _page(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(26, 24, 26, 24)
        column.setSpacing(10)
        title = _("The advisory history of {client}, for others to verify").format(client=self.name)
        column.addWidget(label(title, "title", wrap=True))
        for line in (
            _("The advisory history as a PDF: each recorded entry with its amendments and answers."),
            _("The same entries as data, in the chain in which they stand, each with its digest."),
            _("A short program that checks them without Cliens, and how to use it in three languages."),
        ):
            point = QHBoxLayout()
            point.setSpacing(9)
            point.addWidget(label("•"), 0, Qt.AlignmentFlag.AlignTop)
            point.addWidget(label(line, wrap=True), 1)
            column.addLayout(point)
        column.addSpacing(4)
        never = _("No confidence, draft or note for the file is in it, and nothing about others: only their digests.")
        column.addWidget(label(never, "muted", wrap=True))
        column.addSpacing(6)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.write_button)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        column.addLayout(row)
        return scrolled(on_card(inside))

    def write(self) -> None:
        """Ask for a place, then make the pack beside the window and write it there."""
        from db.exchange.export import file_named

        name = file_named(f"{self.name} – {_('Evidence pack')}, {dt.date.today()}.zip")
        path = messages.choose_new_file(self, _("Write the evidence pack"), keep.last_folder() / name, "ZIP (*.zip)")
        if path is None:
            return
        self.bar.hide()
        self._path = path
        self._busy(True)
        desk, client_id = self.desk, self.client_id
        # Without a parent: the thread must not be destroyed with the sheet while it still reads.
        job = self._job = Job(lambda progress: _written(desk, client_id, path, progress))
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.start()

    def is_writing(self) -> bool:
        """Whether the pack is being made."""
        return self._job is not None

    def _busy(self, writing: bool) -> None:
        self.progress.setVisible(writing)
        self.progress.setRange(0, 0)
        self.stop_button.setVisible(writing)
        self.write_button.setVisible(not writing)

    def _on_progress(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()

    def _cancel(self) -> None:
        self._stop()
        self._busy(False)

    def _on_done(self, pack: Pack) -> None:
        from desktop.cli_verify import closed_words
        from desktop.reports.omissions import in_words

        self._job = None
        self._busy(False)
        path = self._path
        assert path is not None
        keep.remember_folder(path.parent)
        entries = ngettext("{n} entry", "{n} entries", pack.entries)
        lines = [_("Saved as {name}: {entries}.").format(name=path.name, entries=entries)]
        if pack.closed:
            lines.append(closed_words(pack.closed))
        if pack.left_out:
            lines.append(_("Left out: {what}.").format(what=current().listed(in_words(pack.left_out))))
        shown = (_("Show the folder"), lambda: open_path(path.parent))
        self.bar.say(" ".join(lines), "good", actions=[shown])
        self.bar.take_focus()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._busy(False)
        if isinstance(error, Refused):
            self.bar.say(sentences.refusal(error), "error")
        elif isinstance(error, OSError):
            self.bar.say(_("The file could not be written: {why}").format(why=error.strerror or ""), "error")
        else:
            self.desk.tell_failed(error)


def _written(desk: OpenPractice, client_id: int, path: Path, progress: Tell) -> Pack:
    from desktop.reports.evidence import make_pack
    from desktop.reports.family import Asked

    pack = make_pack(desk.ask, Asked(dt.datetime.now().astimezone(), client_id), progress)
    progress(1, 1)
    keep.write_whole(path, pack.content)
    return pack
