"""The credentials statement: what the practice has done of a kind, in counts, and by name only where clients agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.reports.blocks import Block, Heading, Paragraph, record_table
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_story import ENGAGEMENT, PROFESSIONS, colophon
from desktop.reports.family import Asked, language_for
from desktop.reports.figures import figure_row
from desktop.reports.look import BODY, MUTED, TITLE
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.text import Voice, voice

if TYPE_CHECKING:
    from sqlmodel import Session

PEOPLE = 12


@dataclass(frozen=True)
class CitedFacts:
    """One engagement that may be named: its client, what it was about, its years, and how it ended."""

    client: str
    title: str
    area: str
    opened_on: dt.date
    closed_on: dt.date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class CredentialsFacts:
    """All that the statement says. Beside those cited there are counts alone: it has no place for another name.

    `area` is that of the engagement it was asked for, or empty for the whole of the practice; `people` are those of the
    practice who were responsible, with how many each.
    """

    practice: PracticeFacts
    language: str
    made_on: dt.date
    area: str = ""
    count: int = 0
    clients: int = 0
    since: dt.date | None = None
    open: int = 0
    completed: int = 0
    ended_early: int = 0
    people: tuple[tuple[str, int], ...] = ()
    cited: tuple[CitedFacts, ...] = ()


def read(session: Session, asked: Asked) -> CredentialsFacts:
    """The facts about engagements like the one that is asked for, or about all."""
    from db import experience
    from desktop.reports.client_reading import practice_facts

    sought = experience.Sought()
    if asked.engagement_id is not None:
        sought = experience.like_engagement(session, asked.engagement_id)
    found = experience.find_experience(session, sought, asked.at.date())
    ended = dict(found.ended)
    return CredentialsFacts(
        practice=practice_facts(session, asked.paper),
        # It goes to whoever asks, not to the client of the engagement that it is modelled on.
        language=language_for(session, None, asked.language),
        made_on=asked.at.date(),
        area=sought.area,
        count=found.count,
        clients=found.clients,
        since=found.since,
        open=ended.get("open", 0),
        completed=ended.get("completed", 0),
        ended_early=ended.get("disengaged", 0),
        people=found.people[:PEOPLE],
        cited=tuple(
            CitedFacts(row.client, row.title, row.area, row.opened_on, row.closed_on, row.outcome)
            for row in found.rows
            if row.may_cite
        ),
    )


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How many engagements are counted and not named, for want of consent."""
    facts = read(session, asked)
    unnamed = facts.count - len(facts.cited)
    return {"unnamed": unnamed} if unnamed else {}


def render(facts: CredentialsFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The statement as a PDF; `invariant` makes equal facts give equal bytes."""
    say = voice(facts.language)
    title = say.say("Statement of experience")
    kind = say.say(PROFESSIONS.get(facts.practice.profession, ""))
    meta = Meta(
        title=" · ".join(part for part in (title, facts.area) if part),
        author=facts.practice.name,
        subject=title,
        language=say.language,
        left=f"{facts.practice.name} · {kind}" if kind else facts.practice.name,
        right="",
        later_right=title,
        foot=say.long_date(facts.made_on),
        page_of=say.say("Page {page} of {pages}"),
        size=facts.practice.size,
        colour=facts.practice.colour,
        logo=facts.practice.logo,
    )
    return paper(story(facts), meta, invariant=invariant, progress=progress)


def story(facts: CredentialsFacts) -> list[Block]:
    """The statement as blocks: how many, how they ended, who did them, and those that may be named."""
    say = voice(facts.language)
    blocks: list[Block] = [
        Paragraph(f"{say.say('Statement of experience')} · {say.long_date(facts.made_on)}", MUTED, keep=True),
        Paragraph(facts.area or facts.practice.name, TITLE, before=3, keep=True),
    ]
    if not facts.count:
        words = say.say("No work of this kind is on record yet.")
        return [*blocks, Paragraph(words, BODY, before=18), *colophon(facts.practice, None, say, "")]
    blocks.append(figure_row(_figures(facts, say)))
    if facts.people:
        blocks.append(Heading(say.say("Who did it")))
        rows = [[name, say.number(count)] for name, count in facts.people]
        blocks += record_table([say.say("Responsible"), say.say("How many")], rows, (75, 25), right=(1,))
    if facts.cited:
        blocks.append(Heading(say.say("Named with our clients' consent")))
        word = say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))
        columns = [say.say("Client"), word, say.say("When"), say.say("How it ended")]
        blocks += record_table(columns, [_cited(each, say) for each in facts.cited], (24, 34, 14, 28))
    unnamed = facts.count - len(facts.cited)
    if unnamed:
        words = say.count(
            "{n} piece of work is counted here and not named: what clients tell us stays with us.",
            "{n} pieces of work are counted here and not named: what clients tell us stays with us.",
            unnamed,
        )
        blocks.append(Paragraph(words, MUTED, before=14))
    return [*blocks, *colophon(facts.practice, None, say, "")]


def _figures(facts: CredentialsFacts, say: Voice) -> list[tuple[str, str]]:
    """What there is to say in numbers; what is nought is not said."""
    since = facts.since.year if facts.since else facts.made_on.year
    told = [
        (facts.count, say.say("taken on since {year}").format(year=since)),
        (facts.completed, say.say("brought to their end")),
        (facts.ended_early, say.say("ended before their end")),
        (facts.open, say.say("under way")),
    ]
    return [(say.number(count), words) for count, words in told if count]


def _cited(each: CitedFacts, say: Voice) -> list[str]:
    years = [str(each.opened_on.year)]
    if each.closed_on is not None and each.closed_on.year != each.opened_on.year:
        years.append(str(each.closed_on.year))
    ended = each.outcome or ("–" if each.closed_on else say.say("under way"))
    return [each.client, "\n".join(part for part in (each.title, each.area) if part), "–".join(years), ended]
