"""The dates of an engagement that must not be missed, with what can be done about each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from db import deadlines
from db.deadlines import DeadlineRow
from db.engagements import EngagementRow
from desktop import profession
from desktop.rooms.engagements import asking
from desktop.rooms.engagements.parts import Act, Line, Tab, buttons, list_lines
from desktop.rooms.words import tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom


class DatesTab(Tab):
    """Deadlines by day; `save` writes all dates of the engagement for a calendar."""

    def __init__(self, room: CoveredRoom, save: Callable[[], object]) -> None:
        super().__init__()
        self._room, self._desk, self._save = room, room.desk, save

    def fill(self, column: QVBoxLayout, row: EngagementRow) -> Empty | None:
        found = self._desk.ask(deadlines.list_deadlines, row.id)
        note: Act = (_("Note a date"), lambda: asking.ask_deadline(self._room, row))
        if not found:
            words = _("Hearings, filings, renewals: noted here, they stand on Today in time.")
            if profession.current() == "law":
                words = _("Limitation dates, hearings, filings: noted here, they stand on Today in time.")
            return Empty("calendar-clock", _("No date that must not be missed"), words, *note)
        acts: list[Act] = [note, (_("Save dates (.ics)"), self._save)]
        if profession.current() == "law":
            acts.insert(1, (_("Limitation date"), lambda: asking.ask_deadline(self._room, row, "limitation")))
        column.addWidget(buttons(acts))
        card = Card()
        list_lines(card, [self._line(row, each) for each in found])
        column.addWidget(card)
        return None

    def _line(self, row: EngagementRow, each: DeadlineRow) -> Line:
        remove: Act = (_("Take off"), partial(self._remove, each.id))
        if each.none_applies:
            return Line(_("No limitation date applies"), [(word("limitation"), "neutral")], each.what, [remove])
        chips = [(word(each.kind), tone(each.kind))]
        day = f"{when(each.falls_on)} {each.at_time}".strip()
        if each.done_on:
            chips.insert(0, (_("Met"), "green"))
            left = _("met {when}").format(when=when(each.done_on))
            acts = [remove]
        else:
            if each.days_left < 0:
                left = ngettext("passed {n} day ago", "passed {n} days ago", -each.days_left)
            else:
                left = _("today") if not each.days_left else ngettext("in {n} day", "in {n} days", each.days_left)
            if each.near:
                chips.insert(0, (left.capitalize(), "red" if each.days_left < 0 else "amber"))
                left = ""
            change: Act = (_("Change"), lambda: asking.ask_deadline(self._room, row, before=each))
            acts = [(_("Met"), partial(self._finish, each.id)), change, remove]
        return Line(each.what, chips, " · ".join(part for part in (day, left, each.note) if part), acts)

    def _finish(self, deadline_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(deadlines.finish_deadline, deadline_id))

    def _remove(self, deadline_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(deadlines.remove_deadline, deadline_id))
