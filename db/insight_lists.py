"""Insights as lists and counts: filtered ids and their rows, themes with their quotes, scores with their n."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from db.insights import ActionRow, InsightRow
from db.names import order_sql
from db.ordering import in_order, spoken
from db.rows import among, day, fetch, like, many_ids

# Below this many answers a share is told as a count of people, never as a percentage or an average.
FEW = 30
QUOTES_SHOWN = 3

_OPEN_ACTION = "EXISTS (SELECT 1 FROM insight_action a WHERE a.insight_id = i.id AND a.done_on IS NULL)"
_TO_TELL = (
    "EXISTS (SELECT 1 FROM insight_action a WHERE a.insight_id = i.id AND a.done_on IS NOT NULL AND a.told_on IS NULL)"
)
_TOLD = "EXISTS (SELECT 1 FROM insight_action a WHERE a.insight_id = i.id AND a.told_on IS NOT NULL)"
STATES: dict[str, str] = {
    "complaints": "i.kind = 'complaint' AND i.resolved_on IS NULL",
    "actions": _OPEN_ACTION,
    "to tell": _TO_TELL,
    "told": _TOLD,
}
_ORDERS = {
    "heard_on": "i.heard_on {}",
    "kind": "i.kind {}, i.heard_on DESC",
    "who": "coalesce((SELECT key FROM party_order WHERE id = p.id), {spelled}) {}, i.heard_on DESC",
    "said": "{spelled} {}",
    "score": "i.score IS NULL, i.score * 1.0 / i.scale {}",
}
_SPELLED = {"who": "i.said_by", "said": "i.verbatim"}
_FROM = "FROM insight i LEFT JOIN client c ON c.id = i.client_id LEFT JOIN party p ON p.id = c.party_id"


@dataclass(frozen=True)
class ThemeRow:
    """A theme: of `of` insights that speak of any theme, `said` speak of this one, from `clients` clients."""

    name: str
    said: int
    of: int
    clients: int
    pleased: int
    displeased: int
    quotes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ScoreRow:
    """The answers to one question: how many gave each score, the best and the worst of them, out of n."""

    metric: str
    n: int
    good: int
    poor: int
    mean: float

    @property
    def net(self) -> int | None:
        """Net promoters in percent of n, for the question whether one would recommend us; None below `FEW` answers."""
        return round(100 * (self.good - self.poor) / self.n) if self.metric == "recommend" and self.n >= FEW else None


def list_insight_ids(
    session: Session,
    sort: str = "",
    descending: bool = False,
    text: str = "",
    *,
    kind: str = "",
    theme: str = "",
    state: str = "",
    client_id: int | None = None,
) -> list[int]:
    """The ids of insights, the newest first by themselves; `state` is one of `STATES`."""
    where, values = [STATES.get(state, "1")], list[Any]()
    for condition, value in (
        ("i.kind = ?", kind),
        ("EXISTS (SELECT 1 FROM insight_theme t WHERE t.insight_id = i.id AND t.name = ?)", theme),
        ("i.client_id = ?", client_id),
    ):
        if value:
            where.append(condition)
            values.append(value)
    if text.strip():
        where.append(
            "(i.verbatim LIKE ? ESCAPE '\\' OR p.name LIKE ? ESCAPE '\\' OR i.said_by LIKE ? ESCAPE '\\'"
            " OR EXISTS (SELECT 1 FROM insight_theme t WHERE t.insight_id = i.id AND t.name LIKE ? ESCAPE '\\'))"
        )
        values += [like(text.strip())] * 4
    spelled = order_sql(_SPELLED[sort], spoken(session.connection())) if sort in _SPELLED else ""
    way = "DESC" if descending or not sort else "ASC"
    order = _ORDERS.get(sort, _ORDERS["heard_on"]).format(way, spelled=spelled)
    return many_ids(session, f"SELECT i.id {_FROM} WHERE {' AND '.join(where)} ORDER BY {order}, i.id DESC", *values)


def list_insight_rows(session: Session, insight_ids: Sequence[int]) -> list[InsightRow]:
    """The rows of these insights with their themes and actions, in any order."""
    some = among(insight_ids)
    themes: dict[int, list[str]] = {}
    named = fetch(session, f"SELECT insight_id, name FROM insight_theme WHERE insight_id IN ({some})")
    for number, name in in_order(session, named, lambda row: row[1]):
        themes.setdefault(number, []).append(name)
    actions: dict[int, list[ActionRow]] = {}
    for row in fetch(
        session,
        "SELECT insight_id, id, what, owner, due_on, done_on, told_on, told_how FROM insight_action"
        f" WHERE insight_id IN ({some}) ORDER BY id",
    ):
        actions.setdefault(row[0], []).append(ActionRow(*[*row[1:4], day(row[4]), day(row[5]), day(row[6]), row[7]]))
    rows = fetch(
        session,
        f"""SELECT i.id, i.client_id, coalesce(p.name, ''), i.engagement_id, coalesce(e.title, ''), i.kind, i.heard_on,
            i.heard_by, i.said_by, i.verbatim, i.metric, i.score, i.scale, i.feeling, i.may_quote, i.resolved_on
        {_FROM} LEFT JOIN engagement e ON e.id = i.engagement_id WHERE i.id IN ({some})""",
    )
    return [
        InsightRow(
            *[
                *row[:6],
                dt.date.fromisoformat(row[6]),
                *row[7:14],
                bool(row[14]),
                day(row[15]),
                themes.get(row[0], []),
                actions.get(row[0], []),
            ]
        )
        for row in rows
    ]


def get_insight(session: Session, insight_id: int) -> InsightRow | None:
    """One insight, or None where it is no longer there."""
    return next(iter(list_insight_rows(session, [insight_id])), None)


def count_insights(session: Session) -> dict[str, int]:
    """How many insights there are ('all'), and how many in each of `STATES`."""
    counted = ", ".join(f"coalesce(sum({condition}), 0)" for condition in STATES.values())
    row = fetch(session, f"SELECT count(*), {counted} FROM insight i")[0]
    return dict(zip(("all", *STATES), row, strict=True))


def count_unfinished(session: Session) -> int:
    """How many insights are complaints that are not settled, or have an action that is not done."""
    return int(
        fetch(session, f"SELECT count(*) FROM insight i WHERE {STATES['complaints']} OR {STATES['actions']}")[0][0]
    )


def suggest_themes(session: Session, typed: str = "", limit: int = 8) -> list[str]:
    """The themes that hold a text, the most used first."""
    rows = fetch(
        session,
        "SELECT name FROM insight_theme WHERE name LIKE ? ESCAPE '\\' GROUP BY name"
        " ORDER BY count(*) DESC, name LIMIT ?",
        *(like(typed.strip()), limit),
    )
    return [row[0] for row in rows]


def list_themes(session: Session, limit: int = 50) -> list[ThemeRow]:
    """The themes, the most spoken of first, each with its latest quotes."""
    rows = fetch(
        session,
        """SELECT t.name, count(*), (SELECT count(DISTINCT insight_id) FROM insight_theme),
            count(DISTINCT i.client_id), sum(i.feeling = 'pleased' OR i.kind = 'praise'),
            sum(i.feeling = 'displeased' OR i.kind = 'complaint')
        FROM insight_theme t JOIN insight i ON i.id = t.insight_id
        GROUP BY t.name ORDER BY count(*) DESC, t.name LIMIT ?""",
        limit,
    )
    quotes: dict[str, list[str]] = {}
    for name, verbatim in fetch(
        session,
        """SELECT name, verbatim FROM (SELECT t.name, i.verbatim,
            row_number() OVER (PARTITION BY t.name ORDER BY i.heard_on DESC, i.id DESC) AS place
        FROM insight_theme t JOIN insight i ON i.id = t.insight_id) WHERE place <= ? ORDER BY name, place""",
        QUOTES_SHOWN,
    ):
        quotes.setdefault(name, []).append(verbatim)
    return [ThemeRow(*[*row, quotes.get(row[0], [])]) for row in rows]


def list_scores(session: Session) -> list[ScoreRow]:
    """The answers to each question so far.

    Good is 9 or 10 of 10 to recommend, 4 or 5 of 5 for satisfaction, 6 or 7 of 7 for ease; poor is 0 to 6, 1 or 2,
    and 1 to 3.
    """
    rows = fetch(
        session,
        """SELECT metric, count(*),
            sum(CASE metric WHEN 'recommend' THEN score >= 9 WHEN 'satisfaction' THEN score >= 4 ELSE score >= 6 END),
            sum(CASE metric WHEN 'recommend' THEN score <= 6 WHEN 'satisfaction' THEN score <= 2 ELSE score <= 3 END),
            avg(score)
        FROM insight WHERE metric <> '' AND score IS NOT NULL GROUP BY metric ORDER BY metric DESC""",
    )
    return [ScoreRow(*row) for row in rows]
