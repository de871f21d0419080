"""The review of a request, record by record: G gives, W withholds, with Shift all of the same kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import held, privacy
from db.held import ItemRow
from db.words import Ground
from desktop.jobs import Job
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.printing import Printed, listed
from desktop.rooms.privacy import form
from desktop.rooms.words import TONES, when, word
from desktop.rooms.words_listening import noun_word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.flow import FlowLayout
from desktop.widgets.ink import tip
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


# The titles of these begin with a code of the vocabulary.
_CODED = {"role", "party_link", "standing_change", "trust_note", "fee", "advice_response", "acceptance", "review"}
_CODED |= {"rights_request"}


def _said(title: str) -> str:
    """A title with its codes said in words; everything else stays as it is."""
    sign = " – " if " – " in title else " · "
    return sign.join(word(part) for part in title.split(sign))


class _Shown:
    """An item with what its cells say; its id is its place in the list."""

    def __init__(self, at: int, item: ItemRow) -> None:
        self.id, self.item = at, item
        self.kind = noun_word(item.noun)
        said = _said(item.title) if item.noun in _CODED else item.title
        self.title = f"{said} · {item.elsewhere}" if item.elsewhere else said
        self.on = when(dt.date.fromisoformat(item.on)) if item.on else ""
        self.hint = word(item.hint)
        self.decision = item.decision


class ItemsView(QWidget):
    """All that is held on the person of one request; `left` is called when the user goes back to the list."""

    def __init__(self, room: CoveredRoom, left: Callable[[], object]) -> None:
        super().__init__()
        self._room, self._desk, self._left = room, _desk_of(room), left
        self._request: int | None = None
        self._items: list[ItemRow] = []
        self._mentions: list[ItemRow] = []
        self._looking = False
        columns = [
            Column("kind", _("Kind"), 160, "muted", sortable=False),
            Column("title", _("What is held"), 260, "strong", sortable=False, stretch=True),
            Column("on", _("Day"), 106, "muted", sortable=False),
            Column("hint", _("Think of"), 140, "muted", sortable=False),
            Column("decision", _("Decision"), 96, "chip", tones=TONES, show=word, values=("given", "withheld")),
        ]
        self.table = Table(columns, self._ids, self._rows, _("What is held on the person"))
        give_way(self.table, "on", "hint")
        self._title, self._note = label("", "title", wrap=True), label("", "muted", wrap=True)
        acts, flow = QWidget(), FlowLayout(8)
        acts.setLayout(flow)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._note)
        for said, letter, act in (
            (_("Give"), "G", lambda: self.give(False)),
            (_("Withhold"), "W", lambda: self.withhold(False)),
            (_("Give all of this kind"), "Shift+G", lambda: self.give(True)),
            (_("Withhold all of this kind"), "Shift+W", lambda: self.withhold(True)),
            (_("Give all that nothing speaks against"), "A", self.give_plain),
        ):
            made = button(said, act, "primary" if letter == "G" else "")
            tip(made, letter)
            flow.addWidget(made)
            on_key(letter, self.table, act, "itself")
        flow.addWidget(button(_("Back to the request"), left, "quiet"))
        on_key("Esc", self.table, left, "itself")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 0)
        column.setSpacing(14)
        column.addLayout(words)
        column.addWidget(acts)
        column.addWidget(self.table, 1)

    def show_request(self, request_id: int, name: str) -> None:
        """Show the items of a request."""
        self._request = request_id
        self._title.setText(_("What is held on {name}").format(name=name))
        self._mentions, self._looking = [], True
        self.reload()
        self._to_next_open()
        # Where else the name stands is looked for in the whole practice: the window does not wait for it.
        job = Job(lambda _progress: self._desk.ask(held.list_mentions, request_id), self)
        job.done.connect(lambda found: self._on_mentions(request_id, found))
        job.failed.connect(self._desk.tell_failed)
        job.start()

    def _on_mentions(self, request_id: int, found: list[ItemRow]) -> None:
        if request_id == self._request:
            self._mentions, self._looking = found, False
            self.reload()

    def reload(self) -> None:
        """Look again."""
        if self._request is None:
            return
        decided = self._desk.ask(held.decisions, self._request)
        elsewhere = [
            replace(item, decision=decided.get(item.key, ("", ""))[0], ground=decided.get(item.key, ("", ""))[1])
            for item in self._mentions
        ]
        self._items = [*self._desk.ask(held.list_own, self._request), *elsewhere]
        self.table.reload()
        given = sum(item.decision == "given" for item in self._items)
        withheld = sum(item.decision == "withheld" for item in self._items)
        words = _("{given} given, {withheld} withheld, {open} still to review of {all}")
        left = len(self._items) - given - withheld
        said = words.format(given=given, withheld=withheld, open=left, all=len(self._items))
        self._note.setText(f"{said} · {_('looking where else the name stands …')}" if self._looking else said)

    def _ids(self, _sort: str, _descending: bool, _typed: str) -> Sequence[int]:
        return range(1, len(self._items) + 1)

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(at, self._items[at - 1]) for at in some]

    def _chosen(self, whole_kind: bool) -> list[ItemRow]:
        at = self.table.current_id()
        if at is None:
            return []
        item = self._items[at - 1]
        if not whole_kind:
            return [item]
        # Decided ones stay as they are; what is worth a thought is not given by the way.
        alike = [each for each in self._items if each.noun == item.noun and not each.decision]
        return [each for each in alike if each.hint == item.hint] or [item]

    def printed(self) -> Printed:
        """The review as a list: what is held, and what was decided of it."""
        return listed(self._desk, self.table, self._title.text(), [self._note.text()])

    def give(self, whole_kind: bool) -> None:
        """Give the current record, or all like it."""
        self._decide(self._chosen(whole_kind), "given", "")

    def give_plain(self) -> None:
        """Give every record that is not decided yet and with which nothing has to be thought of."""
        self._decide([item for item in self._items if not item.decision and not item.hint], "given", "")

    def withhold(self, whole_kind: bool) -> None:
        """Withhold the current record, or all like it, on a ground."""
        chosen = self._chosen(whole_kind)
        if chosen:
            form.ask_ground(
                self._room, len(chosen), lambda ground: self._decide(chosen, "withheld", ground), chosen[0].hint
            )

    def _decide(self, chosen: Sequence[ItemRow], decision: Any, ground: Ground) -> object:
        if not chosen or self._request is None:
            return None
        keys = [item.key for item in chosen]
        done = self._desk.attempt(
            lambda: self._desk.do(privacy.decide_items, self._request or 0, keys, decision, ground)
        )
        if done is not None:
            self.reload()
            self._to_next_open()
        return done

    def _to_next_open(self) -> None:
        now = self.table.current_id() or 0
        left = [at for at, item in enumerate(self._items, 1) if not item.decision]
        following = next((at for at in left if at >= now), left[0] if left else now)
        if following:
            self.table.select(following)


def _desk_of(room: CoveredRoom) -> OpenPractice:
    return room.desk
