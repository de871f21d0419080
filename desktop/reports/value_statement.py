"""The fee and value statement: what a client was charged in a period, beside what he says that it brought him."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from babel.numbers import get_currency_precision
from sqlmodel import Session

from desktop.reports import look
from desktop.reports.blocks import Block, Figure, Heading, Paragraph, Stack, record_table
from desktop.reports.charts import bar_chart
from desktop.reports.client_facts import Money, digest
from desktop.reports.client_paper import meta_for_client
from desktop.reports.client_story import (
    ENGAGEMENT,
    MONTHS_IN_CHART,
    colophon,
    dates_near,
    fee_sum,
    promise_figure,
    promise_table,
)
from desktop.reports.family import Asked
from desktop.reports.figures import figure_row
from desktop.reports.look import BODY, MUTED, NOTE, TITLE
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import sealed
from desktop.reports.value_facts import StatementFacts, SumFacts, read_facts
from desktop.text import Voice, voice

CHART_TALL = 110


def read(session: Session, asked: Asked) -> StatementFacts:
    """The facts of the statement that is asked for."""
    return read_facts(session, asked)


def render(facts: StatementFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The statement as a PDF; `invariant` makes equal facts give equal bytes."""
    report = voice(facts.language).say("Fees and value")
    meta = meta_for_client(facts, report, facts.client, f"{facts.client} · {report}")
    return paper(story(facts, digest(facts)), sealed(facts, meta), invariant=invariant, progress=progress)


def story(facts: StatementFacts, seal: str = "") -> list[Block]:
    """The statement as blocks, section by section; a section with nothing to say is left out."""
    say = voice(facts.language)
    sections = [
        (say.say("What it brought you, and what it cost"), _worth(facts, say)),
        (say.say("Fees by month"), [*_chart(facts, say), *_months(facts, say)]),
        (say.say("In all"), _totals(facts, say)),
        (say.say("What we promised"), promise_table(facts.promises, "us", facts.made_on, say)),
        (say.say("Done beyond what was agreed, at no charge"), _goodwill(facts, say)),
    ]
    told: list[list[Block]] = [[Heading(title), *section] for title, section in sections if section]
    if not told:
        told = [[Paragraph(say.say("Nothing was charged in this period."), BODY, before=21)]]
    last = Stack([*told[-1], *colophon(facts.practice, facts.record, say, seal)], before=told[-1][0].before, keep=True)
    return [*_opening(facts, say), *(block for section in told[:-1] for block in section), last]


def _opening(facts: StatementFacts, say: Voice) -> list[Block]:
    adviser = say.say("Your adviser: {name}").format(name=facts.adviser) if facts.adviser else ""
    about = [part for part in (adviser, facts.adviser_email, say.long_date(facts.made_on)) if part]
    blocks: list[Block] = [
        Paragraph(f"{say.say('Fees and value')} · {say.period(facts.since, facts.until)}", MUTED, keep=True),
        Paragraph(facts.client, TITLE, before=3, keep=True),
        Paragraph(" · ".join(about), MUTED, before=1),
    ]
    figures = []
    if any(each.billed for each in facts.totals):
        figures.append((_sums(facts, "billed", say), say.say("billed in this period")))
    if any(each.paid for each in facts.totals):
        figures.append((_sums(facts, "paid", say), say.say("paid in this period")))
    figures += promise_figure(facts.promises, facts.made_on, say)
    if facts.goodwill:
        times = say.words.ngettext("time at no charge", "times at no charge", len(facts.goodwill))
        figures.append((say.number(len(facts.goodwill)), times))
    return [*blocks, figure_row(figures[:4])] if figures else blocks


def _sums(facts: StatementFacts, kind: str, say: Voice) -> str:
    return "\n".join(say.money(getattr(each, kind), each.currency) for each in facts.totals if getattr(each, kind))


def _worth(facts: StatementFacts, say: Voice) -> list[Block]:
    """Each engagement with its value in the client's own words, and beside it what was billed."""
    if not facts.work:
        return []
    word = say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))
    columns = [word, say.say("What it brought, in your words"), say.say("Billed")]
    rows = []
    for each in facts.work:
        words = say.quoted(each.value_delivered) if each.value_delivered else ""
        if not words and each.value_sought:
            words = say.say("You want from it: {words}").format(words=say.quoted(each.value_sought))
        rows.append([each.title, words or say.say("You have not told us yet."), fee_sum(each.billed, say) or "–"])
    return record_table(columns, rows, (30, 52, 18), right=(2,))


def _months(facts: StatementFacts, say: Voice) -> list[Block]:
    if not facts.months:
        return []
    kinds = _kinds_shown(facts)
    columns = [say.say("Month"), say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))]
    columns += [_head(kind, say) for kind in kinds]
    rows = [
        [
            say.month(each.month),
            each.title or say.say("Without an engagement"),
            *(_amount(each.sums, kind, say) for kind in kinds),
        ]
        for each in facts.months
    ]
    shares = (14, 86 - 17 * len(kinds), *(17 for _kind in kinds))
    table = record_table(columns, rows, shares, right=tuple(range(2, 2 + len(kinds))))
    table[0].before = 9
    return table


def _totals(facts: StatementFacts, say: Voice) -> list[Block]:
    """Per currency: what is billed, written off, paid."""
    if not facts.totals:
        return []
    kinds = _kinds_shown(facts)
    rows = [[each.currency, *(_amount(each, kind, say) for kind in kinds)] for each in facts.totals]
    columns = [say.say("Currency"), *(_head(kind, say) for kind in kinds)]
    shares = (100 - 17 * len(kinds), *(17 for _kind in kinds))
    return record_table(columns, rows, shares, right=tuple(range(1, 1 + len(kinds))))


def _kinds_shown(facts: StatementFacts) -> list[str]:
    """What was billed always; what was paid or written off where any of it is known."""
    others = [kind for kind in ("written_off", "paid") if any(getattr(each, kind) for each in facts.totals)]
    return ["billed", *others]


def _head(kind: str, say: Voice) -> str:
    if kind == "billed":
        return say.say("Billed")
    return say.say("Written off") if kind == "written_off" else say.say("Paid")


def _amount(sums: SumFacts, kind: str, say: Voice) -> str:
    minor = getattr(sums, kind)
    return say.money(minor, sums.currency) if minor else "–"


def _chart(facts: StatementFacts, say: Voice) -> list[Block]:
    """What was billed, month by month or year by year, in the currency of most of it."""
    if not facts.totals or facts.totals[0].billed <= 0:
        return []
    currency = facts.totals[0].currency
    billed: Counter[dt.date] = Counter()
    for each in facts.months:
        if each.sums.currency == currency:
            billed[each.month] += each.sums.billed
    months = _every_month(min(billed), max(billed))
    if len(months) > MONTHS_IN_CHART:
        years: Counter[int] = Counter()
        for month in months:
            years[month.year] += billed[month]
        bars = [(str(year), minor) for year, minor in sorted(years.items())]
    else:
        spans = months[0].year != months[-1].year
        bars = [(_tick(month, spans, say), billed[month]) for month in months]
    if sum(minor > 0 for _label, minor in bars) < 2:
        # One bar says no more than its row in the table.
        return []
    note = say.say("Fees billed, in {currency}.").format(currency=currency)
    alt = " ".join([note, *(f"{label}: {say.money(minor, currency)}." for label, minor in bars)])
    colour = look.readable(facts.practice.colour)
    # A bar has no side below its line: what was given back stands in the table and in the words.
    upright = [(label, max(minor, 0)) for label, minor in bars]

    def draw(width: float) -> object:
        return bar_chart(upright, width, CHART_TALL, colour, lambda minor: _short(minor, currency, say))

    return [Figure(draw, CHART_TALL, alt, keep=True), Paragraph(note, NOTE, before=2, keep=True)]


def _tick(month: dt.date, spans_years: bool, say: Voice) -> str:
    """What stands under a bar: over more than one year, each January says which year begins."""
    return str(month.year) if spans_years and month.month == 1 else say.month_name(month)


def _every_month(first: dt.date, last: dt.date) -> list[dt.date]:
    months = []
    while first <= last:
        months.append(first)
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return months


def _short(minor: int, currency: str, say: Voice) -> str:
    """An amount as it stands above a bar: whole units, without its currency."""
    return say.number(round(minor / 10 ** get_currency_precision(currency)))


def _goodwill(facts: StatementFacts, say: Voice) -> list[Block]:
    if not facts.goodwill:
        return []
    date = dates_near(facts.made_on, say)
    word = say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))
    columns = [say.say("Day"), say.say("What we did"), word]
    shares: tuple[int, ...] = (14, 50, 36)
    rows = [[date(each.on), each.what, each.title] for each in facts.goodwill]
    if any(each.worth for each in facts.goodwill):
        columns.append(say.say("Would have cost"))
        shares = (14, 40, 28, 18)
        for row, each in zip(rows, facts.goodwill, strict=True):
            row.append(say.money(each.worth.minor, each.worth.currency) if each.worth else "–")
        spared: Counter[str] = Counter()
        for each in facts.goodwill:
            if each.worth:
                spared[each.worth.currency] += each.worth.minor
        in_all = fee_sum(tuple(Money(minor, currency) for currency, minor in sorted(spared.items())), say)
        if len(rows) > 1:
            rows.append(["", say.say("In all"), "", in_all])
    return record_table(columns, rows, shares, right=(3,))
