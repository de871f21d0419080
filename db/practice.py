"""The practice file: create, open, close; ask (read), do (write), undo and redo."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine
from sqlmodel import Session, SQLModel

from db import chain, computer, history, migrations, search, tables, vault
from db.chain import Problem
from db.engine import connect, make_engine, require_encrypted, translated
from db.errors import Refused, Trouble
from db.history import StepRow
from db.inputs import Input, Text
from db.lock import Lock
from db.places import synchronised_by
from db.vault import Key
from db.words import Profession

APPLICATION_ID = 0x436C6E73  # "Clns"

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class NewPractice(Input):
    """A practice to be made: `country` ISO 3166 in two letters, `currency` ISO 4217, `language` ISO 639."""

    name: Text
    profession: Profession = "law"
    country: Text = "GB"
    currency: Text = "GBP"
    language: Text = "en"


@dataclass(frozen=True)
class Done:
    """What a write gave: the action's result, its step (0: nothing changed) and the tables it touched."""

    result: object
    step: int
    touched: frozenset[str]


@dataclass(frozen=True)
class Checked:
    """What a check found; `ok` when there is no problem."""

    problems: list[Problem]
    steps: int
    entries: int
    digest: str

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass
class Practice:
    """One open practice file: the one writer, any number of readers, from any thread."""

    path: Path
    key: Key | None
    who: str
    warnings: list[Problem] = field(default_factory=list)
    last_backup: Path | None = None

    def __post_init__(self) -> None:
        self._mutex = threading.RLock()
        self._lock: Lock | None = None
        self._writer: Engine | None = None
        self._reader: Engine | None = None
        self._identity: os.stat_result | None = None
        self.uuid = ""

    # ------------------------------------------------------------------ making and opening

    @classmethod
    def create(cls, path: Path, new: NewPractice, passphrase: str | None, who: str | None = None) -> Practice:
        """Make a new file and open it; without a passphrase it is not encrypted. Never replaces a file."""
        path = path.absolute()
        if path.exists():
            raise Trouble("exists", path=str(path))
        if not path.parent.is_dir():
            raise Trouble("missing", path=str(path.parent))
        if passphrase is not None:
            vault.require_strength(passphrase)
        key = None if passphrase is None else vault.derive(passphrase, vault.new_salt())
        practice = cls(path, key, who or _user())
        practice._lock = Lock(path)
        try:
            with translated(path):
                fresh = connect(path, key, "rwc")
                fresh.close()
                practice._connect()
                practice._make(new)
        except BaseException:
            practice.close()
            path.unlink(missing_ok=True)
            raise
        return practice

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        recovery_key: str | None = None,
        who: str | None = None,
        accept_older: bool = False,
        backup: bool = True,
    ) -> Practice:
        """Open a file for work; each thing in the way is a `Trouble` of its own, and the file's bytes stay as they were.

        `accept_older` opens a file that is behind, or beside, what this computer saw of this practice before.
        """
        path = path.absolute()
        header = vault.read_header(path)
        plain = header == vault.PLAIN_HEADER
        if not plain and passphrase is None and recovery_key is None:
            raise Trouble("needs-key", path=str(path))
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            raise Trouble("read-only", path=str(path))
        if plain:
            key = None
        elif recovery_key is not None:
            key = vault.from_recovery(recovery_key, header)
        else:
            key = vault.derive(passphrase or "", header)
        return cls.open_with(path, key, who=who, accept_older=accept_older, backup=backup)

    @classmethod
    def open_with(
        cls, path: Path, key: Key | None, *, who: str | None = None, accept_older: bool = False, backup: bool = True
    ) -> Practice:
        """Open a file with a key that is already derived."""
        path = path.absolute()
        practice = cls(path, key, who or _user())
        practice._lock = Lock(path)
        try:
            version = practice._look(accept_older)
            if version < migrations.VERSION:
                practice._back_up()
                with translated(path):
                    migrations.migrate(path, key, version)
            practice._connect()
            service = synchronised_by(path)
            if service:
                practice.warnings.append(Problem("synchronised", {"service": service}))
            if backup and version == migrations.VERSION:
                practice._back_up_hourly()
        except BaseException:
            practice.close()
            raise
        return practice

    def _look(self, accept_older: bool) -> int:
        """Look at the file before anything is written to it; gives its schema version."""
        try:
            raw = connect(self.path, self.key, "ro")
        except driver.Error as error:
            with translated(self.path):
                if "not a database" in str(error):
                    raise Trouble("wrong-key" if self.key else "not-a-practice", path=str(self.path)) from None
                raise
        try:
            with translated(self.path):
                if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                    raise Trouble("not-a-practice", path=str(self.path))
                version = int(raw.execute("PRAGMA user_version").fetchone()[0])
                if version > migrations.VERSION:
                    raise Trouble("newer", path=str(self.path))
                self.uuid, made_at = raw.execute("SELECT uuid, created_at FROM practice").fetchone()
                known = None if accept_older else computer.remembered(self.uuid)
                if known is not None and known.step:
                    here = raw.execute("SELECT digest FROM step WHERE id = ?", (known.step,)).fetchone()
                    last, at = raw.execute(
                        "SELECT coalesce(max(id), 0), coalesce(max(at), ?) FROM step", (made_at,)
                    ).fetchone()
                    if here is None:
                        raise Trouble("older-copy", path=str(self.path), missing=known.step - last, after=at)
                    if here[0] != known.digest:
                        raise Trouble("forked", path=str(self.path), after=known.at)
                return version
        finally:
            raw.close()

    def _connect(self) -> None:
        if self.key is not None:
            require_encrypted(self.path)
        self._writer = make_engine(self.path, self.key, writing=True)
        self._reader = make_engine(self.path, self.key, writing=False)
        with translated(self.path):
            with self._writer.connect() as connection:
                row = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'practice'").first()
                if row:
                    self.uuid = connection.exec_driver_sql("SELECT uuid FROM practice").scalar_one()
            self._identity = os.stat(self.path)

    def _make(self, new: NewPractice) -> None:
        assert self._writer is not None
        self.uuid = str(uuid.uuid4())
        with self._writer.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {migrations.VERSION}")
            SQLModel.metadata.create_all(connection)
            search.make_index(connection)
            history.make_triggers(connection)
        self.do(_found_practice, new, self.uuid)

    # ------------------------------------------------------------------ reading and writing

    def ask(
        self,
        query: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run a query on a reading connection of its own; never waits for the writer, and cannot write."""
        if self._reader is None:
            raise Trouble("closed", path=str(self.path))
        with translated(self.path), Session(self._reader, autoflush=False) as session:
            return query(session, *arguments, **named)

    def do(
        self,
        action: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Done:
        """Run an action as one step: all of it is kept and durable when this returns, or nothing of it."""
        return self._step(action.__name__.strip("_"), "do", None, lambda session: action(session, *arguments, **named))

    def undo(self) -> StepRow:
        """Take back the latest step; a recorded entry is withdrawn, not erased. Gives the step taken back."""
        return self._reverse(history.undoable, "undo", "nothing-to-undo")

    def redo(self) -> StepRow:
        """Bring back the step that was undone last. Gives that step."""
        return self._reverse(history.redoable, "redo", "nothing-to-redo")

    def _reverse(self, choose: Callable[[Session], StepRow | None], kind: str, nothing: str) -> StepRow:
        with self._mutex:
            step = self.ask(choose)
            if step is None or step.verb == "found_practice":
                raise Refused(nothing)
            chosen = step
            self.last_done = self._step(
                chosen.verb, kind, chosen.id, lambda session: history.take_back(session, chosen)
            )
            return chosen

    def _step(self, verb: str, kind: str, undoes: int | None, work: Callable[[Session], object]) -> Done:
        with self._mutex, translated(self.path), self._writing() as connection:
            step = history.begin_step(connection, verb, self.who, kind, undoes)
            with Session(connection, join_transaction_mode="control_fully", expire_on_commit=False) as session:
                result = work(session)
                session.flush()
                touched = history.close_step(connection, step, session.info.get("subject", ""))
                if not touched:
                    session.rollback()
                    return Done(result, 0, frozenset())
                search.reindex(connection, touched, step)
                head = chain.head(connection)
                session.commit()
        computer.remember(self.uuid, computer.Head(*head))
        return Done(result, step, frozenset(touched))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._writer is None:
            raise Trouble("closed", path=str(self.path))
        self._require_unmoved()
        with self._writer.connect() as connection:
            try:
                yield connection
            except BaseException:
                with suppress(Exception):
                    connection.rollback()
                raise

    def _require_unmoved(self) -> None:
        # Linux lets a file be removed or replaced under us, and writes go on into nothing.
        with suppress(OSError):
            if self._identity is None or os.path.samestat(os.stat(self.path), self._identity):
                return
        raise Trouble("moved", path=str(self.path))

    # ------------------------------------------------------------------ keeping

    @property
    def recovery_key(self) -> str | None:
        """The recovery key's text, or None for a file without a passphrase."""
        return None if self.key is None else vault.to_recovery(self.key)

    def head(self) -> tuple[int, str, str]:
        """The last step's number, digest and moment."""
        return self.ask(lambda session: chain.head(session.connection()))

    def check(self) -> Checked:
        """Verify the whole file: pages, keys, index and chain; reads only, and may take seconds on a large file."""
        from db.check import check

        return self.ask(lambda session: check(session.connection(), encrypted=self.key is not None))

    def back_up(self, folder: Path | None = None) -> Path:
        """Write a dated, checked backup, encrypted with the same key; gives its path."""
        return self._back_up(folder)

    def _back_up(self, folder: Path | None = None) -> Path:
        from db.backup import back_up

        with translated(self.path):
            self.last_backup = back_up(self.path, self.key, folder)
        return self.last_backup

    def _back_up_hourly(self) -> None:
        from db.backup import latest

        self.last_backup = latest(self.path)
        if self.last_backup is not None:
            age = dt.datetime.now().timestamp() - self.last_backup.stat().st_mtime
            if 0 <= age < 3600:
                return
        try:
            self._back_up()
        except Trouble as trouble:
            # The day's work must not wait for a full backup disk; the window says so instead.
            self.warnings.append(Problem("no-backup", {"code": trouble.code, **trouble.facts}))

    def rekey(self, passphrase: str | None) -> str | None:
        """Give the file a new passphrase, a first one, or none; gives the new recovery key. Survives a crash."""
        from db.rekey import rekey

        if passphrase is not None:
            vault.require_strength(passphrase)
        with self._mutex, translated(self.path):
            self._back_up()
            self._disconnect()
            try:
                self.key = rekey(self.path, self.key, passphrase)
            finally:
                self._connect()
        return self.recovery_key

    def rescue(self, path: Path) -> Path:
        """Write what this program still holds of a file that was moved or deleted under it to a new file."""
        from db.backup import copy_open

        if self._writer is None:
            raise Trouble("closed", path=str(self.path))
        if path.exists():
            raise Trouble("exists", path=str(path))
        with self._mutex, translated(path), self._writer.connect() as connection:
            copy_open(connection.connection.driver_connection, path, self.key)
        return path

    def _disconnect(self) -> None:
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()
        self._reader = self._writer = None

    def close(self) -> None:
        """Close the file and give it back; safe to call twice."""
        with self._mutex:
            self._disconnect()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Practice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _found_practice(session: Session, new: NewPractice, identity: str) -> int:
    practice = tables.Practice(**new.model_dump(), id=1, uuid=identity, created_at=dt.datetime.now(dt.UTC))
    session.add(practice)
    history.about(session, new.name)
    return 1
