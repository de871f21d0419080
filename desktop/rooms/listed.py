"""A room that lists records under tabs and tells the current one beside the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import look, text
from desktop.jobs import Question
from desktop.rooms import frame
from desktop.rooms.beside import Beside, Told
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.printing import listed, typed_words
from desktop.text import _
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.command import Command
from desktop.widgets.empty import Empty
from desktop.widgets.flow import FlowLayout
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import SideBySide
from desktop.widgets.table import Table
from desktop.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.rooms.printing import Printed


class ListedRoom(CoveredRoom):
    """The keys of its commands work on the list; one of a single letter only while the list has the focus."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self.tabs, self.beside, self.bodies = Tabs(), Beside(), QStackedWidget()
        self._titles: dict[str, str] = {}
        self._bodies: dict[str, QWidget] = {}
        self._empties: dict[str, Callable[[], Empty]] = {}
        self._made_empties: dict[str, Empty] = {}
        self.field = ClearedLine(_("Filter"))
        # The tab that is asked about: what is asked on another thread must not look at the window.
        self.tab = ""
        self._question = Question(self)
        self._question.failed.connect(desk.tell_failed)
        self._sought: tuple[int, list[str], str] | None = None
        page, split = QWidget(), SideBySide(690)
        self._outer = QVBoxLayout(page)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(split, 1)
        self.set_page(page)
        split.left.hold(self.bodies)
        self.beside.setMinimumWidth(look.px(310))
        split.right.hold(self.beside)

    # ------------------------------------------------------------------ what a room of this kind says

    def counts(self) -> dict[str, int]:
        """How many records each tab holds; asked on another thread where there are many."""
        raise NotImplementedError

    def told(self, record: int) -> Told | None:
        """A record as it is told beside the list."""
        raise NotImplementedError

    def record_commands(self) -> Sequence[Command]:
        """What can be done with the current record, the main thing first."""
        raise NotImplementedError

    def general_commands(self) -> Sequence[Command]:
        """What can be done in the room without a record."""
        raise NotImplementedError

    def commands(self) -> Sequence[Command]:
        return [*self.record_commands(), *self.general_commands()]

    def _in_menu(self) -> Sequence[Command]:
        return [*(each for each in self.commands() if each.possible()), *frame.printing(self)]

    # ------------------------------------------------------------------ building

    def add_tab(self, key: str, title: str, body: QWidget, empty: Callable[[], Empty]) -> None:
        """One tab with what it shows, and what makes that which it says while it is empty."""
        self._titles[key], self._bodies[key], self._empties[key] = title, body, empty
        self.tabs.add(key, title)
        if self.bodies.indexOf(body) < 0:
            self.bodies.addWidget(body)

    def empty(self, key: str) -> Empty:
        """What a tab says while it is empty."""
        if key not in self._made_empties:
            self._made_empties[key] = self._empties[key]()
            self.bodies.addWidget(self._made_empties[key])
        return self._made_empties[key]

    def build(self, subtitle: str, buttons: Sequence[QWidget], filters: Sequence[QWidget] = ()) -> Iterator[None]:
        """Put the head together once all tabs are there, and let the tables be heard."""
        self.field.setAccessibleName(_("Filter the list"))
        self.field.setFixedWidth(look.px(150))
        self.field.textChanged.connect(self._on_filter)
        on_key("Esc", self.field, self._leave_field, "itself")
        on_key("Down", self.field, self.rest, "itself")
        self.field.returnPressed.connect(self.rest)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(self.title(), "display"))
        words.addWidget(label(subtitle, "muted", wrap=True))
        head, row, line = QHBoxLayout(), FlowLayout(8, wide_first=True), QWidget()
        line.setLayout(row)
        head.setSpacing(8)
        head.addLayout(words, 1)
        for each in buttons:
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        for each in (self.tabs, *filters, self.field):
            row.addWidget(each)
        top = QVBoxLayout()
        top.setContentsMargins(24, 22, 24, 10)
        top.setSpacing(12)
        top.addLayout(head)
        top.addWidget(line)
        self._outer.insertLayout(0, top)
        yield
        for table in self._tables():
            table.rows.ask_later(self.desk.is_large)
            table.rows.failed.connect(self.desk.tell_failed)
            table.loaded.connect(partial(self._on_loaded, table))
            table.picked.connect(lambda _record: self.tell())
            table.typed.connect(self._on_letter)
            table.set_commands(lambda _ids: self._in_menu())
            for command in self.commands():
                if len(command.keys) == 1 or command.keys == "Del":
                    on_key(command.keys, table, _when_possible(command), "itself")
                if command.keys == "Ctrl+N":
                    on_key("N", table, _when_possible(command), "itself")
            yield
        for command in self.commands():
            if len(command.keys) > 1 and command.keys not in ("Del", "Return"):
                on_key(command.keys, self, _when_possible(command))
        self.tabs.changed.connect(lambda _tab: self.refresh())

    def _tables(self) -> list[Table]:
        return list(dict.fromkeys(body for body in self._bodies.values() if isinstance(body, Table)))

    # ------------------------------------------------------------------ reading

    @property
    def table(self) -> Table | None:
        """The table in view, or None where the tab shows none."""
        body = self._bodies[self.tabs.current()]
        return body if isinstance(body, Table) else None

    def refresh(self) -> None:
        before, self.tab = self.tab, self.tabs.current()
        if not self.desk.is_large():
            self.show_counts(self.counts())
            return
        self._question.ask(self.counts, self.show_counts)
        if before != self.tab and self.table is not None:
            self.table.rows.forget()
            self.bodies.setCurrentWidget(self.table)

    def is_looking(self) -> bool:
        """Whether counts or rows are still on their way."""
        return self._question.open or (self.table is not None and self.table.rows.loading)

    def show_counts(self, counted: dict[str, int]) -> None:
        """Show how many records each tab holds, and look again at those of the tab that was asked about."""
        tab = self.tab
        for key, title in self._titles.items():
            number = counted.get(key, 0)
            self.tabs.set_text(key, f"{title} {text.current().number(number)}" if number else title)
        empty = not counted.get(tab, 0)
        self.bodies.setCurrentWidget(self.empty(tab) if empty else self._bodies[tab])
        self.beside.setVisible(not empty and self.table is not None)
        self.field.setVisible(not empty and self.table is not None)
        self.look_again()

    def look_again(self) -> None:
        """Read the list anew; the current record stays current, or the first becomes it."""
        if self.table is not None:
            self.table.reload()
        else:
            self.tell()
            self._seek()

    def _on_loaded(self, table: Table) -> None:
        if table is not self.table:
            return
        if table.current_id() is None and (first := table.rows.id_at(0)) is not None:
            # The table says then which one is current, and it is told.
            table.select(first)
        else:
            self.tell()
        self._seek()

    def tell(self) -> None:
        """Tell the current record again."""
        record = self.current()
        told = None if record is None else self.told(record)
        self.beside.show_told(told, [each for each in self.record_commands() if each.possible() and each.keys != "Del"])

    def current(self) -> int | None:
        """The id of the current record."""
        table = self.table
        return None if table is None or self.bodies.currentWidget() is not table else table.current_id()

    def row(self) -> Any:
        """The row of the current record, or None."""
        table, record = self.table, self.current()
        return None if table is None or record is None else table.rows.row_object(table.rows.row_of(record))

    def printed(self) -> Sequence[Printed]:
        """The list in view, as it is narrowed."""
        if self.table is None or self.bodies.currentWidget() is not self.table:
            return ()
        narrowed = [self._titles[self.tabs.current()], *self.narrowed_words(), *typed_words(self.field.text())]
        return [listed(self.desk, self.table, self.title(), narrowed)]

    def narrowed_words(self) -> Sequence[str]:
        """What the list is narrowed to beside its tab and what was typed, in words."""
        return ()

    # ------------------------------------------------------------------ what the user does

    def start_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def listing(self) -> QWidget:
        body = self.bodies.currentWidget() or self
        inside: QWidget | None = getattr(body, "button", None)
        return inside or body

    def show_record(self, record: int) -> None:
        """Bring a record into view, under the tab that has it."""
        self.field.clear()
        before = self.tabs.current()
        self._sought = (record, [before, *self._titles], before)
        self._seek()

    def _seek(self) -> None:
        """Go on looking for the record that is to be shown, tab by tab, as their rows come."""
        while self._sought is not None and not self.is_looking():
            record, tabs, before = self._sought
            if self.table is not None and self.tabs.current() == tabs[0] and self.table.select(record):
                self._sought = None
                self.rest()
            elif len(tabs) > 1:
                self._sought = (record, tabs[1:], before)
                self.tabs.choose(tabs[1])
            else:
                self._sought = None
                self.tabs.choose(before)

    def _on_filter(self, typed: str) -> None:
        for table in self._tables():
            if table is self.table:
                table.filter(typed)
            else:
                table.rows.filter_text = typed

    def _leave_field(self) -> None:
        self.field.clear()
        self.rest()

    def _on_letter(self, letters: str) -> None:
        if letters.strip():
            self.field.setFocus()
            self.field.setText(letters)


def _when_possible(command: Command) -> Callable[[], object]:
    return lambda: command.do() if command.possible() else None
