"""The verb that prints: any report of the family as a PDF, for a client, an engagement, an entry or the practice."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import ordering
from db.errors import Refused
from desktop.cli_exchange import require_replaceable, write_beside
from desktop.cli_file import opened
from desktop.cli_terminal import Answer, Course
from desktop.text import _, current, ngettext


def report(options: argparse.Namespace) -> Answer:
    """Print a report as PDF."""
    from desktop.reports import family
    from desktop.reports.omissions import in_words

    if options.batch:
        return _batch(options)
    out = Path(options.out)
    since, until = _day("since", options.since), _day("until", options.until)
    _require_language(options.language)
    require_replaceable(out, b"%PDF-")
    kind = family.kind_of(options.report)
    with opened(options) as practice:
        client_id, engagement_id, advice_id = practice.ask(lambda session: _named(options, session))
        asked = family.Asked(
            at=dt.datetime.now().astimezone(),
            client_id=client_id,
            engagement_id=engagement_id,
            advice_id=advice_id,
            since=since,
            until=until,
            language=options.language or "",
            paper=options.paper or "",
            writer=practice.who,
        )
        if kind.about == "practice":
            from db.firm import get_practice

            ordering.speak(practice, options.language or practice.ask(get_practice).language)
        made = family.make(practice.ask, kind, asked)
    write_beside(out, made.paper.pdf)
    lines = [ngettext("{n} page written to ", "{n} pages written to ", made.paper.pages) + f"{out}."]
    if made.left_out:
        lines.append(_("Left out: {what}.").format(what=current().listed(in_words(made.left_out))))
    value: dict[str, Any] = {"out": str(out), "pages": made.paper.pages}
    if made.paper.digest:
        value["digest"] = made.paper.digest
    return Answer({**value, "left_out": made.left_out}, lines)


def _batch(options: argparse.Namespace) -> Answer:
    """One report for each client that is chosen, into a folder."""
    from db.client_lists import Condition, list_client_ids
    from desktop.reports import batch, family
    from desktop.reports.making import Order

    folder = Path(options.out).absolute()
    since, until = _day("since", options.since), _day("until", options.until)
    _require_language(options.language)
    batch.require_kind(options.report)
    chosen = [
        Condition(name, value) for name in ("grade", "standing", "tag") if (value := getattr(options, name)) is not None
    ]
    made = batch.Batch()
    with opened(options) as practice:
        asked = family.Asked(
            at=dt.datetime.now().astimezone(),
            since=since,
            until=until,
            language=options.language or "",
            paper=options.paper or "",
            writer=practice.who,
        )
        ids = practice.ask(list_client_ids, conditions=chosen)
        order = Order(options.report, asked, tuple(ids), folder)
        batch.write_all(practice.ask, order, made, Course(), path=practice.path, key=practice.key)
    errors = [{"client": one.client, "words": one.why} for one in made.unmade]
    lines = [ngettext("{n} report written to ", "{n} reports written to ", len(made.written)) + f"{folder}."]
    lines += [f"{one['client']}: {one['words']}" for one in errors]
    value = {"out": str(folder), "written": [str(path) for path in made.written], "errors": errors}
    return Answer(value, lines, code=1 if errors else 0)


def _named(options: argparse.Namespace, session: Session) -> tuple[int | None, int | None, int | None]:
    """The ids of what was named; the client of what was named beneath him goes without saying."""
    from db.advice import find_advice
    from db.clients import find_client
    from db.engagements import find_engagement, get_engagement

    client = find_client(session, options.client) if options.client else None
    engagement = find_engagement(session, options.engagement, client) if options.engagement else None
    if engagement is not None and client is None:
        client = get_engagement(session, engagement).client_id
    advice = find_advice(session, options.advice) if options.advice else None
    return client, engagement, advice


def _require_language(typed: str | None) -> None:
    from desktop.text import LANGUAGES

    if typed and re.split("[-_.]", typed.lower())[0] not in LANGUAGES:
        raise Refused("not-one-of", "language", value=typed, allowed=", ".join(LANGUAGES))


def _day(field: str, typed: str | None) -> dt.date | None:
    try:
        return None if typed is None else dt.date.fromisoformat(typed)
    except ValueError:
        raise Refused("not-a-date", field, value=typed) from None
