"""The page of one engagement: what was agreed, who stands where, what was advised and promised in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import advice, engagements, trust
from db.engagements import EngagementRow, RoleRow
from desktop import text
from desktop.rooms import frame
from desktop.rooms.words import fees, tone, when, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chip import Chip
from desktop.widgets.label import label
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

Act = tuple[str, Callable[[], object]]
ADVICE_SHOWN = 20


class EngagementView(Changing):
    """Beside the table; `acts` gives the buttons for an engagement, `remove` takes a party out of a role."""

    def __init__(
        self, desk: OpenPractice, acts: Callable[[EngagementRow], Sequence[Act]], remove: Callable[[int], object]
    ) -> None:
        super().__init__()
        self._desk, self._acts, self._remove = desk, acts, remove
        self.row: EngagementRow | None = None

    def show_engagement(self, engagement_id: int | None) -> None:
        """Show an engagement, or nothing."""
        rows = self._desk.ask(engagements.list_engagement_rows, [engagement_id]) if engagement_id is not None else []
        self.row = rows[0] if rows else None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 20, 22, 22)
        column.setSpacing(8)
        if self.row is not None:
            self._fill(column, self.row)
        column.addStretch(1)
        self.replace(page)

    def _fill(self, column: QVBoxLayout, row: EngagementRow) -> None:
        record = self._desk.ask(engagements.get_engagement, row.id)
        column.addWidget(label(row.title, "title", wrap=True))
        facts = [row.number, row.area, _opened(row)]
        column.addWidget(label(" · ".join(fact for fact in facts if fact), "small", wrap=True))
        chips: list[QWidget] = [Chip(word(row.stage), tone(row.stage))]
        if row.letter != "none":
            chips.append(Chip(_("Letter {state}").format(state=word(row.letter).lower()), tone(row.letter)))
        if row.next_on:
            chips.append(Chip(_("Next {when}").format(when=when(row.next_on))))
        column.addLayout(_line([*chips], 6))
        column.addSpacing(2)
        client = button(row.client, lambda: frame.show(self, "clients", row.client_id), "link", "user")
        column.addLayout(_line([client], 0))
        column.addLayout(_line([button(said, act) for said, act in self._acts(row)], 8))
        for title, said in self._texts(record, row):
            if said:
                column.addSpacing(4)
                column.addWidget(label(title, "label"))
                column.addWidget(Paragraph(said))
        column.addSpacing(6)
        self._add_roles(column, self._desk.ask(engagements.list_roles, row.id))
        self._add_advice(column, row)
        self._add_promises(column, row)

    def _texts(self, record: Any, row: EngagementRow) -> list[tuple[str, str]]:
        agreed = []
        if record.fee_minor is not None:
            agreed.append(text.current().money(record.fee_minor, row.currency))
        if record.fee_basis:
            agreed.append(word(record.fee_basis).lower())
        if row.fees_minor:
            agreed.append(_("{amount} billed").format(amount=fees(row.fees_minor, row.currency)))
        return [
            (_("What the client wants from it"), record.value_sought),
            (_("What is included"), record.scope_included),
            (_("What is not"), record.scope_excluded),
            (_("What we assume"), record.assumptions),
            (_("What the client does"), record.client_duties),
            (_("Fee"), ", ".join(agreed)),
            (_("Outcome"), row.outcome),
            (_("What it brought them"), record.value_delivered),
        ]

    def _add_roles(self, column: QVBoxLayout, roles: Sequence[RoleRow]) -> None:
        if not roles:
            return
        card = Card(_("Parties"))
        for role in roles:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(15, 6, 12, 6)
            row.addWidget(label(role.name))
            row.addWidget(Chip(word(role.kind), "red" if role.kind == "adverse" else "neutral"))
            row.addWidget(label(role.note, "faint"), 1)
            remove = button(_("Remove"), partial(self._remove, role.id), "link")
            remove.setAccessibleName(_("Remove {name}").format(name=role.name))
            row.addWidget(remove)
            card.add(line)
        column.addWidget(card)

    def _add_advice(self, column: QVBoxLayout, row: EngagementRow) -> None:
        numbers = self._desk.ask(advice.list_advice_ids, engagement_id=row.id)[:ADVICE_SHOWN]
        if not numbers:
            return
        card = Card(_("Advice"))
        entries = self._desk.ask(advice.list_advice_rows, numbers)
        card.show_rows(
            [
                CardRow(
                    title=entry.question,
                    detail=entry.advice.replace("\n", " "),
                    chip=word("draft" if entry.state == "draft" else entry.response),
                    tone=tone("draft" if entry.state == "draft" else entry.response),
                    when=when(entry.given_at.astimezone().date()),
                    key=entry.id,
                )
                for entry in entries
            ]
        )
        card.opened.connect(lambda record: frame.show(self, "advice", record))
        column.addWidget(card)

    def _add_promises(self, column: QVBoxLayout, row: EngagementRow) -> None:
        found = self._desk.ask(trust.list_promises, engagement_id=row.id)
        if not found:
            return
        card = Card(_("Promises"))
        states = [("overdue" if promise.overdue_days else promise.status, promise) for promise in found]
        card.show_rows(
            [
                CardRow(
                    title=promise.text,
                    chip=word(state),
                    tone=tone(state),
                    when=when(promise.due_on) if promise.due_on else "",
                    key=promise.client_id,
                )
                for state, promise in states
            ]
        )
        card.opened.connect(lambda client_id: frame.show(self, "clients", client_id))
        column.addWidget(card)


def _opened(row: EngagementRow) -> str:
    if row.closed_on:
        return _("closed {day}").format(day=text.current().date(row.closed_on))
    return _("opened {day}").format(day=text.current().date(row.opened_on)) if row.opened_on else ""


def _line(widgets: Sequence[QWidget], spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
