"""One line of the decision log: item and choice, who and when, the effect, and the later choice where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.decisions import DecisionRow
from desktop import look, text
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.chip import Chip
from desktop.widgets.label import label

ITEM_WIDTH = 124


class DecisionLine(QWidget):
    """A superseded choice is struck through and says, in words too, what took its place."""

    def __init__(self, row: DecisionRow, change: Callable[[DecisionRow], None], named: bool = False) -> None:
        super().__init__()
        voice = text.current()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 9, 12, 9)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.item, self.choice = label(row.item, "strong", wrap=True), label(row.choice, "", wrap=True)
        struck = self.choice.font()
        struck.setStrikeOut(not row.stands)
        self.choice.setFont(struck)
        if not row.stands:
            self.choice.setProperty("kind", "faint")
        # One width for all, so that item stands under item and choice under choice.
        self.item.setFixedWidth(look.px(ITEM_WIDTH))
        head.addWidget(self.item, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.choice, 1, Qt.AlignmentFlag.AlignTop)
        effect = effect_words(row.cost_minor or 0, row.currency, row.days or 0)
        if effect and row.stands:
            head.addWidget(Chip(effect), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(voice.date(row.decided_on), "faint"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        parts = [row.decided_by, row.reason, row.engagement if named else ""]
        if row.later_on is not None:
            later = _("superseded on {day} by “{choice}”")
            parts.insert(0, later.format(day=voice.date(row.later_on), choice=row.later_choice))
            if effect:
                parts.append(effect)
        elif row.supersedes_id is not None:
            parts.insert(0, _("a change of mind"))
        foot = QHBoxLayout()
        foot.addWidget(label(" · ".join(part for part in parts if part), "small", wrap=True), 1)
        if row.stands:
            other = button(_("Change of mind"), lambda: change(row), "link")
            other.setAccessibleName(_("Change of mind: {item}").format(item=row.item))
            foot.addWidget(other, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        stands = "" if row.stands else _("superseded")
        spoken = (row.item, row.choice, stands, row.decided_by, voice.date(row.decided_on), effect)
        self.setAccessibleName(", ".join(part for part in spoken if part))


def effect_words(minor: int, currency: str, days: int) -> str:
    """What a decision adds: '+£1,200.00 · +3 days'; an empty text for nothing."""
    parts = []
    if minor:
        parts.append(f"{'+' if minor > 0 else '−'}{text.current().money(abs(minor), currency or 'EUR')}")
    if days:
        parts.append(f"{'+' if days > 0 else '−'}{ngettext('{n} day', '{n} days', abs(days))}")
    return " · ".join(parts)
