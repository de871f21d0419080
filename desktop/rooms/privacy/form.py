"""The forms of requests about data: a new one, who asks, more time, the ground for withholding, and the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, get_args

from db import parties, privacy
from db.errors import Refused
from db.privacy import Closing, NewRequest, RequestRow, Verification
from db.reviews import add_months
from db.words import Ground, RequestOutcome, RightKind
from desktop import text
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices, word
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion


class RequestForm(Form):
    """Who asks for what, received when; beneath it stands the day until which it is due."""

    def __init__(self, room: CoveredRoom) -> None:
        def suggest(typed: str) -> Sequence[Suggestion]:
            return [(row.id, row.name, row.number) for row in room.desk.ask(parties.suggest_parties, typed)]

        self.received = DateField(_("Received on"))
        super().__init__(
            [
                [
                    ("party_id", RecordField(_("Who asks"), suggest, _("Type a name")), 2),
                    ("kind", ChoiceField(_("For what"), choices(RightKind)), 1),
                ],
                [("received_on", self.received, 1), ("how", TextField(_("How it came"), _("by e-mail, letter …")), 2)],
                [("words", LongField(_("In their words"), 3), 1)],
            ]
        )
        self.received.changed.connect(self._on_received)
        self.received.set_value(dt.date.today())
        self._on_received()

    def _on_received(self) -> None:
        try:
            day = self.received.value()
        except ValueError:
            day = None
        if day is not None:
            due = text.current().long_date(add_months(day, privacy.MONTHS_TO_ANSWER))
            self.bar.say(_("It is due by {day}: one month, by article 12(3) of the GDPR.").format(day=due))


def ask_request(room: CoveredRoom) -> None:
    """Write a request down."""
    form = RequestForm(room)

    def log(values: dict[str, Any]) -> Any:
        if values["party_id"] is None:
            raise Refused("required", "party_id")
        done = room.desk.do(privacy.log_request, NewRequest(**values))
        room.show_record(int(str(done.result)))
        return done

    room.ask(_("Request about data"), form, _("Start the clock"), log)


def ask_identity(room: CoveredRoom, row: RequestRow) -> None:
    """Say how it was made sure who asks."""
    how = TextField(_("How we know"), _("passport seen, called back on the known number …"))
    form = Form([[("how", how, 2), ("on", DateField(_("When")), 1)]])
    form.set_values({"on": dt.date.today()})

    def verify(values: dict[str, Any]) -> object:
        return room.desk.do(privacy.verify_identity, row.id, Verification(**values))

    room.ask(_("Who asks?"), form, _("It is {name}").format(name=row.party), verify, word(row.kind))


def ask_extension(room: CoveredRoom, row: RequestRow) -> None:
    """Take two months more, for a reason that the person is told."""
    form = Form([[("reason", LongField(_("Why it takes longer"), 3), 1)]])

    def extend(values: dict[str, Any]) -> object:
        return room.desk.do(privacy.extend_request, row.id, values["reason"])

    later = text.current().date(add_months(row.received_on, privacy.MONTHS_EXTENDED))
    form.bar.say(_("Due by {day} then. Tell the person the reason before the first month ends.").format(day=later))
    room.ask(_("Two months more"), form, _("Extend"), extend, row.party)


def ask_ground(room: CoveredRoom, many: int, withhold: Callable[[Ground], object], hint: str = "") -> None:
    """Say on which ground records are withheld."""
    grounds = [code for code in get_args(Ground) if code]
    ground = ChoiceField(_("Ground"), choices(grounds))
    if hint:
        ground.set_value(hint)
    form = Form([[("ground", ground, 1)]])
    title = text.ngettext("Withhold {n} record", "Withhold {n} records", many)
    room.ask(
        title, form, _("Withhold"), lambda values: withhold(values["ground"]), _("its number is told, not its text")
    )


def ask_closing(room: CoveredRoom, row: RequestRow) -> None:
    """Close a request with its outcome."""
    outcome = ChoiceField(_("How it ended"), choices(RequestOutcome))
    outcome.set_value("partly" if row.withheld else "answered")
    form = Form(
        [
            [("outcome", outcome, 2), ("on", DateField(_("When")), 1)],
            [("words", LongField(_("What was told to the person"), 3), 1)],
        ]
    )
    form.set_values({"on": dt.date.today()})

    def close(values: dict[str, Any]) -> object:
        return room.desk.do(privacy.close_request, row.id, Closing(**values))

    room.ask(_("Close the request"), form, _("Close it"), close, row.party)
