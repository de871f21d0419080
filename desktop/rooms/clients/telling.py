"""The Story tab: the one thing not to forget, what to show by kind, and everything that happened as a timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import story, trust
from db.overview import Head
from db.story import past_of
from desktop import text
from desktop.rooms.clients.story import kind_words, moment, not_to_forget
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.chip import ChipButton
from desktop.widgets.flow import Flow
from desktop.widgets.label import label
from desktop.widgets.timeline import Moment, Timeline

# After a change as much is told again as was told before, up to this: who read further back scrolls there again.
TOLD_AGAIN = 200
# So much of what is ahead stands over the past; all of it where the reader asked for dates alone.
AHEAD, ALL_AHEAD = 3, 100


class StoryTab(QWidget):
    """`opened` gives the noun and id of the entry that was opened; `ask_confidences` is sent by a locked line."""

    opened = Signal(object)

    def __init__(self, desk: Any) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = 0
        self._kinds: set[str] = set()
        self._offered: list[str] = []
        self._next = past_of(dt.date.today())
        self._ahead = 0
        self._whole = True
        self.shown: dict[int, str] = {}
        self.callout, self.asking = MessageBar(), MessageBar()
        self.filters = Flow()
        self.timeline = Timeline(_("Story"))
        self.timeline.opened.connect(self.opened)
        self.timeline.clicked.connect(lambda _index: self._on_click())
        self.timeline.wanted_more.connect(self._tell_more)
        self._nothing = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(12)
        for widget in (self.callout, self.asking, self.filters, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.timeline, 1)

    def telling(self, head: Head) -> Iterator[None]:
        """Tell a client's story, or tell it anew after a change, in parts between which the window is free."""
        same = self._client_id == head.client.id
        self._client_id = head.client.id
        if not same:
            self._kinds.clear()
        opening, said = not_to_forget(head)
        if opening or said:
            self.callout.say(said, title=opening, icon_name="lightbulb")
        else:
            self.callout.hide()
        # Nobody reads on in a story that another one is about to take the place of.
        self._whole = True
        yield
        self._offer(self._desk.ask(story.story_kinds, head.client.id))
        yield
        count = len(self.timeline.moments()) - self._ahead if same else 0
        yield from self._told(max(story.PAGE, min(count, TOLD_AGAIN)))

    def forget_confidences(self) -> None:
        """Lock again what was told in confidence."""
        self.shown = {}
        self.asking.hide()

    def open_confidences(self) -> bool:
        """Show what was told in confidence; the history says that it was asked for. False: it was not to be had."""
        self.asking.hide()
        client_id = self._client_id
        if self._desk.attempt(lambda: self._desk.do(trust.open_confidences, client_id)) is None:
            return False
        notes = self._desk.ask(trust.list_trust_notes, client_id, confidences=True)
        self.shown = {note.id: note.text for note in notes if note.restricted}
        return True

    def ask_first(self, show: Any) -> None:
        """Confidences come only after one clear Yes, which stays in the history."""
        acts = [(_("Show"), show), (_("Keep hidden"), self.asking.hide)]
        words = _("That you asked is kept in the history. Nothing of it ever leaves the practice.")
        self.asking.say(words, "warn", _("Told in confidence"), acts, icon_name="lock")
        self.asking.take_focus()

    def choose(self, kinds: set[str]) -> None:
        """Tell only of these kinds; none tells of everything."""
        self._kinds = set(kinds)
        self._offered = []
        self._offer(self._desk.ask(story.story_kinds, self._client_id))
        self._tell(story.PAGE)
        self.timeline.scrollToTop()

    def _offer(self, kinds: list[str]) -> None:
        if kinds == self._offered:
            return
        self._offered = kinds
        self._kinds &= set(kinds)
        chips: list[QWidget] = []
        for kind in kinds if len(kinds) > 1 else []:
            chip = ChipButton(kind_words(kind), "accent", checkable=True)
            chip.setChecked(kind in self._kinds)
            chip.toggled.connect(partial(self._on_kind, kind))
            chips.append(chip)
        self.filters.show_all(chips)

    def _on_kind(self, kind: str, on: bool) -> None:
        self._kinds = self._kinds | {kind} if on else self._kinds - {kind}
        self._tell(story.PAGE)
        self.timeline.scrollToTop()

    def _tell(self, limit: int) -> None:
        for _part in self._told(limit):
            pass

    def _told(self, limit: int) -> Iterator[None]:
        now = dt.date.today()
        found = self._desk.ask(
            story.story, self._client_id, limit=limit, before=past_of(now), kinds=sorted(self._kinds)
        )
        yield
        coming = self._coming(now)
        yield
        past: list[Moment] = []
        for fact in found:
            past.append(moment(fact, self.shown))
            yield
        self._whole = len(found) < limit
        self._next = found[-1].key if found else past_of(now)
        self._ahead = len(coming)
        if coming and past:
            past[0] = replace(past[0], section=_("So far"))
        self._nothing.setVisible(not coming and not past)
        self._nothing.setText("" if coming or past else _("Nothing of this kind is noted yet."))
        self.timeline.show_moments([*coming, *past])

    def _coming(self, now: dt.date) -> list[Moment]:
        """What is ahead, the next first; the first of it says how much there is."""
        found = self._desk.ask(story.ahead, self._client_id, now, limit=ALL_AHEAD, kinds=sorted(self._kinds))
        coming = [moment(fact, self.shown) for fact in (found if self._kinds else found[:AHEAD])]
        if coming:
            more = len(found) - len(coming)
            words = _("Ahead · {count} more under Dates").format(count=text.current().number(more))
            coming[0] = replace(coming[0], section=words if more else _("Ahead"))
        return coming

    def _tell_more(self) -> None:
        if self._whole:
            return
        found = self._desk.ask(story.story, self._client_id, before=self._next, kinds=sorted(self._kinds))
        self._whole = len(found) < story.PAGE
        if found:
            self._next = found[-1].key
            self.timeline.add_moments([moment(fact, self.shown) for fact in found])

    def _on_click(self) -> None:
        key = self.timeline.current_key()
        if key and key[0] == "trust_note":
            self.opened.emit(key)

    def rest(self) -> None:
        """Put the focus on the story, on its newest entry if none is current yet."""
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.timeline.moments() and not self.timeline.currentIndex().isValid():
            self.timeline.setCurrentIndex(self.timeline.model().index(0, 0))
