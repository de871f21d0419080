"""The Insight room: what clients tell and show, what is done about it, and that they were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtWidgets import QComboBox

from db import firm, insight_lists, insights
from db.insight_lists import STATES
from db.insights import ActionRow, InsightRow
from db.words import InsightKind
from desktop import look, text
from desktop.rooms import frame
from desktop.rooms.beside import Told, facts_part, rows_part, words_part
from desktop.rooms.insight import form
from desktop.rooms.insight.themes import Themes
from desktop.rooms.listed import ListedRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.words import TONES, choices, tone, when, word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import CardRow
from desktop.widgets.command import Command
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed


def state_of(row: InsightRow, today: dt.date | None = None) -> str:
    """The one thing to know of an insight in the list: overdue, to do, to tell, open (a complaint), told, settled."""
    states = {action.state(today or dt.date.today()) for action in row.actions}
    for state, shown in (("overdue", "overdue"), ("open", "to do"), ("done", "to tell")):
        if state in states:
            return shown
    if row.kind == "complaint":
        return "settled" if row.resolved_on else "open"
    return "told" if "told" in states else ""


class _Shown:
    """An insight with what its cells say; everything else is the row's own."""

    def __init__(self, row: InsightRow) -> None:
        self._row = row
        self.who = row.client or row.said_by or _("Somebody")
        self.said = " ".join(row.verbatim.split())
        self.state = state_of(row)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class InsightPage(ListedRoom):
    """N records what was heard, A says what is done, D that it is done, T tells them, S settles a complaint."""

    name, icon = "insight", "message-square-quote"
    SHOWS = frozenset({"insight", "client", "party", "engagement"})

    def parts(self) -> Iterator[None]:
        self._kinds, self._themes = _box(_("Kind")), _box(_("Theme"))
        self._fill(self._kinds, [("", _("Every kind")), *choices(InsightKind)])
        columns = [
            Column("said", _("What was said"), 200, "strong", stretch=True),
            Column("who", _("Who"), 130, "muted"),
            Column("kind", _("How"), 96, "chip", tones=TONES, show=word, values=get_args(InsightKind)),
            Column("state", _("State"), 80, "chip", tones=TONES, show=word, sortable=False, values=("to tell",)),
            Column("heard_on", _("When"), 78, "muted", show=when),
        ]
        self.list = Table(columns, self._ids, self._rows, _("Insights"))
        give_way(self.list, "state", "kind", "who")
        yield
        self.overview = Themes(self._open_theme)
        new: tuple[Any, ...] = (_("Record what you heard"), self.write)
        says: dict[str, tuple[str, str, str, tuple[Any, ...]]] = {
            "all": (
                _("All"),
                _("Nothing heard yet"),
                _("Write down what clients say in their own words, then act."),
                new,
            ),
            "complaints": (
                _("Complaints"),
                _("No complaint is open"),
                _("What somebody complains of stands here."),
                (),
            ),
            "actions": (_("To do"), _("Nothing to do"), _("What you decide to do about an insight stands here."), ()),
            "to tell": (_("To be told"), _("Everybody was told"), _("What is done waits here until it is told."), ()),
            "told": (_("Told"), _("Nobody was told yet"), _("Here stands what you did, and told them."), ()),
            "themes": (_("Themes"), _("No themes yet"), _("Give what you hear a theme, and see how many say it."), new),
        }
        for key, (title, heading, words, more) in says.items():
            body = self.overview if key == "themes" else self.list
            self.add_tab(key, title, body, partial(Empty, self.icon, heading, words, *more))
        yield
        yield from self.build(
            _("What clients tell and show, in their own words. Not for confidences."),
            [button(_("What we heard"), self.write, "primary", "plus")],
            [self._kinds, self._themes],
        )
        for box in (self._kinds, self._themes):
            box.currentIndexChanged.connect(lambda _at: self.look_again())
        self.list.activated_record.connect(lambda _record: self._open_client())

    @staticmethod
    def title() -> str:
        return _("Insight")

    # ------------------------------------------------------------------ reading

    def counts(self) -> dict[str, int]:
        counted = self.desk.ask(insight_lists.count_insights)
        return {**counted, "themes": len(self.desk.ask(insight_lists.list_themes))}

    def refresh(self) -> None:
        themes = self.desk.ask(insight_lists.list_themes)
        self._fill(self._themes, [("", _("Every theme")), *((row.name, row.name) for row in themes)])
        super().refresh()

    def show_counts(self, counted: dict[str, int]) -> None:
        super().show_counts(counted)
        for box in (self._kinds, self._themes):
            box.setVisible(self.table is not None and self.beside.isVisibleTo(self))
        if self.tab == "themes":
            self.overview.show_all(self.desk.ask(insight_lists.list_themes), self.desk.ask(insight_lists.list_scores))

    @staticmethod
    def _fill(box: QComboBox, offered: Sequence[tuple[Any, str]]) -> None:
        before = box.currentData()
        box.blockSignals(True)
        box.clear()
        for meant, shown in offered:
            box.addItem(shown, meant)
        box.setCurrentIndex(max(0, box.findData(before)))
        box.blockSignals(False)

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        kind, theme = self._narrowed
        state = self.tab if self.tab in STATES else ""
        ask = insight_lists.list_insight_ids
        return self.desk.ask(ask, sort, descending, typed, kind=kind, theme=theme, state=state)

    _narrowed = ("", "")

    def look_again(self) -> None:
        self._narrowed = (self._kinds.currentData() or "", self._themes.currentData() or "")
        super().look_again()

    def narrowed_words(self) -> Sequence[str]:
        return [box.currentText() for box in (self._kinds, self._themes) if box.currentIndex() > 0]

    def printed(self) -> Sequence[Printed]:
        return [self.overview.printed(self.desk)] if self.tabs.current() == "themes" else super().printed()

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(row) for row in self.desk.ask(insight_lists.list_insight_rows, some)]

    def _insight(self) -> InsightRow | None:
        record = self.current()
        return None if record is None else self.desk.ask(insight_lists.get_insight, record)

    def told(self, record: int) -> Told | None:
        row = self.desk.ask(insight_lists.get_insight, record)
        if row is None:
            return None
        chips: list[tuple[str, Tone]] = [(word(row.kind), tone(row.kind))]
        if row.score is not None:
            words = _("{score} of {scale}").format(score=row.score, scale=row.scale)
            chips.append((words, "accent"))
        if row.feeling:
            chips.append((word(row.feeling), tone(row.feeling)))
        if row.may_quote:
            chips.append((_("May be quoted"), "neutral"))
        if row.kind == "complaint":
            chips.append((word("settled"), "green") if row.resolved_on else (word("open"), "red"))
        facts = [
            (_("Said by"), row.said_by if row.client else ""),
            (_("About"), row.engagement),
            (_("Heard by"), row.heard_by),
            (_("Heard"), text.current().date(row.heard_on)),
            (_("Score"), form.metric_words(row.metric) if row.metric else ""),
            (_("Themes"), ", ".join(row.themes)),
            (_("Settled"), text.current().date(row.resolved_on) if row.resolved_on else ""),
        ]
        parts = [words_part("", text.current().quoted(row.verbatim))]
        if row.actions:
            parts.append(rows_part(_("You said, we did"), "", [_action_row(action) for action in row.actions]))
        parts.append(facts_part(_("About it"), facts))
        return Told(row.client or row.said_by or _("Somebody"), "", chips, parts)

    # ------------------------------------------------------------------ doing

    def record_commands(self) -> Sequence[Command]:
        return [
            Command(_("Tell them"), self._tell_them, "T", "send", self._has("done")),
            Command(_("Done"), self._finish, "D", "check", self._has("open", "overdue")),
            Command(_("Settle"), self._settle, "S", "handshake", self._open_complaint),
            Command(_("We do …"), self._act, "A", "list-checks", self._any),
            Command(_("Correct"), self._correct, "F2", "pencil", self._any),
            Command(
                _("Open the client"), self._open_client, "Return", "user", lambda: self.current_client() is not None
            ),
            Command(_("Remove"), self._remove, "Del", "trash-2", self._any, line_before=True),
        ]

    def general_commands(self) -> Sequence[Command]:
        return [Command(_("What we heard"), self.write, "Ctrl+N", "plus", line_before=True)]

    def current_client(self) -> int | None:
        """The client who said what is in view."""
        row = self.row()
        return row.client_id if row is not None else None

    def _of_client(self) -> bool:
        return self.current_client() is not None

    def write(self) -> None:
        """Record what was heard."""
        form.ask_insight(self, self.current_client())

    def show_record(self, record: int) -> None:
        """Bring an insight into view, whatever was filtered before."""
        for box in (self._kinds, self._themes):
            box.setCurrentIndex(0)
        super().show_record(record)

    def _any(self) -> bool:
        return self.current() is not None

    def _has(self, *states: str) -> Callable[[], bool]:
        def found() -> bool:
            row = self.row()
            return row is not None and any(action.state(dt.date.today()) in states for action in row.actions)

        return found

    def _action(self, *states: str) -> tuple[InsightRow, ActionRow] | None:
        row = self._insight()
        fitting = [each for each in row.actions if each.state(dt.date.today()) in states] if row else []
        return (row, fitting[0]) if row and fitting else None

    def _open_complaint(self) -> bool:
        row = self.row()
        return row is not None and row.kind == "complaint" and row.resolved_on is None

    def _tell_them(self) -> None:
        if (found := self._action("done")) is not None:
            form.ask_telling(self, *found, self.desk.ask(firm.get_practice).name)

    def _finish(self) -> None:
        if (found := self._action("overdue", "open")) is not None:
            self.desk.attempt(lambda: self.desk.do(insights.finish_insight_action, found[1].id))

    def _settle(self) -> None:
        if (record := self.current()) is not None:
            self.desk.attempt(lambda: self.desk.do(insights.settle_complaint, record))

    def _act(self) -> None:
        if (row := self._insight()) is not None:
            form.ask_action(self, row)

    def _correct(self) -> None:
        if (row := self._insight()) is not None:
            form.ask_correction(self, row)

    def _remove(self) -> None:
        if (record := self.current()) is not None:
            self.desk.attempt(lambda: self.desk.do(insights.remove_insight, record))

    def _open_client(self) -> None:
        if (client := self.current_client()) is not None:
            frame.show(self, "clients", client)

    def _open_theme(self, theme: str) -> None:
        self._themes.setCurrentIndex(max(0, self._themes.findData(theme)))
        self.tabs.choose("all")
        self.rest()


def _action_row(action: ActionRow) -> CardRow:
    state = action.state(dt.date.today())
    shown = {"open": "to do", "done": "to tell"}.get(state, state)
    told = (
        _("told {when}, {how}").format(when=when(action.told_on), how=action.told_how)
        if action.told_on
        else _("done {when}").format(when=when(action.done_on))
        if action.done_on
        else _("until {when}").format(when=when(action.due_on))
        if action.due_on
        else ""
    )
    detail = " · ".join(part for part in (action.owner, told) if part)
    return CardRow(action.what, detail, word(shown), tone(shown), key=action.id)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumWidth(look.px(130))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
