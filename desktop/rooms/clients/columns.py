"""The columns of the table of clients, and a client's row as they read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any, get_args

from db.client_lists import ClientRow
from db.words import Standing
from desktop.rooms.clients.met import MetRow
from desktop.rooms.words import TONES, ago, fees, when, word
from desktop.text import _
from desktop.widgets.table import Column

CUSTOM = "custom:"


def client_columns(custom: Sequence[str]) -> list[Column]:
    """Every column that can be chosen; `custom` are the names of the practice's own fields."""
    return [
        Column("name", _("Name"), 146, "strong", stretch=True),
        Column("number", _("Number"), 84, shown=False),
        Column(
            "shown_standing",
            _("Standing"),
            104,
            "chip",
            tones=TONES,
            show=word,
            values=(*get_args(Standing), "quiet", "at risk"),
        ),
        Column("grade", _("Grade"), 59),
        Column("trust", _("Trust"), 72, "spark"),
        Column("last_contact", _("Last contact"), 91, "muted", show=ago),
        Column("next_on", _("Next step"), 170, "muted", shown=False),
        Column("fees_minor", _("Fees, 12 mo"), 90, "number"),
        Column("responsible", _("Responsible"), 96, "muted", shown=False),
        Column("tags", _("Tags"), 130, "muted", show=", ".join, shown=False),
        Column("city", _("City"), 110, "muted", shown=False),
        Column("since", _("Since"), 70, "date", show=_year, shown=False),
        *(Column(CUSTOM + name, name, 110, "muted", shown=False) for name in custom),
    ]


def _year(day: dt.date | None) -> str:
    return "" if day is None else str(day.year)


class Shown:
    """A client's row with its amounts and days as they are read; everything else is the row's own."""

    def __init__(self, row: ClientRow) -> None:
        self._row = row
        self.name = row.listed

    @cached_property
    def fees_minor(self) -> str:
        """What was billed in a year, as in a column; read only where it is painted."""
        return fees(self._row.fees_minor, self._row.currency)

    @cached_property
    def next_on(self) -> str:
        """The next day on which something is due, and what."""
        return f"{when(self._row.next_on)} · {self._row.next_step}" if self._row.next_on is not None else ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith(CUSTOM):
            return self._row.custom.get(name.removeprefix(CUSTOM), "")
        return getattr(self._row, name)


class ShownMet:
    """A party that is no client, as the columns read it: most of them have nothing to say of him."""

    number = next_on = responsible = city = ""
    tags: tuple[str, ...] = ()
    since: dt.date | None = None

    def __init__(self, row: MetRow) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return "" if name.startswith(CUSTOM) else getattr(self._row, name)
