"""The forms laid over the engagements: stage, party, deadline, work outside scope, change of mind, next period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import capture, deadlines, decisions, engagements, parties, periods, scope
from db.deadlines import DeadlineEdit, DeadlineRow, NewDeadline
from db.decisions import DecisionRow, Reversal
from db.engagements import EngagementRow, NewLetter, NewRole, NewStage
from db.errors import Refused
from db.parties import NewParty
from db.periods import BeginPeriod
from db.scope import NewOutOfScope, OutOfScopeEdit, OutOfScopeRow
from db.words import CLOSED_STAGES, DeadlineKind, Handling, Letter, PartyKind, RoleKind, Stage
from desktop.profession import said
from desktop.rooms.words import choices, word
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, Field, LongField, MoneyField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom

WARN_DAYS = (0, 1, 3, 7, 14, 30, 60, 90, 180)


def ask_stage(room: CoveredRoom, row: EngagementRow) -> None:
    """Move an engagement on, close it with its outcome, or reopen it."""
    stage = ChoiceField(_("Stage"), choices(Stage))
    outcome, day = LongField(_("Outcome"), 3), DateField(_("Closed on"))
    form = Form([[("stage", stage, 1), ("on", day, 1)], [("outcome", outcome, 1)]])
    stage.set_value(row.stage)

    def on_stage() -> None:
        for field in (outcome, day):
            field.setVisible(stage.value() in CLOSED_STAGES)

    stage.changed.connect(on_stage)
    on_stage()
    room.ask(
        _("Change of stage"),
        form,
        _("Change the stage"),
        lambda values: room.desk.do(engagements.change_stage, row.id, NewStage(**values)),
        note=row.title,
    )


def ask_letter(room: CoveredRoom, row: EngagementRow, letter: Letter) -> None:
    """Say on which day the letter was sent or signed."""
    title = _("Letter signed") if letter == "signed" else _("Letter sent")
    form = Form([[("on", DateField(_("On which day")), 1)]])
    room.ask(
        title,
        form,
        _("Save"),
        lambda values: room.desk.do(engagements.set_letter, row.id, NewLetter(letter=letter, on=values["on"])),
        note=row.title,
    )


def ask_role(room: CoveredRoom, row: EngagementRow) -> None:
    """Put somebody into a role; one who is not known yet becomes a party."""

    def suggest(typed: str) -> Sequence[Suggestion]:
        return [(found.id, found.name, found.number) for found in room.desk.ask(parties.suggest_parties, typed)]

    who = RecordField(_("Who"), suggest, _("Type a name; one not known yet is added"), free=True)
    form = Form(
        [
            [("party_id", who, 2), ("new", ChoiceField(_("If new"), choices(PartyKind)), 1)],
            [("kind", ChoiceField(_("What they do in it"), choices(RoleKind)), 1)],
            [("note", TextField(_("Note")), 1)],
        ]
    )

    def add(values: dict[str, Any]) -> Any:
        if not who.typed():
            raise Refused("required", "party_id")
        new = NewParty(kind=values["new"], name=who.typed()) if values["party_id"] is None else None
        role = NewRole(engagement_id=row.id, party_id=values["party_id"] or 0, kind=values["kind"], note=values["note"])
        return room.desk.do(capture.add_role, role, new)

    room.ask(_("Add a party"), form, _("Add"), add, note=row.title)


def ask_deadline(room: CoveredRoom, row: EngagementRow, kind: str = "", before: DeadlineRow | None = None) -> None:
    """Note a date that must not be missed, or change one."""
    warn = [(days, _("{n} days before").format(n=days) if days else _("on the day")) for days in WARN_DAYS]
    form = Form(
        [
            [("what", TextField(_("What falls on that day")), 2), ("kind", ChoiceField(_("Kind"), _kinds()), 1)],
            [
                ("falls_on", DateField(_("Date")), 2),
                ("at_time", TextField(_("time").capitalize(), _("09:30, if it has one")), 1),
                ("warn_days", ChoiceField(_("On Today from"), warn), 1),
            ],
            [("note", TextField(_("Note")), 1)],
        ]
    )
    form.set_values({"warn_days": 7, "kind": kind or "hearing"})
    if kind == "limitation":
        words = _("Limitation date")
        form.set_values({"what": words, "warn_days": 90})
    if before is not None:
        form.set_values({name: getattr(before, name) for name in form.fields})

    def save(values: dict[str, Any]) -> Any:
        if values["falls_on"] is None:
            raise Refused("required", "falls_on")
        if before is not None:
            return room.desk.do(deadlines.edit_deadline, before.id, DeadlineEdit(**values))
        return room.desk.do(deadlines.add_deadline, NewDeadline(engagement_id=row.id, **values))

    title = _("A date that must not be missed")
    room.ask(title, form, _("Save") if before else _("Note the date"), save, note=row.title)
    if kind == "limitation" and before is None and room.form is form:
        form.fields["falls_on"].setFocus()


def _kinds() -> list[tuple[Any, str]]:
    return choices(DeadlineKind)


def ask_no_limitation(room: CoveredRoom, row: EngagementRow) -> None:
    """Say why no limitation date applies."""
    form = Form([[("why", TextField(_("Why none applies"), _("for example: advice only, no claim")), 1)]])
    room.ask(
        _("No limitation date applies"),
        form,
        _("Note it"),
        lambda values: room.desk.do(deadlines.note_no_limitation, row.id, values["why"]),
        note=row.title,
    )


def ask_out_of_scope(room: CoveredRoom, row: EngagementRow, currency: str, before: OutOfScopeRow | None = None) -> None:
    """Note a quick question that is outside of what was agreed: what, how it is handled, how long, how much."""
    form = Form(
        [
            [("what", TextField(_("What was asked for")), 1)],
            [
                ("handling", ChoiceField(_("How it is handled"), choices(Handling)), 2),
                ("minutes", WholeField(_("Minutes")), 1),
                ("amount_minor", MoneyField(_("Worth"), currency), 1),
            ],
            [("asked_on", DateField(_("Asked on, if not today")), 1)],
        ]
    )
    if before is not None:
        form.set_values({name: getattr(before, name) for name in form.fields})

    def save(values: dict[str, Any]) -> Any:
        if before is not None:
            given = values | {"asked_on": values["asked_on"] or before.asked_on}
            return room.desk.do(scope.edit_out_of_scope, before.id, OutOfScopeEdit(**given))
        return room.desk.do(scope.log_out_of_scope, NewOutOfScope(engagement_id=row.id, **values))

    room.ask(_("Outside scope"), form, _("Save") if before else _("Note it"), save, note=row.title)


def ask_change_of_mind(room: CoveredRoom, before: DecisionRow) -> None:
    """Another choice in place of one that was made; the first stays readable."""
    by, reason = TextField(_("Decided by")), TextField(_("Why"))
    by.set_value(before.decided_by)
    rows: list[list[tuple[str, Field, int]]] = [
        [("choice", TextField(_("The new choice")), 2), ("decided_by", by, 1)],
        [("reason", reason, 1)],
        [
            ("cost_minor", MoneyField(_("Effect on the cost"), before.currency), 1),
            ("days", WholeField(_("Effect on the time, in days")), 1),
            ("decided_on", DateField(_("On, if not today")), 1),
        ],
    ]
    form = Form(rows)
    room.ask(
        _("Instead of “{choice}”").format(choice=before.choice),
        form,
        _("Note the new choice"),
        lambda values: room.desk.do(decisions.supersede_decision, before.id, Reversal(**values)),
        note=before.item,
    )


def ask_next_period(room: CoveredRoom, row: EngagementRow) -> None:
    """Show what the next period will be, all of it filled in from the last one's."""
    planned = room.desk.attempt(lambda: room.desk.ask(periods.next_period, row.id))
    if planned is None:
        return
    form = Form(
        [
            [("title", TextField(_("Title")), 1)],
            [("period_from", DateField(_("From")), 1), ("period_until", DateField(_("Until")), 1)],
        ]
    )
    form.set_values({name: getattr(planned, name) for name in form.fields})
    form.bar.say(_("Scope, parties, fee and who is responsible come with it from the last period."))

    def begin(values: dict[str, Any]) -> Any:
        for name in ("period_from", "period_until"):
            if values[name] is None:
                raise Refused("required", name)
        done = room.desk.do(periods.begin_next_period, row.id, BeginPeriod(**values))
        room.show_record(int(str(done.result)))
        return done

    title = said(_("The matter’s next period"), _("Begin the next period"), _("The project’s next period"))
    room.ask(title, form, _("Begin it"), begin, note=f"{row.title} · {word(row.recurs).lower()}")
