"""Who holds a practice file: a lock by the operating system beside it, gone with the process that held it."""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from db.errors import Trouble


class Lock:
    """The one writer of a practice file; made by `Lock(path)`, given back by `release()`."""

    def __init__(self, path: Path) -> None:
        self.practice = path
        self.path = path.with_name(path.name + "-lock")
        self._file = self._take()

    def _take(self) -> IO[str]:
        while True:
            try:
                file = open(self.path, "a+", encoding="utf-8")  # noqa: SIM115 (held as long as the practice is open)
            except OSError as error:
                code = "disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "read-only"
                raise Trouble(code, path=str(self.path.parent), why=error.strerror or "") from None
            try:
                _lock(file)
            except OSError:
                holder = _holder(file)
                file.close()
                raise Trouble("in-use", path=str(self.practice), **holder) from None
            # The holder before us may have removed the name between our open and our lock.
            with suppress(OSError):
                if os.path.samestat(os.fstat(file.fileno()), os.stat(self.path)):
                    break
            file.close()
        file.truncate(0)
        since = dt.datetime.now().astimezone().isoformat(timespec="minutes")
        told = {"who": user_name(), "computer": socket.gethostname(), "process": os.getpid(), "since": since}
        # The system holds the lock; on a full disk it only does not say whose it is.
        with suppress(OSError):
            os.write(file.fileno(), json.dumps(told).encode())
        return file

    def release(self) -> None:
        """Give the file back."""
        if not self._file.closed:
            with suppress(OSError):
                if sys.platform != "win32":
                    self.path.unlink()
            self._file.close()
            with suppress(OSError):
                if sys.platform == "win32":
                    self.path.unlink()


@contextmanager
def held(path: Path) -> Iterator[Lock]:
    """The lock of a file that is there; given back if the block fails, else it stays."""
    if not path.exists():
        raise Trouble("missing", path=str(path))
    lock = Lock(path)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def user_name() -> str:
    """The name of this computer's user, or nothing where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _holder(file: IO[str]) -> dict[str, object]:
    nobody: dict[str, object] = {"who": "", "computer": "", "since": ""}
    try:
        file.seek(0)
        told = json.load(file)
    except (OSError, ValueError):
        return nobody
    return {key: str(told.get(key, "")) for key in nobody} if isinstance(told, dict) else nobody


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        # Far behind the text, so that others can still read who holds it.
        file.seek(1_000_000)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
