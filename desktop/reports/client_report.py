"""The client report: what the practice did for a client in a period, as a PDF in his language."""

from __future__ import annotations

import dataclasses

from sqlmodel import Session

from desktop.reports.client_facts import ClientReportFacts, digest
from desktop.reports.client_reading import facts, left_out
from desktop.reports.client_story import PROFESSIONS, story
from desktop.reports.family import Asked, language_for, needed
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
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
    seal = digest(facts)
    blocks, meta = story(facts, seal), _meta(facts, voice(facts.language), seal)
    made = paper(blocks, meta, invariant=invariant, progress=progress)
    return dataclasses.replace(made, digest=seal)


def _meta(facts: ClientReportFacts, say: Voice, seal: str) -> Meta:
    practice = facts.practice
    period = say.period(facts.since, facts.until)
    report = say.say("Client report")
    foot = [facts.number]
    keywords = [f"facts {seal}"]
    if facts.record:
        first, last = say.number(facts.record.first), say.number(facts.record.last)
        foot.append(say.say("record entries {first} – {last}").format(first=first, last=last))
        if facts.record.verified_at:
            moment = facts.record.verified_at
            foot.append(say.say("verified {moment}").format(moment=f"{say.date(moment)} {moment:%H:%M}"))
        keywords.append(f"record {facts.record.first}-{facts.record.last} {facts.record.digest}")
    foot.append(say.say("digest {digest}").format(digest=f"{seal[:12]}…"))
    kind = say.say(PROFESSIONS.get(practice.profession, ""))
    return Meta(
        title=f"{report} · {facts.client} · {period}",
        author=practice.name,
        subject=say.say("{report} for {client}, {period}").format(report=report, client=facts.client, period=period),
        language=say.language,
        left=f"{practice.name} · {kind}" if kind else practice.name,
        right=say.say("Confidential — prepared for {client}").format(client=facts.client),
        later_right=f"{facts.client} · {report}",
        foot=" · ".join(part for part in foot if part),
        page_of=say.say("Page {page} of {pages}"),
        keywords="; ".join(keywords),
        size=practice.size,
        colour=practice.colour,
        logo=practice.logo,
    )
