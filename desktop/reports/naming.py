"""What a finished report is called, by whom it is about and for which days; and its file, written whole or not."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from db.advice_lists import list_advice_rows, number_of
from db.client_lists import list_client_rows
from db.engagements import get_engagement, list_engagement_rows
from db.firm import get_practice
from db.parties import get_party
from desktop import text

if TYPE_CHECKING:
    from desktop.reports.family import Asked, Kind


@dataclass(frozen=True)
class Names:
    """`whom` it is about, `report` in the language of the report, `period` in digits, and who would be written to."""

    language: str
    whom: str
    report: str
    period: str
    days: str
    practice: str
    organisation: bool = False
    email: str = ""

    @property
    def file_name(self) -> str:
        """A name that every system can write, ending in .pdf."""
        return file_name(self.whom, self.report, self.period)

    @property
    def subject(self) -> str:
        """The line above an e-mail."""
        return ", ".join(part for part in (self.report, self.days) if part) + f" – {self.practice}"


def language_of(facts: Any) -> str:
    """The language that a report speaks, from its facts; a letter's are within."""
    return str(getattr(facts, "language", "") or getattr(getattr(facts, "letter", None), "language", "") or "en")


def names(session: Session, kind: Kind, asked: Asked, facts: Any) -> Names:
    """What the report that was made of these facts is called."""
    language = language_of(facts)
    voice, own = text.voice(language), get_practice(session)
    report, client_id = voice.say(kind.title), asked.client_id
    if asked.advice_id is not None and kind.about == "advice":
        report += f" {number_of(asked.advice_id)}"
        client_id = list_advice_rows(session, [asked.advice_id])[0].client_id
    elif asked.engagement_id is not None and kind.about == "engagement":
        client_id = get_engagement(session, asked.engagement_id).client_id
        report += f" {list_engagement_rows(session, [asked.engagement_id])[0].number}"
    elif asked.check_id is not None and kind.about == "check":
        report += f" {asked.check_id}"
    since, until = getattr(facts, "since", None), getattr(facts, "until", None)
    found = list_client_rows(session, [client_id]) if client_id is not None else []
    party = get_party(session, found[0].party_id).party if found else None
    contacts = sorted(party.contacts if party else [], key=lambda one: not one.preferred)
    period, days = str(asked.at.date()), ""
    if kind.has_period and since is not None and until is not None:
        period, days = period_in_file(since, until), voice.period(since, until)
    return Names(
        language=language,
        whom=found[0].name if found else own.name,
        report=report,
        period=period,
        days=days,
        practice=own.name,
        organisation=party is not None and party.kind == "organisation",
        email=next((one.value for one in contacts if one.kind == "email"), ""),
    )


def file_name(client: str, report: str, period: str) -> str:
    """A name that can be written on every system: who, what, and about when."""
    from db.exchange.export import file_named

    return file_named(f"{client} – {report}, {period}.pdf")


def period_in_file(since: dt.date, until: dt.date) -> str:
    """A period in a file's name: the first and the last day, or the year."""
    if since == until:
        return str(since)
    whole_year = (since.month, since.day) == (1, 1) and since.year == until.year
    return str(since.year) if whole_year else f"{since} – {until}"


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and move it into place, so that what was there is replaced whole or stays."""
    fresh = path.with_name(path.name + ".part")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
