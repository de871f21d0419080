"""Making a new practice in three steps: the firm, its passphrase, and the recovery key to keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import keeping, messages
from desktop.shell.cover import Sheet
from desktop.shell.welcome import professions
from desktop.strength import strength
from desktop.text import LANGUAGES, _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.check import Check
from desktop.widgets.fields import ChoiceField, TextField
from desktop.widgets.keys import on_key
from desktop.widgets.label import label

if TYPE_CHECKING:
    from db.practice import Practice

# Countries with the currency that a practice there bills in, the likely ones for our languages first.
PLACES = {
    "GB": ("GBP", "United Kingdom"),
    "IE": ("EUR", "Ireland"),
    "US": ("USD", "United States"),
    "ES": ("EUR", "España"),
    "MX": ("MXN", "México"),
    "AR": ("ARS", "Argentina"),
    "CL": ("CLP", "Chile"),
    "CO": ("COP", "Colombia"),
    "PL": ("PLN", "Polska"),
    "DE": ("EUR", "Deutschland"),
    "FR": ("EUR", "France"),
    "IT": ("EUR", "Italia"),
    "PT": ("EUR", "Portugal"),
    "NL": ("EUR", "Nederland"),
    "CZ": ("CZK", "Česko"),
    "SE": ("SEK", "Sverige"),
    "CA": ("CAD", "Canada"),
    "AU": ("AUD", "Australia"),
}


class FoundingPage(Sheet):
    """The three steps; `made` asks for the file (the firm's values, passphrase or '', path), `done` ends it."""

    made = Signal(dict, str, Path)
    left = Signal()
    done = Signal()

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(500)
        self._folder = folder
        self._practice: Practice | None = None
        self._nexts: list[QPushButton] = []
        self._title, self._count = label("", "title", wrap=True), label("", "small")
        self.bar = MessageBar()
        for widget in (self._count, self._title, self.bar):
            self.column.addWidget(widget)
        self._steps = QStackedLayout()
        self.column.addLayout(self._steps)
        self._steps.addWidget(self._firm(language))
        self._steps.addWidget(self._secret())
        self._steps.addWidget(self._recovery())
        for keys in ("Return", "Enter"):
            on_key(keys, self, self._on_next, "inside")
        on_key("Esc", self, self._on_back, "inside")
        self._go(0)

    def _page(self, widgets: list[QWidget], back: str, following: str) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in widgets:
            column.addWidget(widget)
        row = QHBoxLayout()
        if back:
            row.addWidget(button(back, self._on_back, "quiet"))
        row.addStretch(1)
        self._nexts.append(button(following, self._on_next, "primary"))
        row.addWidget(self._nexts[-1])
        column.addStretch(1)
        column.addLayout(row)
        return page

    def _firm(self, language: str) -> QWidget:
        self.name = TextField(_("Name of the practice"), _("Vega & Noriega"))
        self.profession = ChoiceField(_("Profession"), [(key, title) for key, title, _icon in professions()])
        self.country = ChoiceField(_("Country"), [(code, name) for code, (_money, name) in PLACES.items()])
        self.country.set_value({"es": "ES", "pl": "PL"}.get(language, "GB"))
        self.language = ChoiceField(_("Language"), list(LANGUAGES.items()))
        self.language.set_value(language)
        return self._page([self.name, self.profession, self.country, self.language], _("Back"), _("Next"))

    def _secret(self) -> QWidget:
        self.first, self.second = TextField(_("Passphrase")), TextField(_("The same again"))
        for field in (self.first, self.second):
            assert isinstance(field.entry, QLineEdit)
            field.entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.first.changed.connect(self._on_typed)
        self._meter = QProgressBar()
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(_("Strength of the passphrase"))
        self._meter_words = label("", "small")
        self.plain = Check(_("Without a passphrase: anybody with the file can read it"))
        self.plain.toggled.connect(self._on_plain)
        words = _("Four or five words that only you would put together are strong and easy to remember.")
        widgets = [
            label(words, "muted", wrap=True),
            self.first,
            self._meter,
            self._meter_words,
            self.second,
            self.plain,
        ]
        return self._page(widgets, _("Back"), _("Make the practice"))

    def _recovery(self) -> QWidget:
        words = _(
            "If the passphrase is forgotten, only this key opens the practice. Nobody else has it: print it and lock it"
            " away, not beside the computer."
        )
        self.key = label("", "strong", wrap=True)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.kept = Check(_("I have kept the recovery key"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self.save = button(_("Save the sheet"), self._on_save, icon_name="printer")
        line.addWidget(self.save)
        line.addWidget(button(_("Copy the key"), self._on_copy, icon_name="copy"))
        line.addStretch(1)
        page = self._page([label(words, "muted", wrap=True), self.key, row, self.kept], "", _("Start"))
        self._start = self._nexts[-1]
        self.kept.toggled.connect(self._start.setEnabled)
        self._start.setEnabled(False)
        return page

    def _go(self, step: int) -> None:
        titles = (_("Your practice"), _("Its passphrase"), _("Its recovery key"))
        self._title.setText(titles[step])
        self._count.setText(_("Step {n} of 3").format(n=step + 1))
        self.bar.hide()
        self._steps.setCurrentIndex(step)
        focus = (self.name, self.first, self.save)[step]
        self.setFocusProxy(focus)
        focus.setFocus()

    def _on_back(self) -> None:
        step = self._steps.currentIndex()
        if step == 0:
            self.left.emit()
        elif step == 1:
            self._go(0)

    def _on_next(self) -> None:
        here, step = self.focusWidget(), self._steps.currentIndex()
        if isinstance(here, QPushButton) and here not in self._nexts:
            here.click()
        elif step == 0:
            self.name.refuse("" if self.name.value() else _("Give the practice its name."))
            if self.name.value():
                self._go(1)
        elif step == 1:
            self._make()
        elif self.kept.isChecked():
            self.done.emit()

    def _on_typed(self) -> None:
        points, words = strength(self._typed(self.first))
        self._meter.setValue(points)
        self._meter_words.setText(words)

    def _on_plain(self, plain: bool) -> None:
        for field in (self.first, self.second):
            field.setEnabled(not plain)

    @staticmethod
    def _typed(field: TextField) -> str:
        assert isinstance(field.entry, QLineEdit)
        return field.entry.text()

    def _make(self) -> None:
        first, second = self._typed(self.first), self._typed(self.second)
        plain = self.plain.isChecked()
        points, _words = strength(first)
        weak = "" if plain or points >= 2 else _("Take at least 12 letters, or four words.")
        other = "" if plain or first == second else _("The two are not the same.")
        self.first.refuse(weak)
        self.second.refuse("" if weak else other)
        if weak or other:
            return
        name = self.name.value()
        proposal = self._folder / f"{_file_name(name)}.cliens"
        path = messages.choose_new_file(self, _("Where to keep the practice"), proposal, "Cliens (*.cliens)")
        if path is None:
            return
        country = self.country.value()
        new = {
            "name": name,
            "profession": self.profession.value(),
            "country": country,
            "currency": PLACES[country][0],
            "language": self.language.value(),
        }
        self.setEnabled(False)
        self.bar.say(_("Making the practice and its key…"))
        self.made.emit(new, "" if plain else first, path)

    def say_trouble(self, sentence: str) -> None:
        """Say why the file could not be made; everything typed stays."""
        self.setEnabled(True)
        self.bar.say(sentence, "error")

    def show_recovery(self, practice: Practice) -> None:
        """The last step, for a practice that was just made."""
        self.setEnabled(True)
        self._practice = practice
        self.key.setText(keeping.in_lines(practice.recovery_key or ""))
        self._go(2)

    def _on_copy(self) -> None:
        assert self._practice is not None
        QGuiApplication.clipboard().setText(self._practice.recovery_key or "")
        self.bar.say(_("Copied. Paste it where only you can find it, then copy something else."))

    def _on_save(self) -> None:
        assert self._practice is not None
        key, name = self._practice.recovery_key or "", self.name.value()
        told = keeping.save_recovery_sheet(
            self, key, self._practice.path, name, self.language.value(), self.country.value()
        )
        if told:
            self.bar.say(told, "error")


def _file_name(name: str) -> str:
    safe = "".join(sign if sign.isalnum() or sign in " -_&" else " " for sign in name)
    return " ".join(safe.split())[:60] or "practice"
