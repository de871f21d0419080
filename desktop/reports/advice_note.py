"""The advice note: one entry of the advisory history as it stands on the record, with all that was amended in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db import tables
from db.errors import Refused
from db.rows import fetch, get, ids
from desktop.reports.blocks import Block, Heading, Paragraph, Stack
from desktop.reports.client_facts import PracticeFacts, RecordFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.client_story import ENGAGEMENT
from desktop.reports.entry_blocks import DIRECTIONS, answer, channel, late_words, marked, moment, pairs
from desktop.reports.entry_facts import INTERNAL_CHANNEL, EntryFacts, read_entries
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.look import BODY, MUTED, STRONG, TITLE, TONES, toned
from desktop.reports.margins import margins
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import rests_on, sealed
from desktop.text import Voice, voice


@dataclass(frozen=True)
class NoteFacts:
    """Everything that the note says: the entry, then what amends it, in order; `asked` is the number asked for."""

    practice: PracticeFacts
    language: str
    client: str
    client_number: str
    asked: str
    versions: tuple[EntryFacts, ...]
    record: RecordFacts | None = None


# Up to the first entry of the row, then down again; a version that was withdrawn only where it is the one asked for.
_TREE = """WITH RECURSIVE up(id, amends_id) AS (SELECT id, amends_id FROM advice WHERE id = ?1
        UNION SELECT a.id, a.amends_id FROM advice a JOIN up ON a.id = up.amends_id),
    down(id) AS (SELECT min(id) FROM up
        UNION SELECT a.id FROM advice a JOIN down ON a.amends_id = down.id)"""
_VERSIONS = f"""{_TREE} SELECT a.id FROM down JOIN advice a ON a.id = down.id
    WHERE a.state = 'recorded' AND (a.withdrawn_at IS NULL OR a.id = ?1) ORDER BY a.id"""


def read(session: Session, asked: Asked) -> NoteFacts:
    """The facts of the note on an entry; refused for a draft, and for a note that was written for the file alone."""
    advice_id = needed(asked.advice_id, "advice")
    entry = get(session, tables.Advice, advice_id, "advice")
    versions = tuple(read_entries(session, ids(session, _VERSIONS, advice_id)))
    number = f"A-{advice_id:04d}"
    if entry.state != "recorded":
        raise Refused("still-a-draft", "advice", number=number)
    if entry.channel == INTERNAL_CHANNEL:
        raise Refused("internal-note", "advice", number=number)
    client = get(session, tables.Client, entry.client_id)
    return NoteFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, client.id, asked.language),
        client=get(session, tables.Party, client.party_id).name,
        client_number=client.number,
        asked=number,
        versions=versions,
        record=rests_on(session, "advice-note", asked),
    )


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How many versions of the entry the note leaves out: drafts of an amendment, and what was withdrawn."""
    every = f"{_TREE} SELECT a.state = 'draft', count(*) FROM down JOIN advice a ON a.id = down.id"
    left = f"{every} WHERE a.id <> ?1 AND (a.state = 'draft' OR a.withdrawn_at IS NOT NULL) GROUP BY 1 ORDER BY 1 DESC"
    rows = fetch(session, left, needed(asked.advice_id, "advice"))
    return {"drafts" if is_draft else "withdrawn": count for is_draft, count in rows}


def render(facts: NoteFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The note as a PDF; `invariant` makes equal facts give equal bytes."""
    meta = sealed(facts, _meta(facts, voice(facts.language)))
    return paper(story(facts), meta, invariant=invariant, progress=progress)


def story(facts: NoteFacts) -> list[Block]:
    """The note as blocks: when and where, question, advice, what it rests on, amendments, and what the client did."""
    say, entry = voice(facts.language), facts.versions[0]
    blocks: list[Block] = [
        Paragraph(f"{say.say('Advice note')} · {entry.number}", MUTED, keep=True),
        Paragraph(facts.client, TITLE, before=3, keep=True),
        Paragraph(" · ".join(part for part in (facts.client_number, entry.engagement) if part), MUTED, before=1),
        *_marks(facts, say),
        *_where(facts, entry, say),
    ]
    blocks += [Heading(say.say("Question")), Paragraph(entry.question, STRONG)]
    for title, text in (
        (say.say("Received from the client" if entry.direction == "received" else "Our advice"), entry.advice),
        (say.say("What it rests on"), entry.basis),
        (say.say("Options considered"), entry.options),
        (say.say("Risks explained"), entry.risks),
    ):
        if text:
            blocks += [Heading(title), Paragraph(text)]
    if entry.late:
        blocks += [Heading(say.say("Late entry")), Paragraph(late_words(entry, say), toned(BODY, TONES["amber"]))]
    if entry.direction != "received" and (entry.response or len(facts.versions) == 1):
        blocks += [Heading(say.say("The client’s response")), *answer(entry.response, say)]
    if len(facts.versions) > 1:
        blocks.append(Heading(say.say("Amendments")))
        for place, later in enumerate(facts.versions[1:], 1):
            blocks += _amendment(facts, place, later, say)
    return blocks


def _marks(facts: NoteFacts, say: Voice) -> list[Block]:
    """What a reader must know before he reads on."""
    entry, later = facts.versions[0], [each for each in facts.versions[1:] if each.withdrawn_at is None]
    lines: list[Block] = []
    for each in facts.versions:
        if each.withdrawn_at is not None:
            words = say.say("{number} was withdrawn on {date}. It is printed because it was asked for by its number.")
            told = words.format(number=each.number, date=say.date(each.withdrawn_at.date()))
            lines.append(marked(told, "red"))
    states = []
    if later:
        words = say.count("Amended once; what holds now stands under Amendments.",
                          "Amended {n} times; what holds now stands under Amendments.", len(later))  # fmt: skip
        states.append(words)
    if entry.late:
        states.append(say.say("Entered late; when and why is said below."))
    answers = [each.response for each in (entry, *later) if each.response is not None]
    if answers and answers[-1].response == "against advice":
        states.append(say.say("The client decided against our advice."))
    lines += [marked(words, "amber") for words in states]
    for line in lines[:1]:
        line.before = 9
    return lines


def _where(facts: NoteFacts, entry: EntryFacts, say: Voice) -> list[Block]:
    minutes = say.count("{n} minute", "{n} minutes", entry.minutes) if entry.minutes else ""
    confirmed = say.long_date(entry.confirmed_on) if entry.confirmed_on else say.say("Not confirmed in writing")
    told = [
        (say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement")), entry.engagement),
        (say.say("When and where"), moment(entry, say)),
        (say.say("Channel"), channel(entry, say)),
        (say.say("Direction"), say.say(DIRECTIONS.get(entry.direction, ""))),
        (say.say("Who took part"), entry.present),
        (say.say("How long"), minutes),
        (say.say("Who advised"), entry.author),
        (say.say("Recorded"), say.date_time(entry.recorded_at) if entry.recorded_at else ""),
        (say.say("Confirmed in writing"), confirmed if entry.direction != "received" else ""),
        (say.say("Privileged"), say.say("Yes") if entry.privileged else ""),
    ]
    return [Stack(pairs(told), before=14)]


def _amendment(facts: NoteFacts, place: int, later: EntryFacts, say: Voice) -> list[Block]:
    """A later version: why it was made, what it says anew, and what the client did with it."""
    before = facts.versions[place - 1]
    words = say.say("Amendment {place} of {all} · {number}")
    title = words.format(place=place, all=len(facts.versions) - 1, number=later.number)
    blocks: list[Block] = [Heading(title, 1)]
    if later.withdrawn_at is not None:
        blocks.append(marked(say.say("Withdrawn on {date}").format(date=say.date(later.withdrawn_at.date())), "red"))
    confirmed = say.long_date(later.confirmed_on) if later.confirmed_on else ""
    told = [
        (say.say("When and where"), moment(later, say)),
        (say.say("Who advised"), later.author),
        (say.say("Why it was amended"), later.amend_reason),
        (say.say("Question"), later.question if later.question != before.question else ""),
        (say.say("Our advice now"), later.advice),
        (say.say("What it rests on"), later.basis if later.basis != before.basis else ""),
        (say.say("Options considered"), later.options if later.options != before.options else ""),
        (say.say("Risks explained"), later.risks if later.risks != before.risks else ""),
        (say.say("Confirmed in writing"), confirmed),
    ]
    blocks += pairs(told)
    is_last = place == len(facts.versions) - 1
    if later.response or (is_last and not any(each.response for each in facts.versions)):
        told_back = answer(later.response, say)
        told_back[0].before = 5
        blocks += told_back
    return blocks


def _meta(facts: NoteFacts, say: Voice) -> Meta:
    title = say.say("Advice note")
    return margins(
        facts.practice,
        say,
        title=f"{title} {facts.asked} · {facts.client}",
        subject=title,
        right=say.say("Confidential — for the record"),
        later_right=f"{facts.client} · {title} {facts.asked}",
        foot=facts.asked,
    )
