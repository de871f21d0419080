"""Dated backups that are opened and checked before they count, and restoring one to a new file."""

from __future__ import annotations

import datetime as dt
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from db import vault
from db.engine import connect, translated
from db.errors import Trouble
from db.vault import Key

_NAME = re.compile(r"(.+) (\d{4}-\d\d-\d\d) (\d\d)\.(\d\d)\.(\d\d)\.cliens$")
_PAGES_AT_ONCE = 4000
DAYS_KEPT = 30
MONTHS_KEPT = 12


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


def back_up(path: Path, key: Key | None, folder: Path | None = None) -> Path:
    """Copy a practice file as it stands, check the copy, and only then thin the older ones; gives the copy's path."""
    folder = folder or folder_for(path)
    folder.mkdir(parents=True, exist_ok=True)
    moment = dt.datetime.now()
    target = folder / f"{path.stem} {moment:%Y-%m-%d %H.%M.%S}.cliens"
    while target.exists():
        moment += dt.timedelta(seconds=1)
        target = folder / f"{path.stem} {moment:%Y-%m-%d %H.%M.%S}.cliens"
    source = connect(path, key, "ro")
    try:
        copy_open(source, target, key)
    finally:
        source.close()
    _thin(path, folder, moment)
    return target


def copy_open(source: Any, target: Path, key: Key | None) -> None:
    """Copy an open database to a new file under the same key; the copy appears whole and checked, or not at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        copy = connect(part, key, "rwc")
        try:
            source.backup(copy, pages=_PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        _verify(part, key, _head(source))
        _sync(part)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _verify(part: Path, key: Key | None, head: Any) -> None:
    copy = connect(part, key, "ro")
    try:
        sound = [row[0] for row in copy.execute("PRAGMA quick_check(1)")] == ["ok"]
        if key is not None and sound:
            sound = not copy.execute("PRAGMA cipher_integrity_check").fetchall()
        if not sound or _head(copy) != head:
            raise Trouble("damaged", path=str(part))
    finally:
        copy.close()


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

    The newest is always kept, and so is each from the future: a clock that was wrong must cost no backup.
    """
    keep: set[dt.datetime] = set()
    days: dict[dt.date, dt.datetime] = {}
    months: dict[tuple[int, int], dt.datetime] = {}
    for moment in sorted(moments):
        if moment.date() >= now.date():
            keep.add(moment)
        days[moment.date()] = moment
        months[moment.year, moment.month] = moment
    keep.update(moment for day, moment in days.items() if 0 <= (now.date() - day).days <= DAYS_KEPT)
    for (year, month), moment in months.items():
        if 0 <= (now.year - year) * 12 + now.month - month < MONTHS_KEPT:
            keep.add(moment)
    if moments:
        keep.add(max(moments))
    return keep


def _thin(path: Path, folder: Path, now: dt.datetime) -> None:
    dated = {entry: _moment(entry, path) for entry in list_backups(path, folder)}
    keep = to_keep([moment for moment in dated.values() if moment is not None], now)
    for entry, moment in dated.items():
        if moment is not None and moment not in keep:
            with suppress(OSError):
                entry.unlink()


def restore(backup: Path, target: Path, passphrase: str | None = None, recovery_key: str | None = None) -> Path:
    """Write a backup's practice to a new file, checked; never replaces a file."""
    if target.exists():
        raise Trouble("exists", path=str(target))
    header = vault.read_header(backup)
    key: Key | None = None
    if header != vault.PLAIN_HEADER:
        if passphrase is None and recovery_key is None:
            raise Trouble("needs-key", path=str(backup))
        key = vault.from_recovery(recovery_key, header) if recovery_key else vault.derive(passphrase or "", header)
    with translated(target):
        try:
            source = connect(backup, key, "ro")
        except Exception as error:
            if "not a database" in str(error):
                raise Trouble("wrong-key" if key else "not-a-practice", path=str(backup)) from None
            raise
        try:
            copy_open(source, target, key)
        finally:
            source.close()
    return target
