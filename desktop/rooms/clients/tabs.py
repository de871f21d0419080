"""The tabs of a client beside his story, and two of them: his engagements, and trust."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import engagements, health, scope, suggestions, trust
from db.overview import Head
from db.trust import KeptRate, PromiseRow, Settling, TrustRow
from desktop.rooms import forms_of_trust, frame
from desktop.rooms.clients.sentence import Act, Line, buttons
from desktop.rooms.clients.staying import fill_health
from desktop.rooms.clients.trend import Trend
from desktop.rooms.next_steps import next_card
from desktop.rooms.outside_words import outside_words
from desktop.rooms.words import at, fees, new_engagement, no_engagements, tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chip import Chip
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.label import label
from desktop.widgets.pane import Changing, Filling

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

# Settled promises and old notes further back than this stand in the Trust room.
SHOWN = 20


class Tab(Changing):
    """A column that is built anew for a client each time it is shown, a part in each turn of the window."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self.room = room
        self._client_id = 0

    def show_head(self, head: Head) -> None:
        """Show what is known now; of the client before nothing stays in view meanwhile."""
        other, self._client_id = head.client.id != self._client_id, head.client.id
        self.replace_in_turns(lambda column: self.fill(column, head), blank=other)

    def fill(self, column: QVBoxLayout, head: Head) -> Filling:
        """Put part for part into the column; gives an empty state where there is nothing."""
        raise NotImplementedError


class EngagementsTab(Tab):
    """The client's engagements; one opens in its own room."""

    def fill(self, column: QVBoxLayout, head: Head) -> Filling:
        def new() -> None:
            frame.show(self, "engagements", then=lambda room: room.write(head.client.id))

        some = self.room.desk.ask(engagements.list_engagement_ids, client_id=head.client.id)[:SHOWN]
        rows = self.room.desk.ask(engagements.list_engagement_rows, some)
        if not rows:
            words = _("What was agreed, with its scope, its letter and its fee, stands here.")
            return Empty("briefcase", no_engagements(), words, new_engagement(), new)
        column.addLayout(buttons([(new_engagement(), new)]))
        for words in self._outside(head.client.id):
            column.addWidget(label(words, "small", wrap=True))
        card = Card()
        column.addWidget(card)
        yield card
        card.show_rows(
            [
                CardRow(
                    title=row.title,
                    detail=" · ".join(part for part in (row.number, row.area) if part),
                    chip=word(row.stage),
                    tone=tone(row.stage),
                    when=fees(row.fees_minor, row.currency),
                    key=row.id,
                )
                for row in rows
            ]
        )
        card.opened.connect(lambda record: frame.show(self, "engagements", record))
        yield card
        return None

    def _outside(self, client_id: int) -> list[str]:
        """What was asked for beyond the scope this month, and in the twelve months up to today."""
        now, desk = dt.date.today(), self.room.desk
        month = desk.ask(scope.sum_out_of_scope, client_id, since=now.replace(day=1), until=now)
        year = desk.ask(scope.sum_out_of_scope, client_id, since=now - dt.timedelta(days=365), until=now)
        told = [_("Outside scope this month: {total}").format(total=outside_words(total)) for total in month]
        return told + [
            _("Outside scope in twelve months: {total}").format(total=outside_words(total)) for total in year
        ]


class TrustTab(Tab):
    """What to do next, how likely he is to stay, promises, and what was told or noticed. Not client money."""

    _health: Card | None = None

    def show_health(self) -> None:
        """Bring how likely he is to stay to the top of the view, once all is in its place."""
        self._turns.finish()
        QTimer.singleShot(0, self, self._to_health)

    def _to_health(self) -> None:
        area, card = self._area, self._health
        if area is not None and card is not None and area.isAncestorOf(card):
            area.verticalScrollBar().setValue(card.y())

    def fill(self, column: QVBoxLayout, head: Head) -> Filling:
        room, client = self.room, head.client
        acts: list[Act] = [
            (_("Promise"), lambda: forms_of_trust.ask_promise(room, client.id, fixed=True)),
            (_("Trust note"), lambda: forms_of_trust.ask_trust_note(room, client.id, "concern", fixed=True)),
        ]
        self._health = None
        promises = room.desk.ask(trust.list_promises, client.id, limit=SHOWN)
        notes = room.desk.ask(trust.list_trust_notes, client.id, limit=SHOWN)
        told = room.desk.ask(health.health, client.id)
        known = any(part.value is not None for part in told.parts)
        todo = room.desk.ask(suggestions.suggest, None, client.id)
        if not promises and not notes and not known and not todo:
            words = _("Note what you promise and what you are told. Trust here is never client money.")
            return Empty("handshake", _("Nothing noted yet"), words, _("Note a promise"), acts[0][1])
        column.addLayout(buttons(acts))
        if todo:
            card = next_card(room.desk, todo)
            column.addWidget(card)
            yield card
        if told.parts:
            card = self._health = Card(_("Health"))
            column.addWidget(card)
            yield card
            yield from fill_health(room, card, told, client.name, head.threshold)
        if len(client.trust) > 2:
            card = Card(_("Trust, note by note"), _("now {effect}").format(effect=effect_words(client.trust[-1])))
            column.addWidget(card)
            card.add(Trend(client.trust), 15)
            yield card
        if promises:
            card = Card(_("Promises"))
            column.addWidget(card)
            self._add_rate(card, room.desk.ask(trust.kept_rate, client.id))
            yield card
            for promise in promises:
                yield card.add(self._promise(promise))
        if notes:
            card = Card(_("Trust notes"))
            column.addWidget(card)
            for note in notes:
                yield card.add(self._note(note))
        return None

    def _add_rate(self, card: Card, kept: KeptRate) -> None:
        if kept.settled:
            words = ngettext("promise kept in time", "promises kept in time", kept.settled)
            rate = _("{kept} of {settled}").format(kept=kept.kept, settled=kept.settled)
            behind = _Behind(kept)
            which = button(f"{rate} {words}", lambda: behind.setVisible(behind.isHidden()), "link", "list")
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(8, 4, 12, 2)
            row.addWidget(which)
            row.addStretch(1)
            card.add(line)
            card.add(behind)

    def _promise(self, promise: PromiseRow) -> QWidget:
        room = self.room
        state = promise.status
        if state == "open" and promise.overdue_days:
            state = "overdue"
        who = _("Promised to us") if promise.by == "client" else _("We promised")
        parts = [who, promise.engagement]
        if promise.due_on:
            due = f"{when(promise.due_on)} {promise.due_time}".strip()
            parts.append(_("due {when}").format(when=due))
        parts.append(promise.evidence)
        acts: list[Act] = []
        if promise.status == "open":
            acts = [
                (_("Kept"), lambda: self._keep(promise)),
                (_("Renegotiate"), lambda: forms_of_trust.ask_renegotiation(room, promise)),
                (_("Release"), lambda: forms_of_trust.ask_released(room, promise)),
                (_("Broken"), lambda: forms_of_trust.ask_broken(room, promise)),
            ]
        return Line(promise.text, word(state), tone(state), " · ".join(part for part in parts if part), acts)

    def _keep(self, promise: PromiseRow) -> None:
        desk = self.room.desk
        desk.attempt(lambda: desk.do(trust.keep_promise, promise.id, Settling()))

    def _note(self, note: TrustRow) -> QWidget:
        effect = effect_words(note.effect) if note.effect else ""
        of: Tone = "green" if note.effect > 0 else "red" if note.effect < 0 else "neutral"
        said = note.text or _("Shown only when you ask for it.")
        parts = [word(note.kind), word(note.facet), note.told_by, at(note.noted_at)]
        if note.restricted:
            parts.append(_("restricted"))
        if note.resolved_on:
            parts.append(_("resolved {when}: {learned}").format(when=when(note.resolved_on), learned=note.learned))
        acts: list[Act] = []
        if note.kind in ("concern", "signal") and note.resolved_on is None:
            acts = [(_("Resolve"), lambda: forms_of_trust.ask_resolution(self.room, note))]
        return Line(said, effect, of, " · ".join(part for part in parts if part), acts)


class _Behind(QWidget):
    """The promises that the kept rate was counted from; hidden until it is asked for."""

    def __init__(self, kept: KeptRate) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 0, 16, 6)
        column.setSpacing(2)
        for promise in kept.promises[:SHOWN]:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Chip(word(promise.status), tone(promise.status)), 0, Qt.AlignmentFlag.AlignTop)
            said = [promise.text]
            if promise.due_on:
                said.append(_("due {when}").format(when=when(promise.due_on)))
            if promise.kept_on:
                said.append(_("kept {when}").format(when=when(promise.kept_on)))
            row.addWidget(label(" · ".join(said), "small", wrap=True), 1)
            column.addLayout(row)
        self.hide()


def effect_words(effect: int) -> str:
    """An effect on trust with its sign: '+1', '−2', '0'."""
    return f"{effect:+d}".replace("-", "−") if effect else "0"
