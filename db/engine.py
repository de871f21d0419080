"""Connections to a practice file: the one recipe, its reasons, and the translation of the driver's errors."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from db.errors import Refused, Trouble
from db.vault import PLAIN_HEADER, Key

# The first SQLite without the WAL-reset corruption (fixed in 3.51.3, March 2026).
OLDEST_SQLITE = (3, 51, 3)


def connect(path: Path, key: Key | None, mode: str = "rw") -> Any:
    """A raw connection by the recipe; `mode` is ro, rw, or rwc for a new file: opening never makes one by accident."""
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("engine", version=driver.sqlite_version)
    connection = driver.connect(
        _address(path, mode),
        uri=True,
        isolation_level=None,  # we say BEGIN ourselves: the driver's own default leaves half a migration behind
        check_same_thread=False,
        timeout=10,
        cached_statements=256,
    )
    try:
        # Else the engine writes page errors to stderr, for each wrong passphrase.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.pragma}"')
            if not connection.execute("PRAGMA cipher_version").fetchone():
                raise Trouble("engine", version="")
        for pragma in (
            "foreign_keys = ON",
            "secure_delete = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "synchronous = FULL",  # NORMAL loses acknowledged work in a power cut
            "fullfsync = ON",
            "checkpoint_fullfsync = ON",
            "temp_store = MEMORY",  # no client text in a temporary file
            "cache_size = -32768",
        ):
            connection.execute("PRAGMA " + pragma)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if mode == "ro":
            connection.execute("PRAGMA query_only = ON")
        elif mode == "rw" and connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise Trouble("read-only", path=str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def _address(path: Path, mode: str) -> str:
    name = quote(str(path))
    return f"file:{'//' if name.startswith('/') else ''}{name}?mode={mode}"


def require_encrypted(path: Path) -> None:
    """Refuse to go on where an engine without encryption wrote a file that should be encrypted."""
    with path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise Trouble("engine", version=driver.sqlite_version)


def make_engine(path: Path, key: Key | None, *, writing: bool) -> Engine:
    """The writing engine (one connection, each transaction takes the write lock at once) or a pool of reading ones."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, key, "rw" if writing else "ro"),
        hide_parameters=True,  # else an error prints what the client told us
        **({"poolclass": StaticPool} if writing else {"poolclass": QueuePool, "pool_size": 2, "max_overflow": 6}),
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def fresh_reader(path: Path, key: Key | None) -> Iterator[Connection]:
    """A reading connection that remembers nothing, closed after use."""
    engine = make_engine(path, key, writing=False)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def raw(connection: Connection) -> Any:
    """The driver's own connection under SQLAlchemy's: each statement costs a fifth, where a step needs many."""
    return connection.connection.driver_connection


_SEALED = {"recorded", "history"}
# SQLite's primary result codes that tell of the world and not of a mistake in the program.
_WORLD = {
    3: "read-only",  # PERM
    5: "busy",
    6: "busy",  # LOCKED
    8: "read-only",
    9: "cancelled",  # INTERRUPT
    10: "disk",  # IOERR
    11: "damaged",  # CORRUPT
    13: "disk-full",
    14: "read-only",  # CANTOPEN: nothing can be made beside the file
    23: "read-only",  # AUTH
    24: "damaged",  # FORMAT
    26: "damaged",  # NOTADB: a page whose seal does not fit
}
_TOO_BIG, _CONSTRAINT = 18, 19


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors inside the block into Refused or Trouble about this file; a bug stays a bug."""
    try:
        yield
    except DBAPIError as error:
        raise _told(error, error.orig or error, path) from None
    except driver.Error as error:
        raise _told(error, error, path) from None
    except OSError as error:
        raise told_by_system(error, path) from None


def _told(error: Exception, cause: BaseException, path: Path) -> Exception:
    words = str(cause)
    result = result_code(cause)
    if result == _CONSTRAINT:
        return _refused(words) or error
    if result == _TOO_BIG:
        return Refused("too-long")
    code = _WORLD.get(result)
    if code is None:
        return error
    if code == "read-only" and not path.exists():
        code = "missing"
    if code == "disk" and _is_full(path):
        code = "disk-full"
    return Trouble(code, path=str(path))


# Copying page by page tells of an error in SQLite's words alone.
_WORDS = {
    "database or disk is full": 13,
    "database is locked": 5,
    "disk I/O error": 10,
    "attempt to write a readonly database": 8,
    "database disk image is malformed": 11,
    "file is not a database": 26,
    "unable to open database file": 14,
}


def result_code(error: BaseException) -> int:
    """SQLite's primary result code of a driver's error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", None) or _WORDS.get(str(error), 0)) & 0xFF


def _is_full(path: Path) -> bool:
    """Whether the disk has no page left: where SQLite maps memory beside the file it only speaks of an error."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < 8192
    return False


def _refused(words: str) -> Refused | None:
    if words in _SEALED:
        return Refused(words)
    if words.startswith("FOREIGN KEY"):
        return Refused("still-needed")
    if words.startswith("UNIQUE"):
        return Refused("already-there", words.rsplit(".", 1)[-1])
    if words.startswith("CHECK"):
        return Refused("not-understood")
    return None


_OF_SYSTEM = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EROFS: "read-only",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.ENOENT: "missing",
}


def told_by_system(error: OSError, path: Path) -> Trouble:
    """What the system said, as trouble with the file it named, or else with this one."""
    code = _OF_SYSTEM.get(error.errno or 0, "disk")
    return Trouble(code, path=str(error.filename or path), why=error.strerror or str(error))
