"""A practice file does each action as one step, all or nothing, and takes it back on request."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlmodel import Session, select

from db.advice import AdviceEdit, NewResponse, edit_advice, record_advice, respond_to_advice
from db.clients import ClientEdit, edit_client
from db.errors import Refused, Trouble
from db.history import list_steps
from db.practice import NewPractice, Practice
from db.tables import Advice, Client, Party, Person
from tests.db import made


def test_new_practice_holds_its_one_row_and_one_step(practice: Practice) -> None:
    assert made.rows(practice, "SELECT name, country FROM practice") == [("Alder & Finch", "GB")]
    assert practice.head()[0] == 1
    assert practice.check().ok


def test_action_is_one_step_with_all_its_tables(practice: Practice) -> None:
    before = practice.head()[0]
    made.client(practice)
    assert practice.head()[0] == before + 1
    step = practice.ask(list_steps, limit=1)[0]
    assert (step.verb, step.who, step.subject) == ("add_client", "Tess", "Mateusz Zolc")
    assert {row[0] for row in made.rows(practice, "SELECT noun FROM change WHERE step_id = ?", step.id)} == {
        "party",
        "client",
        "standing_change",
    }


def test_done_tells_result_step_and_touched_tables(practice: Practice) -> None:
    client = made.client(practice)
    done = practice.do(edit_client, client, ClientEdit(notes="Likes short letters."))
    assert (done.result, done.step, done.touched) == (client, practice.head()[0], frozenset({"client"}))


def test_action_that_changes_nothing_leaves_no_step(practice: Practice) -> None:
    client = made.client(practice)
    head = practice.head()
    assert practice.do(edit_client, client, ClientEdit(notes="")).step == 0
    assert practice.head() == head


def test_exception_rolls_back_the_whole_step(practice: Practice) -> None:
    def half(session: Session) -> None:
        session.add(Person(name="Nobody"))
        session.flush()
        raise RuntimeError("in the middle")

    head = practice.head()
    with pytest.raises(RuntimeError, match="in the middle"):
        practice.do(half)
    assert practice.head() == head
    assert made.value(practice, "SELECT count(*) FROM person") == 0
    made.client(practice)
    assert practice.check().ok


def test_action_that_commits_is_stopped(practice: Practice) -> None:
    def hasty(session: Session) -> None:
        session.add(Person(name="Half"))
        session.commit()

    with pytest.raises(RuntimeError, match="never commits"):
        practice.do(hasty)
    assert made.value(practice, "SELECT count(*) FROM person") == 0


def test_refusal_leaves_no_trace(practice: Practice) -> None:
    client = made.client(practice)
    head = practice.head()
    with pytest.raises(Refused):
        made.client(practice, "")
    with pytest.raises(Refused):
        practice.do(respond_to_advice, 99, NewResponse(response="accepted"))
    assert practice.head() == head
    assert client == 1


def test_step_survives_closing(practice: Practice) -> None:
    made.client(practice)
    practice.close()
    with Practice.open(practice.path, backup=False) as again:
        assert made.value(again, "SELECT name FROM party") == "Mateusz Zolc"
        assert again.check().ok


def test_closing_leaves_one_file(practice: Practice) -> None:
    made.client(practice)
    practice.close()
    practice.close()
    assert [path.name for path in practice.path.parent.iterdir() if path.is_file()] == ["practice.cliens"]


def test_closed_practice_says_so(practice: Practice) -> None:
    practice.close()
    for use in (lambda: made.client(practice), practice.head, practice.undo, practice.check):
        with pytest.raises(Trouble) as trouble:
            use()
        assert trouble.value.code == "closed"


def _content(practice: Practice) -> dict[str, list[tuple[object, ...]]]:
    return {
        noun: made.rows(practice, f"SELECT * FROM {noun} ORDER BY id")
        for noun in ("party", "client", "standing_change", "advice", "advice_response", "follow_up")
    }


def test_undo_and_redo_walk_through_every_step_also_after_reopening(practice: Practice) -> None:
    stations = [_content(practice)]
    client = made.client(practice)
    stations.append(_content(practice))
    practice.do(edit_client, client, ClientEdit(notes="Prefers calls.", rhythm_days=30))
    stations.append(_content(practice))
    draft = made.advice(practice, client)
    stations.append(_content(practice))
    practice.do(edit_advice, draft, AdviceEdit(risks="Costs of the appeal."))
    stations.append(_content(practice))
    practice.do(_remove_all, client)
    stations.append(_content(practice))
    for station in reversed(stations[:-1]):
        practice.undo()
        assert _content(practice) == station
    with pytest.raises(Refused, match="nothing-to-undo"):
        practice.undo()
    practice.close()
    with Practice.open(practice.path, backup=False) as again:
        for station in stations[1:]:
            again.redo()
            assert _content(again) == station
        with pytest.raises(Refused, match="nothing-to-redo"):
            again.redo()
        for station in reversed(stations[:-1]):
            again.undo()
            assert _content(again) == station
        assert again.check().ok


def _remove_all(session: Session, client_id: int) -> None:
    client = session.get_one(Client, client_id)
    for advice in session.exec(select(Advice)).all():
        session.delete(advice)
    session.flush()
    session.delete(client)  # its standing changes go with it
    session.flush()
    session.delete(session.get_one(Party, client.party_id))


def test_new_step_ends_redo(practice: Practice) -> None:
    made.client(practice)
    practice.undo()
    made.client(practice, "Somebody Else")
    with pytest.raises(Refused, match="nothing-to-redo"):
        practice.redo()


def test_founding_cannot_be_undone(practice: Practice) -> None:
    with pytest.raises(Refused, match="nothing-to-undo"):
        practice.undo()


def test_undo_gives_the_step_and_keeps_it_in_the_history(practice: Practice) -> None:
    made.client(practice)
    taken = practice.undo()
    assert (taken.verb, taken.subject) == ("add_client", "Mateusz Zolc")
    undoing, done = practice.ask(list_steps, limit=2)
    assert (undoing.kind, done.kind, done.undone) == ("undo", "do", True)
    assert practice.last_done is not None
    assert {"party", "client"} <= practice.last_done.touched


def test_undo_withdraws_a_recorded_entry_and_redo_brings_it_back(practice: Practice) -> None:
    entry = made.advice(practice, made.client(practice), record=True)
    practice.undo()
    state, withdrawn = made.rows(practice, "SELECT state, withdrawn_at FROM advice WHERE id = ?", entry)[0]
    assert state == "recorded"
    assert withdrawn
    practice.redo()
    assert made.rows(practice, "SELECT state, withdrawn_at FROM advice") == [("recorded", None)]
    assert practice.check().ok


def test_entry_keeps_the_moment_at_which_it_was_first_withdrawn(practice: Practice) -> None:
    draft = made.advice(practice, made.client(practice))
    practice.do(record_advice, draft)
    practice.undo()
    first = made.value(practice, "SELECT withdrawn_at FROM advice")
    time.sleep(1.1)
    assert practice.undo().verb == "log_advice"
    assert made.value(practice, "SELECT withdrawn_at FROM advice") == first


def test_undo_goes_on_past_a_withdrawn_entry(practice: Practice) -> None:
    client = made.client(practice)
    draft = made.advice(practice, client)
    practice.do(record_advice, draft)
    practice.do(respond_to_advice, draft, NewResponse(response="accepted"))
    verbs = [practice.undo().verb for _ in range(4)]
    assert verbs == ["respond_to_advice", "record_advice", "log_advice", "add_client"]
    with pytest.raises(Refused, match="nothing-to-undo"):
        practice.undo()
    assert made.value(practice, "SELECT count(*) FROM advice WHERE withdrawn_at IS NOT NULL") == 1
    assert made.value(practice, "SELECT count(*) FROM client") == 1  # what the entry stands on stays with it
    for _ in range(4):
        practice.redo()
    assert made.rows(practice, "SELECT state, withdrawn_at FROM advice") == [("recorded", None)]
    assert made.rows(practice, "SELECT response, withdrawn_at FROM advice_response") == [("accepted", None)]
    assert practice.check().ok


def test_reading_cannot_write(practice: Practice) -> None:
    with pytest.raises(Trouble):
        made.rows(practice, "DELETE FROM practice")
    assert made.value(practice, "SELECT count(*) FROM practice") == 1


def test_mistake_in_a_query_is_a_bug_and_no_trouble(practice: Practice) -> None:
    with pytest.raises(Exception, match="no such table") as bug:
        made.rows(practice, "SELECT * FROM nowhere")
    assert not isinstance(bug.value, Trouble | Refused)


def test_missing_value_in_an_action_is_a_bug_that_shows_no_content(practice: Practice) -> None:
    def careless(session: Session) -> None:
        session.connection().exec_driver_sql(
            "INSERT INTO person (name, initials, email, colour, active) VALUES (?, ?, ?, ?, NULL)",
            ("told in trust", "", "", ""),
        )

    with pytest.raises(Exception, match="NOT NULL") as bug:
        practice.do(careless)
    assert not isinstance(bug.value, Trouble | Refused)
    assert "told in trust" not in str(bug.value)


def test_readers_and_a_writer_work_side_by_side_from_many_threads(practice: Practice) -> None:
    wrong: list[BaseException] = []
    seen: list[list[int]] = []
    done = threading.Event()

    def read() -> None:
        counts: list[int] = []
        seen.append(counts)
        try:
            while not done.is_set():
                counts.append(int(str(made.value(practice, "SELECT count(*) FROM party"))))
        except BaseException as error:
            wrong.append(error)

    def write(start: int) -> None:
        try:
            for number in range(start, start + 10):
                made.client(practice, f"Person {number}")
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    writers = [threading.Thread(target=write, args=(start,)) for start in (0, 100)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert all(counts == sorted(counts) for counts in seen)
    assert all(seen)
    assert made.value(practice, "SELECT count(*) FROM party") == 20
    assert practice.check().ok


def test_file_taken_away_is_noticed_before_writing_and_can_be_rescued(practice: Practice, tmp_path: Path) -> None:
    made.client(practice)
    practice.path.rename(tmp_path / "elsewhere.cliens")
    with pytest.raises(Trouble) as trouble:
        made.client(practice, "Somebody Else")
    assert trouble.value.code == "moved"
    rescued = practice.rescue(tmp_path / "rescued.cliens")
    practice.close()
    with Practice.open(rescued, backup=False) as again:
        assert made.value(again, "SELECT name FROM party") == "Mateusz Zolc"
        assert again.check().ok


def test_file_replaced_under_us_is_noticed(practice: Practice, empty_file: Path) -> None:
    practice.path.unlink()
    practice.path.write_bytes(empty_file.read_bytes())
    with pytest.raises(Trouble) as trouble:
        made.client(practice)
    assert trouble.value.code == "moved"


def test_create_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.cliens"
    path.write_bytes(b"my only copy")
    with pytest.raises(Trouble) as trouble:
        Practice.create(path, NewPractice(name="New"), None)
    assert trouble.value.code == "exists"
    assert path.read_bytes() == b"my only copy"


def test_create_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        Practice.create(tmp_path / "none" / "mine.cliens", NewPractice(name="New"), None)
    assert trouble.value.code == "missing"


def test_weak_passphrase_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    for weak in ("", "short", "aaaaaaaaaaaaaaaaaa"):
        with pytest.raises(Refused, match="weak-passphrase"):
            Practice.create(tmp_path / "mine.cliens", NewPractice(name="New"), weak)
    assert list(tmp_path.glob("mine*")) == []


def test_name_is_required() -> None:
    with pytest.raises(Refused, match="required: name"):
        NewPractice(name="  ")
