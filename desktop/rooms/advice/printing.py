"""What is printed of the advisory history: the list as it is narrowed, and the entry in view with all its versions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from db import advice
from db.advice import AdviceRow
from desktop import text
from desktop.rooms.advice.entry import chips_of, words_of
from desktop.rooms.printing import Printed, listed, print_history, print_note, told, typed_words
from desktop.rooms.words import at, word
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.practice import OpenPractice
    from desktop.reports.record_sheet import Part
    from desktop.rooms.advice.page import AdvicePage


def printed(room: AdvicePage) -> Sequence[Printed]:
    """The list, and the entry in view."""
    narrowed = [*room.narrowing.said(), *typed_words(room.field.text())]
    every = [listed(room.desk, room.table, _("Advice"), narrowed, part=room.pane)]
    entry = room.view.entry
    if entry is not None:
        every.append(entry_paper(room, entry))
    return every


def note(room: AdvicePage, entry: AdviceRow) -> QWidget:
    """The note on an entry, as it is handed out."""
    return print_note(room, room.desk, entry.id, entry.number)


def history(room: AdvicePage, entry: AdviceRow) -> QWidget:
    """The whole history of the client whom an entry is about."""
    return print_history(room, room.desk, entry.client_id, entry.client)


def entry_paper(room: AdvicePage, entry: AdviceRow) -> Printed:
    """One entry as it stands on the record."""
    minutes = ngettext("{n} minute", "{n} minutes", entry.minutes) if entry.minutes else ""
    given = text.current().date_time(entry.given_at.astimezone())
    small = [entry.client, entry.engagement, word(entry.channel), entry.author, given, minutes]
    states = [said for said, _tone in chips_of(entry)]
    parts = partial(_parts, room.desk, entry)
    return told(room.desk, entry.number, f"{_('Advice')} {entry.number}", entry.question, small, states, parts,
                part=room.view)  # fmt: skip


def _parts(desk: OpenPractice, entry: AdviceRow) -> list[Part]:
    from desktop.reports.record_sheet import Lines, Words

    answer = desk.ask(advice.get_response, entry.id)
    parts: list[Part] = [Words(title, said) for title, said in words_of(entry, answer)]
    versions = desk.ask(advice.list_amendments, entry.id)
    if len(versions) > 1:
        rows = [[each.number, at(each.given_at), each.amend_reason or _("As it was first given"), each.advice]
                for each in versions]  # fmt: skip
        titles = [_("Entry"), _("Given"), _("Why it was amended"), _("Our advice")]
        parts.append(Lines(_("Versions"), titles, rows, (12, 16, 28, 44)))
    return parts
