"""The letter that confirms advice in writing, for signature: what was advised and, against advice, what was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel import Session

from db import advice
from desktop.reports import letters
from desktop.reports.family import Asked, needed
from desktop.reports.letters import LetterFacts
from desktop.reports.paper import Paper, Progress
from desktop.text import voice


@dataclass(frozen=True)
class AdviceLetterFacts:
    """What the letter tells: recorded words, no note and nothing told in trust; `text` where it was changed."""

    letter: LetterFacts
    number: str
    given_on: dt.date
    question: str
    advice: str
    basis: str
    risks: str
    decided_on: dt.date | None = None
    consequence: str = ""
    reason: str = ""
    direction: str = ""
    text: str = ""


def facts(
    session: Session, advice_id: int, today: dt.date, *, language: str = "", sheet: str = ""
) -> AdviceLetterFacts:
    """Read what a recorded entry says, with the decision where it was against the advice."""
    advice.require_recorded(session, advice_id)
    entry = advice.list_advice_rows(session, [advice_id])[0]
    answer = advice.get_response(session, advice_id)
    against = answer if answer is not None and answer.response == "against advice" else None
    return AdviceLetterFacts(
        letter=letters.facts(
            session, entry.client_id, "confirm", today, writer=entry.author, language=language, sheet=sheet
        ),
        number=entry.number,
        given_on=entry.given_at.astimezone().date(),
        question=entry.question,
        advice=entry.advice,
        basis=entry.basis,
        risks=entry.risks,
        decided_on=against.responded_on if against else None,
        consequence=against.consequence if against else "",
        reason=against.reason if against else "",
        direction=against.words if against else "",
    )


def wording(found: AdviceLetterFacts) -> str:
    """The letter's paragraphs, with a blank line between; a part of which nothing was recorded is left out."""
    words, say = letters.letter_words(found.letter.language)["confirm"], voice(found.letter.language)
    parts = [
        letters.salutation(words, found.letter),
        words["open"].format(day=say.long_date(found.given_on), number=found.number),
    ]
    for name in ("question", "advice", "basis", "risks", "consequence"):
        if told := getattr(found, name):
            parts += [words[name], _one_paragraph(told)]
    if found.decided_on is not None:
        parts += [words["decision"], words["against"].format(day=say.long_date(found.decided_on))]
        for name in ("reason", "direction"):
            if told := getattr(found, name):
                parts += [words[name], _one_paragraph(told)]
        parts += [words["go_on"], words["sign_against"]]
    else:
        parts.append(words["sign"])
    return "\n\n".join(parts)


def _one_paragraph(told: str) -> str:
    """Recorded words as one part of the letter: a blank line in them begins no new one."""
    return "\n".join(line for line in told.splitlines() if line.strip())


def read(session: Session, asked: Asked) -> AdviceLetterFacts:
    """The facts of the letter that is asked for, with its own words where they were changed."""
    found = facts(
        session, needed(asked.advice_id, "advice"), asked.at.date(), language=asked.language, sheet=asked.paper
    )
    return replace(found, text=asked.words)


def render(found: AdviceLetterFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The letter as a PDF on the practice's paper; `invariant` makes equal letters equal bytes."""
    return letters.render(found.letter, found.text or wording(found), invariant=invariant, progress=progress)
