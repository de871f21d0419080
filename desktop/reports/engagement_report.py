"""The report on one engagement, for the client: what was agreed, advised, decided, promised and delivered in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import Session

from db import tables
from db.rows import get
from desktop.reports import client_omissions
from desktop.reports.blocks import Block, Heading, Paragraph, Row, Stack, record_table
from desktop.reports.client_facts import digest
from desktop.reports.client_paper import meta_for_client
from desktop.reports.client_story import (
    CLOSED,
    DECISIONS_LISTED,
    STAGES,
    advice_entries,
    colophon,
    dates_near,
    fee_sum,
    promise_figure,
    promise_table,
)
from desktop.reports.decision_sheet import DecisionFacts
from desktop.reports.engagement_facts import EngagementReportFacts, period_of, read_facts
from desktop.reports.family import Asked, needed
from desktop.reports.figures import figure_row
from desktop.reports.letters import letter_words
from desktop.reports.look import MUTED, NOTE, QUOTE, TITLE
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import sealed
from desktop.text import Voice, voice


def _(text: str) -> str:
    """Mark a text for the catalogues; the report's own voice says it later."""
    return text


REPORT = {
    "law": _("Report on your matter"),
    "accounting": _("Report on your engagement"),
    "design": _("Report on your project"),
}
ROLE = {"decides": _("Decides"), "pays": _("Pays"), "uses": _("Uses it"), "benefits": _("Benefits")}


def read(session: Session, asked: Asked) -> EngagementReportFacts:
    """The facts of the report that is asked for."""
    return read_facts(session, asked)


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """What the report that is asked for leaves out, counted by kind."""
    engagement = get(session, tables.Engagement, needed(asked.engagement_id, "engagement"), "engagement")
    since, until = period_of(session, engagement, asked)
    return client_omissions.omitted(session, replace(asked, since=since, until=until))


def render(facts: EngagementReportFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The report as a PDF; `invariant` makes equal facts give equal bytes."""
    report = _named(facts, voice(facts.language))
    meta = meta_for_client(facts, report, facts.title, f"{facts.client} · {facts.title}")
    return paper(story(facts, digest(facts)), sealed(facts, meta), invariant=invariant, progress=progress)


def _named(facts: EngagementReportFacts, say: Voice) -> str:
    return say.say(REPORT.get(facts.practice.profession, REPORT["accounting"]))


def story(facts: EngagementReportFacts, seal: str = "") -> list[Block]:
    """The report as blocks, section by section; a section with nothing to say is left out."""
    say = voice(facts.language)
    today = facts.made_on
    sections: list[tuple[str, list[Block]]] = [
        (say.say("Where things stand"), [Paragraph(_standing(facts, say))]),
        (say.say("What we agreed"), _agreed(facts, say)),
        (say.say("What it is worth to you"), _value(facts, say)),
        (say.say("Advice we gave you"), advice_entries(facts.advice, say)),
        (say.say("What was decided"), _decisions([each for each in facts.decisions if each.later_on is None], say)),
        (
            say.say("What was decided before and no longer stands"),
            _superseded([each for each in facts.decisions if each.later_on is not None], say),
        ),
        (say.say("What we promised"), promise_table(facts.promises, "us", today, say)),
        (say.say("What you promised us"), promise_table(facts.promises, "client", today, say)),
        (say.say("Dates that must not be missed"), _dates(facts, say)),
        (say.say("What comes next"), _next(facts, say)),
    ]
    told: list[list[Block]] = [[Heading(title), *section] for title, section in sections if section]
    ending = colophon(facts.practice, facts.record, say, seal)
    last = Stack([*told[-1], *ending], before=told[-1][0].before, keep=True)
    return [*_opening(facts, say), *(block for section in told[:-1] for block in section), last]


def _opening(facts: EngagementReportFacts, say: Voice) -> list[Block]:
    adviser = say.say("Your adviser: {name}").format(name=facts.adviser) if facts.adviser else ""
    when = say.long_date(facts.made_on)
    first = f"{_named(facts, say)} · {say.period(facts.since, facts.until)}"
    blocks: list[Block] = [
        Paragraph(first, MUTED, keep=True),
        Paragraph(facts.title, TITLE, before=3, keep=True),
        Paragraph(f"{facts.client} · {facts.number}", MUTED, before=1),
        Paragraph(" · ".join(part for part in (adviser, facts.adviser_email, when) if part), MUTED),
    ]
    stage = say.say(STAGES.get(facts.stage, facts.stage))
    if facts.closed_on:
        figures = [(stage, say.say("on {date}").format(date=say.date(facts.closed_on)))]
    elif facts.opened_on:
        figures = [(stage, say.say("begun on {date}").format(date=say.date(facts.opened_on)))]
    else:
        figures = [(stage, "")]
    if facts.advice:
        advised = say.words.ngettext("time we advised you", "times we advised you", len(facts.advice))
        figures.append((say.number(len(facts.advice)), advised))
    figures += promise_figure(facts.promises, facts.made_on, say)
    if facts.billed:
        figures.append((fee_sum(facts.billed, say), say.say("fees billed to date")))
    return [*blocks, figure_row(figures)]


def _standing(facts: EngagementReportFacts, say: Voice) -> str:
    if facts.summary:
        return facts.summary
    sentences: list[str] = []
    if facts.stage in CLOSED:
        sentences.append(say.say("This work is closed."))
        if facts.outcome:
            sentences.append(say.say("Its outcome: {outcome}").format(outcome=facts.outcome))
    elif facts.stage == "on hold":
        sentences.append(say.say("This work rests for now."))
    elif facts.stage in ("enquiry", "proposed"):
        sentences.append(say.say("This work is not agreed yet."))
    else:
        sentences.append(say.say("This work is under way."))
    late = [p for p in facts.promises if p.by == "us" and p.status == "open" and p.due_on and p.due_on < facts.made_on]
    if late:
        sentences.append(say.count("{n} promise of ours is late.", "{n} promises of ours are late.", len(late)))
    waiting = [entry for entry in facts.advice if entry.answer is None]
    if waiting:
        one = "{n} question waits for your decision; it is set out below."
        sentences.append(say.count(one, "{n} questions wait for your decision; they are set out below.", len(waiting)))
    return " ".join(sentences)


def _agreed(facts: EngagementReportFacts, say: Voice) -> list[Block]:
    """Who stands in it, what is in and out, and what it costs: each with its name in the margin."""
    agreed = facts.agreed
    told = [
        *((say.say(ROLE[each.kind]), say.listed(each.names)) for each in facts.roles),
        (say.say("What we do"), agreed.included),
        (say.say("Not included"), agreed.excluded),
        (say.say("What we need from you"), agreed.duties),
        (say.say("What it rests on"), agreed.assumptions),
        (say.say("Fee"), _fee(facts, say)),
    ]
    return [
        Row([Paragraph(name, MUTED), Paragraph(words)], (24, 76), gap=8, before=4 if at else 0)
        for at, (name, words) in enumerate(pair for pair in told if pair[1])
    ]


def _fee(facts: EngagementReportFacts, say: Voice) -> str:
    words, agreed = letter_words(facts.language)["engage"], facts.agreed
    if agreed.fee_basis == "none":
        return str(words["none"])
    if agreed.fee is None:
        return ""
    amount = say.money(agreed.fee.minor, agreed.fee.currency)
    return str(words[agreed.fee_basis]).format(amount=amount) if agreed.fee_basis in words else amount


def _value(facts: EngagementReportFacts, say: Voice) -> list[Block]:
    blocks: list[Block] = []
    for label, words in (
        (say.say("What you want from it, in your words:"), facts.agreed.value_sought),
        (say.say("What it brought, in your words:"), facts.agreed.value_delivered),
    ):
        if words:
            quoted = Paragraph(say.quoted(words), QUOTE, before=1)
            blocks += [Paragraph(label, NOTE, before=7 if blocks else 0, keep=True), quoted]
    return blocks


def _decisions(standing: list[DecisionFacts], say: Voice) -> list[Block]:
    if not standing:
        return []
    rows = [[each.item, _choice(each, say), each.decided_by, say.date(each.decided_on)] for each in standing]
    columns = [say.say("Item"), say.say("Choice"), say.say("Decided by"), say.say("On")]
    return record_table(columns, rows, (24, 40, 20, 16))


def _choice(each: DecisionFacts, say: Voice) -> str:
    lines = [each.choice]
    if each.instead_of:
        lines.append(say.say("instead of {choice}").format(choice=say.quoted(each.instead_of)))
    return "\n".join([*lines, each.reason] if each.reason else lines)


def _superseded(changed: list[DecisionFacts], say: Voice) -> list[Block]:
    if not changed:
        return []
    columns = [say.say("Item"), say.say("Was"), say.say("Decided by"), say.say("Superseded by")]
    rows = [
        [
            each.item,
            each.choice,
            f"{each.decided_by}\n{say.date(each.decided_on)}",
            f"{each.later}\n{say.date(each.later_on)}" if each.later_on else each.later,
        ]
        for each in changed
    ]
    return record_table(columns, rows, (24, 26, 22, 28))


def _dates(facts: EngagementReportFacts, say: Voice) -> list[Block]:
    rows = [[say.date(each.on) + (f", {each.time}" if each.time else ""), each.what] for each in facts.dates]
    return record_table([], rows, (24, 76))


def _next(facts: EngagementReportFacts, say: Voice) -> list[Block]:
    dated: list[tuple[dt.date, str]] = []
    for promise in facts.promises:
        if promise.status == "open" and promise.due_on and promise.due_on >= facts.made_on:
            pattern = say.say("We: {text}") if promise.by == "us" else say.say("You: {text}")
            dated.append((promise.due_on, pattern.format(text=promise.text)))
    review = facts.agreed.review_on
    if review and review >= facts.made_on and facts.stage not in CLOSED:
        dated.append((review, say.say("We look together at whether this still suits you")))
    date = dates_near(facts.made_on, say)
    rows = [[date(day), words] for day, words in sorted(dated)]
    waiting = [entry for entry in facts.advice if entry.answer is None][:DECISIONS_LISTED]
    rows += [[say.say("open"), say.say("Your decision: {question}").format(question=each.question)] for each in waiting]
    return record_table([], rows, (16, 84))
