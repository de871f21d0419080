"""How far the evidence pack opens what a step did to several clients at once: as far as it names nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.advice import NewAdvice, confirm_advice, log_advice
from db.clients import NewClient, add_client
from db.history import about
from db.parties import NewParty
from db.practice import Practice
from tests.reports.sealed import founded, made
from tests.reports.test_evidence import pack_of, run, unpacked

OTHER = "Zofia Wójcik"
# The first question of a practice that is founded here is A-0001.
FIRST = 1


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with founded(tmp_path / "vega.cliens") as made_here:
        made(made_here, add_client, NewClient(party=NewParty(name=OTHER), standing="client"))
        yield made_here


def told(practice: Practice, folder: Path) -> dict[str, Any]:
    """What the pack of the first client says, once its own verifier found that it holds."""
    unpacked(pack_of(practice), folder)
    code, words = run(folder, "--language", "en")
    assert code == 0, words
    found: dict[str, Any] = json.loads((folder / "entries.json").read_text("utf-8"))
    return found


def for_both(session: Session, question: str, line: str = "") -> int:
    """One step about both clients; its line is about the first one's entry, or what is said."""
    log_advice(session, NewAdvice(client_id=2, question="Who pays the harbour dues?", advice="We.", record=True))
    entry = log_advice(session, NewAdvice(client_id=1, question=question, advice="Yes.", record=True))
    if line:
        about(session, line)
    return entry


def closed_of(pack: dict[str, Any]) -> list[str]:
    return [entry["number"] for entry in pack["entries"] if "content" not in entry]


def test_entry_that_itself_asks_about_another_client_is_shown(practice: Practice, tmp_path: Path) -> None:
    question = f"May we hold {OTHER} to the lease of the berth?"
    made(practice, for_both, question)
    pack = told(practice, tmp_path / "pack")
    assert closed_of(pack) == []
    assert [entry["content"]["question"] for entry in pack["entries"]][-1] == question
    assert "harbour dues" not in json.dumps(pack)


def test_question_that_is_cut_short_in_the_line_of_its_step_is_still_its_own(
    practice: Practice, tmp_path: Path
) -> None:
    question = f"{'Whether, and for how long, and on what terms, ' * 3}we may hold {OTHER} to it? {'All of it? ' * 9}"
    made(practice, for_both, question)
    assert closed_of(told(practice, tmp_path / "pack")) == []


@pytest.mark.parametrize("line", [f"The berth of {OTHER}", f"{OTHER.upper()}: berth", f"ask ({OTHER})"])
def test_entry_in_a_step_whose_line_names_another_client_is_kept_closed(
    practice: Practice, tmp_path: Path, line: str
) -> None:
    made(practice, for_both, "Sue?", line)
    pack = told(practice, tmp_path / "pack")
    assert closed_of(pack) == ["A-0003"]
    assert OTHER.casefold() not in json.dumps(pack, ensure_ascii=False).casefold()


def test_name_within_a_longer_word_names_nobody(practice: Practice, tmp_path: Path) -> None:
    made(practice, add_client, NewClient(party=NewParty(name="Li"), standing="client"))
    made(practice, for_both, "Sue?", "All our clients")
    assert closed_of(told(practice, tmp_path / "pack")) == []


def test_entry_that_was_confirmed_in_a_closed_step_is_shown_and_says_so(practice: Practice, tmp_path: Path) -> None:
    def confirm_both(session: Session) -> None:
        confirm_advice(session, FIRST)
        log_advice(session, NewAdvice(client_id=2, question="Who pays?", advice="We.", record=True))
        about(session, f"Letters to {OTHER} and others")

    step = practice.do(confirm_both).step
    pack = told(practice, tmp_path / "pack")
    (entry,) = pack["entries"]
    assert entry["content"]["question"] == "Accept the offer, or go to trial in March?"
    assert entry["also_in"] == [step]
    assert OTHER not in json.dumps(pack, ensure_ascii=False)
