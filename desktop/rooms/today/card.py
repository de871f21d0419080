"""A group of rows on a sheet: the first of them, and a line that unfolds the rest in place."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.today_rows import Kind, Waiting
from desktop import look
from desktop.rooms.today import groups
from desktop.rooms.today.groups import SHOWN, Group
from desktop.rooms.today.row import Face, Row
from desktop.rooms.today.told import told
from desktop.text import ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card

MORE_AT_ONCE = 50


class GroupCard(Card):
    """One group. Rows that stay keep their widgets, and with them the focus, when the group is told anew.

    `more_wanted` asks for rows beyond those that were read, with how many of each kind are needed.
    """

    row_made = Signal(object)
    more_wanted = Signal(object, int)

    def __init__(self, group: Group) -> None:
        super().__init__(group.title(), icon=group.icon)
        self.group = group
        self.listed: list[Row] = []
        self.limit = SHOWN
        self._kinds: dict[str, Kind] = {}
        self._now = dt.date.today()
        self._gone: set[tuple[str, int]] = set()
        self._shown_before = 0
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.more: QPushButton = button("", self.unfold, "link")
        self.more.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(54), 4, 12, 8)
        foot.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(foot)
        self._foot = foot
        self.add(body)
        self.hide()

    def tell(self, kinds: dict[str, Kind], now: dt.date) -> None:
        """Show what was read of this group."""
        self._kinds, self._now = kinds, now
        self._gone.clear()
        self._show()

    def drop(self, row: Row) -> None:
        """Take a row that was cleared away at once, before the file is read anew."""
        self._gone.add((row.waiting.kind, row.waiting.id))
        self._show()

    def unfold(self) -> None:
        """List more rows; the keyboard goes on with the first of them."""
        before = len(self.listed)
        self.limit = before + MORE_AT_ONCE
        known = sum(len(kind.rows) for kind in self._kinds.values())
        if known < min(self.limit, groups.total(self.group, self._kinds)):
            self._shown_before = before
            self.more_wanted.emit(self, self.limit)
        else:
            self._show()
            self.unfolded(before)

    def unfolded(self, before: int | None = None) -> None:
        """Go on with the first of the rows that were folded away."""
        at = self._shown_before if before is None else before
        if at < len(self.listed):
            self.listed[at].face.setFocus()

    def rows(self) -> list[Face]:  # type: ignore[override]
        """The faces of the rows listed now, from top to bottom."""
        return [row.face for row in self.listed]

    def _show(self) -> None:
        waiting = [row for row in groups.rows_of(self.group, self._kinds) if (row.kind, row.id) not in self._gone]
        total = groups.total(self.group, self._kinds) - len(self._gone)
        # One row is not folded away behind a line that is as high as itself.
        shown = waiting if len(waiting) == total == self.limit + 1 else waiting[: self.limit]
        folded = total - len(shown)
        self.set_title(self.group.title(), groups.note(self.group, self._kinds))
        self._list(shown, bool(folded))
        self.more.setText(ngettext("{n} more", "{n} more", folded))
        self.more.setVisible(folded > 0)
        self._foot.setContentsMargins(look.px(54), 4 if folded else 0, 12, 8 if folded else 0)
        self.setVisible(bool(shown))

    def _list(self, shown: list[Waiting], ruled_last: bool) -> None:
        known = {(row.waiting.kind, row.waiting.id): row for row in self.listed}
        wanted = [(each.kind, each.id) for each in shown]
        for key, old in known.items():
            if key not in wanted:
                self._rows.removeWidget(old)
                old.hide()
                old.deleteLater()
        listed: list[Row] = []
        for at, each in enumerate(shown):
            words = told(each, self._now)
            row = known.get((each.kind, each.id))
            if row is not None and _keys(row.waiting) == _keys(each):
                row.waiting = each
                row.face.say(words)
            else:
                if row is not None:
                    self._rows.removeWidget(row)
                    row.hide()
                    row.deleteLater()
                row = Row(each, words, False)
                self.row_made.emit(row)
            if self._rows.indexOf(row) != at:
                self._rows.insertWidget(at, row)
            row.face.ruled = ruled_last or at < len(shown) - 1
            listed.append(row)
        self.listed = listed


def _keys(row: Waiting) -> tuple[str, bool]:
    """What a row's keys depend on: a late promise is moved otherwise than one to come."""
    return row.kind, row.days > 0
