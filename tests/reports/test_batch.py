"""Proof that many reports in one go are each whole or not there, named apart, and made without leaving a process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import Session

from db.client_lists import list_client_ids
from db.clients import NewClient, add_client
from db.errors import Refused, Trouble
from db.founding import NewPractice
from db.parties import NewParty
from db.practice import Practice
from desktop.reports import batch, hand
from desktop.reports.batch import Batch
from desktop.reports.family import Asked
from desktop.reports.making import Order

MANY = 16
PASSPHRASE = "seven quiet herons at dusk"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """An encrypted practice with clients, two of one name and one of an ugly one."""
    path = tmp_path_factory.mktemp("batch") / "practice.cliens"
    with Practice.create(path, NewPractice(name="Alder & Finch"), PASSPHRASE) as made:
        made.do(_add, [*(f"Client {number}" for number in range(MANY - 3)), "Ana Vega", "ANA VEGA", "../../a:b*?"])
        yield made


def _add(session: Session, names: list[str]) -> None:
    for name in names:
        add_client(session, NewClient(party=NewParty(kind="person", name=name), standing="client"))


def ordered(practice: Practice, folder: Path, kind: str = "client", **asked: dt.date) -> Order:
    ids = tuple(practice.ask(list_client_ids))
    return Order(kind, Asked(at=dt.datetime.now().astimezone(), **asked), ids, folder)  # type: ignore[arg-type]


def nothing(_done: int, _of: int) -> None:
    """Nobody wants to know."""


@pytest.mark.parametrize("hands", [0, 2])
def test_each_client_gets_a_file_of_his_own_alone_and_with_hands(
    practice: Practice, tmp_path: Path, hands: int
) -> None:
    order, made, told = ordered(practice, tmp_path / "out"), Batch(), list[tuple[int, int]]()
    batch.write_all(
        practice.ask, order, made, lambda *so: told.append(so), path=practice.path, key=practice.key, hands=hands
    )
    files = sorted((tmp_path / "out").iterdir())
    assert sorted(made.written) == files
    assert len(files) == MANY
    assert made.unmade == []
    assert all(
        path.read_bytes().startswith(b"%PDF-") and path.read_bytes().rstrip().endswith(b"%%EOF") for path in files
    )
    assert len({path.name.casefold() for path in files}) == MANY
    assert any("(2)" in path.name for path in files)
    assert told[0] == (0, MANY)
    assert told[-1] == (MANY, MANY)


def test_what_is_there_is_never_replaced(practice: Practice, tmp_path: Path) -> None:
    order = ordered(practice, tmp_path)
    batch.write_all(practice.ask, order, Batch(), nothing, hands=0)
    first = {path: path.read_bytes() for path in tmp_path.iterdir()}
    batch.write_all(practice.ask, order, Batch(), nothing, hands=0)
    assert len(list(tmp_path.iterdir())) == 2 * MANY
    assert all(path.read_bytes() == content for path, content in first.items())


@pytest.mark.parametrize("hands", [0, 2])
def test_client_whose_report_is_refused_is_listed_by_name_and_the_others_are_made(
    practice: Practice, tmp_path: Path, hands: int
) -> None:
    order = ordered(practice, tmp_path)
    gone = Order(order.kind, order.asked, (*order.ids, 9999), tmp_path)
    made = batch.write_all(practice.ask, gone, Batch(), nothing, path=practice.path, key=practice.key, hands=hands)
    assert len(made.written) == MANY
    (unmade,) = made.unmade
    assert unmade.why
    assert (unmade.client_id, type(unmade.error)) == (9999, Refused)


def test_batch_that_is_given_up_keeps_whole_files_and_no_process(practice: Practice, tmp_path: Path) -> None:
    class GivenUp(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == 3:
            raise GivenUp

    made = Batch()
    with pytest.raises(GivenUp):
        batch.write_all(
            practice.ask, ordered(practice, tmp_path), made, stop, path=practice.path, key=practice.key, hands=2
        )
    assert len(made.written) == 3
    assert sorted(tmp_path.iterdir()) == sorted(made.written)
    assert helping() == []


def helping() -> list[str]:
    """The processes that make reports now, as the system lists them; this test's own alone."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().split(b"\0")
            mine = f"\nPPid:\t{os.getpid()}\n" in (each.parent / "status").read_text()
        except OSError:
            continue
        if hand.ARGUMENT.encode() in words and mine:
            found.append(each.parent.name)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system says of a process")
def test_key_stands_in_no_argument_and_no_environment_of_a_hand(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENS_PASSPHRASE", PASSPHRASE)
    seen: list[bytes] = []

    def look(_done: int, _of: int) -> None:
        for number in helping():
            place = Path("/proc") / number
            # A hand that has ended meanwhile has nothing to show any more.
            with suppress(OSError):
                seen.append((place / "cmdline").read_bytes() + (place / "environ").read_bytes())

    order = ordered(practice, tmp_path)
    batch.write_all(practice.ask, order, Batch(), look, path=practice.path, key=practice.key, hands=2)
    assert seen
    assert practice.key is not None
    secrets = (PASSPHRASE.encode(), practice.key.raw, practice.key.raw.hex().encode())
    assert not any(secret in told for told in seen for secret in secrets)


def test_hand_whose_caller_is_gone_ends_by_itself(practice: Practice, tmp_path: Path) -> None:
    process = hand._start()
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == hand.READY
    hand._send(process.stdin, (practice.path, practice.key, ordered(practice, tmp_path)))
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_hands_that_cannot_be_started_leave_the_work_to_the_caller(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    order = ordered(practice, tmp_path)
    made = batch.write_all(practice.ask, order, Batch(), nothing, path=practice.path, key=practice.key, hands=2)
    assert len(made.written) == MANY


def test_hand_that_dies_leaves_its_client_to_the_caller(practice: Practice, tmp_path: Path) -> None:
    killed: list[str] = []

    def kill(done: int, _of: int) -> None:
        if done == 2 and not killed:
            killed.extend(helping())
            for number in killed:
                subprocess.run(["kill", "-9", number], check=False)

    order = ordered(practice, tmp_path)
    made = batch.write_all(practice.ask, order, Batch(), kill, path=practice.path, key=practice.key, hands=2)
    assert killed
    assert len(made.written) == MANY
    assert len(list(tmp_path.iterdir())) == MANY


def test_report_about_one_entry_is_no_batch(practice: Practice, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-batch"):
        batch.write_all(practice.ask, ordered(practice, tmp_path, "advice-note"), Batch(), nothing)


def test_folder_that_cannot_be_made_is_said_before_anything_is_begun(practice: Practice, tmp_path: Path) -> None:
    done: list[int] = []
    with pytest.raises(Trouble):
        batch.write_all(
            practice.ask, ordered(practice, tmp_path / "no" / "where"), Batch(), lambda made, _of: done.append(made)
        )
    assert not any(done)
