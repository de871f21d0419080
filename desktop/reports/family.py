"""The family of reports: what each is called, what it is about, who may see it, and the one way to make any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sqlmodel import Session

from db.errors import Refused
from db.rows import scalar
from desktop.text import LANGUAGES

if TYPE_CHECKING:
    from desktop.reports.paper import Paper, Progress

About = Literal["client", "engagement", "advice", "check", "practice"]
# Whom a paper is for: the client himself, whoever may see the record (a court, an insurer), the house alone.
ForWhom = Literal["client", "record", "house"]


class Ask(Protocol):
    """How a practice is read: `Practice.ask`, or the window's own."""

    def __call__(self, query: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Run a query on a reading session and give its result."""


@dataclass(frozen=True)
class Asked:
    """What a report is asked for; a kind takes what it is about and leaves the rest.

    `at` is the moment as which it is made, with the zone of the place; the days are both included; `language` is
    empty for the reader's own, `paper` a4, letter, or empty for that of the country; `words` are the user's own: where
    things stand in a client report, or the whole text of a letter.
    """

    at: dt.datetime
    client_id: int | None = None
    engagement_id: int | None = None
    advice_id: int | None = None
    check_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    language: str = ""
    paper: str = ""
    words: str = ""
    writer: str = ""


@dataclass(frozen=True)
class Kind:
    """One report: `module` has `read(session, asked)`, `render(facts, progress=)` and, if it leaves out, `omitted`.

    One that is `or_practice` is about the whole practice where nobody is named.
    """

    name: str
    title: str
    about: About
    for_whom: ForWhom
    module: str
    has_period: bool = False
    has_words: bool = False
    or_practice: bool = False


@dataclass(frozen=True)
class Made:
    """A finished report, with what it was made from and what it leaves out, counted by kind.

    The facts of a letter have its whole `text`, which may be changed.
    """

    kind: Kind
    asked: Asked
    facts: Any
    paper: Paper
    left_out: dict[str, int] = field(default_factory=dict)


def _(text: str) -> str:
    """Mark a text for the catalogues; it is said later, in the language of the moment."""
    return text


KINDS = (
    Kind("client", _("Client report"), "client", "client", "client_report", has_period=True, has_words=True),
    Kind(
        "engagement",
        _("Engagement report"),
        "engagement",
        "client",
        "engagement_report",
        has_period=True,
        has_words=True,
    ),
    Kind("advice-letter", _("Advice letter"), "advice", "client", "advice_letter", has_words=True),
    Kind("engagement-letter", _("Engagement letter"), "engagement", "client", "engagement_letter", has_words=True),
    Kind(
        "non-engagement-letter", _("Letter that declines"), "client", "client", "non_engagement_letter", has_words=True
    ),
    Kind("disengagement-letter", _("Letter that ends the work"), "client", "client", "parting_letter", has_words=True),
    Kind("closing-letter", _("Closing letter"), "engagement", "client", "closing_letter", has_words=True),
    Kind("decisions", _("Decision sheet"), "engagement", "client", "decision_sheet"),
    Kind("value", _("Fee and value statement"), "client", "client", "value_statement", has_period=True),
    Kind("credentials", _("Statement of experience"), "engagement", "client", "credentials", or_practice=True),
    Kind("advice-note", _("Advice note"), "advice", "record", "advice_note"),
    Kind("advice-history", _("Advisory history"), "client", "record", "advice_history", has_period=True),
    Kind("conflict-certificate", _("Conflict certificate"), "check", "record", "conflict_certificate"),
    Kind("hand-over", _("Hand-over"), "client", "record", "hand_over"),
    Kind("brief", _("Brief"), "client", "house", "brief"),
    Kind("trust", _("Trust and promises"), "client", "house", "trust_report", has_period=True, or_practice=True),
    Kind("portfolio", _("Portfolio"), "practice", "house", "portfolio", has_period=True),
    Kind("insight", _("Insight summary"), "practice", "house", "insight_summary", has_period=True),
    Kind("today", _("Today"), "practice", "house", "today_sheet"),
)


def kind_of(name: str) -> Kind:
    """The kind of a name of KINDS."""
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise Refused("not-one-of", "report", value=name, allowed=", ".join(kind.name for kind in KINDS))
    return found


def make(ask: Ask, kind: Kind, asked: Asked, progress: Progress | None = None) -> Made:
    """Read, lay out and print; takes a good part of a second, so a window does it on a thread.

    `progress` may raise to give it up: nothing is left behind.
    """
    module = import_module(f"desktop.reports.{kind.module}")
    facts = ask(module.read, asked)
    paper: Paper = module.render(facts, progress=progress)
    count = omissions_of(kind)
    left: dict[str, int] = dict(ask(count, asked)) if count else {}
    if paper.spelt:
        left["glyphs"] = paper.spelt
    return Made(kind, asked, facts, paper, left)


def omissions_of(kind: Kind) -> Callable[[Session, Asked], dict[str, int]] | None:
    """How a kind counts what it leaves out; a paper for a client that has no way of its own counts all beside it."""
    module = import_module(f"desktop.reports.{kind.module}")
    if kind.for_whom == "client" and not hasattr(module, "omitted"):
        module = import_module("desktop.reports.client_omissions")
    count: Callable[[Session, Asked], dict[str, int]] | None = getattr(module, "omitted", None)
    return count


def needed(value: int | None, field_name: str) -> int:
    """The id that a kind is about; refused where it is missing."""
    if value is None:
        raise Refused("required", field_name)
    return value


def language_for(session: Session, client_id: int | None, asked: str = "") -> str:
    """The language asked for, else the client's own if the house speaks it, else the practice's."""
    if asked:
        return asked
    spoken = ""
    if client_id is not None:
        found = scalar(
            session, "SELECT p.language FROM client c JOIN party p ON p.id = c.party_id WHERE c.id = ?", client_id
        )
        spoken = str(found or "").replace("_", "-").split("-")[0].lower()
    return spoken if spoken in LANGUAGES else str(scalar(session, "SELECT language FROM practice") or "en")
