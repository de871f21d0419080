"""The client report: what the practice did for a client in a period, as a PDF in his language."""

from __future__ import annotations

from sqlmodel import Session

from desktop.reports.client_facts import ClientReportFacts, digest
from desktop.reports.client_paper import meta_for_client
from desktop.reports.client_reading import facts, left_out
from desktop.reports.client_story import story
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.paper import Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import sealed
from desktop.text import voice

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
    report = voice(facts.language).say("Client report")
    meta = meta_for_client(facts, report, facts.client, f"{facts.client} · {report}")
    return paper(story(facts, digest(facts)), sealed(facts, meta), invariant=invariant, progress=progress)
