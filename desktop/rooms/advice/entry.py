"""One entry of the advisory history as it is read: question, advice, what it rests on, answer, versions, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db import advice
from db.advice import AdviceRow, ResponseRow
from desktop import text
from desktop.rooms.beside import Beside, Told, rows_part, words_part
from desktop.rooms.files import FilesView
from desktop.rooms.filing import Owner
from desktop.rooms.words import at, tone, word
from desktop.text import _, ngettext
from desktop.widgets.card import CardRow
from desktop.widgets.command import Command
from desktop.widgets.ink import Tone

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class EntryView(Beside):
    """Shows an entry, with what can be done to it; `acts` gives that for an entry, `go` shows another one."""

    def __init__(
        self,
        desk: OpenPractice,
        acts: Callable[[AdviceRow, ResponseRow | None], Sequence[Command]],
        go: Callable[[int], object],
    ) -> None:
        super().__init__()
        self._desk, self._acts, self._go = desk, acts, go
        self.entry: AdviceRow | None = None

    def show_entry(self, advice_id: int | None) -> None:
        """Show an entry, or nothing."""
        rows = self._desk.ask(advice.list_advice_rows, [advice_id]) if advice_id is not None else []
        self.entry = entry = rows[0] if rows else None
        if entry is None:
            self.show_told(None)
            return
        answer = self._desk.ask(advice.get_response, entry.id)
        who = [entry.number, entry.client, entry.engagement, word(entry.channel), entry.author]
        minutes = ngettext("{n} minute", "{n} minutes", entry.minutes) if entry.minutes else ""
        given = text.current().date_time(entry.given_at.astimezone())
        small = " · ".join(fact for fact in (*who, given, minutes) if fact)
        words = [words_part(title, said) for title, said in words_of(entry, answer)]
        told = Told(entry.question, small, chips_of(entry), [*words, *self._chain(entry)])
        files = FilesView(self._desk)
        files.show_owner(Owner(advice_id=entry.id))
        self.show_told(Told(told.heading, told.small, told.chips, [*told.parts, files]), self._acts(entry, answer))

    def _chain(self, entry: AdviceRow) -> list[QWidget]:
        """Every version of the entry, the first one first, where there are several."""
        versions = self._desk.ask(advice.list_amendments, entry.id)
        if len(versions) < 2:
            return []
        rows = [
            CardRow(
                f"{each.number} · {each.amend_reason or _('As it was first given')}",
                each.advice.splitlines()[0][:90] if each.advice else "",
                _("Shown") if each.id == entry.id else "",
                "accent",
                at(each.given_at),
                each.number,
                each.id,
            )
            for each in versions
        ]
        card = rows_part(_("Versions"), _("the first text stays as it was"), rows)
        card.opened.connect(self._go)
        return [card]


def words_of(entry: AdviceRow, answer: ResponseRow | None) -> list[tuple[str, str]]:
    """What stands in an entry: headings with the words under them."""
    late = text.current().date_time(entry.recorded_at.astimezone()) if entry.recorded_at else ""
    confirmed = text.current().long_date(entry.confirmed_on) if entry.confirmed_on else ""
    parts = [
        (_("Our advice"), entry.advice),
        (_("What it rests on"), entry.basis),
        (_("Options considered"), entry.options),
        (_("Risks explained"), entry.risks),
        (_("Who took part"), entry.present),
        (_("Why it was amended"), entry.amend_reason),
        (_("Written down on {when}, because").format(when=late), entry.late_reason),
    ]
    if answer is not None:
        decided = f"{word(answer.response)}, {text.current().date(answer.responded_on)}"
        parts += [
            (_("Client’s decision"), f"{decided}\n{answer.words}".strip()),
            (_("The consequence that was explained"), answer.consequence),
            (_("Why the client decided against it"), answer.reason),
        ]
    parts.append((_("Confirmed to the client in writing on"), confirmed))
    return [(title, told) for title, told in parts if told]


def chips_of(entry: AdviceRow) -> list[tuple[str, Tone]]:
    """What is to be seen of an entry at a glance, each with its tone."""
    if entry.state == "draft":
        return [(word("draft"), tone("draft"))]
    said: list[tuple[str, Tone]] = [(word(entry.response), tone(entry.response))]
    if entry.privileged:
        said.append((_("Privileged"), "neutral"))
    if entry.late_entry:
        said.append((_("Late entry"), "amber"))
    if entry.response == "against advice":
        said.append((_("Confirmed"), "green") if entry.confirmed_on else (_("Not confirmed in writing"), "red"))
    if entry.amends_id is not None:
        said.append((_("Amends {number}").format(number=advice.number_of(entry.amends_id)), "neutral"))
    if entry.amended_by is not None:
        said.append((_("Amended by {number}").format(number=advice.number_of(entry.amended_by)), "amber"))
    return said
