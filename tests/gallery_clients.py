"""The table of clients in pictures: filters, views, columns, menus, many selected, and nobody to list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

MOMENT = 350


def pictures(open_room: Callable[[str], Any]) -> Iterator[tuple[str, Callable[[], object], int]]:
    """Name, what to arrange, and how long to wait before the picture is taken."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication

    from db.client_lists import Condition

    def fresh() -> Any:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        page = open_room("clients")
        page.take_off()
        page.clear_filters()
        page.table.forget_shape()
        page.table.sort("name")
        page.table.select(page.table.rows.id_at(1))
        return page

    def filtered(*conditions: Condition) -> Any:
        page = fresh()
        page.filters.set_conditions(conditions)
        return page

    def chosen() -> None:
        page = fresh()
        for key in ("number", "next_on", "responsible", "tags", "city", "since"):
            page.table.choose(key, True)
        page.table.choose("trust", False)

    def menu() -> None:
        page = fresh()
        page.table.menu().popup(page.table.mapToGlobal(QPoint(120, 90)))

    def saved() -> None:
        page = filtered(Condition("grade", "A"))
        page.views.save("Priority A")
        page.views.offer()

    grade = Condition("grade", "A")
    many = (grade, Condition("standing", "client"), Condition("no contact", 30), Condition("concern"))
    yield "clients-filter", partial(filtered, grade), MOMENT
    yield "clients-filters-many", partial(filtered, *many), MOMENT
    yield "clients-filter-menu", lambda: fresh().filters.offer(), MOMENT
    yield "clients-nobody-fits", partial(filtered, Condition("city", "Nowhere")), MOMENT
    yield "clients-views", saved, MOMENT
    yield "clients-view-name", lambda: fresh().views.ask_name(), MOMENT
    yield "clients-columns-menu", lambda: fresh().table.offer_columns(), MOMENT
    yield "clients-columns-chosen", chosen, MOMENT
    yield "clients-selected", lambda: fresh().table.selectAll(), MOMENT
    yield "clients-menu", menu, MOMENT
    yield "clients-many-standing", lambda: (fresh().table.selectAll(), open_room("clients").bulk.ask_standing()), MOMENT
    yield "clients-again", fresh, MOMENT
