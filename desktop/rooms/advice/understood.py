"""What was understood of a text, beside it: each promise, next step and confidence as fields to correct or take off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import look, text
from desktop.days import Said, read_day
from desktop.said import Mark
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import Chip, chip_width
from desktop.widgets.dates import understood_said
from desktop.widgets.ink import Tone
from desktop.widgets.label import label


def _kinds() -> dict[str, tuple[str, Tone]]:
    return {
        "!": (_("Promise"), "accent"),
        "?": (_("Follow-up"), "blue"),
        "~": (_("Confidence"), "amber"),
    }


def _when(said: Said | None) -> str:
    if said is None:
        return ""
    day = text.current().date(said.day)
    return f"{day}, {said.time:%H:%M}" if said.time else day


class _Line(QWidget):
    """One remark; `edited` comes with its words and its day in words, `taken_off` when it is to go."""

    edited = Signal(str, str)
    taken_off = Signal()

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.kind = mark.kind
        self.words, self.when, self.meant = QLineEdit(), QLineEdit(), label("", "small")
        self._chip, self._off = Chip(), button("×", self.taken_off.emit, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(8)
        self._holder = holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._chip)
        inner.addStretch(1)
        row.addWidget(holder)
        row.addWidget(self.words, 5)
        row.addWidget(self.when, 2)
        row.addWidget(self.meant, 3)
        row.addWidget(self._off)
        self.when.setMinimumWidth(look.px(112))
        self.when.setVisible(mark.kind != "~")
        self.name(mark)
        self.words.textEdited.connect(lambda _typed: self._on_edited())
        self.when.textEdited.connect(lambda _typed: self._on_edited())
        self.show_mark(mark)

    def name(self, mark: Mark) -> None:
        """Call its parts by the words of the language that is spoken now."""
        name, tone = _kinds()[mark.kind]
        self._chip.say(name, tone)
        self._holder.setFixedWidth(max(chip_width(told) for told, _tone in _kinds().values()) + 4)
        self._off.setAccessibleName(_("Take off: {words}").format(words=mark.words))
        self.words.setAccessibleName(name)
        self.when.setAccessibleName(_("Due"))
        self.when.setPlaceholderText(_("no day"))
        if mark.kind == "~":
            self.meant.setText(_("Kept apart as a confidence, never printed"))

    def show_mark(self, mark: Mark) -> None:
        """Show the mark as it is read now; a field that is being written in keeps what is written."""
        if not self.words.hasFocus():
            self.words.setText(mark.words)
            self.words.setCursorPosition(0)
        if not self.when.hasFocus():
            self.when.setText(_when(mark.due))
            self.when.setCursorPosition(0)
        if mark.kind != "~":
            self.meant.setText(understood_said(mark.due, dt.date.today()) if mark.due is not None else "")

    def _on_edited(self) -> None:
        words, when = self.words.text().strip(), self.when.text().strip()
        read = read_day(when, dt.date.today(), text.current().language, ahead=True)
        if when and read is None:
            self.meant.setText(_("not a day we can read"))
        elif words:
            self.edited.emit(words, when)


class Understood(QWidget):
    """The remarks of a text, one under the other; nothing is shown where there are none."""

    edited = Signal(object, str, str)
    taken_off = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._marks: list[Mark] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setAccessibleName(_("What was understood"))
        self.hide()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these remarks; lines that are there already stay, so that one can go on writing in them."""
        self._marks = list(marks)
        if [line.kind for line in self.lines] != [mark.kind for mark in marks]:
            self._make_lines()
        for line, mark in zip(self.lines, marks, strict=True):
            line.show_mark(mark)
        self.setVisible(bool(marks))

    def speak_again(self) -> None:
        """Call everything by the words of the language that is spoken now; a line that is written in stays."""
        self.setAccessibleName(_("What was understood"))
        for line, mark in zip(self.lines, self._marks, strict=True):
            line.name(mark)
            line.show_mark(mark)

    def _make_lines(self) -> None:
        for old in self.lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [_Line(mark) for mark in self._marks]
        for at, line in enumerate(self.lines):
            line.edited.connect(lambda words, when, at=at: self.edited.emit(self._marks[at], words, when))
            line.taken_off.connect(lambda at=at: self.taken_off.emit(self._marks[at]))
            self._column.addWidget(line)
