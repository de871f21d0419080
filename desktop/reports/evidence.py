"""The evidence pack: a client's advisory history as a PDF, its entries with the chain they stand in, and a verifier.

What the chain closes over is shown where it is the client's own advice or an answer to it. All else (what others own,
trust notes, drafts, notes for the file) is there as digests alone: the chain still holds, and nobody reads it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.reports import family
from desktop.reports.client_facts import RecordFacts
from desktop.reports.evidence_chain import chain
from desktop.reports.family import Ask, Asked
from desktop.reports.paper import Progress
from desktop.text import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "evidence"


@dataclass(frozen=True)
class Pack:
    """A finished pack: its bytes as a ZIP, and what is in it, counted; `closed` entries are there by number alone."""

    content: bytes
    files: tuple[str, ...]
    record: RecordFacts
    entries: int
    closed: int
    pages: int
    left_out: dict[str, int]


def make_pack(ask: Ask, asked: Asked, progress: Progress | None = None) -> Pack:
    """The pack of the client that is asked for, up to the last step; `progress` may raise to give it up."""
    kind = family.kind_of("advice-history")
    made = family.make(ask, kind, asked, progress)
    record: RecordFacts = made.facts.record
    paper = f"{kind.name}.pdf"
    in_chain = ask(partial(chain, client_id=family.needed(asked.client_id, "client"), record=record))
    entries = {
        "format": "cliens evidence 1",
        "practice": made.facts.practice.name,
        "client": made.facts.client,
        "client_number": made.facts.number,
        "made_at": asked.at.isoformat(),
        "paper": paper,
        "head": {"step": record.step, "digest": record.digest},
        **in_chain,
    }
    files = {
        paper: made.paper.pdf,
        "entries.json": json.dumps(entries, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"),
        "verify.py": (FOLDER / "verify.py").read_bytes(),
    }
    told = {
        "practice": made.facts.practice.name,
        "client": made.facts.client,
        "made_on": asked.at.date().isoformat(),
        "paper": paper,
        "digest": record.digest,
        "step": record.step,
        "sums": "\n".join(f"    {hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()),
    }
    for language in LANGUAGES:
        words = (FOLDER / f"HOW-TO-VERIFY.{language}.txt").read_text("utf-8").format(**told)
        files[f"HOW-TO-VERIFY.{language}.txt"] = words.encode("utf-8", "replace")
    count = len(in_chain["entries"])
    closed = sum("content" not in entry for entry in in_chain["entries"])
    return Pack(_zipped(files, asked.at), tuple(files), record, count, closed, made.paper.pages, made.left_out)


def _zipped(files: dict[str, bytes], at: dt.datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            pack.writestr(entry, content)
    return stream.getvalue()
