"""The facts of the insight summary: what was heard in a period, counted in SQL, with the latest words of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlmodel import Session

from db.insights import SCALES, ActionRow
from db.rows import among, day, fetch
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, language_for
from desktop.reports.insight_summary import (
    ActionFacts,
    ComplaintFacts,
    InsightFacts,
    QuoteFacts,
    ScaleFacts,
    ThemeFacts,
)

THEMES, QUOTES, LISTED = 12, 3, 30
YEAR = dt.timedelta(days=365)
_HEARD = "i.heard_on >= ? AND i.heard_on < ?"
# Who spoke: a client, or whoever was written down; the two are told apart where both are known.
_WHO = """CASE WHEN p.name IS NULL OR p.name = i.said_by THEN i.said_by WHEN i.said_by = '' THEN p.name
    ELSE i.said_by || ' (' || p.name || ')' END"""
_NAMED = "LEFT JOIN client c ON c.id = i.client_id LEFT JOIN party p ON p.id = c.party_id"


def facts(session: Session, asked: Asked) -> InsightFacts:
    """What the summary says of the period that is asked for."""
    today = asked.at.date()
    until = min(asked.until or today, today)
    since = min(asked.since or until - YEAR, until)
    days = (since.isoformat(), (until + dt.timedelta(days=1)).isoformat())
    done = f"a.done_on IS NOT NULL AND {_HEARD}"
    counts = fetch(
        session,
        f"""SELECT count(*), count(DISTINCT i.client_id), coalesce(sum(i.kind = 'complaint'), 0),
            coalesce(sum(i.kind = 'complaint' AND i.resolved_on IS NOT NULL), 0) FROM insight i WHERE {_HEARD}""",
        *days,
    )[0]
    themed = fetch(
        session,
        f"""SELECT count(DISTINCT t.insight_id), count(DISTINCT t.name) FROM insight_theme t
        JOIN insight i ON i.id = t.insight_id WHERE {_HEARD}""",
        *days,
    )[0]
    acted = fetch(
        session,
        f"""SELECT coalesce(sum({done}), 0), coalesce(sum(a.told_on IS NOT NULL AND {done}), 0),
            coalesce(sum(a.done_on IS NULL), 0) FROM insight_action a JOIN insight i ON i.id = a.insight_id""",
        *(*days, *days),
    )[0]
    return InsightFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, None, asked.language),
        made_at=asked.at,
        since=since,
        until=until,
        heard=counts[0],
        clients=counts[1],
        kinds=_counted(session, "kind", days),
        feelings=_counted(session, "feeling", days),
        themed=themed[0],
        themes=_themes(session, days),
        themes_count=themed[1],
        complaints=_complaints(session, days, today),
        complaints_count=counts[2],
        settled=counts[3],
        # What is still to be told comes first.
        done=_actions(session, f"{done} ORDER BY a.told_on IS NOT NULL, a.done_on DESC, a.id", days, today),
        done_count=acted[0],
        told=acted[1],
        open=_actions(session, "a.done_on IS NULL ORDER BY a.due_on IS NULL, a.due_on, a.id", (), today),
        open_count=acted[2],
        scales=_scales(session, days),
    )


def _counted(session: Session, column: str, days: tuple[str, str]) -> tuple[tuple[str, int], ...]:
    rows = fetch(
        session,
        f"""SELECT i.{column}, count(*) FROM insight i WHERE i.{column} <> '' AND {_HEARD}
        GROUP BY i.{column} ORDER BY count(*) DESC, i.{column}""",
        *days,
    )
    return tuple((row[0], row[1]) for row in rows)


def _quote(words: str, who: str, on: str, may_quote: int) -> QuoteFacts:
    return QuoteFacts(words, who, dt.date.fromisoformat(on), bool(may_quote))


def _themes(session: Session, days: tuple[str, str]) -> tuple[ThemeFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT t.name, count(*), count(DISTINCT i.client_id),
            sum(i.feeling = 'pleased' OR i.feeling = '' AND i.kind = 'praise'),
            sum(i.feeling = 'displeased' OR i.feeling = '' AND i.kind = 'complaint')
        FROM insight_theme t JOIN insight i ON i.id = t.insight_id WHERE {_HEARD}
        GROUP BY t.name ORDER BY count(*) DESC, t.name LIMIT {THEMES}""",
        *days,
    )
    quotes: dict[str, list[QuoteFacts]] = {}
    for name, *told in fetch(
        session,
        f"""SELECT name, verbatim, who, heard_on, may_quote FROM (SELECT t.name, i.verbatim, {_WHO} AS who, i.heard_on,
            i.may_quote, row_number() OVER (PARTITION BY t.name ORDER BY i.heard_on DESC, i.id DESC) AS place
        FROM insight_theme t JOIN insight i ON i.id = t.insight_id {_NAMED} WHERE {_HEARD})
        WHERE place <= {QUOTES} ORDER BY name, place""",
        *days,
    ):
        quotes.setdefault(name, []).append(_quote(*told))
    return tuple(ThemeFacts(*[*row, tuple(quotes.get(row[0], ()))]) for row in rows)


def _complaints(session: Session, days: tuple[str, str], today: dt.date) -> tuple[ComplaintFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT i.id, i.resolved_on, i.verbatim, {_WHO}, i.heard_on, i.may_quote FROM insight i {_NAMED}
        WHERE i.kind = 'complaint' AND {_HEARD}
        ORDER BY i.resolved_on IS NOT NULL, i.heard_on DESC, i.id DESC LIMIT {LISTED}""",
        *days,
    )
    actions: dict[int, list[ActionFacts]] = {}
    some = among(row[0] for row in rows)
    for number, action in _told(session, f"a.insight_id IN ({some}) ORDER BY a.id", (), today):
        actions.setdefault(number, []).append(action)
    return tuple(ComplaintFacts(_quote(*row[2:]), day(row[1]), tuple(actions.get(row[0], ()))) for row in rows)


def _actions(session: Session, which: str, days: tuple[str, ...], today: dt.date) -> tuple[ActionFacts, ...]:
    return tuple(action for _number, action in _told(session, f"{which} LIMIT {LISTED}", days, today))


def _told(session: Session, which: str, values: tuple[Any, ...], today: dt.date) -> list[tuple[int, ActionFacts]]:
    rows = fetch(
        session,
        f"""SELECT a.insight_id, a.id, a.what, a.owner, a.due_on, a.done_on, a.told_on, a.told_how, i.verbatim, {_WHO}
        FROM insight_action a JOIN insight i ON i.id = a.insight_id {_NAMED} WHERE {which}""",
        *values,
    )
    found = []
    for row in rows:
        one = ActionRow(*[*row[1:4], day(row[4]), day(row[5]), day(row[6]), row[7]])
        action = ActionFacts(
            *(one.what, one.state(today), row[8], row[9], one.owner, one.due_on, one.done_on, one.told_on, one.told_how)
        )
        found.append((int(row[0]), action))
    return found


def _scales(session: Session, days: tuple[str, str]) -> tuple[ScaleFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT i.metric, i.score, count(*) FROM insight i WHERE i.metric <> '' AND i.score IS NOT NULL AND {_HEARD}
        GROUP BY i.metric, i.score""",
        *days,
    )
    given = {(metric, score): count for metric, score, count in rows}
    return tuple(
        ScaleFacts(metric, low, tuple(given.get((metric, score), 0) for score in range(low, high + 1)))
        for metric, (low, high) in SCALES.items()
        if any(key[0] == metric for key in given)
    )
