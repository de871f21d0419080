"""The letter that ends the work for a client: from when on, what is under way, and which dates are ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.deadlines import list_deadlines
from db.rows import fetch
from db.words import OPEN_STAGES
from desktop.reports import letters
from desktop.reports.family import Asked, needed
from desktop.reports.letters import LetterFacts, Worded, Written, common_fields, letter_words, named_dates, salutation
from desktop.reports.letters import print_out as render
from desktop.text import voice

__all__ = ["Parting", "ending", "parted", "parting", "read", "render"]

MOST = 20


@dataclass(frozen=True)
class Parting:
    """What a client has to know when the work ends: the day, the work under way, and its dates with their words."""

    on: dt.date
    titles: tuple[str, ...]
    dates: tuple[tuple[dt.date, str], ...]


def parting(session: Session, client_id: int, on: dt.date) -> Parting:
    """What is under way with a client, and the open dates from a day on."""
    stages = ", ".join(f"'{stage}'" for stage in OPEN_STAGES)
    rows = fetch(
        session,
        f"SELECT title FROM engagement WHERE client_id = ? AND stage IN ({stages}) ORDER BY id LIMIT {MOST}",
        client_id,
    )
    ahead = list_deadlines(session, client_id=client_id, open_only=True, limit=MOST)
    dates = tuple((row.falls_on, row.what) for row in ahead if row.falls_on >= on)
    return Parting(on, tuple(row[0] for row in rows), dates)


def read(session: Session, asked: Asked) -> Written:
    """The facts of the letter that is asked for; the work ends with the last day asked for, or today."""
    client_id = needed(asked.client_id, "client")
    letter = letters.facts(
        session,
        client_id,
        "disengage",
        asked.at.date(),
        writer=asked.writer,
        language=asked.language,
        sheet=asked.paper,
    )
    known = parting(session, client_id, asked.until or asked.at.date())
    return letters.written(session, letter, parted(letter, known), asked.words)


def parted(facts: LetterFacts, known: Parting) -> Worded:
    """The letter in words: the house's text, and the fields of a wording."""
    say = voice(facts.language)
    fields = {
        **common_fields(facts),
        "last_day": say.long_date(known.on),
        "engagements": "; ".join(map(say.quoted, known.titles)),
        "engagement": say.listed(known.titles),
        "deadlines": named_dates(known.dates, facts.language),
        "deadline": named_dates(known.dates[:1], facts.language),
    }
    return Worded(ending(facts, known), fields, "disengage")


def ending(facts: LetterFacts, known: Parting) -> str:
    """The letter, to be read and changed before it is printed: paragraphs with a blank line between."""
    words, say = letter_words(facts.language)["disengage"], voice(facts.language)
    parts = [salutation(words, facts), words["open"].format(day=say.long_date(known.on))]
    if known.titles:
        parts += [words["work_title"], words["work"].format(titles="; ".join(map(say.quoted, known.titles)))]
    parts += [words["warning_title"], words["warning"]]
    if known.dates:
        parts.append(words["dates"].format(dates=named_dates(known.dates, facts.language)))
    parts += [words["papers_title"], words["papers"], words["close"], words["sign"]]
    return "\n\n".join(parts)
