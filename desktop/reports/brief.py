"""The brief as one page of paper: who the client is, what is open, what to ask. Internal, and without confidences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from db import firm
from db.brief import MeetingBrief, meeting_brief
from db.overview import Pressing
from desktop import brief_words as words
from desktop.reports import look, trust_report
from desktop.reports.blocks import Block, Paragraph, Row, Stack
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.look import BODY, CELL, MUTED, NOTE, QUOTE, STRONG, TITLE, Style, toned
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.text import Voice, voice

# The most letters of a text, tried in turn until it all stands on one page: the brief reminds, it does not replace.
LETTERS = (170, 110, 70, 40)
_SECTION = Style("sans-semibold", 8.4, 13, "accent")


def _(text: str) -> str:
    """Mark a text for the catalogues; the report's own voice says it later."""
    return text


STANDINGS = {
    "enquiry": _("Enquiry"),
    "prospect": _("Prospect"),
    "occasional": _("Occasional"),
    "client": _("Client"),
    "former": _("Former"),
    "declined": _("Declined"),
    "quiet": _("Quiet"),
    "at risk": _("At risk"),
}


@dataclass(frozen=True)
class BriefFacts:
    """Everything that the page says; it has no place for what was told in confidence."""

    practice: str
    country: str
    colour: str
    language: str
    made_at: dt.datetime
    told: MeetingBrief
    paper: str = ""


def facts(session: Session, client_id: int, language: str, at: dt.datetime) -> BriefFacts:
    """What the brief of a client says `at` a moment (with its zone); refused where there is no such client."""
    own = firm.get_practice(session)
    told = meeting_brief(session, client_id, at.date())
    return BriefFacts(own.name, own.country, own.colour, language, at, told)


def story(facts: BriefFacts, letters: int = LETTERS[0]) -> list[Block]:
    """The page as blocks: the client, the one thing not to forget, then two columns."""
    say, told = voice(facts.language), _shortened(facts.told, letters)
    client = told.head.client
    first = [client.number, say.say(STANDINGS.get(client.shown_standing, client.shown_standing))]
    if client.grade:
        first.append(say.say(_("Grade {grade}")).format(grade=client.grade))
    if client.since:
        first.append(say.say(_("client since {year}")).format(year=client.since.year))
    blocks: list[Block] = [
        Paragraph(client.name, TITLE),
        Paragraph(" · ".join([*first, *words.role_words(told, say)]), MUTED, before=1),
    ]
    reach = [value for kind, value, _normal in told.head.contacts if kind in ("phone", "email")][:3]
    if reach:
        blocks.append(Paragraph(" · ".join(reach), MUTED))
    blocks += _pressing(told.head.pressing, facts.made_at.date(), say)
    left = [*_valued(told, say), *_advice(told, say), *_people(told, say), *_voices(told, say)]
    right = [*_asked(told, say), *_promises(told, say), *_next(told, say)]
    blocks.append(Row([Stack(left), Stack(right)], (1, 1), gap=26, before=12))
    return blocks


def read(session: Session, asked: Asked) -> BriefFacts:
    """The facts of the brief that is asked for, in the language of the house: no client ever sees it."""
    found = facts(session, needed(asked.client_id, "client"), language_for(session, None, asked.language), asked.at)
    return replace(found, paper=asked.paper)


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """How many confidences and restricted notes are in the file and not on the page."""
    return trust_report.omitted(session, asked)


def render(facts: BriefFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The brief as a PDF of one page."""
    say, client = voice(facts.language), facts.told.head.client
    moment = f"{say.date(facts.made_at.date())} {facts.made_at:%H:%M}"
    title = say.say(_("Brief"))
    meta = Meta(
        title=f"{title} · {client.name}",
        author=facts.practice,
        subject=say.say(_("Brief on {client}, {moment}")).format(client=client.name, moment=moment),
        language=say.language,
        left=facts.practice,
        right=say.say(_("Internal — not for the client")),
        later_right=f"{client.name} · {title}",
        foot=" · ".join([client.number, moment, say.say(_("without what was told in confidence"))]),
        page_of=say.say(_("Page {page} of {pages}")),
        keywords="",
        size=look.page_size(facts.country, facts.paper),
        colour=facts.colour,
        logo=None,
        watermark=say.say("Internal"),
    )
    for letters in LETTERS:
        made = paper(story(facts, letters), meta, invariant=invariant, progress=progress)
        if made.pages == 1:
            break
    return made


def _section(title: str, blocks: list[Block]) -> list[Block]:
    return [Paragraph(title, _SECTION, before=11, keep=True, role="H2"), *blocks] if blocks else []


def _pressing(press: Pressing | None, today: dt.date, say: Voice) -> list[Block]:
    if press is None:
        return []
    why = words.pressing_words(press, say, today)
    said = say.say(_("Not to forget: {what}")).format(what=press.text)
    return [Paragraph(said, STRONG, before=9), Paragraph(why, toned(BODY, look.TONES["amber"]))]


def _valued(told: MeetingBrief, say: Voice) -> list[Block]:
    return _section(say.say(_("What they value")), _texts([say.quoted(told.head.valued)], QUOTE, told.head.valued))


def _texts(texts: list[str], style: Style, there: object = True) -> list[Block]:
    return [Paragraph(text, style, before=2) for text in texts] if there else []


def _advice(told: MeetingBrief, say: Voice) -> list[Block]:
    blocks: list[Block] = []
    for given in told.advice:
        head = f"{say.short_date(given.advice.given_at.astimezone().date())} · {given.advice.question}"
        blocks += [
            Paragraph(head, toned(Style("sans-semibold", CELL.size, CELL.leading), look.INK), before=4),
            Paragraph(given.advice.advice, CELL),
            Paragraph(words.answer_words(given, say), NOTE),
        ]
    return _section(say.say(_("The last advice, and what they did")), blocks)


def _people(told: MeetingBrief, say: Voice) -> list[Block]:
    names = list(dict.fromkeys(tie.name for tie in told.people))
    return _section(say.say(_("People around them")), _texts([say.listed(names)], CELL, names))


def _voices(told: MeetingBrief, say: Voice) -> list[Block]:
    concerns = [note.text for note in told.concerns]
    signals = [note.text for note in told.signals]
    return [
        *_section(say.say(_("Concerns that are open")), _texts(concerns, CELL)),
        *_section(say.say(_("Signals and thanks")), _texts(signals, CELL)),
    ]


def _asked(told: MeetingBrief, say: Voice) -> list[Block]:
    texts = [f"·  {words.question_words(question, say)}" for question in told.questions]
    return _section(say.say(_("To ask")), _texts(texts, CELL))


def _promises(told: MeetingBrief, say: Voice) -> list[Block]:
    blocks: list[Block] = []
    for title, promises in ((say.say(_("We promised")), told.ours), (say.say(_("They promised")), told.theirs)):
        lines: list[Block] = []
        for one in promises:
            lines += [Paragraph(one.text, CELL, before=2), Paragraph(words.due_words(one, say), NOTE)]
        blocks += _section(title, lines)
    if told.kept.settled:
        rate = say.say(_("{kept} of {settled} promises kept in time so far"))
        blocks.append(Paragraph(rate.format(kept=told.kept.kept, settled=told.kept.settled), NOTE, before=4))
    return blocks


def _next(told: MeetingBrief, say: Voice) -> list[Block]:
    found = [words.next_words(told.next_date, say)] if told.next_date else []
    return _section(say.say(_("Next date")), _texts(found, CELL))


def _shortened(told: MeetingBrief, letters: int) -> MeetingBrief:
    """The same facts, each text cut to so many letters."""

    def cut(found: Any, *names: str) -> Any:
        return replace(found, **{name: short(getattr(found, name), letters) for name in names})

    head, press, following = told.head, told.head.pressing, told.next_date
    return replace(
        told,
        head=replace(cut(head, "valued"), pressing=cut(press, "text") if press else None),
        advice=[
            replace(
                given,
                advice=cut(given.advice, "question", "advice"),
                response=cut(given.response, "words") if given.response else None,
            )
            for given in told.advice
        ],
        ours=[cut(one, "text") for one in told.ours],
        theirs=[cut(one, "text") for one in told.theirs],
        concerns=[cut(note, "text") for note in told.concerns],
        signals=[cut(note, "text") for note in told.signals],
        next_date=cut(following, "what") if following else None,
        questions=[cut(question, "about") for question in told.questions],
    )


def short(text: str, letters: int) -> str:
    """A text in one line's worth of words, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= letters else flat[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
