"""What a report can be about: the work, the recorded entries and the kept checks of a client, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from db.advice_ids import list_advice_ids
from db.advice_lists import list_advice_rows
from db.conflicts import CheckRow, get_check, list_checks
from db.engagement_lists import list_engagement_ids
from db.engagements import list_engagement_rows
from desktop import text

# So many are offered; an older one is reached from its own page.
MOST = 200
Choice = tuple[int, str]


def work_of(session: Session, client_id: int, also: int | None = None) -> list[Choice]:
    """The client's engagements, by title and number; `also` is offered however old it is."""
    found = list_engagement_ids(session, client_id=client_id, limit=MOST)
    rows = list_engagement_rows(session, _with(found, also))
    return [(row.id, f"{row.title} · {row.number}") for row in rows]


def entries_of(session: Session, client_id: int, also: int | None = None) -> list[Choice]:
    """The client's recorded entries, by number, day and question."""
    found = list_advice_ids(session, client_id=client_id, state="recorded")[:MOST]
    say = text.current()
    rows = list_advice_rows(session, _with(found, also))
    return [(row.id, f"{row.number} · {say.date(row.given_at.astimezone().date())} · {row.question}") for row in rows]


def checks_of(session: Session, client_id: int | None, also: int | None = None) -> list[Choice]:
    """The checks kept for the client, or without one for anybody, by number, day and names."""
    rows = list_checks(session, MOST, client_id)
    if also is not None and also not in {row.id for row in rows}:
        rows = [get_check(session, also).row, *rows]
    return [(row.id, _check(row)) for row in rows]


def _check(row: CheckRow) -> str:
    day = text.current().date(row.checked_at.astimezone().date())
    return f"{row.id} · {day} · {', '.join(row.names)}"


def _with(found: Sequence[int], also: int | None) -> list[int]:
    return [*found] if also is None or also in found else [also, *found]
