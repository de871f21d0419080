"""The decision log on the page: entered one a line, filtered by words, what was superseded struck through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from db import decisions
from db.decisions import DecisionRow, NewDecision, effect_of
from db.engagements import EngagementRow
from db.errors import Refused
from desktop import look
from desktop.profession import said
from desktop.rooms.engagements import asking
from desktop.rooms.engagements.decision_line import DecisionLine, effect_words
from desktop.rooms.engagements.parts import buttons, list_lines
from desktop.sentences import refusal
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import ChipButton
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.fields import read_amount
from desktop.widgets.ink import keys, tip
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom


class DecisionsTab(QWidget):
    """Item, choice, who, cost, days; Enter notes the line and goes on to the next. `sheet` saves or prints it."""

    def __init__(self, room: CoveredRoom, sheet: Callable[[bool], object]) -> None:
        super().__init__()
        self._room, self._desk = room, room.desk
        self._row: EngagementRow | None = None
        self.entries: dict[str, QLineEdit] = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 4, 14)
        column.setSpacing(8)
        column.addLayout(self._quick())
        self.error = label("", "error", wrap=True)
        self.error.hide()
        column.addWidget(self.error)
        self._sum = label("", "small", wrap=True)
        column.addWidget(self._sum)
        self.search = ClearedLine(_("When did we agree that? Any word of it"))
        self.search.setAccessibleName(_("Filter decisions"))
        self.search.setProperty("kind", "search")
        self.everywhere = ChipButton(
            said(_("In all matters"), _("In all engagements"), _("In all projects")), checkable=True
        )
        self.search.textChanged.connect(lambda _typed: self._list())
        self.everywhere.toggled.connect(lambda _on: self._list())
        line = QGridLayout()
        line.setColumnStretch(0, 1)
        line.addWidget(self.search, 0, 0)
        line.addWidget(self.everywhere, 0, 1)
        column.addLayout(line)
        self._listed: QWidget = label()
        self._column = column
        column.addWidget(self._listed)
        acts = [(_("Save the sheet (PDF)"), lambda: sheet(False)), (_("Print the sheet"), lambda: sheet(True))]
        self._sheet = buttons(acts)
        column.addWidget(self._sheet)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))

    def _quick(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        titles = {
            "item": (_("Item"), 5),
            "choice": (_("Choice"), 5),
            "decided_by": (_("Decided by"), 4),
            "cost_minor": (_("± Cost"), 3),
            "days": (_("± Days"), 2),
        }
        for at, (name, (title, share)) in enumerate(titles.items()):
            entry = QLineEdit()
            entry.setAccessibleName(title)
            entry.setMinimumWidth(46)
            words = label(title, "label")
            words.setBuddy(entry)
            grid.addWidget(words, 0, at)
            grid.addWidget(entry, 1, at)
            grid.setColumnStretch(at, share)
            for pressed in ("Return", "Enter"):
                on_key(pressed, entry, self._note, "itself")
            self.entries[name] = entry
        note = button("", self._note, "quiet", "plus")
        note.setText("")
        note.setFixedWidth(look.px(34))
        note.setAccessibleName(_("Note it"))
        tip(note, f"{_('Note it')} · {keys('Return')}")
        grid.addWidget(note, 1, len(titles))
        return grid

    def show_row(self, row: EngagementRow) -> None:
        """Show an engagement's decisions; a line that is being written stays, unless it is another engagement's."""
        if self._row is not None and self._row.id != row.id:
            for entry in self.entries.values():
                entry.clear()
            self._refuse("")
        self._row = row
        self._list()

    def _list(self) -> None:
        row = self._row
        if row is None:
            return
        whole = self._desk.ask(decisions.list_decisions, row.id)
        everywhere, typed = self.everywhere.isChecked(), self.search.text()
        wide = None if everywhere else row.id
        found = self._desk.ask(decisions.list_decisions, wide, typed) if typed.strip() or everywhere else whole
        self._sum.setText(_sum_words(whole))
        self._sheet.setVisible(bool(whole))
        fresh = _listed(found, everywhere, bool(typed.strip()), self._change_mind)
        self._column.replaceWidget(self._listed, fresh)
        fresh.show()
        self._listed.hide()
        self._listed.deleteLater()
        self._listed = fresh

    def _change_mind(self, before: DecisionRow) -> None:
        asking.ask_change_of_mind(self._room, before)

    def _note(self) -> None:
        row = self._row
        if row is None:
            return
        typed = {name: entry.text().strip() for name, entry in self.entries.items()}
        new = self._read(row, typed)
        if new is None:
            return
        if self._desk.attempt(lambda: self._desk.do(decisions.log_decision, new)) is not None:
            self._refuse("")
            for name in ("item", "choice", "cost_minor", "days"):
                self.entries[name].clear()
            self.entries["item"].setFocus()

    def _read(self, row: EngagementRow, typed: dict[str, str]) -> NewDecision | None:
        """The decision that the line says; None where it cannot be, which is said beneath it."""
        try:
            values: dict[str, Any] = {name: typed[name] for name in ("item", "choice", "decided_by")}
            values["cost_minor"] = _signed(typed["cost_minor"])
            values["days"] = _days(typed["days"])
            return NewDecision(engagement_id=row.id, **values)
        except _Wrong as wrong:
            self._refuse(str(wrong), wrong.field)
        except Refused as refused:
            self._refuse(refusal(refused), refused.field or "item")
        return None

    def _refuse(self, sentence: str, field: str = "") -> None:
        shown = f"{self.entries[field].accessibleName()}: {sentence}" if field else ""
        self.error.setText(shown)
        self.error.setVisible(bool(shown))
        for name, entry in self.entries.items():
            entry.setProperty("wrong", "true" if name == field else "")
            entry.setAccessibleDescription(sentence if name == field else "")
            entry.style().unpolish(entry)
            entry.style().polish(entry)
        if field:
            self.entries[field].setFocus()


class _Wrong(ValueError):
    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def _signed(typed: str) -> int | None:
    if not typed:
        return None
    try:
        return read_amount(typed.replace("−", "-"))
    except ValueError as error:
        raise _Wrong("cost_minor", str(error)) from None


def _days(typed: str) -> int | None:
    plain = typed.replace("−", "-").removeprefix("+")
    if not plain:
        return None
    if not plain.removeprefix("-").isdecimal() or len(plain) > 5:
        raise _Wrong("days", _("This is not a whole number."))
    return int(plain)


def _sum_words(found: list[DecisionRow]) -> str:
    if not found:
        return _("One decision a line: what, which, who, and what it changes. Enter notes it and goes on to the next.")
    effect = effect_of(found)
    count = sum(decision.stands for decision in found)
    words = ngettext("{n} decision stands", "{n} decisions stand", count)
    effects = effect_words(effect.minor, effect.currency, effect.days)
    return f"{words} · {effects}" if effects else words


def _listed(
    found: list[DecisionRow], everywhere: bool, filtered: bool, change: Callable[[DecisionRow], None]
) -> QWidget:
    """The decisions as lines of a card; at most a few hundred."""
    if not found:
        return label(_("Nothing agreed holds all these words.") if filtered else "", "faint", wrap=True)
    card = Card()
    list_lines(card, [DecisionLine(decision, change, named=everywhere) for decision in found])
    return card
