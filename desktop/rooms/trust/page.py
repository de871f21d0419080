"""The Trust room: the promises of all clients by their state, the notes, and beside them the one that is current."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db import trust, trust_lists
from db.trust import PromiseRow, TrustRow
from desktop import look, text
from desktop.jobs import Question
from desktop.rooms import forms_of_trust, frame
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.trust import printing
from desktop.rooms.trust.columns import Cells, empty_words, note_columns, promise_columns
from desktop.rooms.trust.detail import Action, Detail, note_words, promise_words
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.empty import Empty
from desktop.widgets.keys import on_key
from desktop.widgets.label import Short, label
from desktop.widgets.pane import SideBySide, scrolled
from desktop.widgets.table import Table
from desktop.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed

PROMISES, NOTES, EMPTY = 0, 1, 2
_SORTS = {"state": "status", "day": "due_on", "change": "effect"}


class TrustPage(CoveredRoom):
    """P notes a promise, N a trust note, Enter goes to the client; the buttons at the right name their letters."""

    name, icon = "trust", "handshake"
    SHOWS = frozenset({"trust", "client", "party", "engagement"})

    def parts(self) -> Iterator[None]:
        desk = self.desk
        self._asked: set[int] = set()
        # What is asked on another thread where the promises are many: it must not look at the window.
        self._which = "due"
        self._question = Question(self)
        self._question.failed.connect(desk.tell_failed)
        self._sought: tuple[int, list[str]] | None = None
        self._acts: dict[str, Callable[[], object]] = {}
        self.tabs, self.detail = Tabs(), Detail()
        self.promises = Table(promise_columns(), self._promise_ids, self._promise_rows, _("Promises"))
        self.promises.setObjectName("promises")
        self.notes = Table(note_columns(), self._note_ids, self._note_rows, _("Trust notes"))
        self.notes.setObjectName("notes")
        self.rate = ChipButton("", "green", checkable=True)
        self._bodies, self._empties = QStackedWidget(), QStackedWidget()
        yield
        yield from self._build()
        self.rate.toggled.connect(lambda _on: self._look_again())
        self.tabs.changed.connect(self._on_tab)

    @staticmethod
    def title() -> str:
        return _("Trust")

    # ------------------------------------------------------------------ building

    def _build(self) -> Iterator[None]:
        page, split = QWidget(), SideBySide(690)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.set_page(page)
        split.left.hold(self._bodies)
        self.field = ClearedLine(_("Filter"))
        self.field.setAccessibleName(_("Filter promises and notes"))
        self.field.setFixedWidth(look.px(160))
        self.field.textChanged.connect(self._on_filter)
        on_key("Esc", self.field, self._leave_field, "itself")
        on_key("Down", self.field, lambda: self.table.setFocus(), "itself")
        self.field.returnPressed.connect(lambda: self.table.setFocus())
        for key, (picture, title, words) in empty_words().items():
            action, act = (_("Write a note"), self.write_note) if key == "notes" else (_("Promise"), self.write_promise)
            self.tabs.add(key, "")
            self._empties.addWidget(Empty(picture, title, words, action, act))
        outer.addLayout(self._head())
        outer.addWidget(split, 1)
        yield
        for table in (self.promises, self.notes):
            table.rows.ask_later(self.desk.is_large)
            table.rows.failed.connect(self.desk.tell_failed)
            table.loaded.connect(partial(self._on_loaded, table))
            table.picked.connect(self._on_picked)
            table.activated_record.connect(lambda _record: self._open_client())
            table.typed.connect(self._on_letter)
            self._bodies.addWidget(table)
            for letter in "PNKRLBSE":
                on_key(letter, table, partial(self._act, letter), "itself")
            yield
        self._bodies.addWidget(self._empties)
        on_key(QKeySequence.StandardKey.New, self, self.write_promise)
        self._beside = scrolled(self.detail)
        self._beside.setMinimumWidth(look.px(310))
        split.right.hold(self._beside)
        yield

    def _head(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(self.title(), "display"))
        words.addWidget(Short(_("Confidences, concerns, signals and thanks. Not client money."), "muted"))
        head, row = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(button(_("Trust note"), self.write_note, icon_name="plus"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(button(_("Promise"), self.write_promise, "primary", "plus"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.rate)
        row.addWidget(self.field)
        column = QVBoxLayout()
        column.setContentsMargins(24, 22, 24, 10)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row)
        return column

    # ------------------------------------------------------------------ reading

    def _promise_ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        which = self._which
        key = "kept_on" if sort == "day" and which not in {"due", "open"} else _SORTS.get(sort, sort)
        return self.desk.ask(trust_lists.list_promise_ids, which, key, descending, typed)

    def _promise_rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [Cells(row) for row in self.desk.ask(trust_lists.list_promise_rows, some)]

    def _note_ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        return self.desk.ask(trust_lists.list_note_ids, _SORTS.get(sort, sort), descending, typed)

    def _note_rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [Cells(row) for row in self.desk.ask(trust_lists.list_note_rows, some, asked=sorted(self._asked))]

    @property
    def table(self) -> Table:
        """The table in view."""
        return self.notes if self.tabs.current() == "notes" else self.promises

    def refresh(self) -> None:
        if self.desk.is_large():
            self._question.ask(self._counts, lambda found: self._show_counts(*found))
        else:
            self._show_counts(*self._counts())

    def _counts(self) -> tuple[dict[str, int], trust_lists.Rate]:
        counts = self.desk.ask(trust_lists.count_promises)
        counts["notes"] = self.desk.ask(trust_lists.count_notes)
        return counts, self.desk.ask(trust_lists.kept_rate_of_all)

    def is_looking(self) -> bool:
        """Whether counts or rows are still on their way."""
        return self._question.open or self.table.rows.loading

    def _show_counts(self, counts: dict[str, int], rate: trust_lists.Rate) -> None:
        names = {"due": _("Due"), "open": word("open"), "settled": _("Settled"), "notes": _("Notes")}
        number = text.current().number
        for key, name in names.items():
            self.tabs.set_text(key, f"{name} {number(counts[key])}" if counts[key] else name)
        words = _("Kept in time: {kept} of {settled}")
        self.rate.setText(words.format(kept=number(rate.kept), settled=number(rate.settled)))
        self.rate.setAccessibleName(self.rate.text())
        self.rate.updateGeometry()
        tab = self.tabs.current()
        self.rate.setVisible(tab == "settled" and rate.settled > 0)
        self._empties.setCurrentIndex(list(names).index(tab))
        self._beside.setVisible(counts[tab] > 0)
        self._bodies.setCurrentIndex(EMPTY if counts[tab] == 0 else NOTES if tab == "notes" else PROMISES)
        self._look_again()

    def _look_again(self) -> None:
        tab = self.tabs.current()
        self._which = "kept rate" if tab == "settled" and self.rate.isChecked() else tab
        self.table.reload()

    def _on_loaded(self, table: Table) -> None:
        if table is not self.table:
            return
        if table.current_id() is None and (first := table.rows.id_at(0)) is not None:
            table.select(first)
        self._tell()
        self._seek()

    # ------------------------------------------------------------------ what the user does

    def show_record(self, record: int) -> None:
        """Bring a promise into view by its id, or a trust note by the negative of its id: the room holds both."""
        self.field.clear()
        self.rate.setChecked(False)
        tabs = ["open", "settled"] if record > 0 else ["notes"]
        self._sought = (abs(record), tabs)
        self.tabs.choose(tabs[0])
        self._seek()

    def _seek(self) -> None:
        """Go on looking for the record that is to be shown, tab by tab, as their rows come."""
        while self._sought is not None and not self.is_looking():
            record, tabs = self._sought
            if self.tabs.current() == tabs[0] and self.table.select(record):
                self._sought = None
                self.table.setFocus()
            elif len(tabs) > 1:
                self._sought = (record, tabs[1:])
                self.tabs.choose(tabs[1])
            else:
                self._sought = None

    def start_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def current_client(self) -> int | None:
        """The client of the record in view."""
        row = self._row()
        return row.client_id if row is not None else None

    def write_promise(self) -> None:
        """Lay the form of a promise over the page."""
        forms_of_trust.ask_promise(self, self.current_client())

    def write_note(self) -> None:
        """Lay the form of a trust note over the page."""
        forms_of_trust.ask_trust_note(self, self.current_client())

    def show_confidence(self) -> None:
        """Show what was told in confidence; that it was opened is kept in the history."""
        row = self._row()
        if row is None or self.desk.attempt(lambda: self.desk.do(trust.open_confidences, row.client_id)) is None:
            return
        self._asked.add(row.id)
        self._look_again()

    def _row(self) -> Any:
        record = self.table.current_id()
        if record is None or self._bodies.currentIndex() == EMPTY:
            return None
        return self.table.rows.row_object(self.table.rows.row_of(record))

    def _on_tab(self, _tab: str) -> None:
        self._asked.clear()
        self.refresh()
        if self.is_looking():
            self.table.rows.forget()

    def _on_picked(self, _record: object) -> None:
        self._tell()

    def _on_filter(self, typed: str) -> None:
        for table in (self.promises, self.notes):
            if table is self.table:
                table.filter(typed)
            else:
                table.rows.filter_text = typed

    def _leave_field(self) -> None:
        self.field.clear()
        self.table.setFocus()

    def _on_letter(self, letters: str) -> None:
        if letters.strip():
            self.field.setFocus()
            self.field.setText(letters)

    def _open_client(self) -> None:
        client = self.current_client()
        if client is not None:
            frame.show(self, "clients", client)

    def printed(self) -> Sequence[Printed]:
        return printing.printed(self)

    def _act(self, letter: str) -> None:
        if letter in self._acts:
            self._acts[letter]()

    def _tell(self) -> None:
        row = self._row()
        self._acts = {"P": self.write_promise, "N": self.write_note}
        if row is None:
            self.detail.clear()
            return
        note = self.tabs.current() == "notes"
        actions = self._note_actions(row) if note else self._promise_actions(row)
        self._acts |= {letter: act for _said, letter, _icon, act, _kind in actions}
        opening: Action = (_("Open the client"), _("Enter"), "user", self._open_client, "")
        self.detail.say(**(note_words(row) if note else promise_words(row)), actions=[*actions, opening])

    def _promise_actions(self, row: PromiseRow) -> list[Action]:
        if row.status != "open":
            return []
        actions: list[Action] = [
            (_("Kept"), "K", "check", lambda: forms_of_trust.ask_kept(self, row), "primary"),
            (_("Released"), "L", "lock-open", lambda: forms_of_trust.ask_released(self, row), ""),
            (_("Broken"), "B", "x", lambda: forms_of_trust.ask_broken(self, row), ""),
        ]
        if not row.overdue_days:
            actions.insert(
                1, (_("New date"), "R", "calendar-clock", lambda: forms_of_trust.ask_renegotiation(self, row), "")
            )
        return actions

    def _note_actions(self, row: TrustRow) -> list[Action]:
        actions: list[Action] = []
        if row.restricted and not row.text:
            actions.append((_("Show it"), "S", "eye", self.show_confidence, "primary"))
        if row.kind in {"concern", "signal"} and row.resolved_on is None:
            actions.append((_("Resolve"), "E", "check", lambda: forms_of_trust.ask_resolution(self, row), "primary"))
        return actions

    def listing(self) -> QWidget:
        return self.table

    def hideEvent(self, event: QHideEvent) -> None:
        """What was told in confidence is hidden again when the room is left."""
        super().hideEvent(event)
        if self._asked:
            self._asked.clear()
            self.notes.reload()
            self._tell()
