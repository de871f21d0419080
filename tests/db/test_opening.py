"""Whatever stands in the way of opening a file has its own name, and leaves the file's bytes as they were."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from db import engine
from db.errors import Refused, Trouble
from db.look import APPLICATION_ID
from db.practice import NewPractice, Practice
from db.vault import Key
from tests.conftest import PASSPHRASE
from tests.db import made
from tests.db.made import refused, snapshot


@pytest.fixture
def plain(empty_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "plain.cliens"))


@pytest.fixture
def sealed(sealed_file: tuple[Path, Key], tmp_path: Path) -> Path:
    return Path(shutil.copy(sealed_file[0], tmp_path / "sealed.cliens"))


def test_missing_file(tmp_path: Path) -> None:
    with refused(tmp_path / "none.cliens", "missing"):
        Practice.open(tmp_path / "none.cliens")
    with refused(tmp_path / "none.cliens", "missing"):
        Practice.open_with(tmp_path / "none.cliens", None)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.cliens"
    path.touch()
    with refused(path, "empty"):
        Practice.open(path, PASSPHRASE)


def test_folder_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "folder.cliens"
    path.mkdir()
    with refused(path, "unreadable"):
        Practice.open(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7\n" + bytes(8183)),
        ("archive.zip", b"PK\x03\x04" + bytes(8188)),
        ("letter.docx", b"PK\x03\x04" + bytes(100)),
        ("notes.txt", b"Dear Sir or Madam, " * 50),
        ("random.bin", random.Random(1).randbytes(5000)),
        ("nearly.cliens", b"SQLite format 3\x00" + bytes(8176)),
    ],
)
def test_something_else_is_not_a_practice(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with refused(path, "not-a-practice"):
        Practice.open(path, PASSPHRASE)


def test_another_database_is_not_a_practice(tmp_path: Path) -> None:
    path = tmp_path / "other.cliens"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE practice (uuid, created_at)")
    connection.commit()
    connection.close()
    with refused(path, "not-a-practice"):
        Practice.open(path)


def test_another_encrypted_database_is_not_a_practice(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "other.cliens"
    connection = made.bare(path, key)
    connection.execute("CREATE TABLE things (a)")
    connection.execute("CREATE TABLE more (a)")
    connection.close()
    with refused(path, "not-a-practice"):
        Practice.open_with(path, key)
    with refused(path, "wrong-key"):
        Practice.open(path, "not the passphrase")


def test_file_of_a_newer_version(plain: Path) -> None:
    connection = made.bare(plain)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with refused(plain, "newer"):
        Practice.open(plain)


def test_wrong_passphrase(sealed: Path, other_key: Key) -> None:
    with refused(sealed, "wrong-key"):
        Practice.open(sealed, "seven quiet heron")
    with refused(sealed, "wrong-key"):
        Practice.open_with(sealed, other_key)


def test_no_passphrase_given(sealed: Path) -> None:
    with refused(sealed, "needs-key"):
        Practice.open(sealed)


def test_right_passphrase_opens(sealed: Path) -> None:
    with Practice.open(sealed, PASSPHRASE, backup=False) as practice:
        assert practice.check().ok


def test_passphrase_typed_with_combining_accents_opens_the_same(tmp_path: Path) -> None:
    path = tmp_path / "accent.cliens"
    Practice.create(path, NewPractice(name="É"), "une clé très sûre").close()
    with Practice.open(path, "une cle\u0301 tre\u0300s su\u0302re", backup=False) as practice:
        assert practice.check().ok


def test_write_that_was_cut_off_before_the_write_ahead_journal_is_taken_back(plain: Path) -> None:
    connection = made.bare(plain)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "CREATE TABLE half AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000)"
        " SELECT i, hex(randomblob(50)) AS junk FROM n"
    )
    cut = plain.with_name("cut.cliens")
    shutil.copy(plain, cut)
    shutil.copy(f"{plain}-journal", f"{cut}-journal")
    connection.execute("ROLLBACK")
    connection.close()
    assert cut.stat().st_size > plain.stat().st_size
    with Practice.open(cut, backup=False) as practice:
        assert practice.check().ok


def test_torn_off_file_is_damaged(sealed: Path, key: Key) -> None:
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[: len(whole) // 2 + 100])
    with refused(sealed, "damaged"):
        Practice.open_with(sealed, key)


def test_damaged_first_page_is_told_from_a_wrong_passphrase(sealed: Path, key: Key, other_key: Key) -> None:
    content = bytearray(sealed.read_bytes())
    content[1000] ^= 1
    sealed.write_bytes(content)
    with refused(sealed, "damaged"):
        Practice.open_with(sealed, key)
    with refused(sealed, "wrong-key"):
        Practice.open_with(sealed, other_key)


def test_flipped_bits_are_found_in_every_page(sealed: Path, key: Key) -> None:
    whole = sealed.read_bytes()
    chance = random.Random(7)
    for _ in range(25):
        content = bytearray(whole)
        content[chance.randrange(16, len(whole))] ^= 1 << chance.randrange(8)
        sealed.write_bytes(content)
        assert _found(sealed, key) & {"damaged", "cipher-page"}


def _found(path: Path, key: Key) -> set[str]:
    """What opening, or else checking, says of a file."""
    before = snapshot(path.parent)
    try:
        practice = Practice.open_with(path, key, backup=False)
    except Trouble as trouble:
        return {trouble.code} if snapshot(path.parent) == before else {"touched"}
    with practice:
        return {problem.code for problem in practice.check().problems}


_HOLD = """
import sys
from pathlib import Path
from db.practice import Practice
practice = Practice.open(Path(sys.argv[1]), backup=False)
print("open", flush=True)
sys.stdin.read()
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    return holder


def test_file_in_use_says_by_whom_where_and_since_when(plain: Path) -> None:
    holder = _holder(plain)
    try:
        before = snapshot(plain.parent)
        with pytest.raises(Trouble) as trouble:
            Practice.open(plain)
        assert trouble.value.code == "in-use"
        assert trouble.value.facts["path"] == str(plain)
        assert trouble.value.facts["who"]
        assert trouble.value.facts["computer"]
        assert str(trouble.value.facts["since"]).startswith("20")
        assert snapshot(plain.parent) == before
    finally:
        holder.communicate()


def test_file_of_a_killed_program_opens_without_asking(plain: Path) -> None:
    holder = _holder(plain)
    holder.kill()
    holder.communicate()
    with Practice.open(plain, backup=False) as practice:
        assert practice.check().ok


def test_same_program_does_not_open_a_file_twice(practice: Practice) -> None:
    with pytest.raises(Trouble) as trouble:
        Practice.open(practice.path)
    assert trouble.value.code == "in-use"
    made.client(practice)
    assert practice.check().ok


def test_link_to_a_file_in_use_is_in_use(practice: Practice, tmp_path: Path) -> None:
    link = tmp_path / "link.cliens"
    link.symlink_to(practice.path)
    with pytest.raises(Trouble) as trouble:
        Practice.open(link)
    assert trouble.value.code == "in-use"


def test_read_only_file_or_folder(plain: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        place = tmp_path / "medium"
        place.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True).returncode:
            pytest.skip("root writes everywhere here, and may not mount")
        try:
            there = Path(shutil.copy(plain, place / "plain.cliens"))
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
            with refused(there, "read-only"):
                Practice.open(there)
            with refused(there, "read-only"):
                Practice.open_with(there, None)
        finally:
            subprocess.run(["umount", place], check=True)
        return
    plain.chmod(0o444)
    with refused(plain, "read-only"):
        Practice.open(plain)
    plain.chmod(0o644)
    plain.parent.chmod(0o555)
    try:
        with refused(plain, "read-only"):
            Practice.open(plain)
    finally:
        plain.parent.chmod(0o755)


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Alder & Finch", "Nextcloud", "Google Drive"])
def test_synchronised_folder_is_warned_of(plain: Path, tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "office"
    place.mkdir(parents=True)
    with Practice.open(Path(shutil.copy(plain, place / "p.cliens")), backup=False) as practice:
        assert [problem.code for problem in practice.warnings] == ["synchronised"]


def test_ordinary_folder_is_not_warned_of(plain: Path) -> None:
    with Practice.open(plain, backup=False) as practice:
        assert practice.warnings == []


def test_engine_without_encryption_is_refused(sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "driver", sqlite3)
    monkeypatch.setattr(engine, "OLDEST_SQLITE", (3, 0))
    monkeypatch.setattr("db.look.driver", sqlite3)
    with refused(sealed, "engine"):
        Practice.open(sealed, PASSPHRASE)
    with pytest.raises(Trouble) as trouble:
        Practice.create(tmp_path / "new.cliens", NewPractice(name="New"), PASSPHRASE)
    assert trouble.value.code == "engine"
    assert not (tmp_path / "new.cliens").exists()


def test_engine_with_the_corrupting_fault_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "OLDEST_SQLITE", (99, 0))
    with refused(plain, "engine"):
        Practice.open(plain)


def test_file_that_is_plain_where_a_key_was_given_is_refused(plain: Path, key: Key) -> None:
    with refused(plain, "wrong-key"):
        Practice.open_with(plain, key)


def test_path_with_strange_letters_opens(plain: Path, tmp_path: Path) -> None:
    place = tmp_path / "Żółć & Söhne #1 100% ?mode=ro"
    place.mkdir()
    with Practice.open(Path(shutil.copy(plain, place / "it's.cliens")), backup=False) as practice:
        made.client(practice)
        practice.back_up()
        assert practice.check().ok


def test_recipe_is_kept_on_every_connection(sealed: Path, key: Key) -> None:
    wanted: dict[str, Any] = {
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "temp_store": 2,
        "journal_mode": "wal",
        "application_id": APPLICATION_ID,
    }
    for mode in ("rw", "ro"):
        connection = engine.connect(sealed, key, mode)
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
        connection.close()


def test_refused_statement_shows_no_key_and_no_content(sealed_practice: Practice, key: Key) -> None:
    with pytest.raises(Exception, match="syntax") as bug:
        made.rows(sealed_practice, "SELECT ? FROM FROM", "told in trust")
    assert "told in trust" not in str(bug.value)
    assert key.raw.hex() not in repr(sealed_practice)
    assert json.dumps(key.raw.hex()) not in json.dumps(repr(key))


def test_wrong_recovery_key_is_refused_before_the_file_is_touched(sealed: Path) -> None:
    before = snapshot(sealed.parent)
    with pytest.raises(Refused, match="recovery-key-form"):
        Practice.open(sealed, recovery_key="ABCDEF")
    assert snapshot(sealed.parent) == before


def test_driver_is_the_one_that_encrypts() -> None:
    connection = driver.connect(":memory:")
    assert connection.execute("PRAGMA cipher_version").fetchone()
    assert driver.sqlite_version_info >= engine.OLDEST_SQLITE
    connection.close()
