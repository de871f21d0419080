"""A party on file who is no client: what is known of him, and the way to open a client's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import parties, ties
from db.parties import NewAddress, PartyPage, PartyRow
from desktop import look
from desktop.rooms import frame
from desktop.rooms.clients.people import said_of
from desktop.rooms.clients.tie import TieLine
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.avatar import Avatar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.label import label
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

ON_FILE = "on file"


@dataclass(frozen=True)
class MetRow:
    """A party in the table of clients, where its id is the negative of the party's own."""

    id: int
    name: str
    shown_standing: str = ON_FILE
    grade: str = ""
    trust: Sequence[int] = ()
    last_contact: None = None
    fees_minor: str = "—"

    @classmethod
    def of(cls, row: PartyRow) -> MetRow:
        """The row of a party."""
        return cls(-row.id, row.name)


class MetView(Changing):
    """Beside the table; `wanted` comes with the party on whom a client's file is to be opened."""

    wanted = Signal(int)

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk

    def show_party(self, party_id: int) -> None:
        """Show what is known of a party."""
        known = self._desk.ask(parties.get_party, party_id)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 20, 22, 22)
        column.setSpacing(14)
        column.addLayout(_head(known))
        column.addLayout(self._acts(known))
        facts = _facts(known)
        if facts:
            card = Card(_("What is known"))
            card.show_facts(facts)
            column.addWidget(card)
        tied = self._desk.ask(ties.list_ties, party_id)
        if tied:
            people = Card(_("People"))
            for tie in tied:
                people.add(TieLine(tie, said_of(tie), partial(frame.show, self, "clients", -tie.party_id), ()))
            column.addWidget(people)
        if known.party.notes:
            column.addWidget(label(_("Notes"), "label"))
            column.addWidget(Paragraph(known.party.notes))
        column.addStretch(1)
        self.replace(page)

    def _acts(self, known: PartyPage) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(_("Make a client"), lambda: self.wanted.emit(known.id), "primary", "plus"))
        row.addWidget(button(_("Check for conflicts"), lambda: self._check(known.party.name)))
        row.addStretch(1)
        return row

    def _check(self, name: str) -> None:
        frame.show(self, "conflicts", then=lambda room: room.ask_about([name]))


def _head(known: PartyPage) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(known.party.name, "title", wrap=True))
    work = (known.party.job_title, known.party.organisation)
    words.addWidget(label(" · ".join(part for part in work if part) or word(known.party.kind), "small", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Avatar(known.party.name, look.px(40)), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    row.addWidget(Chip(word(ON_FILE)), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _facts(known: PartyPage) -> list[tuple[str, str]]:
    party = known.party
    facts = [(word(contact.kind), contact.value) for contact in party.contacts]
    facts += [(_("Address"), _line(address)) for address in party.addresses]
    facts += [(word(name.kind), name.name) for name in party.other_names]
    facts += [(_("Where we have this from"), party.source), (_("Tags"), ", ".join(party.tags)), *known.custom.items()]
    return [fact for fact in facts if fact[1]]


def _line(address: NewAddress) -> str:
    town = f"{address.postal_code} {address.city}".strip()
    return ", ".join(part for part in (address.street, town, address.region, address.country) if part)
