"""The journal tells who changed which record when, and what was there before."""

from __future__ import annotations

from db.advice import NewResponse, respond_to_advice
from db.clients import ClientEdit, edit_client
from db.history import list_steps, record_history, redoable, undoable
from db.parties import NewContact, PartyEdit, edit_party
from db.practice import Practice
from tests.db import made


def test_history_of_a_record_shows_each_change_with_what_was_before(practice: Practice) -> None:
    client = made.client(practice)
    practice.do(edit_client, client, ClientEdit(notes="Likes calls.", grade="B"))
    practice.do(edit_client, client, ClientEdit(grade="A"))
    changes = practice.ask(record_history, "client", client)
    assert [change.kind for change in changes] == ["insert", "update", "update"]
    assert [change.step.verb for change in changes] == ["add_client", "edit_client", "edit_client"]
    assert changes[0].before is None
    assert changes[0].after is not None
    assert changes[0].after["number"] == "C-0001"
    assert (changes[1].before, changes[1].after) == (
        {"notes": "", "grade": ""},
        {"notes": "Likes calls.", "grade": "B"},
    )
    assert (changes[2].before, changes[2].after) == ({"grade": "B"}, {"grade": "A"})
    assert {change.step.who for change in changes} == {"Tess"}
    assert all(change.step.at.endswith("Z") and change.step.computer for change in changes)


def test_history_keeps_what_was_removed(practice: Practice) -> None:
    made.client(practice, "Gone Soon")
    practice.undo()
    kinds = [change.kind for change in practice.ask(record_history, "party", 1)]
    assert kinds == ["insert", "delete"]
    last = practice.ask(record_history, "party", 1)[-1]
    assert last.before is not None
    assert last.before["name"] == "Gone Soon"


def test_steps_come_newest_first_and_by_pages(practice: Practice) -> None:
    for number in range(5):
        made.client(practice, f"Client {number}")
    first = practice.ask(list_steps, limit=2)
    assert [step.subject for step in first] == ["Client 4", "Client 3"]
    assert [step.subject for step in practice.ask(list_steps, limit=2, before=first[-1].id)] == ["Client 2", "Client 1"]


def test_steps_of_a_client_are_those_that_touched_his_records(practice: Practice) -> None:
    mine, other = made.client(practice, "Mine"), made.client(practice, "Other")
    entry = made.advice(practice, mine, record=True)
    practice.do(respond_to_advice, entry, NewResponse(response="accepted"))
    made.advice(practice, other)
    practice.do(edit_party, 1, PartyEdit(contacts=[NewContact(kind="email", value="mine@example.com")]))
    verbs = [step.verb for step in practice.ask(list_steps, client_id=mine)]
    assert verbs == ["edit_party", "respond_to_advice", "log_advice", "add_client"]
    assert [step.verb for step in practice.ask(list_steps, client_id=other)] == ["log_advice", "add_client"]


def test_bulk_statement_is_journalled_row_by_row(practice: Practice) -> None:
    for name in ("A", "B", "C"):
        made.client(practice, name)
    done = practice.do(lambda session: session.connection().exec_driver_sql("UPDATE client SET grade = 'C'").rowcount)
    assert done.result == 3
    changes = made.rows(practice, "SELECT row_id, after FROM change WHERE step_id = ?", done.step)
    assert changes == [(1, '{"grade":"C"}'), (2, '{"grade":"C"}'), (3, '{"grade":"C"}')]
    practice.undo()
    assert made.rows(practice, "SELECT DISTINCT grade FROM client") == [("",)]


def test_next_undo_and_redo_are_told_beforehand(practice: Practice) -> None:
    made.client(practice, "First")
    step = practice.ask(undoable)
    assert step is not None
    assert step.subject == "First"
    assert practice.ask(redoable) is None
    practice.undo()
    again = practice.ask(redoable)
    assert again is not None
    assert (again.verb, again.kind) == ("add_client", "undo")


def test_step_is_stamped_with_its_moment_in_utc(practice: Practice) -> None:
    made.client(practice)
    at = practice.ask(list_steps, limit=1)[0].at
    assert len(at) == len("2026-11-21T09:12:00Z")
    assert practice.head()[2] == at
