"""The reports of the practice: asked for at the left, seen as they will be printed at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import firm
from db.advice_lists import list_advice_rows
from db.client_lists import count_everybody
from db.clients import list_client_rows
from db.engagements import get_engagement
from db.errors import Refused
from desktop import look, sentences
from desktop.reports import naming
from desktop.reports.omissions import nothing_left_out
from desktop.rooms import frame
from desktop.rooms.reports import keep
from desktop.rooms.reports.aside import LeftOut, Worn
from desktop.rooms.reports.ask import ReportForm, Wanted
from desktop.rooms.reports.making import Maker
from desktop.rooms.reports.proof import Proof
from desktop.rooms.reports.sent import Sent
from desktop.rooms.reports.shown import Shown
from desktop.rooms.room import Room
from desktop.text import LANGUAGES, _
from desktop.widgets.button import button
from desktop.widgets.command import Command, listen
from desktop.widgets.pane import Pane, SideBySide, scrolled

if TYPE_CHECKING:
    from desktop.reports.family import Made
    from desktop.widgets.preview import Preview

REST_MS = 90
FORM_WIDTH = 344
# What is made first of a record that is chosen elsewhere.
USUAL = {"client": "client", "engagement": "engagement", "advice": "advice-note"}


class ReportsPage(Room):
    """Where any report of the family is made, read, saved, printed and sent."""

    name: ClassVar[str] = "reports"
    icon: ClassVar[str] = "file-text"
    SHOWS: ClassVar[frozenset[str]] = frozenset(
        {"advice", "client", "party", "engagement", "trust", "fee", "practice", "follow_up", "person", "insight"}
    )

    def parts(self) -> Iterator[None]:
        self.made: Made | None = None
        self._made_of: Wanted | None = None
        self._making: Wanted | None = None
        split = SideBySide(look.px(FORM_WIDTH))
        split.setStretchFactor(0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.form, self.worn, self.left_out = ReportForm(self.desk), Worn(), LeftOut()
        self.proof = Proof(self, lambda: self.form.client.value())
        split.left.hold(self._asked())
        yield
        yield from self.form.parts()
        yield
        self.maker = Maker(self.desk, self)
        self.maker.made.connect(self._on_made)
        self.maker.failed.connect(self._on_failed)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._make)
        self._take_choices()
        self.worn.change.clicked.connect(lambda: frame.show(self, "settings"))
        self.shown = Shown(self)
        self.maker.told.connect(self.shown.tell)
        self.shown.given_up.connect(self._give_up)
        self.pane, self.bar = self.shown.pane, self.shown.bar
        self.save_button, self.print_button, self.zoom = (
            self.shown.save_button,
            self.shown.print_button,
            self.shown.zoom,
        )
        yield
        split.right.hold(self.pane)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.shown.save)
        self.sent = Sent(self.desk, self.form.sent, self)
        self.shown.add_bar(self.sent.bar)
        self.shown.used.connect(self.sent.offer)
        self._own = self._own_commands()
        listen(self._own, self)
        yield
        self._allow()

    @staticmethod
    def title() -> str:
        return _("Reports")

    @property
    def preview(self) -> Preview | None:
        """The pages in view, once there were any."""
        return self.shown.preview

    def _asked(self) -> Pane:
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 18, 0, 18)
        column.setSpacing(12)
        column.addWidget(self.form)
        beneath = QVBoxLayout()
        beneath.setContentsMargins(24, 0, 24, 0)
        beneath.setSpacing(18)
        for widget in (self.left_out, self.worn, self.proof):
            beneath.addWidget(widget)
        column.addLayout(beneath)
        column.addStretch(1)
        left = Pane(_("Report"), scrolled(asked))
        self.many_button = button(_("For several…"), lambda: self.show_many(), "quiet", "users")
        self.many_button.setAccessibleName(_("Reports for several clients"))
        left.add_action(self.many_button)
        left.setMinimumWidth(look.px(300))
        return left

    def show_many(self, ids: Sequence[int] = ()) -> QWidget:
        """Make one report for each of many clients: of those given, of a grade, of a saved view, or of all."""
        from desktop.rooms.reports.batch import show_batch

        return show_batch(self, self.desk, ids)

    def _own_commands(self) -> list[Command]:
        def ready() -> bool:
            return self.shown.is_ready()

        return [
            Command(_("Save the report as PDF"), self.shown.save, "Ctrl+S", "file-down", ready),
            Command(_("Send the report by e-mail"), self.shown.send, "Ctrl+Shift+M", "mail", ready),
            Command(_("Search in the report"), self.shown.search, "Ctrl+Shift+F", "search", ready),
            Command(_("Choose another report"), self.form.kind_field.setFocus, "Alt+R", "file-text"),
            Command(_("Reports for several clients"), lambda: self.show_many(), "Alt+G", "users"),
            *self.proof.commands(),
        ]

    def commands(self) -> Sequence[Command]:
        return self._own

    def _take_choices(self) -> None:
        chosen = keep.last_choices()
        for name, field in (
            ("kind", self.form.kind_field),
            ("language", self.form.language),
            ("paper", self.form.paper),
        ):
            if name in chosen:
                field.set_value(chosen[name])

    def refresh(self) -> None:
        self.worn.swatch.show_colour(self.desk.ask(firm.get_practice).colour)
        self.form.fill()
        self.shown.say_nothing(self.form.kind, bool(self.desk.ask(count_everybody)))
        self.shown.wear()
        self._make()

    def state(self) -> str:
        """What stands at the right: "report", "no-client-chosen" or "no-clients"."""
        return "report" if self.made is not None else self.shown.nothing()

    # ------------------------------------------------------------------ what it is about

    def show_record(self, record: int) -> None:
        """Make a report about this client."""
        self.show_for("client", record)

    def show_for(self, about: str, record: int) -> None:
        """Make a report about a "client", "engagement" or "advice", of the kind that is chosen where that fits."""
        kind = self.form.kind.name if self.form.kind.about == about else USUAL[about]
        self.show_about(kind, **{f"{about}_id": record})

    def show_about(
        self,
        kind: str,
        *,
        client_id: int | None = None,
        engagement_id: int | None = None,
        advice_id: int | None = None,
        check_id: int | None = None,
    ) -> None:
        """Make this kind of report about a client, a piece of work, an entry or a kept check."""
        self.form.kind_field.set_value(kind)
        if engagement_id is not None:
            client_id = self.desk.ask(get_engagement, engagement_id).client_id
        if advice_id is not None:
            client_id = self.desk.ask(list_advice_rows, [advice_id])[0].client_id
        rows = self.desk.ask(list_client_rows, [client_id]) if client_id is not None else []
        if rows:
            self.form.choose_client(rows[0].id, rows[0].name)
        self.form.fill(engagement_id, advice_id, check_id)
        self._make()

    def start_search(self) -> None:
        """Go to the client; from the pages themselves, to the search in them."""
        if self.shown.has_keyboard():
            self.shown.search()
            return
        self.form.client.setFocus()
        self.form.client.line.selectAll()

    def _on_changed(self) -> None:
        self._allow()
        self._rest.start()

    # ------------------------------------------------------------------ making

    def _make(self) -> None:
        """Make the report that is asked for now; one that is being made is given up for it."""
        self._rest.stop()
        wanted = self.form.wanted(dt.date.today())
        if wanted is None:
            if self.made is not None and self.form.is_half_typed():
                return  # what is seen stays until the rest is there
            self._forget()
            return
        self._making = wanted
        self.maker.make(wanted)
        self._allow()

    def _on_made(self, wanted: Wanted, made: Made) -> None:
        same = self._made_of is not None and self._made_of.kind == wanted.kind
        self.made, self._made_of = made, wanted
        self._clear_refusals()
        if self.form.is_letter() and not wanted.words:
            self.form.take_wording(str(made.facts.text))
        if self.form.is_letter():
            self.form.letter_tools.show_letter(made.facts.worded, made.facts.letter.language)
        spoken = LANGUAGES.get(naming.language_of(made.facts), "")
        self.form.say_language(spoken)
        self.shown.show_made(made, stay=same)
        self.left_out.say(made.left_out, nothing_left_out(made.kind.for_whom))
        keep.remember_choices(kind=wanted.kind, language=wanted.language, paper=wanted.paper)
        self._allow()

    def _on_failed(self, error: BaseException) -> None:
        self.made = None
        if isinstance(error, Refused):
            self.shown.show_pages()
            field = self.form.fields.get(error.field or "")
            if field is not None and field.isVisibleTo(self.form):
                field.refuse(sentences.refusal(error))
            else:
                self.bar.say(sentences.refusal(error), "error")
        else:
            self.desk.tell_failed(error)
        self._allow()

    def _give_up(self) -> None:
        self.maker.stop()
        self.shown.tell_given_up(self._make)
        self._allow()

    def _clear_refusals(self) -> None:
        self.bar.hide()
        for name in ("client", "since", "until"):
            self.form.fields[name].refuse("")

    def _forget(self) -> None:
        self.maker.stop()
        self.made = None
        self.shown.say_nothing(self.form.kind, bool(self.desk.ask(count_everybody)))
        self.shown.show_nothing()
        self._allow()

    def _allow(self) -> None:
        """What is saved is what is seen: while the preview is behind, there is nothing to save."""
        wanted = self.form.wanted(dt.date.today())
        ready = self.made is not None and self._made_of == wanted and not self.maker.busy
        self.shown.allow(ready)
        self.sent.turn(wanted if self.form.is_letter() else None, self.made if ready else None)
        self.form.sent.keep_button.setEnabled(ready)
        self.left_out.setVisible(self.made is not None)
