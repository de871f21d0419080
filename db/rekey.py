"""A new passphrase for a practice file: a whole new file under the new key takes the old one's place in one move."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from db import vault
from db.engine import connect
from db.errors import Trouble
from db.leftovers import clear_leftovers, former_name, fresh_name, overwrite
from db.vault import Key


def rekey(path: Path, key: Key | None, passphrase: str | None) -> Key | None:
    """Write the closed file anew under another passphrase (None: without one) and put it in the old one's place."""
    fresh = None if passphrase is None else vault.derive(passphrase, vault.new_salt())
    return rekey_with(path, key, fresh)


def rekey_with(path: Path, key: Key | None, fresh: Key | None) -> Key | None:
    """The same with a key that is already derived; gives that key.

    A crash at any moment leaves the old file or the new one under this name, whole, never a mixture: the new file is
    written beside it, checked, synced, and moved over in one step. The old bytes are overwritten as far as the disk
    allows.
    """
    clear_leftovers(path)
    part, former = fresh_name(path), former_name(path)
    try:
        with closing(connect(path, key)) as source:
            # A journal left beside the new file would be read as its own.
            if source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise Trouble("busy", path=str(path))
            told = _export(source, part, fresh)
        _verify(part, fresh, told)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        with suppress(OSError):
            os.link(path, former)
        os.replace(part, path)
    except BaseException:
        clear_leftovers(path)
        raise
    _sync_folder(path.parent)
    overwrite(former)
    return fresh


def _export(source: Any, part: Path, fresh: Key | None) -> object:
    identity, version = (source.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    source.execute("ATTACH ? AS fresh KEY ?", (str(part), "" if fresh is None else fresh.pragma))
    # Each table would be synced by itself; the whole file is, before it counts.
    source.execute("PRAGMA fresh.synchronous = OFF")
    source.execute("PRAGMA fresh.journal_mode = OFF")
    source.execute("SELECT sqlcipher_export('fresh')")
    source.execute(f"PRAGMA fresh.application_id = {identity}")
    source.execute(f"PRAGMA fresh.user_version = {version}")
    source.execute("DETACH fresh")
    return _content(source)


def _content(connection: Any) -> object:
    """How many rows each table holds, and the chain's head: what a copy must have too."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name"
    ).fetchall()
    counts = [(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in tables]
    return counts, connection.execute("SELECT id, digest FROM step ORDER BY id DESC LIMIT 1").fetchone()


def _verify(part: Path, key: Key | None, told: object) -> None:
    # Opened for writing, so that its journal mode is set here and not under the practice's own name.
    with closing(connect(part, key)) as copy:
        sound = [row[0] for row in copy.execute("PRAGMA quick_check(1)")] == ["ok"]
        if not sound or _content(copy) != told:
            raise Trouble("damaged", path=str(part))


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows has no handle for a folder, and needs none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
