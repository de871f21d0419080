"""Finding: what was typed in the search field, looked for beside the window, and told in lines that can be opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.jobs import Job
from desktop.rooms.frame import log_advice, new_enquiry
from desktop.text import _

if TYPE_CHECKING:
    from db.search import Found, Hit
    from desktop.practice import OpenPractice
    from desktop.shell.search import ResultRow
    from desktop.shell.window import Window

MOST, MOST_RECENT, MOST_USED = 10, 6, 6
LIKE_A_NAME, COUNTED = 80, 200
_ROOM_OF = {
    "client": ("clients", "users"),
    "party": ("clients", "user"),
    "engagement": ("engagements", "briefcase"),
    "advice": ("advice", "scroll-text"),
    "trust_note": ("trust", "handshake"),
    "promise": ("trust", "handshake"),
    "follow_up": ("clients", "calendar"),
    "attachment": ("clients", "paperclip"),
    "insight": ("insight", "message-square-quote"),
    "review": ("reviews", "calendar-check"),
    "referral": ("referrals", "share-2"),
    "rights_request": ("privacy", "shield"),
    "decision": ("engagements", "list-checks"),
    "out_of_scope": ("engagements", "briefcase"),
    "deadline": ("engagements", "calendar-clock"),
}
# Where the room of a place holds one noun, or the second by the negative of its id.
_NOUN_IN = {
    "clients": ("client", "party"),
    "engagements": ("engagement", "engagement"),
    "advice": ("advice", "advice"),
    "trust": ("promise", "trust_note"),
    "insight": ("insight", "insight"),
    "reviews": ("client", "client"),
    "referrals": ("referral", "client"),
    "privacy": ("rights_request", "rights_request"),
}


class Finding(QObject):
    """Answers the latest question only: whoever types on is not shown what he no longer looks for."""

    def __init__(self, desk: OpenPractice, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._asked, self._over = "", False

    def ask(self, typed: str) -> None:
        """Look for a text; for none show where one was lately and what is often done."""
        self._asked = typed
        if not typed.strip():
            self._window.set_results(self._without_a_word())
        elif self._job is None:
            self._begin()

    def stop(self) -> None:
        """Show nothing more of this practice: it is being closed."""
        self._over = True

    def _begin(self) -> None:
        from db import search

        typed, desk = self._asked, self._desk
        self._job = Job(lambda _progress: desk.ask(search.find, typed, limit=MOST, count=COUNTED), self)
        self._job.done.connect(partial(self._on_found, typed))
        self._job.failed.connect(lambda error: None if self._over else self._desk.tell_failed(error))
        self._job.ended.connect(partial(self._on_ended, typed))
        self._job.start()

    def _on_found(self, typed: str, found: Found) -> None:
        if typed == self._asked and not self._over:
            self._window.set_results(self._rows(found.hits), self._nobody(typed))

    def _on_ended(self, typed: str) -> None:
        self._job = None
        if self._asked.strip() and self._asked != typed and not self._over:
            self._begin()

    def _nobody(self, typed: str) -> ResultRow | None:
        """What is offered where nothing was found: whoever is on the telephone may never have been met."""
        from desktop.shell.search import ResultRow

        name = " ".join(typed.split())
        if len(name) < 2:
            return None
        words = _("New enquiry from “{name}”").format(name=name)
        call = partial(new_enquiry, self._window, name)
        return ResultRow("", 0, words, icon="phone", do=call, group=_("Nothing was found"))

    # ------------------------------------------------------------------ in lines

    def _rows(self, hits: Iterable[Hit]) -> list[ResultRow]:
        from desktop.shell.search import ResultRow

        # Each kind stands together: clients first if one is called so, else as the kinds were found.
        kinds: dict[str, list[ResultRow]] = {}
        hits = list(hits)
        if any(hit.noun == "client" and self._is_called(hit) for hit in hits):
            kinds = {_group(noun): [] for noun in ("client", "party", "engagement", "advice")}
        named = [hit for hit in hits if hit.noun == "client"][:1]
        for hit in hits:
            kinds.setdefault(_group(hit.noun), []).append(_row(hit))
        rows = [row for group in kinds.values() for row in group]
        for hit in named:
            title = _("Log advice for {name}").format(name=hit.title)
            do = partial(log_advice, self._window, hit.id)
            rows.append(ResultRow("", 0, title, icon="plus", do=do, group=_("Commands")))
        return rows

    def _is_called(self, hit: Hit) -> bool:
        """Whether what was typed begins words of the name, or is nearly it."""
        from rapidfuzz import fuzz

        from db.names import fold

        return fuzz.partial_ratio(fold(self._asked), fold(f"{hit.title} {hit.number}")) > LIKE_A_NAME

    def _without_a_word(self) -> list[ResultRow]:
        from db.search import describe
        from desktop.shell.search import ResultRow

        places = self._window.places.recent(MOST_RECENT)
        asked = [
            (_NOUN_IN[place.room][(place.record or 0) < 0], abs(place.record or 0))
            for place in places
            if place.room in _NOUN_IN
        ]
        recent = [_row(hit, _("Lately")) for hit in self._desk.ask(describe, asked)]
        used = self._window.used_commands(MOST_USED)
        return [*recent, *(ResultRow.of_command(command) for command in used)]


def _group(noun: str) -> str:
    from desktop.rooms.words import engagement_word

    return {
        "client": _("Clients"),
        "party": _("People and organisations"),
        "engagement": engagement_word(plural=True),
        "advice": _("Advice"),
        "trust_note": _("Trust"),
        "promise": _("Promises"),
        "follow_up": _("Follow-ups"),
        "attachment": _("Files"),
        "insight": _("Insight"),
        "review": _("Reviews"),
        "referral": _("Referrals"),
        "rights_request": _("Requests"),
        "decision": _("Decisions"),
        "out_of_scope": _("Outside scope"),
        "deadline": _("Deadlines"),
    }.get(noun, "")


def _row(hit: Hit, group: str = "") -> Any:
    from desktop.rooms.words import when
    from desktop.shell.search import ResultRow

    room, icon = _ROOM_OF.get(hit.noun, ("", "search"))
    record = hit.id
    if room in ("clients", "reviews") and hit.noun != "client":
        record = hit.client_id or 0  # these rooms hold clients
    if hit.engagement_id is not None:
        record = hit.engagement_id
    if hit.noun in ("trust_note", "party"):
        record = -hit.id  # their rooms hold two nouns: see show_record there
    told_of = dict.fromkeys(part for part in (hit.number, hit.client, hit.snippet) if part and part != hit.title)
    told = when(dt.date.fromisoformat(hit.when[:10])) if hit.when else ""
    title = hit.title or hit.snippet
    return ResultRow(room, record, title, " · ".join(told_of), told, icon, group=group or _group(hit.noun))
