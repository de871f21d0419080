"""The parties and people that a name typed on the command line stands for, and this computer's zone and moments."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from db.errors import Refused
from db.names import fold
from db.parties import suggest_parties
from db.people import list_people


def party_called(session: Session, told: str) -> int:
    """The one party on file with this name; refuses what is unknown or unclear."""
    found = suggest_parties(session, told, limit=50)
    exact = [row for row in found if fold(row.name) == fold(told)] or found
    if len(exact) == 1:
        return exact[0].id
    if not exact:
        raise Refused("no-such-party", "party", told=told)
    raise Refused("which-party", "party", told=told, names=[row.name for row in exact[:10]])


def person_called(session: Session, told: str) -> int:
    """The one person of the practice with this name or these initials."""
    people = list_people(session)
    wanted = fold(told)
    found = [one for one in people if wanted in (fold(one.name), fold(one.initials))]
    found = found or [one for one in people if wanted in fold(one.name)]
    if len(found) == 1:
        return found[0].id
    raise Refused("no-such-person", "responsible", told=told, names=[one.name for one in people])


def moment(typed: str) -> Any:
    """A moment in this computer's zone where none is named; a day alone is its noon, or now if that is to come.

    What is no moment is given back as typed, for the input to refuse.
    """
    try:
        told = dt.datetime.fromisoformat(typed.strip())
    except ValueError:
        return typed
    if len(typed.strip()) == 10:
        noon, now = told.replace(hour=12).astimezone(), dt.datetime.now().astimezone()
        return min(noon, now) if noon.date() == now.date() else noon
    return told if told.tzinfo else told.astimezone()


def here() -> str:
    """The name of this computer's zone, such as Europe/Madrid; UTC where the system does not say."""
    link = Path("/etc/localtime")
    told = os.environ.get("TZ", "").lstrip(":") or (str(link.resolve()).partition("zoneinfo/")[2])
    try:
        return ZoneInfo(told).key.removeprefix("Etc/") if told else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
