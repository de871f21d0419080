"""The entries of a client in the chain of the record: shown with their words as far as they concern nobody else.

A step can only be opened with its line (who, when, about whom), so one whose line names another client stays closed,
and so does each entry whose words were set down in it. Where such a step only noted that an entry was confirmed, the
entry is shown without that, and says in which steps there is more of it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cached_property
from typing import Any, NamedTuple

from sqlmodel import Session

from db import past
from db.advice_lists import number_of
from db.rows import among, fetch, ids, scalar
from desktop.reports.client_facts import RecordFacts

# A step that did more than this to others (an import) is kept closed: its digests alone would be megabytes.
MOST_IN_A_STEP = 200_000
# What may change of an entry without a word of it: how it was recorded, and what became of it.
_NO_WORDS = {"state", "recorded_at", "late_entry", "late_reason", "withdrawn_at", "confirmed_on"}
# What may be missing of an entry that is shown: that the client had it in writing changes nothing of what it says.
_MAY_STAY_CLOSED = {"confirmed_on"}
# The line of a step ends here, be it in the middle of a question.
_LONGEST_LINE, LEAST_CUT = 200, 20
_STEP = ("step", "at", "who", "computer", "verb", "subject", "undoes", "kind", "digest")
_CHANGE = ("id", "noun", "row_id", "kind", "before", "after", "digest")
_SELECT_STEP = "SELECT id, at, who, computer, verb, subject, undoes, kind, digest FROM step"
_SELECT_CHANGE = "SELECT id, noun, row_id, kind, before, after, lower(hex(digest)) FROM change"

Row = tuple[str, int]


class _Change(NamedTuple):
    """One change of an entry or an answer; `erased` where its words are gone for good."""

    id: int
    step: int
    kind: str
    after: str | None
    erased: int

    def sets(self) -> set[str]:
        return set(json.loads(self.after or "{}"))

    def has_words(self) -> bool:
        """Whether it does more to an entry than what may stay closed of one that is shown."""
        return self.kind != "update" or not self.sets() <= _MAY_STAY_CLOSED


def chain(session: Session, *, client_id: int, record: RecordFacts) -> dict[str, Any]:
    """The client's entries and answers, and every step of the chain, open where it did something to one of them."""
    shown = _shown(session, client_id, record.last)
    own, line = past.records_of(session, record.last, client_id), _Line(session, client_id)
    pasts = {row: _changes_of(session, row, record.last) for row in shown}
    closed = {row for row, changes in pasts.items() if not _can_be_shown(changes)}
    by_step: dict[int, list[tuple[Row, _Change]]] = defaultdict(list)
    for row, changes in pasts.items():
        for change in changes:
            by_step[change.step].append((row, change))
    open_steps: list[dict[str, Any]] = []
    also_in: dict[Row, list[int]] = defaultdict(list)
    for number, here in sorted(by_step.items()):
        step = dict(zip(_STEP, fetch(session, f"{_SELECT_STEP} WHERE id = ?", number)[0], strict=True))
        rows = {row for row, _change in here}
        if _is_small(session, number) and (
            _is_all_own(session, number, own) or line.is_of_this_client(step["subject"], rows)
        ):
            open_steps.append(step)
            continue
        closed |= {row for row, change in here if change.has_words()}
        for row in rows - closed:
            also_in[row].append(number)
    for step in open_steps:
        seen = sorted(change.id for row, change in by_step[step["step"]] if row not in closed)
        step["changes"] = _told(session, step["step"], seen) if seen else []
    some = {step["step"]: step for step in open_steps if step["changes"]}
    entries = _entries(session, [change for step in some.values() for change in step["changes"]], closed)
    for entry in entries:
        if "content" in entry and (more := also_in.get((entry["noun"], entry["id"]))):
            entry["also_in"] = more
    return {"entries": entries, "steps": _with_closed(session, some, record)}


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


def _changes_of(session: Session, row: Row, last: int) -> list[_Change]:
    query = "SELECT id, step_id, kind, after, erased FROM change WHERE noun = ? AND row_id = ? AND id <= ? ORDER BY id"
    return [_Change(*one) for one in fetch(session, query, *row, last)]


def _can_be_shown(changes: list[_Change]) -> bool:
    """Whether the past of an entry holds no other words than its own: what a draft said before is nobody's business."""
    first, *later = changes
    return not first.erased and all(not change.erased and change.sets() <= _NO_WORDS for change in later)


def _is_small(session: Session, step_id: int) -> bool:
    query = f"SELECT count(*) FROM (SELECT 1 FROM change WHERE step_id = ? LIMIT {MOST_IN_A_STEP + 1})"
    return int(scalar(session, query, step_id)) <= MOST_IN_A_STEP


def _is_all_own(session: Session, step_id: int, own: set[Row]) -> bool:
    """Whether a step touched nothing but these records; of one that touched more, no more rows are read than these."""
    query = f"SELECT DISTINCT noun, row_id FROM change WHERE step_id = ? LIMIT {len(own) + 1}"
    return {(noun, row_id) for noun, row_id in fetch(session, query, step_id)} <= own


class _Line:
    """Says of the line of a step whether it tells of nobody but one client: what his own entries ask is his."""

    def __init__(self, session: Session, client_id: int) -> None:
        self._session, self._client = session, client_id
        query = "SELECT p.name FROM client c JOIN party p ON p.id = c.party_id WHERE c.id = ?"
        self._own = str(scalar(session, query, client_id) or "")

    @cached_property
    def _others(self) -> list[str]:
        # Folded here, not in SQL, which knows the capitals of ASCII alone.
        query = (
            "SELECT json_group_array(DISTINCT p.name) FROM client c JOIN party p ON p.id = c.party_id"
            " WHERE c.id <> ? AND trim(p.name) <> ''"
        )
        return [name.casefold() for name in json.loads(scalar(self._session, query, self._client))]

    def is_of_this_client(self, line: str, rows: set[Row]) -> bool:
        """Whether no other client is named, but where one of these entries itself asks about him."""
        rest = line.casefold()
        for said in sorted([self._own, *self._questions(rows)], key=len, reverse=True):
            rest = _without(rest, said.casefold(), cut=len(line) >= _LONGEST_LINE)
        return not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest) for name in self._others if name in rest)

    def _questions(self, rows: set[Row]) -> list[str]:
        of_advice = among(row_id for noun, row_id in rows if noun == "advice")
        of_answers = among(row_id for noun, row_id in rows if noun == "advice_response")
        query = (
            f"SELECT question FROM advice WHERE id IN ({of_advice})"
            f" OR id IN (SELECT advice_id FROM advice_response WHERE id IN ({of_answers}))"
        )
        return [str(one[0]) for one in fetch(self._session, query)]


def _without(line: str, said: str, *, cut: bool) -> str:
    """The line without what was said; `cut`: at its end that may have been cut short."""
    if not said.strip():
        return line
    if said in line:
        return line.replace(said, " ")
    # A few letters may stand at the end by chance, and be the end of a name.
    longest = next((n for n in range(len(said), LEAST_CUT - 1, -1) if line.endswith(said[:n])), 0) if cut else 0
    return line[: len(line) - longest]


def _told(session: Session, step_id: int, seen: list[int]) -> list[dict[str, Any]]:
    """The changes of a step: those that are shown with their words, the rest as digests, one after the other."""
    # The database puts them one after the other: the words of others never come out of it.
    between = (
        "SELECT group_concat(lower(hex(digest)), '') FROM"
        " (SELECT digest FROM change WHERE step_id = ? AND id > ? AND id < ? ORDER BY id)"
    )
    told: list[dict[str, Any]] = []
    before = 0
    for change_id in [*seen, 2**63 - 1]:
        if digests := scalar(session, between, step_id, before, change_id):
            told.append({"digest": digests})
        told += [
            dict(zip(_CHANGE, one, strict=True)) for one in fetch(session, f"{_SELECT_CHANGE} WHERE id = ?", change_id)
        ]
        before = change_id
    return told


def _entries(session: Session, changes: list[dict[str, Any]], closed: set[Row]) -> list[dict[str, Any]]:
    """Each entry as the shown changes make it, in their order; then those that are kept closed, by number."""
    rows: dict[Row, dict[str, Any]] = {}
    for change in changes:
        if "noun" in change:
            row = (change["noun"], change["row_id"])
            rows[row] = {**rows.get(row, {}), **json.loads(change["after"] or "{}")}
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
