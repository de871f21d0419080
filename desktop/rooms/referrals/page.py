"""The Referrals room: who sent whom and what came of it, thanks owed, and whom it is right to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from db import asking, referrals
from db.asking import WorthAsking
from db.referrals import ReferralRow
from desktop import text
from desktop.fee_rules import fee_rules
from desktop.rooms import frame
from desktop.rooms.beside import Told, facts_part, rows_part, words_part
from desktop.rooms.listed import ListedRoom
from desktop.rooms.narrow import give_way
from desktop.rooms.referrals import form
from desktop.rooms.words import TONES, ago, engagement_word, fees, tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import CardRow
from desktop.widgets.command import Command
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.table import Column, Table

if TYPE_CHECKING:
    pass

STATES = ("thanks owed", "thanked", "sent out")


class _Shown:
    """A referral with what its cells say; everything else is the row's own."""

    def __init__(self, row: ReferralRow) -> None:
        self._row = row
        self.whom = row.sender if row.direction == "in" else "→ " + row.receiver
        self.fees_minor = fees(row.fees_minor, row.currency)
        self.state = row.state

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class _Asked:
    """A client worth asking with what his cells say; his id is that of his file."""

    def __init__(self, row: WorthAsking) -> None:
        self.row, self.id, self.name, self.grade = row, row.client_id, row.name, row.grade
        self.said = " ".join(row.said.split())
        self.kept = text.current().number(row.kept)
        self.said_on = row.said_on

    @property
    def client_id(self) -> int:
        """The client's file."""
        return self.id


class ReferralsPage(ListedRoom):
    """N notes a referral, T thanks, O says what came of it; under *Right to ask*, A sets a next step."""

    name, icon = "referrals", "share-2"
    SHOWS = frozenset({"referral", "client", "party", "engagement", "fee", "trust", "insight", "follow_up"})

    def parts(self) -> Iterator[None]:
        columns = [
            Column("sent", _("Who was sent"), 150, "strong", stretch=True),
            Column("whom", _("By whom"), 150, sortable=False),
            Column("state", _("Thanks"), 104, "chip", tones=TONES, show=word, sortable=False, values=STATES),
            Column("fees_minor", _("Fees"), 76, "number"),
            Column("referred_on", _("When"), 102, "muted", show=when),
        ]
        self.list = Table(columns, self._ids, self._rows, _("Referrals"))
        give_way(self.list, "fees_minor", "referred_on")
        asked = [
            Column("name", _("Client"), 140, "strong", sortable=False),
            Column("grade", _("Grade"), 60, sortable=False),
            Column("said", _("What they said"), 180, "muted", sortable=False, stretch=True),
            Column("kept", _("Kept"), 60, "number", sortable=False),
            Column("said_on", _("Said"), 102, "muted", show=when, sortable=False),
        ]
        self._worth: dict[int, WorthAsking] = {}
        self.whom = Table(asked, self._worth_ids, self._worth_rows, _("Right to ask"))
        give_way(self.whom, "kept", "grade")
        yield
        new: tuple[Any, ...] = (_("Note a referral"), self.write)
        says: dict[str, tuple[str, str, str, tuple[Any, ...]]] = {
            "owed": (
                _("Thanks owed"),
                _("No thanks are owed"),
                _("Whoever sends you somebody stands here until thanked."),
                (),
            ),
            "in": (
                _("Sent to us"),
                _("Nobody was sent to you yet"),
                _("Note who sends you whom, and thank them."),
                new,
            ),
            "out": (_("Sent by us"), _("You sent nobody yet"), _("Note whom you send to others, and why."), new),
            "ask": (
                _("Right to ask"),
                _("Now is not the time to ask"),
                _("Clients stand here after a kept promise and a good word, while nothing is open with them."),
                (),
            ),
        }
        for key, (title, heading, words, more) in says.items():
            body = self.whom if key == "ask" else self.list
            self.add_tab(key, title, body, partial(Empty, self.icon, heading, words, *more))
        yield
        yield from self.build(
            _("Who sent whom, what came of it, and whether they were thanked."),
            [button(_("Referral"), self.write, "primary", "plus")],
        )
        for table in (self.list, self.whom):
            table.activated_record.connect(lambda _record: self._open_client())

    @staticmethod
    def title() -> str:
        return _("Referrals")

    # ------------------------------------------------------------------ reading

    def counts(self) -> dict[str, int]:
        # Whom to ask is looked for over all clients, so only when somebody wants to know.
        if self.tab == "ask":
            self._worth = {row.client_id: row for row in self.desk.ask(asking.list_worth_asking)}
        return {**self.desk.ask(referrals.count_referrals), "ask": len(self._worth)}

    def _ids(self, sort: str, descending: bool, typed: str) -> Sequence[int]:
        return self.desk.ask(referrals.list_referral_ids, self.tab, sort, descending, typed)

    def _rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Shown(row) for row in self.desk.ask(referrals.list_referral_rows, some)]

    def _worth_ids(self, _sort: str, _descending: bool, typed: str) -> Sequence[int]:
        return [number for number, row in self._worth.items() if typed.casefold() in row.name.casefold()]

    def _worth_rows(self, some: Sequence[int]) -> Sequence[Any]:
        return [_Asked(self._worth[number]) for number in some]

    def _referral(self) -> ReferralRow | None:
        record = self.current()
        if record is None or self.tabs.current() == "ask":
            return None
        return next(iter(self.desk.ask(referrals.list_referral_rows, [record])), None)

    def told(self, record: int) -> Told | None:
        if self.tabs.current() == "ask":
            return self._told_worth(self._worth[record]) if record in self._worth else None
        row = self._referral()
        if row is None:
            return None
        chips: list[tuple[str, Tone]] = [(word(row.state), tone(row.state))]
        if row.standing:
            chips.append((word(row.standing), tone(row.standing)))
        small = (
            _("sent by {name}").format(name=row.sender)
            if row.direction == "in"
            else _("sent to {name}").format(name=row.receiver)
        )
        date = text.current().date
        money = text.current().money(row.fees_minor, row.currency) if row.fees_minor else ""
        came = [
            (engagement_word(plural=True), text.current().number(row.engagements) if row.engagements else ""),
            (_("Billed so far"), money),
            (_("What came of it"), row.outcome),
            (_("Sender told"), date(row.told_on) if row.told_on else ""),
            (_("Thanked"), f"{date(row.thanked_on)} · {row.thanked_how}" if row.thanked_on else ""),
            (_("Date"), date(row.referred_on)),
        ]
        parts = [words_part(_("What for"), row.what_for)] if row.what_for else []
        parts.append(facts_part(_("What came of it"), came))
        if row.note:
            parts.append(words_part(_("Note"), row.note))
        if row.id < 0:
            parts.append(words_part("", _("The client's file says who sent them; nothing else was noted yet.")))
        if row.sender_id is not None:
            others = [each for each in self.desk.ask(referrals.sent_by, row.sender_id) if each.id != row.id]
            if others:
                title = _("Also sent by {name}").format(name=row.sender)
                card = rows_part(title, "", [_also(each) for each in others[:8]])
                card.opened.connect(self.show_record)
                parts.append(card)
        parts += [words_part(rule.source, f"{rule.where}: {rule.words}") for rule in fee_rules()]
        return Told(row.sent, small, chips, parts)

    def _told_worth(self, row: WorthAsking) -> Told:
        said = text.current().quoted(row.said)
        if row.score is not None:
            said += " · " + _("{score} of {scale}").format(score=row.score, scale=row.scale)
        kept = ngettext("{n} promise kept in time", "{n} promises kept in time", row.kept)
        sent = ngettext("Sent us {n} before", "Sent us {n} before", row.sent) if row.sent else _("Sent nobody so far")
        reasons = [
            words_part(_("A good word, {ago} ago").format(ago=ago(row.said_on)), said),
            words_part(_("A promise kept, {ago} ago").format(ago=ago(row.last_kept_on)), row.last_kept),
            words_part(_("And"), "\n".join((kept, sent, _("No concern, no complaint and nothing late is open")))),
        ]
        return Told(
            row.name,
            _("It is right to ask them now"),
            [(_("Grade {grade}").format(grade=row.grade), "neutral")] if row.grade else [],
            reasons,
        )

    # ------------------------------------------------------------------ doing

    def record_commands(self) -> Sequence[Command]:
        return [
            Command(_("Ask them"), self._ask_them, "A", "message-square", lambda: self.tabs.current() == "ask"),
            Command(_("Thank"), self._thank, "T", "gift", self._owed),
            Command(_("What came of it"), self._outcome, "O", "pencil", self._is_referral),
            Command(_("Open the client"), self._open_client, "Return", "user", self._of_client),
            Command(_("Open the sender"), self._open_sender, "S", "users", self._sender_is_client),
            Command(_("Remove"), self._remove, "Del", "trash-2", self._written, line_before=True),
        ]

    def general_commands(self) -> Sequence[Command]:
        return [Command(_("Note a referral"), self.write, "Ctrl+N", "plus", line_before=True)]

    def current_client(self) -> int | None:
        """The file of the one who was sent, or of the one to ask."""
        row = self.row()
        return row.client_id if row is not None else None

    def write(self) -> None:
        """Note who sent whom."""
        form.ask_referral(self)

    def _is_referral(self) -> bool:
        return self.current() is not None and self.tabs.current() != "ask"

    def _owed(self) -> bool:
        return self._is_referral() and self.row().state == "thanks owed"

    def _written(self) -> bool:
        return self._is_referral() and (self.current() or 0) > 0

    def _of_client(self) -> bool:
        return self.current_client() is not None

    def _sender_is_client(self) -> bool:
        return self._is_referral() and self.row().sender_client_id is not None

    def _ask_them(self) -> None:
        if (record := self.current()) in self._worth and record is not None:
            form.ask_to_ask(self, self._worth[record])

    def _thank(self) -> None:
        if (row := self._referral()) is not None:
            form.ask_thanks(self, row)

    def _outcome(self) -> None:
        if (row := self._referral()) is not None:
            form.ask_outcome(self, row)

    def _remove(self) -> None:
        if (record := self.current()) is not None:
            self.desk.attempt(lambda: self.desk.do(referrals.remove_referral, record))

    def _open_client(self) -> None:
        if (client := self.current_client()) is not None:
            frame.show(self, "clients", client)

    def _open_sender(self) -> None:
        row = self.row()
        if row is not None and row.sender_client_id is not None:
            frame.show(self, "clients", row.sender_client_id)


def _also(row: ReferralRow) -> CardRow:
    money = text.current().money(row.fees_minor, row.currency) if row.fees_minor else _("nothing billed")
    return CardRow(row.sent, money, word(row.state), tone(row.state), when(row.referred_on), row.sent, row.id)
