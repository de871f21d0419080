"""What is printed of agreed work: the list as it is narrowed, and the sheet of the engagement in view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from db import advice, deadlines, decisions, engagements, scope, trust
from db.engagements import EngagementRow
from desktop import text
from desktop.rooms.engagements.overview import letter_said
from desktop.rooms.outside_words import outside_words
from desktop.rooms.printing import Printed, listed, told, typed_words
from desktop.rooms.words import engagement_word, when, word
from desktop.text import _

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.record_sheet import Part
    from desktop.rooms.engagements.page import EngagementsPage

MOST = 200  # lines of one kind on the sheet


def printed(room: EngagementsPage) -> Sequence[Printed]:
    """The list, and of the engagement in view its sheet; a board is printed as the list that it shows, by stage."""
    narrowed = [*room.filters.said(), *typed_words(room.field.text())]
    ids = room._ids("stage", False, room.field.text()) if room.is_board else None
    title = engagement_word(plural=True)
    every = [listed(room.desk, room.table, title, narrowed, ids=ids, part=room.pane)]
    if room.view.row is not None and not room.view.isHidden():
        every.append(sheet(room, room.view.row))
    return every


def sheet(room: EngagementsPage, row: EngagementRow) -> Printed:
    """One engagement: what was agreed, who stands where, and what was done; without confidences and trust notes."""
    responsible = _("{who} is responsible").format(who=row.responsible) if row.responsible else ""
    return told(
        room.desk,
        row.title,
        f"{engagement_word()} {row.number}",
        row.title,
        [row.client, row.area, responsible],
        [word(row.stage), word(row.recurs)],
        partial(_parts, room.desk, row),
        part=room.view,
    )


def _parts(desk: OpenPractice, row: EngagementRow) -> list[Part]:
    from desktop.reports.record_sheet import Words

    record = desk.ask(engagements.get_engagement, row.id)
    said: list[Part] = [
        Words(title, words)
        for title, words in (
            (_("What we do"), record.scope_included),
            (_("What is not included"), record.scope_excluded),
            (_("What we need from the client"), record.client_duties),
            (_("What this rests on"), record.assumptions),
            (_("What the client wants from it"), record.value_sought),
            (_("Outcome"), row.outcome),
            (_("What it brought them"), record.value_delivered),
        )
    ]
    return [_agreed(desk, row), *said, *_people_and_dates(desk, row), *_done(desk, row)]


def _agreed(desk: OpenPractice, row: EngagementRow) -> Part:
    from desktop.reports.record_sheet import Pairs

    record, voice = desk.ask(engagements.get_engagement, row.id), text.current()
    amount = voice.money(record.fee_minor, row.currency) if record.fee_minor is not None else ""
    names = {"billed": _("Billed"), "paid": _("Paid"), "written off": _("Written off")}
    span = [voice.date(day) if day else "…" for day in (record.period_from, record.period_until)]
    return Pairs(
        _("Agreed"),
        [
            (_("Opened"), voice.date(row.opened_on) if row.opened_on else ""),
            (_("Closed"), voice.date(row.closed_on) if row.closed_on else ""),
            (_("Letter"), letter_said(record)),
            (_("Fee"), ", ".join(part for part in (amount, word(record.fee_basis).lower()) if part)),
            *(
                (names[each.kind], voice.money(each.minor, each.currency))
                for each in desk.ask(engagements.sum_fees, row.id)
            ),
            (_("Period"), " – ".join(span) if record.period_from or record.period_until else ""),
            (_("Next review"), voice.date(record.next_review_on) if record.next_review_on else ""),
            *(
                (_("Outside scope"), outside_words(each))
                for each in desk.ask(scope.sum_out_of_scope, engagement_id=row.id)
            ),
        ],
    )


def _people_and_dates(desk: OpenPractice, row: EngagementRow) -> list[Part]:
    from desktop.reports.record_sheet import Lines

    roles = [[each.name, word(each.kind), each.note] for each in desk.ask(engagements.list_roles, row.id)]
    dates = [
        [
            f"{text.current().date(each.falls_on)} {each.at_time}".strip(),
            each.what,
            word("done") if each.done_on else "",
        ]
        for each in desk.ask(deadlines.list_deadlines, engagement_id=row.id, limit=MOST)
        if not each.none_applies
    ]
    return [
        Lines(_("Parties"), (_("Name"), _("Role"), _("Note")), roles, (40, 20, 40)),
        Lines(_("Dates"), (_("Day"), _("What"), _("State")), dates, (24, 60, 16)),
    ]


def _done(desk: OpenPractice, row: EngagementRow) -> list[Part]:
    from desktop.reports.record_sheet import Lines

    numbers = desk.ask(advice.list_advice_ids, engagement_id=row.id)[:MOST]
    given = [
        [
            when(each.given_at.astimezone().date()),
            each.question,
            word("draft" if each.state == "draft" else each.response),
        ]
        for each in desk.ask(advice.list_advice_rows, numbers)
    ]
    promised = [
        [
            each.text,
            _("Promised to us") if each.by == "client" else _("We promised"),
            when(each.due_on) if each.due_on else "—",
            word("overdue" if each.overdue_days else each.status),
        ]
        for each in desk.ask(trust.list_promises, engagement_id=row.id, limit=MOST)
    ]
    decided = [
        [each.item, each.choice, each.decided_by, text.current().date(each.decided_on)]
        for each in desk.ask(decisions.list_decisions, row.id)[:MOST]
        if each.stands
    ]
    asked = [
        [text.current().date(each.asked_on), each.what, word(each.handling)]
        for each in desk.ask(scope.list_out_of_scope, engagement_id=row.id)[:MOST]
    ]
    return [
        Lines(_("Advice"), (_("Given"), _("The question"), _("Decision")), given, (18, 58, 24)),
        Lines(_("Promises"), (_("Promise"), _("Who promised"), _("Due"), _("State")), promised, (44, 22, 16, 18)),
        Lines(_("Decisions"), (_("Item"), _("Choice"), _("Decided by"), _("On")), decided, (26, 36, 22, 16)),
        Lines(_("Outside scope"), (_("Asked"), _("What"), _("Handled")), asked, (18, 60, 22)),
    ]
