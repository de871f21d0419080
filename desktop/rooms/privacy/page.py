"""The room of requests about data: each with its clock, who asks, what is held, the pack, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget

from db import erasure, privacy
from db.exchange import access_pack
from db.exchange.export import file_named
from db.privacy import RequestRow
from db.words import RightKind
from desktop import messages, text
from desktop.jobs import Job
from desktop.rooms import frame
from desktop.rooms.beside import Told, facts_part, words_part
from desktop.rooms.listed import ListedRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.privacy import form
from desktop.rooms.privacy.items import ItemsView
from desktop.rooms.privacy.words import clock_words, next_words, pack_words, packed
from desktop.rooms.words import when, word
from desktop.rooms.words_listening import noun_word
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.command import Command
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    from desktop.rooms.printing import Printed

_PACKED = ("access", "portability")
_REVIEWED = (*_PACKED, "erasure")


def _to_mark(row: RequestRow) -> bool:
    return row.kind in privacy.MARKS and row.marked_on is None


class _Tones(dict[Any, Tone]):
    """The clock carries its tone with it."""

    def get(self, said: Any, default: Any = "neutral") -> Any:
        return said[1] if said else default


class _Shown:
    """A request with what its cells say; everything else is the row's own."""

    def __init__(self, row: RequestRow) -> None:
        self._row = row
        self.clock = clock_words(row)
        self.known = _("verified") if row.verified_on else _("not yet")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class PrivacyPage(ListedRoom):
    """N logs a request, V says who asks, R reviews what is held, P builds the pack, C closes."""

    name, icon = "privacy", "shield"
    SHOWS = frozenset({"rights_request", "party", "client"})

    def parts(self) -> Iterator[None]:
        self._known: dict[int, RequestRow] = {}
        columns = [
            Column("party", _("Who asks"), 150, "strong", stretch=True, sortable=False),
            Column("kind", _("For what"), 110, show=word, values=get_args(RightKind), sortable=False),
            Column("clock", _("Clock"), 104, "chip", sortable=False, tones=_Tones(), show=lambda said: said[0]),
            Column("known", _("Identity"), 84, "muted", sortable=False),
            Column("received_on", _("Received"), 84, "muted", show=when, sortable=False),
        ]
        self.list = Table(columns, self._ids, self._rows, _("Requests about data"))
        give_way(self.list, "received_on", "known")
        words = _("When somebody asks what you hold on them, write it down here: the clock starts at once.")
        new = partial(Empty, self.icon, _("No request is open"), words, _("Log a request"), self.write)
        told = _("What was answered stands here, with what was told.")
        none = partial(Empty, self.icon, _("No request was closed yet"), told)
        self.add_tab("open", word("open"), self.list, new)
        self.add_tab("closed", _("Closed"), self.list, none)
        yield
        yield from self.build(
            _("What people ask about their own data, answered within the month."),
            [button(_("Request"), self.write, "primary", "plus")],
        )
        page = self._leaves.widget(0)
        assert page is not None
        self._both = QStackedWidget()
        self._leaves.insertWidget(0, self._both)
        self._both.addWidget(page)
        yield
        self.items = ItemsView(self, self.leave_items)
        self._both.addWidget(self.items)
        self._leaves.setCurrentIndex(0)
        self.list.activated_record.connect(lambda _record: self.review())

    @staticmethod
    def title() -> str:
        return _("Requests")

    # ------------------------------------------------------------------ reading

    def counts(self) -> dict[str, int]:
        self._known = {row.id: row for row in self.desk.ask(privacy.list_requests)}
        closed = sum(row.closed_on is not None for row in self._known.values())
        return {"open": len(self._known) - closed, "closed": closed}

    def refresh(self) -> None:
        super().refresh()
        if self._both.currentIndex() == 1:
            self.items.reload()

    def _ids(self, _sort: str, _descending: bool, typed: str) -> Sequence[int]:
        closed = self.tab == "closed"
        rows = [row for row in self._known.values() if (row.closed_on is not None) == closed]
        return [row.id for row in rows if typed.casefold() in row.party.casefold()]

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(self._known[number]) for number in some]

    def told(self, record: int) -> Told | None:
        row = self._known.get(record)
        if row is None:
            return None
        date = text.current().date
        chips: list[tuple[str, Tone]] = [(word(row.kind), "blue"), clock_words(row)]
        if row.marked_on:
            mark = _("Restricted since {day}") if row.kind == "restriction" else _("Objects since {day}")
            chips.append((mark.format(day=date(row.marked_on)), "amber"))
        outcome, _colon, said = row.outcome.partition(": ")
        facts = [
            (_("Received"), " · ".join(part for part in (date(row.received_on), row.how) if part)),
            (_("Due, by law in one month"), date(row.due_on) if not row.extended else ""),
            (_("Due, extended by two months"), date(row.due_on) if row.extended else ""),
            (_("Identity verified"), date(row.verified_on) if row.verified_on else _("not yet")),
            (_("Given"), text.current().number(row.given) if row.given else ""),
            (_("Withheld"), text.current().number(row.withheld) if row.withheld else ""),
            (_("Closed"), f"{date(row.closed_on)} · {word(outcome)}" if row.closed_on else ""),
        ]
        parts = [words_part(_("In their words"), row.words)] if row.words else []
        parts.append(facts_part(_("About it"), facts))
        if row.verified_how:
            parts.append(words_part(_("How we know who asks"), row.verified_how))
        if said:
            parts.append(words_part(_("What was told to the person"), said))
        if row.closed_on is None:
            parts.append(words_part(_("What comes next"), next_words(row)))
        if row.kind == "erasure" and row.closed_on is None:
            parts += self._erasure_parts(row)
        return Told(row.party, "", chips, parts)

    def _erasure_parts(self, row: RequestRow) -> list[Any]:
        plan = self.desk.ask(erasure.plan_erasure, row.party_id)
        number = text.current().number
        goes = [(noun_word(noun), number(count)) for noun, count in plan.goes.items()]
        stays = "\n".join(f"{noun_word(noun)} ({number(count)}): {word(ground)}" for noun, count, ground in plan.stays)
        parts: list[Any] = [facts_part(_("Goes for good"), goes)] if goes else []
        if plan.name_goes:
            parts.append(words_part("", _("The name goes too: nothing that stays needs it.")))
        if stays:
            parts.append(words_part(_("Stays, and why"), stays))
        limits = _("The lines of the history keep whom a step was about, and old backups hold what they held.")
        return [*parts, words_part("", limits)]

    # ------------------------------------------------------------------ doing

    def record_commands(self) -> Sequence[Command]:
        return [
            Command(_("Verify who asks"), self._verify, "V", "user-check", self._is(lambda row: not row.verified_on)),
            Command(_("Erase what may go"), self._erase, "E", "trash-2", self._is(lambda row: row.kind == "erasure")),
            Command(_("Mark it"), self._mark, "M", "tag", self._is(_to_mark)),
            Command(_("Lift the mark"), self._lift, "L", "tag", self._is(lambda row: row.marked_on is not None)),
            Command(
                _("Review what is held"), self.review, "R", "list-checks", self._is(lambda row: row.kind in _REVIEWED)
            ),
            Command(_("Build the pack"), self._pack, "P", "file-down", self._is(lambda row: row.kind in _PACKED)),
            Command(_("Open the details"), self._details, "D", "user", self._is(lambda row: True)),
            Command(_("Two months more"), self._extend, "X", "calendar-clock", self._is(lambda row: not row.extended)),
            Command(_("Close"), self._close, "C", "check", self._is(lambda row: True)),
        ]

    def general_commands(self) -> Sequence[Command]:
        return [Command(_("Log a request"), self.write, "Ctrl+N", "plus", line_before=True)]

    def _is(self, so: Callable[[RequestRow], bool]) -> Callable[[], bool]:
        def possible() -> bool:
            row = self.request()
            return row is not None and row.closed_on is None and so(row)

        return possible

    def request(self) -> RequestRow | None:
        """The request in view."""
        record = self.current()
        return None if record is None else self._known.get(record)

    def write(self) -> None:
        """Write a request down."""
        form.ask_request(self)

    def review(self) -> None:
        """Go through what is held, record by record."""
        if (row := self.request()) is not None:
            self._both.setCurrentIndex(1)
            self.items.show_request(row.id, row.party)
            self.items.table.setFocus()

    def printed(self) -> Sequence[Printed]:
        return [self.items.printed()] if self._both.currentIndex() == 1 else super().printed()

    def leave_items(self) -> None:
        """Back to the list of requests."""
        self._both.setCurrentIndex(0)
        self.rest()

    def _verify(self) -> None:
        if (row := self.request()) is not None:
            form.ask_identity(self, row)

    def _extend(self) -> None:
        if (row := self.request()) is not None:
            form.ask_extension(self, row)

    def _close(self) -> None:
        if (row := self.request()) is not None:
            form.ask_closing(self, row)

    def _mark(self) -> None:
        if (row := self.request()) is not None and row.marked_on is None:
            self.desk.attempt(lambda: self.desk.do(privacy.mark_party, row.id))

    def _lift(self) -> None:
        if (row := self.request()) is not None and row.marked_on is not None:
            self.desk.attempt(lambda: self.desk.do(privacy.lift_mark, row.id))

    def _details(self) -> None:
        if (row := self.request()) is not None:
            # A party without a client file stands in that room by the negative of its id.
            frame.show(self, "clients", row.client_id or -row.party_id)

    def _pack(self) -> None:
        row = self.request()
        if row is None:
            return
        proposal = Path.home() / file_named(_("Data of {name}").format(name=row.party) + ".zip")
        path = messages.choose_new_file(self, _("Where shall the pack go?"), proposal, "ZIP (*.zip)")
        if path is None:
            return
        build = access_pack.build_pack
        job = Job(lambda progress: self.desk.ask(build, row.id, path, pack_words, progress), self)
        stop = Command(_("Cancel"), job.cancel, icon="x")
        making = Told(_("The pack is being made…"), row.party, [], [words_part(_("Where"), str(path))])
        self.beside.show_told(making, [stop])
        job.done.connect(lambda pack: self.beside.show_told(packed(row, pack), self._after_pack(pack)))
        job.cancelled.connect(self.tell)
        job.failed.connect(self._on_no_pack)
        job.start()

    def _after_pack(self, pack: access_pack.Pack) -> Sequence[Command]:
        folder = QUrl.fromLocalFile(str(pack.path.parent))
        return [
            Command(_("Close"), self._close, "C", "check"),
            Command(_("Show the folder"), lambda: QDesktopServices.openUrl(folder), icon="folder-open"),
        ]

    def _on_no_pack(self, error: BaseException) -> None:
        self.tell()
        self.desk.tell_failed(error)

    def _erase(self) -> None:
        row = self.request()
        if row is None or not messages.ask(
            self,
            _("Erase what may go of {name}?").format(name=row.party),
            _("This is for good: Undo cannot bring it back. What the practice must keep stays."),
            _("Erase"),
        ):
            return
        self.beside.show_told(Told(_("Erasing …"), row.party, [], [words_part("", _("This takes a few seconds."))]))
        job = Job(lambda _progress: self.desk.practice.do(erasure.erase_person, row.id), self)
        job.done.connect(self.desk.tell)
        job.failed.connect(self.desk.tell_failed)
        job.start()
