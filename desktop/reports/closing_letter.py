"""The letter that closes an engagement: what was done and achieved, what stays open, what to watch, and thanks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db import tables
from db.deadlines import list_deadlines
from db.rows import get
from desktop.reports import letters
from desktop.reports.family import Asked
from desktop.reports.letters import LetterFacts, Worded, Written, common_fields, letter_words, named_dates, salutation
from desktop.reports.letters import print_out as render
from desktop.text import voice

__all__ = ["Closing", "closed", "closing", "parting_words", "read", "render"]


@dataclass(frozen=True)
class Closing:
    """What the client should know of work that ended: in his words what it brought, and what is still open."""

    title: str
    ended_on: dt.date
    done: str = ""
    outcome: str = ""
    value: str = ""
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    dates: tuple[tuple[dt.date, str], ...] = ()
    kept_until: dt.date | None = None


def read(session: Session, asked: Asked) -> Written:
    """The facts of the letter that is asked for."""
    engagement, letter = letters.on_an_engagement(session, asked, "close")
    known = closing(session, engagement, asked.at.date())
    return letters.written(session, letter, closed(letter, known), asked.words)


def closing(session: Session, engagement: tables.Engagement, today: dt.date) -> Closing:
    """What is known of the end of an engagement; one that is not closed yet ends today."""
    promise = tables.Promise
    rows = session.exec(
        select(promise.text, promise.by)
        .where(promise.engagement_id == engagement.id, promise.status == "open")
        .order_by(col(promise.due_on).is_(None), col(promise.due_on), col(promise.id))
    ).all()
    ahead = list_deadlines(session, engagement.id, open_only=True, today=today)
    return Closing(
        title=engagement.title,
        ended_on=engagement.closed_on or today,
        done=engagement.scope_included,
        outcome=engagement.outcome,
        value=engagement.value_delivered,
        ours=tuple(text for text, by in rows if by == "us"),
        theirs=tuple(text for text, by in rows if by == "client"),
        dates=tuple((row.falls_on, row.what) for row in ahead if row.falls_on >= today),
        kept_until=get(session, tables.Client, engagement.client_id).retain_until,
    )


def closed(facts: LetterFacts, known: Closing) -> Worded:
    """The letter in words: the house's text, and the fields of a wording."""
    say = voice(facts.language)
    fields = {
        **common_fields(facts),
        "engagement": known.title,
        "ended_on": say.long_date(known.ended_on),
        "done": known.done,
        "outcome": known.outcome,
        "value": known.value,
        "we_owe": "; ".join(known.ours),
        "you_owe": "; ".join(known.theirs),
        "deadlines": named_dates(known.dates, facts.language),
        "deadline": named_dates(known.dates[:1], facts.language),
        "kept_until": say.long_date(known.kept_until) if known.kept_until else "",
    }
    return Worded(parting_words(facts, known), fields, "close")


def parting_words(facts: LetterFacts, known: Closing) -> str:
    """The house's letter, to be read and changed before it is printed: paragraphs with a blank line between."""
    words, say = letter_words(facts.language)["close"], voice(facts.language)
    parts = [
        salutation(words, facts),
        words["open"].format(title=known.title, day=say.long_date(known.ended_on)),
    ]
    if known.done:
        parts += [words["done_title"], known.done]
    achieved = [
        *([words["achieved"].format(outcome=_sentence(known.outcome))] if known.outcome else []),
        *([words["value"].format(words=_sentence(say.quoted(known.value)))] if known.value else []),
    ]
    if achieved:
        parts += [words["achieved_title"], "\n".join(achieved)]
    left = [
        words[name].format(what="; ".join(each.rstrip(". ") for each in what))
        for name, what in (("ours", known.ours), ("yours", known.theirs))
        if what
    ]
    parts += [words["open_title"], "\n".join(left) or words["nothing"]]
    parts += [words["watch_title"], words["watch"]]
    if known.dates:
        parts.append(words["dates"].format(dates=named_dates(known.dates, facts.language)))
    parts.append(words["papers_title"])
    if known.kept_until:
        parts.append(words["papers_until"].format(until=say.long_date(known.kept_until)))
    else:
        parts.append(words["papers"])
    return "\n\n".join([*parts, words["thanks"], words["sign"]])


def _sentence(words: str) -> str:
    return words if words[-1:] in ".!?…" else f"{words}."
