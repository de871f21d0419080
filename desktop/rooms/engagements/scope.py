"""The scope of an engagement, each text changed in its place, and under it what was asked for outside of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import engagements, scope
from db.engagements import EngagementEdit, EngagementRow
from db.scope import OutOfScopeRow
from desktop import text
from desktop.rooms.engagements import asking
from desktop.rooms.engagements.offering import show_month
from desktop.rooms.engagements.parts import Act, Line, buttons, list_lines
from desktop.rooms.outside_words import minutes_words, outside_words
from desktop.rooms.words import when, word
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.fields import LongField
from desktop.widgets.ink import Tone
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

_HANDLED: dict[str, Tone] = {"goodwill": "green", "quote": "blue", "change letter": "amber"}


class InPlace(LongField):
    """A text that is written back when the keyboard leaves it or Ctrl+Return is pressed; Escape takes it back."""

    left = Signal()

    def __init__(self, title: str, lines: int, placeholder: str) -> None:
        super().__init__(title, lines, placeholder)
        self._before = ""
        on_key("Ctrl+Return", self, self.left.emit, "inside")
        on_key("Esc", self, self._take_back, "inside")

    def fill(self, value: str, anew: bool) -> None:
        """Show what the file holds; what is being written stays, unless it is another engagement's."""
        if (anew or not self.is_changed()) and self.value() != value:
            self.set_value(value)
        if self.value() == value:
            self._before = value

    def is_changed(self) -> bool:
        """Whether something else stands here than in the file."""
        return bool(self.value() != self._before)

    def _take_back(self) -> None:
        self.set_value(self._before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.is_changed():
            # The page may be shown anew by what is written: not while the keyboard is still on its way.
            QTimer.singleShot(0, self, self.left.emit)
        return super().eventFilter(watched, event)


class ScopeTab(QWidget):
    """What is in, what is not, what is assumed, what the client does; then the questions that were none."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self._room, self._desk = room, room.desk
        self._row: EngagementRow | None = None
        self.fields = {
            "scope_included": InPlace(_("What is included"), 2, _("What was agreed, so that both know it")),
            "scope_excluded": InPlace(_("What is not"), 2, _("What is often expected and was not agreed")),
            "assumptions": InPlace(_("What we assume"), 1, _("On what the fee and the dates rest")),
            "client_duties": InPlace(_("What the client does"), 1, _("Papers, answers, decisions, and by when")),
            "value_sought": InPlace(_("What the client wants from it, in their words"), 1, ""),
            "value_delivered": InPlace(_("What it brought them, in their words"), 1, ""),
        }
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 12, 4, 14)
        self._column.setSpacing(8)
        for name, field in self.fields.items():
            field.left.connect(partial(self._save, name))
            self._column.addWidget(field)
        self._outside = QWidget()
        self._column.addWidget(self._outside)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))

    def show_row(self, row: EngagementRow) -> None:
        """Show an engagement's scope."""
        anew = self._row is None or self._row.id != row.id
        self._row = row
        record = self._desk.ask(engagements.get_engagement, row.id)
        for name, field in self.fields.items():
            field.fill(getattr(record, name), anew)
        fresh = self._beyond(row)
        self._column.replaceWidget(self._outside, fresh)
        fresh.show()
        self._outside.hide()
        self._outside.deleteLater()
        self._outside = fresh

    def _save(self, name: str) -> None:
        field, row = self.fields[name], self._row
        if row is None or not field.is_changed():
            return
        values: dict[str, Any] = {name: field.value()}
        edit = EngagementEdit(**values)
        self._desk.attempt(lambda: self._desk.do(engagements.edit_engagement, row.id, edit))

    def _beyond(self, row: EngagementRow) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(2, 10, 2, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Outside scope"), "heading"))
        found = self._desk.ask(scope.list_out_of_scope, engagement_id=row.id)
        totals = self._desk.ask(scope.sum_out_of_scope, engagement_id=row.id)
        words = [outside_words(total) for total in totals] or [
            _("“Just a quick question?” Note what was asked for beyond it: goodwill, a quote or a change letter.")
        ]
        column.addWidget(label(" · ".join(words), "small", wrap=True))
        acts: list[Act] = [
            (_("Note outside scope"), lambda: asking.ask_out_of_scope(self._room, row, row.currency)),
            (_("Outside scope by month"), lambda: show_month(self._room)),
        ]
        column.addWidget(buttons(acts))
        if found:
            card = Card()
            list_lines(card, [self._line(row, entry) for entry in found])
            column.addWidget(card)
        return made

    def _line(self, row: EngagementRow, entry: OutOfScopeRow) -> Line:
        parts = [when(entry.asked_on)]
        if entry.minutes:
            parts.append(minutes_words(entry.minutes))
        if entry.amount_minor:
            parts.append(text.current().money(entry.amount_minor, entry.currency))
        if entry.settled_on:
            parts.append(_("agreed {when}").format(when=when(entry.settled_on)))
        acts: list[Act] = [(_("Change"), lambda: asking.ask_out_of_scope(self._room, row, row.currency, entry))]
        if entry.handling != "goodwill" and entry.settled_on is None:
            acts.insert(0, (_("Agreed"), partial(self._settle, entry.id)))
        return Line(entry.what, [(word(entry.handling), _HANDLED[entry.handling])], " · ".join(parts), acts)

    def _settle(self, entry_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(scope.settle_out_of_scope, entry_id))
