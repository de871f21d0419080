"""The Reviews room: who is due by grade and day, and one review after another with the facts beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from db import review_facts, reviews
from db.reviews import DueRow
from desktop import text
from desktop.rooms import frame
from desktop.rooms.beside import Told, words_part
from desktop.rooms.listed import ListedRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.reviews import form
from desktop.rooms.reviews.coming_and_going import NoList, OnceList, ask_attempt
from desktop.rooms.reviews.facts import fact_cards, past_words
from desktop.rooms.words import TONES, tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.command import Command
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    pass


class _Shown:
    """A client due with what the cells say; everything else is the row's own."""

    def __init__(self, row: DueRow) -> None:
        self._row = row
        self.state = "overdue" if row.overdue_days > 0 else "due" if row.overdue_days >= -reviews.SOON_DAYS else ""
        self.last = when(row.last_on) if row.last_on else "—"
        self.grade = row.grade or "—"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class ReviewsPage(ListedRoom):
    """Enter or R holds the review in view, and Ctrl+Return there keeps it and opens the next; M moves it."""

    name, icon = "reviews", "calendar-check"
    SHOWS = frozenset({"review", "client", "party", "setting", "fee", "trust", "insight", "advice"})

    def parts(self) -> Iterator[None]:
        columns = [
            Column("name", _("Client"), 150, "strong", stretch=True),
            Column("grade", _("Grade"), 60),
            Column("due_on", _("Due"), 106, "muted", show=when),
            Column("state", _("State"), 86, "chip", tones=TONES, show=word, sortable=False, values=("overdue", "due")),
            Column("last", _("Last held"), 106, "muted", sortable=False),
        ]
        self.list = Table(columns, self._ids, self._rows, _("Reviews"))
        give_way(self.list, "last")
        done = _("Whom you serve stands here a month before the day of the review.")
        none = _("Clients whom you serve stand here with the day of their next review.")
        self.add_tab("due", _("Due"), self.list, partial(Empty, self.icon, _("No review is due"), done))
        self.add_tab("all", _("All"), self.list, partial(Empty, self.icon, _("No clients to review"), none))
        yield
        self.once, self.no = OnceList(self.desk), NoList(self.desk)
        once = _("Who bought once and did not decide to continue stands here, with what would make them stay.")
        gone = _("Whoever leaves stands here, with the reason and what went before, so that one learns from it.")
        self.add_tab(
            "once", _("Bought once"), self.once.table, partial(Empty, "user-check", _("Nobody bought just once"), once)
        )
        self.add_tab("no", _("Said No"), self.no.table, partial(Empty, "user", _("Nobody said No"), gone))
        yield
        yield from self.build(
            _("Do they choose to go on? Do we? Asked in time, so that nobody says No by surprise."),
            [button(_("Plan"), self.plan, icon_name="settings")],
        )
        self.list.activated_record.connect(lambda _record: self.hold())
        for table in (self.once.table, self.no.table):
            table.activated_record.connect(lambda _record: self._open_client())

    @staticmethod
    def title() -> str:
        return _("Reviews")

    # ------------------------------------------------------------------ reading

    def counts(self) -> dict[str, int]:
        # Both are looked for over all clients, so only when somebody wants to know.
        if self.tab == "once":
            self.once.read()
        elif self.tab == "no":
            self.no.read()
        return {**self.desk.ask(reviews.count_reviews), "once": len(self.once.known), "no": len(self.no.known)}

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        return self.desk.ask(reviews.list_review_ids, self.tab or "due", sort, descending, typed)

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(row) for row in self.desk.ask(reviews.list_due_rows, some)]

    def told(self, record: int) -> Told | None:
        if self.tabs.current() in ("once", "no"):
            return (self.once if self.tabs.current() == "once" else self.no).told(record)
        row = self.row()
        if row is None:
            return None
        facts = self.desk.ask(review_facts.review_facts, record)
        chips: list[tuple[str, Tone]] = [(word(row.standing), tone(row.standing))]
        if row.last_on is None:
            chips.append((_("Not held yet"), "amber"))
        elif row.overdue_days > 0:
            chips.append((ngettext("{n} day late", "{n} days late", row.overdue_days), "red"))
        every = ngettext("asked every month", "asked every {n} months", row.months)
        small = " · ".join((row.number, every, _("due {when}").format(when=text.current().date(row.due_on))))
        parts: list[Any] = list(fact_cards(facts))
        for review in facts.past[:6]:
            parts.append(words_part(*past_words(review)))
        if row.grade != "—":
            chips.append((_("Grade {grade}").format(grade=row.grade), "neutral"))
        return Told(row.name, small, chips, parts)

    # ------------------------------------------------------------------ doing

    def record_commands(self) -> Sequence[Command]:
        return [
            Command(_("Hold the review"), self.hold, "R", "calendar-check", self._is_review),
            Command(_("Another day"), self._move, "M", "calendar-clock", self._is_review),
            Command(_("Note an attempt"), self._try, "T", "sparkles", self._bought_once),
            Command(_("Open the client"), self._open_client, "O", "user", self._any),
        ]

    def general_commands(self) -> Sequence[Command]:
        return [Command(_("Plan of reviews"), self.plan, "", "settings", line_before=True)]

    def current_client(self) -> int | None:
        """The client in view."""
        return self.current()

    def hold(self) -> None:
        """Hold the review of the client in view."""
        if (client := self.current()) is not None and self._is_review():
            form.ask_review(self, client, self._after)

    def plan(self) -> None:
        """Change the practice's plan."""
        form.ask_plan(self, self.desk)

    def _after(self, client: int) -> None:
        """Go on with the next one due; a parting first offers the change of standing."""
        self.take_off()
        latest = self.desk.ask(reviews.list_reviews, client)[0]
        if latest.we == "disengage":
            from desktop.rooms.reviews.parting import ask_parting

            ask_parting(self, client, latest.reason)
        elif self.current() is not None and self.tabs.current() == "due":
            self.hold()

    def _any(self) -> bool:
        return self.current() is not None

    def _is_review(self) -> bool:
        return self._any() and self.tabs.current() in ("due", "all")

    def _bought_once(self) -> bool:
        return self._any() and self.tabs.current() == "once"

    def _try(self) -> None:
        if (client := self.current()) is not None and client in self.once.known:
            ask_attempt(self, client, self.once.known[client].name)

    def _move(self) -> None:
        row = self.row()
        if row is not None:
            form.ask_day(self, row.id, row.name, row.due_on)

    def _open_client(self) -> None:
        if (client := self.current()) is not None:
            frame.show(self, "clients", client)
