"""The line beneath a row that asks for a day, a reason or an answer, and says there what was refused."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import look, text
from desktop.days import read_day
from desktop.rooms.today.clearing import GO_ON, IN_FULL, Way
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.keys import on_key
from desktop.widgets.label import label


class _Line(QLineEdit):
    """A line in which Return is the strip's, and does not go on to the window."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text() in ("\r", "\n"):
            self.entered.emit()
            event.accept()


class Strip(QWidget):
    """A question, its field, a button; Return does it, Esc goes back to the row."""

    submitted = Signal()
    left = Signal()

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way
        self.words, self.whom = _Line(), _Line()
        self.answer = ""
        self.buttons: list[QPushButton] = []
        self._error, self._said = label("", "error", wrap=True), label("", "small")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(way.question, "muted"))
        if way.asks == "answer":
            self._add_answers(row)
        else:
            self._add_fields(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._error)
        self._error.hide()
        on_key("Esc", self, self.left.emit, "inside")

    def _add_answers(self, row: QHBoxLayout) -> None:
        said = {GO_ON: _("Both go on"), IN_FULL: _("In full…")}
        for answer in self.way.answers:
            made = button(said.get(answer) or word(answer), partial(self._choose, answer))
            self.buttons.append(made)
            row.addWidget(made)
        row.addStretch(1)

    def _choose(self, answer: str) -> None:
        self.answer = answer
        self.submitted.emit()

    def _add_fields(self, row: QHBoxLayout) -> None:
        way = self.way
        self.words.setAccessibleName(way.question)
        self.words.entered.connect(self.submitted)
        if way.asks == "day":
            self.words.setPlaceholderText(_("next Thursday, in two weeks, 12 Dec"))
            self.words.setMaximumWidth(look.px(210))
            self.words.textChanged.connect(self._on_typed)
        row.addWidget(self.words, 1)
        if way.whom:
            row.addWidget(label(_("agreed with"), "muted"))
            self.whom.setText(way.whom)
            self.whom.setCursorPosition(0)
            self.whom.setAccessibleName(_("agreed with"))
            self.whom.setMaximumWidth(look.px(150))
            self.whom.entered.connect(self.submitted)
            row.addWidget(self.whom, 1)
        if way.asks == "day":
            row.addWidget(self._said)
            row.addStretch(1)
        self.buttons.append(button(way.word, self.submitted.emit, "primary"))
        row.addWidget(self.buttons[0])

    def begin(self) -> None:
        """Put the keyboard where the answer goes."""
        (self.buttons[0] if self.way.asks == "answer" else self.words).setFocus()

    def day(self) -> dt.date | None:
        """The day that was said; None where the words say none."""
        said = read_day(self.words.text(), dt.date.today(), text.current().language, ahead=True)
        return said.day if said is not None else None

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with it, and go on asking."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.words.setAccessibleDescription(sentence)
        if self.way.asks != "answer":
            self.words.setFocus()

    def error(self) -> str:
        """What was refused, or an empty text."""
        return self._error.text()

    def _on_typed(self) -> None:
        from babel.dates import format_date

        self._error.hide()
        day = self.day()
        shown = str(format_date(day, "EEE d MMM", locale=text.current().language)) if day is not None else ""
        self._said.setText(f"→ {shown}" if shown else "")
