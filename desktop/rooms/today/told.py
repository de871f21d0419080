"""A row of the page: what waits, in the words that paper has too, and which record it is."""

from __future__ import annotations

import datetime as dt

from db.today_rows import Waiting
from desktop import today_words
from desktop.widgets.card import CardRow


def told(row: Waiting, now: dt.date) -> CardRow:
    """A row of the page in words; its key says which record it is."""
    said = today_words.told(row, now)
    return CardRow(said.title, said.reason, said.chip, said.tone, said.when, said.who, (row.kind, row.id))
