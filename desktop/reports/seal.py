"""What seals a report of the record: the range of the chain that it rests on, and its own facts carried inside it.

The facts travel as facts.json in the PDF. The SHA-256 of that file stands in the foot of every page, in the last lines
and among the keywords: whoever takes the file out can compute it with any tool, and `cliens verify` does.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from functools import cache
from importlib import metadata
from typing import Any

from sqlmodel import Session, col, func, select

from db import chain, tables
from db.advice import number_of
from db.rows import get
from desktop.reports.client_facts import AskedFacts, RecordFacts, canonical
from desktop.reports.family import Asked
from desktop.reports.paper import Meta
from desktop.text import voice

# How many letters of a digest stand in the foot; the whole stands in the keywords.
SHOWN = 8


def rests_on(session: Session, kind: str, asked: Asked, since: dt.date | None = None) -> RecordFacts | None:
    """The record that a report rests on, for the field `record` of its facts; None in a file without a step.

    It reaches from the first entry of the journal since a day (else from the very first) to the last; `kind` is the
    report's name in family.KINDS.
    """
    last = session.exec(select(func.max(tables.Change.id))).one()
    number, digest, _at = chain.head(session.connection())
    if not last or not digest:
        return None
    return RecordFacts(
        first=first_entry(session, since, last),
        last=last,
        digest=digest,
        step=number,
        origin=origin(session),
        asked=_asked(session, kind, asked),
        program=program(),
    )


def first_entry(session: Session, since: dt.date | None, last: int) -> int:
    """The first entry of the journal since a day, or the last where there is none; without a day the very first."""
    step, change = tables.Step, tables.Change
    begun = session.exec(select(func.min(step.id)).where(step.at >= since.isoformat())).one() if since else 1
    first = session.exec(select(func.min(change.id)).where(change.step_id >= begun)).one() if begun else None
    return min(first or last, last)


def origin(session: Session) -> str:
    """The digest of the first step of the chain: it tells one practice from another."""
    step = tables.Step
    return session.exec(select(step.digest).order_by(col(step.id)).limit(1)).first() or ""


@cache
def program() -> str:
    """The version of the program that prints: another may lay the same facts out in another way."""
    try:
        return metadata.version("cliens")
    except metadata.PackageNotFoundError:
        return "0.1.0"


def _asked(session: Session, kind: str, asked: Asked) -> AskedFacts:
    client, engagement, advice, check = asked.client_id, asked.engagement_id, asked.advice_id, asked.check_id
    return AskedFacts(
        kind=kind,
        at=asked.at,
        client="" if client is None else get(session, tables.Client, client, "client").number,
        engagement="" if engagement is None else get(session, tables.Engagement, engagement, "engagement").number,
        advice="" if advice is None else number_of(advice),
        check=check or 0,
        since=asked.since,
        until=asked.until,
        language=asked.language,
        paper=asked.paper,
        words=asked.words,
    )


def sealed(facts: Any, meta: Meta) -> Meta:
    """What stands around a report, with its seal: in the foot after what stands there, in the keywords, and inside.

    `facts` are everything that the report says, in frozen dataclasses, with `rests_on` as their field `record`. All
    of them leave the practice with the PDF: they must have no place for what is not printed. They are read again from
    the past to be verified, so nothing in them may hang on the clock but by `asked.at`, nor on the window's language
    (the tables of db/ordering.py do).
    """
    say, record = voice(meta.language), facts.record
    content = canonical(facts)
    digest = hashlib.sha256(content).hexdigest()
    foot, keywords = [meta.foot], [f"facts {digest}"]
    if record is not None:
        first, last = say.number(record.first), say.number(record.last)
        foot.append(say.say("record entries {first} – {last}").format(first=first, last=last))
        foot.append(say.say("chain {digest}").format(digest=record.digest[:SHOWN]))
        keywords.append(f"record {record.first}-{record.last} {record.digest}")
    foot.append(say.say("digest {digest}").format(digest=digest[:SHOWN]))
    if record is not None and record.verified_at:
        moment = f"{say.date(record.verified_at)} {record.verified_at:%H:%M}"
        foot.append(say.say("verified {moment}").format(moment=moment))
    return dataclasses.replace(
        meta,
        foot=" · ".join(part for part in foot if part),
        keywords="; ".join([*([meta.keywords] if meta.keywords else []), *keywords]),
        made_at=record.asked.at if record is not None and record.asked is not None else None,
        facts=content,
    )
