"""The sample practices: lively, whole, dated from today, and gone with one Undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from db.clients import ClientRow, find_client, list_client_ids, list_client_rows
from db.conflicts import check_names
from db.firm import get_practice
from db.overview import brief, counts
from db.practice import NewPractice, Practice
from db.rows import fetch, scalar
from db.today import list_waiting
from desktop.sample import fill_sample, sample_practice
from tests.pace import paced

PROFESSIONS = ("law", "accounting", "design")


@pytest.fixture(scope="module", params=PROFESSIONS)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The sample practice of each profession in turn, to be read only."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sample")
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with sample_practice(folder / "sample.cliens", request.param) as practice:
            yield practice


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The law practice, to be read only."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("law")
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with sample_practice(folder / "law.cliens", "law") as practice:
            yield practice


def _rows(session: Session) -> dict[str, ClientRow]:
    return {row.name: row for row in list_client_rows(session, list_client_ids(session))}


def _kinds(practice: Practice, query: str) -> set[str]:
    return {row[0] for row in practice.ask(fetch, query)}


def test_a_sample_is_lively(sample: Practice) -> None:
    told = sample.ask(counts)
    assert told["clients"] >= 22
    assert sample.ask(scalar, "SELECT count(*) FROM advice WHERE state = 'recorded'") >= 60
    assert told["drafts"] >= 1
    assert told["promises"] >= 3
    assert told["follow_ups"] >= 1
    assert _kinds(sample, "SELECT DISTINCT response FROM advice_response") == {
        "accepted", "deferred", "declined", "against advice",
    }  # fmt: skip
    assert _kinds(sample, "SELECT DISTINCT status FROM promise") >= {"open", "kept", "late", "broken", "renegotiated"}
    assert _kinds(sample, "SELECT DISTINCT kind FROM trust_note") == {"confidence", "concern", "signal", "thanks"}
    assert _kinds(sample, "SELECT DISTINCT stage FROM engagement") >= {"enquiry", "proposed", "active", "on hold"}
    assert _kinds(sample, "SELECT DISTINCT kind FROM role") >= {"decides", "pays", "adverse"}
    assert sample.ask(scalar, "SELECT count(*) FROM advice WHERE amends_id IS NOT NULL") == 1
    assert sample.ask(scalar, "SELECT count(*) FROM promise WHERE undertaking") >= 1


def test_a_sample_shows_who_is_quiet_and_who_is_at_risk(sample: Practice) -> None:
    shown = [row.shown_standing for row in sample.ask(_rows).values()]
    assert "quiet" in shown
    assert "at risk" in shown
    assert {"client", "former", "prospect", "declined"} <= set(shown)


@pytest.mark.parametrize(
    "kind", ["deadline", "promise", "concern", "quiet", "awaited", "letter", "follow_up", "thanks", "draft"]
)
def test_each_kind_of_thing_waits_on_today_in_a_sample(sample: Practice, kind: str) -> None:
    assert sample.ask(list_waiting, kind).total >= 1


def test_what_is_recorded_in_a_sample_was_written_when_it_was_given(sample: Practice) -> None:
    late = sample.ask(scalar, "SELECT count(*) FROM advice WHERE late_entry")
    assert late == 1
    written_late = "SELECT count(*) FROM advice WHERE julianday(recorded_at) - julianday(given_at) > 1"
    assert sample.ask(scalar, written_late) == late
    assert sample.ask(scalar, "SELECT count(*) FROM advice WHERE given_at > strftime('%Y-%m-%dT%H:%M:%SZ')") == 0


def test_a_sample_is_whole_and_made_in_two_steps(sample: Practice) -> None:
    checked = sample.check()
    assert checked.problems == []
    assert checked.steps == 2


def test_a_sample_signs_with_its_name_and_address(sample: Practice) -> None:
    firm = sample.ask(get_practice)
    assert firm.name
    assert "\n" in firm.address
    assert firm.registration
    assert firm.email.endswith(".example")


def test_every_address_in_a_sample_is_invented(sample: Practice) -> None:
    contacts = [row[0] for row in sample.ask(fetch, "SELECT value FROM contact_point WHERE kind = 'email'")]
    assert contacts
    assert [value for value in contacts if not value.endswith(".example")] == []


def test_undo_takes_a_sample_away_and_redo_is_offered(practice: Practice) -> None:
    practice.do(fill_sample, "design", dt.date.today())
    practice.undo()
    listed = "SELECT count(*) FROM advice WHERE withdrawn_at IS NULL"
    assert practice.ask(scalar, listed) == 0
    assert practice.ask(scalar, "SELECT count(*) FROM promise") == 0
    assert practice.check().problems == []


def test_a_sample_is_dated_from_the_day_it_is_made(practice: Practice) -> None:
    today = dt.date.today() - dt.timedelta(days=40)
    practice.do(fill_sample, "law", today)
    due = practice.ask(scalar, "SELECT due_on FROM promise WHERE text = 'Call before the hearing'")
    assert due == today.isoformat()


def test_filling_a_sample_is_quickly_done(tmp_path: Path) -> None:
    new = NewPractice(name="Try", country="ES", currency="EUR")
    with Practice.create(tmp_path / "try.cliens", new, None) as practice:
        _filled, took = paced(lambda: practice.do(fill_sample, "law", dt.date.today()))
        assert took < 150


def test_the_law_practice_looks_as_it_was_drawn(law: Practice) -> None:
    rows = law.ask(_rows)
    told = {name: (row.shown_standing, row.grade, row.fees_minor // 100) for name, row in rows.items()}
    assert told["Hallberg Bros. AB"] == ("at risk", "A", 31_400)
    assert told["Clínica Ocaña"] == ("quiet", "B", 22_750)
    assert told["Portus Terminal"] == ("prospect", "B", 0)
    assert told["Dąbrowska Holding"] == ("client", "A", 48_200)
    assert told["Iñaki Larrea"] == ("client", "A", 36_900)
    assert told["Aiko Nakamura"] == ("occasional", "C", 1_900)
    assert told["Østergaard A/S"] == ("former", "C", 18_600)
    assert rows["Iñaki Larrea"].number == "C-0117"


def test_larrea_is_told_as_he_was_drawn(law: Practice) -> None:
    told = law.ask(lambda session: brief(session, find_client(session, "C-0117")))
    assert told.pays == ["Larrea Navieras S.L."]
    assert told.referred == 3
    assert told.confidences == 1
    assert "being told first" in told.valued
    offer = next(entry for entry in told.advice if entry.question.startswith("Accept the €165,000 offer"))
    assert offer.response == "awaiting"
    call = next(promise for promise in told.promises if promise.text == "Call before the hearing")
    assert (call.due_on, call.due_time, call.status) == (dt.date.today(), "16:00", "open")


def test_the_drawn_conflict_check_comes_true(law: Practice) -> None:
    larea, portus = law.ask(check_names, ["Ignacio Larea", "Portus Terminal S.A."]).names
    assert larea.verdict == "stop"
    assert {hit.party: hit.role for hit in larea.hits} | {"Ignacia Larrea Arana": "witness"} == {
        hit.party: hit.role for hit in larea.hits
    }
    assert portus.verdict == "stop"
    assert portus.hits[0].role == "adverse"
    assert portus.hits[0].where == "Larrea v. Portus"
    assert "Portus Holding B.V." in [hit.party for hit in portus.hits]
