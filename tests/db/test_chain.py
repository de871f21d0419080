"""Whoever changes the file behind the program's back, with the key at hand, is found, and the entry is named."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from sqlmodel import Session

from db import chain
from db.advice import NewResponse, respond_to_advice
from db.chain import Problem
from db.errors import Refused, Trouble
from db.practice import Practice
from db.search import find
from db.vault import PAGE_BYTES, Key
from tests.db import made


@pytest.fixture
def lived(sealed_practice: Practice) -> Practice:
    """A practice with three recorded entries, an answer and an undone step."""
    for number in range(1, 4):
        client = made.client(sealed_practice, f"Client {number}")
        made.advice(sealed_practice, client, f"Question {number}?", f"Advice {number}.", record=True)
    sealed_practice.do(respond_to_advice, 2, NewResponse(response="accepted", words="Yes."))
    made.client(sealed_practice, "Undone")
    sealed_practice.undo()
    assert sealed_practice.check().ok
    return sealed_practice


def _problems(practice: Practice, *statements: str) -> list[Problem]:
    practice.close()
    made.tampered(practice.path, practice.key, *statements)
    with Practice.open_with(practice.path, practice.key, backup=False) as again:
        return again.check().problems


@pytest.mark.parametrize(
    ("statement", "code", "facts"),
    [
        ("UPDATE advice SET advice = 'Do not settle.' WHERE id = 2", "entry-altered", {"noun": "advice", "id": 2}),
        ("UPDATE advice SET withdrawn_at = '2026-01-01T00:00:00Z' WHERE id = 3", "entry-altered", {"id": 3}),
        ("DELETE FROM advice WHERE id = 3", "entry-removed", {"noun": "advice", "id": 3}),
        (
            "INSERT INTO advice SELECT 9, client_id, engagement_id, given_at, zone, author, channel, direction,"
            " minutes, present, question, advice, basis, options, risks, privileged, state, recorded_at, late_entry,"
            " late_reason, amends_id, amend_reason, confirmed_on, withdrawn_at FROM advice WHERE id = 1",
            "entry-inserted",
            {"noun": "advice", "id": 9},
        ),
        ("UPDATE advice_response SET response = 'declined'", "entry-altered", {"noun": "advice_response", "id": 1}),
        ("UPDATE change SET after = replace(after, 'Advice 2', 'Other')", "change-altered", {"noun": "advice"}),
        ("DELETE FROM change WHERE noun = 'advice' AND row_id = 2", "step-altered", {"step": 5}),
        ("UPDATE change SET step_id = 4 WHERE step_id = 6", "change-altered", {}),
        ("UPDATE change SET erased = 1 WHERE noun = 'advice'", "change-altered", {"noun": "advice"}),
        ("UPDATE step SET at = '2020-01-01T00:00:00Z' WHERE id = 3", "step-altered", {"step": 3}),
        ("UPDATE step SET who = 'Somebody' WHERE id = 5", "step-altered", {"step": 5}),
        ("DELETE FROM step WHERE id = 4", "step-altered", {"step": 5}),
        ("UPDATE step SET digest = NULL WHERE id = 4", "step-altered", {"step": 4}),
        ("UPDATE party SET name = 'Nobody' WHERE id = 1", "entry-altered", {"noun": "party", "id": 1}),
        ("DELETE FROM search_document WHERE noun = 'advice' AND record_id = 1", "index", {"noun": "advice", "id": 1}),
        ("DELETE FROM search WHERE rowid = 2", "index", {}),
    ],
)
def test_tampering_with_the_key_at_hand_is_named(
    lived: Practice, statement: str, code: str, facts: dict[str, object]
) -> None:
    found = [problem for problem in _problems(lived, statement) if problem.code == code]
    assert found
    assert facts.items() <= found[0].facts.items()


def test_entry_inserted_with_a_forged_change_breaks_its_step(lived: Practice) -> None:
    problems = _problems(
        lived,
        "INSERT INTO person (id, name, initials, email, colour, active) VALUES (1, 'Ghost', '', '', '', 1)",
        "INSERT INTO change (step_id, noun, row_id, kind, after, erased) VALUES (3, 'person', 1, 'insert',"
        """ '{"name":"Ghost","initials":"","email":"","colour":"","active":1}', 0)""",
    )
    assert {problem.code for problem in problems} == {"change-altered", "step-altered"} or {
        problem.code for problem in problems
    } == {"change-altered"}


def test_forged_change_with_a_right_digest_of_its_own_breaks_the_chain(lived: Practice) -> None:
    after = '{"name":"Ghost","initials":"","email":"","colour":"","active":1}'
    digest = chain.change_digest(999, 3, "person", 1, "insert", None, after).hex()
    problems = _problems(
        lived,
        "INSERT INTO person (id, name, initials, email, colour, active) VALUES (1, 'Ghost', '', '', '', 1)",
        "INSERT INTO change (id, step_id, noun, row_id, kind, after, digest, erased)"
        f" VALUES (999, 3, 'person', 1, 'insert', '{after}', x'{digest}', 0)",
    )
    assert [(problem.code, problem.facts.get("step")) for problem in problems] == [("step-altered", 3)]


def test_removed_last_step_is_noticed_at_opening_and_by_the_check(lived: Practice) -> None:
    last = lived.head()[0]
    lived.close()
    made.tampered(
        lived.path, lived.key, f"DELETE FROM change WHERE step_id = {last}", f"DELETE FROM step WHERE id = {last}"
    )
    with pytest.raises(Trouble) as trouble:
        Practice.open_with(lived.path, lived.key)
    assert (trouble.value.code, trouble.value.facts["missing"]) == ("older-copy", 1)
    with Practice.open_with(lived.path, lived.key, accept_older=True, backup=False) as again:
        assert "step-removed" in {problem.code for problem in again.check().problems}


def test_last_step_rewritten_is_a_fork(lived: Practice) -> None:
    last = lived.head()[0]
    lived.close()
    made.tampered(lived.path, lived.key, f"UPDATE step SET digest = '{'0' * 64}' WHERE id = {last}")
    with pytest.raises(Trouble, match="forked"):
        Practice.open_with(lived.path, lived.key)


@pytest.mark.parametrize("name", ["advice_sealed", "change_kept", "step_stays", "party_updated"])
def test_guard_taken_away_is_named(lived: Practice, name: str) -> None:
    lived.close()
    connection = made.bare(lived.path, lived.key)
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    with Practice.open_with(lived.path, lived.key, backup=False) as again:
        assert Problem("guard", {"trigger": name}) in again.check().problems


def test_guard_weakened_or_added_is_named(lived: Practice) -> None:
    lived.close()
    connection = made.bare(lived.path, lived.key)
    connection.execute("DROP TRIGGER advice_sealed")
    connection.execute("CREATE TRIGGER advice_sealed BEFORE DELETE ON advice WHEN 0 BEGIN SELECT 1; END")
    connection.execute("CREATE TRIGGER quiet AFTER INSERT ON party BEGIN DELETE FROM tag; END")
    connection.close()
    with Practice.open_with(lived.path, lived.key, backup=False) as again:
        guards = {problem.facts["trigger"] for problem in again.check().problems if problem.code == "guard"}
    assert guards == {"advice_sealed", "quiet"}


def test_old_pages_put_back_one_by_one_are_found(lived: Practice, tmp_path: Path) -> None:
    lived.close()
    before = lived.path.read_bytes()
    with Practice.open_with(lived.path, lived.key, backup=False) as later:
        for number in range(3):
            made.advice(later, 1, f"Later {number}?", "Later.", record=True)
    after = lived.path.read_bytes()
    changed = [
        page
        for page in range(1, len(before) // PAGE_BYTES)
        if before[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] != after[page * PAGE_BYTES : (page + 1) * PAGE_BYTES]
    ]
    assert len(changed) > 5
    connection = made.bare(lived.path, lived.key)
    # This table only says where to begin reading in the index: an old one makes a search slower, never wrong.
    harmless = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'search_idx'").fetchone()[0] - 1
    connection.close()
    unnoticed = []
    for page in changed:
        mixed = bytearray(after)
        mixed[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = before[page * PAGE_BYTES : (page + 1) * PAGE_BYTES]
        lived.path.write_bytes(mixed)
        try:
            with Practice.open_with(lived.path, lived.key, backup=False) as again:
                if again.check().ok:
                    unnoticed.append(page)
        except Trouble:
            continue
    assert set(unnoticed) <= {harmless}


def test_whole_file_rolled_back_is_noticed_at_opening(lived: Practice, tmp_path: Path) -> None:
    lived.close()
    aside = shutil.copy(lived.path, tmp_path / "aside")
    with Practice.open_with(lived.path, lived.key, backup=False) as later:
        made.advice(later, 1, "Later?", "Later.", record=True)
    shutil.copy(aside, lived.path)
    with pytest.raises(Trouble, match="older-copy"):
        Practice.open_with(lived.path, lived.key)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE advice SET advice = 'x' WHERE id = 1",
        "UPDATE advice SET state = 'draft' WHERE id = 1",
        "UPDATE advice SET id = 77 WHERE id = 1",
        "DELETE FROM advice WHERE id = 1",
        "INSERT OR REPLACE INTO advice SELECT * FROM advice WHERE id = 1",
        "REPLACE INTO step (id, at, who, computer, verb, subject, kind) VALUES (2, '', '', '', '', '', 'do')",
        "REPLACE INTO change (id, step_id, noun, row_id, kind, erased) VALUES (2, 2, 'party', 1, 'insert', 0)",
        "UPDATE OR REPLACE advice SET id = 1 WHERE id = 2",
        "UPDATE advice_response SET response = 'declined' WHERE id = 1",
        "DELETE FROM advice_response WHERE id = 1",
        "UPDATE step SET who = 'x' WHERE id = 2",
        "DELETE FROM step WHERE id = 2",
        "UPDATE change SET after = '{}' WHERE id = 2",
        "DELETE FROM change WHERE id = 2",
        "UPDATE party SET name = 'outside any step' WHERE id = 1",
        "INSERT INTO person (name, initials, email, colour, active) VALUES ('x', '', '', '', 1)",
    ],
)
def test_database_itself_refuses_to_change_what_is_recorded(lived: Practice, statement: str) -> None:
    lived.close()
    connection = made.bare(lived.path, lived.key)
    with pytest.raises(Exception, match=r"recorded|history"):
        connection.execute(statement)
    connection.close()
    with Practice.open_with(lived.path, lived.key, backup=False) as again:
        assert again.check().ok


@pytest.mark.parametrize(
    "statement", ["UPDATE advice SET advice = 'x' WHERE id = 1", "DELETE FROM advice WHERE id = 1"]
)
def test_recorded_advice_is_refused_also_inside_a_step(lived: Practice, statement: str) -> None:
    def overwrite(session: Session) -> None:
        session.connection().exec_driver_sql(statement)

    with pytest.raises(Refused, match="recorded"):
        lived.do(overwrite)
    assert lived.check().ok


def test_chain_can_be_verified_by_anybody_with_a_few_lines(lived: Practice) -> None:
    previous = "0" * 64
    for step in made.rows(lived, "SELECT id, at, who, computer, verb, subject, undoes, kind, digest FROM step"):
        content = hashlib.sha256(b"cliens step 1")
        for change in made.rows(
            lived,
            "SELECT id, step_id, noun, row_id, kind, before, after FROM change WHERE step_id = ? ORDER BY id",
            step[0],
        ):
            content.update(hashlib.sha256(json.dumps(list(change), ensure_ascii=False).encode()).digest())
        told = json.dumps([previous, *step[:8], content.hexdigest()], ensure_ascii=False)
        previous = hashlib.sha256(told.encode()).hexdigest()
        assert previous == step[8]
    assert lived.check().digest == previous == lived.head()[1]


def test_check_counts_what_it_walked(lived: Practice, key: Key) -> None:
    checked = lived.check()
    assert checked.steps == made.value(lived, "SELECT count(*) FROM step")
    assert checked.entries == made.value(lived, "SELECT count(*) FROM change")


def test_check_after_searching_and_writing_raises_no_false_alarm(lived: Practice) -> None:
    for number in range(20):
        assert lived.ask(find, "question").total
        made.advice(lived, 1, f"Question {number} more?")
        assert lived.check().problems == []


def test_check_does_not_hold_up_writing(lived: Practice) -> None:
    assert lived.check().ok
    made.client(lived, "After The Check")
    assert lived.check().ok
