"""What was heard until a day: how many of each kind and theme, who spoke last, and what was open or untold on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from db.insight_lists import list_insight_rows
from db.insights import InsightRow
from db.rows import fetch, ids, scalar

YEAR_DAYS = 365


@dataclass(frozen=True)
class Heard:
    """What was heard in the 365 days until a day, the newest first; counts of all of them, whatever is listed.

    `themes` have (name, how many said it, of how many clients). `open` are complaints not settled on the day, `untold`
    actions done until then of which nobody was told; both however old.
    """

    on: dt.date
    rows: tuple[InsightRow, ...]
    count: int
    clients: int
    kinds: tuple[tuple[str, int], ...]
    themes: tuple[tuple[str, int, int], ...]
    open: int
    untold: int


def heard_until(session: Session, on: dt.date | None = None, client_id: int | None = None, limit: int = 50) -> Heard:
    """What was heard until a day, of one client or of all."""
    now = on or dt.date.today()
    whose = "" if client_id is None else f"AND i.client_id = {int(client_id)}"
    until = f"i.heard_on <= '{now.isoformat()}' {whose}"
    year = f"i.heard_on > '{(now - dt.timedelta(days=YEAR_DAYS)).isoformat()}' AND {until}"
    some = ids(session, f"SELECT i.id FROM insight i WHERE {year} ORDER BY i.heard_on DESC, i.id DESC LIMIT ?", limit)
    known = {row.id: row for row in list_insight_rows(session, some)}
    counts = fetch(session, f"SELECT count(*), count(DISTINCT i.client_id) FROM insight i WHERE {year}")[0]
    kinds = fetch(session, f"SELECT i.kind, count(*) FROM insight i WHERE {year} GROUP BY 1 ORDER BY 2 DESC, 1")
    themes = fetch(
        session,
        f"""SELECT t.name, count(*), count(DISTINCT i.client_id)
        FROM insight_theme t JOIN insight i ON i.id = t.insight_id WHERE {year} GROUP BY t.name ORDER BY 2 DESC, 1""",
    )
    unsettled = f"i.kind = 'complaint' AND (i.resolved_on IS NULL OR i.resolved_on > '{now.isoformat()}') AND {until}"
    untold = f"a.done_on <= '{now.isoformat()}' AND (a.told_on IS NULL OR a.told_on > '{now.isoformat()}') AND {until}"
    acts = "SELECT count(*) FROM insight_action a JOIN insight i ON i.id = a.insight_id"
    return Heard(
        on=now,
        rows=tuple(known[number] for number in some),
        count=counts[0],
        clients=counts[1],
        kinds=tuple((row[0], row[1]) for row in kinds),
        themes=tuple((row[0], row[1], row[2]) for row in themes),
        open=scalar(session, f"SELECT count(*) FROM insight i WHERE {unsettled}"),
        untold=scalar(session, f"{acts} WHERE {untold}"),
    )
