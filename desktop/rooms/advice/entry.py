"""One entry of the advisory history as it is read: the question, the advice, what it rests on, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import advice
from db.advice import AdviceRow, ResponseRow
from desktop import text
from desktop.rooms.words import tone, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import Chip
from desktop.widgets.ink import Tone
from desktop.widgets.label import label, rule
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

Act = tuple[str, Callable[[], object]]


class EntryView(Changing):
    """Shows an entry, with what can be done to it; `acts` gives the buttons for an entry."""

    def __init__(self, desk: OpenPractice, acts: Callable[[AdviceRow, ResponseRow | None], Sequence[Act]]) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self.entry: AdviceRow | None = None

    def show_entry(self, advice_id: int | None) -> None:
        """Show an entry, or nothing."""
        rows = self._desk.ask(advice.list_advice_rows, [advice_id]) if advice_id is not None else []
        self.entry = rows[0] if rows else None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 20, 22, 22)
        column.setSpacing(8)
        if self.entry is not None:
            self._fill(column, self.entry, self._desk.ask(advice.get_response, self.entry.id))
        column.addStretch(1)
        self.replace(page)

    def _fill(self, column: QVBoxLayout, entry: AdviceRow, answer: ResponseRow | None) -> None:
        column.addWidget(label(entry.question, "title", wrap=True))
        facts = [entry.number, entry.client, entry.engagement, word(entry.channel), entry.author]
        given = text.current().date_time(entry.given_at.astimezone())
        column.addWidget(label(" · ".join(fact for fact in (*facts, given) if fact), "small", wrap=True))
        column.addLayout(_row([Chip(said, of) for said, of in _chips(entry)], 6))
        column.addLayout(_row([button(said, act) for said, act in self._acts(entry, answer)], 8))
        column.addSpacing(4)
        column.addWidget(rule())
        parts = [
            (_("Our advice"), entry.advice),
            (_("What it rests on"), entry.basis),
            (_("Options considered"), entry.options),
            (_("Risks explained"), entry.risks),
            (_("Why it was amended"), entry.amend_reason),
        ]
        if answer is not None:
            decided = f"{word(answer.response)}, {text.current().date(answer.responded_on)}"
            parts += [
                (_("Client’s decision"), f"{decided}\n{answer.words}".strip()),
                (_("The consequence that was explained"), answer.consequence),
                (_("Why the client decided against it"), answer.reason),
            ]
        for title, said in parts:
            if said:
                column.addSpacing(6)
                column.addWidget(label(title, "label"))
                column.addWidget(Paragraph(said))


def _chips(entry: AdviceRow) -> list[tuple[str, Tone]]:
    if entry.state == "draft":
        return [(word("draft"), tone("draft"))]
    said: list[tuple[str, Tone]] = [(word(entry.response), tone(entry.response))]
    if entry.privileged:
        said.append((_("Privileged"), "neutral"))
    if entry.late_entry:
        said.append((_("Late entry"), "amber"))
    if entry.amends_id is not None:
        said.append((_("Amends {number}").format(number=advice.number_of(entry.amends_id)), "neutral"))
    if entry.amended_by is not None:
        said.append((_("Amended by {number}").format(number=advice.number_of(entry.amended_by)), "amber"))
    return said


def _row(widgets: Sequence[QWidget], spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
