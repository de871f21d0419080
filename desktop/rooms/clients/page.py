"""The Clients room: everybody as a table, filtered as one types, and beside it the page of the current client."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QWidget

from db import clients, parties
from db.clients import ClientRow, NewClient
from db.parties import PartyRow
from db.words import Grade, Standing
from desktop import text
from desktop.rooms.clients.client import ClientView
from desktop.rooms.clients.form import ClientForm, file_form
from desktop.rooms.clients.met import ON_FILE, MetRow, MetView
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.words import TONES, ago, choices, fees, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
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
        standings = (*get_args(Standing), "quiet", "at risk")
        columns = [
            Column("name", _("Name"), 146, "strong", stretch=True),
            Column(
                "shown_standing",
                _("Standing"),
                104,
                "chip",
                tones=TONES,
                show=word,
                values=standings,
            ),
            Column("grade", _("Grade"), 59),
            Column("trust", _("Trust"), 72, "spark", sortable=False),
            Column("last_contact", _("Last contact"), 91, "muted", show=ago),
            Column("fees_minor", _("Fees, 12 mo"), 90, "number"),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Clients"))
        give_way(self.table, "trust", "fees_minor", "grade", "last_contact")
        self.pane = Pane(_("Clients"), self.table)
        self._build_head()
        self._empty_words = _("Add the first one here, or bring in a whole address book under Import and export.")
        self._empty = Empty("users", _("No clients yet"), self._empty_words, _("New client"), self.write)
        self.pane.set_empty(self._empty)
        self.view, self.met = ClientView(self), MetView(desk)
        self.met.wanted.connect(self.open_file)
        self._beside = QStackedWidget()
        self._beside.addWidget(self.view)
        self._beside.addWidget(self.met)
        self.set_page(side_by_side(self.pane, self._beside, 606))
        self.table.picked.connect(self._show)
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
        self.field.setMaximumWidth(150)
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
        new = button(_("New"), self.write, icon_name="plus")
        new.setAccessibleName(_("New client"))
        for widget in (self.field, self._standing_chip, self._grade_chip, self._filter_chip, new):
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
        self._menu.addSeparator()
        self._menu.addAction(_("On file, but no client"), partial(self.choose, ON_FILE, None))

    @staticmethod
    def title() -> str:
        return _("Clients")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        order, narrowed = (sort or "name", descending, typed), self._standing or self._grade
        found: list[int] = []
        if self._standing != ON_FILE:
            found = self.desk.ask(clients.list_client_ids, *order, standing=self._standing, grade=self._grade)
        if self._standing == ON_FILE or (typed.strip() and not narrowed):
            met = self.desk.ask(parties.list_party_ids, typed, descending and sort == "name")
            found = [*found, *(-one for one in met)]
        return found

    def _rows(self, ids: Sequence[int]) -> Sequence[_Shown | MetRow]:
        served = self.desk.ask(clients.list_client_rows, [one for one in ids if one > 0])
        met = self.desk.ask(parties.list_party_rows, [-one for one in ids if one < 0])
        return [*map(_Shown, served), *map(MetRow.of, met)]

    def refresh(self) -> None:
        self.table.reload()
        self._show_count()
        if self.table.current_id() is None and self.table.rows.rowCount():
            self.table.select(self.table.rows.id_at(0) or 0)
        self._show(self.table.current_id())

    def _show(self, record: int | None) -> None:
        met = record is not None and record < 0
        self.view.show_client(None if met else record)
        if record is not None and met:
            self.met.show_party(-record)
        self._beside.setCurrentIndex(int(met))

    def _show_count(self) -> None:
        count = self.table.rows.rowCount()
        self.pane.set_note(text.current().number(count) if count else "")
        nobody = count == 0 and not (self.field.text() or self._standing or self._grade)
        self.pane.show_empty(nobody)
        if nobody:
            met = len(self.desk.ask(parties.list_party_ids))
            on_file = ngettext("{n} name is on file already.", "{n} names are on file already.", met)
            said = _("Open a file on one of them: write the name, or look through them under + Filter.")
            self._empty.words.setText(f"{on_file} {said}" if met else self._empty_words)

    def show_record(self, record: int) -> None:
        """Show one client, or by the negative of its id a party, whatever was filtered before.

        A form that lies over the page stays.
        """
        if record < 0:
            rows = self.desk.ask(parties.list_party_rows, [-record])
            record = rows[0].client_id or record if rows else record
        if not self.table.select(record):
            self.field.clear()
            self.choose(ON_FILE if record < 0 else None, None)
            self.table.select(record)
        if self.form is None:
            self.table.setFocus()

    def current_client(self) -> int | None:
        """The client whose page is in view."""
        now = self.table.current_id()
        return now if now is not None and now > 0 else None

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
            self._show(None)

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
        now = self.table.current_id()
        if now is not None and now < 0:
            self.open_file(-now)
            return
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

        form.met.connect(self._on_met)
        self.ask(_("New client"), form, _("Add the client"), add, width=WIDE)

    def _on_met(self, row: PartyRow) -> None:
        self.take_off()
        if row.client_id is not None:
            self.show_record(row.client_id)
        else:
            self.open_file(row.id)

    def open_file(self, party_id: int) -> None:
        """Make a client of a party that is on file."""
        rows = self.desk.ask(parties.list_party_rows, [party_id])
        if not rows:
            return

        def add(values: dict[str, Any]) -> Any:
            done = self.desk.do(clients.add_client, NewClient(party_id=party_id, **values))
            self.show_record(int(str(done.result)))
            return done

        form = file_form(self.desk)
        form.set_values({"standing": "client"})
        note = _("Name, contacts and addresses stay as they are on file")
        self.ask(rows[0].name, form, _("Open the file"), add, note)
