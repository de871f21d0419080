"""What a conflict check says of a caller, beside the form, as it comes: clear, look or stop, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.conflicts import ConflictHit, ConflictResult, NameResult, check_names, without_party
from db.errors import Refused, Trouble
from db.known_names import are_read
from desktop import text
from desktop.jobs import Job
from desktop.text import _, ngettext
from desktop.why import role_words, verdict_words, why_words
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.ink import Tone
from desktop.widgets.label import label
from desktop.widgets.turns import Turns, dress

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

REST_MS = 250
MOST_SHOWN = 4
TONES: dict[str, Tone] = {"clear": "green", "look": "amber", "stop": "red"}


class VerdictView(QWidget):
    """Searches whenever other names stand in the form; `opened` gives a client, or the negative of a party.

    `told` comes with each result. A search is never waited for: a newer one follows it.
    """

    opened = Signal(object)
    told = Signal(object)

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self.result: ConflictResult | None = None
        self._names: list[str] = []
        self._asked: list[str] = []
        self._caller: int | None = None
        self._job: Job | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._search)
        self.chip, self.words = Chip(), label("", "muted", wrap=True)
        # Each name with its card; a name of which nothing else is known than before keeps it.
        self._known: list[tuple[NameResult, Card]] = []
        self._coming: list[Card] = []
        self._turns = Turns(self)
        head = QHBoxLayout()
        head.addWidget(label(_("Conflict check"), "heading"))
        head.addStretch(1)
        head.addWidget(self.chip)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 20, 20, 20)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        self._column.addStretch(1)
        self._say_nothing()

    @property
    def cards(self) -> list[Card]:
        """The cards in view, one for each name."""
        return [card for _name, card in self._known]

    def ask_about(self, names: list[str], caller: int | None = None) -> None:
        """Search these names once the typing rests; `caller` is the party who calls, no conflict with himself."""
        wanted = [name for name in names if any(sign.isalnum() for sign in name)]
        if wanted == self._names and caller == self._caller:
            return
        if caller != self._caller:
            self._asked = []
        self._names, self._caller = wanted, caller
        if not wanted:
            self._rest.stop()
            self._asked = []
            self._say_nothing()
            return
        self._rest.start()

    def is_settled(self) -> bool:
        """Whether what is shown is of the names that stand in the form now."""
        return self._job is None and not self._rest.isActive() and self._asked == self._names

    def speak_again(self) -> None:
        """Say what was found in the language that is spoken now."""
        if self.result is None:
            self._say_nothing()
        elif self._names == self._asked:
            self._replace([])
            self._on_found(self.result)

    def _say_nothing(self) -> None:
        self.result = None
        self.chip.hide()
        self._replace([])
        self.words.setText(_("Every name you type is compared with everybody the practice ever met."))

    def _search(self) -> None:
        if self._job is not None or not self._names:
            return
        names = self._asked = list(self._names)
        if not are_read():
            self.words.setText(_("Reading the names…"))
        elif self.result is None:
            self.words.setText(_("Searching…"))
        self._job = Job(lambda _progress: self._desk.ask(check_names, names), self)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_ended(self) -> None:
        self._job = None
        if self._names != self._asked:
            self._search()

    def _on_failed(self, error: BaseException) -> None:
        # A name without a letter is not a name yet; the next key may make it one.
        if isinstance(error, Refused):
            self._say_nothing()
        elif isinstance(error, Trouble):
            self._desk.troubled.emit(error)
        else:
            raise error

    def _on_found(self, result: ConflictResult) -> None:
        if self._names != self._asked:
            return
        if self._caller is not None:
            result = without_party(result, self._caller)
        self.result = result
        self.chip.say(verdict_words(result.verdict), TONES[result.verdict])
        self.chip.show()
        searched = ngettext("{n} name searched", "{n} names searched", result.universe)
        self.words.setText(f"{_advice(result.verdict)} {searched}.")
        self._leave_coming()
        self._turns.begin(self._cards(result.names))
        self.told.emit(result)

    def _cards(self, told: Sequence[NameResult]) -> Iterator[None]:
        cards: list[tuple[NameResult, Card]] = []
        for name in told:
            same = next((card for known, card in self._known if known == name), None)
            if same is None:
                same = Card()
                same.hide()
                self._coming.append(same)
                # In its place before it is filled: what is put in with all its parts is dressed anew as a whole.
                self._column.insertWidget(self._column.count() - 1, same)
                yield from self._fill(same, name)
            cards.append((name, same))
        self._coming = []
        self._replace(cards)

    def _fill(self, card: Card, name: NameResult) -> Iterator[None]:
        card.set_title(name.name, chip=verdict_words(name.verdict), tone=TONES[name.verdict])
        for hit in name.hits[:MOST_SHOWN]:
            dress(card.add(_Hit(hit, self.opened), margin=1))
            yield
        if more := len(name.hits) - MOST_SHOWN + name.left_off if len(name.hits) > MOST_SHOWN else name.left_off:
            rest = label(ngettext("and {n} more", "and {n} more", more), "small")
            rest.setContentsMargins(15, 4, 15, 10)
            card.add(rest, margin=1)

    def _replace(self, cards: list[tuple[NameResult, Card]]) -> None:
        self._leave_coming()
        kept = [card for _name, card in cards]
        for _name, old in self._known:
            self._column.removeWidget(old)
            if old not in kept:
                old.hide()
                old.deleteLater()
        self._known = cards
        for at, card in enumerate(kept):
            self._column.removeWidget(card)
            self._column.insertWidget(2 + at, card)
            card.show()

    def _leave_coming(self) -> None:
        self._turns.stop()
        for card in self._coming:
            self._column.removeWidget(card)
            card.deleteLater()
        self._coming = []


def _advice(verdict: str) -> str:
    return {
        "clear": _("Nothing stands against this."),
        "look": _("Somebody with such a name is on record: have a look before you say yes."),
        "stop": _("Stop: hear no more of the matter until this is decided."),
    }[verdict]


class _Hit(QWidget):
    """Somebody on record: the name that opens the file, how alike it is, what he is to us, and why he was found."""

    def __init__(self, hit: ConflictHit, opened: object) -> None:
        super().__init__()
        shown = hit.party if hit.party == hit.matched else f"{hit.party} ({hit.matched})"
        name = button(shown, lambda: opened.emit(hit.client_id or -hit.party_id), "link")  # type: ignore[attr-defined]
        name.setAccessibleName(_("Open {name}").format(name=shown))
        name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        name.setProperty("flush", "true")
        first = QHBoxLayout()
        first.addWidget(name, 1)
        first.addWidget(Chip(str(hit.score), "red" if hit.conflict else "amber"))
        entered = _("entered {day}").format(day=text.current().date(dt.date.fromisoformat(hit.met_on)))
        where = f"{hit.where} ({_('still open') if hit.status == 'open' else _('closed')})" if hit.where else ""
        stands = verdict_words("stop" if hit.conflict else "look")
        facts = (stands, role_words(hit.role, hit.standing), where, entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 6, 15, 8)
        column.setSpacing(1)
        column.addLayout(first)
        column.addWidget(label(" · ".join(fact for fact in facts if fact), "small", wrap=True))
        column.addWidget(label(why_words(hit.why), "small", wrap=True))
