"""The small forms of a client: a follow-up, a link, a fee, and a change of standing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from db import capture, clients, engagements, fees, followups, parties
from db.clients import NewStanding
from db.errors import Refused
from db.fees import NewFee
from db.followups import Finish, NewFollowUp
from db.parties import NewLink, NewParty
from db.words import FeeKind, LinkKind, PartyKind, Standing, StandingReason
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices, engagement_word
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, LongField, MoneyField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion


def _engagement_field(room: CoveredRoom, client_id: int) -> ChoiceField:
    open_ones = room.desk.ask(engagements.list_engagement_ids, client_id=client_id, open_only=True)
    rows = room.desk.ask(engagements.list_engagement_rows, open_ones)
    return ChoiceField(engagement_word(), [(None, _("None")), *((row.id, row.title) for row in rows)])


def ask_follow_up(room: CoveredRoom, client_id: int, name: str) -> None:
    """Set a next step with its day."""
    form = Form(
        [
            [("what", TextField(_("What is to be done")), 1)],
            [("due_on", DateField(_("By when")), 1), ("engagement_id", _engagement_field(room, client_id), 2)],
        ]
    )
    room.ask(
        _("Follow-up"),
        form,
        _("Set the follow-up"),
        lambda values: room.desk.do(followups.add_follow_up, NewFollowUp(client_id=client_id, **values)),
        note=name,
    )


def ask_finish(room: CoveredRoom, follow_up_id: int, what: str) -> None:
    """Mark a follow-up as done."""
    form = Form([[("outcome", LongField(_("What came of it"), 2), 1)], [("on", DateField(_("Done on")), 1)]])
    form.set_values({"on": dt.date.today()})
    room.ask(
        what,
        form,
        _("Done"),
        lambda values: room.desk.do(followups.finish_follow_up, follow_up_id, Finish(**values)),
    )


def ask_fee(room: CoveredRoom, client_id: int, name: str, currency: str) -> None:
    """Note what was billed, paid or written off."""
    form = Form(
        [
            [
                ("amount_minor", MoneyField(_("Amount"), currency), 2),
                ("kind", ChoiceField(_("It was"), _fee_kinds()), 2),
                ("charged_on", DateField(_("On")), 2),
            ],
            [("engagement_id", _engagement_field(room, client_id), 1), ("note", TextField(_("Note")), 1)],
        ]
    )
    form.set_values({"charged_on": dt.date.today()})
    room.ask(
        _("Fee"),
        form,
        _("Note the fee"),
        lambda values: room.desk.do(fees.add_fee, NewFee(client_id=client_id, currency=currency, **values)),
        note=name,
    )


def _fee_kinds() -> list[tuple[str, str]]:
    said = {"billed": _("Billed"), "paid": _("Paid"), "written off": _("Written off")}
    return [(kind, said[kind]) for kind, _word in choices(FeeKind)]


def ask_standing(room: CoveredRoom, client_id: int, name: str, standing: str) -> None:
    """Change a client's standing; when a client says No, the reason is kept."""
    form = Form(
        [
            [
                ("standing", ChoiceField(_("Standing"), choices(Standing)), 1),
                ("reason", ChoiceField(_("Reason"), choices(StandingReason, "—")), 1),
                ("changed_on", DateField(_("Since")), 1),
            ],
            [("words", LongField(_("In the client’s words"), 2), 1)],
        ]
    )
    form.set_values({"standing": standing, "changed_on": dt.date.today()})
    room.ask(
        _("Change of standing"),
        form,
        _("Change the standing"),
        lambda values: room.desk.do(clients.change_standing, client_id, NewStanding(**values)),
        note=name,
    )


def ask_link(room: CoveredRoom, party_id: int, name: str) -> None:
    """Link a client to somebody else; one who is not known yet becomes a party."""

    def suggest(typed: str) -> Sequence[Suggestion]:
        found = room.desk.ask(parties.suggest_parties, typed)
        return [(row.id, row.name, row.number) for row in found if row.id != party_id]

    other = RecordField(_("Whom"), suggest, _("Type a name; one not known yet is added"), free=True)
    form = Form(
        [
            [("kind", ChoiceField(_("{name} is").format(name=name), choices(LinkKind)), 1), ("to_id", other, 1)],
            [("new", ChoiceField(_("If new"), choices(PartyKind)), 1), ("note", TextField(_("Note")), 1)],
            [("since", DateField(_("Since")), 1), ("until", DateField(_("Until")), 1)],
        ]
    )

    def link(values: dict[str, Any]) -> object:
        kind = values.pop("new")
        if not other.typed():
            raise Refused("required", "to_id")
        new = NewParty(kind=kind, name=other.typed()) if values["to_id"] is None else None
        values["to_id"] = values["to_id"] or 0
        return room.desk.do(capture.link_parties, NewLink(from_id=party_id, **values), new)

    room.ask(_("Link"), form, _("Link"), link, note=name)
