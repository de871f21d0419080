"""The first tab of an engagement: what was agreed in short, who stands where, and what is going on in it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import advice, deadlines, engagements, followups, periods, scope, trust
from db.engagements import EngagementRow, RoleRow
from db.words import CLOSED_STAGES, Letter
from desktop import text
from desktop.rooms import frame
from desktop.rooms.engagements import asking
from desktop.rooms.engagements.parts import Act, Line, Tab, buttons, list_lines
from desktop.rooms.outside_words import outside_words
from desktop.rooms.words import tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chip import Chip
from desktop.widgets.label import label
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom
    from desktop.widgets.empty import Empty

SHOWN = 20
_ROLE_ORDER = ("adverse", "decides", "pays", "uses", "benefits", "counsel", "witness", "contact", "refers")


class OverviewTab(Tab):
    """What needs a word first, then the agreement, the parties, and the work."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self._room, self._desk = room, room.desk

    def fill(self, column: QVBoxLayout, row: EngagementRow) -> Empty | None:
        record = self._desk.ask(engagements.get_engagement, row.id)
        self._say_what_is_missing(column, row, record)
        column.addWidget(self._agreed(row, record))
        for title, said in (
            (_("What the client wants from it"), record.value_sought),
            (_("Outcome"), row.outcome),
            (_("What it brought them"), record.value_delivered),
        ):
            if said:
                column.addWidget(label(title, "label"))
                column.addWidget(Paragraph(said))
        for card in (self._parties(row), self._advice(row), self._promises(row), self._steps(row), self._chain(row)):
            if card is not None:
                column.addWidget(card)
        return None

    def _say_what_is_missing(self, column: QVBoxLayout, row: EngagementRow, record: Any) -> None:
        room = self._room
        if self._desk.ask(deadlines.lacks_limitation, row.id):
            bar = MessageBar()
            column.addWidget(bar)
            bar.say(
                _("A claim that runs out of time cannot be brought back."),
                "warn",
                _("No limitation date is noted"),
                [
                    (_("Note the date"), lambda: asking.ask_deadline(room, row, "limitation")),
                    (_("None applies"), lambda: asking.ask_no_limitation(room, row)),
                ],
            )
        ended = record.recurs and record.period_until and record.period_until <= dt.date.today()
        if ended and not any(each.id != row.id and _later(each, record) for each in self._periods(row)):
            bar = MessageBar()
            column.addWidget(bar)
            bar.say(
                _("It ended on {day}. The next one starts from it; nothing is typed again.").format(
                    day=text.current().date(record.period_until)
                ),
                "info",
                _("This period is over"),
                [(_("Begin the next period"), lambda: asking.ask_next_period(room, row))],
            )

    def _periods(self, row: EngagementRow) -> list[periods.PeriodRow]:
        return self._desk.ask(periods.list_periods, row.id)

    def _agreed(self, row: EngagementRow, record: Any) -> Card:
        voice = text.current()
        card = Card(_("Agreed"))
        facts = [(_("Letter"), letter_said(record))]
        if record.fee_basis or record.fee_minor is not None:
            amount = voice.money(record.fee_minor, row.currency) if record.fee_minor is not None else ""
            facts.append((_("Fee"), ", ".join(part for part in (amount, word(record.fee_basis).lower()) if part)))
        sums = self._desk.ask(engagements.sum_fees, row.id)
        names = {"billed": _("Billed"), "paid": _("Paid"), "written off": _("Written off")}
        facts += [(names[each.kind], voice.money(each.minor, each.currency)) for each in sums]
        if record.period_from or record.period_until:
            days = [voice.date(day) if day else "…" for day in (record.period_from, record.period_until)]
            facts.append((_("Period"), " – ".join(days)))
        if record.next_review_on:
            facts.append((_("Next review"), voice.date(record.next_review_on)))
        for total in self._desk.ask(scope.sum_out_of_scope, engagement_id=row.id):
            facts.append((_("Outside scope"), outside_words(total)))
        card.show_facts(facts)
        if row.letter != "signed":
            steps: list[tuple[Letter, str]] = [("sent", _("Letter sent today")), ("signed", _("Letter signed today"))]
            acts: list[Act] = [
                (words, partial(self._set_letter, row.id, letter)) for letter, words in steps if letter != row.letter
            ]
            card.add(buttons([*acts, (_("On another day"), lambda: self._ask_letter(row))], "link"), 8)
        return card

    def _set_letter(self, engagement_id: int, letter: Letter) -> None:
        new = engagements.NewLetter(letter=letter)
        self._desk.attempt(lambda: self._desk.do(engagements.set_letter, engagement_id, new))

    def _ask_letter(self, row: EngagementRow) -> None:
        asking.ask_letter(self._room, row, "signed" if row.letter == "sent" else "sent")

    def _parties(self, row: EngagementRow) -> Card | None:
        roles: list[RoleRow] = self._desk.ask(engagements.list_roles, row.id)
        if not roles:
            return None
        card = Card(_("Parties"))
        for role in sorted(roles, key=lambda role: (_ROLE_ORDER.index(role.kind), role.id)):
            card.add(self._party(role))
        return card

    def _party(self, role: RoleRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(15, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(label(role.name))
        adverse = role.kind == "adverse"
        row.addWidget(Chip(_("Adverse party") if adverse else word(role.kind), "red" if adverse else "neutral"))
        row.addWidget(label(role.note, "faint"), 1)
        remove = button(_("Remove"), partial(self._remove, role.id), "link")
        remove.setAccessibleName(_("Remove {name}").format(name=role.name))
        row.addWidget(remove)
        return line

    def _remove(self, role_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(engagements.remove_role, role_id))

    def _advice(self, row: EngagementRow) -> Card | None:
        numbers = self._desk.ask(advice.list_advice_ids, engagement_id=row.id)
        if not numbers:
            return None
        card = Card(_("Advice"), text.current().number(len(numbers)))
        card.show_rows(
            [
                CardRow(
                    title=entry.question,
                    detail=entry.advice.replace("\n", " "),
                    chip=word("draft" if entry.state == "draft" else entry.response),
                    tone=tone("draft" if entry.state == "draft" else entry.response),
                    when=when(entry.given_at.astimezone().date()),
                    key=entry.id,
                )
                for entry in self._desk.ask(advice.list_advice_rows, numbers[:SHOWN])
            ]
        )
        card.opened.connect(lambda record: frame.show(self, "advice", record))
        return card

    def _promises(self, row: EngagementRow) -> Card | None:
        found = self._desk.ask(trust.list_promises, engagement_id=row.id, limit=SHOWN)
        if not found:
            return None
        card = Card(_("Promises"))
        lines = []
        for promise in found:
            state = "overdue" if promise.overdue_days else promise.status
            chips = [(word(state), tone(state))]
            if promise.undertaking:
                chips.insert(0, (_("Undertaking"), "red" if promise.status == "open" else "neutral"))
            who = _("Promised to us") if promise.by == "client" else _("We promised")
            due = _("due {when}").format(when=when(promise.due_on)) if promise.due_on else ""
            acts = [(_("Kept"), partial(self._keep, promise.id))] if promise.status == "open" else []
            detail = " · ".join(part for part in (who, promise.by_whom, due, promise.evidence) if part)
            lines.append(Line(promise.text, chips, detail, acts))
        list_lines(card, lines)
        return card

    def _keep(self, promise_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(trust.keep_promise, promise_id, trust.Settling()))

    def _steps(self, row: EngagementRow) -> Card | None:
        every = self._desk.ask(followups.list_follow_ups, row.client_id, open_only=False)
        found = [step for step in every if step.engagement_id == row.id][:SHOWN]
        if not found:
            return None
        card = Card(_("Follow-ups"))
        lines = []
        for step in found:
            late = step.done_on is None and step.due_on < dt.date.today()
            state = "done" if step.done_on else "overdue" if late else "open"
            acts = [] if step.done_on else [(_("Done"), partial(self._finish, step.id))]
            detail = " · ".join(part for part in (when(step.done_on or step.due_on), step.outcome) if part)
            lines.append(Line(step.what, [(word(state), tone(state))], detail, acts))
        list_lines(card, lines)
        return card

    def _finish(self, step_id: int) -> None:
        self._desk.attempt(lambda: self._desk.do(followups.finish_follow_up, step_id, followups.Finish()))

    def _chain(self, row: EngagementRow) -> Card | None:
        chain = self._periods(row)
        if not chain:
            return None
        voice = text.current()
        card = Card(_("Every period"), ngettext("{n} period", "{n} periods", len(chain)))
        card.show_rows(
            [
                CardRow(
                    title=each.title,
                    detail=" – ".join(voice.date(day) if day else "…" for day in (each.period_from, each.period_until)),
                    chip=_("This one") if each.here else word(each.stage),
                    tone="accent" if each.here else "green" if each.stage in CLOSED_STAGES else "neutral",
                    when=each.number,
                    key=each.id,
                )
                for each in chain
            ]
        )
        card.opened.connect(lambda record: frame.show(self, "engagements", record))
        return card


def _later(each: periods.PeriodRow, record: Any) -> bool:
    return bool(each.period_from and record.period_until and each.period_from > record.period_until)


def letter_said(record: Any) -> str:
    """Where the letter stands, with its day."""
    voice = text.current()
    if record.letter == "signed" and record.letter_signed_on:
        return _("signed on {day}").format(day=voice.date(record.letter_signed_on))
    if record.letter == "sent" and record.letter_sent_on:
        return _("sent on {day}, not signed yet").format(day=voice.date(record.letter_sent_on))
    return {"draft": _("drafted, not sent yet"), "none": _("none yet")}.get(record.letter, word(record.letter))
