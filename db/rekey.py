"""A new passphrase for a practice file: a whole new file under the new key takes the old one's place in one move."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from db import vault
from db.engine import connect
from db.errors import Trouble
from db.vault import Key


def rekey(path: Path, key: Key | None, passphrase: str | None) -> Key | None:
    """Write the closed file anew under another passphrase (None: without one) and put it in the old one's place.

    A crash at any moment leaves the old file or the new one under this name, whole, never a mixture: the new file is
    written beside it, checked, synced, and moved over in one step. The old bytes are overwritten as far as the disk allows.
    """
    fresh = None if passphrase is None else vault.derive(passphrase, vault.new_salt())
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    source = connect(path, key)
    try:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        identity, version = (
            source.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        source.execute("ATTACH ? AS fresh KEY ?", (str(part), "" if fresh is None else fresh.pragma))
        source.execute("SELECT sqlcipher_export('fresh')")
        source.execute(f"PRAGMA fresh.application_id = {identity}")
        source.execute(f"PRAGMA fresh.user_version = {version}")
        source.execute("DETACH fresh")
        count = source.execute("SELECT count(*), max(digest) FROM step").fetchone()
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        source.close()
    _verify(part, fresh, count)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    # A second name keeps the old bytes in reach once the new file has taken the first.
    old = path.with_name(path.name + ".old")
    old.unlink(missing_ok=True)
    with suppress(OSError):
        os.link(path, old)
    os.replace(part, path)
    _sync_folder(path.parent)
    _overwrite(old)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return fresh


def _verify(part: Path, key: Key | None, count: object) -> None:
    copy = connect(part, key, "ro")
    try:
        sound = [row[0] for row in copy.execute("PRAGMA quick_check(1)")] == ["ok"]
        if not sound or copy.execute("SELECT count(*), max(digest) FROM step").fetchone() != count:
            raise Trouble("damaged", path=str(part))
    finally:
        copy.close()


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows has no handle for a folder, and needs none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _overwrite(old: Path) -> None:
    """Zero the old file's bytes and remove it: a practice that was plain must not stay readable on the disk."""
    with suppress(OSError):
        with old.open("rb+") as file:
            size = os.fstat(file.fileno()).st_size
            while size > 0:
                size -= file.write(bytes(min(size, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        old.unlink()
