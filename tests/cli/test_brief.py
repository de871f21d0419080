"""Proof that the brief for a meeting is written from the command line, as one page without confidences."""

from __future__ import annotations

from pathlib import Path

from desktop.reports.paper import Paper
from tests.cli.running import Told, advise
from tests.reports.reading import text


def test_brief_is_written_as_one_page_without_confidences(told: Told, file: Path, tmp_path: Path) -> None:
    advise(told, file)
    kinds = ("--kind", "confidence", "--text", "He keeps a xebec in Getxo.")
    told("log", file, "trust", "--client", "C-0001", *kinds)
    out = tmp_path / "brief.pdf"
    answer = told("report", file, "brief", "--client", "Larrea", "--out", out)
    assert answer == {"out": str(out), "pages": 1, "left_out": {"confidences": 1}}
    words = text(Paper(out.read_bytes(), 1))
    assert "lighthouse" in words
    assert "xebec" not in words
