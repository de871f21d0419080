"""The private folder into which files are written to be opened by other programs, and which is emptied again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from db.errors import Trouble
from db.lock import Lock
from desktop import settings

_FOLDER = "opened"
# This run's own folder, and the lock beside it by which another run sees that it is in use.
_own: tuple[Path, Lock] | None = None


def folder() -> Path:
    """This run's folder, which only this user may read; made when it is first needed."""
    global _own
    if _own is None or not _own[0].is_dir():
        whole = settings.home() / _FOLDER
        whole.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError):
            whole.chmod(0o700)
        made = Path(tempfile.mkdtemp(dir=whole))
        _own = (made, Lock(made))
    return _own[0]


def write_copy(name: str, content: Iterable[bytes]) -> Path:
    """Write a copy under its own name, in a place of its own; raises Trouble where the disk refuses."""
    from db.exchange.export import safe_name

    try:
        place = Path(tempfile.mkdtemp(dir=folder())) / safe_name(name)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(content)
    except OSError as error:
        raise Trouble("unreadable", path=name, why=error.strerror or str(error)) from None
    return place


def clear() -> None:
    """Remove this run's copies, and those of runs that ended without doing so, as after a crash."""
    global _own
    if _own is not None:
        _remove(_own[0])
        _own[1].release()
        _own = None
    with suppress(OSError):
        for left in [one for one in (settings.home() / _FOLDER).iterdir() if one.is_dir()]:
            # Another program of this user may be at work with its own copies: then its lock holds.
            with suppress(Trouble):
                lock = Lock(left)
                _remove(left)
                lock.release()


def _remove(place: Path) -> None:
    for path in (one for one in place.rglob("*") if one.is_file()):
        # What another program still holds open is at least emptied.
        with suppress(OSError):
            path.write_bytes(b"\0" * path.stat().st_size)
    shutil.rmtree(place, ignore_errors=True)
