"""The board: a column for each stage; cards are carried from one to the next by mouse or by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db import engagement_lists, engagements
from db.engagement_lists import Wanted
from db.engagements import EngagementRow, NewStage
from db.errors import Refused
from db.words import CLOSED_STAGES, Stage
from desktop import look, text
from desktop.jobs import Job, Question
from desktop.profession import said
from desktop.rooms.engagements.board_column import AT_ONCE, CardList
from desktop.rooms.words import word
from desktop.sentences import refusal
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.ink import colour
from desktop.widgets.keys import on_key
from desktop.widgets.label import Short, label
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

WIDTH = 208
STAGES: tuple[Stage, ...] = get_args(Stage)


def empty_words(stage: str) -> str:
    """What belongs into a column that holds nothing."""
    return {
        "enquiry": _("Whoever asks and is not taken on yet."),
        "proposed": _("What was offered and waits for their yes."),
        "engaged": _("Agreed, and not begun yet."),
        "active": _("The work under way."),
        "on hold": _("What waits, and for whom."),
        "completed": _("Done, with what came of it."),
        "disengaged": _("Ended before it was done, and why."),
        "declined": _("What we or they said no to."),
    }[stage]


class OutcomeBar(QWidget):
    """Asks what came of an engagement before its card comes to rest in a closing column."""

    given = Signal(str)
    gave_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words, self.error = Short("", "strong"), label("", "error", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Outcome"))
        self.line.setPlaceholderText(_("What came of it, in a sentence"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(button(_("Close it"), self._give, "primary"))
        row.addWidget(button(_("Leave it"), self.gave_up.emit, "quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self.error)
        for pressed in ("Return", "Enter"):
            on_key(pressed, self.line, self._give, "itself")
        on_key("Esc", self, self.gave_up.emit, "inside")
        self.hide()

    def ask(self, title: str, stage: str) -> None:
        """Ask for the outcome of one engagement."""
        self._words.setText(_("{title}: {stage}").format(title=title, stage=word(stage).lower()))
        self.line.clear()
        self.refuse("")
        self.show()
        self.line.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong beneath the line."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _give(self) -> None:
        self.given.emit(self.line.text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("accent_soft"))


class Board(QWidget):
    """`narrowed` gives what the room's filter asks for and the typed text. Each move is a step of its own."""

    picked = Signal(int)
    opened = Signal(int)
    loaded = Signal(int)  # how many engagements match in all

    def __init__(self, desk: OpenPractice, narrowed: Callable[[], tuple[Wanted, str]]) -> None:
        super().__init__()
        self._desk, self._narrowed = desk, narrowed
        self._waiting: tuple[int, Stage] | None = None
        self._found: dict[str, list[int]] | None = None
        self._job: Job | None = None
        self._again = False
        self._question = Question(self)
        self._question.failed.connect(desk.tell_failed)
        self.columns: dict[str, CardList] = {}
        self._notes: dict[str, QLabel] = {stage: label("", "faint") for stage in STAGES}
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(14, 10, 14, 8)
        row.setSpacing(12)
        for stage in STAGES:
            row.addWidget(self._column(stage), 1)
        self.outcome = OutcomeBar()
        self.outcome.given.connect(self._close)
        self.outcome.gave_up.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.outcome)
        self._area = scrolled(page)
        column.addWidget(self._area, 1)

    def _column(self, stage: Stage) -> QWidget:
        cards = CardList(stage, word(stage), self._page, empty_words(stage))
        cards.picked.connect(self.picked)
        cards.opened.connect(self.opened)
        cards.walked.connect(lambda step: self._walk(stage, step))
        cards.carried.connect(lambda which, step: self._carry(which, stage, step))
        cards.dropped.connect(lambda which: self.move_to(which, stage))
        self.columns[stage] = cards
        made = QWidget()
        made.setMinimumWidth(look.px(WIDTH))
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 4, 0)
        head.addWidget(label(word(stage), "strong"))
        head.addWidget(self._notes[stage])
        head.addStretch(1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(cards, 1)
        return made

    def _page(self, stage: str, offset: int) -> list[EngagementRow]:
        if self._found is None:
            only = replace(self._narrowed()[0], stages=(stage,), open_only=False)
            numbers = self._desk.ask(engagement_lists.list_engagement_ids, wanted=only, limit=AT_ONCE, offset=offset)
        else:
            numbers = self._found.get(stage, [])[offset : offset + AT_ONCE]
        return self._desk.ask(engagement_lists.list_engagement_rows, numbers)

    def reload(self, later: bool = False) -> None:
        """Look again; `later` lets a job look where what is narrowed has to be sought among very many."""
        wanted, typed = self._narrowed()
        if not typed.strip() and wanted == Wanted(stages=wanted.stages, open_only=wanted.open_only):
            self._found = None
            if later:
                self._question.ask(lambda: self._desk.ask(engagement_lists.count_stages, "", wanted), self._show)
            else:
                self._show(self._desk.ask(engagement_lists.count_stages, "", wanted))
        elif not later:
            self._take(self._desk.ask(engagement_lists.list_board, typed, wanted))
        elif self._job is not None:
            self._again = True
        else:
            self._again = False
            self._job = Job(lambda _progress: self._desk.ask(engagement_lists.list_board, typed, wanted), self)
            self._job.done.connect(self._on_found)
            self._job.failed.connect(self._on_failed)
            self._job.start()

    @property
    def loading(self) -> bool:
        """Whether a job still looks."""
        return self._job is not None or self._question.open

    def _on_found(self, found: dict[str, list[int]]) -> None:
        self._job = None
        if self._again:
            self.reload(later=True)
        else:
            self._take(found)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._desk.tell_failed(error)

    def _take(self, found: dict[str, list[int]]) -> None:
        self._found = found
        self._show({stage: len(numbers) for stage, numbers in found.items()})

    def _show(self, counts: Mapping[str, int]) -> None:
        for stage, cards in self.columns.items():
            before, count = cards.current(), counts.get(stage, 0)
            self._notes[stage].setText(text.current().number(count) if count else "")
            cards.cards.load(count)
            if before is not None and (at := cards.cards.place_of(before.id)) >= 0:
                cards.choose(at)
        self.loaded.emit(sum(counts.values()))

    def current(self) -> EngagementRow | None:
        """The engagement of the card with the keyboard, else of the first card there is."""
        focused = next((cards for cards in self.columns.values() if cards.hasFocus()), None)
        if focused is not None:
            return focused.current()
        return next((row for cards in self.columns.values() if (row := cards.current()) is not None), None)

    def select(self, engagement_id: int) -> bool:
        """Go to an engagement's card; False where it is not among those read so far."""
        for cards in self.columns.values():
            at = cards.cards.place_of(engagement_id)
            if at >= 0:
                cards.choose(at)
                cards.setFocus()
                self._area.ensureWidgetVisible(cards, 20, 0)
                return True
        return False

    def resting_place(self) -> CardList:
        """What the keyboard is meant for: the column it was on, else the first that holds a card."""
        every = list(self.columns.values())
        chosen = [cards for cards in every if cards.current() is not None]
        return (chosen or [cards for cards in every if cards.cards.rowCount()] or every)[0]

    def _walk(self, stage: str, step: int) -> None:
        at = self.columns[stage].currentIndex().row()
        order = list(self.columns)
        place = order.index(stage) + step
        while 0 <= place < len(order) and not self.columns[order[place]].cards.rowCount():
            place += step
        if 0 <= place < len(order):
            there = self.columns[order[place]]
            there.choose(at)
            there.setFocus()
            self._area.ensureWidgetVisible(there, 20, 0)

    def _carry(self, which: int, stage: Stage, step: int) -> None:
        place = STAGES.index(stage) + step
        if 0 <= place < len(STAGES):
            self.move_to(which, STAGES[place])

    def move_to(self, which: int, stage: Stage) -> None:
        """Move an engagement to a stage; a closing one is asked for its outcome first."""
        rows = self._desk.ask(engagement_lists.list_engagement_rows, [which])
        if not rows or rows[0].stage == stage:
            return
        if stage in CLOSED_STAGES:
            self._waiting = (which, stage)
            self.outcome.ask(rows[0].title, stage)
            return
        self._leave(rest=False)
        if self._desk.attempt(lambda: self._desk.do(engagements.change_stage, which, NewStage(stage=stage))):
            self.select(which)

    def _close(self, outcome: str) -> None:
        if self._waiting is None:
            return
        which, stage = self._waiting
        try:
            self._desk.do(engagements.change_stage, which, NewStage(stage=stage, outcome=outcome))
        except Refused as refused:
            self.outcome.refuse(refusal(refused))
            return
        self._leave(rest=False)
        self.select(which)

    def _leave(self, rest: bool = True) -> None:
        waiting, self._waiting = self._waiting, None
        self.outcome.hide()
        if rest and waiting is not None:
            self.select(waiting[0])


def board_words() -> str:
    """What the board is called for those who cannot see it."""
    return said(_("Matters by stage"), _("Engagements by stage"), _("Projects by stage"))
