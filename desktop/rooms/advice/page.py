"""The Advice room: the whole advisory history as a table that can be narrowed, and the entry beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import advice, capture, drafts
from db.advice import AdviceRow, ResponseRow
from db.drafts import JottingRow
from db.words import Response
from desktop import text
from desktop.rooms import frame
from desktop.rooms.advice import acts, printing, writing
from desktop.rooms.advice.entry import EntryView
from desktop.rooms.advice.narrowing import Narrowing
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.words import TONES, at, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.command import Command, listen
from desktop.widgets.empty import Empty
from desktop.widgets.keys import on_key
from desktop.widgets.label import rule
from desktop.widgets.pane import Pane, SideBySide
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed


# From this many entries on, which come is found out on another thread.
MANY = 20_000


@dataclass(frozen=True)
class _Line:
    id: int
    given_at: str
    client: str
    question: str
    response: str


class AdvicePage(CoveredRoom):
    """Drafts come first; Enter on one goes on with it, and on a recorded entry goes to its client.

    A negative id is a jotting: what was written before anybody said for which client.
    """

    name, icon = "advice", "scroll-text"
    SHOWS = frozenset({"advice", "client", "party", "engagement", "custom_field", "attachment"})

    def parts(self) -> Iterator[None]:
        desk, split = self.desk, SideBySide(575)
        self.set_page(split)
        answers = (*get_args(Response), "draft")
        columns = [
            Column("given_at", _("Given"), 106, "muted"),
            Column("client", _("Client"), 112, "strong"),
            Column("question", _("The question"), 180, stretch=True),
            Column("response", _("Decision"), 140, "chip", tones=TONES, show=word, values=answers),
        ]
        self.narrowing = Narrowing(desk.practice.who)
        self.table = Table(columns, self._ids, self._rows, _("Advice"))
        self.table.rows.ask_later(self._is_large)
        self.table.rows.failed.connect(desk.tell_failed)
        self.table.loaded.connect(self._on_loaded)
        # Rows that arrive make one of them current, which shows it: it must not be laid out twice.
        self._is_shown = False
        self.table.rows.modelAboutToBeReset.connect(self._on_leaving)
        self._asked: dict[str, Any] = {}
        self._open_here: set[int | None] = set()
        give_way(self.table, "given_at", "client")
        yield
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.narrowing)
        column.addWidget(rule())
        column.addWidget(self.table, 1)
        body.setFocusProxy(self.table)
        self.pane = Pane(_("Advice"), body)
        self.field = ClearedLine(_("Find in advice"))
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
        yield
        split.left.hold(self.pane)
        yield
        self.view = EntryView(desk, self._acts, self.show_record)
        split.right.hold(self.view)
        yield
        self.table.picked.connect(self._show)
        self.table.activated_record.connect(self._open)
        self.table.typed.connect(self._on_letter)
        self.table.set_commands(self._commands_of)
        self.field.textChanged.connect(self.table.filter)
        self.narrowing.changed.connect(self._on_narrowed)
        on_key("N", self.table, self.write, "itself")
        on_key("Down", self.field, self.table.setFocus, "itself")
        self.field.returnPressed.connect(self.table.setFocus)
        on_key(QKeySequence.StandardKey.New, self, self.write)
        listen([each for each in self.commands() if each.keys not in ("", "Ctrl+N")], self)

    @staticmethod
    def title() -> str:
        return _("Advice")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order = (sort, descending) if sort else ("given_at", True)
        # Asked on another thread where the history is long: nothing of the window is touched here.
        asked = self._asked
        found = self.desk.ask(advice.list_advice_ids, *order, typed, **asked)
        if "response" in asked:
            return found
        loose = self._jotted(typed) if not asked or "drafts" in asked else []
        drafted = set(self.desk.ask(advice.list_advice_ids, drafts=True))
        if not drafted or "drafts" in asked:
            return [*loose, *found]
        first = [one for one in found if one in drafted]
        return [*loose, *first, *(one for one in found if one not in drafted)]

    def _jotted(self, typed: str) -> list[int]:
        """What waits without a client; what lies open in a window is seen there."""
        if typed.strip():
            return []
        found = self.desk.ask(drafts.list_jottings)
        return [-each.id for each in found if each.advice_id is None and each.id not in self._open_here]

    def _rows(self, ids: Sequence[int]) -> Sequence[_Line]:
        loose = {-each.id: each for each in self.desk.ask(drafts.list_jottings)} if any(one < 0 for one in ids) else {}
        rows = {row.id: row for row in self.desk.ask(advice.list_advice_rows, [one for one in ids if one > 0])}
        return [
            _jotting(loose[one]) if one in loose else _line(rows[one]) for one in ids if one in loose or one in rows
        ]

    def _is_large(self) -> bool:
        return self.desk.ask(advice.last_number) > MANY

    def refresh(self) -> None:
        self._asked = self.narrowing.asked()
        self._open_here = {window.jotting_id for window in writing.windows(self.window())}
        self.table.reload()
        if self.table.rows.loading:
            self._show(self.table.current_id())

    def _on_loaded(self) -> None:
        count = self.table.rows.rowCount()
        self.pane.set_note(text.current().number(count) if count else "")
        self.pane.show_empty(count == 0 and not self.field.text() and not self.narrowing.is_narrow())
        if self.table.current_id() is None and count:
            self.table.select(self.table.rows.id_at(0) or 0)
        if not self._is_shown:
            self._show(self.table.current_id())

    def _on_leaving(self) -> None:
        self._is_shown = False

    def _on_narrowed(self) -> None:
        self.refresh()

    def _show(self, record: int | None) -> None:
        self._is_shown = True
        self.view.show_entry(record if record is not None and record > 0 else None)

    def show_record(self, record: int) -> None:
        """Show one entry, whatever was filtered before."""
        if self.form is not None:
            self.take_off()
        self.field.clear()
        if not self.table.select(record):
            self.narrowing.clear()
            self.table.select(record)
        self.table.setFocus()

    def listing(self) -> QWidget:
        place = self.pane.keyboard_place()
        return self.table if place.focusProxy() is self.table else place

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

    # ------------------------------------------------------------------ what is done

    def write(self, client_id: int | None = None, engagement_id: int | None = None) -> Any:
        """Open *Log advice* in a window of its own, by itself for the client in view."""
        if client_id is None:
            client_id, engagement_id = self.current_client(), self.current_engagement()
        return writing.open_window(self.desk, self.window(), client_id, engagement_id)

    def _open(self, record: int) -> None:
        entry = self.view.entry
        if record < 0:
            writing.open_jotting(self.desk, self.window(), -record)
        elif entry is not None and entry.id == record and entry.state == "draft":
            writing.open_draft(self.desk, self.window(), record)
        elif entry is not None:
            frame.show(self, "clients", entry.client_id)

    def commands(self) -> Sequence[Command]:
        def report(_room: AdvicePage, entry: AdviceRow) -> None:
            frame.report_on(self, "advice", entry.id)

        def current(do: Any) -> Any:
            return lambda: do(self, self.view.entry)

        def able(test: Any) -> Any:
            return lambda: self.view.entry is not None and self.view.entry.state == "recorded" and test(self.view.entry)

        return [
            Command(_("Log advice"), self.write, "Ctrl+N", "plus"),
            Command(_("Client’s decision"), current(acts.respond), "Ctrl+R", "message-square-quote", able(_unanswered)),
            Command(_("Amend"), current(acts.amend), "Ctrl+E", "pencil", able(lambda entry: entry.amended_by is None)),
            Command(_("Letter for signature"), current(acts.write_letter), "", "file-text", able(_may_go_out)),
            Command(_("Confirmed in writing"), current(acts.confirm), "", "mail", able(lambda _entry: True)),
            Command(_("Print the advice note"), current(printing.note), "", "printer", able(_may_go_out)),
            Command(_("Print the advisory history"), current(printing.history), "", "printer", able(bool)),
            Command(_("Report…"), current(report), "Alt+R", "file-text", able(_may_go_out)),
        ]

    def printed(self) -> Sequence[Printed]:
        return printing.printed(self)

    def _acts(self, entry: AdviceRow, answer: ResponseRow | None) -> Sequence[Command]:
        if entry.state == "draft":
            return [
                Command(
                    _("Go on writing"), lambda: writing.open_draft(self.desk, self.window(), entry.id), "", "pencil"
                ),
                Command(_("Discard"), lambda: self._discard(entry.id), "", "trash-2"),
            ]
        return [each for each in self.commands()[1:-1] if each.possible()]

    def _commands_of(self, ids: Sequence[int]) -> Sequence[Command]:
        entry = self.view.entry
        if ids and ids[0] < 0:
            return [
                Command(_("Go on writing"), partial(self._open, ids[0]), "Return", "pencil"),
                Command(_("Discard"), partial(self._forget, -ids[0]), "", "trash-2"),
            ]
        if entry is None:
            return []
        answer = self.desk.ask(advice.get_response, entry.id)
        return [
            *self._acts(entry, answer),
            # In the menu alone: beneath the entry stands what is done to it most.
            *(each for each in self.commands()[-1:] if each.possible()),
            Command(
                _("Go to the client"),
                lambda: frame.show(self, "clients", entry.client_id),
                "",
                "users",
                line_before=True,
            ),
            Command(
                _("Only this client’s advice"),
                lambda: self.narrowing.set_client(entry.client_id, entry.client),
            ),
            Command(_("Log advice for this client"), self.write, "Ctrl+N", "plus"),
            *frame.printing(self),
        ]

    def _discard(self, advice_id: int) -> None:
        for window in writing.windows(self.window()):
            if window.draft_id == advice_id:
                window.abandon()
        self.desk.attempt(lambda: self.desk.do(capture.discard_draft, advice_id))

    def _forget(self, jotting_id: int) -> None:
        kept = self.desk.ask(drafts.get_jotting, jotting_id)
        self.desk.attempt(lambda: self.desk.jot(drafts.drop_jotting, jotting_id))
        self.refresh()
        main: Any = frame.frame_of(self)
        if kept is not None and hasattr(main, "toast"):
            main.toast(_("Draft discarded"), _("Undo"), partial(self._bring_back, kept))

    def _bring_back(self, kept: JottingRow) -> None:
        self.desk.jot(drafts.keep_jotting, kept.content)
        self.refresh()


def _may_go_out(entry: AdviceRow) -> bool:
    return entry.channel != "note"


def _unanswered(entry: AdviceRow) -> bool:
    return entry.response == "awaiting"


def _line(row: AdviceRow) -> _Line:
    state = "draft" if row.state == "draft" else row.response
    return _Line(row.id, at(row.given_at), row.client, row.question, state)


def _jotting(kept: JottingRow) -> _Line:
    told = next((kept.content[name] for name in ("question", "advice", "text") if kept.content.get(name)), "")
    return _Line(-kept.id, at(kept.kept_at), kept.content.get("client", "") or "—", told.splitlines()[0][:120], "draft")
