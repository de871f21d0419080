"""The journal tells who changed which record when, and what was there before."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session

from db.advice import NewAdvice, NewResponse, log_advice, respond_to_advice
from db.clients import ClientEdit, NewClient, add_client, edit_client
from db.exchange.bring import import_file
from db.exchange.reading import read_source
from db.history import list_steps, record_history, redoable, undoable
from db.parties import NewContact, NewParty, PartyEdit, edit_party
from db.practice import Practice
from tests.db import made
from tests.pace import paced


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


def test_undo_of_many_changes_at_once_keeps_what_is_held_and_removes_the_rest(practice: Practice) -> None:
    def begin_work(session: Session) -> None:
        for number in range(6):
            party = NewParty(
                name=f"Client {number}", contacts=[NewContact(kind="email", value=f"c{number}@mail.example")]
            )
            client = add_client(session, NewClient(party=party))
            new = NewAdvice(client_id=client, question=f"Sell {number}?", advice="No.", record=number % 2 == 0)
            log_advice(session, new)

    names = "SELECT p.name FROM client c JOIN party p ON p.id = c.party_id ORDER BY p.name"
    entries = "SELECT question, state, withdrawn_at IS NOT NULL FROM advice ORDER BY question"
    practice.do(begin_work)
    before = made.rows(practice, names), made.rows(practice, "SELECT party_id, value FROM contact_point ORDER BY id")
    practice.undo()
    assert made.rows(practice, names) == [("Client 0",), ("Client 2",), ("Client 4",)]
    assert made.rows(practice, entries) == [(f"Sell {number}?", "recorded", 1) for number in (0, 2, 4)]
    assert made.rows(practice, "SELECT value FROM contact_point") == []
    practice.redo()
    after = made.rows(practice, names), made.rows(practice, "SELECT party_id, value FROM contact_point ORDER BY id")
    assert after == before
    kept = [(f"Sell {number}?", "draft" if number % 2 else "recorded", 0) for number in range(6)]
    assert made.rows(practice, entries) == kept
    assert practice.check().ok


def test_undo_of_many_rows_takes_no_longer_than_bringing_them_in(practice: Practice, tmp_path: Path) -> None:
    client = made.client(practice)
    table = tmp_path / "advice.csv"
    lines = [f"C-0001,2026-03-02,Sell share {number}?,Not before ruling {number}.,yes\n" for number in range(2000)]
    table.write_text("client,given_at,question,advice,recorded\n" + "".join(lines), encoding="utf-8")
    _brought, bringing = paced(lambda: practice.do(import_file, read_source(table, "advice")))
    _undone, undoing = paced(practice.undo)
    assert undoing < bringing
    assert made.value(practice, "SELECT count(*) FROM advice WHERE client_id = ? AND withdrawn_at IS NULL", client) == 0
