"""What a client report is asked for by: the client, the period, the language, and where things stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.clients import suggest_clients as suggest_client_rows
from desktop.text import LANGUAGES, _
from desktop.widgets.fields import ChoiceField, DateField, LongField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


@dataclass(frozen=True)
class Wanted:
    """One report as it was asked for; a period without an end runs from the beginning or until today."""

    client_id: int
    since: dt.date | None
    until: dt.date | None
    language: str
    summary: str


def suggest_clients(desk: OpenPractice) -> Callable[[str], list[Suggestion]]:
    """The clients whose names begin as typed, for completion."""

    def suggest(typed: str) -> list[Suggestion]:
        rows = desk.ask(suggest_client_rows, typed)
        return [(row.client_id, row.name, row.number) for row in rows]

    return suggest


def span(period: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The days of a named period, as seen on a day."""
    if period == "year":
        return dt.date(today.year, 1, 1), None
    if period == "twelve":
        # The 29th of February has no counterpart in most years.
        day = min(today.day, 28) if today.month == 2 else today.day
        return dt.date(today.year - 1, today.month, day) + dt.timedelta(days=1), None
    return None, None


class ReportForm(Form):
    """The fields beside the preview; `changed` comes with each change of any of them."""

    def __init__(self, desk: OpenPractice) -> None:
        self.client = RecordField(_("Client"), suggest_clients(desk), _("Type a name"))
        self.period = ChoiceField(
            _("Period"),
            [
                ("all", _("Everything on record")),
                ("year", _("This year")),
                ("twelve", _("The last 12 months")),
                ("days", _("From one day to another")),
            ],
        )
        self.since, self.until = DateField(_("From")), DateField(_("Until"))
        self.since.line.setPlaceholderText(_("the beginning"))
        self.until.line.setPlaceholderText(_("today"))
        self.language = ChoiceField(_("Language of the report"), list(LANGUAGES.items()))
        self.summary = LongField(_("Where things stand"), 5, _("In your own words, first in the report"))
        super().__init__(
            [
                [("client", self.client, 1)],
                [("period", self.period, 1)],
                [("since", self.since, 1), ("until", self.until, 1)],
                [("language", self.language, 1)],
                [("summary", self.summary, 1)],
            ]
        )
        self.period.changed.connect(self._on_period)
        self._on_period()

    def _on_period(self) -> None:
        for field in (self.since, self.until):
            field.setVisible(self.period.value() == "days")

    def wanted(self, today: dt.date) -> Wanted | None:
        """What is asked for now; None while a client is missing or something half typed cannot be read yet."""
        try:
            client = self.client.value()
            since, until = span(self.period.value(), today)
            if self.period.value() == "days":
                since, until = self.since.value(), self.until.value()
        except ValueError:
            return None
        if client is None:
            return None
        return Wanted(client, since, until, self.language.value(), self.summary.value())
