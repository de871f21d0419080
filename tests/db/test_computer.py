"""This computer remembers how far a practice had come, and notices a file that is behind or beside that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import computer
from db.errors import Trouble
from db.practice import Practice
from tests.db import made
from tests.db.made import refused


def test_older_copy_is_noticed_before_anything_is_written(practice: Practice) -> None:
    made.client(practice)
    practice.close()
    older = practice.path.read_bytes()
    for name in ("Second", "Third"):
        with Practice.open(practice.path, backup=False) as again:
            made.client(again, name)
    practice.path.write_bytes(older)
    with refused(practice.path, "older-copy", missing=2):
        Practice.open(practice.path)
    with Practice.open(practice.path, accept_older=True, backup=False) as accepted:
        assert made.value(accepted, "SELECT count(*) FROM client") == 1


def test_file_without_its_journal_is_an_older_copy(practice: Practice) -> None:
    made.client(practice)
    copy = practice.path.read_bytes()  # as a synchroniser copies it: the journal left behind
    head = practice.head()
    practice.close()
    practice.path.write_bytes(copy)
    with pytest.raises(Trouble) as trouble:
        Practice.open(practice.path)
    assert trouble.value.code in {"older-copy", "not-a-practice", "damaged"}
    assert head[0] == 2


def test_copy_that_went_its_own_way_is_noticed(practice: Practice, home: Path) -> None:
    made.client(practice)
    practice.close()
    fork = practice.path.with_name("fork.cliens")
    shutil.copy(practice.path, fork)
    with Practice.open(practice.path, backup=False) as here:
        made.client(here, "Here")
    memory = (home / "heads").rename(home / "aside")
    with Practice.open(fork, backup=False) as there:
        made.client(there, "There")
    shutil.rmtree(home / "heads")
    memory.rename(home / "heads")
    with refused(fork, "forked"):
        Practice.open(fork)


def test_unreadable_memory_is_no_reason_to_stop(practice: Practice, home: Path) -> None:
    made.client(practice)
    practice.close()
    for path in (home / "heads").iterdir():
        path.write_bytes(b"\xff\x00 torn")
    with Practice.open(practice.path, backup=False) as again:
        made.client(again, "Another")
        assert computer.remembered(again.uuid) == computer.Head(*again.head())


def test_identity_in_the_file_cannot_choose_where_memory_is_written(home: Path) -> None:
    computer.remember("../../escape", computer.Head(1, "d", "t"))
    assert [path.parent.name for path in home.rglob("*") if path.is_file()] == ["heads"]
