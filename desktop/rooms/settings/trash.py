"""The trash: what was deleted, by whom and when, with a way back for each, and emptying for good."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import trash
from db.trash import TrashRow
from desktop import sentences
from desktop.jobs import Job
from desktop.practice import OpenPractice
from desktop.rooms.words import at
from desktop.text import _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.empty import Empty
from desktop.widgets.fields import ChoiceField
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

AT_ONCE = 30
DAYS = (30, 90, 365)


class TrashCard(QWidget):
    """A press on a line, or Return on it, puts back what it names; emptying asks a second time, in its own place."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self.rows: list[TrashRow] = []
        self.bar = MessageBar()
        self.words = label("", "muted", wrap=True)
        self.card = Card(_("Deleted"), _("press a line to put it back"), icon="trash-2")
        self.card.opened.connect(self.put_back)
        self.field = ClearedLine(_("Find in the trash"))
        self.field.setAccessibleName(_("Find in the trash"))
        self.field.setProperty("kind", "search")
        self.field.textChanged.connect(lambda _typed: self._seek())
        on_key("Esc", self.field, self.field.clear, "itself")
        self.none = label(_("Nothing in the trash has this name."), "muted", wrap=True)
        self.nothing = Empty("trash-2", _("The trash is empty."), _("What you delete waits here until you empty it."))
        self.more = button(_("Show earlier ones"), self.load_more, "link")
        spans = [(days, ngettext("older than {n} day", "older than {n} days", days)) for days in DAYS]
        self.span = ChoiceField(_("Empty"), [(0, _("Everything")), *spans])
        self.span.changed.connect(self._calm)
        self.empty = button(_("Empty the trash"), self.on_empty, "danger", "trash-2")
        self.sure = button(_("Yes, erase it for good"), self.on_sure, "danger", "trash-2")
        self.keep = button(_("Keep it"), self._calm, "quiet")
        self.warning = label(
            _("What is emptied cannot come back: no Undo and no backup from now on holds it."), "error", True
        )
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.span)
        for each in (self.empty, self.sure, self.keep):
            foot.addWidget(each)
        foot.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        foot.setContentsMargins(0, 0, 0, 0)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        for widget in (self.card, self.none, self.nothing, self.more, self.warning, self._foot):
            inside.addWidget(widget)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.field)
        column.addWidget(self.bar)
        column.addWidget(scrolled(page), 1)
        self._calm()

    def refresh(self) -> None:
        """Look again, as far back as was shown."""
        self._look(max(AT_ONCE, len(self.rows)))

    def _seek(self) -> None:
        self._look(AT_ONCE)

    def _look(self, count: int) -> None:
        self.rows = self._desk.ask(trash.list_trash, count, None, self._typed())
        self._show(len(self.rows) < count)

    def _typed(self) -> str:
        return self.field.text().strip()

    def start_search(self) -> None:
        """Go to the field that finds in the trash."""
        self.field.setFocus()
        self.field.selectAll()

    def load_more(self) -> None:
        """Show the next ones."""
        earlier = self._desk.ask(trash.list_trash, AT_ONCE, self.rows[-1].step, self._typed())
        self.rows += earlier
        self._show(len(earlier) < AT_ONCE)

    def _show(self, all_told: bool) -> None:
        self.card.show_rows([_line(row) for row in self.rows])
        sought = bool(self._typed())
        some = bool(self.rows)
        self.card.setVisible(some)
        self.none.setVisible(sought and not some)
        self.nothing.setVisible(not sought and not some)
        self.field.setVisible(some or sought)
        # What is emptied is all that lies here, not what was sought.
        self._foot.setVisible(some and not sought)
        self.more.setVisible(some and not all_told)
        self.words.setVisible(some)
        self.words.setText(
            _("Nothing here is gone. Each line can be put back, until the trash is emptied.") if some else ""
        )

    def put_back(self, step: Any) -> None:
        """Put back what one deletion took away."""
        self.bar.hide()
        self._work(lambda: self._desk.practice.do(trash.put_back, step))

    def on_empty(self) -> None:
        """Ask again, in the same place."""
        self.empty.hide()
        for widget in (self.sure, self.keep, self.warning):
            widget.show()
        self.keep.setFocus()

    def _calm(self) -> None:
        self.empty.show()
        for widget in (self.sure, self.keep, self.warning):
            widget.hide()

    def on_sure(self) -> None:
        """Erase for good what the chosen span names."""
        days = self.span.value() or 0
        self._calm()
        self._work(lambda: self._desk.practice.do(trash.empty_trash, days))

    def _work(self, work: Any) -> None:
        """Do it beside the window: a deletion may be a whole client."""
        if self._job is not None:
            return
        self.setEnabled(False)
        self._job = Job(lambda _progress: work(), self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._desk_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_done(self, done: Any) -> None:
        if done.step:
            self._desk.tell(done)
        else:
            self.bar.say(_("There was nothing so old in it."))

    def _desk_failed(self, error: BaseException) -> None:
        from db.errors import Refused

        if isinstance(error, Refused):
            self.bar.say(sentences.refusal(error), "error", closable=True)
        else:
            self._desk.tell_failed(error)

    def _on_ended(self) -> None:
        self._job = None
        self.setEnabled(True)
        self.refresh()


def _line(row: TrashRow) -> CardRow:
    what = sentences.verb_words(row.verb)
    who = _("{what} by {who}").format(what=what, who=row.who) if row.who else what
    count = ngettext("{n} record", "{n} records", row.records) if row.records > 1 else ""
    when = at(dt.datetime.fromisoformat(row.at))
    return CardRow(row.subject or what, " · ".join(part for part in (who, count) if part), when=when, key=row.step)
