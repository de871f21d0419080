"""The page of today: a sentence, a card for each kind of thing that waits, and at the right effort, month and week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db.effort import Effort
from db.errors import Refused, Trouble
from db.today import KINDS, ROWS_READ
from db.today_rows import Ahead, Kind, Month
from desktop import look, sentences
from desktop.practice import OpenPractice
from desktop.rooms import frame
from desktop.rooms.next_steps import NextOnToday
from desktop.rooms.printing import Printed
from desktop.rooms.room import Room
from desktop.rooms.today import clearing, opening, printing, reading, side
from desktop.rooms.today.card import GroupCard
from desktop.rooms.today.clearing import Way
from desktop.rooms.today.effort import EffortCard
from desktop.rooms.today.groups import GROUPS
from desktop.rooms.today.quiet_day import QuietDay
from desktop.rooms.today.reading import PARTS, Reading
from desktop.rooms.today.row import Row
from desktop.rooms.today.sentence import long_day, sentence
from desktop.rooms.today.strip import Strip
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.command import Command, listen, menu_of
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled
from desktop.widgets.spoken import Role, spoken_as

SIDE, NARROW = 300, 820


class TodayPage(Room):
    """What waits, most pressing first; every row opens its place and is cleared by one key."""

    name: ClassVar[str] = "today"
    icon: ClassVar[str] = "sun"
    SHOWS: ClassVar[frozenset[str]] = reading.NOUNS

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self.kinds: dict[str, Kind] = {}
        self.effort: Effort | None = None
        self.month_found: Month | None = None
        self.next: Ahead | None = None
        self._on = dt.date.today()
        self._changed: set[str] | None = None
        self._reading: Reading | None = None
        self._clients = True
        self._last: Row | None = None
        self._unfolding: GroupCard | None = None
        self.heading, self.words = label("", "display"), label("", "muted")
        self.cards: dict[str, GroupCard] = {}
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        # A window that stays open over night shows the new day in the morning.
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._on_minute)
        self._midnight.start()

    def parts(self) -> Iterator[None]:
        for group in GROUPS:
            self.cards[group.name] = GroupCard(group)
            self._lefts.insertWidget(len(self.cards) - 1, self.cards[group.name])
            yield
        self.quiet_day = QuietDay()
        self._lefts.insertWidget(len(self.cards), self.quiet_day)
        yield
        self.effort_card, self.next_card = EffortCard(), NextOnToday(self.desk)
        self.month, self.week = (Card(title, ruled=False) for title in (_("This month"), _("Next week")))
        for at, part in enumerate((self.effort_card, self.next_card, self.month, self.week)):
            self._rights.insertWidget(at, part)
            part.hide()
        yield
        self._wire()

    @staticmethod
    def title() -> str:
        return _("Today")

    def _wire(self) -> None:
        for card in self.cards.values():
            card.row_made.connect(self._on_row)
            card.more_wanted.connect(self._on_more)
        self.effort_card.chosen.connect(lambda client: frame.show(self, "clients", client))
        self.quiet_day.asked.connect(self._on_quiet_day)
        self.desk.changed.connect(self._on_changed)
        listen(self.commands(), self._left)
        on_key("Down", self._left, lambda: self.walk(1), "inside")
        on_key("Up", self._left, lambda: self.walk(-1), "inside")

    def _build(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        # The keyboard begins here: Down goes to the first row.
        self._left.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._left.setAccessibleName(_("What waits today"))
        spoken_as(self._left, Role.Grouping)
        self._lefts, self._rights = QVBoxLayout(self._left), QVBoxLayout(self._right)
        for column in (self._lefts, self._rights):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
            column.addStretch(1)
        self._both = QHBoxLayout()
        self._both.setSpacing(16)
        self._both.addWidget(self._left, 1, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 22, 24, 24)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addSpacing(4)
        column.addWidget(self.words)
        column.addSpacing(20)
        column.addLayout(self._both)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area: QScrollArea = scrolled(page)
        outer.addWidget(self._area)

    # ------------------------------------------------------------------ reading

    def refresh(self) -> None:
        self.heading.setText(long_day(dt.date.today()))
        self._soon.start()

    def _on_changed(self, nouns: frozenset[str]) -> None:
        if self._changed is not None:
            self._changed |= nouns

    def _read(self) -> None:
        today = dt.date.today()
        parts = PARTS if self._changed is None or today != self._on else reading.stale(self._changed)
        if self._reading is not None:
            left = set(self._reading.cancel()) | set(parts)
            parts = [part for part in PARTS if part in left]
        self._changed, self._on = set(), today
        limits = {kind: card.limit for card in self.cards.values() for kind in card.group.kinds}
        limits = {kind: max(ROWS_READ, limit) for kind, limit in limits.items()}
        self._reading = Reading(self.desk, parts, today, limits)
        self._reading.found.connect(self._on_found)
        self._reading.failed.connect(self._on_failed)
        self._reading.ended.connect(self._on_ended)
        self._reading.start()

    def is_reading(self) -> bool:
        """Whether something is still being read, or will be in a moment."""
        return self._reading is not None or self._soon.isActive()

    def _on_found(self, part: str, value: object) -> None:
        if self._reading is not None and part in self._reading.left:
            self._reading.left.remove(part)
        if isinstance(value, Kind):
            self.kinds[part] = value
            card = next(card for card in self.cards.values() if part in card.group.kinds)
            card.tell({kind: self.kinds[kind] for kind in card.group.kinds if kind in self.kinds}, self._on)
        elif isinstance(value, Month):
            self.month_found = value
            self.month.show_facts(side.month(value))
            self.month.show()
        elif isinstance(value, Effort):
            self.effort = value
            self.effort_card.tell(value)
        elif part == "ahead" and isinstance(value, list):
            self.week.show_facts(side.week(value))
            self.week.setVisible(bool(value))
        elif part == "suggested" and isinstance(value, list):
            self.next_card.tell(value)
        elif part == "next":
            self.next = value if isinstance(value, Ahead) else None
        elif part == "clients":
            self._clients = bool(value)
        if part == "clients":
            self._say()

    def _on_ended(self) -> None:
        self._reading = None
        self._say()
        if self._unfolding is not None:
            card, self._unfolding = self._unfolding, None
            card.unfolded()

    def _on_failed(self, error: BaseException) -> None:
        self._reading = None
        # A practice that was closed meanwhile has nothing more to show.
        if not (isinstance(error, Trouble) and error.code == "closed"):
            self.desk.tell_failed(error)

    def _say(self) -> None:
        waits = any(kind.total for kind in self.kinds.values())
        done = set(KINDS) <= set(self.kinds)
        words = sentence(self.kinds) if waits else ""
        if not waits and done:
            words = _("Nothing waits for you.") if self._clients else _("A fresh practice. Let us put somebody in it.")
        self.words.setText(words)
        nothing = done and not waits
        if nothing:
            self._area.verticalScrollBar().setValue(0)
            self.quiet_day.tell(self._clients, self.next, self.effort, self._on)
        self.quiet_day.setVisible(nothing)
        self.month.setVisible(self._clients and self.month_found is not None)

    def _on_minute(self) -> None:
        if self._on != dt.date.today() and self.isVisible():
            self.refresh()

    # ------------------------------------------------------------------ walking and clearing

    def commands(self) -> Sequence[Command]:
        """What can be done with the row that has the keyboard."""
        titles = {
            "D": (_("Done: kept, signed, answered"), "check"),
            "C": (_("Called"), "phone"),
            "M": (_("Move to another day"), "calendar"),
            "N": (_("Not needed"), "x"),
        }
        return [
            Command(title, lambda key=key: self.press(key), key, icon, lambda key=key: self._can(key))  # type: ignore[misc]
            for key, (title, icon) in titles.items()
        ]

    def printed(self) -> Sequence[Printed]:
        return [printing.printed(self.desk)]

    def current(self) -> Row | None:
        """The row that has the keyboard, or had it last."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Row):
            widget = widget.parentWidget()
        row = widget if isinstance(widget, Row) else self._last
        return row if row is not None and row in self.listed() else None

    def listed(self) -> list[Row]:
        """Every row on the page, from top to bottom."""
        return [row for card in self.cards.values() if not card.isHidden() for row in card.listed]

    def _stops(self) -> list[QWidget]:
        stops: list[QWidget] = []
        for card in self.cards.values():
            if not card.isHidden():
                stops += [row.face for row in card.listed]
                stops += [card.more] if not card.more.isHidden() else []
        return stops

    def walk(self, step: int) -> None:
        """Go to the next row below or above, over all groups."""
        stops, here = self._stops(), QApplication.focusWidget()
        row = self.current()
        if here not in stops and row is not None and here is not self._left:
            here = row.face
        at = stops.index(here) + step if here in stops else (0 if step > 0 else len(stops) - 1)
        if stops:
            self._go(stops[max(0, min(len(stops) - 1, at))])

    def _go(self, stop: QWidget) -> None:
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(stop, 0, 60)

    def _can(self, key: str) -> bool:
        row = self.current()
        return row is not None and row.way(key) is not None

    def press(self, key: str) -> None:
        """Do what a key says of the current row, or ask for what it needs."""
        row = self.current()
        way = row.way(key) if row is not None else None
        if row is not None and way is not None:
            self._on_asked(row, way)

    def _on_row(self, row: Row) -> None:
        row.opened.connect(self._open)
        row.asked.connect(self._on_asked)
        row.menu_wanted.connect(self._on_menu)

    def _on_asked(self, row: Row, way: Way) -> None:
        self._last = row
        for other in self.listed():
            if other is not row:
                other.close_strip()
        if way.asks == "room":
            row.close_strip()
            opening.do_there(self, row.waiting)
        elif way.asks:
            strip = row.ask(way, lambda strip: self._on_strip(row, strip))
            QTimer.singleShot(0, strip, lambda: self._area.ensureWidgetVisible(strip, 0, 40))
        else:
            row.close_strip()
            self._clear(row, way)

    def _on_strip(self, row: Row, strip: Strip) -> None:
        if strip.way.asks == "day" and strip.day() is None:
            strip.refuse(_("This is not a day we can read. Try next Thursday, in two weeks, or 12 Dec."))
            return
        if strip.answer == clearing.IN_FULL:
            row.close_strip()
            opening.do_there(self, row.waiting)
            return
        self._clear(row, strip.way, strip)

    def _clear(self, row: Row, way: Way, strip: Strip | None = None) -> None:
        words = strip.answer or strip.words.text().strip() if strip is not None else ""
        day, whom = (strip.day(), strip.whom.text().strip()) if strip is not None else (None, "")
        try:
            clearing.clear(self.desk, row.waiting, way.key, day=day, words=words, whom=whom)
        except Refused as refused:
            if strip is None:
                self.desk.tell_failed(refused)
            else:
                strip.refuse(sentences.refusal(refused))
            return
        except Trouble as trouble:
            self.desk.tell_failed(trouble)
            return
        self._drop(row)

    def _drop(self, row: Row) -> None:
        """Take a cleared row away and go on with the next one."""
        stops = self._stops()
        at = stops.index(row.face) if row.face in stops else 0
        rest = [*stops[at + 1 :], *reversed(stops[:at])]
        if rest:
            self._go(rest[0])
        else:
            self._left.setFocus()
        self._last = None
        for card in self.cards.values():
            if row in card.listed:
                card.drop(row)

    def _on_menu(self, row: Row, where: QPoint) -> None:
        self._last = row
        client = row.waiting.client_id
        commands = [Command(_("Open"), lambda: self._open(row), "Return", "arrow-right")]
        if client is not None:
            commands.append(Command(_("Open the client"), lambda: frame.show(self, "clients", client), icon="user"))
            commands.append(Command(_("Log advice"), lambda: frame.log_advice(self, client), icon="scroll-text"))
        for number, way in enumerate(row.ways):
            more = "…" if way.asks else ""
            do = lambda way=way: self._on_asked(row, way)  # noqa: E731
            commands.append(Command(way.word + more, do, way.key, line_before=number == 0))
        menu_of([*commands, *frame.printing(self)], self).popup(where)

    def _open(self, row: Row) -> None:
        self._last = row
        opening.show_row(self, row.waiting)

    def _on_more(self, card: GroupCard, _limit: int) -> None:
        self._unfolding = card
        self._changed = (self._changed or set()) | {"set_aside"}
        self.refresh()

    def _on_quiet_day(self, what: str, client: object) -> None:
        if what == "client" and isinstance(client, int):
            frame.show(self, "clients", client)
        elif what == "import":
            frame.show(self, "exchange")
        elif what == "new":
            frame.show(self, "clients", then=lambda room: room.write())

    # ------------------------------------------------------------------ on screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        """The keyboard is here, unless somebody is typing elsewhere: Down goes to the first row."""
        here = QApplication.focusWidget()
        if self.isVisible() and (here is None or not here.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)):
            row = self.current()
            if row is not None and not self.isAncestorOf(here or self.window()):
                self._go(row.face)
            elif here is None or not self.isAncestorOf(here):
                self._left.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.px(NARROW)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if beside:
            self._right.setFixedWidth(look.px(SIDE))
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
        self._both.setDirection(way)
