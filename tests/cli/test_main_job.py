"""The whole main job without a window, from an address book to a report, on an encrypted file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Ended, Told, advise
from tests.conftest import PASSPHRASE
from tests.reports.reading import text as text_of_pdf

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Larrea;Iñaki;;;
FN:Iñaki Larrea
EMAIL:inaki@larrea.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Wójcik;Łukasz;;;
FN:Łukasz Wójcik
TEL:+48 12 000 31 07
END:VCARD
BEGIN:VCARD
VERSION:3.0
EMAIL:
END:VCARD
"""


def test_the_main_job_from_an_address_book_to_a_report(
    told: Told, ended: Ended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENS_PASSPHRASE", PASSPHRASE)
    file, cards, paper = tmp_path / "vega.cliens", tmp_path / "book.vcf", tmp_path / "report.pdf"
    cards.write_text(CARDS, encoding="utf-8")
    made = told("new", file, "--name", "Vega", "--profession", "law", "--country", "ES", "--currency", "EUR")
    assert made.keys() == {"file", "recovery_key"}
    assert Path(made["file"]) == file
    # The recovery key opens at once; the passphrase, slow on purpose, opens at the end.
    monkeypatch.delenv("CLIENS_PASSPHRASE")
    monkeypatch.setenv("CLIENS_RECOVERY_KEY", made["recovery_key"])
    brought = told("import", file, cards)
    assert brought.keys() == {"read", "created", "updated", "unchanged", "needs_a_look", "step"}
    assert (brought["read"], brought["created"]) == (3, 2)
    assert [look.keys() for look in brought["needs_a_look"]] == [{"line", "why"}]
    assert told("import", file, cards)["created"] == 0
    client = told("log", file, "client", "--party", "Iñaki Larrea", "--standing", "client")
    assert client["number"] == "C-0001"
    work = told("log", file, "engagement", "--client", "larrea", "--title", "Berth lease", "--stage", "active")
    assert work["number"] == "E-0001"
    checked = told("conflicts", file, "Ignacio Larea", "Nobody Atall")
    assert [name["verdict"] for name in checked["names"]] == ["stop", "clear"]
    logged = advise(told, file, "--engagement", "berth lease", "--basis", "the lease of 2019")
    assert logged.keys() == {"id", "number", "step"}
    assert told("record", file, logged["number"])["number"] == logged["number"]
    told("respond", file, logged["number"], "--response", "accepted", "--words", "Do it.")
    told("log", file, "promise", "--client", "C-0001", "--text", "Send the notice", "--due", "2099-01-01")
    told("log", file, "trust", "--client", "C-0001", "--kind", "confidence", "--text", "He sells the xebec in spring.")
    assert told("find", file, "lighthouse")["total"] == 1
    assert told("find", file, "xebec")["total"] == 0
    assert told("find", file, "xebec", "--confidences")["total"] == 1
    told("log", file, "follow-up", "--client", "C-0001", "--due", "2099-02-01", "--what", "A slip of the hand")
    assert "A slip of the hand" in told("undo", file)["words"]
    assert told("find", file, "slip")["total"] == 0
    told("redo", file)
    assert told("find", file, "slip")["total"] == 1
    printed = told("report", file, "client", "--client", "C-0001", "--out", paper)
    assert printed.keys() == {"out", "pages", "digest", "left_out"}
    assert printed["left_out"]["confidences"] == 1
    words = _text(paper)
    assert "lighthouse" in words
    assert "xebec" not in words
    whole = told("check", file)
    assert whole["ok"] is True
    assert whole["problems"] == []
    assert whole["chain"].keys() == {"steps", "entries", "digest"}
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*vega*") if path.is_file())
    assert b"lighthouse" not in content
    assert b"Larrea" not in content
    monkeypatch.delenv("CLIENS_RECOVERY_KEY")
    monkeypatch.setenv("CLIENS_PASSPHRASE", PASSPHRASE)
    assert told("find", file, "lighthouse")["total"] == 1
    before = file.read_bytes()
    monkeypatch.setenv("CLIENS_PASSPHRASE", "eight loud herons")
    code, out, _err = ended("find", file, "lighthouse", "--json")
    assert code == 3
    assert json.loads(out)["error"]["code"] == "wrong-key"
    assert file.read_bytes() == before


def _text(path: Path) -> str:
    from desktop.reports.paper import Paper

    return text_of_pdf(Paper(path.read_bytes(), 1))
