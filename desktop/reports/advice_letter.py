"""The letter that confirms advice in writing, for signature: what was advised and, against advice, what was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from db import advice
from db.advice import AdviceRow
from db.errors import Refused
from desktop.reports import letters
from desktop.reports.family import Asked, needed
from desktop.reports.letters import LetterFacts, Worded, Written, common_fields
from desktop.reports.letters import print_out as render
from desktop.text import voice

__all__ = ["AdviceLetterFacts", "confirmed", "confirming", "facts", "read", "render"]


@dataclass(frozen=True)
class AdviceLetterFacts:
    """What the letter tells: recorded words, no note and nothing told in trust."""

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


def facts(
    session: Session, advice_id: int, today: dt.date, *, language: str = "", sheet: str = ""
) -> AdviceLetterFacts:
    """Read what a recorded entry says, with the decision where it was against the advice.

    Refused for a draft and for a note, which is the practice's own.
    """
    advice.require_recorded(session, advice_id)
    entry = advice.list_advice_rows(session, [advice_id])[0]
    if entry.channel == "note":
        raise Refused("internal-note", "advice", number=entry.number)
    answer = advice.get_response(session, advice_id)
    against = answer if answer is not None and answer.response == "against advice" else None
    return AdviceLetterFacts(
        letter=letters.facts(
            session, entry.client_id, "confirm", today, writer=entry.author, language=language, sheet=sheet
        ),
        number=entry.number,
        given_on=_by_the_clock_there(entry),
        question=entry.question,
        advice=entry.advice,
        basis=entry.basis,
        risks=entry.risks,
        decided_on=against.responded_on if against else None,
        consequence=against.consequence if against else "",
        reason=against.reason if against else "",
        direction=against.words if against else "",
    )


def _by_the_clock_there(entry: AdviceRow) -> dt.date:
    """The day on which it was given, where it was given."""
    try:
        return entry.given_at.astimezone(ZoneInfo(entry.zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return entry.given_at.date()


def confirmed(found: AdviceLetterFacts) -> Worded:
    """The letter in words: the house's text, and the fields of a wording; against advice has a wording of its own."""
    say, against = voice(found.letter.language), found.decided_on
    fields = {
        **common_fields(found.letter),
        "number": found.number,
        "given_on": say.long_date(found.given_on),
        **{name: _one_paragraph(getattr(found, name)) for name in ("question", "advice", "basis", "risks")},
    }
    if against is not None:
        fields["decided_on"] = say.long_date(against)
        fields |= {name: _one_paragraph(getattr(found, name)) for name in ("consequence", "reason", "direction")}
    return Worded(confirming(found), fields, "confirm" if against is None else "confirm against")


def confirming(found: AdviceLetterFacts) -> str:
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


def read(session: Session, asked: Asked) -> Written:
    """The letter that is asked for, with its own words where they were changed."""
    found = facts(
        session, needed(asked.advice_id, "advice"), asked.at.date(), language=asked.language, sheet=asked.paper
    )
    return letters.written(session, found.letter, confirmed(found), asked.words)
