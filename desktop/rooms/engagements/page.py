"""The Engagements room: agreed work as a table, the engagement beside it, its stages and the parties in their roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from db import capture, clients, engagements, parties
from db.engagements import EngagementRow, NewRole, NewStage
from db.errors import Refused
from db.parties import NewParty
from db.words import CLOSED_STAGES, PartyKind, RoleKind, Stage
from desktop import text
from desktop.rooms import frame
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.engagements.engagement import Act, EngagementView
from desktop.rooms.engagements.form import EngagementForm
from desktop.rooms.narrow import give_way
from desktop.rooms.words import TONES, choices, fees, when, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.empty import Empty
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, side_by_side
from desktop.widgets.picker import RecordField, Suggestion
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class _Shown:
    """An engagement's row with its amount as it is read; everything else is the row's own."""

    def __init__(self, row: EngagementRow) -> None:
        self._row = row
        self.fees_minor = fees(row.fees_minor, row.currency)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class EngagementsPage(CoveredRoom):
    """N opens an engagement, Enter goes to its client, Ctrl+F filters."""

    name, icon = "engagements", "briefcase"
    SHOWS = frozenset({"engagement", "client", "party", "advice", "trust", "fee", "follow_up"})

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        columns = [
            Column("title", _("Title"), 170, "strong", stretch=True),
            Column("client", _("Client"), 112),
            Column("stage", _("Stage"), 106, "chip", tones=TONES, show=word, values=get_args(Stage)),
            Column("next_on", _("Next"), 84, "muted", show=lambda day: when(day) if day else "—"),
            Column("fees_minor", _("Billed"), 78, "number"),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Engagements"))
        give_way(self.table, "fees_minor", "client", "next_on")
        self.pane = Pane(_("Engagements"), self.table)
        self.field = QLineEdit(placeholderText=_("Title, number or client"), clearButtonEnabled=True)
        self.field.setAccessibleName(_("Filter engagements"))
        self.field.setProperty("kind", "search")
        self.field.setMaximumWidth(180)
        self.field.textChanged.connect(self._on_filter)
        self.field.returnPressed.connect(self.table.setFocus)
        self.open_only = ChipButton(_("Open only"), checkable=True)
        self.open_only.toggled.connect(lambda _on: self.refresh())
        for widget in (self.field, self.open_only, button(_("New"), self.write, icon_name="plus")):
            self.pane.add_action(widget)
        self.pane.set_empty(
            Empty(
                "briefcase",
                _("No engagements yet"),
                _("An engagement says what was agreed: its scope, its fee, its letter, and who decides."),
                _("New engagement"),
                self.write,
            )
        )
        self.view = EngagementView(desk, self._acts, self._remove_role)
        self.set_page(side_by_side(self.pane, self.view, 575))
        self.table.picked.connect(self.view.show_engagement)
        self.table.activated_record.connect(self._open_client)
        self.table.typed.connect(self._on_letter)
        on_key("N", self.table, self.write, "itself")
        on_key(QKeySequence.StandardKey.New, self, self.write)
        on_key("F2", self, self._edit_current)
        on_key("Ctrl+Shift+S", self, self._change_stage_of_current)

    @staticmethod
    def title() -> str:
        return _("Engagements")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order = (sort, descending) if sort else ("opened_on", True)
        return self.desk.ask(engagements.list_engagement_ids, *order, typed, open_only=self.open_only.isChecked())

    def _rows(self, ids: Sequence[int]) -> Sequence[_Shown]:
        return [_Shown(row) for row in self.desk.ask(engagements.list_engagement_rows, list(ids))]

    def refresh(self) -> None:
        self.table.reload()
        self._after_filter()
        self.view.show_engagement(self.table.current_id())

    def _after_filter(self) -> None:
        count = self.table.rows.rowCount()
        self.pane.set_note(text.current().number(count) if count else "")
        self.pane.show_empty(count == 0 and not self.field.text() and not self.open_only.isChecked())
        if self.table.current_id() is None and count:
            self.table.select(self.table.rows.id_at(0) or 0)
        elif self.table.current_id() is None:
            self.view.show_engagement(None)

    def show_record(self, record: int) -> None:
        """Show one engagement, whatever was filtered before."""
        if not self.table.select(record):
            self.field.clear()
            self.open_only.setChecked(False)
            self.table.select(record)
        if self.form is None:
            self.table.setFocus()

    def listing(self) -> QWidget:
        return self.pane.keyboard_place()

    def start_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def current_client(self) -> int | None:
        """The client of the engagement in view."""
        return self.view.row.client_id if self.view.row else None

    def current_engagement(self) -> int | None:
        """The engagement in view, if it is open for advice."""
        row = self.view.row
        return row.id if row and row.stage not in CLOSED_STAGES else None

    def _on_letter(self, letter: str) -> None:
        self.field.setText(letter)
        self.field.setFocus()

    def _on_filter(self, typed: str) -> None:
        self.table.filter(typed)
        self._after_filter()

    def _open_client(self, _record: int) -> None:
        if self.view.row is not None:
            frame.show(self, "clients", self.view.row.client_id)

    # ------------------------------------------------------------------ doing

    def _acts(self, row: EngagementRow) -> Sequence[Act]:
        return [
            (_("Log advice"), lambda: frame.log_advice(self, row.client_id, self.current_engagement())),
            (_("Change stage"), lambda: self.change_stage(row)),
            (_("Add party"), lambda: self.add_role(row)),
            (_("Edit"), lambda: self.edit(row)),
        ]

    def _edit_current(self) -> None:
        if self.view.row is not None:
            self.edit(self.view.row)

    def _change_stage_of_current(self) -> None:
        if self.view.row is not None:
            self.change_stage(self.view.row)

    def write(self, client_id: int | None = None) -> None:
        """Open an engagement, for a client if one is given."""
        form = EngagementForm(self.desk)
        rows = self.desk.ask(clients.list_client_rows, [client_id]) if client_id is not None else []
        if rows:
            form.set_values({"client_id": (rows[0].id, rows[0].name)})

        def add(values: dict[str, Any]) -> Any:
            done = self.desk.do(engagements.add_engagement, form.new_engagement(values))
            self.show_record(int(str(done.result)))
            return done

        self.ask(_("New engagement"), form, _("Open the engagement"), add, width=WIDE)
        if rows and self.form is form:
            form.fields["title"].setFocus()

    def edit(self, row: EngagementRow) -> None:
        """Change what was agreed."""
        before = self.desk.ask(engagements.get_engagement, row.id).model_dump()
        form = EngagementForm(self.desk, before)
        self.ask(
            row.title,
            form,
            _("Save"),
            lambda values: self.desk.do(engagements.edit_engagement, row.id, form.edit(values)),
            note=f"{row.number} · {row.client}",
            width=WIDE,
        )

    def change_stage(self, row: EngagementRow) -> None:
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
        self.ask(
            _("Change of stage"),
            form,
            _("Change the stage"),
            lambda values: self.desk.do(engagements.change_stage, row.id, NewStage(**values)),
            note=row.title,
        )

    def add_role(self, row: EngagementRow) -> None:
        """Put somebody into a role; one who is not known yet becomes a party."""

        def suggest(typed: str) -> Sequence[Suggestion]:
            return [(found.id, found.name, found.number) for found in self.desk.ask(parties.suggest_parties, typed)]

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
            role = NewRole(
                engagement_id=row.id, party_id=values["party_id"] or 0, kind=values["kind"], note=values["note"]
            )
            return self.desk.do(capture.add_role, role, new)

        self.ask(_("Add a party"), form, _("Add"), add, note=row.title)

    def _remove_role(self, role_id: int) -> None:
        self.desk.attempt(lambda: self.desk.do(engagements.remove_role, role_id))
