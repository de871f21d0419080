"""The Clients room: everybody as a table, filtered as one types, and beside it the page of the current client."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from db import clients
from db.clients import ClientRow
from db.words import Grade, Standing
from desktop import text
from desktop.rooms.clients.client import ClientView
from desktop.rooms.clients.form import ClientForm
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.words import TONES, ago, choices, fees, word
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.empty import Empty
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, side_by_side
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class _Shown:
    """A client's row with its amounts as they are read; everything else is the row's own."""

    def __init__(self, row: ClientRow) -> None:
        self._row = row
        self.fees_minor = fees(row.fees_minor, row.currency)
        self.name = row.listed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class ClientsPage(CoveredRoom):
    """Enter goes to the client's page, N adds a client, Ctrl+F or any letter filters."""

    name, icon = "clients", "users"
    SHOWS = frozenset(
        {"client", "party", "advice", "trust", "engagement", "follow_up", "fee", "attachment", "party_link"}
    )

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self._standing: str | None = None
        self._grade: str | None = None
        columns = [
            Column("name", _("Name"), 146, "strong", stretch=True),
            Column("shown_standing", _("Standing"), 104, "chip", tones=TONES, show=word),
            Column("grade", _("Grade"), 59),
            Column("trust", _("Trust"), 72, "spark", sortable=False),
            Column("last_contact", _("Last contact"), 91, "muted", show=ago),
            Column("fees_minor", _("Fees, 12 mo"), 90, "number"),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Clients"))
        self.pane = Pane(_("Clients"), self.table)
        self._build_head()
        self.pane.set_empty(
            Empty(
                "users",
                _("No clients yet"),
                _("Add the first one here, or bring in a whole address book under Import and export."),
                _("New client"),
                self.write,
            )
        )
        self.view = ClientView(self)
        self.set_page(side_by_side(self.pane, self.view, 575))
        self.table.picked.connect(self.view.show_client)
        self.table.activated_record.connect(lambda _record: self._enter())
        self.table.typed.connect(self._on_letter)
        on_key("N", self.table, self.write, "itself")
        on_key(QKeySequence.StandardKey.New, self, self.write)
        on_key("F2", self, self.view.edit)
        on_key("Esc", self.view.timeline, self.table.setFocus, "itself")

    def _build_head(self) -> None:
        self.field = QLineEdit(placeholderText=_("Name or number"), clearButtonEnabled=True)
        self.field.setAccessibleName(_("Filter clients"))
        self.field.setProperty("kind", "search")
        self.field.setMaximumWidth(180)
        self.field.textChanged.connect(self._on_filter)
        self.field.hide()
        on_key("Esc", self.field, self._end_search, "itself")
        on_key("Down", self.field, self.table.setFocus, "itself")
        self.field.returnPressed.connect(self.table.setFocus)
        self._standing_chip, self._grade_chip = ChipButton("", "accent"), ChipButton("", "accent")
        self._standing_chip.clicked.connect(lambda _on=False: self.choose(None, self._grade))
        self._grade_chip.clicked.connect(lambda _on=False: self.choose(self._standing, None))
        self._filter_chip = ChipButton(_("+ Filter"), "neutral")
        self._filter_chip.clicked.connect(self._offer_filters)
        for widget in (self.field, self._standing_chip, self._grade_chip, self._filter_chip):
            self.pane.add_action(widget)
        self._standing_chip.hide()
        self._grade_chip.hide()
        self._menu = QMenu(self)
        for code, said in choices(Standing):
            self._menu.addAction(said, partial(self._choose_standing, code))
        self._menu.addSeparator()
        for code, _said in choices(Grade):
            said = _("Grade {grade}").format(grade=code)
            self._menu.addAction(said, partial(self._choose_grade, code))

    @staticmethod
    def title() -> str:
        return _("Clients")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order = (sort or "name", descending, typed)
        return self.desk.ask(clients.list_client_ids, *order, standing=self._standing, grade=self._grade)

    def _rows(self, ids: Sequence[int]) -> Sequence[_Shown]:
        return [_Shown(row) for row in self.desk.ask(clients.list_client_rows, list(ids))]

    def refresh(self) -> None:
        self.table.reload()
        self._show_count()
        if self.table.current_id() is None and self.table.rows.rowCount():
            self.table.select(self.table.rows.id_at(0) or 0)
        self.view.show_client(self.table.current_id())

    def _show_count(self) -> None:
        count = self.table.rows.rowCount()
        self.pane.set_note(text.current().number(count) if count else "")
        self.pane.show_empty(count == 0 and not (self.field.text() or self._standing or self._grade))

    def show_record(self, record: int) -> None:
        """Show one client, whatever was filtered before; a form that lies over the page stays."""
        if not self.table.select(record):
            self.field.clear()
            self.choose(None, None)
            self.table.select(record)
        if self.form is None:
            self.table.setFocus()

    def current_client(self) -> int | None:
        """The client whose page is in view."""
        return self.table.current_id()

    # ------------------------------------------------------------------ filtering

    def listing(self) -> QWidget:
        return self.pane.keyboard_place()

    def start_search(self) -> None:
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _end_search(self) -> None:
        self.field.clear()
        self.field.hide()
        self.table.setFocus()

    def _on_letter(self, letter: str) -> None:
        self.field.show()
        self.field.setText(letter)
        self.field.setFocus()

    def _on_filter(self, typed: str) -> None:
        self.table.filter(typed)
        self._after_filter()

    def _after_filter(self) -> None:
        self._show_count()
        if self.table.current_id() is None and self.table.rows.rowCount():
            self.table.select(self.table.rows.id_at(0) or 0)
        elif self.table.current_id() is None:
            self.view.show_client(None)

    def choose(self, standing: str | None, grade: str | None) -> None:
        """List only clients of a standing or a grade; None lists all."""
        self._standing, self._grade = standing, grade
        self._standing_chip.say(f"{word(standing or '')}  ×")
        self._grade_chip.say(f"{_('Grade {grade}').format(grade=grade)}  ×")
        self._standing_chip.setVisible(standing is not None)
        self._grade_chip.setVisible(grade is not None)
        self.table.reload()
        self._after_filter()

    def _choose_standing(self, standing: str) -> None:
        self.choose(standing, self._grade)

    def _choose_grade(self, grade: str) -> None:
        self.choose(self._standing, grade)

    def _offer_filters(self) -> None:
        self._menu.popup(self._filter_chip.mapToGlobal(self._filter_chip.rect().bottomLeft()))

    # ------------------------------------------------------------------ doing

    def _enter(self) -> None:
        self.view.timeline.setFocus()
        if self.view.timeline.moments() and not self.view.timeline.currentIndex().isValid():
            self.view.timeline.setCurrentIndex(self.view.timeline.model().index(0, 0))

    def write(self) -> None:
        """Add a client."""
        form = ClientForm(self.desk)

        def add(values: dict[str, Any]) -> Any:
            done = self.desk.do(clients.add_client, form.new_client(values))
            self.show_record(int(str(done.result)))
            return done

        self.ask(_("New client"), form, _("Add the client"), add, width=WIDE)
