"""Insights: what clients tell or show, verbatim first; its themes, what is done about it, and that they were told.

An insight is not a confidence: it is worked with by everybody and may be quoted where the speaker agreed. What was told
in trust belongs into a trust note.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional, Text
from db.rows import change, get
from db.tables import Client, Engagement, Insight, InsightAction, InsightTheme, Party
from db.words import Feeling, InsightKind, Metric

# The highest and lowest score of each question; what is kept beside a score is its highest.
SCALES: dict[str, tuple[int, int]] = {"recommend": (0, 10), "satisfaction": (1, 5), "ease": (1, 7)}
# These may speak without being anybody's client.
WITHOUT_CLIENT = frozenset({"survey", "interview", "focus group", "social"})
LONGEST_THEME = 60


class NewAction(Input):
    """What is done about an insight, by whom, until when."""

    what: Text
    owner: Optional = ""
    due_on: dt.date | None = None


class NewInsight(Input):
    """What was heard; a score needs its question, and a question its score."""

    client_id: int | None = None
    engagement_id: int | None = None
    kind: InsightKind
    heard_on: dt.date | None = None
    heard_by: Optional = ""
    said_by: Optional = ""
    verbatim: Text
    metric: Metric = ""
    score: int | None = None
    feeling: Feeling = ""
    may_quote: bool = False
    themes: tuple[Text, ...] = ()
    action: NewAction | None = None


class Telling(Input):
    """How and when the client was told what was done."""

    how: Text
    on: dt.date | None = None


@dataclass(frozen=True)
class ActionRow:
    """What is done about an insight; its `state` is open, overdue, done (to be told) or told."""

    id: int
    what: str
    owner: str
    due_on: dt.date | None
    done_on: dt.date | None
    told_on: dt.date | None
    told_how: str

    def state(self, today: dt.date) -> str:
        """open, overdue, done or told."""
        if self.told_on:
            return "told"
        if self.done_on:
            return "done"
        return "overdue" if self.due_on and self.due_on < today else "open"


@dataclass(frozen=True)
class InsightRow:
    """An insight with its themes and actions; `client` is empty where nobody's client spoke."""

    id: int
    client_id: int | None
    client: str
    engagement_id: int | None
    engagement: str
    kind: str
    heard_on: dt.date
    heard_by: str
    said_by: str
    verbatim: str
    metric: str
    score: int | None
    scale: int | None
    feeling: str
    may_quote: bool
    resolved_on: dt.date | None
    themes: list[str] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)


def record_insight(session: Session, new: NewInsight) -> int:
    """Write down what was heard, with its themes and its first action; gives its id."""
    insight = Insight(verbatim=new.verbatim, kind=new.kind, heard_on=dt.date.today())
    change(session, insight, _columns(session, new))
    session.flush()
    assert insight.id is not None
    _set_themes(session, insight.id, new.themes)
    if new.action is not None:
        session.add(InsightAction(insight_id=insight.id, **new.action.model_dump()))
    about(session, _whose(session, insight))
    return insight.id


def edit_insight(session: Session, insight_id: int, new: NewInsight) -> int:
    """Correct what was written down; what it said before stays in the history. A new action is one more."""
    insight = get(session, Insight, insight_id, "insight")
    change(session, insight, _columns(session, new))
    _set_themes(session, insight_id, new.themes)
    if new.action is not None:
        session.add(InsightAction(insight_id=insight_id, **new.action.model_dump()))
    about(session, _whose(session, insight))
    return insight_id


def remove_insight(session: Session, insight_id: int) -> None:
    """Take an insight away with its themes and actions (Undo brings it back)."""
    insight = get(session, Insight, insight_id, "insight")
    about(session, _whose(session, insight))
    session.delete(insight)


def _columns(session: Session, new: NewInsight) -> dict[str, Any]:
    heard_on = new.heard_on or dt.date.today()
    if heard_on > dt.date.today():
        raise Refused("not-yet", "heard_on")
    if new.client_id is None and new.kind not in WITHOUT_CLIENT:
        raise Refused("required", "client_id")
    if new.client_id is not None:
        get(session, Client, new.client_id, "client_id")
    if new.engagement_id is not None:
        engagement = get(session, Engagement, new.engagement_id, "engagement_id")
        if engagement.client_id != new.client_id:
            raise Refused("other-clients-engagement", "engagement_id", title=engagement.title)
    scale = None
    if new.metric:
        if new.score is None:
            raise Refused("required", "score")
        low, scale = SCALES[new.metric]
        if not low <= new.score <= scale:
            raise Refused("off-the-scale", "score", low=low, high=scale)
    elif new.score is not None:
        raise Refused("score-of-what", "metric")
    values = new.model_dump(exclude={"themes", "action", "heard_on"})
    return {**values, "heard_on": heard_on, "scale": scale}


def _set_themes(session: Session, insight_id: int, wanted: tuple[str, ...]) -> None:
    names: dict[str, str] = {}
    for name in wanted:
        if len(name) > LONGEST_THEME:
            raise Refused("theme-too-long", "themes", longest=LONGEST_THEME)
        # Written once in any case, a theme is the same theme afterwards.
        same = session.exec(select(InsightTheme.name).where(col(InsightTheme.name).ilike(name, escape="\\"))).first()
        names[name.casefold()] = same or name
    before = session.exec(select(InsightTheme).where(InsightTheme.insight_id == insight_id)).all()
    for theme in before:
        if names.pop(theme.name.casefold(), None) is None:
            session.delete(theme)
    session.flush()
    for name in names.values():
        session.add(InsightTheme(insight_id=insight_id, name=name))


def _whose(session: Session, insight: Insight) -> str:
    if insight.client_id is None:
        return insight.said_by
    return get(session, Party, get(session, Client, insight.client_id).party_id).name


def add_insight_action(session: Session, insight_id: int, new: NewAction) -> int:
    """Add what is to be done about an insight; gives the action's id."""
    insight = get(session, Insight, insight_id, "insight")
    action = InsightAction(insight_id=insight_id, **new.model_dump())
    session.add(action)
    session.flush()
    about(session, f"{new.what} · {_whose(session, insight)}")
    assert action.id is not None
    return action.id


def finish_insight_action(session: Session, action_id: int, on: dt.date | None = None) -> int:
    """Note that it was done: now the one who said it can be told."""
    action = get(session, InsightAction, action_id, "action")
    if action.done_on is not None:
        raise Refused("already-done", "on", on=action.done_on)
    if on is not None and on > dt.date.today():
        raise Refused("not-yet", "on")
    change(session, action, {"done_on": on or dt.date.today()})
    about(session, f"{action.what} · {_whose(session, get(session, Insight, action.insight_id))}")
    return action_id


def tell_what_was_done(session: Session, action_id: int, telling: Telling) -> int:
    """Note that the one who said it was told what was done about it."""
    action = get(session, InsightAction, action_id, "action")
    if action.done_on is None:
        raise Refused("not-done-yet", "how", what=action.what)
    if action.told_on is not None:
        raise Refused("already-told", "how", on=action.told_on)
    on = telling.on or dt.date.today()
    if on > dt.date.today():
        raise Refused("not-yet", "on")
    change(session, action, {"told_on": on, "told_how": telling.how})
    about(session, f"{action.what} · {_whose(session, get(session, Insight, action.insight_id))}")
    return action_id


def settle_complaint(session: Session, insight_id: int, on: dt.date | None = None) -> int:
    """Note that a complaint is settled."""
    insight = get(session, Insight, insight_id, "insight")
    if insight.kind != "complaint":
        raise Refused("no-complaint", "insight")
    if insight.resolved_on is not None:
        raise Refused("already-resolved", "insight", on=insight.resolved_on)
    change(session, insight, {"resolved_on": on or dt.date.today()})
    about(session, _whose(session, insight))
    return insight_id
