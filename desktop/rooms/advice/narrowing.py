"""What the list of advice is narrowed to: chips for drafts, answers and one's own, a client, and a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStyledItemDelegate, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.flow import FlowLayout


class Narrowing(QWidget):
    """`asked()` gives what `list_advice_ids` takes; of the chips that say a state, one is on at a time."""

    changed = Signal()

    def __init__(self, who: str) -> None:
        super().__init__()
        self._who = who
        self._client: int | None = None
        self.mine = ChipButton(_("Mine"), checkable=True)
        self.drafts = ChipButton(_("Drafts"), "amber", checkable=True)
        self.awaiting = ChipButton(_("Awaiting decision"), "blue", checkable=True)
        self.against = ChipButton(_("Against advice"), "red", checkable=True)
        self.client = ChipButton("", "accent")
        self.client.clicked.connect(lambda: self.set_client(None, ""))
        self.client.hide()
        self.period = QComboBox()
        self.period.setItemDelegate(QStyledItemDelegate(self.period))
        self.period.setAccessibleName(_("Given"))
        for name, shown in (
            ("", _("At any time")),
            ("week", _("Last 7 days")),
            ("month", _("This month")),
            ("year", _("This year")),
            ("before", _("Last year")),
        ):
            self.period.addItem(shown, name)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(6)
        chips, flow = QWidget(), FlowLayout()
        chips.setLayout(flow)
        states = (self.drafts, self.awaiting, self.against)
        for chip in (self.mine, *states, self.client):
            flow.addWidget(chip)
        row.addWidget(chips, 1)
        row.addWidget(self.period)
        for chip in states:
            chip.toggled.connect(lambda on, chip=chip: self._only(chip, on))
        self.mine.toggled.connect(lambda _on: self.changed.emit())
        self.period.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.setMinimumHeight(look.px(44))

    def _only(self, chip: ChipButton, on: bool) -> None:
        for other in (self.drafts, self.awaiting, self.against):
            if on and other is not chip and other.isChecked():
                other.blockSignals(True)
                other.setChecked(False)
                other.blockSignals(False)
                other.update()
        self.changed.emit()

    def set_client(self, client_id: int | None, name: str) -> None:
        """Show one client's advice only; None shows everybody's again."""
        self._client = client_id
        self.client.say(f"{name}  ×")
        self.client.setVisible(client_id is not None)
        self.changed.emit()

    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.asked())

    def said(self) -> list[str]:
        """What is listed, in words."""
        on = [chip.text() for chip in (self.mine, self.drafts, self.awaiting, self.against) if chip.isChecked()]
        whose = [self.client.text().removesuffix("  ×")] if self._client is not None else []
        return [*on, *whose, *([self.period.currentText()] if self.period.currentIndex() else [])]

    def clear(self) -> None:
        """Leave nothing out."""
        for chip in (self.mine, self.drafts, self.awaiting, self.against):
            chip.setChecked(False)
        self.period.setCurrentIndex(0)
        if self._client is not None:
            self.set_client(None, "")

    def asked(self, today: dt.date | None = None) -> dict[str, Any]:
        """The conditions, by the names that `list_advice_ids` takes."""
        found: dict[str, Any] = {}
        if self.mine.isChecked():
            found["author"] = self._who
        if self._client is not None:
            found["client_id"] = self._client
        if self.drafts.isChecked():
            found["drafts"] = True
        if self.awaiting.isChecked():
            found["response"] = "awaiting"
        if self.against.isChecked():
            found["response"] = "against advice"
        return found | self._since(today or dt.date.today())

    def _since(self, today: dt.date) -> dict[str, dt.date]:
        year = today.replace(month=1, day=1)
        return {
            "week": {"since": today - dt.timedelta(days=6)},
            "month": {"since": today.replace(day=1)},
            "year": {"since": year},
            "before": {"since": year.replace(year=year.year - 1), "until": year - dt.timedelta(days=1)},
        }.get(str(self.period.currentData()), {})
