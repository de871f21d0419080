"""The verbs of proof: a printed report is verified and a pack written, by command line, with their exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.cli_terminal import Course
from tests.cli.running import Ended, Told, advise
from tests.reports.sealed import with_another_word


@pytest.fixture
def recorded(file: Path, told: Told) -> Path:
    """A file with one recorded entry."""
    advise(told, file)
    told("record", file, "A-0001")
    return file


def print_report(told: Told, file: Path, out: Path) -> Path:
    told("report", file, "client", "--client", "C-0001", "--out", out)
    return out


def test_report_is_genuine_and_unchanged(recorded: Path, told: Told, ended: Ended, tmp_path: Path) -> None:
    paper = print_report(told, recorded, tmp_path / "report.pdf")
    answer = told("verify", recorded, paper)
    assert answer["verdict"] == "unchanged"
    assert answer["changed_since"] == []
    assert answer["entries"] == answer["range"][1] - answer["range"][0] + 1
    code, out, _err = ended("verify", recorded, paper)
    assert code == 0
    assert out.startswith("Genuine, and unchanged since")


def test_growth_is_listed_with_numbers_and_days(recorded: Path, told: Told, tmp_path: Path) -> None:
    paper = print_report(told, recorded, tmp_path / "report.pdf")
    advise(told, recorded)
    assert told("verify", recorded, paper)["verdict"] == "unchanged", "a draft is nothing yet"
    told("record", recorded, "A-0002")
    told("amend", recorded, "A-0001", "--reason", "the owner wrote", "--advice", "Yes, with two months' notice.")
    told("respond", recorded, "A-0002", "--response", "accepted")
    told("undo", recorded)
    answer = told("verify", recorded, paper)
    assert answer["verdict"] == "grown"
    assert [(one["what"], one["number"], one["amends"]) for one in answer["changed_since"]] == [
        ("new", "A-0002", None),
        ("amended", "A-0003", "A-0001"),
        ("answered", "A-0002", None),
        ("unanswered", "A-0002", None),
    ]
    assert all(one["at"] and one["words"] for one in answer["changed_since"])


def test_what_is_not_from_here_ends_with_a_code_of_its_own(
    recorded: Path, told: Told, ended: Ended, tmp_path: Path
) -> None:
    paper = print_report(told, recorded, tmp_path / "report.pdf")
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(with_another_word(paper.read_bytes()))
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear Sir")
    for path, why in ((forged, "pages-altered"), (letter, "not-a-pdf")):
        code, out, err = ended("verify", recorded, path, "--json")
        answer: dict[str, Any] = json.loads(out)
        assert (code, answer["verdict"], answer["why"], err) == (4, "not-from-here", why, "")
    code, out, _err = ended("verify", recorded, forged)
    assert "Page 1: it says" in out


def test_a_report_that_is_not_there_is_trouble(recorded: Path, ended: Ended, tmp_path: Path) -> None:
    code, _out, err = ended("verify", recorded, tmp_path / "nowhere.pdf")
    assert code == 3
    assert "nowhere.pdf" in err


def test_evidence_is_written_and_verifies_by_itself(recorded: Path, told: Told, tmp_path: Path) -> None:
    out = tmp_path / "evidence.zip"
    answer = told("evidence", recorded, "--client", "Larrea", "--out", out)
    assert (answer["entries"], answer["closed"]) == (1, 0)
    folder = tmp_path / "pack"
    with zipfile.ZipFile(out) as pack:
        assert pack.namelist() == answer["files"]
        pack.extractall(folder)
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), "--head", answer["digest"]]
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    assert told("verify", recorded, folder / "advice-history.pdf")["verdict"] == "unchanged"


def test_evidence_replaces_no_file_of_another_making(recorded: Path, ended: Ended, tmp_path: Path) -> None:
    letter = tmp_path / "letter.odt"
    letter.write_text("Dear Sir")
    assert ended("evidence", recorded, "--client", "C-0001", "--out", letter)[0] == 3
    assert letter.read_text() == "Dear Sir"
    assert ended("evidence", recorded, "--client", "C-0099", "--out", tmp_path / "e.zip")[0] == 1
    assert not (tmp_path / "e.zip").exists()


@pytest.mark.parametrize(("at_terminal", "said"), [(True, "\r1/100\r2/100\r100/100\n"), (False, "")])
def test_only_a_terminal_hears_how_far_it_is(at_terminal: bool, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: at_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    course = Course()
    for done, of in ((1, 100), (1, 100), (2, 100), (0, 0), (100, 100)):
        course(done, of)
    assert stream.getvalue() == said
