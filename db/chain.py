"""The chain: each step closes over the digest of what it changed and of the step before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

from sqlalchemy import Connection

_START = "0" * 64
# So many changes are verified in some hundredths of a second.
AT_ONCE = 2_000


@dataclass(frozen=True)
class Problem:
    """Something that a check found: `code` names it, `facts` say where."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What a check found; `ok` when there is no problem."""

    problems: list[Problem]
    steps: int
    entries: int
    digest: str

    @property
    def ok(self) -> bool:
        return not self.problems


def content_digest() -> Any:
    """A running digest to which a step's change digests are added in order."""
    return hashlib.sha256(b"cliens step 1")


def change_digest(
    change_id: int, step_id: int, noun: str, row_id: int, kind: str, before: str | None, after: str | None
) -> bytes:
    """The digest of one change; JSON keeps the parts apart, so no two changes share a digest."""
    # The text that json.dumps makes of these seven, in a fifth of its time: an import has a million of them.
    told = ", ".join("null" if text is None else quoted(text) for text in (before, after))
    return hashlib.sha256(
        f"[{change_id}, {step_id}, {quoted(noun)}, {row_id}, {quoted(kind)}, {told}]".encode()
    ).digest()


def _step_digest(previous: str, step: tuple[Any, ...], content: bytes) -> str:
    told = json.dumps([previous, *step, content.hex()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def seal(raw: Any, step: tuple[Any, ...], content: bytes) -> str:
    """Give a step its subject and its digest over its content and the step before it; gives the digest.

    `raw` is the driver's connection, `step` the columns id, at, who, computer, verb, subject, undoes, kind.
    """
    previous = raw.execute("SELECT digest FROM step WHERE id < ? ORDER BY id DESC LIMIT 1", step[:1]).fetchone()
    digest = _step_digest((previous and previous[0]) or _START, step, content)
    raw.execute("UPDATE step SET subject = ?, digest = ? WHERE id = ?", (step[5], digest, step[0]))
    return digest


def head(connection: Connection) -> tuple[int, str, str]:
    """The last step's number, digest and moment; (0, zeros, '') in a new file."""
    row = connection.exec_driver_sql("SELECT id, digest, at FROM step ORDER BY id DESC LIMIT 1").first()
    return (0, _START, "") if row is None else (row[0], row[1] or "", row[2])


class Told(NamedTuple):
    """What a walk along the chain told: the problems, how many steps and changes, and the head's digest."""

    problems: list[Problem]
    steps: int
    entries: int
    digest: str


def verify(connection: Connection, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Told:
    """Walk the whole chain; `progress(done, of)` hears how many changes of how many, and may raise to give it up."""
    problems: list[Problem] = []
    steps = connection.exec_driver_sql(
        "SELECT id, at, who, computer, verb, subject, undoes, kind, digest FROM step ORDER BY id"
    )
    changes = iter(
        connection.execution_options(stream_results=True).exec_driver_sql(
            "SELECT id, step_id, noun, row_id, kind, before, after, digest, erased FROM change ORDER BY step_id, id"
        )
    )
    change = next(changes, None)
    previous, counted_steps, counted_changes = _START, 0, 0
    of = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change").scalar_one()
    for step in steps.fetchall():
        counted_steps += 1
        content = content_digest()
        while change is not None and change[1] <= step[0]:
            counted_changes += 1
            if counted_changes % AT_ONCE == 0:
                # What erasure took out leaves its numbers behind.
                progress(min(counted_changes, of), of)
            if change[1] < step[0]:
                problems.append(Problem("change-without-step", {"noun": change[2], "id": change[3]}))
            elif _altered(change):
                problems.append(Problem("change-altered", {"noun": change[2], "id": change[3], "step": step[0]}))
            content.update(change[7] or b"")
            change = next(changes, None)
        if _step_digest(previous, tuple(step[:8]), content.digest()) != step[8]:
            problems.append(Problem("step-altered", {"step": step[0], "at": step[1], "verb": step[4]}))
        previous = step[8] or ""
    while change is not None:
        problems.append(Problem("change-without-step", {"noun": change[2], "id": change[3]}))
        change = next(changes, None)
    given = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'step'").scalar() or 0
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM step").scalar_one()
    if given != last:
        problems.append(Problem("step-removed", {"step": max(given, last)}))
    return Told(problems, counted_steps, counted_changes, previous)


def _altered(change: Any) -> bool:
    if change[8]:
        # Erased on a person's request: only the digest stays, so there must be nothing else left.
        return change[7] is None or change[5] is not None or change[6] is not None
    return bool(change_digest(*change[:7]) != change[7])
