"""The form of an engagement: what was agreed, what is in and out of it, its fee and its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from db import clients, firm, people
from db.engagements import EngagementEdit, NewEngagement
from db.words import OPEN_STAGES, FeeBasis, Letter, Recurs
from desktop import profession
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, LongField, MoneyField, TextField
from desktop.widgets.form import Form, Place
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class EngagementForm(Form):
    """A new engagement, or with `before` the one that is there, by its fields' names."""

    def __init__(self, desk: OpenPractice, before: Mapping[str, Any] | None = None) -> None:
        self._desk = desk
        currency = (before or {}).get("currency") or desk.ask(firm.get_practice).currency
        self._currency: str = currency
        super().__init__(self._rows(new=before is None))
        self._before: Mapping[str, Any] = {}
        if before is not None:
            given = dict(before) | {"fee_basis": before["fee_basis"] or None, "recurs": before["recurs"] or None}
            self.set_values({name: given[name] for name in self.fields})
            self._before = self.values() or {}

    def _suggest(self, typed: str) -> Sequence[Suggestion]:
        found = self._desk.ask(clients.suggest_clients, typed)
        return [(row.client_id, row.name, row.number) for row in found]

    def _rows(self, new: bool) -> list[list[Place]]:
        everybody = [(person.id, person.name) for person in self._desk.ask(people.list_people)]
        head: list[Place] = [("title", TextField(_("Title")), 3), ("area", TextField(_("Area of work")), 2)]
        stage = ChoiceField(_("Stage"), choices(OPEN_STAGES))
        stage.set_value("active")
        first: list[Place] = (
            [
                ("client_id", RecordField(_("Client"), self._suggest, _("Type a name or a number")), 3),
                ("stage", stage, 2),
            ]
            if new
            else [("number", TextField(_("Number")), 1)]
        )
        dates: list[Place] = [
            ("opened_on", DateField(_("Opened")), 1),
            ("next_review_on", DateField(_("Next review")), 1),
            ("responsible_id", ChoiceField(_("Responsible"), [(None, "—"), *everybody]), 1),
        ]
        scope: list[Place] = [
            ("scope_included", LongField(_("What is included"), 2), 1),
            ("scope_excluded", LongField(_("What is not"), 2), 1),
        ]
        duties: list[Place] = [
            ("assumptions", LongField(_("What we assume"), 2), 1),
            ("client_duties", LongField(_("What the client does"), 2), 1),
        ]
        fee: list[Place] = [
            ("fee_basis", ChoiceField(_("Fee"), choices(FeeBasis, "—")), 1),
            ("fee_minor", MoneyField(_("Amount"), self._currency), 1),
            ("letter", ChoiceField(_("Engagement letter"), choices(Letter)), 1),
        ]
        letter: list[Place] = [
            ("letter_sent_on", DateField(_("Letter sent")), 1),
            ("letter_signed_on", DateField(_("Letter signed")), 1),
        ]
        value: list[Place] = [("value_sought", LongField(_("What the client wants from it, in their words"), 2), 1)]
        delivered: list[Place] = [("value_delivered", LongField(_("What it brought them, in their words"), 2), 1)]
        recurs = ChoiceField(_("Comes again"), choices([code for code in get_args(Recurs) if code], _("Only once")))
        period: list[Place] = [
            ("recurs", recurs, 1),
            ("period_from", DateField(_("Period from")), 1),
            ("period_until", DateField(_("Period until")), 1),
        ]
        plain = [first, head, dates, scope, fee, value]
        always = profession.current() == "accounting"
        if new:
            return [*plain, period] if always else plain
        return [[*first, *head], dates, scope, duties, fee, letter, period, [*value, *delivered]]

    def new_engagement(self, values: Mapping[str, Any]) -> NewEngagement:
        """The engagement to be opened."""
        return NewEngagement(**_whole(values), currency=self._currency)

    def edit(self, values: Mapping[str, Any]) -> EngagementEdit:
        """What was changed."""
        changed = {name: value for name, value in values.items() if value != self._before.get(name)}
        return EngagementEdit(**_whole(changed))


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    # Work that comes only once has an empty word for it in the file, and no choice at all in the form.
    return {name: value or "" if name == "recurs" else value for name, value in values.items()}
