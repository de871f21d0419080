"""The history: every step with who, when and what, newest first, what it changed in words, and Undo for the latest."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import step_changes
from db.history import StepRow
from db.names import order_key
from desktop import sentences, text
from desktop.jobs import Question
from desktop.practice import OpenPractice
from desktop.rooms.frame import frame_of
from desktop.rooms.settings import changes
from desktop.rooms.words import at
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.label import label
from desktop.widgets.picker import RecordField, Suggestion
from desktop.widgets.timeline import Moment, Timeline

STEPS_AT_ONCE = 50
_ICONS = {"undo": "undo-2", "redo": "redo-2"}


class HistoryCard(QWidget):
    """Fifty steps at a time; more come when one scrolls to the end or asks for them. The current one says more."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.steps: list[StepRow] = []
        self._sifted: dict[str, Any] = {}
        self._question = Question(self)
        self._question.failed.connect(desk.tell_failed)
        self._all_told = False
        self._open: int | None = None
        self.bar = MessageBar()
        self.who, self.verb = ChoiceField(_("Who")), ChoiceField(_("What was done"))
        self.client = RecordField(_("Client"), self._suggest)
        for field in (self.who, self.verb, self.client):
            field.changed.connect(self._on_filter)
        self.list = Timeline(_("History"))
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current())
        self.undo = button(_("Undo"), self.on_undo, icon_name="undo-2")
        self.redo = button(_("Redo"), self.on_redo, icon_name="redo-2")
        self.what = label("", "muted", wrap=True)
        self.more = button(_("Show earlier steps"), self.load_more, "link")
        head, sieve, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.undo)
        head.addWidget(self.redo)
        head.addWidget(self.what, 1)
        sieve.setSpacing(12)
        for field, share in ((self.who, 2), (self.verb, 3), (self.client, 3)):
            sieve.addWidget(field, share)
        foot.addWidget(self.more)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addLayout(sieve)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _suggest(self, typed: str) -> list[Suggestion]:
        from db.clients import suggest_clients

        return [(row.client_id, row.name, row.number) for row in self._desk.ask(suggest_clients, typed)]

    def _wanted(self) -> dict[str, Any]:
        return {"who": self.who.value() or "", "verb": self.verb.value() or "", "client_id": self.client.value()}

    def refresh(self) -> None:
        """Look again, as far back as was shown."""
        self._offer(self.who, [("", _("Everybody")), *((who, who) for who in self._desk.ask(step_changes.list_doers))])
        verbs = [(verb, sentences.verb_words(verb)) for verb in self._desk.ask(step_changes.list_verbs)]
        verbs.sort(key=lambda pair: order_key(pair[1], text.current().language))
        self._offer(self.verb, [("", _("Everything")), *verbs])
        self._read(max(STEPS_AT_ONCE, len(self.steps)))

    @staticmethod
    def _offer(field: ChoiceField, choices: list[tuple[Any, str]]) -> None:
        field.blockSignals(True)
        field.set_choices(choices)
        field.blockSignals(False)

    def _on_filter(self) -> None:
        self._read(STEPS_AT_ONCE, from_top=True)

    def _read(self, count: int, *, from_top: bool = False) -> None:
        try:
            wanted = self._wanted()
        except ValueError:
            return  # half a name: what is seen stays until one is chosen
        desk = self._desk
        tell = partial(self._take, wanted, count, from_top)
        if desk.is_large():
            # The records of one client lie all over a large file.
            self._question.ask(lambda: desk.ask(step_changes.find_steps, count, **wanted), tell)
        else:
            tell(desk.ask(step_changes.find_steps, count, **wanted))

    def _take(self, wanted: dict[str, Any], count: int, from_top: bool, found: list[StepRow]) -> None:
        self.steps, self._sifted = found, wanted
        self._all_told = len(found) < count
        self._show()
        if from_top:
            self.list.scrollToTop()

    def load_more(self) -> None:
        """Show the next fifty."""
        last = self.steps[-1].id
        earlier = self._desk.ask(step_changes.find_steps, STEPS_AT_ONCE, last, **self._sifted)
        self._all_told = len(earlier) < STEPS_AT_ONCE
        self.steps += earlier
        self.list.add_moments([self._moment(step) for step in earlier])
        self._show_more()

    def _show(self) -> None:
        self.list.show_moments([self._moment(step) for step in self.steps])
        undo, redo = self._desk.undo_words()
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.what.setText(undo or _("There is nothing to undo."))
        self._show_more()

    def _show_more(self) -> None:
        self.more.setVisible(bool(self.steps) and not self._all_told and self.steps[-1].id > 1)

    def on_undo(self) -> None:
        """Take back the latest step, beside the window as everywhere; it stays in the history."""
        self._reverse("undo")

    def on_redo(self) -> None:
        """Bring back what was undone last."""
        self._reverse("redo")

    def _reverse(self, way: str) -> None:
        window: Any = frame_of(self)
        if window is not None:
            getattr(window, way).emit()
            return
        step = self._desk.undo() if way == "undo" else self._desk.redo()
        if step is not None and way == "undo":
            self.bar.say(_("Undone: {words}").format(words=sentences.step_words(step)), "good", closable=True)

    def _on_current(self) -> None:
        key = self.list.current_key()
        if key is None or key == self._open:
            return
        self._open = key
        self.list.show_moments([self._moment(step) for step in self.steps])

    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value and value == bar.maximum() and not self.more.isHidden():
            self.load_more()
            bar.setValue(value)

    def _moment(self, step: StepRow) -> Moment:
        when = at(dt.datetime.fromisoformat(step.at))
        title, _dash, subject = sentences.step_words(step).partition(" — ")
        who = _("{who} on {computer}").format(who=step.who or "—", computer=step.computer)
        more = changes.told(*self._desk.ask(step_changes.changes_of, step.id)) if step.id == self._open else ""
        chip = _("Undone") if step.undone else ""
        body = "\n".join(part for part in (subject, who, more) if part)
        return Moment(_ICONS.get(step.kind, "history"), title, chip, "amber", when, body, step.id)
