"""The decision sheet of an engagement: what was decided, what it changes, and lines to approve it on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.reports.blocks import Block, Heading, Paragraph, Pen, Row, Stack, record_table
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.look import BODY, FIGURE, INK_3, LABEL, MUTED, NOTE, TITLE, toned
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.text import Voice, voice

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class DecisionFacts:
    """One decision as the client sees it; `later` is what took its place, on the day `later_on`."""

    item: str
    choice: str
    decided_by: str
    decided_on: dt.date
    cost_minor: int = 0
    currency: str = ""
    days: int = 0
    reason: str = ""
    instead_of: str = ""
    later: str = ""
    later_on: dt.date | None = None


@dataclass(frozen=True)
class SheetFacts:
    """All that stands on the sheet; amounts in minor units."""

    practice: PracticeFacts
    client: str
    title: str
    number: str
    made_on: dt.date
    language: str
    decisions: tuple[DecisionFacts, ...]
    total_minor: int
    currency: str
    days: int


def read(session: Session, asked: Asked) -> SheetFacts:
    """The facts of the sheet that is asked for."""
    found = read_decisions(session, needed(asked.engagement_id, "engagement"), asked.at.date())
    own = dataclasses.replace(found.practice, paper=asked.paper)
    return dataclasses.replace(found, practice=own, language=asked.language or found.language)


def read_decisions(session: Session, engagement_id: int, made_on: dt.date | None = None) -> SheetFacts:
    """The facts of an engagement's sheet, in the client's language, the oldest decision first."""
    from db import decisions, engagements
    from desktop.reports.client_reading import practice_facts

    engagement = engagements.get_engagement(session, engagement_id)
    row = engagements.list_engagement_rows(session, [engagement_id])[0]
    effect = decisions.effect_of(decisions.list_decisions(session, engagement_id))
    return SheetFacts(
        practice=practice_facts(session),
        client=row.client,
        title=engagement.title,
        number=engagement.number,
        made_on=made_on or dt.date.today(),
        language=language_for(session, engagement.client_id),
        decisions=decisions_of(session, engagement_id),
        total_minor=effect.minor,
        currency=effect.currency,
        days=effect.days,
    )


def decisions_of(session: Session, engagement_id: int) -> tuple[DecisionFacts, ...]:
    """What was decided in an engagement, the oldest first, with what took the place of what."""
    from db import decisions

    found = decisions.list_decisions(session, engagement_id)[::-1]
    choices = {each.id: each.choice for each in found}
    return tuple(
        DecisionFacts(
            item=each.item,
            choice=each.choice,
            decided_by=each.decided_by,
            decided_on=each.decided_on,
            cost_minor=each.cost_minor or 0,
            currency=each.currency,
            days=each.days or 0,
            reason=each.reason,
            instead_of=choices.get(each.supersedes_id or 0, ""),
            later=each.later_choice,
            later_on=each.later_on,
        )
        for each in found
    )


def render(facts: SheetFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The sheet as a PDF; `invariant` makes equal facts give equal bytes."""
    say = voice(facts.language)
    title = say.say("Decision sheet")
    meta = Meta(
        title=f"{title} · {facts.title}",
        author=facts.practice.name,
        subject=title,
        language=say.language,
        left=facts.practice.name,
        right=say.say("Prepared for {client}").format(client=facts.client),
        later_right=f"{facts.title} · {title}",
        foot=f"{facts.number} · {facts.title}",
        page_of=say.say("Page {page} of {pages}"),
        size=facts.practice.size,
        colour=facts.practice.colour,
        logo=facts.practice.logo,
    )
    return paper(story(facts), meta, invariant=invariant, progress=progress)


def story(facts: SheetFacts) -> list[Block]:
    """The sheet as blocks: what stands, what was changed, and the lines to sign on."""
    say = voice(facts.language)
    standing = [each for each in facts.decisions if each.later_on is None]
    changed = [each for each in facts.decisions if each.later_on is not None]
    blocks: list[Block] = [
        Paragraph(f"{say.say('Decision sheet')} · {say.long_date(facts.made_on)}", MUTED, keep=True),
        Paragraph(facts.title, TITLE, before=3, keep=True),
        Paragraph(f"{facts.client} · {facts.number}", MUTED, before=1),
    ]
    if standing:
        blocks.append(_sums(facts, len(standing), say))
        columns = [say.say(each) for each in (_("Item"), _("Choice"), _("Decided by"), _("Cost"), _("Time"))]
        rows = [[each.item, _choice(each, say), _who(each, say), *_effect(each, say)] for each in standing]
        blocks += [Heading(say.say("What was decided"))]
        blocks += record_table(columns, rows, (24, 34, 20, 13, 9), right=(3, 4))
    if changed:
        columns = [say.say(each) for each in (_("Item"), _("Was"), _("Decided by"), _("Superseded by"))]
        rows = [[each.item, each.choice, _who(each, say), _later(each, say)] for each in changed]
        blocks += [Heading(say.say("What was decided before and no longer stands"))]
        blocks += record_table(columns, rows, (24, 26, 22, 28))
    return [*blocks, _approval(facts, say)]


def _(text: str) -> str:
    """Mark a text for the catalogues; the sheet's own voice says it later."""
    return text


def _sums(facts: SheetFacts, count: int, say: Voice) -> Block:
    cells: list[Block] = [_figure(say.number(count), say.count("decision stands", "decisions stand", count))]
    if facts.total_minor:
        cells.append(_figure(_signed(facts.total_minor, facts.currency, say), say.say("effect on the cost")))
    if facts.days:
        cells.append(_figure(_signed_days(facts.days, say), say.say("effect on the time")))
    cells += [Paragraph("")] * (3 - len(cells))
    return Row(cells, (1, 1, 1), before=16, whole=True)


def _figure(figure: str, words: str) -> Block:
    return Stack([Paragraph(figure, FIGURE), Paragraph(words, LABEL)])


def _choice(each: DecisionFacts, say: Voice) -> str:
    lines = [each.choice]
    if each.instead_of:
        lines.append(say.say("instead of {choice}").format(choice=say.quoted(each.instead_of)))
    return "\n".join([*lines, each.reason] if each.reason else lines)


def _who(each: DecisionFacts, say: Voice) -> str:
    return f"{each.decided_by}\n{say.date(each.decided_on)}"


def _later(each: DecisionFacts, say: Voice) -> str:
    assert each.later_on is not None
    return f"{each.later}\n{say.date(each.later_on)}"


def _effect(each: DecisionFacts, say: Voice) -> list[str]:
    cost = _signed(each.cost_minor, each.currency, say) if each.cost_minor else "—"
    return [cost, _signed_days(each.days, say) if each.days else "—"]


def _signed(minor: int, currency: str, say: Voice) -> str:
    return f"{'+' if minor > 0 else '−'}{say.money(abs(minor), currency or 'EUR')}"


def _signed_days(days: int, say: Voice) -> str:
    return f"{'+' if days > 0 else '−'}{say.count('{n} day', '{n} days', abs(days))}"


def _approval(facts: SheetFacts, say: Voice) -> Block:
    words = say.say("We approve these decisions with their effect on cost and time.")
    later = say.say("A later change of mind is noted beside them with its date and its reason; nothing is overwritten.")
    lines: list[Block] = [Heading(say.say("Approved")), Paragraph(words, BODY)]
    for name in (facts.client, facts.practice.name):
        rule = Row([Paragraph("")] * 2, (2, 1), gap=24, before=16, whole=True)
        signed = [say.say("{name}, signature").format(name=name), say.say("Date")]
        foot = Row([_Ruled(text) for text in signed], (2, 1), gap=24, whole=True)
        lines += [rule, foot]
    return Stack([*lines, Paragraph(later, toned(NOTE, INK_3), before=14)], before=21, keep=True)


class _Ruled(Paragraph):
    """A line to write on, with quiet words under it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, NOTE)

    def height(self, width: float) -> float:
        return super().height(width) + 4

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        pen.rule(x, top, width, INK_3, 0.7)
        super().draw(pen, x, top - 4, width)
