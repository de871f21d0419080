"""The form *Log advice*: what was asked and advised, the client's decision, and what was promised with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from db import clients, engagements
from db.advice import AdviceRow, NewAdvice, NewResponse
from db.capture import NAMELESS
from db.trust import NewPromise
from db.words import Channel, Response
from desktop.rooms import frame
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import ChoiceField, DueField, LongField, MomentField, TextField
from desktop.widgets.form import Form
from desktop.widgets.keys import on_key
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

_TEXTS = ("question", "advice", "basis", "risks", "text")
_BESIDE = ("response", "consequence", "reason", "text")


def open_advice_form(desk: OpenPractice, window: QWidget) -> None:
    """Open *Log advice* in the Advice room, for whichever client is current in the room in view."""
    frame.log_advice(window)


class AdviceForm(Form):
    """Everything of one entry on one sheet; the room decides what becomes of it. `put_by` wants it as a draft."""

    put_by = Signal()

    def __init__(self, desk: OpenPractice) -> None:
        self._desk = desk
        self.draft_id: int | None = None
        self.files: list[Path] = []
        self._client: int | None = None
        self.client = RecordField(_("Client"), self._suggest, _("Type a name or a number"))
        self.engagement = ChoiceField(_("Engagement"), [(None, _("None"))])
        response = ChoiceField(_("Client’s decision"), choices(Response))
        super().__init__(
            [
                [
                    ("client_id", self.client, 6),
                    ("engagement", self.engagement, 6),
                    ("given_at", MomentField(_("Given")), 5),
                    ("channel", ChoiceField(_("By"), choices(Channel)), 4),
                ],
                [("question", TextField(_("The question")), 1)],
                [("advice", LongField(_("Our advice"), 5), 1)],
                [("basis", LongField(_("What it rests on"), 2), 1), ("risks", LongField(_("Risks explained"), 2), 1)],
                [
                    ("response", response, 1),
                    ("text", TextField(_("Promise made")), 1),
                    ("due_on", DueField(_("Due")), 1),
                ],
                [
                    ("consequence", LongField(_("The consequence that was explained"), 2), 1),
                    ("reason", LongField(_("Why the client decided against it"), 2), 1),
                ],
            ]
        )
        self.fields["given_at"].set_value(dt.datetime.now().astimezone())
        self.client.changed.connect(self._on_client)
        response.changed.connect(self._on_response)
        self._on_response()
        self.setAcceptDrops(True)
        self._add_foot()
        self.settle()

    def _add_foot(self) -> None:
        self.privileged = ChipButton(_("Privileged"), checkable=True)
        self.attach_chip = ChipButton(_("+ Attach"), "neutral")
        self.attach_chip.clicked.connect(self._choose_files)
        self.again = button(_("Record and write another"))
        line = QWidget()
        self._file_row = QHBoxLayout(line)
        self._file_row.setContentsMargins(0, 0, 0, 0)
        self._file_row.setSpacing(6)
        self.add_buttons(_("Record"), _("Cancel"), [self.again], [self.privileged, self.attach_chip, line])
        on_key("Ctrl+Shift+Return", self, self.again.click, "inside")
        on_key(QKeySequence.StandardKey.Save, self, self.put_by.emit, "inside")

    # ------------------------------------------------------------------ filling

    def fill_client(self, client_id: int | None, engagement_id: int | None = None) -> None:
        """Choose the client, and the engagement: the one given, or the only one that is open."""
        rows = self._desk.ask(clients.list_client_rows, [client_id]) if client_id is not None else []
        self.client.set_value((rows[0].id, rows[0].name) if rows else None)
        self._on_client()
        if engagement_id is not None:
            self.engagement.set_value(engagement_id)
        self.settle()

    def fill_draft(self, draft: AdviceRow, beside: dict[str, str]) -> None:
        """Go on with a draft: its own text, and what stood in the form beside it."""
        self.fill_client(draft.client_id, draft.engagement_id)
        self.draft_id = draft.id
        own = ("question", "advice", "basis", "risks", "channel")
        self.set_values({name: getattr(draft, name) for name in own})
        self.set_values({name: beside[name] for name in _BESIDE if name in beside})
        self.fields["given_at"].set_value(draft.given_at.astimezone())
        self._set_due(beside)
        self.privileged.setChecked(draft.privileged)
        self.settle()

    def fill_nameless(self, beside: dict[str, str]) -> None:
        """Go on with what was written before anybody said for which client."""
        self.draft_id = NAMELESS
        own = (*_TEXTS, "channel", "response", "consequence", "reason")
        self.set_values({name: beside[name] for name in own if name in beside})
        self._set_due(beside)
        self.client.line.setText(beside.get("client", ""))
        self.privileged.setChecked("privileged" in beside)
        if "given_at" in beside:
            self.fields["given_at"].set_value(dt.datetime.fromisoformat(beside["given_at"]))
        self.bar.say(_("This was begun before, for no client yet. Choose one to keep it as a draft or to record it."))
        self.settle()

    def _set_due(self, beside: dict[str, str]) -> None:
        due = self.fields["due_on"]
        assert isinstance(due, DueField)
        due.line.setText(beside.get("due", ""))

    def settle(self) -> None:
        """Take what stands in the form now as what is kept already."""
        self._kept = self._state()

    def has_news(self) -> bool:
        """Whether something was written that is not kept yet."""
        return self._state() != self._kept and (self.draft_id is not None or any(map(self._typed, _TEXTS)))

    def _state(self) -> tuple[object, ...]:
        return (
            *(self._typed(name) for name in (*_TEXTS, "consequence", "reason")),
            *(self.client.typed(), self.engagement.value(), self.fields["channel"].value()),
            *(self.fields["response"].value(), self._due_typed(), self.privileged.isChecked(), tuple(self.files)),
        )

    def _typed(self, name: str) -> str:
        return str(self.fields[name].value())

    def _due_typed(self) -> str:
        due = self.fields["due_on"]
        assert isinstance(due, DueField)
        return due.line.text().strip()

    # ------------------------------------------------------------------ what was written

    def entry(self, values: dict[str, Any]) -> NewAdvice:
        """The entry of the advisory history."""
        return NewAdvice(
            client_id=values["client_id"],
            engagement_id=values["engagement"],
            given_at=values["given_at"],
            zone=bytes(QTimeZone.systemTimeZoneId().data()).decode(),
            author=self._desk.practice.who,
            privileged=self.privileged.isChecked(),
            **{name: values[name] for name in ("channel", "question", "advice", "basis", "risks")},
        )

    def promise(self, values: dict[str, Any]) -> NewPromise | None:
        """What was promised with the advice, if anything was."""
        due_on, due_time = values["due_on"]
        if not values["text"] and due_on is None:
            return None
        given = values["given_at"]
        return NewPromise(
            client_id=values["client_id"],
            by_whom=self._desk.practice.who,
            text=values["text"],
            made_on=given.date() if given else None,
            due_on=due_on,
            due_time=due_time,
        )

    def response(self, values: dict[str, Any]) -> NewResponse:
        """What the client decided there and then; awaiting, where he did not."""
        against = values["response"] == "against advice"
        return NewResponse(
            response=values["response"],
            responded_on=values["given_at"].date() if values["given_at"] else None,
            consequence=values["consequence"] if against else "",
            reason=values["reason"] if against else "",
        )

    def readable(self) -> dict[str, Any]:
        """What can be read of what was entered, for a draft: a date half typed is no reason to lose the rest."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                found[name] = field.value()
            except ValueError:
                found[name] = None
        return found

    def beside(self) -> dict[str, str]:
        """What a draft keeps beside its own text: the decision and the promise, until it is recorded."""
        found = {name: self._typed(name) for name in _BESIDE} | {"due": self._due_typed()}
        return {name: value for name, value in found.items() if value and value != "awaiting"}

    def nameless(self) -> dict[str, str]:
        """Everything that was written, for a draft of which nobody knows yet whose it is."""
        own = {name: self._typed(name) for name in (*_TEXTS, "channel", "consequence", "reason")}
        given = self.readable()["given_at"]
        own |= {"client": self.client.typed(), "given_at": given.isoformat() if given else ""}
        kept = own | {"privileged": "yes" if self.privileged.isChecked() else ""} | self.beside()
        return {name: value for name, value in kept.items() if value}

    # ------------------------------------------------------------------ what follows from what

    def _suggest(self, typed: str) -> Sequence[Suggestion]:
        found = self._desk.ask(clients.suggest_clients, typed)
        return [(row.client_id, row.name, row.number) for row in found]

    def _on_client(self) -> None:
        try:
            client_id = self.client.value()
        except ValueError:
            client_id = None
        if client_id == self._client:
            return
        self._client = client_id
        rows = []
        if client_id is not None:
            numbers = self._desk.ask(engagements.list_engagement_ids, client_id=client_id, open_only=True)
            rows = self._desk.ask(engagements.list_engagement_rows, numbers)
        self.engagement.set_choices([(None, _("None")), *((row.id, row.title) for row in rows)])
        self.engagement.set_value(rows[0].id if len(rows) == 1 else None)

    def _on_response(self) -> None:
        against = self.fields["response"].value() == "against advice"
        for name in ("consequence", "reason"):
            self.fields[name].setVisible(against)

    # ------------------------------------------------------------------ files

    def _choose_files(self) -> None:
        found, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.add_files([Path(name) for name in found])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Put files to the entry; each stands as a chip that takes it off again."""
        self.files += [path for path in paths if path.is_file() and path not in self.files]
        self._show_files()

    def _take_off(self, path: Path) -> None:
        self.files.remove(path)
        self._show_files()

    def _show_files(self) -> None:
        while (old := self._file_row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in self.files:
            name = path.name if len(path.name) < 20 else f"{path.name[:10]}…{path.suffix}"
            chip = ChipButton(f"{name}  ×")
            chip.setAccessibleName(_("Take off {name}").format(name=path.name))
            chip.clicked.connect(lambda _checked=False, path=path: self._take_off(path))
            self._file_row.addWidget(chip)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
