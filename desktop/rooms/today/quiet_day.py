"""What stands on the page when nothing waits: what comes next and something good to do, or how to begin."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.effort import Effort, EffortRow
from db.today_rows import Ahead
from desktop import look
from desktop.rooms.today import side
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.empty import Emblem
from desktop.widgets.label import label


class QuietDay(Card):
    """A sheet with a kind word, the next thing ahead, and one or two things to do; `asked` says which was chosen."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.emblem = Emblem("sun", 56)
        self.title, self.words, self.advice = label("", "title"), label("", "muted", True), label("", "muted", True)
        for words in (self.title, self.words, self.advice):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = button("", lambda: self._ask(0), "primary")
        self.second = button("", lambda: self._ask(1))
        self._asks: list[tuple[str, object]] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, look.px(44), 24, look.px(44))
        column.setSpacing(8)
        column.addWidget(self.emblem, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        for words in (self.title, self.words, self.advice):
            column.addWidget(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.first)
        buttons.addWidget(self.second)
        buttons.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.add(body)
        self.hide()

    def tell(self, clients: bool, ahead: Ahead | None, effort: Effort | None, now: dt.date) -> None:
        """Say what fits the day; without clients, how to begin."""
        if not clients:
            self._say(
                _("Nobody is on file yet."),
                _("Bring your clients in from a table or an address book, or begin with one of them."),
            )
            self._offer((_("Import a list"), "import", None), (_("New client"), "new", None))
            self.emblem.icon = "users"
            return
        self.emblem.icon = "sun"
        best = _worth_a_call(effort)
        advice = ""
        if best is not None:
            contacts = ngettext("{n} contact", "{n} contacts", best.contacts) if best.contacts else _("no contact")
            advice = _("A good moment for {client}: among your most valued, with {contacts} in 90 days.").format(
                client=best.client, contacts=contacts
            )
        self._say(_("Nothing waits for you today."), side.next_words(ahead, now), advice)
        self._offer(*([(_("Open {client}").format(client=best.client), "client", best.client_id)] if best else []))

    def _say(self, title: str, words: str, advice: str = "") -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.setAccessibleName(" ".join(part for part in (title, words, advice) if part))

    def _offer(self, *offers: tuple[str, str, object]) -> None:
        self._asks = [(what, about) for _words, what, about in offers]
        for number, made in enumerate((self.first, self.second)):
            made.setVisible(number < len(offers))
            if number < len(offers):
                made.setText(offers[number][0].replace("&", "&&"))
                made.setAccessibleName(offers[number][0])

    def _ask(self, number: int) -> None:
        self.asked.emit(*self._asks[number])


def _worth_a_call(effort: Effort | None) -> EffortRow | None:
    """The client of most value who gets less attention than the others like him."""
    if effort is None or not effort.rows:
        return None
    return next((row for row in effort.rows if effort.neglected(row)), effort.rows[0])
