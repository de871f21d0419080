"""Dated backups that are opened and checked before they count, and restoring one to a new file."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from db import vault
from db.engine import connect, translated
from db.errors import Trouble
from db.look import look, require_header
from db.vault import Key

_NAME = re.compile(r"(.+) (\d{4}-\d\d-\d\d) (\d\d)\.(\d\d)\.(\d\d)\.cliens$")
_AN_HOUR = 3600
# How much is copied, and how much of the check is done, between two looks at whether it is still wanted.
PAGES_AT_ONCE = 2000
STEPS_AT_ONCE = 1_000_000
DAYS_KEPT = 30
MONTHS_KEPT = 12

Progress = Callable[[int, int], None]


def folder_for(path: Path) -> Path:
    """The folder beside a practice file in which its backups lie."""
    return path.with_name(f"{path.stem} backups")


def list_backups(path: Path, folder: Path | None = None) -> list[Path]:
    """The backups of a practice file, oldest first."""
    folder = folder or folder_for(path)
    with suppress(OSError):
        return sorted(entry for entry in folder.iterdir() if _moment(entry, path) is not None)
    return []


def latest(path: Path) -> Path | None:
    """The newest backup of a practice file beside it."""
    backups = list_backups(path)
    return backups[-1] if backups else None


def fresh(path: Path) -> bool:
    """Whether the newest backup beside a practice file is less than an hour old."""
    newest = latest(path)
    return newest is not None and 0 <= time.time() - newest.stat().st_mtime < _AN_HOUR


def back_up(path: Path, key: Key | None, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """Copy a practice file as it stands, check the copy, and only then thin the older ones; gives the copy's path.

    `progress(done, of)` may raise: then nothing is left of the copy.
    """
    folder = folder or folder_for(path)
    if folder.exists() and not folder.is_dir():
        raise Trouble("exists", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    moment = dt.datetime.now()
    target = folder / f"{path.stem} {moment:%Y-%m-%d %H.%M.%S}.cliens"
    while target.exists():
        moment += dt.timedelta(seconds=1)
        target = folder / f"{path.stem} {moment:%Y-%m-%d %H.%M.%S}.cliens"
    with closing(connect(path, key, "ro")) as source:
        copy_open(source, target, key, progress)
    _thin(path, folder, moment)
    return target


def copy_open(source: Any, target: Path, key: Key | None, progress: Progress | None = None) -> None:
    """Copy an open database to a new file under the same key; the copy appears whole and checked, or not at all."""
    part = target.with_name(target.name + ".part")
    _remove(part)
    try:
        source.execute("BEGIN")
        try:
            # One snapshot for all: a step written meanwhile neither restarts the copy nor makes it look wrong.
            head = _head(source)
            with closing(connect(part, key, "rwc")) as copy:
                if progress is None:
                    source.backup(copy)
                else:
                    tell = progress
                    source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda _state, left, of: tell(of - left, of))
                copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            source.execute("ROLLBACK")
        _verify(part, key, head, progress)
        _sync(part)
        if target.exists():
            raise Trouble("exists", path=str(target))
        os.replace(part, target)
    except BaseException:
        _remove(part)
        raise


def _remove(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _verify(part: Path, key: Key | None, head: Any, progress: Progress | None) -> None:
    with closing(connect(part, key, "ro")) as copy:
        if progress is not None:
            copy.set_progress_handler(lambda: _is_unwanted(progress), STEPS_AT_ONCE)
        sound = [row[0] for row in copy.execute("PRAGMA quick_check(1)")] == ["ok"]
        if key is not None and sound:
            sound = not copy.execute("PRAGMA cipher_integrity_check").fetchall()
        if not sound or _head(copy) != head:
            raise Trouble("damaged", path=str(part))


def _is_unwanted(progress: Progress) -> bool:
    try:
        progress(1, 1)
    except BaseException:
        return True
    return False


def _head(connection: Any) -> Any:
    return connection.execute("SELECT id, digest FROM step ORDER BY id DESC LIMIT 1").fetchone()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _moment(entry: Path, path: Path) -> dt.datetime | None:
    match = _NAME.match(entry.name)
    if match is None or match[1] != path.stem:
        return None
    with suppress(ValueError):
        return dt.datetime.fromisoformat(f"{match[2]}T{match[3]}:{match[4]}:{match[5]}")
    return None


def to_keep(moments: list[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Which of these backups to keep: all of today, the last of each of 30 days, the last of each of 12 months.

    Days and months are counted by the backups themselves, and those from the future are kept: a clock that was wrong
    must cost no backup.
    """
    past = sorted(moment for moment in moments if moment.date() <= now.date())
    days = {moment.date(): moment for moment in past}
    months = {(moment.year, moment.month): moment for moment in past}
    keep = {moment for moment in moments if moment.date() >= now.date()}
    keep.update(moment for _, moment in sorted(days.items())[-DAYS_KEPT:])
    keep.update(moment for _, moment in sorted(months.items())[-MONTHS_KEPT:])
    return keep


def _thin(path: Path, folder: Path, now: dt.datetime) -> None:
    dated = {entry: _moment(entry, path) for entry in list_backups(path, folder)}
    keep = to_keep([moment for moment in dated.values() if moment is not None], now)
    for entry, moment in dated.items():
        if moment is not None and moment not in keep:
            with suppress(OSError):
                entry.unlink()
    for entry in folder.iterdir():
        # A copy that was cut off; each one that counts has lost this ending.
        name, ended, _ = entry.name.partition(".cliens.part")
        if ended and _moment(entry.with_name(name + ".cliens"), path) is not None:
            _remove(entry)


def restore(backup: Path, target: Path, passphrase: str | None = None, recovery_key: str | None = None) -> Path:
    """Write a backup's practice to a new file, checked; never replaces a file."""
    if target.exists():
        raise Trouble("exists", path=str(target))
    header = vault.read_header(backup)
    require_header(backup, header)
    key: Key | None = None
    if header != vault.PLAIN_HEADER:
        if passphrase is None and recovery_key is None:
            raise Trouble("needs-key", path=str(backup))
        key = vault.from_recovery(recovery_key, header) if recovery_key else vault.derive(passphrase or "", header)
    restore_with(backup, target, key)
    return target


def restore_with(backup: Path, target: Path, key: Key | None) -> Path:
    """The same with a key that is already derived."""
    if target.exists():
        raise Trouble("exists", path=str(target))
    look(backup, key)
    with translated(target):
        with closing(connect(backup, key, "ro")) as source:
            copy_open(source, target, key)
        connect(target, key).close()
    return target
