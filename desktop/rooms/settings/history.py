"""The history: every step with who, when and what, newest first, and Undo for the latest."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import history
from db.history import StepRow
from desktop import sentences
from desktop.practice import OpenPractice
from desktop.rooms.words import at
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.label import label
from desktop.widgets.timeline import Moment, Timeline

STEPS_AT_ONCE = 50
_ICONS = {"undo": "undo-2", "redo": "redo-2"}


class HistoryCard(QWidget):
    """Fifty steps at a time; more come when one scrolls to the end or asks for them."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.steps: list[StepRow] = []
        self.bar = MessageBar()
        self.list = Timeline(_("History"))
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.undo = button(_("Undo"), self.on_undo, icon_name="undo-2")
        self.what = label("", "muted")
        self.more = button(_("Show earlier steps"), self.load_more, "link")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.undo)
        head.addWidget(self.what, 1)
        foot.addWidget(self.more)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def refresh(self) -> None:
        """Look again, as far back as was shown."""
        self.steps = self._desk.ask(history.list_steps, limit=max(STEPS_AT_ONCE, len(self.steps)))
        self._show()

    def load_more(self) -> None:
        """Show the next fifty."""
        earlier = self._desk.ask(history.list_steps, limit=STEPS_AT_ONCE, before=self.steps[-1].id)
        self.steps += earlier
        self._show()

    def _show(self) -> None:
        self.list.show_moments([_moment(step) for step in self.steps])
        words = self._desk.undo_words()[0]
        self.undo.setEnabled(words is not None)
        self.what.setText(words or _("There is nothing to undo."))
        self.more.setVisible(bool(self.steps) and self.steps[-1].id > 1)

    def on_undo(self) -> None:
        """Take back the latest step; it stays in the history."""
        step = self._desk.undo()
        if step is not None:
            self.bar.say(_("Undone: {words}").format(words=sentences.step_words(step)), "good", closable=True)

    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value and value == bar.maximum() and not self.more.isHidden():
            self.load_more()
            bar.setValue(value)


def _moment(step: StepRow) -> Moment:
    when = at(dt.datetime.fromisoformat(step.at))
    title, _dash, subject = sentences.step_words(step).partition(" — ")
    who = _("{who} on {computer}").format(who=step.who or "—", computer=step.computer)
    chip = _("Undone") if step.undone else ""
    body = "\n".join(part for part in (subject, who) if part)
    return Moment(_ICONS.get(step.kind, "history"), title, chip, "amber", when, body, step.id)
