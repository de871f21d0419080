"""The key's page: a new passphrase, a first one, or none, and the recovery sheet that belongs to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from db import firm
from db.errors import Refused, Trouble
from desktop import keeping, messages, sentences
from desktop.jobs import Job
from desktop.practice import OpenPractice
from desktop.strength import strength
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label


class KeyCard(QWidget):
    """The file is written anew under its new key while the page waits; the old key opens it until that is done."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.job: Job | None = None
        self.bar = MessageBar()
        self.form = Form(
            [[("first", TextField(_("New passphrase")), 1), ("second", TextField(_("The same again")), 1)]]
        )
        for name in ("first", "second"):
            self._line(name).setEchoMode(QLineEdit.EchoMode.Password)
            self._line(name).returnPressed.connect(self.change)
        self.meter, self.words = QProgressBar(), label("", "small")
        self.meter.setRange(0, 4)
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName(_("Strength of the passphrase"))
        self.form.changed.connect(self._on_typed)
        self.without = button(_("Take the passphrase away"), self.take_away, "quiet")
        self.main = self.form.add_buttons(_("Change the passphrase"), left=[self.without])
        self.form.submitted.connect(self.change)
        passphrase = Card(_("Passphrase"), icon="key-round", ruled=False)
        words = _("Four or five words that only you would put together are strong and easy to remember.")
        passphrase.add(label_inside(words))
        passphrase.add(self.form)
        self.strength = _strength_row(self.meter, self.words)
        self.strength.hide()
        passphrase.add(self.strength)
        self.sheet = Card(_("Recovery key"), icon="printer", ruled=False)
        self.sheet.add(label_inside(_("If the passphrase is forgotten, only this key opens the practice.")))
        self.key = label("", "strong")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setContentsMargins(24, 8, 24, 4)
        self.key.hide()
        self.sheet.add(self.key)
        self.show_key = button(_("Show the key"), self._on_show, icon_name="eye")
        self.save = button(_("Save the sheet"), self.save_sheet, icon_name="printer")
        self.copy = button(_("Copy the key"), self._on_copy, icon_name="copy")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(24, 8, 24, 20)
        line.setSpacing(8)
        for made in (self.save, self.show_key, self.copy):
            line.addWidget(made)
        line.addStretch(1)
        self.sheet.add(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.bar, passphrase, self.sheet):
            column.addWidget(part)
        column.addStretch(1)

    def _line(self, name: str) -> QLineEdit:
        entry = self.form.fields[name].entry
        assert isinstance(entry, QLineEdit)
        return entry

    def refresh(self) -> None:
        """Show what fits the file: one without a passphrase gets its first one here."""
        sealed = self._desk.practice.key is not None
        self.main.setText(_("Change the passphrase") if sealed else _("Give it a passphrase"))
        self.without.setVisible(sealed)
        self.sheet.setVisible(sealed)
        self.key.hide()

    def _on_typed(self) -> None:
        points, words = strength(self._line("first").text())
        self.strength.setVisible(points > 0)
        self.meter.setValue(points)
        self.words.setText(words)

    def change(self) -> None:
        """Write the file anew under the passphrase that was typed twice."""
        first, second = self._line("first").text(), self._line("second").text()
        weak = "" if strength(first)[0] >= 2 else _("Take at least 12 letters, or four words.")
        self.form.fields["first"].refuse(weak)
        self.form.fields["second"].refuse("" if weak or first == second else _("The two are not the same."))
        if not weak and first == second:
            self._rekey(first)

    def take_away(self) -> None:
        """Write the file anew without a passphrase, after asking: whoever has the file can read it then."""
        title = _("Take the passphrase away?")
        words = _("Anybody who gets hold of the file or its backups can then read everything in it.")
        if messages.ask(self, title, words, _("Take it away")):
            self._rekey(None)

    def _rekey(self, passphrase: str | None) -> None:
        if self.job is not None:
            return
        self.bar.say(_("Writing the file anew under its new key. This takes a moment; nothing can be lost by it…"))
        self.setEnabled(False)
        self.job = Job(lambda _progress: self._desk.practice.rekey(passphrase), self)
        self.job.done.connect(self._on_rekeyed)
        self.job.failed.connect(self._on_failed)
        self.job.ended.connect(self._on_ended)
        self.job.start()

    def _on_rekeyed(self, key: Any) -> None:
        for name in ("first", "second"):
            self._line(name).clear()
        if key is None:
            self.bar.say(_("The file has no passphrase any more."), "warn", closable=True)
        else:
            words = _("Save the new sheet now: the old one opens nothing any more, except older backups.")
            self.bar.say(words, "good", _("The passphrase is changed"), [(_("Save the sheet"), self.save_sheet)])
        self._desk.changed.emit(frozenset({"practice"}))
        self.refresh()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Refused):
            self.form.fields["first"].refuse(sentences.refusal(error))
            self.bar.hide()
        elif isinstance(error, Trouble):
            self.bar.say(sentences.trouble(error), "error")
        elif isinstance(error, BaseException):
            raise error

    def _on_ended(self) -> None:
        self.job = None
        self.setEnabled(True)

    def _on_show(self) -> None:
        self.key.setText(keeping.in_lines(self._desk.practice.recovery_key or ""))
        self.key.setVisible(self.key.isHidden())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._desk.practice.recovery_key or "")
        self.bar.say(_("Copied. Paste it where only you can find it, then copy something else."), closable=True)

    def save_sheet(self) -> None:
        """Save the one-page sheet as a PDF."""
        own, practice = self._desk.ask(firm.get_practice), self._desk.practice
        told = keeping.save_recovery_sheet(
            self, practice.recovery_key or "", practice.path, own.name, own.language, own.country
        )
        if told:
            self.bar.say(told, "error")


def label_inside(words: str) -> QWidget:
    """A muted sentence with the margins of a card."""
    made = label(words, "muted", wrap=True)
    made.setContentsMargins(24, 0, 24, 12)
    return made


def _strength_row(meter: QWidget, words: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(26, 0, 26, 20)
    line.setSpacing(12)
    meter.setFixedWidth(160)
    line.addWidget(meter)
    line.addWidget(words, 1)
    return row
