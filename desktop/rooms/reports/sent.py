"""A letter of the room of reports as it goes out: offered to be kept as soon as it is used, and kept, with Undo."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.attachments import list_attachments
from db.history import undoable
from desktop.rooms.letter_sent import SentBar, keep_sent
from desktop.text import _, current

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.family import Made
    from desktop.rooms.letter_sent import SentLine
    from desktop.rooms.reports.ask import Wanted


@dataclass(frozen=True)
class _Kept:
    """A letter as it was kept: its file, the step that did it, and what is said of it."""

    file: int
    step: int
    words: str


class Sent(QObject):
    """Minds the bar above the pages and the line beneath the letter; `turn` says which letter is in view."""

    def __init__(self, desk: OpenPractice, line: SentLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._line, self.bar = desk, line, SentBar()
        self._wanted: Wanted | None = None
        self._made: Made | None = None
        self._kept: dict[Wanted, _Kept] = {}
        self.bar.asked.connect(self._keep_today)
        self.bar.taken_back.connect(self._take_back)
        line.asked.connect(self._keep_said)
        desk.changed.connect(self._on_changed)

    def turn(self, wanted: Wanted | None, made: Made | None) -> None:
        """This is the letter asked for now, None for no letter, and as it was made, None until it is."""
        if wanted != self._wanted:
            self.bar.hide()
        self._wanted, self._made = wanted, made

    def offer(self, how: str) -> None:
        """The letter in view was printed, saved (an empty `how`) or put into an e-mail: offer to keep it as sent."""
        if self._wanted is None:
            return
        if (kept := self._kept_now()) is not None:
            self._tell(kept)
        else:
            self.bar.offer(how, others=[(_("Another day…"), self._line.day.setFocus)])

    def _keep_today(self, how: str) -> None:
        self._line.day.set_value(dt.date.today())
        self._line.way.set_value(how)
        self._keep_said()

    def _keep_said(self) -> None:
        """Keep the letter in view as it went out, among the files of whom and what it is about."""
        said, made, wanted = self._line.read(), self._made, self._wanted
        if said is None or made is None or wanted is None:
            return
        on, how = said
        done = self._desk.attempt(lambda: keep_sent(self._desk, made, on, how))
        if done is not None:
            words = _("Kept as sent by e-mail on {day}.") if how == "e-mail" else _("Kept as sent by letter on {day}.")
            told = words.format(day=current().date(on))
            self._kept[wanted] = _Kept(int(str(done.result)), done.step, told)
            self.offer("")

    def _kept_now(self) -> _Kept | None:
        """How the letter in view is kept; None where it is not, or where that was taken back."""
        kept = self._kept.get(self._wanted) if self._wanted is not None else None
        if kept is None or self._wanted is None:
            return None
        files = self._desk.ask(list_attachments, self._wanted.client_id)
        return kept if any(one.id == kept.file for one in files) else None

    def _tell(self, kept: _Kept) -> None:
        # Where something else was done since, Undo would take back that.
        latest = self._desk.ask(undoable)
        self.bar.tell(kept.words, undo=latest is not None and latest.id == kept.step)

    def _take_back(self) -> None:
        self._desk.undo()

    def _on_changed(self, _changed: frozenset[str]) -> None:
        if not self.bar.isHidden() and self._wanted in self._kept:
            self.offer("")
