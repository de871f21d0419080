"""The next right thing, as it stands on a page: what to do, why, what shows each reason, and the answer to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.reasons import Reason
from db.suggestions import NewAnswer, Suggestion, answer_suggestion
from desktop import text
from desktop.practice import OpenPractice
from desktop.reason_words import reason_words
from desktop.rooms import frame
from desktop.rooms.words import engagement_word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.label import label
from desktop.widgets.paragraph import Paragraph

LATER_DAYS = 14
# Where the record behind a reason is seen.
_ROOMS = {
    "advice": "advice",
    "engagement": "engagements",
    "insight": "insight",
    "promise": "trust",
    "referral": "referrals",
    "review": "reviews",
    "trust_note": "trust",
}


class NextLine(QWidget):
    """One suggestion: what to do, its reasons beneath, links to what shows them, and done, later, never.

    `whose` puts the client's name before it, where it does not stand on his own page; pressing it opens that.
    """

    answered = Signal()

    def __init__(self, desk: OpenPractice, told: Suggestion, whose: bool = False) -> None:
        super().__init__()
        self._desk, self.told = desk, told
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 16, 8)
        column.setSpacing(2)
        if whose:
            name = QHBoxLayout()
            name.addWidget(button(told.client, lambda: frame.show(self, "clients", told.client_id), "link"))
            name.addStretch(1)
            column.addLayout(name)
        what = QVBoxLayout()
        what.setContentsMargins(5, 0, 0, 0)
        what.setSpacing(2)
        what.addWidget(Paragraph(told.rule.said(text.current().language)))
        for reason in told.reasons:
            what.addWidget(label(_sentence(reason), "faint", wrap=True))
        column.addLayout(what)
        acts = Flow(2)
        column.addWidget(acts)
        acts.show_all([*self._evidence(), *self._answers()])

    def _evidence(self) -> list[QWidget]:
        """A link to each record, once."""
        found: dict[tuple[str, int], QWidget] = {}
        for reason in self.told.reasons:
            if reason.noun in _ROOMS and reason.id is not None:
                # In the room of trust, a note has the negative of its id.
                record = -reason.id if reason.noun == "trust_note" else reason.id
                show = partial(frame.show, self, _ROOMS[reason.noun], record)
                found.setdefault((reason.noun, reason.id), button(_evidence_words(reason.noun), show, "link"))
        return list(found.values())

    def _answers(self) -> list[QWidget]:
        later = dt.date.today() + dt.timedelta(days=LATER_DAYS)
        return [
            button(_("Done"), lambda: self._answer("done"), "link"),
            button(_("In two weeks"), lambda: self._answer("later", later), "link"),
            button(_("Never here"), lambda: self._answer("never"), "link"),
        ]

    def _answer(self, answer: str, until: dt.date | None = None) -> None:
        new = NewAnswer.model_validate(
            {"client_id": self.told.client_id, "rule": self.told.rule.name, "answer": answer, "until_on": until}
        )
        if self._desk.attempt(lambda: self._desk.do(answer_suggestion, new)) is not None:
            self.answered.emit()


def next_card(desk: OpenPractice, told: Sequence[Suggestion]) -> Card:
    """The suggestions for one client, as a card of his page."""
    card = Card(_("The next right thing"))
    for one in told:
        card.add(NextLine(desk, one))
    return card


class NextOnToday(Card):
    """Some suggestions of the day, one for a client; hidden where there is none."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(_("The next right thing"), ruled=False)
        self._desk = desk
        self.lines: list[NextLine] = []
        self._inside = QWidget()
        self._listed = QVBoxLayout(self._inside)
        self._listed.setContentsMargins(0, 0, 0, 4)
        self._listed.setSpacing(0)
        self.add(self._inside)

    def tell(self, found: Sequence[Suggestion]) -> None:
        """Show other suggestions; those that stay the same keep their place and the keyboard."""
        if [line.told for line in self.lines] != list(found):
            for line in self.lines:
                self._listed.removeWidget(line)
                line.deleteLater()
            self.lines = []
            for one in found:
                line = NextLine(self._desk, one, whose=True)
                self._listed.addWidget(line)
                self.lines.append(line)
        self.setVisible(bool(found))


def _sentence(reason: Reason) -> str:
    words = reason_words(reason)
    return words[:1].upper() + words[1:]


def _evidence_words(noun: str) -> str:
    return {
        "advice": _("The advice"),
        "engagement": engagement_word(),
        "insight": _("What was said"),
        "promise": _("The promise"),
        "referral": _("The referral"),
        "review": _("The review"),
        "trust_note": _("The concern"),
    }[noun]
