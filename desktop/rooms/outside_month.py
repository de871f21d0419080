"""The work outside scope of a month over all clients, in a window of its own, for the talk about fees at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db import scope
from db.exchange.scope_table import write_scope_table
from db.reviews import add_months
from desktop import look, messages, text
from desktop.jobs import Job
from desktop.rooms import frame
from desktop.rooms.outside_words import minutes_words, outside_words
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.empty import Empty
from desktop.widgets.fields import ChoiceField
from desktop.widgets.ink import colour
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from db.scope import ScopeTotal
    from desktop.practice import OpenPractice

MONTHS = 24


class _Shown:
    """A client's total with what its cells say; its id is the place in the list, for he may have two currencies."""

    def __init__(self, number: int, total: ScopeTotal) -> None:
        money = text.current().money
        self.id, self.client_id, self.client = number, total.client_id, total.client
        self.times = text.current().number(total.times)
        self.time = minutes_words(total.minutes) if total.minutes else "—"
        self.given = money(total.given_minor, total.currency) if total.given_minor else "—"
        self.asked = money(total.asked_minor, total.currency) if total.asked_minor else "—"


class OutsideMonth(QWidget):
    """Who asked for what beyond the scope in a month; Return opens the client, the list can be written as CSV."""

    def __init__(self, desk: OpenPractice, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Outside scope by month"))
        self._desk = desk
        self._totals: list[ScopeTotal] = []
        first = dt.date.today().replace(day=1)
        months = [add_months(first, -back) for back in range(MONTHS)]
        self.month = ChoiceField(_("Month"), [(month, text.current().month(month)) for month in months])
        self.words, self.bar = label("", "muted", wrap=True), MessageBar()
        columns = [
            Column("client", _("Client"), 190, "strong", sortable=False, stretch=True),
            Column("times", _("Times"), 70, align="right", sortable=False),
            Column("time", _("Time"), 100, align="right", sortable=False),
            Column("given", _("Given as goodwill"), 130, align="right", sortable=False),
            Column("asked", _("Asked for"), 130, align="right", sortable=False),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Outside scope by month"))
        self.table.activated_record.connect(self._open)
        self.save = button(_("Save as CSV"), self._save, icon_name="file-down")
        head = QHBoxLayout()
        head.addWidget(self.month, 1)
        head.addStretch(2)
        head.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 22)
        column.setSpacing(12)
        column.addWidget(label(_("Outside scope by month"), "title"))
        column.addWidget(self.words)
        column.addLayout(head)
        column.addWidget(self.bar)
        self._both = QStackedWidget()
        self._both.addWidget(self.table)
        nothing = _("“Just a quick question?” Note it in Log advice, or with its engagement, and it stands here.")
        self._both.addWidget(Empty("banknote", _("Nothing outside scope was noted in this month."), nothing))
        column.addWidget(self._both, 1)
        self.month.changed.connect(self.refresh)
        on_key("Esc", self, self.close, "inside")
        desk.closing.connect(self.close)
        desk.changed.connect(self._on_changed)
        self.resize(look.px(760), look.px(560))
        self.refresh()

    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the month chosen."""
        first: dt.date = self.month.value()
        return first, add_months(first, 1) - dt.timedelta(days=1)

    def speak_again(self) -> None:
        """Make way for a list in the language that is spoken now: nothing is typed in this one."""
        fresh = OutsideMonth(self._desk, cast(QWidget, self.parentWidget()))
        fresh.month.set_value(self.month.value())
        fresh.setGeometry(self.geometry())
        fresh.show()
        fresh.table.setFocus()
        self.close()

    def _on_changed(self, nouns: frozenset[str]) -> None:
        if nouns & {"engagement", "client", "party"}:
            self.refresh()

    def refresh(self) -> None:
        """Read the month's totals anew."""
        since, until = self.span()
        self._totals = self._desk.ask(scope.sum_out_of_scope, since=since, until=until)
        self.words.setText(self._summed())
        self.words.setVisible(bool(self._totals))
        self._both.setCurrentIndex(0 if self._totals else 1)
        self.save.setEnabled(bool(self._totals))
        self.table.reload()

    def _summed(self) -> str:
        """The whole month, each currency by itself."""
        found = []
        for currency in dict.fromkeys(total.currency for total in self._totals):
            some = [total for total in self._totals if total.currency == currency]
            times, minutes, given, asked = (sum(getattr(one, name) for one in some) for name in _SUMMED)
            found.append(outside_words(scope.ScopeTotal(0, "", times, minutes, given, asked, currency)))
        return "\n".join(found)

    def _ids(self, _sort: str, _descending: bool, _typed: str) -> Sequence[int]:
        return range(1, len(self._totals) + 1)

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(number, self._totals[number - 1]) for number in some]

    def _open(self, number: int) -> None:
        frame.show(self, "clients", self._totals[number - 1].client_id)

    def _save(self) -> None:
        since, until = self.span()
        name = _("Outside scope {month}").format(month=f"{since:%Y-%m}")
        path = messages.choose_new_file(self, _("Save as CSV"), Path.home() / f"{name}.csv", "CSV (*.csv)")
        if path is None:
            return
        job = Job(lambda _progress: self._desk.ask(write_scope_table, path, since, until), self)
        said = _("Saved as {name}.").format(name=path.name)
        job.done.connect(lambda _count: self.bar.say(said, "good", closable=True))
        job.failed.connect(self._desk.tell_failed)
        job.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("surface"))


_SUMMED = ("times", "minutes", "given_minor", "asked_minor")


def show_outside(desk: OpenPractice, owner: QWidget) -> OutsideMonth:
    """Open the list, on this month."""
    made = OutsideMonth(desk, owner)
    made.show()
    made.table.setFocus()
    return made
