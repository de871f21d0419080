"""The page of one client: who it is, the one thing not to forget, and the tabs with everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db import followups, overview
from db.overview import Head
from desktop import text
from desktop.rooms import brief, filing, forms_of_trust, frame
from desktop.rooms.clients import asking
from desktop.rooms.clients.details import Details
from desktop.rooms.clients.files import FilesTab
from desktop.rooms.clients.head import ClientHead
from desktop.rooms.clients.people import PeopleTab
from desktop.rooms.clients.tabs import EngagementsTab, Tab, TrustTab
from desktop.rooms.clients.telling import StoryTab
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import engagement_word
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.command import Command, listen, menu_of
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.tabs import Tabs
from desktop.widgets.turns import Turns

# Where an entry of the story is opened: a room of its own, else a tab of this page.
_ROOMS = {
    "advice": "advice",
    "engagement": "engagements",
    "insight": "insight",
    "referral": "referrals",
    "review": "reviews",
    "conflict_check": "conflicts",
}
_TABS = {"promise": "trust", "attachment": "files", "trust_note": "trust"}


class ClientView(QWidget):
    """Beside the table; `show_client` fills it, and each tab is filled when it is looked at."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self.room, self.desk = room, room.desk
        self.head: Head | None = None
        self._stale: set[str] = set()
        self._turns = Turns(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        outer.addWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(22, 20, 22, 0)
        column.setSpacing(0)
        self.log, self.add, self.brief = (
            ChipButton(_("Log advice"), "accent"),
            ChipButton(_("+ Add"), "neutral"),
            ChipButton(_("Brief"), "neutral"),
        )
        self.log.clicked.connect(self._log)
        self.add.clicked.connect(self._offer)
        self.brief.clicked.connect(self.show_brief)
        self.take_on, self.decline = ChipButton(_("Take on"), "accent"), ChipButton(_("Decline"), "neutral")
        self.take_on.clicked.connect(lambda: self.decide(frame.take_on))
        self.decline.clicked.connect(lambda: self.decide(frame.decline_enquiry))
        self.deciding = QWidget()
        to_decide = QHBoxLayout(self.deciding)
        to_decide.setContentsMargins(0, 6, 0, 6)
        to_decide.addWidget(label(_("This enquiry is not decided yet."), "small"))
        to_decide.addStretch(1)
        for act in (self.take_on, self.decline):
            to_decide.addWidget(act)
        acts = [self.log, self.add, self.brief]
        self.top = ClientHead(acts, self._ask_confidences, self._show_health, self._show_grade)
        column.addWidget(self.top)
        column.addWidget(self.deciding)
        column.addSpacing(6)
        self.tabs = Tabs()
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.story = StoryTab(self.desk)
        self.story.opened.connect(self._open)
        self.timeline, self.callout, self.asking = self.story.timeline, self.story.callout, self.story.asking
        self.details, self.files = Details(room), FilesTab(self.desk, pastes=False)
        self.trust = TrustTab(room)
        self._pages: dict[str, QWidget] = {
            "story": self.story,
            "engagements": EngagementsTab(room),
            "trust": self.trust,
            "people": PeopleTab(room),
            "files": self.files,
            "details": self.details,
        }
        titles = (_("Story"), engagement_word(plural=True), _("Trust"), _("People"), _("Files"), _("Details"))
        for (key, page), title in zip(self._pages.items(), titles, strict=True):
            self.tabs.add(key, title)
            self.stack.addWidget(page)
        self.tabs.changed.connect(self._on_tab)
        self.adding = self._adding()
        listen(self.adding, room)
        on_key("B", self.timeline, self.show_brief, "itself")
        self.setAcceptDrops(True)
        on_key(QKeySequence.StandardKey.Paste, self, self._paste, "inside")

    # ------------------------------------------------------------------ showing

    def show_client(self, client_id: int | None) -> None:
        """Show a client; confidences of the one before are locked again."""
        self.begin_showing(client_id)
        self._turns.finish()

    def begin_showing(self, client_id: int | None) -> None:
        """Show a client part for part, the window free in between: first who he is, then his story."""
        if self.head is None or self.head.client.id != client_id:
            self.story.forget_confidences()
        self._turns.begin(self._showing(client_id))

    def _showing(self, client_id: int | None) -> Iterator[None]:
        head = self.desk.ask(overview.head, client_id) if client_id is not None else None
        yield
        self.head = head
        self._body.setVisible(head is not None)
        if head is not None:
            self._show(head)
            yield
            yield from self._filling(self.tabs.current())

    def leave(self) -> None:
        """The room is left: what was told in confidence is locked again."""
        if self.story.shown:
            # What is still being told may hold some of it.
            self._turns.finish()
            self.story.forget_confidences()
            self._stale.add("story")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_tab(self.tabs.current())

    def _show(self, head: Head) -> None:
        self.top.show_head(head)
        self.deciding.setVisible(self.is_enquiry())
        number = text.current().number
        for key, title, count in (
            ("engagements", engagement_word(plural=True), head.engagements),
            ("files", _("Files"), head.files),
        ):
            self.tabs.set_text(key, f"{title} {number(count)}" if count else title)
        self._stale = set(self._pages)

    def is_enquiry(self) -> bool:
        """Whether this one only asked so far: he can be taken on or declined."""
        return self.head is not None and self.head.client.standing in ("enquiry", "prospect")

    def decide(self, how: Callable[[QWidget, int], object]) -> None:
        """Open the window in which this enquiry is taken on or declined."""
        if self.head is not None:
            how(self, self.head.client.id)

    def _on_tab(self, key: str) -> None:
        for _part in self._filling(key):
            pass

    def _filling(self, key: str) -> Iterator[None]:
        page, stale = self._pages[key], self.head is not None and key in self._stale
        if self.head is not None and stale and isinstance(page, (Tab, FilesTab, Details)):
            page.show_head(self.head)
        self._stale.discard(key)
        self.stack.setCurrentWidget(page)
        if self.head is not None and stale and isinstance(page, StoryTab):
            yield from page.telling(self.head)

    # ------------------------------------------------------------------ what can be added

    def _adding(self) -> Sequence[Command]:
        """What the + Add menu offers; the room says these commands to the palette too."""
        room = self.room

        def now(act: Callable[[Head], object]) -> Callable[[], object]:
            return lambda: act(self.head) if self.head is not None and room.form is None else None

        def possible() -> bool:
            return self.head is not None and room.form is None

        def one(title: str, keys: str, icon: str, act: Callable[[Head], object], line: bool = False) -> Command:
            return Command(title, now(act), keys, icon, possible, line)

        def engagement(head: Head) -> None:
            frame.show(self, "engagements", then=lambda room: room.write(head.client.id))

        return [
            one(_("advice").capitalize(), "", "scroll-text", lambda head: frame.log_advice(self, head.client.id)),
            one(engagement_word(), "Ctrl+Shift+E", "briefcase", engagement),
            one(
                _("Promise"),
                "Ctrl+Shift+P",
                "handshake",
                lambda head: forms_of_trust.ask_promise(room, head.client.id, fixed=True),
                True,
            ),
            one(
                _("Follow-up"),
                "Ctrl+Shift+F",
                "calendar",
                lambda head: asking.ask_follow_up(room, head.client.id, head.client.name),
            ),
            one(
                _("Confidence"),
                "Ctrl+Shift+C",
                "lock",
                lambda head: forms_of_trust.ask_trust_note(room, head.client.id, "confidence", fixed=True),
                True,
            ),
            one(
                _("Trust note"),
                "Ctrl+Shift+T",
                "sparkles",
                lambda head: forms_of_trust.ask_trust_note(room, head.client.id, "concern", fixed=True),
            ),
            one(_("File"), "Ctrl+Shift+O", "paperclip", lambda _head: self._add_file(), True),
            one(
                _("Fee"),
                "Ctrl+Shift+B",
                "banknote",
                lambda head: asking.ask_fee(room, head.client.id, head.client.name, head.client.currency),
            ),
            one(
                _("Person"),
                "Ctrl+Shift+L",
                "user-plus",
                lambda head: asking.ask_link(room, head.client.party_id, head.client.name),
            ),
            one(
                _("Change of standing"),
                "",
                "user-check",
                lambda head: asking.ask_standing(room, head.client.id, head.client.name, head.client.standing),
                True,
            ),
        ]

    def _offer(self) -> None:
        menu = menu_of(self.adding, self)
        menu.setAccessibleName(_("Add to this client"))
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _log(self) -> None:
        if self.head is not None:
            frame.log_advice(self, self.head.client.id)

    def _add_file(self) -> None:
        self.tabs.choose("files")
        self.files.choose()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.head is not None and filing.has_files(event.mimeData()) and not self.isAncestorOf(_widget(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, data: QMimeData) -> None:
        """Files that were dropped on the page, or pasted, are kept with the client."""
        if self.head is not None:
            self.tabs.choose("files")
            self.files.take_data(data)

    def show_brief(self) -> None:
        """Everything one should know in the next ten minutes, on one page over the room."""
        if self.head is not None and self.room.form is None:
            brief.show_brief(self.desk, self.room, self.head.client.id)

    # ------------------------------------------------------------------ opening

    def _open(self, key: Any) -> None:
        noun, record = key[:2]
        if noun == "trust_note":
            self._open_note(record)
        elif noun == "follow_up":
            self._finish(record)
        elif noun in _TABS:
            self.tabs.choose(_TABS[noun])
            if noun == "attachment":
                self.files.show_record(record)
        elif len(key) > 2 and key[2]:
            frame.show(self, "engagements", int(key[2]))
        elif noun in _ROOMS:
            frame.show(self, _ROOMS[noun], record)
        else:
            self.tabs.choose("details")

    def _open_note(self, record: int) -> None:
        if any(moment.key == ("trust_note", record) and moment.icon == "lock" for moment in self.timeline.moments()):
            if record not in self.story.shown:
                self._ask_confidences()
        else:
            self.tabs.choose("trust")

    def _finish(self, record: int) -> None:
        steps = self.desk.ask(followups.list_follow_ups, self.head.client.id) if self.head is not None else []
        step = next((step for step in steps if step.id == record), None)
        if step is not None:
            asking.ask_finish(self.room, step.id, step.what)

    def _ask_confidences(self) -> None:
        if self.story.shown:
            self.story.forget_confidences()
            self._show_again()
            return
        self.tabs.choose("story")
        self.story.ask_first(self.open_confidences)

    def _show_health(self) -> None:
        """Go to what shows how likely he is to stay."""
        self.tabs.choose("trust")
        self.trust.show_health()

    def _show_grade(self) -> None:
        """Go to what shows why he has his grade."""
        self.tabs.choose("details")
        self.details.go_to_grade()

    def open_confidences(self) -> None:
        """Show what was told in confidence, until another client is shown; the history says that it was asked for."""
        if self.head is not None and self.story.open_confidences():
            self._show_again()
            self.timeline.setFocus()

    def _show_again(self) -> None:
        if self.head is not None:
            self.show_client(self.head.client.id)

    def edit(self) -> None:
        """Go to the details, ready to type."""
        self.tabs.choose("details")
        self.details.start()


def _widget(event: QDragEnterEvent) -> QWidget:
    """The part of the window that a drag began in; none of the page for one from outside."""
    source = event.source()
    return source if isinstance(source, QWidget) else QWidget()
