"""The saved views of the room: the menu at its title, and the small form in which one gets its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from db import views
from db.client_lists import Condition
from db.views import ViewRow
from desktop.rooms.clients.filtering import Filters
from desktop.rooms.covered import CoveredRoom
from desktop.text import _
from desktop.widgets.fields import TextField
from desktop.widgets.form import Form
from desktop.widgets.ink import icon, tip
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from db.practice import Done


class Views(QPushButton):
    """The arrow at the title. A view keeps the conditions and the order of the rows; `on_chosen` hears its name."""

    def __init__(
        self,
        room: CoveredRoom,
        filters: Filters,
        table: Table,
        typed: Callable[[], str],
        on_chosen: Callable[[], object],
    ) -> None:
        super().__init__(icon("chevron-down"), "")
        self._room, self._filters, self._table, self._typed, self._on_chosen = room, filters, table, typed, on_chosen
        self.current: ViewRow | None = None
        self.setProperty("kind", "bare")
        self.setIconSize(QSize(14, 14))
        self.setAccessibleName(_("Saved views"))
        tip(self, _("Saved views"))
        self.clicked.connect(self.offer)

    def offer(self) -> None:
        """Open the menu of the views."""
        self.menu_of_views().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of_views(self) -> QMenu:
        """Everybody, each saved view, and what can be done with the one shown."""
        menu, now = QMenu(self), self.current
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        everybody = menu.addAction(_("All clients"), self.show_everybody)
        everybody.setCheckable(True)
        everybody.setChecked(now is None and not self._filters.conditions)
        for view in self._room.desk.ask(views.list_views, self._room.name):
            action = menu.addAction(view.name.replace("&", "&&"), partial(self.choose, view))
            action.setCheckable(True)
            action.setChecked(now is not None and view.id == now.id)
        menu.addSeparator()
        menu.addAction(_("Save as a new view …"), self.ask_name)
        if now is not None:
            said = now.name.replace("&", "&&")
            menu.addAction(_("Save the changes to “{name}”").format(name=said), partial(self.save, now.name))
            menu.addAction(_("Rename “{name}” …").format(name=said), partial(self.ask_rename, now))
            menu.addAction(_("Delete “{name}”").format(name=said), partial(self.delete, now))
        return menu

    def choose(self, view: ViewRow) -> None:
        """List what a view lists, in its order."""
        self.current = view
        value = view.value
        conditions = [
            Condition(kind, tuple(told) if isinstance(told, list) else told) for kind, told in value["conditions"]
        ]
        self._table.rows.sort_key, self._table.rows.descending = value["sort"], value["descending"]
        self._table.horizontalHeader().viewport().update()
        self._filters.set_conditions(conditions)
        self._on_chosen()

    def show_everybody(self) -> None:
        """List all clients."""
        self.current = None
        self._filters.set_conditions(())
        self._on_chosen()

    def refresh(self) -> None:
        """Look again at the name of the view that is shown: it may be renamed, or gone."""
        if self.current is not None:
            known = {view.id: view for view in self._room.desk.ask(views.list_views, self._room.name)}
            self.current = known.get(self.current.id)

    def _value(self) -> dict[str, Any]:
        conditions = [[one.kind, one.value] for one in self._filters.conditions]
        if self._typed().strip():
            conditions.append(["text", self._typed().strip()])
        return {"conditions": conditions, "sort": self._table.rows.sort_key, "descending": self._table.rows.descending}

    def save(self, name: str) -> Done:
        """Keep what is listed now under a name, and show that view."""
        done = self._room.desk.do(views.save_view, self._room.name, name, self._value())
        known = self._room.desk.ask(views.list_views, self._room.name)
        self.choose(next(view for view in known if view.id == done.result))
        return done

    def ask_name(self) -> None:
        """Ask for the name under which what is listed now is kept."""
        form = Form([[("name", TextField(_("Name of the view"), _("for example Priority A")), 1)]])
        note = _("Everybody in the practice finds it at the title")
        self._room.ask(_("Save view"), form, _("Save the view"), lambda values: self.save(values["name"]), note)

    def ask_rename(self, view: ViewRow) -> None:
        """Ask for another name of a view."""
        form = Form([[("name", TextField(_("Name of the view")), 1)]])
        form.set_values({"name": view.name})
        rename = lambda values: self._room.desk.do(views.rename_view, view.id, values["name"])  # noqa: E731
        self._room.ask(_("Rename view"), form, _("Rename it"), rename)

    def delete(self, view: ViewRow) -> None:
        """Delete a view; what it listed stays listed."""
        self._room.desk.attempt(lambda: self._room.desk.do(views.delete_view, view.id))
