"""The client report: what the practice did for a client in a period, as a PDF in his language."""

from __future__ import annotations

import dataclasses

from desktop.reports import look
from desktop.reports.client_facts import ClientReportFacts, digest
from desktop.reports.client_reading import facts, left_out
from desktop.reports.client_story import PROFESSIONS, story
from desktop.reports.paper import Meta, Paper
from desktop.reports.paper import render as paper
from desktop.text import Voice, ngettext, voice

__all__ = ["ClientReportFacts", "digest", "facts", "in_words", "left_out", "render", "story"]

LEFT_OUT = {
    "drafts": ("{n} draft", "{n} drafts"),
    "withdrawn": ("{n} withdrawn entry", "{n} withdrawn entries"),
    "confidences": ("{n} confidence", "{n} confidences"),
    "concerns": ("{n} concern", "{n} concerns"),
    "signals": ("{n} signal", "{n} signals"),
    "restricted": ("{n} restricted thanks", "{n} restricted thanks"),
    "notes": ("{n} internal note", "{n} internal notes"),
    "follow_ups": ("{n} internal follow-up", "{n} internal follow-ups"),
    "received": ("{n} entry received from the client", "{n} entries received from the client"),
    "glyphs": ("{n} character that no font has, spelt out", "{n} characters that no font has, spelt out"),
}


def render(facts: ClientReportFacts, *, invariant: bool = False) -> Paper:
    """The report as a PDF; `invariant` makes equal facts give equal bytes."""
    seal = digest(facts)
    made = paper(story(facts, seal), _meta(facts, voice(facts.language), seal), invariant=invariant)
    return dataclasses.replace(made, digest=seal)


def in_words(counts: dict[str, int]) -> list[str]:
    """What was left out, as a list for the person who reads the preview, in the language that the program speaks."""
    return [ngettext(*LEFT_OUT[kind], count) for kind, count in counts.items() if kind in LEFT_OUT]


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
        size=look.page_size(practice.country),
        colour=practice.colour,
        logo=practice.logo,
    )
