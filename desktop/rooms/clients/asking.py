"""The small forms of a client: a promise, a trust note, a follow-up, a link, a fee, and a change of standing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from db import capture, clients, engagements, fees, followups, parties, trust
from db.clients import NewStanding
from db.errors import Refused
from db.fees import NewFee
from db.followups import Finish, NewFollowUp
from db.overview import Brief
from db.parties import NewLink, NewParty
from db.trust import NewPromise, NewTrustNote, PromiseRow, Renegotiation, Resolution, Settling, TrustRow
from db.words import Facet, FeeKind, LinkKind, PartyKind, PromiseBy, Standing, StandingReason, TrustKind
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices, when, word
from desktop.text import _
from desktop.widgets.fields import ChipsField, ChoiceField, DateField, DueField, LongField, MoneyField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion


def _engagement_field(room: CoveredRoom, client_id: int) -> ChoiceField:
    open_ones = room.desk.ask(engagements.list_engagement_ids, client_id=client_id, open_only=True)
    rows = room.desk.ask(engagements.list_engagement_rows, open_ones)
    return ChoiceField(_("Engagement"), [(None, _("None")), *((row.id, row.title) for row in rows)])


def ask_promise(room: CoveredRoom, client_id: int, name: str) -> None:
    """Note a promise, ours or the client's."""
    form = Form(
        [
            [("text", TextField(_("What was promised")), 1)],
            [("by", ChoiceField(_("Who promised"), choices(PromiseBy)), 1), ("due_on", DueField(_("Due")), 1)],
            [("engagement", _engagement_field(room, client_id), 1), ("to_whom", TextField(_("To whom")), 1)],
            [("marks", ChipsField(_("It is"), [("undertaking", _("An undertaking"))]), 1)],
        ]
    )

    def note(values: dict[str, Any]) -> object:
        due_on, due_time = values["due_on"]
        ours = room.desk.practice.who if values["by"] == "us" else name
        new = NewPromise(
            client_id=client_id,
            engagement_id=values["engagement"],
            by=values["by"],
            by_whom=ours,
            to_whom=values["to_whom"],
            text=values["text"],
            due_on=due_on,
            due_time=due_time,
            undertaking="undertaking" in values["marks"],
        )
        return room.desk.do(trust.add_promise, new)

    room.ask(_("Promise"), form, _("Note the promise"), note, note=name)


_EFFECTS = [(2, "+2"), (1, "+1"), (0, "0"), (-1, "−1"), (-2, "−2")]


def ask_trust_note(room: CoveredRoom, client_id: int, name: str, kind: str = "confidence") -> None:
    """Write a confidence, a concern, a signal or thanks."""
    effect = ChoiceField(_("Effect on trust"), _EFFECTS)
    effect.set_value(1 if kind == "confidence" else 0)
    form = Form(
        [
            [("text", LongField(_("What was said or noticed"), 3), 1)],
            [
                ("kind", ChoiceField(_("Kind"), choices(TrustKind)), 1),
                ("effect", effect, 1),
                ("facet", ChoiceField(_("It touches"), choices(Facet, "—")), 1),
            ],
            [("told_by", TextField(_("Told by")), 1), ("engagement_id", _engagement_field(room, client_id), 1)],
            [("marks", ChipsField(_("It is"), [("restricted", _("Restricted"))]), 1)],
        ]
    )
    form.fields["kind"].set_value(kind)
    form.changed.connect(lambda: _mark(form))
    _mark(form)

    def write(values: dict[str, Any]) -> object:
        restricted = "restricted" in values.pop("marks")
        return room.desk.do(trust.note_trust, NewTrustNote(client_id=client_id, restricted=restricted, **values))

    words = _("A confidence is hidden until it is asked for, and never leaves the practice")
    room.ask(_("Trust note"), form, _("Write the note"), write, note=words)


def _mark(form: Form) -> None:
    # A confidence is restricted whatever is marked: to ask would say that it might not be.
    form.fields["marks"].setVisible(form.fields["kind"].value() != "confidence")


def ask_follow_up(room: CoveredRoom, client_id: int, name: str) -> None:
    """Set a next step with its day."""
    form = Form(
        [
            [("what", TextField(_("What is to be done")), 1)],
            [("due_on", DateField(_("By")), 1), ("engagement_id", _engagement_field(room, client_id), 2)],
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


def ask_standing(room: CoveredRoom, client_id: int, brief: Brief) -> None:
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
    form.set_values({"standing": brief.client.standing, "changed_on": dt.date.today()})
    room.ask(
        _("Change of standing"),
        form,
        _("Change the standing"),
        lambda values: room.desk.do(clients.change_standing, client_id, NewStanding(**values)),
        note=brief.client.name,
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


def ask_settling(room: CoveredRoom, promise: PromiseRow, how: str) -> None:
    """Say why a promise was broken or how it was released."""
    title, action = {
        "broken": (_("Why was it broken?"), trust.break_promise),
        "released": (_("Who released us, and how?"), trust.release_promise),
    }[how]
    form = Form([[("words", LongField(title, 2), 1)]])
    room.ask(
        word(how),
        form,
        _("Note it"),
        lambda values: room.desk.do(action, promise.id, Settling(**values)),
        note=promise.text,
    )


def ask_renegotiation(room: CoveredRoom, promise: PromiseRow) -> None:
    """Agree another day before the first one passes."""
    form = Form(
        [[("due_on", DateField(_("New date")), 1), ("agreed_with", TextField(_("Agreed with")), 2)]],
    )
    due = _("Due {when}").format(when=when(promise.due_on)) if promise.due_on else ""
    room.ask(
        promise.text,
        form,
        _("Renegotiate"),
        lambda values: room.desk.do(trust.renegotiate_promise, promise.id, Renegotiation(**values)),
        note=due,
    )


def ask_resolution(room: CoveredRoom, note: TrustRow) -> None:
    """Say how a concern or a signal was resolved, and what was learned."""
    form = Form([[("learned", LongField(_("How it was resolved, and what was learned"), 3), 1)]])
    room.ask(
        word(note.kind),
        form,
        _("Resolve"),
        lambda values: room.desk.do(trust.resolve_note, note.id, Resolution(**values)),
    )
