"""The verbs about worth: each client's grade with what would change it, and the practice's clients as a whole."""

from __future__ import annotations

import argparse
from typing import Any

from sqlmodel import Session

from db.clients import names_of
from db.effort import Effort, list_effort
from db.grades import Graded, grade_of, list_suggested
from db.lifetime import LifetimeValue, Rfm, lifetime_value, list_rfm
from db.portfolio import Concentration, Dimensions, GradeRow, concentration, list_dimensions, list_grades
from db.reasons import Reason
from db.rows import scalar
from db.worth import Worth, worth_of
from desktop import text
from desktop.cli_file import opened
from desktop.cli_know import answered, client_asked, day_asked, lines_of
from desktop.cli_terminal import Answer, table
from desktop.grade_words import criterion_words
from desktop.reason_words import reason_words, reasons_value
from desktop.text import _
from desktop.worth_words import lifetime_words, rfm_words, worth_lines

Told = tuple[Worth, LifetimeValue, Rfm | None, Dimensions, str]


def grade(options: argparse.Namespace) -> Answer:
    """One client's grade with its criteria; or all whose grade is not the suggested one, the highest score first."""
    on = day_asked(options)

    def read(session: Session) -> tuple[list[Graded], dict[int, tuple[str, str]], Told | None]:
        client_id = client_asked(session, options)
        if client_id is None:
            some, told = [row.client_id for row in list_suggested(session, None, on)[: options.limit]], None
        else:
            some = [client_id]
            told = (
                worth_of(session, client_id, on),
                lifetime_value(session, client_id, on),
                list_rfm(session, [client_id], on).get(client_id),
                list_dimensions(session, [client_id], on)[client_id],
                str(scalar(session, "SELECT currency FROM practice")),
            )
        return [grade_of(session, one, on) for one in some], names_of(session, some), told

    with opened(options) as practice:
        found, names, told = practice.ask(read)
    clients = [_value(one, names[one.client_id][0]) for one in found]
    if told is not None:
        clients[0] |= _worth_value(*told)
        return answered(on, clients, _one(found[0], names[found[0].client_id][0], told))
    rows = [[*names[one.client_id], one.grade or "–", one.suggested, _shown(one.score), _because(one)] for one in found]
    header = [_("Client"), _("Name"), _("Grade"), _("Suggested"), _("Points"), _("Because")]
    lines = table(header, rows, right=[4]) if rows else [_("Every grade is the suggested one.")]
    return answered(on, clients, lines)


def _value(one: Graded, number: str) -> dict[str, Any]:
    criteria = [
        {"name": each.name, "weight": each.weight, "value": each.points, "reasons": reasons_value(each.reasons)}
        for each in one.criteria
    ]
    return {
        "client": number,
        "id": one.client_id,
        "name": one.name,
        "score": None if one.score is None else round(one.score, 1),
        "grade": one.grade,
        "suggested": one.suggested,
        "criteria": criteria,
        "changes": reasons_value(one.changes),
        "reasons": reasons_value(_reasons(one)),
    }


def _reasons(one: Graded) -> list[Reason]:
    if one.why_not is not None:
        return [one.why_not]
    return [reason for each in one.criteria if each.points is not None for reason in each.reasons]


def _because(one: Graded) -> str:
    given = [each for each in one.criteria if each.points]
    heaviest = sorted(given, key=lambda each: -each.weight * (each.points or 0))
    return "; ".join(reason_words(each.reasons[0]) for each in heaviest[:2])


def _worth_value(
    worth: Worth, lifetime: LifetimeValue, rfm: Rfm | None, more: Dimensions, currency: str
) -> dict[str, Any]:
    fifths = rfm and {"recency": rfm.recency, "frequency": rfm.frequency, "monetary": rfm.monetary}
    return {
        "worth": {
            "currency": currency,
            "billed_year_minor": worth.billed_year,
            "billed_three_years_minor": worth.billed_three,
            "billed_minor": worth.billed,
            "paid_minor": worth.paid,
            "written_off_minor": worth.written_off,
            "realisation": worth.realisation,
            "growth": worth.growth,
            "left_out": worth.other_currency,
            "lifetime": {
                "value_minor": lifetime.value,
                "yearly_minor": lifetime.yearly,
                "retention": lifetime.retention.rate,
                "discount": lifetime.discount / 100,
                "words": lifetime_words(lifetime, currency),
            },
            "rfm": fifths and rfm and {**fifths, "words": rfm_words(rfm)},
            "budget_minor": more.budget,
            "demand": more.demand,
            "frequency": more.frequency,
        }
    }


def _one(one: Graded, number: str, told: Told) -> list[str]:
    lines = [f"{number}  {one.name}"]
    if one.why_not is not None:
        lines.append(reason_words(one.why_not))
    else:
        words = _("Grade {grade}; suggested {suggested}, with {points} of 100 points")
        lines.append(words.format(grade=one.grade or "–", suggested=one.suggested, points=_shown(one.score)))
    for each in one.criteria:
        lines.append(f"  {criterion_words(each.name)}: {_shown(each.points)} ({_('weight {n}').format(n=each.weight)})")
        lines += lines_of(each.reasons)
    if one.changes:
        lines += ["", _("What would change it"), *lines_of(one.changes)]
    return [*lines, "", *worth_lines(*told)]


def _shown(points: float | None) -> str:
    return "–" if points is None else str(int(points))


def portfolio(options: argparse.Namespace) -> Answer:
    """The clients as a whole: by grade, by value against attention, and how much hangs on the five largest."""
    on = day_asked(options)

    def read(
        session: Session,
    ) -> tuple[list[GradeRow], Effort, Concentration, dict[int, Dimensions], dict[int, tuple[str, str]], str]:
        effort, few = list_effort(session, on, options.limit), concentration(session, on)
        some = [row.client_id for row in effort.rows]
        known = names_of(session, {*some, *(row.client_id for row in few.largest)})
        currency = str(scalar(session, "SELECT currency FROM practice"))
        return list_grades(session, on), effort, few, list_dimensions(session, some, on), known, currency

    with opened(options) as practice:
        grades, effort, few, more, names, currency = practice.ask(read)
    clients = []
    for row in effort.rows:
        where = "neglected" if effort.neglected(row) else "over-served" if effort.over_served(row) else ""
        dimensions = more[row.client_id]
        clients.append(
            {
                "client": names[row.client_id][0],
                "id": row.client_id,
                "name": row.client,
                "grade": row.grade,
                "state": row.state,
                "value_minor": row.value_minor,
                "attention": row.attention,
                "contacts": row.contacts,
                "minutes": row.minutes,
                "promises": row.promises,
                "where": where,
                "budget_minor": dimensions.budget,
                "demand": dimensions.demand,
                "frequency": dimensions.frequency,
            }
        )
    by_grade = [
        {
            "grade": row.grade,
            "clients": row.clients,
            "fees_year_minor": row.fees_year,
            "fees_three_years_minor": row.fees_three,
            "contacts": row.contacts,
            "quiet": row.quiet,
            "at_risk": row.at_risk,
        }
        for row in grades
    ]
    largest = [
        {"client": names[row.client_id][0], "name": row.name, "fees_year_minor": row.fees_year, "share": row.share}
        for row in few.largest
    ]
    together = {"share": few.share, "fees_year_minor": few.fees_year, "largest": largest}
    lines = _portfolio_lines(grades, effort, few, names, currency)
    return answered(on, clients, lines, currency=currency, grades=by_grade, concentration=together)


def _portfolio_lines(
    grades: list[GradeRow], effort: Effort, few: Concentration, names: dict[int, tuple[str, str]], currency: str
) -> list[str]:
    say = text.current()
    rows = [
        [
            *(row.grade or "–", str(row.clients), say.whole_money(row.fees_year, currency)),
            *(str(row.contacts), str(row.quiet + row.at_risk)),
        ]
        for row in grades
    ]
    header = [_("Grade"), _("Clients"), _("Fees, 12 months"), _("Contacts, 90 days"), _("Quiet")]
    lines = table(header, rows, [1, 2, 3, 4])
    if few.share is not None:
        told = _("The five largest bring {share} of all fees of 12 months.")
        lines += ["", told.format(share=say.percent(few.share))]
    if effort.rows:
        shown = [
            [
                names[row.client_id][0],
                row.client,
                row.grade or "–",
                say.whole_money(row.value_minor, row.currency),
                say.tenths(row.attention),
                str(row.promises),
                _("deserves more") if effort.neglected(row) else _("gets much") if effort.over_served(row) else "",
            ]
            for row in effort.rows
        ]
        header = [_("Client"), _("Name"), _("Grade"), _("Fees, 12 months"), _("Attention"), _("Promises"), ""]
        lines += ["", *table(header, shown, [3, 4, 5])]
    return lines
