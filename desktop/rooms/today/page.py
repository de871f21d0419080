"""The page of today: a sentence, a card for each kind of thing that waits, and at the right the month and the week."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.today import Today, today
from desktop import look
from desktop.practice import OpenPractice
from desktop.rooms import frame
from desktop.rooms.room import Room
from desktop.rooms.today import cards
from desktop.rooms.today.sentence import long_day, sentence
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

SIDE, NARROW = 300, 820


class TodayPage(Room):
    """What waits, most pressing first; every row opens its client."""

    name: ClassVar[str] = "today"
    icon: ClassVar[str] = "sun"
    SHOWS: ClassVar[frozenset[str]] = frozenset({"trust", "advice", "engagement", "follow_up", "client", "party"})

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self.shown: Today | None = None
        self.heading, self.words = label("", "display"), label("", "muted", wrap=True)
        self.cards = {kind: Card(title, icon=icon) for kind, title, icon in cards.kinds()}
        self.month, self.week = (Card(title, ruled=False) for title in (_("This month"), _("Next week")))
        self.empty = Empty(
            "sun", _("Nothing waits for you today."), _("No promise falls due this week, and nobody has gone quiet.")
        )
        self._build()
        for card in self.cards.values():
            card.opened.connect(lambda client: frame.show(self, "clients" if client else "trust", client))
        # A window that stays open over night shows the new day in the morning.
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._on_minute)
        self._midnight.start()

    @staticmethod
    def title() -> str:
        return _("Today")

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        lefts, rights = QVBoxLayout(left), QVBoxLayout(right)
        for column in (lefts, rights):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
        for card in self.cards.values():
            lefts.addWidget(card)
        lefts.addWidget(self.empty)
        rights.addWidget(self.month)
        rights.addWidget(self.week)
        lefts.addStretch(1)
        rights.addStretch(1)
        self._left, self._right = left, right
        self._both = QHBoxLayout()
        self._both.setSpacing(16)
        self._both.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
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
        outer.addWidget(scrolled(page))

    def refresh(self) -> None:
        found = self.shown = self.desk.ask(today, dt.date.today())
        self.heading.setText(long_day(found.on))
        self.words.setText(sentence(found))
        listed = cards.rows(found)
        for kind, card in self.cards.items():
            card.set_title(cards.title(kind), cards.note(kind, found))
            card.show_rows(listed[kind])
            card.setVisible(bool(listed[kind]))
        self.empty.setVisible(not any(listed.values()))
        self.month.show_facts(cards.month(found))
        ahead = cards.week(found)
        self.week.show_facts(ahead)
        self.week.setVisible(bool(ahead))

    def _on_minute(self) -> None:
        if self.shown is not None and self.shown.on != dt.date.today() and self.isVisible():
            self.refresh()

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
