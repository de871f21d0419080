"""The first look at a practice file, before anything is written: what it is, and whether it is the latest."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from db import computer, migrations
from db.engine import connect, result_code, translated
from db.errors import Trouble
from db.vault import PAGE_BYTES, PLAIN_HEADER, Key

APPLICATION_ID = 0x436C6E73  # "Clns"
_PAGES_TRIED = 32
_NOT_A_DATABASE = 26


@dataclass(frozen=True)
class Seen:
    """What a first look told: the file's schema version and the practice's identity."""

    version: int
    uuid: str


def look(path: Path, key: Key | None, *, accept_older: bool = True) -> Seen:
    """Look at a file without changing a byte; raises the `Trouble` that stands in the way of opening it.

    Unless `accept_older`, a file that is behind, or beside, what this computer saw of this practice is refused.
    """
    wal, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    clean = not wal.exists() and not index.exists()
    try:
        with translated(path), closing(_connect(path, key)) as raw:
            return _seen(raw, path, accept_older)
    finally:
        # A reader may not remove what it made beside the file; whoever opens next would wonder.
        if clean and wal.exists() and not wal.stat().st_size:
            wal.unlink(missing_ok=True)
            index.unlink(missing_ok=True)


def _connect(path: Path, key: Key | None) -> Any:
    try:
        if path.with_name(path.name + "-journal").exists():
            # Cut off in the middle of a write: the engine takes it back, which a reader may not.
            connect(path, key).close()
        return connect(path, key, "ro")
    except driver.Error as error:
        if result_code(error) != _NOT_A_DATABASE:
            raise
        if key is None:
            raise Trouble("not-a-practice", path=str(path)) from None
        raise Trouble("damaged" if _fits_elsewhere(path, key) else "wrong-key", path=str(path)) from None


def _fits_elsewhere(path: Path, key: Key) -> bool:
    """Whether the key fits a later page although it does not fit the first: then the first one is damaged."""
    with tempfile.TemporaryDirectory() as folder:
        # The pages are copied as they are, encrypted, because the engine checks either none or all of a file.
        start = Path(folder) / "start"
        with path.open("rb") as file:
            start.write_bytes(key.salt + file.read(_PAGES_TRIED * PAGE_BYTES)[len(key.salt) :])
        with closing(driver.connect(str(start))) as raw:
            raw.execute("PRAGMA cipher_log_level = NONE")
            raw.execute(f'PRAGMA key = "{key.pragma}"')
            broken = len(raw.execute("PRAGMA cipher_integrity_check").fetchall())
            return broken < start.stat().st_size // PAGE_BYTES


def _seen(raw: Any, path: Path, accept_older: bool) -> Seen:
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Trouble("not-a-practice", path=str(path))
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if version > migrations.VERSION:
        raise Trouble("newer", path=str(path))
    row = raw.execute("SELECT uuid, created_at FROM practice").fetchone()
    if row is None:
        raise Trouble("damaged", path=str(path))
    uuid, made_at = str(row[0]), row[1]
    known = None if accept_older else computer.remembered(uuid)
    if known is not None and known.step:
        here = raw.execute("SELECT digest FROM step WHERE id = ?", (known.step,)).fetchone()
        if here is None:
            last, at = raw.execute("SELECT coalesce(max(id), 0), coalesce(max(at), ?) FROM step", (made_at,)).fetchone()
            raise Trouble("older-copy", path=str(path), missing=known.step - last, after=at)
        if here[0] != known.digest:
            raise Trouble("forked", path=str(path), after=known.at)
    return Seen(version, uuid)


def require_header(path: Path, header: bytes) -> None:
    """Refuse a file whose size or first bytes show that it is something else, or a part of a practice file."""
    if header == PLAIN_HEADER:
        return
    size = path.stat().st_size
    if header.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"BEGIN:VCARD")):
        raise Trouble("not-a-practice", path=str(path))
    if size % PAGE_BYTES or size < 2 * PAGE_BYTES:
        raise Trouble("damaged" if path.suffix == ".cliens" else "not-a-practice", path=str(path))


def require_writable(path: Path) -> None:
    """Refuse a file, or a folder, in which nothing can be written."""
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise Trouble("read-only", path=str(path))


def real(path: Path) -> Path:
    """The file itself behind a link: two links to one file must meet at one lock."""
    return path.resolve() if path.is_symlink() else path.absolute()
