"""The page of one engagement: its head with the letter and what can be done, and its tabs, filled when looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db import engagements
from db.engagements import EngagementRow, NewLetter
from db.words import Letter
from desktop import profession, text
from desktop.rooms import frame
from desktop.rooms.engagements import asking, calendar
from desktop.rooms.engagements.board_column import letter_words
from desktop.rooms.engagements.dates import DatesTab
from desktop.rooms.engagements.decisions import DecisionsTab
from desktop.rooms.engagements.overview import OverviewTab
from desktop.rooms.engagements.parts import Act, Tab, buttons
from desktop.rooms.engagements.scope import ScopeTab
from desktop.rooms.files import FilesView
from desktop.rooms.filing import Owner
from desktop.rooms.words import tone, when, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.chip import Chip, ChipButton
from desktop.widgets.command import Command, menu_of
from desktop.widgets.flow import Flow
from desktop.widgets.ink import tip
from desktop.widgets.label import label
from desktop.widgets.spoken import Role, spoken_as
from desktop.widgets.tabs import Tabs

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom


class FilesTab(FilesView):
    """The files of the engagement in view."""

    def show_row(self, row: EngagementRow) -> None:
        """Show an engagement's files."""
        self.show_owner(Owner(engagement_id=row.id))


_Tab = Tab | ScopeTab | DecisionsTab | FilesTab


class _Pages(Mapping[str, _Tab]):
    """The pages of the tabs in their order, each made and put into its stack when it is first looked at."""

    def __init__(self, makers: Mapping[str, Callable[[], _Tab]], stack: QStackedWidget) -> None:
        self._makers, self._stack = makers, stack
        self._made: dict[str, _Tab] = {}

    def __getitem__(self, key: str) -> _Tab:
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class EngagementView(QWidget):
    """Beside the table or the board; `acts` gives the buttons for an engagement, `more` what its menu offers."""

    left = Signal()

    def __init__(
        self,
        room: CoveredRoom,
        acts: Callable[[EngagementRow], Sequence[Act]],
        more: Callable[[], Sequence[Command]],
        sheet: Callable[[bool], object],
    ) -> None:
        super().__init__()
        self._room, self._desk, self._acts, self._more = room, room.desk, acts, more
        self.row: EngagementRow | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        outer.addWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(22, 18, 20, 0)
        column.setSpacing(6)
        self._title, self._facts = label("", "title", wrap=True), label("", "small", wrap=True)
        self._chips, self._links, self._buttons = Flow(6), QHBoxLayout(), QHBoxLayout()
        column.addWidget(self._title)
        column.addWidget(self._facts)
        self._links.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._links)
        column.addWidget(self._chips)
        column.addSpacing(2)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._buttons)
        column.addSpacing(4)
        self.tabs, self.stack = Tabs(), QStackedWidget()
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        makers: dict[str, tuple[str, Callable[[], _Tab]]] = {
            "overview": (_("Overview"), lambda: OverviewTab(room)),
            "scope": (_("Scope"), lambda: ScopeTab(room)),
            "dates": (_("Dates"), lambda: DatesTab(room, lambda: calendar.save_dates(room, self.row))),
            "decisions": (_("Decisions"), lambda: DecisionsTab(room, sheet)),
            "files": (_("Files"), lambda: FilesTab(room.desk)),
        }
        # A project lives by its decisions, a matter by its dates: what is looked at most stands first.
        order = ["overview", "scope", "dates", "decisions", "files"]
        if profession.current() == "design":
            order = ["overview", "decisions", "scope", "dates", "files"]
        for key in order:
            self.tabs.add(key, makers[key][0])
        self.pages = _Pages({key: makers[key][1] for key in order}, self.stack)
        self.tabs.changed.connect(lambda _key: self._show_tab())

    def show_engagement(self, engagement_id: int | None) -> None:
        """Show an engagement, or nothing."""
        rows = self._desk.ask(engagements.list_engagement_rows, [engagement_id]) if engagement_id is not None else []
        self.row = rows[0] if rows else None
        self._body.setVisible(self.row is not None)
        if self.row is not None:
            self._show_head(self.row)
            self._show_tab()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # As a key press, not a shortcut: a text that is being written in its place takes Escape back first.
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def choose(self, tab: str) -> None:
        """Bring a tab into view."""
        self.tabs.choose(tab)

    def take_focus(self) -> None:
        """Put the keyboard on the tab in view."""
        page = self.pages[self.tabs.current()]
        if isinstance(page, DecisionsTab):
            page.entries["item"].setFocus()
        else:
            self.tabs.setFocus()

    def _show_tab(self) -> None:
        page = self.pages[self.tabs.current()]
        self.stack.setCurrentWidget(page)
        if self.row is not None:
            page.show_row(self.row)

    def _show_head(self, row: EngagementRow) -> None:
        room = self._room
        self._title.setText(row.title)
        facts = [row.number, row.area, _opened(row), _("{who} is responsible").format(who=row.responsible)]
        self._facts.setText(" · ".join(fact for fact in facts if fact and (row.responsible or fact != facts[-1])))
        client = button(row.client, lambda: frame.show(self, "clients", row.client_id), "link", "user")
        # A link has room around its words: with it they would stand further right than all the others.
        client.setStyleSheet("padding-left: 0")
        dates = DragOut(lambda: calendar.dates_file(room, row))
        self._replace(self._links, [client, dates])
        stage = ChipButton(word(row.stage), tone(row.stage))
        stage.setAccessibleName(_("Stage: {stage}. Change it").format(stage=word(row.stage)))
        stage.clicked.connect(lambda: asking.ask_stage(room, row))
        chips: list[QWidget] = [stage, Chip(letter_words(row), tone(row.letter))]
        if row.recurs:
            chips.append(Chip(word(row.recurs)))
        if row.next_on:
            chips.append(Chip(_("Next {when}").format(when=when(row.next_on))))
        self._chips.show_all(chips)
        now = self.focusWidget()
        name = now.accessibleName() if now is not None and now.hasFocus() else ""
        self._replace(self._buttons, [buttons([*self._acts(row), (_("More"), self._offer)])])
        if name:
            same = [one for one in self.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()]
            if same:
                same[-1].setFocus()

    def _replace(self, line: QHBoxLayout, widgets: Sequence[QWidget]) -> None:
        while (old := line.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for widget in widgets:
            line.addWidget(widget)
            widget.show()
        if len(widgets) > 1:
            line.addStretch(1)

    def _offer(self) -> None:
        menu = menu_of(self._more(), self)
        menu.setAccessibleName(_("More for this engagement"))
        menu.popup(self.cursor().pos() if self.underMouse() else self._body.mapToGlobal(QPoint(40, 140)))

    def set_letter(self, letter: Letter) -> None:
        """The letter was sent, or signed, today."""
        row = self.row
        if row is not None:
            self._desk.attempt(lambda: self._desk.do(engagements.set_letter, row.id, NewLetter(letter=letter)))


class DragOut(Chip):
    """Take it and drop it on a calendar or into a folder: it is the file that `make` writes when the drag begins."""

    def __init__(self, make: Callable[[], str | None]) -> None:
        super().__init__(_("Dates"))
        spoken_as(self, Role.Indicator)
        self._make = make
        self._from: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(_("Dates: drag them out as a calendar file"))
        tip(self, _("Drag it out: all dates as a calendar file (.ics)"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        if self._from is None or (event.position().toPoint() - self._from).manhattanLength() < far:
            return
        self._from = None
        path = self._make()
        if path is not None:
            drag = QDrag(self)
            drag.setMimeData(mime_of(path))
            drag.exec(Qt.DropAction.CopyAction)


def mime_of(path: str) -> QMimeData:
    """A file as other programs take it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    return data


def _opened(row: EngagementRow) -> str:
    if row.closed_on:
        return _("closed {day}").format(day=text.current().date(row.closed_on))
    return _("opened {day}").format(day=text.current().date(row.opened_on)) if row.opened_on else ""
