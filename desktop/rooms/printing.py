"""What can be printed of a room: each thing with its name, how many rows it has, and how its paper is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.jobs import Progress
from desktop.text import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper
    from desktop.reports.record_sheet import Part
    from desktop.widgets.table import Table

AT_ONCE = 500  # rows read in one go: between two of them the user may give up
STRETCHED = 240  # what a column that takes the rest of the window is worth on paper, in pixels


@dataclass(frozen=True)
class Printed:
    """One thing to print. `make` runs on another thread and raises Cancelled where `progress` does.

    `name` is what it is called, on its tab and in the name of its file; `rows` how many rows a list has. It is the one
    that is meant where the keyboard is inside `part`.
    """

    name: str
    make: Callable[[Progress], Paper]
    rows: int = 0
    part: QWidget | None = None
    most: Callable[[int], Printed] | None = None


def listed(
    desk: OpenPractice,
    table: Table,
    title: str,
    narrowed: Sequence[str] = (),
    *,
    rows: Callable[[Sequence[int]], Sequence[Any]] | None = None,
    ids: Sequence[int] | None = None,
    note: str = "",
    part: QWidget | None = None,
) -> Printed:
    """A table as it stands in view: its columns, its order, its filter, which `narrowed` says in words.

    `rows` reads the rows where the table's own would show more than paper may.
    """
    from desktop.reports.listing import ListedColumn

    header, model = table.horizontalHeader(), table.rows
    places = sorted(range(len(model.columns)), key=header.visualIndex)
    seen = [at for at in places if not table.isColumnHidden(at) and model.columns[at].kind != "spark"]
    shown = [model.columns[at] for at in seen]
    columns = [
        ListedColumn(
            column.title,
            STRETCHED if column.stretch else header.sectionSize(at),
            column.kind == "number" or column.align == "right",
        )
        for at, column in zip(seen, shown, strict=True)
    ]
    # The list as it is now: what is changed while it is printed stands on the next print.
    every = list(model.ids_between(0, model.rowCount())) if ids is None else ids
    read = rows or model.read_rows

    def make(progress: Progress, most: int | None = None) -> Paper:
        from desktop.reports import listing

        wanted, told = every[:most], list[list[str]]()
        for start in range(0, len(wanted), AT_ONCE):
            progress(start, len(wanted))
            some = wanted[start : start + AT_ONCE]
            found = {row.id: row for row in read(some)}
            told += [[column.text(found[one]) for column in shown] for one in some if one in found]
        group = listing.ListedGroup(told)
        moment = dt.datetime.now().astimezone()
        facts = desk.ask(listing.facts, title, columns, [group], moment, narrowed=narrowed, note=note)
        return listing.render(facts, progress=progress)

    def first(most: int) -> Printed:
        return Printed(title, lambda progress: make(progress, most), min(most, len(every)), part)

    return Printed(title, make, len(every), part or table, first)


def lines(
    desk: OpenPractice, title: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]
) -> Printed:
    """Rows that stand in no table of the window, under columns with their widths."""

    def make(progress: Progress) -> Paper:
        from desktop.reports import listing

        shown, moment = [listing.ListedColumn(*each) for each in columns], dt.datetime.now().astimezone()
        facts = desk.ask(listing.facts, title, shown, [listing.ListedGroup(rows)], moment)
        return listing.render(facts, progress=progress)

    return Printed(title, make, len(rows))


def told(
    desk: OpenPractice,
    name: str,
    kind: str,
    title: str,
    small: Sequence[str],
    states: Sequence[str],
    parts: Callable[[], Sequence[Part]],
    part: QWidget | None = None,
) -> Printed:
    """One record: `parts` reads what stands under its headings, on another thread."""

    def make(_progress: Progress) -> Paper:
        from desktop.reports import record_sheet

        moment = dt.datetime.now().astimezone()
        return record_sheet.render(desk.ask(record_sheet.facts, kind, title, small, states, parts(), moment))

    return Printed(name, make, part=part)


def of_family(desk: OpenPractice, name: str, kind: str, **about: Any) -> Printed:
    """A report by its name in family.KINDS, in the language of its reader; `about` are fields of Asked."""

    def make(progress: Progress) -> Paper:
        from desktop.reports import family

        asked = family.Asked(dt.datetime.now().astimezone(), writer=desk.practice.who, **about)
        return family.make(desk.ask, family.kind_of(kind), asked, progress).paper

    return Printed(name, make)


def show_paper(room: QWidget, desk: OpenPractice, printed: Printed) -> QWidget:
    """Lay one thing that can be printed over its room, as it will be printed."""
    from desktop.rooms.print_sheet import PrintSheet

    sheet = PrintSheet(desk, room, [printed], printed)
    sheet.lay()
    return sheet


def print_note(room: QWidget, desk: OpenPractice, advice_id: int, number: str) -> QWidget:
    """Show the note on a recorded entry as it will be printed."""
    name = _("Advice note {number}").format(number=number)
    return show_paper(room, desk, of_family(desk, name, "advice-note", advice_id=advice_id))


def print_history(room: QWidget, desk: OpenPractice, client_id: int, client: str) -> QWidget:
    """Show the whole advisory history of a client as it will be printed."""
    name = _("Advisory history of {name}").format(name=client)
    return show_paper(room, desk, of_family(desk, name, "advice-history", client_id=client_id))


def print_hand_over(room: QWidget, desk: OpenPractice, client_id: int, client: str) -> QWidget:
    """Show what a successor must know of a client as it will be printed."""
    name = _("Hand-over of {name}").format(name=client)
    return show_paper(room, desk, of_family(desk, name, "hand-over", client_id=client_id))


def typed_words(typed: str) -> list[str]:
    """What was typed into a room's filter, in quotation marks; nothing where it is empty."""
    from desktop import text

    return [text.current().quoted(typed.strip())] if typed.strip() else []


def show_print(asker: QWidget, desk: OpenPractice) -> QWidget | None:
    """Print what is in view in the room in view: what lies over it, or what it says itself can be printed.

    None where there is nothing to print.
    """
    from PySide6.QtWidgets import QApplication

    from desktop.rooms import frame
    from desktop.rooms.print_sheet import PrintSheet
    from desktop.widgets.overlay import Overlay

    window = frame.frame_of(asker)
    if window is None or not window.current_room():
        return None
    room = window.open_room(window.current_room())
    over = [each for each in room.findChildren(Overlay) if each.isVisible()]
    lying: Any = over[-1] if over else room
    if hasattr(lying, "print_out"):
        lying.print_out()
        return room  # type: ignore[no-any-return]
    every = list(room.printed()) if lying is room else []
    if not every:
        return None
    here = QApplication.focusWidget()
    meant = next((one for one in every if one.part is not None and here is not None and _holds(one.part, here)), None)
    sheet = PrintSheet(desk, room, every, meant or every[0])
    sheet.lay()
    return sheet


def _holds(part: QWidget, here: QWidget) -> bool:
    return part is here or part.isAncestorOf(here)


def file_name(name: str) -> str:
    """A name for the PDF that every system can write."""
    from db.exchange.export import file_named

    return file_named(f"{name}, {dt.date.today()}.pdf")


def nothing_words() -> str:
    """What is said where a room has nothing to print."""
    return _("There is nothing to print on this page.")
