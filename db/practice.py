"""The practice file: create, open, close; ask (read), do (write), undo and redo."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from db import chain, computer, derived, history, migrations, vault
from db.backup import Progress
from db.chain import Checked, Problem
from db.engine import connect, fresh_reader, make_engine, raw, require_encrypted, translated
from db.errors import Refused, Trouble
from db.founding import NewPractice as NewPractice
from db.founding import found_practice, lay_out
from db.history import StepRow
from db.leftovers import clear_leftovers
from db.lock import Lock, held, user_name
from db.look import look, real, require_header, require_writable
from db.places import synchronised_by
from db.turns import Turns
from db.vault import Key

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Done:
    """What a write gave: the action's result, its step (0: nothing changed) and the tables it touched."""

    result: object
    step: int
    touched: frozenset[str]


class _StepSession(Session):
    def commit(self) -> None:
        raise RuntimeError("an action never commits: its step does, when all of it is done")


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
        self._turns = Turns()
        self.uuid = ""
        self.last_done: Done | None = None

    # ------------------------------------------------------------------ making and opening

    @classmethod
    def create(cls, path: Path, new: NewPractice, passphrase: str | None, who: str | None = None) -> Practice:
        """Make a new file and open it; without a passphrase it is not encrypted. Never replaces a file."""
        path = real(path)
        if path.exists():
            raise Trouble("exists", path=str(path))
        if not path.parent.is_dir():
            raise Trouble("missing", path=str(path.parent))
        if passphrase is not None:
            vault.require_strength(passphrase)
        key = None if passphrase is None else vault.derive(passphrase, vault.new_salt())
        practice = cls(path, key, who or user_name())
        practice._lock = Lock(path)
        try:
            with translated(path):
                fresh = connect(path, key, "rwc")
                fresh.close()
                practice._connect()
                practice._make(new)
        except BaseException:
            practice._disconnect()
            path.unlink(missing_ok=True)
            practice.close()
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
        """Open a file for work; each thing in the way is a `Trouble` of its own, and its bytes stay as they were.

        `accept_older` opens a file that is behind, or beside, what this computer saw of this practice before.
        """
        path = real(path)
        with held(path) as lock:
            header = vault.read_header(path)
            plain = header == vault.PLAIN_HEADER
            if not plain and passphrase is None and recovery_key is None:
                require_header(path, header)
                raise Trouble("needs-key", path=str(path))
            require_writable(path)
            require_header(path, header)
            if plain:
                key = None
            elif recovery_key is not None:
                key = vault.from_recovery(recovery_key, header)
            else:
                key = vault.derive(passphrase or "", header)
            return cls._open(lock, path, key, who, accept_older, backup)

    @classmethod
    def open_with(
        cls, path: Path, key: Key | None, *, who: str | None = None, accept_older: bool = False, backup: bool = True
    ) -> Practice:
        """Open a file with a key that is already derived."""
        path = real(path)
        with held(path) as lock:
            header = vault.read_header(path)
            require_writable(path)
            require_header(path, header)
            if key is not None and header == vault.PLAIN_HEADER:
                raise Trouble("wrong-key", path=str(path))
            return cls._open(lock, path, key, who, accept_older, backup)

    @classmethod
    def _open(
        cls, lock: Lock, path: Path, key: Key | None, who: str | None, accept_older: bool, backup: bool
    ) -> Practice:
        practice = cls(path, key, who or user_name())
        practice._lock = lock
        try:
            seen = look(path, key, accept_older=accept_older)
            practice.uuid = seen.uuid
            clear_leftovers(path)
            if seen.version < migrations.VERSION:
                practice._back_up()
                with translated(path):
                    migrations.migrate(path, key, seen.version)
            practice._connect()
            service = synchronised_by(path)
            if service:
                practice.warnings.append(Problem("synchronised", {"service": service}))
            if backup and seen.version == migrations.VERSION:
                practice.back_up_hourly()
        except BaseException:
            practice.close()
            raise
        return practice

    def _connect(self) -> None:
        if self.key is not None:
            require_encrypted(self.path)
        self._writer = make_engine(self.path, self.key, writing=True)
        self._reader = make_engine(self.path, self.key, writing=False)
        with translated(self.path), self._writer.connect():
            self._identity = os.stat(self.path)

    def _make(self, new: NewPractice) -> None:
        self.uuid = str(uuid.uuid4())
        self._step("found_practice", "do", None, lambda session: found_practice(session, new, self.uuid), lay_out)

    # ------------------------------------------------------------------ reading and writing

    def ask(
        self,
        query: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run a query on a reading connection of its own; never waits for the writer, and cannot write."""
        with self._turns.reading(), translated(self.path):
            if self._reader is None:
                raise Trouble("closed", path=str(self.path))
            with Session(self._reader, autoflush=False) as session:
                return query(session, *arguments, **named)

    def do(
        self,
        action: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Done:
        """Run an action as one step: all of it is kept and durable when this returns, or nothing of it."""
        return self._step(action.__name__.strip("_"), "do", None, lambda session: action(session, *arguments, **named))

    def jot(
        self,
        action: Callable[Concatenate[Session, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Write what is no part of the history, such as a sentence half typed: durable, but no step, and not undone.

        The journal's own triggers refuse whatever would belong into it.
        """
        with self._mutex, translated(self.path), self._writing() as connection:
            with _StepSession(connection, join_transaction_mode="control_fully", expire_on_commit=False) as session:
                result = action(session, *arguments, **named)
                session.flush()
                Session.commit(session)
            return result

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

    def _step(
        self,
        verb: str,
        kind: str,
        undoes: int | None,
        work: Callable[[Session], object],
        prepare: Callable[[Connection], None] = lambda connection: None,
    ) -> Done:
        with self._mutex, translated(self.path), self._writing() as connection:
            prepare(connection)
            step = history.begin_step(connection, verb, self.who, kind, undoes)
            with _StepSession(connection, join_transaction_mode="control_fully", expire_on_commit=False) as session:
                result = work(session)
                session.flush()
                # An undoing is kept even where nothing was left to take back: else it would be chosen again for ever.
                subject = session.info.get("subject", "")
                closed = history.close_step(connection, step, subject, empty=undoes is not None)
                if not closed.digest:
                    session.rollback()
                    return Done(result, 0, frozenset())
                derived.keep_up(connection, closed.touched, step.id)
                Session.commit(session)
            computer.remember(self.uuid, computer.Head(step.id, closed.digest, step.at))
        return Done(result, step.id, frozenset(closed.touched))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._writer is None:
            raise Trouble("closed", path=str(self.path))
        self._require_unmoved()
        with self._writer.connect() as connection:
            try:
                connection.begin()
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

    def check(self, progress: Progress | None = None) -> Checked:
        """Verify the whole file: pages, keys, index and chain; only reads. What `progress` raises ends it soon."""
        from db.check import check

        held = self._mutex.acquire()
        try:
            with self._turns.reading(), translated(self.path):
                if self._writer is None:
                    raise Trouble("closed", path=str(self.path))
                # Pages are verified as they lie in the file: after a power cut the journal must be in it first.
                with self._writer.connect() as connection:
                    settled = raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
                # A reader that stayed open remembers the index as it was, and its check would call it damaged.
                with fresh_reader(self.path, self.key) as connection:
                    # The first reading fixes what is seen; with an empty journal nobody moves the pages until it ends.
                    connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
                    if settled:
                        self._mutex.release()
                        held = False
                    return check(connection, encrypted=self.key is not None, progress=progress)
        finally:
            if held:
                self._mutex.release()

    def back_up(self, folder: Path | None = None) -> Path:
        """Write a dated, checked backup, encrypted with the same key; gives its path."""
        return self._back_up(folder)

    def _back_up(self, folder: Path | None = None, progress: Progress | None = None) -> Path:
        from db.backup import back_up

        with translated(self.path):
            self.last_backup = back_up(self.path, self.key, folder, progress)
        return self.last_backup

    def back_up_hourly(self, progress: Progress | None = None) -> None:
        """Write a backup if the newest is an hour old; where it cannot be written, `warnings` says so.

        `progress(done, of)` may raise, to give it up: nothing is left of the copy then.
        """
        from db.backup import fresh, latest

        self.last_backup = latest(self.path)
        if fresh(self.path):
            return
        try:
            self._back_up(progress=progress)
        except Trouble as trouble:
            if progress is not None:
                progress(1, 1)  # one who gave it up wants to hear of no trouble
            # The day's work must not wait for a full backup disk; the window says so instead.
            self.warnings.append(Problem("no-backup", {"code": trouble.code, **trouble.facts}))

    def rekey(self, passphrase: str | None) -> str | None:
        """Give the file a new passphrase, a first one, or none; gives the new recovery key. Survives a crash."""
        from db.rekey import rekey

        if passphrase is not None:
            vault.require_strength(passphrase)
        with self._mutex, translated(self.path):
            self._back_up()
        with self._mutex, self._turns.alone() as idle, translated(self.path):
            if not idle:
                raise Trouble("busy", path=str(self.path))
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
        with self._mutex, self._turns.alone():
            self._disconnect()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Practice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
