"""The forms of referrals: who sent whom, how he was thanked, what came of it, and whom to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import capture_referral, followups, parties, referrals
from db.asking import WorthAsking
from db.errors import Refused
from db.followups import NewFollowUp
from db.referrals import NewReferral, Outcome, ReferralRow, Thanks
from db.words import PartyKind, ReferralDirection
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.fields import ChipsField, ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


def party_field(desk: OpenPractice, title: str, free: bool = False) -> RecordField:
    """A field that picks any party."""

    def suggest(typed: str) -> Sequence[Suggestion]:
        return [(row.id, row.name, row.number) for row in desk.ask(parties.suggest_parties, typed)]

    words = _("Type a name; one not known yet is added") if free else _("Type a name")
    return RecordField(title, suggest, words, free=free)


# Which field of the form a refusal of the action stands beside.
_BESIDE = {"from_id": "other", "to_id": "other", "sent_id": "sent"}


class ReferralForm(Form):
    """Both sides of a referral; somebody not known yet becomes a party in the same step."""

    def __init__(self, desk: OpenPractice) -> None:
        self.direction = ChoiceField(_("Direction"), choices(ReferralDirection))
        self.sent = party_field(desk, _("Who was sent"), free=True)
        self.other = party_field(desk, _("By whom"), free=True)
        kinds = choices(PartyKind)
        super().__init__(
            [
                [("direction", self.direction, 1), ("referred_on", DateField(_("When")), 1)],
                [("other", self.other, 2), ("other_kind", ChoiceField(_("If new"), kinds), 1)],
                [("sent", self.sent, 2), ("sent_kind", ChoiceField(_("If new"), kinds), 1)],
                [("what_for", TextField(_("What for")), 1)],
                [("note", LongField(_("Note"), 2), 1)],
            ]
        )
        self.direction.changed.connect(self._on_direction)

    def _on_direction(self) -> None:
        self.other.set_title(_("By whom") if self.direction.value() == "in" else _("To whom"))


def ask_referral(room: CoveredRoom) -> None:
    """Note who sent whom."""
    form = ReferralForm(room.desk)
    form.set_values({"referred_on": dt.date.today()})

    def party(field: RecordField, name: str, values: dict[str, Any]) -> int | parties.NewParty:
        if values[name] is not None:
            return int(values[name])
        if not field.typed():
            raise Refused("required", name)
        return parties.NewParty(kind=values[f"{name}_kind"], name=field.typed())

    def note(values: dict[str, Any]) -> Any:
        sent, other = party(form.sent, "sent", values), party(form.other, "other", values)
        told = {name: values[name] for name in ("direction", "referred_on", "what_for", "note")}
        try:
            done = room.desk.do(capture_referral.add_referral_between, NewReferral(sent_id=0, **told), sent, other)
        except Refused as refused:
            refused.field = {"from_id": "other", "to_id": "other", "sent_id": "sent"}.get(
                refused.field or "", refused.field
            )
            raise
        room.show_record(int(str(done.result)))
        return done

    room.ask(_("Referral"), form, _("Note the referral"), note)


def ask_thanks(room: CoveredRoom, row: ReferralRow) -> None:
    """Say how the sender was thanked."""
    how = TextField(_("How"), _("called, wrote a card, lunch …"))
    marks = ChipsField(_("Also"), [("trust_note", _("Note it with trust"))])
    rows: list[Sequence[tuple[str, Any, int]]] = [[("how", how, 2), ("on", DateField(_("When")), 1)]]
    if row.sender_client_id is not None:
        rows.append([("marks", marks, 1), ("follow_up_on", DateField(_("And a next step on")), 1)])
    form = Form(rows)
    form.set_values({"on": dt.date.today()})

    def thank(values: dict[str, Any]) -> object:
        trust_note = "trust_note" in values.pop("marks", ())
        return room.desk.do(referrals.thank_for_referral, row.id, Thanks(**values, trust_note=trust_note))

    title = _("Thank {name}").format(name=row.sender)
    room.ask(title, form, _("Thanked"), thank, _("for sending {name}").format(name=row.sent))


def ask_outcome(room: CoveredRoom, row: ReferralRow) -> None:
    """Say what came of it, and whether the sender was told."""
    outcome = LongField(_("What came of it"), 2)
    outcome.set_value(row.outcome)
    form = Form([[("outcome", outcome, 1)], [("told_on", DateField(_("The sender was told on")), 1)]])
    form.set_values({"told_on": row.told_on})

    def tell(values: dict[str, Any]) -> object:
        return room.desk.do(referrals.tell_outcome, row.id, Outcome(**values))

    room.ask(row.sent, form, _("Save"), tell, row.sender or row.receiver)


def ask_to_ask(room: CoveredRoom, row: WorthAsking) -> None:
    """Set a next step to ask a client whom else we could help."""
    form = Form([[("what", TextField(_("What to do")), 2), ("due_on", DateField(_("When")), 1)]])
    form.set_values({"what": _("Ask whom else we could help"), "due_on": dt.date.today()})

    def add(values: dict[str, Any]) -> object:
        return room.desk.do(followups.add_follow_up, NewFollowUp(client_id=row.client_id, **values))

    room.ask(row.name, form, _("Set the next step"), add)
