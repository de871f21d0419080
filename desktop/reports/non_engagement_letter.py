"""The letter that says No to an enquiry: nothing is done, time limits may run, and until when the file is kept."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from db import tables
from db.rows import get
from desktop.reports import letters
from desktop.reports.family import Asked, needed
from desktop.reports.letters import Written
from desktop.reports.letters import print_out as render

__all__ = ["read", "render"]


def read(session: Session, asked: Asked) -> Written:
    """The facts of the letter that is asked for.

    Why the practice declines stays in the file: the text gives no reason unless its writer puts one in.
    """
    client_id = needed(asked.client_id, "client")
    letter = letters.facts(
        session,
        client_id,
        "decline",
        asked.at.date(),
        writer=asked.writer,
        engagement_id=asked.engagement_id,
        language=asked.language,
        sheet=asked.paper,
    )
    kept_until = get(session, tables.Client, client_id).retain_until
    letter = replace(letter, kept_until=kept_until or letter.kept_until)
    return letters.written(session, letter, letters.declined(letter, "other"), asked.words)
