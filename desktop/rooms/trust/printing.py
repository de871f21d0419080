"""What is printed of Trust: the promises as they are listed, or the notes without what was told in confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import trust_lists
from desktop.rooms.printing import Printed, listed, typed_words
from desktop.rooms.trust.columns import Cells
from desktop.rooms.words import word
from desktop.text import _

if TYPE_CHECKING:
    from desktop.rooms.trust.page import TrustPage


def printed(room: TrustPage) -> Sequence[Printed]:
    """The list in view. A confidence is never printed, not even one that stands open on the screen."""
    typed = typed_words(room.field.text())
    if room.tabs.current() != "notes":
        names = {"due": _("Due"), "open": word("open"), "settled": _("Settled")}
        narrowed = [names[room.tabs.current()], *typed]
        return [listed(room.desk, room.promises, _("Promises"), narrowed)]

    def rows(some: Sequence[int]) -> Sequence[Any]:
        found = room.desk.ask(trust_lists.list_note_rows, some)
        return [Cells(row) for row in found if not row.restricted]

    note = _("What was told in confidence is not printed.")
    return [listed(room.desk, room.notes, _("Trust notes"), typed, rows=rows, note=note)]
