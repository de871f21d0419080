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
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import past
from db.advice_lists import number_of
from db.rows import among, fetch, ids, scalar
from desktop.reports import family
from desktop.reports.client_facts import RecordFacts
from desktop.reports.family import Ask, Asked
from desktop.reports.paper import Progress
from desktop.text import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "evidence"
# A step that did more than this to others (an import) is kept closed: its digests alone would be megabytes.
MOST_IN_A_STEP = 200_000
# What may change of an entry without a word of it: how it was recorded, and what became of it.
_NO_WORDS = {"state", "recorded_at", "late_entry", "late_reason", "withdrawn_at", "confirmed_on"}
_STEP = ("step", "at", "who", "computer", "verb", "subject", "undoes", "kind", "digest")
_CHANGE = ("id", "noun", "row_id", "kind", "before", "after")

Row = tuple[str, int]


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
    chain = ask(partial(_chain, client_id=family.needed(asked.client_id, "client"), record=record))
    entries = {
        "format": "cliens evidence 1",
        "practice": made.facts.practice.name,
        "client": made.facts.client,
        "client_number": made.facts.number,
        "made_at": asked.at.isoformat(),
        "paper": paper,
        "head": {"step": record.step, "digest": record.digest},
        **chain,
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
    count = len(chain["entries"])
    closed = sum("content" not in entry for entry in chain["entries"])
    return Pack(_zipped(files, asked.at), tuple(files), record, count, closed, made.paper.pages, made.left_out)


def _zipped(files: dict[str, bytes], at: dt.datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            pack.writestr(entry, content)
    return stream.getvalue()


def _chain(session: Session, *, client_id: int, record: RecordFacts) -> dict[str, Any]:
    """The client's entries and answers, and every step of the chain, open where it did something to one of them."""
    shown = _shown(session, client_id, record.last)
    own = past.records_of(session, record.last, client_id)
    steps: dict[int, list[Any]] = {}
    for row in shown:
        for step_id, *_rest in _changes_of(session, row, record.last):
            steps.setdefault(step_id, [])
    open_steps: dict[int, dict[str, Any]] = {}
    closed_rows = {row for row in shown if not _can_be_shown(_changes_of(session, row, record.last))}
    for step_id in sorted(steps):
        step = dict(zip(_STEP, fetch(session, f"{_SELECT_STEP} WHERE id = ?", step_id)[0], strict=True))
        changes = _changes_in(session, step_id)
        if _may_be_open(session, step, changes, own, client_id):
            open_steps[step_id] = {**step, "changes": changes}
        else:
            closed_rows |= {(noun, row_id) for _id, noun, row_id, *_rest in changes} & shown
    visible = shown - closed_rows
    entries = _entries(session, [one for step in open_steps.values() for one in step["changes"]], visible, closed_rows)
    for step in open_steps.values():
        step["changes"] = _told(step["changes"], visible)
    some = {number: step for number, step in open_steps.items() if any("noun" in one for one in step["changes"])}
    return {"entries": entries, "steps": _with_closed(session, some, record)}


_SELECT_STEP = "SELECT id, at, who, computer, verb, subject, undoes, kind, digest FROM step"


def _shown(session: Session, client_id: int, last: int) -> set[Row]:
    """The recorded entries and the answers to them: what was written for the file alone is not among them."""
    recorded = ids(
        session, "SELECT id FROM advice WHERE client_id = ? AND state = 'recorded' AND channel <> 'note'", client_id
    )
    entries = ids(
        session,
        f"SELECT DISTINCT row_id FROM change WHERE noun = 'advice' AND row_id IN ({among(recorded)}) AND id <= ?"
        " AND json_extract(after, '$.state') = 'recorded'",
        last,
    )
    answers = ids(
        session,
        f"SELECT r.id FROM advice_response r WHERE r.advice_id IN ({among(entries)}) AND EXISTS (SELECT 1 FROM change"
        " WHERE noun = 'advice_response' AND row_id = r.id AND id <= ?)",
        last,
    )
    return {("advice", one) for one in entries} | {("advice_response", one) for one in answers}


def _changes_of(session: Session, row: Row, last: int) -> list[Any]:
    query = "SELECT step_id, kind, after, erased FROM change WHERE noun = ? AND row_id = ? AND id <= ? ORDER BY id"
    return list(fetch(session, query, *row, last))


def _can_be_shown(changes: list[Any]) -> bool:
    """Whether the past of an entry holds no other words than its own: what a draft said before is nobody's business."""
    first, *later = changes
    return not first[3] and all(
        not gone and set(json.loads(after or "{}")) <= _NO_WORDS for _s, _k, after, gone in later
    )


def _changes_in(session: Session, step_id: int) -> list[Any]:
    advice = "CASE WHEN noun IN ('advice', 'advice_response') THEN {} END"
    query = (
        f"SELECT id, noun, row_id, kind, {advice.format('before')}, {advice.format('after')}, lower(hex(digest))"
        f" FROM change WHERE step_id = ? ORDER BY id LIMIT {MOST_IN_A_STEP + 1}"
    )
    return list(fetch(session, query, step_id))


def _may_be_open(
    session: Session, step: dict[str, Any], changes: list[Any], own: Iterable[Row], client_id: int
) -> bool:
    """Whether the line of a step tells of nobody else: one about several clients may name any of them."""
    if len(changes) > MOST_IN_A_STEP:
        return False
    if {(noun, row_id) for _id, noun, row_id, *_rest in changes} <= set(own):
        return True
    named = (
        "SELECT 1 FROM client c JOIN party p ON p.id = c.party_id"
        " WHERE c.id <> ? AND p.name <> '' AND instr(lower(?), lower(p.name)) LIMIT 1"
    )
    return scalar(session, named, client_id, step["subject"]) is None


def _told(changes: list[Any], visible: set[Row]) -> list[dict[str, Any]]:
    """The changes of a step: those that are shown with their words, the rest as digests, one after the other."""
    told: list[dict[str, Any]] = []
    for change in changes:
        if (change[1], change[2]) in visible:
            told.append({**dict(zip(_CHANGE, change, strict=False)), "digest": change[-1]})
        elif told and "noun" not in told[-1]:
            told[-1]["digest"] += change[-1]
        else:
            told.append({"digest": change[-1]})
    return told


def _entries(session: Session, changes: list[Any], visible: set[Row], closed: set[Row]) -> list[dict[str, Any]]:
    """Each entry as the shown changes make it, in their order; then those that are kept closed, by number."""
    rows: dict[Row, dict[str, Any]] = {}
    for _id, noun, row_id, _kind, _before, after, _digest in changes:
        if (noun, row_id) in visible:
            rows[noun, row_id] = {**rows.get((noun, row_id), {}), **json.loads(after or "{}")}
    told = []
    for (noun, row_id), content in rows.items():
        number = number_of(row_id if noun == "advice" else content["advice_id"])
        told.append({"noun": noun, "id": row_id, "number": number, "content": content})
    for noun, row_id in sorted(closed):
        entry = row_id
        if noun != "advice":
            entry = scalar(session, "SELECT advice_id FROM advice_response WHERE id = ?", row_id)
        told.append({"noun": noun, "id": row_id, "number": number_of(entry)})
    return told


def _with_closed(session: Session, open_steps: dict[int, dict[str, Any]], record: RecordFacts) -> list[dict[str, Any]]:
    """The open steps, and between them what lies there as one closed part: its first and last step and its digest."""
    told: list[dict[str, Any]] = []
    done = 0
    for number in [*sorted(open_steps), record.step + 1]:
        if number - 1 > done:
            digest = scalar(session, "SELECT digest FROM step WHERE id = ?", number - 1)
            told.append({"from": done + 1, "step": number - 1, "digest": digest})
        if number in open_steps:
            told.append(open_steps[number])
        done = number
    return told
