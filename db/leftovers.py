"""What an interrupted change of key leaves beside a practice file, and how it is cleared away."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def fresh_name(path: Path) -> Path:
    """Where the new file is written while the key changes; encrypted like it."""
    return path.with_name(path.name + "-rekey-new")


def former_name(path: Path) -> Path:
    """A second name that keeps the old bytes in reach once the new file has taken the first."""
    return path.with_name(path.name + "-rekey-old")


def clear_leftovers(path: Path) -> None:
    """Remove what a change of key left when it was cut off; the file itself is whole, old or new."""
    fresh, former = fresh_name(path), former_name(path)
    for leftover in (fresh, *(fresh.with_name(fresh.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)
    with suppress(OSError):
        if former.exists():
            if os.path.samefile(former, path):
                former.unlink()  # cut off before the move: these bytes are the file itself
            else:
                overwrite(former)


def overwrite(former: Path) -> None:
    """Zero a file's bytes and remove it: a practice that was plain must not stay readable on the disk."""
    with suppress(OSError):
        with former.open("rb+") as file:
            size = os.fstat(file.fileno()).st_size
            while size > 0:
                size -= file.write(bytes(min(size, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        former.unlink()
