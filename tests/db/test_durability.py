"""When a step was acknowledged it stays, whatever kills the program, fills the disk or cuts the power."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.errors import Trouble
from db.practice import Practice
from db.vault import Key
from tests.db import made

KILLS = 200
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL")


def _write_for_ever(path: Path, key: Key, acknowledge: int, work: Callable[[Practice, int], object]) -> int:
    """Start a process that works and acknowledges each step's number on a pipe; gives its id."""
    process = os.fork()
    if not process:
        try:
            practice = Practice.open_with(path, key, who="Tess", backup=False)
            os.write(acknowledge, b"open\n")
            number = 0
            while True:
                work(practice, number)
                number += 1
                os.write(acknowledge, f"{practice.head()[0]}\n".encode())
        finally:
            os._exit(1)
    return process


def _work(practice: Practice, number: int) -> None:
    if number % 5 == 4:
        practice.undo()
    else:
        made.advice(practice, 1, f"Question {number}?", "An answer of some length. " * 20, record=number % 2 == 0)


@_POSIX
def test_no_acknowledged_step_is_lost_in_200_kills(sealed_practice: Practice, key: Key) -> None:
    made.client(sealed_practice)
    start = sealed_practice.head()[0]
    sealed_practice.close()
    fresh = Path(shutil.copy(sealed_practice.path, sealed_practice.path.with_name("fresh")))
    chance = random.Random(3)
    steps = in_between = 0
    path, acknowledged = fresh, start
    for kill in range(KILLS):
        if kill % 20 == 0:
            # A new file now and then, so that each check stays quick.
            path = Path(shutil.copy(fresh, fresh.with_name(f"killed {kill}.cliens")))
            acknowledged = start
            shutil.rmtree(fresh.with_name("home"), ignore_errors=True)
        read, write = os.pipe()
        process = _write_for_ever(path, key, write, _work)
        os.close(write)
        with os.fdopen(read) as answers:
            assert answers.readline() == "open\n"
            # Some steps first, however slow the machine, and then a moment anywhere in the ones that follow.
            told = [int(answers.readline()) for _ in range(chance.randrange(4))]
            time.sleep(chance.random() * 0.015)
            os.kill(process, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
            told += [int(line) for line in answers if line.endswith("\n")]
        with Practice.open_with(path, key, backup=False) as practice:
            last = practice.head()[0]
            assert last >= max([acknowledged, *told]), kill
            problems = practice.check().problems
            assert problems == [], kill
        steps += len(told)
        in_between += last > max([acknowledged, *told])
        acknowledged = last
    assert steps > KILLS, "the killed programs hardly came to write"
    assert in_between, "no kill fell between a commit and its acknowledgement"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(disk: Path, leave: int) -> None:
    """Fill a disk but for about so many bytes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(bytes(max(0, free - leave)))


def _write_until_full(practice: Practice, client: int, acknowledged: list[tuple[int, str, str]]) -> None:
    for number in range(60):
        made.advice(practice, client, f"Question {number}?", "word " * 2_000)
        acknowledged.append(practice.head())


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_full_disk_is_told_and_harms_nothing_that_was_there(sealed_file: tuple[Path, Key], small_disk: Path) -> None:
    path = Path(shutil.copy(sealed_file[0], small_disk / "practice.cliens"))
    chance = random.Random(5)
    with Practice.open_with(path, sealed_file[1], backup=False) as practice:
        client = made.client(practice)
        told = 0
        for _ in range(12):
            _fill(small_disk, chance.randrange(0, 120_000))
            acknowledged = [practice.head()]
            with pytest.raises(Trouble) as trouble:
                _write_until_full(practice, client, acknowledged)
            assert trouble.value.code == "disk-full"
            told += 1
            assert practice.head() == acknowledged[-1]
            (small_disk / "filler").unlink()
            # With room again, work goes on where it stopped.
            made.client(practice, "Goes On")
            assert practice.check().ok
            practice.undo()
            if os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize < 300_000:
                break
        assert told


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_file_opens_and_closes_on_a_full_disk(sealed_file: tuple[Path, Key], small_disk: Path) -> None:
    path = Path(shutil.copy(sealed_file[0], small_disk / "practice.cliens"))
    key = sealed_file[1]
    with Practice.open_with(path, key, backup=False) as practice:
        made.client(practice)
        _fill(small_disk, 0)
        with pytest.raises(Trouble, match="disk-full"):
            _write_until_full(practice, 1, [])
        head = practice.head()
    (small_disk / "filler").unlink()
    with Practice.open_with(path, key, backup=False) as practice:
        assert practice.head() == head
        assert practice.check().ok


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_file_on_a_disk_without_a_byte_left_is_told_so_at_opening(
    sealed_file: tuple[Path, Key], small_disk: Path
) -> None:
    path = Path(shutil.copy(sealed_file[0], small_disk / "practice.cliens"))
    _fill(small_disk, 0)
    for _ in range(2):
        with pytest.raises(Trouble, match="disk-full"):
            Practice.open_with(path, sealed_file[1], backup=False)
    (small_disk / "filler").unlink()
    with Practice.open_with(path, sealed_file[1], backup=False) as practice:
        assert practice.check().ok


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_backup_and_new_key_on_a_full_disk_leave_the_practice_as_it_was(
    sealed_file: tuple[Path, Key], small_disk: Path
) -> None:
    path = Path(shutil.copy(sealed_file[0], small_disk / "practice.cliens"))
    with Practice.open_with(path, sealed_file[1], backup=False) as practice:
        made.client(practice)
        _fill(small_disk, 100_000)
        with pytest.raises(Trouble, match="disk-full"):
            practice.back_up()
        with pytest.raises(Trouble, match="disk-full"):
            practice.rekey("nine distant herons")
        assert practice.key == sealed_file[1]
        assert practice.check().ok
    (small_disk / "filler").unlink()
    left = {entry.name for entry in small_disk.rglob("*") if entry.is_file()}
    assert left == {"practice.cliens"}


@_POSIX
def test_failing_disk_is_told_and_harms_nothing_that_was_there(sealed_practice: Practice, key: Key) -> None:
    import resource

    client = made.client(sealed_practice)
    sealed_practice.close()
    path = sealed_practice.path
    read, write = os.pipe()
    process = os.fork()
    if not process:
        try:
            practice = Practice.open_with(path, key, backup=False)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
            told = []
            for _ in range(3):
                try:
                    _write_until_full(practice, client, [])
                except Trouble as trouble:
                    told.append(f"{trouble.code} {practice.head()[0]}")
            os.write(write, "\n".join(told).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as answers:
        told = answers.read().splitlines()
    os.waitpid(process, 0)
    assert len(told) == 3
    assert {line.split()[0] for line in told} <= {"disk", "disk-full"}
    with Practice.open_with(path, key, backup=False) as practice:
        assert practice.head()[0] == int(told[-1].split()[1])
        assert practice.check().ok
        made.client(practice, "Goes On")


def _cut(path: Path, to: Path, size: int, chance: random.Random) -> Path:
    """The file and its journal as a power cut leaves them: the journal's unsynced tail missing, torn or garbled."""
    shutil.copy(path, to)
    journal = bytearray(path.with_name(path.name + "-wal").read_bytes())
    tail = len(journal) - size
    for start in range(size, len(journal), 512):
        if chance.random() < 0.5:
            journal[start : start + 512] = chance.randbytes(min(512, len(journal) - start))
    kept = journal[: size + (chance.randrange(tail + 1) if tail else 0)]
    to.with_name(to.name + "-wal").write_bytes(kept)
    return to


def test_power_cut_loses_nothing_acknowledged(sealed_practice: Practice, key: Key, tmp_path: Path) -> None:
    client = made.client(sealed_practice)
    journal = sealed_practice.path.with_name(sealed_practice.path.name + "-wal")
    chance = random.Random(9)
    for number in range(15):
        made.advice(sealed_practice, client, f"Question {number}?", "word " * 500)
        head, size = sealed_practice.head(), journal.stat().st_size
        # Everything that stands in the journal when a step returns was synced; what comes after may be lost.
        before = journal.read_bytes()
        made.advice(sealed_practice, client, f"Unacknowledged {number}?", "word " * 500)
        assert journal.read_bytes()[:size] == before
        for attempt in range(4):
            cut = _cut(sealed_practice.path, tmp_path / f"cut {number} {attempt}.cliens", size, chance)
            with Practice.open_with(cut, key, accept_older=True, backup=False) as left:
                assert head[0] <= left.head()[0] <= head[0] + 1
                assert left.check().ok


_STEPS = """
import os, sys
from pathlib import Path
from db.parties import NewParty, add_party
from db.practice import Practice
with Practice.open(Path(sys.argv[1]), backup=False) as practice:
    for number in range(5):
        practice.do(add_party, NewParty(name=f"Party {number}"))
        os.write(1, b"acknowledged\\n")
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_journal_is_synced_before_each_step_returns(practice: Practice, tmp_path: Path) -> None:
    practice.close()
    trace = tmp_path / "trace"
    watched = subprocess.run(
        [
            *("strace", "-f", "-y", "-o", str(trace), "-e", "trace=pwrite64,write,fsync,fdatasync"),
            *(sys.executable, "-c", _STEPS, str(practice.path)),
        ],
        capture_output=True,
    )
    if b"ptrace" in watched.stderr:
        pytest.skip("strace may not watch here")
    assert watched.returncode == 0, watched.stderr
    on_journal, acknowledged = "", 0
    for line in trace.read_text().splitlines():
        if "acknowledged" in line:
            acknowledged += 1
            assert "sync" in on_journal, "acknowledged before it was synced"
        elif "-wal>" in line:
            on_journal = line.split("(")[0]
    assert acknowledged == 5
