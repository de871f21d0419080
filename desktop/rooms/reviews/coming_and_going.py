"""Two lists of the Reviews room: who bought once and could come to stay, and who said No, why and after what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db import attempts, said_no
from db.attempts import NewAttempt, Occasional
from db.reasons import Reason
from db.said_no import Counts, No, SaidNo
from desktop import text
from desktop.practice import OpenPractice
from desktop.reason_words import reason_words
from desktop.rooms.beside import Told, facts_part, words_part
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import when, word
from desktop.text import _, joined, ngettext
from desktop.widgets.fields import DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

MOST_LISTED = 200
_AFTER = ("silence", "concern", "promise", "fee rise", "nothing")


class _Once:
    """Somebody who bought once, with what his cells say."""

    def __init__(self, row: Occasional) -> None:
        self.row, self.id, self.name, self.grade = row, row.client_id, row.name, row.grade or "—"
        self.fits = text.current().number(len(row.fits))
        self.since = row.since
        self.tried = text.current().number(len(row.attempts)) if row.attempts else "—"


class OnceList:
    """Who bought once and did not decide to continue, the best fit first."""

    def __init__(self, desk: OpenPractice) -> None:
        self._desk = desk
        self.known: dict[int, Occasional] = {}
        columns = [
            Column("name", _("Client"), 150, "strong", sortable=False, stretch=True),
            Column("grade", _("Grade"), 60, sortable=False),
            Column("fits", _("Fits"), 60, "number", sortable=False),
            Column("since", _("Since"), 106, "muted", show=when, sortable=False),
            Column("tried", _("Tried"), 60, "number", sortable=False),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Bought once"))

    def read(self) -> None:
        """Look who they are; asked beside the window where there are many."""
        found = self._desk.ask(attempts.list_occasional, None, None, MOST_LISTED)
        self.known = {row.client_id: row for row in found}

    def _ids(self, _sort: str, _descending: bool, typed: str) -> Sequence[int]:
        return [number for number, row in self.known.items() if typed.casefold() in row.name.casefold()]

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Once(self.known[number]) for number in some]

    def told(self, record: int) -> Told | None:
        """Why he fits, what would make him stay, what was tried and came of it."""
        row = self.known.get(record)
        if row is None:
            return None
        say = text.current()
        bought = [
            (_("What he bought"), row.engagement),
            (_("Billed in all"), say.money(row.fees_minor, row.currency) if row.fees_minor else ""),
            (_("Last contact"), say.date(row.last_on) if row.last_on else ""),
        ]
        parts: list[Any] = [facts_part(_("So far"), bought)]
        fits = _sentences(row.fits) or _("He shares nothing with those who stayed that could be counted on.")
        parts.append(words_part(_("Why he fits"), fits))
        says = _sentences(row.says) or _("Nothing was heard of him yet. Ask him what he values.")
        parts.append(words_part(_("What would make him stay"), says))
        tried = [
            joined(" — ", [f"{when(one.tried_on)}: {one.what}", one.came_of_it or _("nothing came of it yet")])
            for one in row.attempts
        ]
        parts.append(words_part(_("What was tried"), "\n".join(tried) or _("Nothing yet.")))
        chips: list[tuple[str, Tone]] = [(word("occasional"), "neutral")]
        since = _("bought once, {when}").format(when=when(row.since)) if row.since else ""
        return Told(row.name, since, chips, parts)


class _Went:
    """One who said No, with what his cells say."""

    def __init__(self, row: No) -> None:
        self.row, self.id, self.name, self.on = row, row.client_id, row.name, row.on
        self.reason = word(row.reason) if row.reason else "—"
        self.after = text.current().listed([_after(sign) for sign in row.after])


class NoList:
    """Who said No in three years, the latest first, with the counts of all of them beside each."""

    def __init__(self, desk: OpenPractice) -> None:
        self._desk = desk
        self.told_of: SaidNo | None = None
        self.known: dict[int, No] = {}
        columns = [
            Column("name", _("Client"), 150, "strong", sortable=False, stretch=True),
            Column("reason", _("Reason"), 110, sortable=False),
            Column("after", _("After what"), 150, "muted", sortable=False, stretch=True),
            Column("on", _("When"), 106, "muted", show=when, sortable=False),
        ]
        self.table = Table(columns, self._ids, self._rows, _("Said No"))

    def read(self) -> None:
        """Look who they are; asked beside the window where there are many."""
        self.told_of = self._desk.ask(said_no.said_no)
        self.known = {row.client_id: row for row in reversed(self.told_of.rows)}
        self.known = dict(reversed(self.known.items()))

    def _ids(self, _sort: str, _descending: bool, typed: str) -> Sequence[int]:
        return [number for number, row in self.known.items() if typed.casefold() in row.name.casefold()]

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Went(self.known[number]) for number in some]

    def told(self, record: int) -> Told | None:
        """The No itself, and then all of them by reason, by what went before, by kind, by competitor and by month."""
        row, whole = self.known.get(record), self.told_of
        if row is None or whole is None:
            return None
        say = text.current()
        own = [
            (_("Reason"), word(row.reason) if row.reason else ""),
            (_("Competitor"), row.competitor),
            (_("Days since the last contact"), "" if row.silent_days is None else say.number(row.silent_days)),
            (_("Fees had risen by"), f"{say.number(row.fee_rise)} %" if row.fee_rise else ""),
            (_("Standing before"), word(row.before) if row.before else ""),
            (_("Area"), row.area),
        ]
        # In a sentence of its own: several things may have gone before, and they are not to be cut.
        before = say.listed([_after(sign) for sign in row.after])
        parts: list[Any] = [facts_part(_("His No"), own), words_part(_("After what"), before)]
        if row.words:
            parts.append(words_part(_("In his words"), say.quoted(row.words)))
        heading = ngettext("{n} said No in three years", "{n} said No in three years", len(whole.rows))
        parts.append(words_part("", heading))
        for title, counts, says in (
            (_("By reason"), whole.by_reason, lambda name: word(name) if name else _("not said")),
            (_("After what"), whole.by_after, _after),
            (_("By grade"), whole.by_grade, lambda name: name or _("without a grade")),
            (_("By what they were"), whole.by_before, lambda name: word(name) if name else _("not known")),
            (_("By competitor"), whole.by_competitor, lambda name: name or _("not named")),
            (_("By month"), whole.by_month[-12:], lambda name: name),
        ):
            if counts:
                parts.append(facts_part(title, _counted(counts, says)))
        return Told(row.name, say.long_date(row.on), [(word("former"), "neutral")], parts)


def _counted(counts: Counts, says: Any) -> list[tuple[str, str]]:
    return [(says(name), text.current().number(count)) for name, count in counts]


def _after(sign: str) -> str:
    return {
        "silence": _("a long silence"),
        "concern": _("an open concern"),
        "promise": _("a missed promise"),
        "fee rise": _("a rise of fees"),
        "nothing": _("nothing that was seen"),
    }[sign]


def _sentences(reasons: Sequence[Reason]) -> str:
    words = [reason_words(reason) for reason in reasons]
    return "\n".join(said[:1].upper() + said[1:] for said in words)


def ask_attempt(room: CoveredRoom, client_id: int, name: str) -> None:
    """Note what was tried so that he comes to stay."""
    form = Form(
        [
            [("what", TextField(_("What was tried")), 2), ("tried_on", DateField(_("On")), 1)],
            [("came_of_it", LongField(_("What came of it"), 2), 1)],
        ]
    )
    room.ask(
        _("From occasional to client"),
        form,
        _("Note it"),
        lambda values: room.desk.do(attempts.add_attempt, NewAttempt(client_id=client_id, **values)),
        note=name,
    )
