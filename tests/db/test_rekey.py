"""A new passphrase, a first one, or none: the file is whole under the old key or the new one, at every moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import Session

from db import leftovers, vault
from db.errors import Refused, Trouble
from db.practice import Practice
from db.rekey import rekey_with
from db.vault import PLAIN_HEADER, Key
from tests.conftest import PASSPHRASE
from tests.db import made

NEW = "eight louder herons"


def _names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())


def test_new_passphrase_replaces_the_old_one(sealed_practice: Practice) -> None:
    entry = made.advice(sealed_practice, made.client(sealed_practice), record=True)
    before, head = sealed_practice.recovery_key, sealed_practice.head()
    after = sealed_practice.rekey(NEW)
    assert after == sealed_practice.recovery_key != before
    assert sealed_practice.head() == head
    assert sealed_practice.check().ok
    made.client(sealed_practice, "Somebody New")
    sealed_practice.undo()
    sealed_practice.close()
    assert _names(sealed_practice.path) == ["sealed.cliens"]
    with pytest.raises(Trouble, match="wrong-key"):
        Practice.open(sealed_practice.path, PASSPHRASE)
    with Practice.open(sealed_practice.path, NEW, backup=False) as again:
        assert made.value(again, "SELECT id FROM advice") == entry
        assert again.check().ok


def test_first_passphrase_seals_a_plain_file_and_overwrites_what_was_readable(practice: Practice) -> None:
    made.client(practice, "Readable Till Now")
    with practice.path.open("rb") as old:
        assert practice.rekey(NEW)
        assert not old.read().strip(b"\0")
    practice.close()
    content = practice.path.read_bytes()
    assert not content.startswith(PLAIN_HEADER)
    assert b"Readable Till Now" not in content
    assert _names(practice.path) == ["practice.cliens"]
    with Practice.open(practice.path, NEW, backup=False) as again:
        assert again.check().ok


def test_passphrase_can_be_taken_away(sealed_practice: Practice) -> None:
    made.client(sealed_practice)
    assert sealed_practice.rekey(None) is None
    assert sealed_practice.check().ok
    sealed_practice.close()
    with Practice.open(sealed_practice.path, backup=False) as again:
        assert made.value(again, "SELECT name FROM party") == "Mateusz Zolc"


def test_weak_passphrase_changes_nothing(sealed_practice: Practice, key: Key) -> None:
    with pytest.raises(Refused, match="weak-passphrase"):
        sealed_practice.rekey("weak")
    assert sealed_practice.key == key
    made.client(sealed_practice)


def test_backup_is_made_first(sealed_practice: Practice, key: Key) -> None:
    sealed_practice.rekey(NEW)
    assert sealed_practice.last_backup is not None
    with Practice.open_with(sealed_practice.last_backup, key, backup=False) as backup:
        assert backup.check().ok


def test_readers_wait_for_the_new_key_and_go_on(practice: Practice) -> None:
    made.client(practice)
    wrong: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert made.value(practice, "SELECT name FROM party") == "Mateusz Zolc"
        except BaseException as error:
            wrong.append(error)

    def check() -> None:
        try:
            while not done.is_set():
                assert practice.check().ok
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for work in (read, read, check)]
    for thread in threads:
        thread.start()
    practice.rekey(NEW)
    time.sleep(0.05)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert practice.check().ok


def test_reading_that_does_not_end_keeps_the_old_key(
    sealed_practice: Practice, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.turns._PATIENCE", 0.1)
    begun, ended = threading.Event(), threading.Event()

    def read(session: Session) -> None:
        begun.set()
        ended.wait(10)

    reader = threading.Thread(target=sealed_practice.ask, args=(read,))
    reader.start()
    begun.wait()
    with pytest.raises(Trouble, match="busy"):
        sealed_practice.rekey(NEW)
    ended.set()
    reader.join()
    assert sealed_practice.key == key
    made.client(sealed_practice, "Goes On")
    assert sealed_practice.check().ok


def test_full_disk_leaves_the_old_key(sealed_practice: Practice, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    made.client(sealed_practice)
    path = sealed_practice.path
    blocked = leftovers.fresh_name(path)
    blocked.mkdir()  # nothing can be written there
    with pytest.raises(Trouble):
        sealed_practice.rekey(NEW)
    blocked.rmdir()
    assert sealed_practice.key == key
    made.client(sealed_practice, "Goes On")
    assert sealed_practice.check().ok


def _change_keys_for_ever(path: Path, first: Key, second: Key) -> int:
    """Start a process that changes the key to and fro; gives its id."""
    process = os.fork()
    if not process:
        try:
            while True:
                rekey_with(path, first, second)
                rekey_with(path, second, first)
        finally:
            os._exit(1)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL")
def test_killed_change_of_key_leaves_the_old_or_the_new_file_whole(
    sealed_practice: Practice, key: Key, other_key: Key
) -> None:
    client = made.client(sealed_practice)
    made.advice(sealed_practice, client, told="word " * 2_000)
    head = sealed_practice.head()
    sealed_practice.close()
    path = sealed_practice.path
    chance = random.Random(11)
    opened = {key: 0, other_key: 0}
    left = set()
    started = time.perf_counter()
    rekey_with(path, key, other_key)
    rekey_with(path, other_key, key)
    both = time.perf_counter() - started
    first = key
    for turn in range(128):
        if turn >= 32 and all(opened.values()):
            break
        second = other_key if first == key else key
        worker = _change_keys_for_ever(path, first, second)
        # A computer that is busier now than when it was measured gets more time, turn by turn.
        time.sleep(chance.random() * both * (1 + turn // 16))
        os.kill(worker, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -signal.SIGKILL
        left |= {name.removeprefix("sealed.cliens") for name in _names(path)}
        with suppress(Trouble):
            Practice.open_with(path, second, backup=False).close()
            first = second
        with Practice.open_with(path, first, backup=False) as practice:
            opened[first] += 1
            assert practice.head() == head
            assert practice.check().ok
            assert made.value(practice, "SELECT count(*) FROM advice") == 1
        assert _names(path) == ["sealed.cliens"]
    assert all(opened.values()), "the kills fell on one side only"
    assert left & {"-rekey-new", "-rekey-old"}


def test_leftover_that_is_the_file_itself_is_not_overwritten(sealed_practice: Practice, key: Key) -> None:
    sealed_practice.close()
    path = sealed_practice.path
    os.link(path, leftovers.former_name(path))
    leftovers.fresh_name(path).write_bytes(b"half a file")
    with Practice.open_with(path, key, backup=False) as again:
        assert again.check().ok
    assert _names(path) == ["sealed.cliens"]


def test_leftover_of_the_old_bytes_is_overwritten_and_removed(practice: Practice, tmp_path: Path) -> None:
    made.client(practice, "Readable Till Now")
    practice.close()
    former = leftovers.former_name(practice.path)
    shutil.copy(practice.path, former)
    witness = tmp_path / "witness"
    os.link(former, witness)
    with Practice.open(practice.path, backup=False) as again:
        assert again.check().ok
    assert not former.exists()
    assert not witness.read_bytes().strip(b"\0")


def test_all_kinds_of_change_keep_every_row(practice: Practice, key: Key, other_key: Key) -> None:
    for number in range(5):
        made.advice(practice, made.client(practice, f"Client {number}"), record=number % 2 == 0)
    practice.undo()
    head = practice.head()
    practice.close()
    current: Key | None = None
    for following in (key, other_key, None, other_key, None):
        assert rekey_with(practice.path, current, following) == following
        current = following
        with Practice.open_with(practice.path, current, backup=False) as again:
            assert again.head() == head
            assert again.check().ok
            assert again.redo().verb == "log_advice"
            again.undo()
            head = again.head()
    assert practice.path.read_bytes().startswith(PLAIN_HEADER)
    assert len(key.raw) == vault.KEY_BYTES
