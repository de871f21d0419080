"""Fields in rows, each sentence of refusal beside the field it speaks of, and the buttons beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.bar import MessageBar
from desktop.widgets.button import Button, button
from desktop.widgets.fields import Field
from desktop.widgets.flow import FlowLayout
from desktop.widgets.ink import colour, font, keys
from desktop.widgets.keys import on_key

Place = tuple[str, Field, int]

HINT_GAP, HINT_EDGE = 12, 18


class Form(QWidget):
    """Fields by name. Each row is a list of `(name, field, share of the width)`.

    `submitted` comes with Ctrl+Return or the main button, `cancelled` with Escape or the Cancel button.
    """

    submitted = Signal()
    cancelled = Signal()
    changed = Signal()

    def __init__(self, rows: Sequence[Sequence[Place]]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.bar = MessageBar()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 0, 24, 22)
        self._column.setSpacing(14)
        self._column.addWidget(self.bar)
        for row in rows:
            self.add_row(row)
        for pressed in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(pressed, self, self.submitted.emit, "inside")
        on_key("Esc", self, self._on_escape, "inside")

    def add_row(self, row: Sequence[Place]) -> None:
        """One row more beneath what is there."""
        line = QHBoxLayout()
        line.setSpacing(8)
        self._column.addLayout(line)
        for name, field, share in row:
            self.fields[name] = field
            field.changed.connect(self.changed)
            line.addWidget(field, share)

    def _on_escape(self) -> None:
        # A list of suggestions over the form has no focus of its own: Esc comes here, and closes only the list.
        over = QApplication.activePopupWidget()
        if over is not None:
            over.hide()
        else:
            self.cancelled.emit()

    def add_buttons(
        self, main: str, cancel: str = "", others: Sequence[QWidget] = (), left: Sequence[QWidget] = ()
    ) -> QPushButton:
        """The row beneath the fields: `left` widgets, Cancel, `others`, and the main button, which is given back."""
        row = QHBoxLayout()
        row.setContentsMargins(2, 4, 2, 0)
        row.setSpacing(8)
        flow = FlowLayout(8)
        for widget in left:
            flow.addWidget(widget)
        place = QWidget()
        place.setLayout(flow)
        row.addWidget(place, 1, Qt.AlignmentFlag.AlignVCenter)
        if cancel:
            row.addWidget(button(cancel, self.cancelled.emit, "quiet"))
        for widget in others:
            row.addWidget(widget)
        submit = _Main(main)
        submit.clicked.connect(lambda _checked=False: self.submitted.emit())
        row.addWidget(submit)
        self._column.addLayout(row)
        return submit

    def values(self) -> dict[str, Any] | None:
        """What was entered by field name; None when a field cannot be read, which then says so and takes the focus."""
        found: dict[str, Any] = {}
        wrong: list[Field] = []
        for name, field in self.fields.items():
            try:
                found[name] = field.value()
                field.refuse("")
            except ValueError as reason:
                field.refuse(reason.args[0])
                wrong.append(field)
        if wrong:
            wrong[0].setFocus()
            return None
        return found

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named; the others stay as they are."""
        for name, value in values.items():
            self.fields[name].set_value(value)

    def refuse(self, name: str, sentence: str) -> None:
        """Put a refusal beside the field it speaks of, or above the form when it speaks of none."""
        field = self.fields.get(name)
        if field is None:
            self.bar.say(sentence, "error")
            return
        field.refuse(sentence)
        # Of several that were refused one after the other, one begins with the first.
        next(each for each in self.fields.values() if each.error()).setFocus()

    def clear_errors(self) -> None:
        """Take back every refusal."""
        self.bar.hide()
        for field in self.fields.values():
            field.refuse("")


class _Main(Button):
    """The button that Ctrl+Return presses; it says so."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "primary")
        self.setAccessibleName(words)
        self.setAccessibleDescription("Ctrl+Return")
        hint = QFontMetrics(font("tiny")).horizontalAdvance(keys("Ctrl+Return"))
        self.setStyleSheet(f"padding-right: {HINT_GAP + hint + HINT_EDGE}px")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setOpacity(0.85)
        painter.setPen(colour("on_accent" if self.isEnabled() else "ink3"))
        painter.setFont(font("tiny"))
        place = self.rect().adjusted(0, 0, -HINT_EDGE, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys("Ctrl+Return"))
