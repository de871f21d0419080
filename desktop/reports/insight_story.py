"""The insight summary, laid out: themes with their quotes, complaints, what we did, what is open, and the scales."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports import look
from desktop.reports.blocks import Block, Figure, Heading, Paragraph, Row, Stack
from desktop.reports.charts import bar_chart
from desktop.reports.house import Cell, figures, more_words, opening, short, table
from desktop.reports.insight_summary import ActionFacts, ComplaintFacts, InsightFacts, QuoteFacts, ScaleFacts
from desktop.reports.look import BODY, MUTED, NOTE, QUOTE, STRONG
from desktop.rooms.words import word
from desktop.text import Voice


def _(text: str) -> str:
    """Mark a text for the catalogues; the paper's own voice says it later."""
    return text


CHART_TALL = 84.0
# Fewer answers than these are people, not a distribution: they are said in words.
ANSWERS_OF_A_CHART = 5
# A text is told by its beginning, and whoever said or does it by the beginning of his name.
LETTERS_OF_A_QUOTE, LETTERS_OF_A_CELL, LETTERS_OF_A_NAME = 320, 220, 60
QUESTIONS = {
    "recommend": _("Would they recommend us? (0 to 10)"),
    "satisfaction": _("How satisfied are they? (1 to 5)"),
    "ease": _("How easy is it to work with us? (1 to 7)"),
}


def story(facts: InsightFacts, say: Voice) -> Iterator[Block]:
    """The paper as blocks, in the language that is spoken."""
    about = [say.say("the whole practice"), say.long_date(facts.made_at.date())]
    yield from opening(say.period(facts.since, facts.until), say.say("Insight summary"), about)
    if not facts.heard and not facts.open:
        words = say.say("Nothing was written down in this period. Ask one client today how it is to work with us.")
        yield Paragraph(words, MUTED, before=18)
        return
    if facts.heard:
        yield _figures(facts, say)
        yield Paragraph(_counted(facts, say), BODY, before=10)
    if facts.themes:
        yield Heading(say.say("What they speak of"), close=True)
        yield from _themes(facts, say)
    if facts.complaints:
        yield Heading(say.say("Complaints, and what we did"), close=True)
        yield from table(
            [say.say("Complaint"), say.say("What we did"), say.say("State")],
            (_complaint(each, say) for each in facts.complaints),
            (48, 36, 16),
        )
        yield from more_words(say, facts.complaints_count - len(facts.complaints))
    if facts.done:
        yield Heading(say.say("You said, we did"), close=True)
        yield from table(
            [say.say("They said"), say.say("We did"), say.say("Told")],
            (_done(each, say) for each in facts.done),
            (42, 36, 22),
        )
        yield from more_words(say, facts.done_count - len(facts.done))
    if facts.open:
        yield Heading(say.say("What is open"), close=True)
        yield from table(
            [say.say("What to do"), say.say("Who"), say.say("Until")],
            (_open(each, facts, say) for each in facts.open),
            (58, 22, 20),
        )
        yield from more_words(say, facts.open_count - len(facts.open))
    drawn = [scale for scale in facts.scales if _is_drawn(scale)]
    if drawn:
        yield Heading(say.say("Scores"), close=True)
        for at, scale in enumerate(drawn):
            yield _scale(scale, facts, say, 12 if at else 0)


def _figures(facts: InsightFacts, say: Voice) -> Block:
    complaints = say.words.ngettext(
        "complaint, {settled} settled", "complaints, {settled} settled", facts.complaints_count
    )
    told = say.say("{told} of {done}").format(told=say.number(facts.told), done=say.number(facts.done_count))
    return figures(
        [
            (say.number(facts.heard), say.words.ngettext("insight heard", "insights heard", facts.heard)),
            (say.number(facts.clients), say.words.ngettext("client spoke", "clients spoke", facts.clients)),
            (say.number(facts.complaints_count), complaints.format(settled=say.number(facts.settled))),
            (told if facts.done_count else "–", say.say("actions done were told")),
        ]
    )


def _counted(facts: InsightFacts, say: Voice) -> str:
    kinds = " · ".join(f"{word(kind)} {say.number(count)}" for kind, count in facts.kinds)
    felt = sum(count for _feeling, count in facts.feelings)
    lines = [kinds]
    if felt:
        feelings = " · ".join(f"{word(feeling)} {say.number(count)}" for feeling, count in facts.feelings)
        said = say.say("How they felt, where it was noted ({n} of {all}): {feelings}")
        lines.append(said.format(n=say.number(felt), all=say.number(facts.heard), feelings=feelings))
    return "\n".join([*lines, *(_said(scale, say) for scale in facts.scales if not _is_drawn(scale))])


def _themes(facts: InsightFacts, say: Voice) -> Iterator[Block]:
    if any(not quote.may_quote for theme in facts.themes for quote in theme.quotes):
        words = say.say("What is marked “not to be quoted” stays in the house: nobody was asked, or the answer was no.")
        yield Paragraph(words, NOTE, keep=True)
    for theme in facts.themes:
        counted = say.say("{said} of {of}").format(said=say.number(theme.said), of=say.number(facts.themed))
        told = [counted]
        if theme.clients:
            told.append(say.count("from {n} client", "from {n} clients", theme.clients))
        if theme.pleased:
            told.append(say.count("{n} pleased", "{n} pleased", theme.pleased))
        if theme.displeased:
            told.append(say.count("{n} displeased", "{n} displeased", theme.displeased))
        name = Paragraph(short(theme.name, LETTERS_OF_A_NAME), STRONG)
        yield Stack([name, Paragraph(" · ".join(told), NOTE)], before=10, keep=True)
        for at, quote in enumerate(theme.quotes):
            yield Stack([*_quote(quote, say)], before=3, keep=at == 0 and len(theme.quotes) > 1)
    yield from more_words(say, facts.themes_count - len(facts.themes))


def _quote(quote: QuoteFacts, say: Voice) -> list[Block]:
    words = say.quoted(_bare(short(quote.words, LETTERS_OF_A_QUOTE)))
    return [Paragraph(words, QUOTE), Paragraph(_source(quote, say), NOTE)]


def _bare(words: str) -> str:
    """The words without quotation marks of their own around them."""
    for opening_mark, closing_mark in (("“", "”"), ("«", "»"), ("„", "”"), ('"', '"')):
        inside = words[1:-1]
        if words[:1] == opening_mark and words[-1:] == closing_mark and opening_mark not in inside:
            return inside
    return words


def _source(quote: QuoteFacts, say: Voice) -> str:
    mark = "" if quote.may_quote else say.say("not to be quoted")
    return " · ".join(part for part in (short(quote.who, LETTERS_OF_A_NAME), say.date(quote.on), mark) if part)


def _complaint(each: ComplaintFacts, say: Voice) -> list[Cell]:
    said = (say.quoted(_bare(short(each.quote.words, LETTERS_OF_A_CELL))), _source(each.quote, say))
    done = "\n".join(_action(action, say) for action in each.actions)
    settled = say.say("settled on {date}").format(date=say.date(each.resolved_on)) if each.resolved_on else ""
    return [said, done or say.say("nothing yet"), settled or say.say("open")]


def _action(action: ActionFacts, say: Voice) -> str:
    states = {
        "told": say.say("told"),
        "done": say.say("done, to be told"),
        "overdue": say.say("overdue"),
        "open": say.say("open"),
    }
    return f"{short(action.what, LETTERS_OF_A_CELL)} ({states[action.state]})"


def _done(each: ActionFacts, say: Voice) -> list[Cell]:
    did_by = (short(each.owner, LETTERS_OF_A_NAME), say.date(each.done_on) if each.done_on else "")
    did = (short(each.what, LETTERS_OF_A_CELL), " · ".join(part for part in did_by if part))
    told: Cell = (say.date(each.told_on), each.told_how) if each.told_on else say.say("still to be told")
    about = say.quoted(_bare(short(each.about, LETTERS_OF_A_CELL)))
    return [(about, short(each.who, LETTERS_OF_A_NAME)), did, told]


def _open(each: ActionFacts, facts: InsightFacts, say: Voice) -> list[Cell]:
    who = short(each.who, LETTERS_OF_A_NAME)
    about = " · ".join(part for part in (who, say.quoted(_bare(short(each.about, 140)))) if part)
    due: Cell = say.date(each.due_on) if each.due_on else "–"
    if each.state == "overdue" and each.due_on:
        days = (facts.made_at.date() - each.due_on).days
        due = (say.date(each.due_on), say.count("{n} day late", "{n} days late", days))
    owner = short(each.owner, LETTERS_OF_A_NAME) or say.say("nobody yet")
    return [(short(each.what, LETTERS_OF_A_CELL), about), owner, due]


def _is_drawn(scale: ScaleFacts) -> bool:
    return scale.answers >= ANSWERS_OF_A_CHART and sum(count > 0 for count in scale.counts) > 1


def _said(scale: ScaleFacts, say: Voice) -> str:
    """The scores that few gave, or all alike: no chart for one bar."""
    given = [(say.number(score), count) for score, count in enumerate(scale.counts, scale.lowest) if count]
    if scale.answers < ANSWERS_OF_A_CHART:
        scores = say.listed([score for score, count in given for _each in range(count)])
    else:
        scores = say.listed([f"{score} ({say.number(count)})" for score, count in given])
    counted = say.count("{n} answer", "{n} answers", scale.answers)
    return f"{say.say(QUESTIONS.get(scale.metric, scale.metric))} {counted}: {scores}"


def _scale(scale: ScaleFacts, facts: InsightFacts, say: Voice, before: float) -> Block:
    bars = [(say.number(score), count) for score, count in enumerate(scale.counts, scale.lowest)]
    question = say.say(QUESTIONS.get(scale.metric, scale.metric))
    counted = say.count("{n} answer", "{n} answers", scale.answers)
    scores = say.listed([f"{score}: {say.number(count)}" for score, count in bars if count])
    alt = say.say("How many gave each score. {question} {answers}: {scores}.").format(
        question=question, answers=counted, scores=scores
    )
    colour = look.readable(facts.practice.colour)
    chart = Figure(lambda width: bar_chart(bars, width, CHART_TALL, colour, say.number), CHART_TALL, alt)
    # Whole: the question, how many answered it and their chart are one thing.
    return Row([Stack([Paragraph(question, STRONG), Paragraph(counted, NOTE), chart])], (1,), before=before, whole=True)
