"""The file's page: where it lies, whether it is sound, and its backups, which are restored to a new file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import backup
from db.errors import Refused, Trouble
from desktop import messages, sentences, text
from desktop.jobs import Job
from desktop.practice import OpenPractice
from desktop.rooms.words import at
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow

SHOWN = 8


class FileCard(QWidget):
    """Long work is a job; its end is told in the bar on top."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.job: Job | None = None
        self.bar = MessageBar()
        self.facts = Card(_("The file"), icon="hard-drive", ruled=False)
        self.check = button(_("Check the file"), self.on_check, icon_name="shield-check")
        self.show_folder = button(_("Show in folder"), self._on_folder, icon_name="folder-open")
        self.facts.add(_row(self.check, self.show_folder), 14)
        self.backups = Card(_("Backups"), icon="database-backup")
        self.backups.opened.connect(self.restore)
        self.back_up = button(_("Back up now"), self.on_back_up, "primary", "save")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self.bar, self.facts, self.backups):
            column.addWidget(widget)
        column.addWidget(_row(self.back_up))
        column.addStretch(1)

    def refresh(self) -> None:
        """Look at the disk again."""
        practice, number = self._desk.practice, text.current().number
        size = practice.path.stat().st_size if practice.path.exists() else 0
        sealed = _("with a passphrase") if practice.key is not None else _("not encrypted")
        self.facts.show_facts(
            [
                (_("Name"), practice.path.name),
                (_("Folder"), str(practice.path.parent)),
                (_("Size"), _("{n} kB").format(n=number(max(1, size // 1000)))),
                (_("Encrypted"), sealed),
            ]
        )
        found = backup.list_backups(practice.path)
        self.backups.show_rows([_backup_row(path) for path in reversed(found[-SHOWN:])])
        note = _("each one is checked; press one to restore it to a new file")
        self.backups.set_title(_("Backups"), note if found else _("none yet"))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.path.parent)))

    def on_check(self) -> None:
        """Verify pages, index, chain and journal."""
        self._run(self._desk.practice.check, _("Checking every page and every entry…"), self._on_checked)

    def _on_checked(self, checked: Any) -> None:
        if checked.ok:
            entries = text.current().number(checked.entries)
            words = _("All is well: {n} entries, every page and the whole chain were verified.").format(n=entries)
            self.bar.say(words, "good", closable=True)
            return
        found = "\n".join(sentences.problem(problem) for problem in checked.problems[:5])
        self.bar.say(found, "error", _("The check found something"))

    def on_back_up(self) -> None:
        """Write a backup now."""
        self._run(self._desk.practice.back_up, _("Writing and checking a backup…"), self._on_backed_up)

    def _on_backed_up(self, path: Path) -> None:
        self.bar.say(_("Backed up and checked: {name}").format(name=path.name), "good", closable=True)
        # The status line tells of the last backup too.
        self._desk.changed.emit(frozenset({"practice"}))
        self.refresh()

    def restore(self, path: Any) -> None:
        """Write a backup to a new file; the practice that is open stays as it is."""
        proposal = self._desk.path.with_name(f"{self._desk.path.stem} {_('restored')}.cliens")
        target = messages.choose_new_file(self, _("Restore to a new file"), proposal, _("Cliens practices (*.cliens)"))
        if target is None:
            return
        key = self._desk.practice.key
        self._run(lambda: backup.restore_with(path, target, key), _("Restoring…"), self._on_restored)

    def _on_restored(self, target: Path) -> None:
        words = _("Restored to {path}. Lock this practice and open that one when you want to work with it.")
        self.bar.say(words.format(path=target), "good", closable=True)

    def _run(self, work: Callable[[], Any], words: str, done: Callable[[Any], None]) -> None:
        if self.job is not None:
            return
        self.bar.say(words)
        self._allow(False)
        self.job = Job(lambda _progress: work(), self)
        self.job.done.connect(done)
        self.job.failed.connect(self._on_failed)
        self.job.ended.connect(self._on_ended)
        self.job.start()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Trouble) and error.code == "wrong-key":
            words = _("This backup has an older passphrase. Copy it out of the folder and open it with that one.")
            self.bar.say(words, "error")
        elif isinstance(error, Trouble):
            self.bar.say(sentences.trouble(error), "error")
        elif isinstance(error, Refused):
            self.bar.say(sentences.refusal(error), "error")
        elif isinstance(error, BaseException):
            raise error

    def _on_ended(self) -> None:
        self.job = None
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for widget in (self.check, self.back_up, self.backups):
            widget.setEnabled(allowed)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return row


def _backup_row(path: Path) -> CardRow:
    facts = path.stat()
    written = dt.datetime.fromtimestamp(facts.st_mtime).astimezone()
    size = _("{n} kB").format(n=text.current().number(max(1, facts.st_size // 1000)))
    return CardRow(text.current().date_time(written), f"{path.name} · {size}", when=at(written), key=path)
