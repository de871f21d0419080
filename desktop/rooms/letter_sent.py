"""A letter kept as it went out: on which day and in which way, among the files of whom and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.exchange.export import file_named
from db.letters import Sending, SentLetter, send_letter
from desktop.rooms.words import choices, word
from desktop.text import _, joined
from desktop.widgets.bar import Action, MessageBar
from desktop.widgets.button import button
from desktop.widgets.fields import ChoiceField, DateField
from desktop.widgets.retold import tell

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.practice import OpenPractice
    from desktop.reports.family import Made


def sent_fields() -> tuple[DateField, ChoiceField]:
    """When and how a letter went out, for a form in which it is written; a day left empty says: not yet."""
    day = DateField(_("Sent on (empty: not yet)"))
    tell(day.line, "setPlaceholderText", _("for example today"))
    return day, ChoiceField(_("Sent by"), choices(get_args(Sending)))


class SentBar(MessageBar):
    """Offers to keep a letter as sent, where it was just printed, saved or put into an e-mail; then says that it is.

    `asked` comes with the way in which it goes out today, `taken_back` when it did not go out after all.
    """

    asked = Signal(str)
    taken_back = Signal()

    def offer(self, how: str = "", told: str = "", others: Sequence[Action] = ()) -> None:
        """Offer the one way that is known, else each; `told` says first what was just done."""
        said = _("Once it goes out, keep it as sent: so the record says when and how.")
        words = {"letter": _("Sent today by letter"), "e-mail": _("Sent today by e-mail")}
        ways = [how] if how else list(words)
        actions = [(words[way], partial(self.asked.emit, way)) for way in ways]
        self.say(joined(" ", (told, said)), "info", actions=[*actions, *others], icon_name="mail", closable=True)

    def tell(self, words: str, *, undo: bool = True) -> None:
        """Say how it is kept; with `undo` that can be taken back here."""
        actions = [(_("Undo"), self.taken_back.emit)] if undo else []
        self.say(words, "good", actions=actions, closable=True)


class SentLine(QWidget):
    """Asks when and how the letter in view goes out; `asked` comes once it is to be kept."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day, self.way = DateField(_("Sent on")), ChoiceField(_("Sent by"), choices(get_args(Sending)))
        self.day.set_value(dt.date.today())
        self.keep_button = button(_("Keep as sent"), self.asked.emit, icon_name="mail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QWidget()
        column.addWidget(row)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.day, 1)
        line.addWidget(self.way, 1)
        below = QWidget()
        column.addWidget(below)
        foot = QHBoxLayout(below)
        foot.setContentsMargins(2, 0, 0, 0)
        foot.addWidget(self.keep_button)
        foot.addStretch(1)

    def read(self) -> tuple[dt.date, Sending] | None:
        """The day and the way; None, with a sentence beside the field, where the day cannot be read."""
        self.day.refuse("")
        try:
            on = self.day.value()
        except ValueError as error:
            self.day.refuse(str(error))
            return None
        if on is None or on > dt.date.today():
            self.day.refuse(_("A letter is kept on the day on which it goes out, or later."))
            return None
        how: Sending = self.way.value()
        return on, how


def sent_name(file_name: str, on: dt.date | None, how: str = "") -> str:
    """The name of a letter's file with the day and the way in which it went out; a letter not sent keeps its name."""
    if on is None:
        return file_name
    told = ", ".join(part for part in (on.isoformat(), word(how) if how else "") if part)
    return file_named(f"{PurePath(file_name).stem}, {told}.pdf")


def keep_sent(desk: OpenPractice, made: Made, on: dt.date, how: Sending) -> Done:
    """Keep the letter that was made, as it went out; raises Refused for a report that is no letter."""
    from desktop.reports.letters import Written, title

    letter = made.facts
    assert isinstance(letter, Written)
    called = title(letter.letter.kind, letter.letter.language)
    asked = made.asked
    assert asked.client_id is not None
    new = SentLetter(
        name=sent_name(f"{called} – {letter.letter.client}.pdf", on, how),
        title=called,
        text=letter.text,
        pdf=made.paper.pdf,
        kind=letter.letter.kind,
        sent_on=on,
        sent_how=how,
    )
    return desk.do(send_letter, new, asked.client_id, asked.engagement_id, asked.advice_id)
