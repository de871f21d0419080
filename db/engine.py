"""Connections to a practice file: the one recipe, its reasons, and the translation of the driver's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from db.errors import Refused, Trouble
from db.vault import PLAIN_HEADER, Key

# The first SQLite without the WAL-reset corruption (fixed in 3.51.3, March 2026).
OLDEST_SQLITE = (3, 51, 3)


def connect(path: Path, key: Key | None, mode: str = "rw") -> Any:
    """A raw connection by the recipe; `mode` is ro, rw or rwc, so that opening never creates a file by accident."""
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("engine", version=driver.sqlite_version)
    connection = driver.connect(
        f"file:{quote(str(path))}?mode={mode}",
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
        elif connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise Trouble("read-only", path=str(path))
    except BaseException:
        connection.close()
        raise
    return connection


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


_SEALED = {"recorded": "recorded", "history": "history"}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors inside the block into Refused or Trouble about this file."""
    try:
        yield
    except DBAPIError as error:
        raise _told(error.orig or error, path) from None
    except driver.Error as error:
        raise _told(error, path) from None
    except OSError as error:
        raise Trouble("disk", path=str(path), why=error.strerror or str(error)) from None


def _told(error: BaseException, path: Path) -> Refused | Trouble:
    words = str(error)
    if words in _SEALED:
        return Refused(_SEALED[words])
    if isinstance(error, driver.IntegrityError):
        if "FOREIGN KEY" in words:
            return Refused("still-needed")
        if "UNIQUE" in words:
            return Refused("already-there", words.rsplit(".", 1)[-1])
        return Refused("not-understood")
    code = "damaged"
    if "full" in words:
        code = "disk-full"
    elif "locked" in words or "busy" in words:
        code = "busy"
    elif "readonly" in words or "unable to open" in words:
        code = "read-only"
    elif "interrupted" in words:
        code = "cancelled"
    elif "I/O" in words:
        code = "disk"
    elif isinstance(error, driver.ProgrammingError) or "syntax" in words or "no such" in words:
        raise error
    return Trouble(code, path=str(path))
