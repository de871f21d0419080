"""What a check found: a card for each name, with its verdict and the rows that explain it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.conflicts import ConflictHit, ConflictResult, NameResult
from desktop import look, text
from desktop.text import _, ngettext
from desktop.why import role_words, why_words
from desktop.widgets.card import Card
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

MOST_ROWS = 12
_CONFLICT, _WORTH_A_LOOK = "conflict", "look"


@dataclass(frozen=True)
class _Row:
    id: int
    party: str
    why: str
    role: str
    where: str
    match: tuple[str, int]


def verdict_chip(result: NameResult) -> tuple[str, Tone]:
    """A name's verdict in words, with its colour."""
    conflicts = [hit for hit in result.hits if hit.conflict]
    if conflicts and conflicts[0].role == "adverse":
        return _("adverse party"), "red"
    if conflicts:
        return ngettext("{n} conflict to decide", "{n} conflicts to decide", len(conflicts)), "red"
    if result.hits:
        count = len(result.hits) + result.left_off
        return ngettext("{n} to look at", "{n} to look at", count), "amber"
    return _("clear"), "green"


def where_words(hit: ConflictHit) -> str:
    """Where a party stands in the practice's work, or since when it is known."""
    if hit.where:
        state = _("still open") if hit.status == "open" else _("closed")
        return f"{hit.where} — {state}"
    return _("entered {day}").format(day=text.current().date(dt.date.fromisoformat(hit.met_on)))


def _columns() -> list[Column]:
    tones: dict[tuple[str, int], Tone] = {(_CONFLICT, score): "red" for score in range(101)}
    tones |= {(_WORTH_A_LOOK, score): "amber" for score in range(101)}
    return [
        Column("party", _("On record"), 250, "strong", sortable=False),
        Column("why", _("Why it matches"), 300, "muted", sortable=False, stretch=True),
        Column("role", _("Role"), 100, sortable=False),
        Column("where", _("Where"), 230, "muted", sortable=False),
        Column("match", _("Match"), 76, "chip", "right", sortable=False, tones=tones, show=lambda match: str(match[1])),
    ]


class NameCard(Card):
    """One name with its verdict, and the parties it may be.

    `opened_client` says which client was asked for, or by the negative of its id which party that is none.
    """

    opened_client = Signal(int)

    def __init__(self, result: NameResult, *, headed: bool) -> None:
        super().__init__()
        words, tone = verdict_chip(result)
        self.set_title(result.name, chip=words, tone=tone, note=self._note(result))
        self.setAccessibleName(f"{result.name}, {words}")
        self.table: Table | None = None
        if result.hits:
            self.table = self._table(result.hits, _("On record for {name}").format(name=result.name), headed)
            self.add(self.table, margin=1)

    @staticmethod
    def _note(result: NameResult) -> str:
        if not result.left_off:
            return ""
        return ngettext("{n} weaker match is not listed", "{n} weaker matches are not listed", result.left_off)

    def _table(self, hits: Sequence[ConflictHit], name: str, headed: bool) -> Table:
        rows = {at: _row(at, hit) for at, hit in enumerate(hits)}
        table = Table(_columns(), lambda *_: list(rows), lambda ids: [rows[at] for at in ids], name)
        table.horizontalHeader().setVisible(headed)
        table.reload()
        table.fit(MOST_ROWS)
        if not headed:
            table.setFixedHeight(min(MOST_ROWS, len(rows)) * look.size("row"))
        table.activated_record.connect(lambda at: self._open(hits[at]))
        return table

    def _open(self, hit: ConflictHit) -> None:
        self.opened_client.emit(hit.client_id or -hit.party_id)


def _row(at: int, hit: ConflictHit) -> _Row:
    shown = hit.party if hit.party == hit.matched else f"{hit.party} ({hit.matched})"
    degree = _CONFLICT if hit.conflict else _WORTH_A_LOOK
    role = role_words(hit.role, hit.standing)
    return _Row(at, shown, why_words(hit.why), role, where_words(hit), (degree, hit.score))


class Results(QWidget):
    """The cards of one check, from top to bottom in the order the names were given."""

    opened_client = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[NameCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_result(self, result: ConflictResult) -> None:
        """Show what a check found in place of what was shown before."""
        self.clear()
        headed = True
        for name in result.names:
            card = NameCard(name, headed=headed and bool(name.hits))
            headed = headed and not name.hits
            card.opened_client.connect(self.opened_client)
            self._column.addWidget(card)
            self.cards.append(card)

    def clear(self) -> None:
        """Show nothing."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
