"""What stands beside the table: the current promise or note, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.trust import PromiseRow, TrustRow
from desktop import text
from desktop.rooms.words import at, engagement_word, tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.button import Kind, button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.ink import Tone, tip
from desktop.widgets.label import label
from desktop.widgets.paragraph import Paragraph

Action = tuple[str, str, str, Callable[[], object], Kind]


def state_of(promise: PromiseRow) -> str:
    """The state to show: an open promise past its day is overdue."""
    return "overdue" if promise.overdue_days else promise.status


def effect_words(effect: int) -> str:
    """An effect on trust with its sign: '+1', '−2', '0'."""
    return f"{effect:+d}".replace("-", "−") if effect else "0"


class Detail(QWidget):
    """One record at a time, told as heading, chips, words, facts and buttons; each button has its letter."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 20, 24, 24)
        self._shown = QWidget()
        self._column.addWidget(self._shown)
        self._column.addStretch(1)

    def say(
        self,
        heading: str,
        chips: Sequence[tuple[str, Tone]],
        words: Sequence[str],
        facts: Sequence[tuple[str, str]],
        actions: Sequence[Action],
    ) -> None:
        """Show another record; an action is (text, letter, icon, what it does, kind of button)."""
        self.clear()
        inner = QVBoxLayout(self._shown)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(label(heading, "title", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(6)
        for said, colour in chips:
            row.addWidget(Chip(said, colour))
        row.addStretch(1)
        inner.addLayout(row)
        for paragraph in words:
            inner.addWidget(Paragraph(paragraph, token="ink2"))
        card = Card(ruled=False)
        card.set_title(_("About it"))
        card.show_facts([fact for fact in facts if fact[1]])
        inner.addWidget(card)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, (said, letter, picture, act, kind) in enumerate(actions):
            made = button(said, act, kind, picture)
            tip(made, letter)
            grid.addWidget(made, place // 2, place % 2)
        inner.addLayout(grid)

    def clear(self) -> None:
        """Show nothing."""
        fresh = QWidget()
        self._column.replaceWidget(self._shown, fresh)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = fresh


def promise_words(promise: PromiseRow) -> dict[str, Any]:
    """A promise as the detail tells it, without its actions."""
    state = state_of(promise)
    chips: list[tuple[str, Tone]] = [(word(state), tone(state))]
    if promise.overdue_days:
        chips = [(ngettext("{n} day late", "{n} days late", promise.overdue_days), "red")]
    if promise.undertaking:
        chips.append((_("Undertaking"), "blue"))
    chips.append((_("Ours"), "neutral") if promise.by == "us" else (_("The client's"), "neutral"))
    due = text.current().date(promise.due_on) if promise.due_on else _("no date")
    facts = [
        (_("Client"), promise.client),
        (engagement_word(), promise.engagement),
        (_("Promised by"), promise.by_whom),
        (_("To"), promise.to_whom),
        (_("Made"), when(promise.made_on)),
        (_("Due"), f"{due}, {promise.due_time}" if promise.due_time else due),
        (_("Kept"), text.current().date(promise.kept_on) if promise.kept_on else ""),
    ]
    words = [promise.evidence] if promise.evidence else []
    return {"heading": promise.text, "chips": chips, "words": words, "facts": facts}


def note_words(note: TrustRow) -> dict[str, Any]:
    """A trust note as the detail tells it, without its actions."""
    chips: list[tuple[str, Tone]] = []
    if note.effect:
        effect: Tone = "green" if note.effect > 0 else "red"
        chips.append((_("Trust {effect}").format(effect=effect_words(note.effect)), effect))
    if note.facet:
        chips.append((word(note.facet), "neutral"))
    if note.restricted:
        chips.append((_("In confidence"), "amber"))
    if note.resolved_on:
        chips.append((_("Resolved"), "green"))
    words = [note.text or _("Shown only when you ask for it.")]
    if note.learned:
        words.append(_("Learned: {words}").format(words=note.learned))
    facts = [
        (_("Client"), note.client),
        (_("Told by"), note.told_by),
        (_("Noted"), at(note.noted_at)),
        (_("Resolved"), text.current().date(note.resolved_on) if note.resolved_on else ""),
    ]
    return {"heading": word(note.kind), "chips": chips, "words": words, "facts": facts}
