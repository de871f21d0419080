"""The verb that prints: each kind without a window, what it needs said in a sentence, and a batch with its errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.conflicts import NewConflictCheck, record_decision
from db.practice import Practice
from desktop.cli_options import REPORTS
from desktop.reports import family
from tests.cli.running import Ended, Told, advise
from tests.conftest import PASSPHRASE

SUBJECT = {"client": ["--client", "C-0001"], "practice": [], "engagement": ["--engagement", "E-0001"]}


NEEDING = [kind.name for kind in family.KINDS if kind.about != "practice" and not kind.or_practice]


@pytest.fixture
def filled(told: Told, file: Path) -> Path:
    """A practice with one client, his work, a recorded entry and a kept check."""
    told("log", file, "engagement", "--client", "C-0001", "--title", "Lighthouse lease")
    advise(told, file)
    told("record", file, "A-0001")
    with Practice.open(file, PASSPHRASE) as practice:
        practice.do(record_decision, NewConflictCheck(names=["Portus"], decision="clear", client_id=1), "Tess")
    return file


def subject(kind: str) -> list[str]:
    about = family.kind_of(kind).about
    return {**SUBJECT, "advice": ["--advice", "A-0001"], "check": ["--client", "C-0001"]}[about]


@pytest.mark.parametrize("kind", REPORTS)
def test_every_kind_is_printed_on_the_paper_asked_for(told: Told, filled: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out.pdf"
    answer = told("report", filled, kind, *subject(kind), "--paper", "letter", "--out", out)
    assert answer["pages"] >= 1
    assert b"612" in out.read_bytes()
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "kind", [kind.name for kind in family.KINDS if kind.about != "practice" and not kind.or_practice]
)
def test_kind_without_its_subject_is_refused_in_a_sentence(
    ended: Ended, filled: Path, tmp_path: Path, kind: str
) -> None:
    code, out, err = ended("report", filled, kind, "--out", tmp_path / "out.pdf")
    assert (code, out) == (1, "")
    assert "needed" in err
    assert "Traceback" not in err
    assert not (tmp_path / "out.pdf").exists()


def test_batch_writes_a_file_for_each_client_of_the_standing(
    told: Callable[..., dict[str, Any]], filled: Path, tmp_path: Path
) -> None:
    told("log", filled, "client", "--name", "Ana Vega", "--kind", "person", "--standing", "prospect")
    folder = tmp_path / "many"
    answer = told("report", filled, "client", "--batch", "--out", folder)
    assert answer["errors"] == []
    assert sorted(answer["written"]) == sorted(str(path) for path in folder.iterdir())
    assert len(answer["written"]) == 2
    some = told("report", filled, "client", "--batch", "--standing", "prospect", "--out", tmp_path / "some")
    assert [Path(path).name.split(" – ")[0] for path in some["written"]] == ["Ana Vega"]
    none = told("report", filled, "client", "--batch", "--grade", "A", "--tag", "gold", "--out", tmp_path / "none")
    assert none["written"] == []


def test_batch_of_a_report_about_one_entry_is_refused(ended: Ended, filled: Path, tmp_path: Path) -> None:
    code, _out, err = ended("report", filled, "advice-note", "--batch", "--out", tmp_path / "many")
    assert code == 1
    assert "about clients" in err
