"""The grade of a client on his page: by which criteria, why, what would change it, and the suggestion to be taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import grades, worth
from db.grades import Criterion, Graded
from db.overview import Head
from db.reasons import Reason
from db.worth import Worth
from desktop import text
from desktop.grade_words import criterion_words
from desktop.reason_words import reason_words
from desktop.rooms import frame
from desktop.rooms.clients.sentence import Act, Line
from desktop.rooms.words import when
from desktop.text import _, joined
from desktop.widgets.card import Card
from desktop.widgets.ink import Tone
from desktop.worth_words import left_out_words, realisation_words

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

_WELL = 75
# Where what shows a criterion is opened; bills and the client himself have no room of their own.
_ROOMS = {"advice": "advice", "insight": "insight", "referral": "referrals"}


class GradeCard(QWidget):
    """Made anew for each client and each change: two cards, the grade and what he was billed."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self._room, self._desk = room, room.desk
        self.told: Graded | None = None
        self._inner: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_grade(self, head: Head) -> None:
        """Show the grade of a client as it is today, and what he was billed."""
        client_id = head.client.id
        told = self.told = self._desk.ask(grades.grade_of, client_id)
        kept = self._desk.ask(grades.kept_grade, client_id)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        before, self._inner = self._inner, inner
        if before is not None:
            self._column.removeWidget(before)
            before.deleteLater()
        self._column.addWidget(inner)
        card = Card(_("Grade"))
        column.addWidget(card)
        shown = "" if told.score is None else _("{points} of 100 points").format(points=int(told.score))
        card.set_title(_("Grade"), shown, told.grade or "–", "neutral")
        card.add(self._suggestion(told))
        for each in told.criteria:
            if each.points is not None:
                card.add(self._criterion(each))
        quiet = self._quiet(told)
        if kept is not None:
            taken = _("Taken on {day} with {points} of 100 points.")
            quiet.append(taken.format(day=when(kept.on), points=int(kept.score)))
        if quiet:
            card.add(Line("", "", "neutral", "\n".join(quiet)))
        column.addWidget(_money(self._desk.ask(worth.worth_of, client_id), head))

    def take(self) -> None:
        """Give the client the grade that is suggested."""
        told = self.told
        if told is not None:
            self._desk.attempt(lambda: self._desk.do(grades.accept_grade, told.client_id))

    def _suggestion(self, told: Graded) -> Line:
        changes = "\n".join(_sentence(reason) for reason in told.changes)
        if told.why_not is not None:
            return Line(_sentence(told.why_not), "", "neutral", "")
        if told.suggested == told.grade:
            return Line(_("This is the grade that your criteria suggest."), "", "neutral", changes)
        act: Act = (_("Take the suggestion"), self.take)
        return Line(_("Your criteria suggest another grade."), told.suggested, "accent", changes, [act])

    def _criterion(self, each: Criterion) -> Line:
        value = each.points or 0
        of: Tone = "green" if value >= _WELL else "amber" if each.name == "timely" else "neutral"
        detail = "\n".join(map(_sentence, each.reasons))
        acts: list[Act] = [
            (_("See what it rests on"), partial(frame.show, self._room, _ROOMS[reason.noun], reason.id))
            for reason in each.reasons
            if reason.noun in _ROOMS and reason.id is not None
        ]
        weight = _("weight {n}").format(n=text.current().number(each.weight))
        return Line(joined(" · ", [criterion_words(each.name), weight]), str(int(value)), of, detail, acts)

    def _quiet(self, told: Graded) -> list[str]:
        unknown = [criterion_words(each.name) for each in told.criteria if each.points is None]
        return [_("Not known: {parts}").format(parts=text.current().listed(unknown))] if unknown else []


def _money(told: Worth, head: Head) -> Card:
    say, card = text.current(), Card(_("Worth"))

    def money(minor: int) -> str:
        return say.whole_money(minor, head.client.currency)

    facts = [
        (_("Billed, 12 months"), money(told.billed_year)),
        (_("Billed, 36 months"), money(told.billed_three)),
        (_("Billed in all"), money(told.billed)),
        (_("Paid"), money(told.paid)),
        (_("Written off"), money(told.written_off)),
        (_("Still open"), money(told.open)),
    ]
    card.show_facts(facts)
    lines = [_("Realisation: {words}").format(words=realisation_words(told))]
    if told.other_currency:
        lines.append(left_out_words(told.other_currency))
    card.add(
        Line(
            _("What he values: {words}").format(words=head.valued) if head.valued else "",
            "",
            "neutral",
            "\n".join(lines),
        )
    )
    return card


def _sentence(reason: Reason) -> str:
    words = reason_words(reason)
    return words[:1].upper() + words[1:]
