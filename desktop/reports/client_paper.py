"""What stands around every report for a client: whose it is, for whom and about what."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_story import PROFESSIONS
from desktop.reports.margins import margins
from desktop.reports.paper import Meta
from desktop.text import voice


class ForClient(Protocol):
    """The facts that every report for a client has."""

    @property
    def practice(self) -> PracticeFacts: ...
    @property
    def client(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def since(self) -> dt.date: ...
    @property
    def until(self) -> dt.date: ...


def meta_for_client(facts: ForClient, report: str, about: str, later: str) -> Meta:
    """The margins and properties of a report called `report`, about `about`; `later` heads its later pages."""
    say, practice = voice(facts.language), facts.practice
    period = say.period(facts.since, facts.until)
    kind = say.say(PROFESSIONS.get(practice.profession, ""))
    return margins(
        practice,
        say,
        title=f"{report} · {about} · {period}",
        subject=say.say("{report} for {client}, {period}").format(report=report, client=facts.client, period=period),
        left=f"{practice.name} · {kind}" if kind else practice.name,
        right=say.say("Confidential — prepared for {client}").format(client=facts.client),
        later_right=later,
        foot=facts.number,
    )
