"""The Engagements room: agreed work as a table or a board, the engagement beside it, and what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QSignalBlocker, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db import clients, engagement_lists, engagements
from db.engagement_lists import ALL, Wanted
from db.engagements import EngagementRow
from db.words import CLOSED_STAGES
from desktop import text
from desktop.profession import said
from desktop.rooms import frame
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.engagements import asking, calendar, printing
from desktop.rooms.engagements.board import Board, board_words
from desktop.rooms.engagements.columns import engagement_columns
from desktop.rooms.engagements.engagement import EngagementView, mime_of
from desktop.rooms.engagements.filters import Filters
from desktop.rooms.engagements.form import EngagementForm
from desktop.rooms.engagements.kept import keep_view, kept_view
from desktop.rooms.engagements.offering import commands_for
from desktop.rooms.engagements.parts import Act, nothing_yet
from desktop.rooms.narrow import give_way
from desktop.rooms.words import engagement_word, fees
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.command import Command
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, SideBySide
from desktop.widgets.table import Table
from desktop.widgets.turns import Turns

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed

MANY = 20_000  # from here on the order comes from a job: the window does not wait for it
PAUSE_MS = 120


class _Shown:
    """An engagement's row with its amount as it is read; everything else is the row's own."""

    def __init__(self, row: EngagementRow) -> None:
        self._row = row
        self.fees_minor = fees(row.fees_minor, row.currency)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class EngagementsPage(CoveredRoom):
    """N opens an engagement, Enter goes to its client, Ctrl+F filters, Ctrl+Shift+V turns the table into a board."""

    name, icon = "engagements", "briefcase"
    SHOWS = frozenset(
        {"engagement", "client", "party", "advice", "trust", "fee", "follow_up", "attachment", "practice"}
    )
    _whole = 0

    def parts(self) -> Iterator[None]:
        split = SideBySide(575)
        self.set_page(split)
        self.filters, self._turns = Filters(self.desk), Turns(self)
        self._board: Board | None = None
        yield
        self.table = self._table()
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self.table)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._bodies, 1)
        self.pane = Pane(engagement_word(plural=True), body)
        self._build_head()
        yield
        split.left.hold(self.pane)
        yield
        self.view = EngagementView(self, self._acts, self._more, self.keep_sheet)
        split.right.hold(self.view)
        yield
        self._typing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._typing.timeout.connect(self._search)
        self.table.picked.connect(self.view.show_engagement)
        self.table.activated_record.connect(self._open_client)
        self.table.typed.connect(self._on_letter)
        self.table.loaded.connect(self._on_loaded)
        self.filters.changed.connect(self._narrow)
        on_key("N", self.table, self.write, "itself")
        on_key(QKeySequence.StandardKey.New, self, self.write)
        self.view.left.connect(self._back_to_list)
        for command in self.commands():
            if command.keys:
                on_key(command.keys, self, _when_possible(command))
        if kept_view() == "board":
            self.show_board(True, keep=False)

    @property
    def board(self) -> Board:
        """The board, made when it is first looked at."""
        if self._board is None:
            made = self._board = Board(self.desk, self._narrowed)
            made.setAccessibleName(board_words())
            made.loaded.connect(self._count)
            made.picked.connect(self.view.show_engagement)
            made.opened.connect(self._open_card)
            for column in made.columns.values():
                on_key("N", column, self.write, "itself")
            self._bodies.addWidget(made)
        return self._board

    @staticmethod
    def title() -> str:
        return engagement_word(plural=True)

    def _table(self) -> Table:
        table = Table(engagement_columns(), self._ids, self._rows, engagement_word(plural=True))
        table.rows.ask_later(lambda: self._whole > MANY)
        table.rows.failed.connect(self.desk.tell_failed)
        table.set_commands(lambda _ids: [*self.commands(), *frame.printing(self)])
        table.set_carried(self._carried)
        give_way(table, "fees_minor", "client", "next_on")
        return table

    def _build_head(self) -> None:
        self.field = ClearedLine(_("Title or client"))
        self.field.setAccessibleName(said(_("Filter matters"), _("Filter engagements"), _("Filter projects")))
        self.field.setProperty("kind", "search")
        self.field.setMaximumWidth(150)
        self.field.textChanged.connect(self._on_filter)
        self.field.returnPressed.connect(self._rest_on_list)
        on_key("Down", self.field, self._rest_on_list, "itself")
        self.open_only = ChipButton(_("Open only"), checkable=True)
        self.open_only.toggled.connect(lambda on: self.filters.take(replace(self.filters.wanted, open_only=on)))
        self.as_board = ChipButton(_("Board"), checkable=True)
        self.as_board.toggled.connect(self.show_board)
        new = button(_("New"), self.write, icon_name="plus")
        new.setAccessibleName(said(_("New matter"), _("New engagement"), _("New project")))
        for widget in (self.field, self.open_only, self.filters.open, self.as_board, new):
            self.pane.add_action(widget)
        self.pane.set_empty(nothing_yet(self.write))

    # ------------------------------------------------------------------ reading

    def _narrowed(self) -> tuple[Wanted, str]:
        return self.filters.wanted, self.field.text()

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order = (sort, descending) if sort else ("opened_on", True)
        return self.desk.ask(engagement_lists.list_engagement_ids, *order, typed, wanted=self.filters.wanted)

    def _rows(self, ids: Sequence[int]) -> Sequence[_Shown]:
        return [_Shown(row) for row in self.desk.ask(engagements.list_engagement_rows, list(ids))]

    @property
    def is_board(self) -> bool:
        """Whether the board is shown in place of the table."""
        return self._board is not None and self._bodies.currentWidget() is self._board

    def show_board(self, board: bool, keep: bool = True) -> None:
        """Show the board, or the table; which one is remembered on this computer."""
        self._turns.begin(self._turning(board, keep))
        if self._whole <= MANY or not keep:
            self._turns.finish()

    def _turning(self, board: bool, keep: bool) -> Iterator[None]:
        now = self.view.row
        shown = self.board if board else self.table
        with QSignalBlocker(self.as_board):
            self.as_board.setChecked(board)
        yield
        self._bodies.setCurrentWidget(shown)
        self.view.setVisible(not board)
        if not keep:
            return
        keep_view("board" if board else "table")
        yield
        self.refresh()
        yield
        if now is not None and not (self.board.select(now.id) if board else self.table.select(now.id)):
            self._rest_on_list()

    def refresh(self) -> None:
        self._whole = self.desk.ask(engagement_lists.last_number)
        if self.is_board:
            self.board.reload(self._whole > MANY)
            row = self.view.row
            # The page costs as much as many cards: hidden, it is read when a card is opened.
            if row is not None and not self.view.isHidden():
                self.view.show_engagement(row.id)
        else:
            self.table.reload()
            if not self.table.rows.loading:
                self._after_filter()
            self.view.show_engagement(self.table.current_id())

    def _narrow(self) -> None:
        """List what is narrowed otherwise now; the engagement in view is the same and needs no second look."""
        if self.is_board:
            self.board.reload(self._whole > MANY)
        else:
            self.table.reload()
            if not self.table.rows.loading:
                self._after_filter()

    def _on_loaded(self) -> None:
        if not self.is_board:
            self._after_filter()

    def _count(self, count: int) -> None:
        self.pane.set_note(text.current().number(count) if count else "")
        self.pane.show_empty(self._whole == 0)

    def _after_filter(self) -> None:
        count = self.table.rows.rowCount()
        self._count(count)
        if self.table.current_id() is None and count:
            self.table.select(self.table.rows.id_at(0) or 0)
        elif self.table.current_id() is None:
            self.view.show_engagement(None)

    def show_record(self, record: int) -> None:
        """Show one engagement, whatever was filtered before."""
        if self.is_board:
            self.view.setVisible(True)
            if not self.board.select(record):
                self._take_all()
                self.board.reload()
                self.board.select(record)
            self.view.show_engagement(record)
            return
        if not self.table.select(record):
            self._take_all()
            self.table.select(record)
        if self.form is None:
            self.table.setFocus()

    def _take_all(self) -> None:
        self.field.clear()
        self._search()
        self.open_only.setChecked(False)
        self.filters.take(ALL)

    def current_record(self) -> int | None:
        """The engagement in view, for the way back to it."""
        return self.view.row.id if self.view.row else None

    def listing(self) -> QWidget:
        if self._whole == 0:
            return self.pane.keyboard_place()
        return self.board.resting_place() if self.is_board else self.table

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

    def _rest_on_list(self) -> None:
        self._search()
        self.listing().setFocus()

    def _back_to_list(self) -> None:
        if self.is_board:
            self.view.setVisible(False)
        self.listing().setFocus()

    def _on_letter(self, letter: str) -> None:
        self.field.setText(letter)
        self.field.setFocus()

    def _on_filter(self, _typed: str) -> None:
        if self._whole > MANY:
            self._typing.start()
        else:
            self._search()

    def _search(self) -> None:
        self._typing.stop()
        if self.is_board:
            self.board.reload(self._whole > MANY)
        self.table.filter(self.field.text())
        if not self.is_board and not self.table.rows.loading:
            self._after_filter()

    def _open_client(self, _record: int) -> None:
        if self.view.row is not None:
            frame.show(self, "clients", self.view.row.client_id)

    def _open_card(self, record: int) -> None:
        self.view.setVisible(True)
        self.view.show_engagement(record)

    # ------------------------------------------------------------------ doing

    def commands(self) -> Sequence[Command]:
        """What can be done with the engagement in view."""
        return commands_for(self)

    def printed(self) -> Sequence[Printed]:
        return printing.printed(self)

    def _more(self) -> Sequence[Command]:
        return [each for each in self.commands() if each.possible()]

    def _acts(self, row: EngagementRow) -> Sequence[Act]:
        return [
            (_("Log advice"), lambda: frame.log_advice(self, row.client_id, self.current_engagement())),
            (_("Change stage"), lambda: self.change_stage(row)),
            (_("Add party"), lambda: self.add_role(row)),
            (_("Edit"), lambda: self.edit(row)),
        ]

    def show_tab(self, tab: str) -> None:
        """Bring one tab of the engagement into view."""
        self.view.setVisible(True)
        self.view.choose(tab)
        self.view.take_focus()

    def _carried(self, ids: Sequence[int]) -> QMimeData | None:
        rows = self.desk.ask(engagements.list_engagement_rows, list(ids[:1]))
        path = calendar.dates_file(self, rows[0]) if rows else None
        return None if path is None else mime_of(path)

    def keep_sheet(self, printing: bool) -> None:
        """Save the decision sheet of the engagement in view, or print it."""
        if self.view.row is not None:
            calendar.keep_sheet(self, self.view.row, printing)

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

        title = said(_("New matter"), _("New engagement"), _("New project"))
        main = said(_("Open the matter"), _("Open the engagement"), _("Open the project"))
        self.ask(title, form, main, add, width=WIDE)
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
        asking.ask_stage(self, row)

    def add_role(self, row: EngagementRow) -> None:
        """Put somebody into a role; one who is not known yet becomes a party."""
        asking.ask_role(self, row)

    def note_deadline(self, row: EngagementRow) -> None:
        """Note a date that must not be missed."""
        asking.ask_deadline(self, row)

    def note_outside(self, row: EngagementRow) -> None:
        """Note what was asked for outside of what was agreed."""
        asking.ask_out_of_scope(self, row, row.currency)

    def begin_period(self, row: EngagementRow) -> None:
        """Begin the next period from this one."""
        asking.ask_next_period(self, row)


def _when_possible(command: Command) -> Any:
    return lambda: command.do() if command.possible() else None
