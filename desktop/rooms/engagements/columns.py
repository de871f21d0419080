"""The columns of the table of engagements; the first five are seen before the user chose any."""

from __future__ import annotations

from typing import get_args

from db.words import Recurs, Stage
from desktop.rooms.words import TONES, when, word
from desktop.text import _
from desktop.widgets.table import Column


def engagement_columns() -> list[Column]:
    """Every column, in the order of the table."""
    return [
        Column("title", _("Title"), 170, "strong", stretch=True),
        Column("client", _("Client"), 112),
        Column("stage", _("Stage"), 106, "chip", tones=TONES, show=word, values=get_args(Stage)),
        Column("next_on", _("Next"), 84, "muted", show=lambda day: when(day) if day else "—"),
        Column("fees_minor", _("Billed"), 78, "number"),
        Column("number", _("Number"), 84, "muted", shown=False),
        Column("area", _("Area of work"), 110, shown=False),
        Column("letter", _("Letter"), 84, "chip", tones=TONES, show=word, shown=False),
        Column("responsible", _("Responsible"), 96, shown=False),
        Column("recurs", _("Comes again"), 100, show=word, values=get_args(Recurs), shown=False),
        Column("opened_on", _("Opened"), 90, "muted", show=lambda day: when(day) if day else "—", shown=False),
        Column("closed_on", _("Closed"), 90, "muted", show=lambda day: when(day) if day else "—", shown=False),
    ]
