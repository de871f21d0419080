"""The Clients room: everybody as a table, filtered as one types, and beside it the page of the current client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from db import client_lists, clients, custom_fields, parties
from db.clients import NewClient
from db.parties import PartyRow
from desktop import text
from desktop.rooms import frame
from desktop.rooms.clients import printing
from desktop.rooms.clients.bulk import BulkBar, show_reports
from desktop.rooms.clients.carrying import carried
from desktop.rooms.clients.client import ClientView
from desktop.rooms.clients.columns import CUSTOM, Shown, ShownMet, client_columns
from desktop.rooms.clients.filtering import MET, Filters
from desktop.rooms.clients.form import ClientForm, file_form
from desktop.rooms.clients.met import MetRow, MetView
from desktop.rooms.clients.offering import commands_for
from desktop.rooms.clients.views import Views
from desktop.rooms.covered import WIDE, CoveredRoom
from desktop.rooms.frame import decline_enquiry, take_on
from desktop.rooms.narrow import give_way
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.command import Command, listen
from desktop.widgets.empty import Empty
from desktop.widgets.keys import on_key
from desktop.widgets.pane import Pane, SideBySide
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed

# With more clients than these the list comes from a job: until it is there, the old one stays.
MANY = 5000
CALM_MS = 60


class ClientsPage(CoveredRoom):
    """Enter goes to the client's page, N adds a client, Ctrl+F or any letter filters, + adds a filter."""

    name, icon = "clients", "users"
    SHOWS = frozenset(
        {"client", "party", "advice", "trust", "engagement", "follow_up", "fee", "attachment", "party_link", "setting"}
        | {"insight", "referral", "review"}
    )

    def parts(self) -> Iterator[None]:
        desk, split = self.desk, SideBySide(606)
        self.set_page(split)
        self._custom = self._custom_names()
        self.table = Table(client_columns(self._custom), self._ids, self._rows, _("Clients"), many=True)
        self.table.rows.ask_later(self._is_large)
        self.table.rows.failed.connect(desk.tell_failed)
        self.table.set_commands(lambda ids: commands_for(self, ids))
        self.table.set_carried(lambda ids: carried(desk, [one for one in ids if one > 0]))
        give_way(self.table, "trust", "fees_minor", "grade", "last_contact")
        yield
        self.pane = Pane(_("Clients"), self.table)
        self.filters = Filters(desk)
        self.views = Views(self, self.filters, self.table, lambda: self.field.text(), self._on_view)
        self.bulk = BulkBar(self, self._selected, self._select_current)
        self._build_head()
        self._empty_words = _("Add the first one here, or bring in a whole address book under Import and export.")
        bring = (_("Import an address book"), lambda: frame.show(self, "exchange"))
        self._empty = Empty("users", _("No clients yet"), self._empty_words, _("New client"), self.write, bring)
        clear = _("Take a filter off, or look for another word.")
        self._none = Empty("filter", _("Nobody fits these filters"), clear, _("Clear the filters"), self.clear_filters)
        self.pane.set_empty(self._empty)
        yield
        split.left.hold(self.pane)
        yield
        self._beside = QStackedWidget()
        split.right.hold(self._beside)
        self.view = ClientView(self)
        self._beside.addWidget(self.view)
        yield
        self.met = MetView(desk)
        self.met.wanted.connect(self.open_file)
        self._beside.addWidget(self.met)
        yield
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(lambda: self._show(self.table.current_id(), in_turns=True))
        self.table.picked.connect(self._on_picked)
        self.table.loaded.connect(self._on_loaded)
        self.table.selection_counted.connect(lambda _count: self.bulk.show_count(self.table.selected_count()))
        self.table.activated_record.connect(lambda _record: self.enter())
        self.table.typed.connect(self._on_letter)
        on_key("N", self.table, self.write, "itself")
        on_key("+", self.table, self.filters.offer, "itself")
        on_key("Del", self.table, self.bulk.delete, "itself")
        on_key(QKeySequence.StandardKey.New, self, self.write)
        on_key("Esc", self.view.timeline, self.table.setFocus, "itself")
        self._own = self._own_commands()
        listen(self._own, self)

    def _own_commands(self) -> list[Command]:
        return [
            Command(_("New client"), self.write, "", "user-plus"),
            Command(_("Change the client's details"), self.view.edit, "F2", "pencil"),
            Command(_("Take on"), lambda: self.view.decide(take_on), "Alt+T", "user-check", self.view.is_enquiry, True),
            Command(_("Decline"), lambda: self.view.decide(decline_enquiry), "Alt+D", "x", self.view.is_enquiry),
            Command(_("Add a filter"), self.filters.offer, "Alt+F", "filter"),
            Command(_("Clear the filters"), self.clear_filters, "Alt+Backspace", "x", self._is_narrowed),
            Command(_("Saved views of clients"), self.views.offer, "Alt+V", "list"),
            Command(_("Choose the columns"), self.table.offer_columns, "Alt+C", "sliders-horizontal"),
            Command(_("Reports for all clients in the list"), self._report, "", "file-text"),
            Command(_("Select all clients in the list"), self.table.selectAll, "", "square-check"),
            *printing.commands(self),
        ]

    def commands(self) -> Sequence[Command]:
        return [*self._own, *self.view.adding]

    def printed(self) -> Sequence[Printed]:
        return printing.printed(self)

    def _build_head(self) -> None:
        self.field = ClearedLine(_("Name or number"))
        self.field.setAccessibleName(_("Filter clients"))
        self.field.setProperty("kind", "search")
        self.field.setMaximumWidth(150)
        self.field.textChanged.connect(self._on_filter)
        self.field.hide()
        on_key("Esc", self.field, self._end_search, "itself")
        on_key("Down", self.field, self.table.setFocus, "itself")
        self.field.returnPressed.connect(self.table.setFocus)
        new = button(_("New"), self.write, icon_name="plus")
        new.setAccessibleName(_("New client"))
        for widget in (self.field, self.filters, self.filters.add, new):
            self.pane.add_action(widget)
        self.pane.add_beside_title(self.views)
        self.pane.add_under_head(self.filters.strip)
        self.pane.add_foot(self.bulk)
        self.filters.changed.connect(self.table.reload)
        self.filters.asked_text.connect(self.start_search)

    @staticmethod
    def title() -> str:
        return _("Clients")

    # ------------------------------------------------------------------ reading

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        # Called on a job's thread where the clients are many: it reads what was asked for once.
        asked, found = self.filters.conditions, list[int]()
        if MET not in asked:
            ask = client_lists.list_client_ids
            found = self.desk.ask(ask, sort or "name", descending, typed, conditions=asked)
        if MET in asked or (typed.strip() and not asked):
            met = self.desk.ask(parties.list_party_ids, typed, descending and sort == "name")
            found = [*found, *(-one for one in met)]
        return found

    def _rows(self, ids: Sequence[int]) -> Sequence[Shown | ShownMet]:
        # What is not on the screen is not read: on a large file each part of a row costs some milliseconds.
        parts = {"custom" if key.startswith(CUSTOM) else key for key in self.table.chosen()}
        served = self.desk.ask(client_lists.list_client_rows, [one for one in ids if one > 0], parts=parts)
        met = self.desk.ask(parties.list_party_rows, [-one for one in ids if one < 0])
        return [*map(Shown, served), *(ShownMet(MetRow.of(row)) for row in met)]

    def _custom_names(self) -> list[str]:
        return [field.name for field in self.desk.ask(custom_fields.list_fields, "client")]

    def refresh(self) -> None:
        custom = self._custom_names()
        if custom != self._custom:
            self._custom = custom
            self.table.set_columns(client_columns(custom))
        self.views.refresh()
        self.table.reload()
        if self.table.rows.loading:
            self._on_picked(self.table.current_id())

    def _on_loaded(self) -> None:
        self._show_count()
        now = self.table.current_id()
        if now is None and self.table.rows.rowCount():
            self.table.select(self.table.rows.id_at(0) or 0)
        elif now is None:
            self._show(None)

    def _on_picked(self, record: int | None) -> None:
        # On a large file the client's page comes a moment after the row, so that walking and typing never wait for it.
        if record is not None and self._is_large():
            self._calm.start()
        else:
            self._show(record)

    def _is_large(self) -> bool:
        return self.desk.ask(client_lists.count_everybody) > MANY

    def _show(self, record: int | None, in_turns: bool = False) -> None:
        met = record is not None and record < 0
        show = self.view.begin_showing if in_turns else self.view.show_client
        show(None if met else record)
        if record is not None and met:
            self.met.show_party(-record)
        self._beside.setCurrentIndex(int(met))

    def _show_count(self) -> None:
        count = self.table.rows.rowCount()
        view = self.views.current
        self.pane.set_title(
            view.name if view is not None else _("Clients"), text.current().number(count) if count else ""
        )
        self.pane.show_instead(None if count else self._none if self._is_narrowed() else self._empty)
        if not count and not self._is_narrowed():
            met = len(self.desk.ask(parties.list_party_ids))
            on_file = ngettext("{n} name is on file already.", "{n} names are on file already.", met)
            said = _("Open a file on one of them: write the name, or look through them under + Filter.")
            self._empty.words.setText(f"{on_file} {said}" if met else self._empty_words)

    def _is_narrowed(self) -> bool:
        return bool(self.filters.conditions or self.field.text().strip())

    def show_record(self, record: int) -> None:
        """Show one client, or by the negative of its id a party, whatever was filtered before.

        A form that lies over the page stays.
        """
        if record < 0:
            rows = self.desk.ask(parties.list_party_rows, [-record])
            record = rows[0].client_id or record if rows else record
        if not self.table.select(record):
            self.views.current = None
            self.field.clear()
            self.filters.set_conditions([MET] if record < 0 else ())
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

    def clear_filters(self) -> None:
        """List all clients, in the order that is."""
        self.field.clear()
        self.field.hide()
        self.views.show_everybody()
        self.table.setFocus()

    def _on_view(self) -> None:
        if self.field.text():
            self.field.clear()
            self.field.hide()
        self._show_count()

    # ------------------------------------------------------------------ several at once

    def _selected(self) -> list[int]:
        return [one for one in self.table.selected_ids() if one > 0]

    def _listed(self) -> list[int]:
        rows = self.table.rows
        return [one for one in rows.ids_between(0, rows.rowCount()) if one > 0]

    def _report(self) -> None:
        listed = self._listed()
        if listed:
            show_reports(self, listed)

    def _select_current(self) -> None:
        now = self.table.current_id()
        if now is not None:
            self.table.select(now)
        self.table.setFocus()

    # ------------------------------------------------------------------ doing

    def enter(self) -> None:
        """Go to the page of the current client."""
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
