"""The checks that were kept, newest first, or what to do when there are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from db.conflicts import CheckRow, list_checks
from desktop import text
from desktop.practice import OpenPractice
from desktop.text import _
from desktop.why import decision_words, verdict_words
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.table import Column, Table

MOST_LISTED = 500
MOST_ROWS = 12


def _when(moment: dt.datetime) -> str:
    return text.current().date_time(moment.astimezone())


class PastChecks(QWidget):
    """A table of checks; `opened` gives the id of the one that was asked for."""

    opened = Signal(int)

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[int, CheckRow] = {}
        columns = [
            Column("checked_at", _("When"), 150, "date", sortable=False, show=_when),
            Column("names", _("Names"), 260, "strong", sortable=False, show=", ".join),
            Column(
                *("verdict", _("Found"), 150, "chip"),
                sortable=False,
                tones={"clear": "green", "look": "amber", "stop": "red"},
                show=verdict_words,
            ),
            Column("decision", _("Decision"), 180, sortable=False, show=decision_words),
            Column("reason", _("Why"), 200, "muted", sortable=False, stretch=True),
            Column("checked_by", _("By"), 100, "muted", sortable=False),
        ]
        self.table = Table(columns, self._ids, self._some, _("Checks kept before"))
        self.table.activated_record.connect(self.opened)
        self.card = Card(_("Checks kept before"))
        self.card.add(self.table, margin=1)
        self.empty = Empty(
            "shield-check",
            _("Write everybody's name before you take work on"),
            _("Misspelt, married and linked names are found as well."),
        )
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(24, 0, 24, 24)
        column.addWidget(self.card)
        column.addStretch(1)
        self._bodies = QStackedLayout(self)
        self._bodies.addWidget(listed)
        self._bodies.addWidget(self.empty)

    def refresh(self) -> None:
        """Look again at what was kept."""
        self._rows = {row.id: row for row in self._desk.ask(list_checks, limit=MOST_LISTED)}
        self.table.reload()
        self.table.fit(MOST_ROWS)
        self._bodies.setCurrentIndex(0 if self._rows else 1)

    def holds_some(self) -> bool:
        """Whether any check was kept."""
        return bool(self._rows)

    def _ids(self, _key: str, _descending: bool, _text: str) -> Sequence[int]:
        return list(self._rows)

    def _some(self, ids: Sequence[int]) -> list[CheckRow]:
        return [self._rows[one] for one in ids if one in self._rows]
