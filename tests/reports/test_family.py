"""The family of reports: every kind is made through the one way, in each language and on each paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from db import tables
from db.conflicts import NewConflictCheck, record_decision
from db.decisions import NewDecision, log_decision
from db.errors import Refused
from db.practice import Practice
from db.rows import fetch, scalar
from desktop.cli_options import REPORTS
from desktop.reports import family
from desktop.reports.family import KINDS, Asked, Kind, kind_of, make
from desktop.sample import sample_practice
from desktop.text import LANGUAGES
from tests.reports.structure import structure

AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The sample of a design practice: it has decisions, recorded advice and a kept check."""
    folder: Path = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with sample_practice(folder / "sample.cliens", "design") as opened:
            fill(opened)
            yield opened


def fill(practice: Practice) -> None:
    """Add what a sample may not have: a decision of a project and a kept check."""
    client, engagement = practice.ask(
        lambda session: fetch(session, "SELECT client_id, id FROM engagement WHERE stage = 'active' LIMIT 1")[0]
    )
    practice.do(log_decision, NewDecision(engagement_id=engagement, item="Floor", choice="Oak", decided_by="Rosa"))
    check = NewConflictCheck(names=["Portus Limited"], decision="clear", reason="Another Portus.", client_id=client)
    practice.do(record_decision, check, "Tess")


def asked(practice: Practice, kind: Kind, **more: Any) -> Asked:
    """A report of the kind about the first in the file that it can be about."""

    def first(session: Session) -> dict[str, Any]:
        if kind.about == "practice":
            return {}
        if kind.about == "engagement":
            return {"engagement_id": scalar(session, "SELECT engagement_id FROM decision LIMIT 1")}
        if kind.about == "advice":
            return {"advice_id": scalar(session, "SELECT min(id) FROM advice WHERE state = 'recorded'")}
        if kind.about == "check":
            return {"check_id": scalar(session, "SELECT min(id) FROM conflict_check")}
        return {"client_id": scalar(session, "SELECT client_id FROM advice WHERE state = 'recorded' LIMIT 1")}

    return Asked(AT, **practice.ask(first), **more)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_is_made_in_every_language(sample: Practice, kind: Kind, language: str) -> None:
    made = make(sample.ask, kind, asked(sample, kind, language=language))
    reader = PdfReader(io.BytesIO(made.paper.pdf), strict=True)
    assert reader.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    top = structure(made.paper.pdf)
    assert len(top.all_of("H1")) == 1, "a report has one title"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_report_lies_on_the_paper_that_is_asked_for(sample: Practice, kind: Kind) -> None:
    for paper, width in (("a4", 595), ("letter", 612)):
        made = make(sample.ask, kind, asked(sample, kind, paper=paper))
        page = PdfReader(io.BytesIO(made.paper.pdf)).pages[0]
        assert int(page.mediabox.width) == width


NEEDY = [kind for kind in KINDS if kind.about != "practice" and not kind.or_practice]


@pytest.mark.parametrize("kind", NEEDY, ids=lambda kind: kind.name)
def test_report_about_nobody_is_refused_with_the_name_of_what_is_missing(practice: Practice, kind: Kind) -> None:
    with pytest.raises(Refused) as refused:
        make(practice.ask, kind, Asked(AT))
    assert refused.value.code == "required"


def test_command_line_knows_every_report() -> None:
    assert [kind.name for kind in KINDS] == REPORTS


def test_unknown_report_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(Refused, match="not-one-of"):
        kind_of("poem")


def test_report_speaks_the_clients_language_unless_another_is_asked_for(sample: Practice) -> None:
    request = asked(sample, kind_of("client"))

    def speak_polish(session: Session) -> None:
        client = session.get(tables.Client, request.client_id)
        assert client is not None
        party = session.get(tables.Party, client.party_id)
        assert party is not None
        party.language = "pl-PL"

    sample.do(speak_polish)
    assert make(sample.ask, kind_of("client"), request).facts.language == "pl"
    assert make(sample.ask, kind_of("client"), replace(request, language="es")).facts.language == "es"


def test_making_can_be_given_up_at_any_page(sample: Practice) -> None:
    class GivenUp(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise GivenUp

    for kind in family.KINDS:
        with pytest.raises(GivenUp):
            make(sample.ask, kind, asked(sample, kind), stop)
