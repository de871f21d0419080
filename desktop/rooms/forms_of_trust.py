"""The forms of trust, wherever one stands: a promise, a note, how a promise ends, what was learned from a concern."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import clients, engagements, trust
from db.errors import Refused
from db.trust import NewPromise, NewTrustNote, PromiseRow, Renegotiation, Resolution, Settling, TrustRow
from db.words import Facet, PromiseBy, TrustKind
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices, engagement_word, when, word
from desktop.text import _
from desktop.widgets.fields import ChipsField, ChoiceField, DateField, DueField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

SUGGESTED = 8
_EFFECTS = [(2, "+2"), (1, "+1"), (0, "0"), (-1, "−1"), (-2, "−2")]
_USUAL_EFFECT: dict[str, int] = {"confidence": 1, "thanks": 1, "concern": -1, "signal": 0}


class ClientForm(Form):
    """Fields for a record of one client: whom it is about, what the form asks, and in which engagement.

    With `fixed` the client is certain, as on his own page, and is not asked for.
    """

    def __init__(
        self, desk: OpenPractice, rows: Sequence[Sequence[tuple[str, Any, int]]], client_id: int | None, fixed: bool
    ) -> None:
        self._desk = desk
        self.client = RecordField(_("Client"), self._suggest, _("Type a name or a number"))
        self.engagement = ChoiceField(engagement_word(), [(None, _("None"))])
        super().__init__([[("client_id", self.client, 1)], *rows, [("engagement_id", self.engagement, 1)]])
        self.client.changed.connect(self._on_client)
        found = self._desk.ask(clients.list_client_rows, [client_id]) if client_id else []
        self.name = found[0].name if found else ""
        self.client.set_value((found[0].id, self.name) if found else None)
        self.client.setVisible(not (fixed and found))
        self._on_client()

    def _suggest(self, typed: str) -> Sequence[Suggestion]:
        some = self._desk.ask(clients.list_client_ids, text=typed)[:SUGGESTED]
        return [(row.id, row.name, row.number) for row in self._desk.ask(clients.list_client_rows, some)]

    def _on_client(self) -> None:
        try:
            client_id = self.client.value()
        except ValueError:
            client_id = None
        rows = []
        if client_id is not None:
            some = self._desk.ask(engagements.list_engagement_ids, client_id=client_id, open_only=True)
            rows = self._desk.ask(engagements.list_engagement_rows, some)
        self.engagement.set_choices([(None, _("None")), *((row.id, row.title) for row in rows)])


def _of_client(values: dict[str, Any]) -> dict[str, Any]:
    # An empty picker gives no number at all, which the file would call a wrong one.
    if values["client_id"] is None:
        raise Refused("required", "client_id")
    return values


def ask_promise(room: CoveredRoom, client_id: int | None = None, fixed: bool = False) -> None:
    """Note a promise, ours or a client's; with `fixed` it is certain whose."""
    by = ChoiceField(_("Who promised"), choices(PromiseBy))
    form = ClientForm(
        room.desk,
        [
            [("text", TextField(_("What was promised")), 1)],
            [("by", by, 1), ("due_on", DueField(_("Due")), 1)],
            [("by_whom", TextField(_("Promised by")), 1), ("to_whom", TextField(_("To whom")), 1)],
            [("marks", ChipsField(_("It is"), [("undertaking", _("An undertaking"))]), 1)],
        ],
        client_id,
        fixed,
    )
    who = room.desk.practice.who
    form.fields["by_whom"].set_value(who)
    by.changed.connect(lambda: form.fields["by_whom"].set_value(who if by.value() == "us" else form.name))

    def note(values: dict[str, Any]) -> object:
        due_on, due_time = values.pop("due_on")
        undertaking = "undertaking" in values.pop("marks")
        new = NewPromise(due_on=due_on, due_time=due_time, undertaking=undertaking, **_of_client(values))
        return room.desk.do(trust.add_promise, new)

    words = _("An undertaking binds the professional in person")
    room.ask(_("Promise"), form, _("Note the promise"), note, form.name if fixed else words)


def ask_trust_note(
    room: CoveredRoom, client_id: int | None = None, kind: TrustKind = "confidence", fixed: bool = False
) -> None:
    """Write a confidence, a concern, a signal or thanks; with `fixed` it is certain whose."""
    effect = ChoiceField(_("Effect on trust"), _EFFECTS)
    effect.set_value(_USUAL_EFFECT[kind])
    restricted = ChipsField(_("It is"), [("restricted", _("Restricted"))])
    form = ClientForm(
        room.desk,
        [
            [("text", LongField(_("What was said or noticed"), 4), 1)],
            [
                ("kind", ChoiceField(_("Kind"), choices(TrustKind)), 1),
                ("effect", effect, 1),
                ("facet", ChoiceField(_("It touches"), choices(Facet, "—")), 1),
            ],
            [("told_by", TextField(_("Told by")), 1), ("marks", restricted, 1)],
        ],
        client_id,
        fixed,
    )
    form.fields["kind"].set_value(kind)
    form.changed.connect(lambda: _mark(form))
    _mark(form)

    def write(values: dict[str, Any]) -> object:
        hidden = "restricted" in values.pop("marks")
        return room.desk.do(trust.note_trust, NewTrustNote(restricted=hidden, **_of_client(values)))

    words = _("A confidence is hidden until it is asked for, and never leaves the practice")
    room.ask(_("Trust note"), form, _("Write the note"), write, words)


def _mark(form: Form) -> None:
    # A confidence is restricted whatever is marked: to ask would say that it might not be.
    form.fields["marks"].setVisible(form.fields["kind"].value() != "confidence")


def ask_kept(room: CoveredRoom, promise: PromiseRow) -> None:
    """Say when a promise was kept, and what shows it."""
    shows = TextField(_("What shows it"), _("sent, filed, called …"))
    form = Form([[("on", DateField(_("Kept on")), 1), ("words", shows, 2)]])
    form.set_values({"on": dt.date.today()})
    _ask_end(room, promise, form, _("Kept"), trust.keep_promise)


def ask_broken(room: CoveredRoom, promise: PromiseRow) -> None:
    """Say why a promise was broken."""
    form = Form([[("words", LongField(_("Why was it broken?"), 2), 1)]])
    _ask_end(room, promise, form, _("Broken"), trust.break_promise)


def ask_released(room: CoveredRoom, promise: PromiseRow) -> None:
    """Say who released a promise, and how."""
    form = Form([[("words", LongField(_("Who released it, and how?"), 2), 1)]])
    _ask_end(room, promise, form, _("Released"), trust.release_promise)


def _ask_end(room: CoveredRoom, promise: PromiseRow, form: Form, main: str, action: Any) -> None:
    def settle(values: dict[str, Any]) -> object:
        return room.desk.do(action, promise.id, Settling(**values))

    room.ask(promise.text, form, main, settle, promise.client)


def ask_renegotiation(room: CoveredRoom, promise: PromiseRow) -> None:
    """Agree another day before the first one passes."""
    form = Form([[("due_on", DateField(_("New date")), 1), ("agreed_with", TextField(_("Agreed with")), 2)]])

    def renegotiate(values: dict[str, Any]) -> object:
        return room.desk.do(trust.renegotiate_promise, promise.id, Renegotiation(**values))

    due = _("Due {when}").format(when=when(promise.due_on)) if promise.due_on else ""
    room.ask(promise.text, form, _("Renegotiate"), renegotiate, due)


def ask_resolution(room: CoveredRoom, note: TrustRow) -> None:
    """Say how a concern or a signal was resolved, and what was learned."""
    form = Form([[("learned", LongField(_("How it was resolved, and what was learned"), 3), 1)]])

    def resolve(values: dict[str, Any]) -> object:
        return room.desk.do(trust.resolve_note, note.id, Resolution(**values))

    room.ask(f"{word(note.kind)} · {note.client}", form, _("Resolve"), resolve)
