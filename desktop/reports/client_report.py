"""The client report: what the practice did for a client in a period, as a PDF in his language."""

from __future__ import annotations

from sqlmodel import Session

from desktop.reports.client_facts import ClientReportFacts, digest
from desktop.reports.client_reading import facts, left_out
from desktop.reports.client_story import PROFESSIONS, story
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import sealed
from desktop.text import Voice, voice

__all__ = ["ClientReportFacts", "digest", "facts", "left_out", "render", "story"]


def read(session: Session, asked: Asked) -> ClientReportFacts:
    """The facts of the report that is asked for."""
    client_id = needed(asked.client_id, "client")
    language = language_for(session, client_id, asked.language)
    return facts(
        session, client_id, asked.since, asked.until, language, asked.at, summary=asked.words, sheet=asked.paper
    )


def omitted(session: Session, asked: Asked) -> dict[str, int]:
    """What the report that is asked for leaves out, counted by kind."""
    return left_out(session, needed(asked.client_id, "client"), asked.since, asked.until)


def render(facts: ClientReportFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The report as a PDF; `invariant` makes equal facts give equal bytes."""
    meta = sealed(facts, _meta(facts, voice(facts.language)))
    return paper(story(facts, digest(facts)), meta, invariant=invariant, progress=progress)


def _meta(facts: ClientReportFacts, say: Voice) -> Meta:
    practice = facts.practice
    period = say.period(facts.since, facts.until)
    report = say.say("Client report")
    kind = say.say(PROFESSIONS.get(practice.profession, ""))
    return Meta(
        title=f"{report} · {facts.client} · {period}",
        author=practice.name,
        subject=say.say("{report} for {client}, {period}").format(report=report, client=facts.client, period=period),
        language=say.language,
        left=f"{practice.name} · {kind}" if kind else practice.name,
        right=say.say("Confidential — prepared for {client}").format(client=facts.client),
        later_right=f"{facts.client} · {report}",
        foot=facts.number,
        page_of=say.say("Page {page} of {pages}"),
        size=practice.size,
        colour=practice.colour,
        logo=practice.logo,
    )
