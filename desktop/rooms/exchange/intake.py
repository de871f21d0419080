"""A file on its way in: what it is, what it would change, what needs a look, and the button that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from db.errors import Refused
from db.exchange.records import BadRow, Imported, ImportPlan
from desktop import look, sentences, text
from desktop.rooms.exchange.mapping import Columns
from desktop.rooms.exchange.words import CODE_PAGES, nouns, recognised
from desktop.text import _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.fields import ChoiceField
from desktop.widgets.label import label
from desktop.widgets.table import Column, Table


@dataclass(frozen=True)
class _BadLine:
    id: int
    line: int
    why: str
    held: str


def why(row: BadRow) -> str:
    """Why a row needs a look, in a sentence."""
    said = sentences.refusal(Refused(row.why, **row.facts))
    column = row.facts.get("column")
    return f"{column}: {said}" if column and row.why != "no-name" else said


_ROOM_OF = {
    "clients": "clients",
    "engagements": "engagements",
    "advice": "advice",
    "trust": "trust",
    "promises": "trust",
    "fees": "clients",
    "follow-ups": "clients",
}


class Intake(QWidget):
    """Shows; the page decides. `retold` comes when the user says otherwise what the file is."""

    retold = Signal()
    begun = Signal()
    stopped = Signal()
    left = Signal()
    saved = Signal()
    asked_for = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[BadRow] = []
        self._bad: list[_BadLine] = []
        self.title, self.kind = label("", "display"), label("", "muted")
        self.bar, self.columns = MessageBar(), Columns()
        self.noun = ChoiceField(_("Bring in as"), nouns())
        self.encoding = ChoiceField(_("How its letters are written"), [("", _("Found by itself"))])
        self.chips = [Chip() for _each in range(4)]
        self.mapping_card = Card(_("What the columns are"), _("From the file’s own names; change what is wrong"))
        self.mapping_card.add(self.columns)
        columns = [
            Column("line", _("Line"), 64, "number", sortable=False),
            Column("why", _("Why"), 380, sortable=False),
            Column("held", _("What it says"), 200, "muted", sortable=False, stretch=True),
        ]
        self.bad = Table(
            columns,
            lambda *_order: [row.id for row in self._bad],
            lambda ids: [self._bad[at] for at in ids],
            _("Lines that need a look"),
        )
        self.bad_card = Card(_("These lines need a look"))
        self.bad_card.add(self.bad, 1)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How much is brought in"))
        self.progress.setTextVisible(False)
        self.cancel = button(_("Cancel"), self._on_cancel, "quiet")
        self.save = button(_("Save them as CSV"), self.saved.emit, icon_name="file-spreadsheet")
        self.go = button(_("Bring in"), self._on_go, "primary", "download")
        self._running = self.finished = False
        self.noun.changed.connect(self._on_noun)
        self.encoding.changed.connect(self.retold)
        self.columns.changed.connect(self.retold)
        self._build()

    def _build(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(12)
        for field in (self.noun, self.encoding):
            field.setMinimumWidth(look.px(220))
            asked.addWidget(field)
        asked.addStretch(1)
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for chip in self.chips:
            counts.addWidget(chip)
        counts.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.progress, 1)
        acts.addStretch(1)
        for act in (self.save, self.cancel, self.go):
            acts.addWidget(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 24)
        column.setSpacing(14)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.title)
        told.addWidget(self.kind)
        column.addLayout(told)
        column.addLayout(asked)
        column.addWidget(self.bar)
        column.addLayout(counts)
        column.addWidget(self.mapping_card)
        column.addWidget(self.bad_card)
        column.addLayout(acts)
        column.addStretch(1)

    def begin(self, path: Path) -> None:
        """Begin with a file."""
        self.finished = False
        self.columns.forget()
        self.title.setText(path.name)
        self.kind.setText(_("Reading…"))
        for field, value in ((self.noun, "parties"), (self.encoding, "")):
            field.blockSignals(True)
            field.set_value(value)
            field.blockSignals(False)
        self.encoding.set_choices([("", _("Found by itself"))])
        self.encoding.hide()
        self.bar.hide()
        self._show_outcome(None)
        self.mapping_card.hide()
        self._let()

    def take_up(self, noun: str | None, encoding: str, mapping: Mapping[str, str]) -> None:
        """Begin with what was said of the file already."""
        self.columns.take_up(mapping)
        for field, value in ((self.noun, noun), (self.encoding, encoding)):
            if value:
                field.blockSignals(True)
                if field is self.encoding:
                    field.set_choices([("", _("Found by itself")), (value, CODE_PAGES.get(value, value))])
                field.set_value(value)
                field.blockSignals(False)

    def show_plan(self, plan: ImportPlan, would: Imported) -> None:
        """Show what a file is and what it would change."""
        self.kind.setText(recognised(plan))
        self.noun.blockSignals(True)
        self.noun.set_value(plan.noun)
        self.noun.blockSignals(False)
        self.bar.hide()
        self._show_outcome(would)
        sample = plan.told(plan.records[0]) if plan.records else {}
        table = plan.recipe == "table" or "custom" in plan.columns.values() or bool(self.columns.mapping())
        self.mapping_card.setVisible(table and plan.recipe != "vcard")
        if self.mapping_card.isVisibleTo(self):
            self.columns.show_columns(plan.noun, plan.header, plan.columns, sample)
        self._let(can=would.created + would.updated > 0)
        if would.created + would.updated == 0 and not would.needs_a_look:
            self.bar.say(_("Everything in this file is in the practice already."), "good")

    def ask_encoding(self, samples: Mapping[str, str]) -> None:
        """Ask how the letters are written, each way shown with a line of the file."""
        self.kind.setText(_("The file does not say how its letters are written. Choose the line that reads right."))
        shown = [(code, f"{sample[:60]}  ·  {CODE_PAGES.get(code, code)}") for code, sample in samples.items()]
        self.encoding.set_choices([("", _("Choose the line that reads right")), *shown])
        self.encoding.show()
        self.encoding.setFocus()
        self._let()

    def ask_columns(self, noun: str, header: Sequence[str], sentence: str) -> None:
        """Ask what the columns are, where their names do not tell."""
        self.kind.setText(_("A table"))
        self.bar.say(sentence, "warn")
        self._show_outcome(None)
        self.columns.show_columns(noun, header, {}, {})
        self.mapping_card.show()
        self._let()

    def refuse(self, sentence: str) -> None:
        """Say why the file cannot come in."""
        self.kind.setText("")
        self._show_outcome(None)
        self.bar.say(sentence, "error")
        self._let()

    def run(self) -> None:
        """Show that it is being brought in."""
        self._let(running=True)
        self.progress.setRange(0, 0)

    def progressed(self, done: int, of: int) -> None:
        """Say how far it is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def show_result(self, did: Imported) -> None:
        """Say what was brought in."""
        self.finished = True
        say = text.current()
        parts = [
            ngettext("{n} new", "{n} new", did.created),
            ngettext("{n} changed", "{n} changed", did.updated),
            ngettext("{n} unchanged", "{n} unchanged", did.unchanged),
        ]
        words = _("Brought in: {what}. Undo takes all of it back.").format(what=say.listed(parts))
        self._show_outcome(did)
        self.mapping_card.hide()
        # People of an address book are known from now on, and are clients once somebody says so.
        room = _ROOM_OF.get(self.noun.value())
        offered = did.created and room is not None
        self.bar.say(words, "good", actions=[(_("Show them"), lambda: self.asked_for.emit(room))] if offered else ())
        self._let()

    def rows_to_look_at(self) -> list[BadRow]:
        """The rows listed as needing a look."""
        return list(self._rows)

    def _show_outcome(self, imported: Imported | None) -> None:
        for chip in self.chips:
            chip.setVisible(imported is not None)
        rows = self._rows = [] if imported is None else imported.needs_a_look
        self._bad = [
            _BadLine(at, row.line, why(row), " · ".join(cell for cell in row.values.values() if cell.strip()))
            for at, row in enumerate(rows)
        ]
        self.bad.reload()
        self.bad.fit(10)
        self.bad_card.setVisible(bool(rows))
        self.save.setVisible(bool(rows))
        if imported is None:
            return
        looks = len(rows)
        self.chips[0].say(ngettext("{n} new", "{n} new", imported.created), "green" if imported.created else "neutral")
        self.chips[1].say(
            ngettext("{n} changed", "{n} changed", imported.updated), "blue" if imported.updated else "neutral"
        )
        self.chips[2].say(ngettext("{n} unchanged", "{n} unchanged", imported.unchanged))
        self.chips[3].say(
            ngettext("{n} needs a look", "{n} need a look", looks),
            "amber" if looks else "neutral",
        )
        self.chips[3].setVisible(bool(looks))

    def _let(self, *, can: bool = False, running: bool = False) -> None:
        self._running = running
        self.progress.setVisible(running)
        self.go.setVisible(not running)
        self.cancel.setVisible(not self.finished)
        words = _("Another file") if self.finished else _("Bring in")
        self.go.setText(f" \u2006{words}")
        self.go.setAccessibleName(words)
        self.go.setEnabled((can or self.finished) and not running)
        for widget in (self.noun, self.mapping_card, self.save):
            widget.setEnabled(not running)
        self.noun.setVisible(not self.finished)
        self.encoding.setVisible(not self.finished and self.encoding.box.count() > 1)
        if (can or self.finished) and not self.columns.isAncestorOf(self.focusWidget() or self):
            self.go.setFocus()

    def _on_noun(self) -> None:
        self.columns.forget()
        self.retold.emit()

    def _on_go(self) -> None:
        (self.left if self.finished else self.begun).emit()

    def _on_cancel(self) -> None:
        (self.stopped if self._running else self.left).emit()
