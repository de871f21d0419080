"""Where effort should go: the chart of value against attention, and the same as a table, one key away."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.effort import CLIENTS_SHOWN, Effort, EffortRow
from desktop import look, text
from desktop.rooms.words import fees, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.ink import colour, crisp, elided, font, tip
from desktop.widgets.keys import on_key
from desktop.widgets.label import Short, label
from desktop.widgets.scatter import Frame, Scatter, Shape, Spot, paint_mark

_RADIUS = {"A": 7.5, "B": 6.0, "C": 5.0, "D": 4.0, "": 4.5}
_MARKS: dict[str, tuple[str, Shape]] = {"quiet": ("amber", "diamond"), "at risk": ("red", "triangle")}
_WELL: tuple[str, Shape] = ("accent", "circle")


class EffortCard(Card):
    """The chart with its title and its legend; T changes between chart and table. `opened` gives a client's id."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(ruled=False)
        self.effort = Effort([], 0, 0)
        self.chart = Scatter(_("Where effort should go"))
        self.table = Card(ruled=False)
        self.table.opened.connect(self.chosen)
        self.table.paintEvent = lambda event: None  # type: ignore[method-assign]
        self.chart.opened.connect(self.chosen)
        self.change = button("", self.turn, "quiet", "table")
        self.legend = _Legend()
        head = QHBoxLayout()
        head.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(_("Where effort should go"), "strong"))
        self.words = Short("", "small")
        words.addWidget(self.words)
        head.addLayout(words, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(15, 13, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.chart)
        column.addWidget(self.legend)
        self.add(body)
        self.add(self.table)
        on_key("T", self, self.turn, "inside")
        self._as_table = False
        self._arrange()

    def tell(self, effort: Effort) -> None:
        """Show other clients."""
        self.effort = effort
        self.setVisible(len(effort.rows) > 1)
        shown = min(len(effort.rows), CLIENTS_SHOWN)
        self.words.setText(
            ngettext("top client, value against attention", "top {n} clients, value against attention", shown)
        )
        most = max((row.value_minor for row in effort.rows), default=1)
        often = max([row.attention for row in effort.rows] + [1.0])
        self.chart.show_spots(
            [self._spot(row, most, often) for row in effort.rows],
            Frame(
                *(_("attention →"), _("value →"), _("valued, neglected"), _("over-served")),
                middle=_along(effort.middle_attention, often),
            ),
        )
        self.table.show_rows([self._line(row) for row in effort.rows])

    def turn(self) -> None:
        """From chart to table and back; the keyboard goes along."""
        self._as_table = not self._as_table
        self._arrange()
        if self._as_table:
            rows = self.table.rows()
            (rows[0] if rows else self.change).setFocus()
        else:
            self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self.chart.setVisible(not self._as_table)
        self.legend.setVisible(not self._as_table)
        self.table.setVisible(self._as_table)
        said = _("As a chart (T)") if self._as_table else _("As a table (T)")
        self.change.setText("")
        self.change.setAccessibleName(said)
        tip(self.change, said)

    def _spot(self, row: EffortRow, most: int, often: float) -> Spot:
        token, shape = _MARKS.get(row.state, _WELL)
        # Values lie far apart: on a plain scale all but the first would stand at the foot.
        height = math.sqrt(row.value_minor / most)
        money = f"{fees(row.value_minor, row.currency)} {row.currency}"
        return Spot(
            *(_along(row.attention, often), height, look.px(1) * _RADIUS.get(row.grade, 4.5), token, shape),
            *(self._told(row), row.client_id, f"{row.client} · {money}"),
        )

    def _told(self, row: EffortRow) -> str:
        money = text.current().money(row.value_minor, row.currency)
        contacts = ngettext("{n} contact in 90 days", "{n} contacts in 90 days", row.contacts)
        where = ""
        if self.effort.neglected(row):
            where = _("valued, neglected")
        elif self.effort.over_served(row):
            where = _("over-served")
        state = word(row.state) if row.state in _MARKS else ""
        return " · ".join(part for part in (row.client, money, contacts, state, where) if part)

    def _line(self, row: EffortRow) -> CardRow:
        contacts = ngettext("{n} contact in 90 days", "{n} contacts in 90 days", row.contacts)
        state = f" · {word(row.state)}" if row.state in _MARKS else ""
        money = fees(row.value_minor, row.currency)
        return CardRow(row.client, f"{contacts}{state}", "", "neutral", money, "", row.client_id)


def _along(attention: float, often: float) -> float:
    return math.sqrt(attention / often)


class _Legend(QWidget):
    """Which shape means what."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[str, Shape, str]] = [
            (*_WELL, _("in touch")),
            (*_MARKS["quiet"], _("quiet")),
            (*_MARKS["at risk"], _("at risk")),
        ]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Circle: in touch. Diamond: quiet. Triangle: at risk. Larger: a better grade."))

    def sizeHint(self) -> QSize:
        return QSize(200, look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setFont(font("tiny"))
        left = look.px(16)
        for token, shape, words in self._entries:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(token))
            paint_mark(painter, QPointF(left + 5, self.height() / 2), 4, shape)
            painter.setPen(colour("ink3"))
            left += 14
            left += elided(painter, QRect(left, 0, self.width() - left, self.height()), words) + 14
