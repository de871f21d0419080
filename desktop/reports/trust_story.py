"""Trust and promises, laid out: the rates, what is open, what came of the rest, and how trust moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from desktop.reports import look
from desktop.reports.blocks import Block, Figure, Heading, Paragraph, bullets
from desktop.reports.charts import line_chart
from desktop.reports.house import Cell, figures, more_words, opening, signed, table
from desktop.reports.look import MUTED, NOTE
from desktop.reports.trust_report import MovedFacts, PromisedFacts, SideFacts, TrustFacts
from desktop.rooms.words import word
from desktop.text import Voice

CHART_TALL = 112.0


def story(facts: TrustFacts, say: Voice) -> Iterator[Block]:
    """The paper as blocks, in the language that is spoken."""
    yield from _opening(facts, say)
    if not _has_anything(facts):
        words = say.say("Nothing was promised and nothing was noted here yet. One small promise, kept, is a beginning.")
        yield Paragraph(words, MUTED, before=18)
    for title, side in ((say.say("What we promised"), facts.ours), (say.say("What they promised us"), facts.theirs)):
        if side.open_count or side.settled_count:
            yield Heading(title)
            yield from _side(side, facts, say)
    if facts.notes:
        yield Heading(say.say("What moved trust"))
        yield from _chart(facts, say)
        yield from _notes(facts, say)
    kept_back = _kept_back(facts, say)
    if kept_back:
        yield Heading(say.say("What is not printed"))
        yield from bullets(kept_back)


def _has_anything(facts: TrustFacts) -> bool:
    sides = (facts.ours, facts.theirs)
    return bool(facts.notes or any(side.open_count or side.settled_count for side in sides))


def _opening(facts: TrustFacts, say: Voice) -> Iterator[Block]:
    title, period = say.say("Trust and promises"), say.period(facts.since, facts.until)
    if facts.client:
        yield from opening(f"{title} · {period}", facts.client, [facts.number, say.long_date(facts.made_at.date())])
    else:
        yield from opening(period, title, [say.say("the whole practice"), say.long_date(facts.made_at.date())])
    if not _has_anything(facts):
        return
    told = [(_rate(side, say), label) for side, label in _rated(facts, say)]
    late = facts.ours.late_count
    told.append((say.number(late), say.words.ngettext("promise of ours is late", "promises of ours are late", late)))
    told.append((signed(sum(moved for _on, moved in facts.moves), say), say.say("trust in this period")))
    yield figures(told)


def _rated(facts: TrustFacts, say: Voice) -> list[tuple[SideFacts, str]]:
    return [(facts.ours, say.say("we kept in time")), (facts.theirs, say.say("they kept in time"))]


def _rate(side: SideFacts, say: Voice) -> str:
    if not side.rated:
        return "–"
    return say.say("{kept} of {settled}").format(kept=say.number(side.kept), settled=say.number(side.rated))


def _side(side: SideFacts, facts: TrustFacts, say: Voice) -> Iterator[Block]:
    columns = [say.say("Promise"), say.say("Made"), say.say("Due"), say.say("Outcome")]
    if side.open_count:
        yield Heading(say.count("{n} open promise", "{n} open promises", side.open_count), 1, is_listed=False)
        yield from table(columns, (_promise(each, facts, say) for each in side.open), (52, 15, 16, 17))
        yield from more_words(say, side.open_count - len(side.open))
    if side.settled_count:
        yield Heading(say.say("Settled in this period"), 1, is_listed=False)
        if side.rated:
            words = say.say("Kept in time: {rate}. Those released or agreed anew are not counted.")
            yield Paragraph(words.format(rate=_rate(side, say)), NOTE, keep=True)
        yield from table(columns, (_promise(each, facts, say) for each in side.settled), (52, 15, 16, 17))
        yield from more_words(say, side.settled_count - len(side.settled))


def _promise(each: PromisedFacts, facts: TrustFacts, say: Voice) -> list[Cell]:
    words = each.text + (f" ({say.say('undertaking')})" if each.undertaking else "")
    beneath = [] if facts.client else [each.client]
    beneath += [each.who] if each.who and each.who != each.client else []
    beneath += [_reason(each, say)] if each.words else []
    due = say.date(each.due_on) if each.due_on else "–"
    due = f"{due}, {each.due_time}" if each.due_on and each.due_time else due
    return [(words, " · ".join(beneath)), say.date(each.made_on), due, _outcome(each, facts.made_at.date(), say)]


def _reason(each: PromisedFacts, say: Voice) -> str:
    if each.status == "broken":
        return say.say("Why: {reason}").format(reason=each.words)
    if each.status == "renegotiated":
        return say.say("Agreed anew with: {words}").format(words=each.words)
    return each.words


def _outcome(each: PromisedFacts, today: dt.date, say: Voice) -> Cell:
    if each.status != "open":
        return (word(each.status), say.date(each.kept_on) if each.kept_on else "")
    if each.due_on is None:
        return say.say("open")
    days = (today - each.due_on).days
    if days == 0:
        return say.say("due today")
    return say.count("{n} day late", "{n} days late", days) if days > 0 else say.say("open")


def _chart(facts: TrustFacts, say: Voice) -> Iterator[Block]:
    if len(facts.moves) < 2:
        return
    whole = max((facts.until - facts.since).days, 1)
    points, level = [(0.0, 0)], 0
    for on, moved in facts.moves:
        level += moved
        points.append(((on - facts.since).days / whole, level))
    points.append((1.0, level))
    values = [value for _at, value in points]
    number = partial(signed, say=say)
    ends = (say.date(facts.since), say.date(facts.until))
    alt = say.say(
        "A line of how trust moved: from 0 on {first} to {level} on {last}; at its highest {high}, at its lowest {low}."
    ).format(first=ends[0], last=ends[1], level=number(level), high=number(max(values)), low=number(min(values)))
    colour = look.readable(facts.practice.colour)
    yield Figure(lambda wide: line_chart(points, ends, wide, CHART_TALL, colour, number), CHART_TALL, alt, keep=True)
    words = say.say("The effects of the notes below, added up from the first day of the period: each is from −2 to +2.")
    yield Paragraph(words, NOTE, before=2)


def _notes(facts: TrustFacts, say: Voice) -> Iterator[Block]:
    columns = [say.say("When"), say.say("What"), say.say("Said or seen"), say.say("Effect")]
    rows = (_note(each, facts, say) for each in facts.notes)
    yield from table(columns, rows, (16, 18, 56, 10), right=(3,))
    yield from more_words(say, facts.notes_count - len(facts.notes))


def _note(each: MovedFacts, facts: TrustFacts, say: Voice) -> list[Cell]:
    beneath = [] if facts.client else [each.client]
    if each.told_by and each.told_by != each.client:
        beneath.append(say.say("told by {who}").format(who=each.told_by))
    if each.resolved_on:
        resolved = say.say("resolved on {date}").format(date=say.date(each.resolved_on))
        beneath.append(f"{resolved}: {each.learned}" if each.learned else resolved)
    elif each.kind == "concern":
        beneath.append(say.say("still open"))
    facet = word(each.facet) if each.facet else ""
    return [say.date(each.on), (word(each.kind), facet), (each.text, " · ".join(beneath)), signed(each.effect, say)]


def _kept_back(facts: TrustFacts, say: Voice) -> list[str]:
    told = []
    if facts.confidences:
        told.append(
            say.count(
                "{n} confidence is in the file and is not printed.",
                "{n} confidences are in the file and are not printed.",
                facts.confidences,
            )
        )
    if facts.restricted:
        told.append(
            say.count(
                "{n} restricted note is in the file and is not printed.",
                "{n} restricted notes are in the file and are not printed.",
                facts.restricted,
            )
        )
    return told
