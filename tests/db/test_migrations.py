"""A file of every released version opens, and becomes today's in one transaction after a checked backup."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from db import backup, migrations
from db.errors import Trouble
from db.history import record_history
from db.practice import Practice
from db.search import find
from db.vault import Key
from tests.db import made

if TYPE_CHECKING:
    from alembic.operations import Operations

FILES = Path(__file__).parent.parent / "files"
FILES_PASSPHRASE = "an old file must open"


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_every_released_versions_file_opens(version: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(FILES / f"{version:04d}.cliens", tmp_path / "old.cliens"))
    with Practice.open(path, backup=False) as practice:
        assert practice.check().problems == []
        assert made.rows(practice, "SELECT state FROM advice ORDER BY id") == [("recorded",), ("draft",)]
        assert practice.ask(find, "zolc settle").total == 1
        assert made.misplaced(practice) == []
        practice.undo()
        practice.redo()
        made.client(practice, "Written Today")
        assert practice.check().problems == []
        assert made.misplaced(practice) == []


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_every_released_versions_encrypted_file_opens_by_passphrase_and_recovery_key(
    version: int, tmp_path: Path
) -> None:
    path = Path(shutil.copy(FILES / f"{version:04d}-sealed.cliens", tmp_path / "old.cliens"))
    recovery = (FILES / f"{version:04d}-sealed.recovery").read_text().strip()
    with Practice.open(path, FILES_PASSPHRASE, backup=False) as practice:
        assert practice.recovery_key == recovery
        assert practice.check().problems == []
    with Practice.open(path, recovery_key=recovery, backup=False) as practice:
        assert made.value(practice, "SELECT name FROM party") == "Mateusz Zolc"


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_an_old_file_gets_the_very_shape_of_a_new_one(version: int, tmp_path: Path, practice: Practice) -> None:
    path = Path(shutil.copy(FILES / f"{version:04d}.cliens", tmp_path / "old.cliens"))

    def columns(of: Practice) -> dict[object, set[object]]:
        # A column that came later stands last in an old file: its place is no part of the shape.
        sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite%'"
        return {
            name: {row[1:] for row in made.rows(of, f"PRAGMA table_xinfo('{name}')")} for (name,) in made.rows(of, sql)
        }

    with Practice.open(path, backup=False) as old:
        assert columns(old) == columns(practice)


def _add_motto(operations: Operations) -> None:
    with operations.batch_alter_table("party") as party:
        party.add_column(sa.Column("motto", sa.String, nullable=False, server_default="none yet"))


def _fail_half_way(operations: Operations) -> None:
    _add_motto(operations)
    operations.execute("DELETE FROM follow_up")
    operations.execute("UPDATE party SET name = 'lost'")
    raise RuntimeError("half way")


def _orphan(operations: Operations) -> None:
    operations.execute("DELETE FROM party")


@pytest.fixture
def old(practice: Practice) -> Path:
    """A closed file of the version before, with an entry in it."""
    made.advice(practice, made.client(practice), record=True)
    practice.close()
    return practice.path


@pytest.fixture
def motto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A next version of the program, in which a party has a motto."""
    from sqlmodel import SQLModel

    table = SQLModel.metadata.tables["party"]
    column: sa.Column[Any] = sa.Column("motto", sa.String, nullable=False, server_default="none yet")
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    monkeypatch.setitem(migrations.CHANGES, migrations.VERSION, _add_motto)
    table.append_column(column)
    yield
    table._columns.remove(column)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_older_file_is_backed_up_and_becomes_todays(old: Path, motto: None) -> None:
    before = _digest(old)
    with Practice.open(old) as practice:
        (copy,) = backup.list_backups(old)
        assert practice.last_backup == copy
        assert made.value(practice, "SELECT motto FROM party") == "none yet"
        assert made.value(practice, "PRAGMA user_version") == migrations.VERSION
        assert practice.ask(find, "zolc settle").total == 1
        assert practice.check().problems == []
        # The triggers know the new column: its change is journalled and can be undone.
        practice.do(lambda session: session.connection().exec_driver_sql("UPDATE party SET motto = 'Onward'").rowcount)
        assert practice.ask(record_history, "party", 1)[-1].before == {"motto": "none yet"}
        practice.undo()
        assert made.value(practice, "SELECT motto FROM party") == "none yet"
        assert practice.check().problems == []
        with pytest.raises(Exception, match="recorded"):
            practice.do(lambda session: session.connection().exec_driver_sql("DELETE FROM advice").rowcount)
    assert _digest(old) != before
    connection = made.bare(copy)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == migrations.VERSION - 1
    assert connection.execute("SELECT name FROM party").fetchone()[0] == "Mateusz Zolc"
    connection.close()


@pytest.mark.parametrize("change", [_fail_half_way, _orphan])
def test_failing_migration_leaves_the_old_file_as_it_was(
    old: Path, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _digest(old)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "VERSION", migrations.VERSION + 1)
        patch.setitem(migrations.CHANGES, migrations.VERSION, change)
        with pytest.raises((RuntimeError, Trouble)):
            Practice.open(old)
    assert _digest(old) == before
    assert [path.name for path in old.parent.iterdir() if path.is_file()] == [old.name]
    with Practice.open(old, backup=False) as practice:
        assert practice.check().problems == []
        assert made.value(practice, "SELECT name FROM party") == "Mateusz Zolc"


def test_no_backup_no_migration(old: Path, motto: None) -> None:
    before = _digest(old)
    backup.folder_for(old).write_text("a file where the folder should be")
    with pytest.raises(Trouble):
        Practice.open(old)
    assert _digest(old) == before


def test_encrypted_file_is_migrated_and_stays_encrypted(sealed_practice: Practice, key: Key, motto: None) -> None:
    path = sealed_practice.path
    sealed_practice.close()
    connection = made.bare(path, key)
    connection.execute(f"PRAGMA user_version = {migrations.VERSION - 1}")
    connection.close()
    salt = path.read_bytes()[:16]
    with Practice.open_with(path, key) as practice:
        assert practice.check().problems == []
    assert path.read_bytes()[:16] == salt == key.salt
