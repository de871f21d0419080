"""The form *Log advice*: what was asked and advised, what was said with it, what the client decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QWidget

from db import advice, clients, engagements
from db.words import Channel, Response
from desktop import said, text
from desktop.rooms import frame
from desktop.rooms.advice.clock import Clock
from desktop.rooms.advice.files import Files
from desktop.rooms.advice.naming import Named, Names
from desktop.rooms.advice.outside import Outside
from desktop.rooms.advice.understood import Understood
from desktop.rooms.words import choices, engagement_word
from desktop.said import Mark
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import ChoiceField, DueField, LongField, MomentField, TextField
from desktop.widgets.form import Form, Place
from desktop.widgets.ink import tip
from desktop.widgets.keys import on_key
from desktop.widgets.mention import Mention
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

TALKS = ("call", "video")
_TEXTS = (
    *("question", "advice", "basis", "risks", "text", "consequence", "reason", "words"),
    *("late_reason", "present", "minutes"),
)
_WRITTEN = ("question", "advice", "basis", "risks", "text")


def open_advice_form(desk: OpenPractice, window: QWidget) -> None:
    """Open *Log advice* for whichever client is current in the room in view."""
    frame.log_advice(window)


class AdviceForm(Form):
    """Everything of one entry on one sheet. What it holds goes to and comes from a draft as texts by name."""

    def __init__(self, desk: OpenPractice, now: Callable[[], dt.datetime] | None = None, *, whole: bool = True) -> None:
        """One that is not `whole` is made by going through `making`, part for part."""
        super().__init__([])
        self._desk = desk
        self._now = now or (lambda: dt.datetime.now().astimezone())
        self._client: int | None = None
        self.names = Names(desk)
        self.marks: list[Mark] = []
        self.making = self._make()
        if whole:
            for _part in self.making:
                pass

    def _make(self) -> Iterator[None]:
        self.client = RecordField(_("Client"), self._suggest, _("Type a name or a number"))
        self.engagement = ChoiceField(engagement_word(), [(None, _("None"))])
        self.box = LongField(
            _("Our advice"), 5, _("Write freely: @client #engagement !promise by Thursday ?next step ~confidence")
        )
        self.outside = Outside()
        yield
        for row in self._rows():
            self.add_row(row)
            yield
        self.understood = Understood()
        self._column.insertWidget(5, self.understood)
        self._column.addWidget(self.outside.words)
        self.mention = Mention(self.box, self._named_at, self._suggest_named)
        self.mention.chosen.connect(self._on_named)
        self.box.changed.connect(self._read)
        self.understood.edited.connect(self._rewrite)
        self.understood.taken_off.connect(lambda mark: self._rewrite(mark, "", ""))
        self.client.changed.connect(self._on_client)
        for name, follow in (
            ("response", self._on_response),
            ("channel", self._on_channel),
            ("given_at", self._on_given),
        ):
            self.fields[name].changed.connect(follow)
        yield
        self.begin_now()
        self._add_foot()
        for follow in (self._on_response, self._on_given, self._show_talk):
            follow()
        self.changed.connect(self._show_talk)
        self.engagement.changed.connect(self._on_engagement)
        self._on_engagement()

    def _rows(self) -> Iterator[list[Place]]:
        yield [
            *(("client_id", self.client, 6), ("engagement", self.engagement, 6)),
            ("given_at", MomentField(_("Given"), self._now), 5),
            ("channel", ChoiceField(_("By"), choices(Channel)), 4),
        ]
        yield [("late_reason", TextField(_("Why it is written down only now")), 1)]
        yield [("question", TextField(_("The question"), _("If left empty, the first sentence of the advice")), 1)]
        yield [("advice", self.box, 1)]
        yield [("present", TextField(_("Who took part")), 4), ("minutes", TextField(_("Minutes")), 1)]
        yield [("basis", LongField(_("What it rests on"), 2), 1), ("risks", LongField(_("Risks explained"), 2), 1)]
        yield [
            ("response", ChoiceField(_("Client’s decision"), choices(Response)), 1),
            ("text", TextField(_("Promise made")), 1),
            ("due_on", DueField(_("Due"), self._now), 1),
        ]
        yield [
            ("consequence", LongField(_("The consequence that was explained"), 2), 1),
            ("reason", LongField(_("Why the client decided against it"), 2), 1),
        ]
        yield [("words", TextField(_("What the client told us to do")), 1)]
        yield self.outside.row()

    def _add_foot(self) -> None:
        self.privileged = ChipButton(_("Privileged"), checkable=True)
        self.privileged.toggled.connect(lambda _on: self.changed.emit())
        self.outside.chip.toggled.connect(lambda _on: self.changed.emit())
        self.clock = Clock()
        self.clock.ticked.connect(self._on_tick)
        self.files = Files(self)
        self.files.changed.connect(self.changed)
        self.again = button(_("Record and write another"))
        left = [self.privileged, self.outside.chip, self.files.add_chip, self.clock, self.files]
        self.add_buttons(_("Record"), _("Close"), [self.again], left)
        on_key("Ctrl+Shift+Return", self, self.again.click, "inside")
        response = self.fields["response"]
        for keys, part, act in (
            ("Ctrl+T", self.clock, self._on_call_key),
            ("Ctrl+R", response, response.setFocus),
            ("Ctrl+Shift+O", self.outside.chip, self._on_outside_key),
        ):
            on_key(keys, self, act, "inside")
            tip(part, QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))

    # ------------------------------------------------------------------ filling

    def begin_now(self) -> None:
        """Take this moment as the one at which the advice is given."""
        self._begun = self._now()
        self.fields["given_at"].set_value(self._begun)

    def fill_client(self, client_id: int | None, engagement_id: int | None = None) -> None:
        """Choose the client, and the engagement: the one given, or the only one that is open."""
        rows = self._desk.ask(clients.list_client_rows, [client_id]) if client_id is not None else []
        self.client.set_value((rows[0].id, rows[0].name) if rows else None)
        self._on_client()
        if engagement_id is not None:
            self._offer_engagement(engagement_id)
            self.engagement.set_value(engagement_id)

    def content(self) -> dict[str, str]:
        """Everything that was written, as texts by name; nothing where nothing of one's own was written yet."""
        if not any(self._typed(name) for name in _WRITTEN) and not self.files.paths:
            return {}
        due, given = self.fields["due_on"], self.fields["given_at"]
        assert isinstance(due, DueField)
        assert isinstance(given, MomentField)
        found = {name: self._typed(name) for name in (*_TEXTS, "channel", "response")}
        found["given_at"] = given.line.text() if self._given() is None else str(self._given())
        found |= {"due": due.line.text().strip(), "client": self.client.typed(), "names": self.names.written()}
        found |= {"client_id": str(self.client_id() or ""), "engagement_id": str(self.engagement.value() or "")}
        found |= {
            "privileged": "yes" if self.privileged.isChecked() else "",
            "files": "\n".join(map(str, self.files.paths)),
        }
        found |= self.outside.typed()
        found["seconds"] = str(self.clock.seconds() or "")
        return {name: value for name, value in found.items() if value}

    def fill(self, content: dict[str, str]) -> None:
        """Go on with what `content` gave."""
        client_id, engagement_id = content.get("client_id", ""), content.get("engagement_id", "")
        self.fill_client(int(client_id) if client_id else None, int(engagement_id) if engagement_id else None)
        if not client_id:
            self.client.line.setText(content.get("client", ""))
        self.names.read(content.get("names", ""))
        self.set_values({name: content[name] for name in ("channel", "response", *_TEXTS) if name in content})
        due, given = self.fields["due_on"], self.fields["given_at"]
        assert isinstance(due, DueField)
        assert isinstance(given, MomentField)
        due.line.setText(content.get("due", ""))
        try:
            given.set_value(dt.datetime.fromisoformat(content.get("given_at", "")).astimezone())
        except ValueError:
            given.line.setText(content.get("given_at", ""))
        self.privileged.setChecked("privileged" in content)
        self.outside.fill(content)
        self.files.add([Path(path) for path in content.get("files", "").splitlines()])
        self.clock.stop()
        self.clock.wind(int(content.get("seconds", "0")))
        for follow in (self._on_response, self._on_given, self._show_talk):
            follow()

    def speak_again(self) -> None:
        """Say again, in another language, what follows from what was typed."""
        self._read()
        self.understood.speak_again()
        self.clock.speak_again()

    def client_id(self) -> int | None:
        """The client chosen, or None."""
        try:
            found: int | None = self.client.value()
        except ValueError:
            return None
        return found

    def _typed(self, name: str) -> str:
        return str(self.fields[name].value())

    # ------------------------------------------------------------------ what the text says

    def _read(self) -> None:
        today, language = self._now().date(), text.current().language
        self.marks = said.read_marks(self.box.page.toPlainText(), today, language, self.names.known)
        self.understood.show_marks([mark for mark in self.marks if mark.kind in said.REMARKS])

    def resolve(self) -> str:
        """Find whom the names stand for that nobody chose; gives a sentence for the first that stays unclear, or ''."""
        for mark in reversed([mark for mark in self.marks if mark.kind in said.NAMES]):
            if mark.words in self.names.known:
                continue
            found = self.names.only(mark.kind, mark.words, self.client_id())
            if found is None:
                return _("“{name}” may be several, or nobody on file. Choose one from the list.").format(
                    name=mark.words
                )
            self.names.known[found[0]] = found[1]
            self._replace(mark, found[0])
            self._follow_name(found[1], mark.leads)
        self._read()
        return ""

    def _rewrite(self, mark: Mark, words: str, when: str) -> None:
        whole = self.box.page.toPlainText()
        fresh = said.replaced(whole, mark, words, when)
        # Only what differs is written, as one edit, so that the page's own Undo takes it back.
        head = next(
            (at for at, (a, b) in enumerate(zip(whole, fresh, strict=False)) if a != b), min(len(whole), len(fresh))
        )
        tail = 0
        while tail < min(len(whole), len(fresh)) - head and whole[-1 - tail] == fresh[-1 - tail]:
            tail += 1
        self._write(head, len(whole) - tail, fresh[head : len(fresh) - tail])

    def _replace(self, mark: Mark, name: str) -> None:
        self._write(mark.start + 1, mark.end, name)

    def _write(self, start: int, end: int, words: str) -> None:
        cursor = QTextCursor(self.box.page.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)

    def _named_at(self, whole: str, cursor: int) -> tuple[str, int, str] | None:
        return said.name_at(whole, cursor, self.names.known)

    def _suggest_named(self, sign: str, letters: str) -> Sequence[Suggestion]:
        return self.names.suggest(sign, letters, self.client_id())

    def _on_named(self, _sign: str, start: int, named: Named, name: str) -> None:
        self.names.known[name] = named
        before = self.box.page.toPlainText()[:start]
        leads = not said.recorded_text(before, said.read_marks(before, self._now().date(), names=self.names.known))
        self._follow_name(named, leads)

    def _follow_name(self, named: Named, leads: bool) -> None:
        """A name that leads the text says whose advice it is; one within it only where nobody said so yet."""
        if named.client_id is None:
            return
        if named.sign == "#":
            self.fill_client(named.client_id, named.record)
        elif (leads or self.client_id() is None) and named.client_id != self.client_id():
            self.fill_client(named.client_id)

    # ------------------------------------------------------------------ what follows from what

    def _suggest(self, typed: str) -> Sequence[Suggestion]:
        found = self._desk.ask(clients.suggest_clients, typed)
        return [(row.client_id, row.name, row.number) for row in found]

    def _on_client(self) -> None:
        client_id = self.client_id()
        if client_id == self._client:
            return
        self._client = client_id
        rows = []
        if client_id is not None:
            numbers = self._desk.ask(engagements.list_engagement_ids, client_id=client_id, open_only=True)
            rows = self._desk.ask(engagements.list_engagement_rows, numbers)
        self.engagement.set_choices([(None, _("None")), *((row.id, row.title) for row in rows)])
        self.engagement.set_value(rows[0].id if len(rows) == 1 else None)
        self._on_engagement()

    def _offer_engagement(self, engagement_id: int) -> None:
        box = self.engagement.box
        offered = [(box.itemData(at), box.itemText(at)) for at in range(box.count())]
        if engagement_id not in [known for known, _title in offered]:
            rows = self._desk.ask(engagements.list_engagement_rows, [engagement_id])
            self.engagement.set_choices([*offered, *((row.id, row.title) for row in rows)])

    def _on_response(self) -> None:
        against = self.fields["response"].value() == "against advice"
        for name in ("consequence", "reason", "words"):
            self.fields[name].setVisible(against)

    def _given(self) -> dt.datetime | None:
        try:
            found: dt.datetime | None = self.fields["given_at"].value()
        except ValueError:
            return None
        return found

    def _on_given(self) -> None:
        self.fields["late_reason"].setVisible(advice.is_late(self._given()))

    def _on_channel(self) -> None:
        given = self._given()
        # The clock of a call starts by itself where the call is now, not where one is written up later.
        fresh = given is not None and abs(given - self._begun) < dt.timedelta(minutes=5)
        if self._typed("channel") in TALKS and fresh and not self.clock.seconds():
            self.clock.start()
        elif self._typed("channel") not in TALKS:
            self.clock.stop()
        self._show_talk()

    def _on_call_key(self) -> None:
        if self._typed("channel") in TALKS:
            self.clock.turn()
        else:
            self.fields["channel"].set_value("call")
            self._on_channel()

    def _on_engagement(self) -> None:
        self.outside.show_engagement(self._desk, self.engagement.value())

    def _on_outside_key(self) -> None:
        if self.engagement.value() is not None:
            self.outside.chip.click()
            (self.outside.handling if self.outside.chip.isChecked() else self.box).setFocus()

    def _show_talk(self) -> None:
        talk = self._typed("channel") in TALKS
        for name in ("present", "minutes"):
            self.fields[name].setVisible(talk or bool(self._typed(name)))
        self.clock.setVisible(talk)

    def _on_tick(self, minutes: int) -> None:
        field = self.fields["minutes"]
        if minutes and not field.entry.hasFocus():
            field.set_value(str(minutes))
