"""What can be done with the selected clients: the bar at the foot of the table, each verb one step with its Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from db import client_bulk, people, tags
from db.clients import NewStanding
from db.exchange import cards_out, client_table
from db.words import Grade, Standing, StandingReason
from desktop import text
from desktop.jobs import Job, Progress
from desktop.rooms import frame
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import choices
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import ChoiceField, DateField, TextField
from desktop.widgets.flow import FlowLayout
from desktop.widgets.form import Form
from desktop.widgets.ink import colour
from desktop.widgets.label import Short

if TYPE_CHECKING:
    from sqlmodel import Session

# More than these are changed by a job, so that the window never waits.
AT_ONCE = 200
TAGS_OFFERED = 20
Verb = Callable[..., Any]


class BulkBar(QWidget):
    """`selected` gives the ids at the moment a verb is chosen; `clear` gives the selection up."""

    def __init__(self, room: CoveredRoom, selected: Callable[[], Sequence[int]], clear: Callable[[], object]) -> None:
        super().__init__()
        self._room, self._desk, self._selected = room, room.desk, selected
        self._job: Job | None = None
        self._count = 0
        self.setAccessibleName(_("What to do with the selected clients"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(6)
        self.words = Short("", "strong")
        row.addWidget(self.words)
        row.addSpacing(4)
        self.buttons: dict[str, ChipButton] = {}
        chips = QWidget()
        flow = FlowLayout()
        chips.setLayout(flow)
        for key, said, act in self._verbs():
            chip = self.buttons[key] = ChipButton(said, "neutral")
            chip.clicked.connect(partial(self._press, chip, act))
            flow.addWidget(chip)
        row.addWidget(chips, 1)
        self._cancel = button(_("Cancel"), self._stop, "quiet")
        self._cancel.hide()
        self._clear = button("", clear, "quiet", "x")
        self._clear.setAccessibleName(_("Select only the current client"))
        row.addWidget(self._cancel)
        row.addWidget(self._clear)
        self.hide()

    def _verbs(self) -> list[tuple[str, str, Callable[[], QMenu | None]]]:
        return [
            ("tag", _("Tag"), self.tag_menu),
            ("grade", _("Grade"), self.grade_menu),
            ("responsible", _("Responsible"), self.responsible_menu),
            ("standing", _("Standing"), self.ask_standing),
            ("export", _("Export"), self.export_menu),
            ("report", _("Reports"), self.report),
            ("delete", _("Delete"), self.delete),
        ]

    def _press(self, chip: ChipButton, act: Callable[[], QMenu | None]) -> None:
        menu = act()
        if menu is not None:
            menu.popup(chip.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def offer(self, act: Callable[[], QMenu | None]) -> None:
        """Open a verb's menu where the pointer is."""
        menu = act()
        if menu is not None:
            menu.popup(QCursor.pos())

    def show_count(self, count: int) -> None:
        """Show how many are selected; one alone needs no bar."""
        self._count = count
        if self._job is None:
            number = text.current().number(count)
            self.words.setText(ngettext("{n} selected", "{n} selected", count).replace(str(count), number))
            self.setVisible(count > 1)

    # ------------------------------------------------------------------ the verbs

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def tag_menu(self) -> QMenu:
        """Tags to put on, a new one, and those to take off."""
        menu, ids = self._menu(), self._selected()
        known = self._desk.ask(tags.list_tags)
        often = sorted(known, key=lambda row: -row.count)[:TAGS_OFFERED]
        for row in filter(often.__contains__, known):
            menu.addAction(row.name.replace("&", "&&"), partial(self.run, client_bulk.tag_clients, ids, row.name))
        menu.addAction(_("New tag …"), partial(self._ask_tag, ids))
        worn = self._desk.ask(client_bulk.common_tags, ids)
        if worn:
            off = menu.addMenu(_("Take off"))
            for name in worn:
                off.addAction(name.replace("&", "&&"), partial(self.run, client_bulk.untag_clients, ids, name))
        return menu

    def _ask_tag(self, ids: Sequence[int]) -> None:
        form = Form([[("tag", TextField(_("Tag")), 1)]])
        self._room.ask(
            _("New tag"),
            form,
            _("Put it on"),
            lambda values: self.run(client_bulk.tag_clients, ids, values["tag"], form=form),
            _many(len(ids)),
        )

    def grade_menu(self) -> QMenu:
        """The grades, and none."""
        menu, ids = self._menu(), self._selected()
        for grade in get_args(Grade):
            words = _("Grade {grade}").format(grade=grade)
            menu.addAction(words, partial(self.run, client_bulk.grade_clients, ids, grade))
        menu.addAction(_("No grade"), partial(self.run, client_bulk.grade_clients, ids, ""))
        return menu

    def responsible_menu(self) -> QMenu:
        """The people of the practice, and nobody."""
        menu, ids = self._menu(), self._selected()
        for row in (row for row in self._desk.ask(people.list_people) if row.active):
            menu.addAction(row.name.replace("&", "&&"), partial(self.run, client_bulk.assign_clients, ids, row.id))
        menu.addAction(_("Nobody"), partial(self.run, client_bulk.assign_clients, ids, None))
        return menu

    def ask_standing(self) -> None:
        """Ask for the new standing, its day and its reason."""
        ids = self._selected()
        form = Form(
            [
                [
                    ("standing", ChoiceField(_("Standing"), choices(Standing)), 1),
                    ("changed_on", DateField(_("Since")), 1),
                ],
                [("reason", ChoiceField(_("Reason"), choices(StandingReason, _("None given"))), 1)],
                [("words", TextField(_("In words")), 1)],
            ]
        )
        self._room.ask(
            _("Change of standing"),
            form,
            _("Change it"),
            lambda values: self.run(client_bulk.change_standings, ids, NewStanding(**values), form=form),
            _many(len(ids)),
        )

    def report(self) -> None:
        """One report for each of them, in the room of reports."""
        show_reports(self._room, self._selected())

    def export_menu(self) -> QMenu:
        """Address cards, or a table."""
        menu, ids = self._menu(), self._selected()
        menu.addAction(_("Address cards (vCard) …"), partial(self._export, ids, "vcf"))
        menu.addAction(_("Table (CSV) …"), partial(self._export, ids, "csv"))
        return menu

    def _export(self, ids: Sequence[int], kind: str) -> None:
        kinds = _("Address cards (*.vcf)") if kind == "vcf" else _("Tables (*.csv)")
        where, _kind = QFileDialog.getSaveFileName(self, _("Export the selected clients"), f"clients.{kind}", kinds)
        if where:
            self.export_to(Path(where), ids)

    def export_to(self, path: Path, ids: Sequence[int]) -> None:
        """Write these clients to a file, as cards or as a table by its ending."""

        def write(session: Session, progress: Progress) -> int:
            if path.suffix == ".csv":
                return client_table.write_client_table(session, path, ids, progress)
            return cards_out.write_client_cards(session, path, ids, progress)

        self._start(lambda progress: self._desk.ask(write, progress), lambda _count: None)

    def delete(self) -> None:
        """Delete the files of the selected clients; Undo and the trash bring them back."""
        self.run(client_bulk.delete_clients, self._selected())

    # ------------------------------------------------------------------ doing it

    def run(self, action: Verb, ids: Sequence[int], *values: Any, form: Form | None = None) -> bool:
        """Do something to these clients as one step: at once, or as a job that tells how far it is."""
        if len(ids) <= AT_ONCE:
            if form is not None:
                self._desk.do(action, ids, *values)
            else:
                self._desk.attempt(lambda: self._desk.do(action, ids, *values))
            return True
        practice = self._desk.practice
        self._start(lambda progress: practice.do(action, ids, *values, progress), self._desk.tell)
        return True

    def _start(self, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        if self._job is not None:
            return
        self._job = Job(work)
        self._job.progressed.connect(self._on_progress)
        self._job.done.connect(done)
        self._job.failed.connect(self._desk.tell_failed)
        self._job.ended.connect(self._on_ended)
        self._busy(True)
        self._job.start()

    def _busy(self, busy: bool) -> None:
        for chip in self.buttons.values():
            chip.setVisible(not busy)
        self._clear.setVisible(not busy)
        self._cancel.setVisible(busy)
        if busy:
            self.words.setText(_("Working …"))
            self.show()

    def _on_progress(self, done: int, of: int) -> None:
        number = text.current().number
        self.words.setText(_("{done} of {all}").format(done=number(done), all=number(of)))

    def _on_ended(self) -> None:
        self._job = None
        self._busy(False)
        self.show_count(self._count)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("raised"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))


def show_reports(room: CoveredRoom, ids: Sequence[int]) -> None:
    """Go to the room of reports, to make one for each of these clients."""

    def begin(there: Any) -> None:
        # In a frame without that room nothing happens.
        if hasattr(there, "show_many"):
            there.show_many(ids)

    frame.show(room, "reports", then=begin)


def _many(count: int) -> str:
    return ngettext("{n} client", "{n} clients", count)
