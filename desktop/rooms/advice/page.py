"""The Advice room: the whole advisory history as a table, the entry beside it, and the form that writes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from db import advice, capture
from db.advice import AdviceRow, Amendment, NewResponse, ResponseRow
from db.errors import Refused
from db.words import Response
from desktop import text
from desktop.rooms import frame
from desktop.rooms.advice.entry import Act, EntryView
from desktop.rooms.advice.form import AdviceForm
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.words import TONES, at, choices, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.empty import Empty
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, side_by_side
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


@dataclass(frozen=True)
class _Line:
    id: int
    given_at: str
    client: str
    question: str
    response: str


class AdvicePage(CoveredRoom):
    """Drafts come first; Enter on one goes on with it, and on a recorded entry goes to its client."""

    name, icon = "advice", "scroll-text"
    SHOWS = frozenset({"advice", "client", "party", "engagement", "custom_field"})

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self._came_from = ""
        answers = (*get_args(Response), "draft")
        columns = [
            Column("given_at", _("Given"), 106, "muted"),
            Column("client", _("Client"), 112, "strong"),
            Column("question", _("The question"), 180, stretch=True),
            Column("response", _("Decision"), 140, "chip", tones=TONES, show=word, values=answers),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Advice"))
        give_way(self.table, "given_at", "client")
        self.pane = Pane(_("Advice"), self.table)
        self.field = QLineEdit(placeholderText=_("Find in advice"), clearButtonEnabled=True)
        self.field.setAccessibleName(_("Find in advice"))
        self.field.setProperty("kind", "search")
        self.field.setMaximumWidth(200)
        self.pane.add_action(self.field)
        self.pane.add_action(button(_("Log advice"), self.write, icon_name="plus"))
        self.pane.set_empty(
            Empty(
                "scroll-text",
                _("No advice yet"),
                _("Write down what was asked and what you advised while it is fresh: it is the firm’s memory."),
                _("Log advice"),
                self.write,
            )
        )
        self.view = EntryView(desk, self._acts)
        self.set_page(side_by_side(self.pane, self.view, 575))
        self.table.picked.connect(self.view.show_entry)
        self.table.activated_record.connect(self._open)
        self.table.typed.connect(self._on_letter)
        self.field.textChanged.connect(self.table.filter)
        on_key("N", self.table, self.write, "itself")
        on_key(QKeySequence.StandardKey.New, self, self.write)

    @staticmethod
    def title() -> str:
        return _("Advice")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order = (sort, descending) if sort else ("given_at", True)
        drafts = self.desk.ask(advice.list_advice_ids, *order, typed, drafts=True)
        first = set(drafts)
        return [
            *drafts,
            *(found for found in self.desk.ask(advice.list_advice_ids, *order, typed) if found not in first),
        ]

    def _rows(self, ids: Sequence[int]) -> Sequence[_Line]:
        return [
            _Line(row.id, at(row.given_at), row.client, row.question, "draft" if row.state == "draft" else row.response)
            for row in self.desk.ask(advice.list_advice_rows, list(ids))
        ]

    def refresh(self) -> None:
        self.table.reload()
        count = self.table.rows.rowCount()
        self.pane.set_note(text.current().number(count) if count else "")
        self.pane.show_empty(count == 0 and not self.field.text())
        if self.table.current_id() is None and count:
            self.table.select(self.table.rows.id_at(0) or 0)
        self.view.show_entry(self.table.current_id())

    def show_record(self, record: int) -> None:
        """Show one entry, whatever was filtered before."""
        self._leave(self.form)
        self.field.clear()
        if self.table.select(record):
            self.table.setFocus()

    def listing(self) -> QWidget:
        return self.pane.keyboard_place()

    def start_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def current_client(self) -> int | None:
        """The client of the entry in view."""
        return self.view.entry.client_id if self.view.entry else None

    def current_engagement(self) -> int | None:
        """The engagement of the entry in view."""
        return self.view.entry.engagement_id if self.view.entry else None

    def _on_letter(self, letter: str) -> None:
        self.field.setText(letter)
        self.field.setFocus()

    # ------------------------------------------------------------------ writing

    def write(self, client_id: int | None = None, engagement_id: int | None = None, came_from: str = "") -> None:
        """Open *Log advice*; one that is being written already comes back as it was left."""
        form = self.form
        untouched = isinstance(form, AdviceForm) and not form.has_news() and form.draft_id is None
        if isinstance(form, AdviceForm) and untouched and client_id is not None:
            form.fill_client(client_id, engagement_id)
        if form is not None:
            self.rest()
            return
        form = self._new_form(came_from)
        nameless = self.desk.ask(capture.read_unfinished, capture.NAMELESS)
        if nameless:
            form.fill_nameless(nameless)
            return
        form.fill_client(client_id, engagement_id)
        form.fields["question" if client_id is not None else "client_id"].setFocus()

    def _new_form(self, came_from: str = "") -> AdviceForm:
        self._came_from = came_from
        form = AdviceForm(self.desk)
        form.submitted.connect(partial(self._record, form, False))
        form.again.clicked.connect(partial(self._record, form, True))
        form.put_by.connect(partial(self._leave, form, True))
        form.cancelled.connect(partial(self._leave, form))
        self.lay(_("Log advice"), form, _("Draft kept · once recorded it can be amended, never rewritten"), WIDE)
        return form

    def _continue(self, draft_id: int) -> None:
        draft = self.desk.ask(advice.list_advice_rows, [draft_id])[0]
        form = self._new_form()
        form.fill_draft(draft, self.desk.ask(capture.read_unfinished, draft_id))
        form.fields["advice"].setFocus()

    def _record(self, form: AdviceForm, again: bool, _checked: bool = False) -> None:
        form.clear_errors()
        values = form.values()
        if values is None:
            return

        def record() -> Any:
            parts = form.entry(values), form.promise(values), form.response(values)
            return self.desk.do(capture.log_with_promise, *parts, form.files, form.draft_id)

        done = self.desk.attempt(record, form)
        if done is None:
            return
        came_from = self._came_from
        form.settle()
        self.take_off()
        if again:
            self.write(values["client_id"], values["engagement"], came_from)
        else:
            self._return(came_from, done.result)

    def _return(self, came_from: str, record: int | None = None) -> None:
        if came_from and came_from != self.name:
            frame.show(self, came_from)
        elif record is not None:
            self.table.select(record)
            self.table.setFocus()

    def _keep(self, form: AdviceForm, nameless: bool = False) -> bool:
        """Keep what was written as a draft; False where it is refused, as without a client unless `nameless`."""
        values = form.readable()

        def keep() -> Any:
            if values["client_id"] is None and nameless:
                return self.desk.do(capture.keep_draft, None, form.nameless())
            if values["client_id"] is None:
                raise Refused("required", "client_id")
            opening = (values["advice"] or values["text"] or _("Advice")).splitlines()[0][:80]
            entry = form.entry(values | {"question": values["question"] or opening})
            return self.desk.do(capture.keep_draft, entry, form.beside(), form.files, form.draft_id)

        done = self.desk.attempt(keep, form)
        if done is None:
            return False
        form.draft_id = done.result
        form.files = form.files if done.result == capture.NAMELESS else []
        form.settle()
        return True

    _warned: AdviceForm | None = None

    def _leave(self, form: Form | None, stay: bool = False, _checked: bool = False) -> None:
        """Take the form off; what was written stays as a draft. Without a client it cannot: a second time leaves."""
        loose = isinstance(form, AdviceForm) and (form.has_news() or form.draft_id == capture.NAMELESS)
        if isinstance(form, AdviceForm) and loose and not self._keep(form):
            again, self._warned = self._warned is form, form
            if form.client.typed() or stay or not again:
                if not form.client.typed():
                    form.refuse("client_id", _("Choose a client to keep this as a draft. Esc again throws it away."))
                return
            if form.draft_id == capture.NAMELESS:
                self.desk.attempt(lambda: self.desk.do(capture.keep_draft, None, {}))
        if form is not None:
            self.take_off()
            self._return(self._came_from)

    def hideEvent(self, event: QHideEvent) -> None:
        """Going to another room, locking and closing lose nothing of what is being written."""
        form = self.form
        if isinstance(form, AdviceForm) and not event.spontaneous() and form.has_news():
            self._keep(form, nameless=True)
        super().hideEvent(event)

    # ------------------------------------------------------------------ what is done to an entry

    def _open(self, record: int) -> None:
        entry = self.view.entry
        if entry is not None and entry.id == record and entry.state == "draft":
            self._continue(record)
        elif entry is not None:
            frame.show(self, "clients", entry.client_id)

    def _acts(self, entry: AdviceRow, answer: ResponseRow | None) -> Sequence[Act]:
        if entry.state == "draft":
            return [
                (_("Go on writing"), lambda: self._continue(entry.id)),
                (_("Discard"), lambda: self._do(capture.discard_draft, entry.id)),
            ]
        acts: list[Act] = []
        if answer is None:
            acts.append((_("Client’s decision"), lambda: self._respond(entry)))
        if entry.amended_by is None:
            acts.append((_("Amend"), lambda: self._amend(entry)))
        acts.append((_("Confirmed in writing"), lambda: self._confirm(entry)))
        return acts

    def _do(self, action: Any, *given: Any) -> None:
        self.desk.attempt(lambda: self.desk.do(action, *given))

    def _confirm(self, entry: AdviceRow) -> None:
        form = Form([[("on", DateField(_("Confirmed to the client in writing on")), 1)]])
        self.ask(
            f"{entry.number} · {entry.question}",
            form,
            _("Confirm"),
            lambda values: self.desk.do(advice.confirm_advice, entry.id, values["on"]),
        )

    def _respond(self, entry: AdviceRow) -> None:
        answers = [pair for pair in choices(Response) if pair[0] != "awaiting"]
        response = ChoiceField(_("Client’s decision"), answers)
        consequence, reason = (
            LongField(_("The consequence that was explained"), 2),
            LongField(_("Why the client decided against it"), 2),
        )
        form = Form(
            [
                [("response", response, 1), ("responded_on", DateField(_("Decided on")), 1)],
                [("words", LongField(_("In the client’s words"), 2), 1)],
                [("consequence", consequence, 1), ("reason", reason, 1)],
            ]
        )

        def on_response() -> None:
            for field in (consequence, reason):
                field.setVisible(response.value() == "against advice")

        response.changed.connect(on_response)
        on_response()
        self.ask(
            _("Client’s decision"),
            form,
            _("Record"),
            lambda values: self.desk.do(advice.respond_to_advice, entry.id, NewResponse(**values)),
            note=entry.number,
        )

    def _amend(self, entry: AdviceRow) -> None:
        form = Form(
            [
                [("reason", TextField(_("What was wrong, and why it changes")), 1)],
                [("advice", LongField(_("What we advise now"), 6), 1)],
                [("basis", LongField(_("What it rests on"), 2), 1), ("risks", LongField(_("Risks explained"), 2), 1)],
            ]
        )
        form.set_values({name: getattr(entry, name) for name in ("advice", "basis", "risks")})
        self.ask(
            _("Amend {number}").format(number=entry.number),
            form,
            _("Record the amendment"),
            lambda values: self.desk.do(
                advice.amend_advice, entry.id, Amendment(**values, author=self.desk.practice.who)
            ),
            note=_("The first text stays as it was"),
            width=WIDE,
        )
