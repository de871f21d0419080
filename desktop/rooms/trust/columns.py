"""The columns of the two tables, what stands in their cells, and what they say while they are empty."""

from __future__ import annotations

from typing import Any, get_args

from db.trust import PromiseRow, TrustRow
from db.words import PromiseStatus, TrustKind
from desktop.rooms.trust.detail import effect_words, state_of
from desktop.rooms.words import TONES, at, when, word
from desktop.text import _
from desktop.widgets.table import Column


class Cells:
    """A row with what its cells say; everything else is the row's own."""

    def __init__(self, row: PromiseRow | TrustRow) -> None:
        self._row = row
        if isinstance(row, PromiseRow):
            self.state = state_of(row)
            day = row.kept_on or row.due_on
            self.day = when(day) if day else "—"
        else:
            self.said = " ".join(row.text.split()) or _("Shown only when you ask for it")
            self.change = effect_words(row.effect)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def promise_columns() -> list[Column]:
    """A promise in a line."""
    return [
        Column("text", _("Promise"), 220, "strong", stretch=True),
        Column("client", _("Client"), 136, "muted"),
        Column("day", _("Day"), 84, "muted"),
        Column("state", _("State"), 100, "chip", tones=TONES, show=word, values=(*get_args(PromiseStatus), "overdue")),
    ]


def note_columns() -> list[Column]:
    """A trust note in a line."""
    return [
        Column("kind", _("Kind"), 106, "chip", tones=TONES, show=word, values=get_args(TrustKind)),
        Column("client", _("Client"), 140, "strong"),
        Column("said", _("What was said or noticed"), 200, "muted", sortable=False, stretch=True),
        Column("change", _("Effect"), 62, "number"),
        Column("noted_at", _("Noted"), 110, "muted", show=at),
    ]


def empty_words() -> dict[str, tuple[str, str, str]]:
    """For each tab an icon, a title and a sentence that says what to do."""
    return {
        "due": ("calendar-check", _("No promise falls due"), _("Nothing is late, and nothing falls due in a week.")),
        "open": ("handshake", _("No open promises"), _("Note what you promise, and what clients promise you.")),
        "settled": ("handshake", _("No promise was settled yet"), _("Here you see which were kept, and how often.")),
        "notes": ("heart", _("No trust notes yet"), _("Write down what a client confides, fears or thanks you for.")),
    }
