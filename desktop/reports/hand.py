"""Another process that makes reports of a batch: started, given the key by a pipe, and gone when the pipe closes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from db.engine import make_engine, translated
from db.vault import Key
from desktop.reports.making import Fresh, Order, make_one

# What the program is called with to be a hand; nobody types it.
ARGUMENT = "--make-reports"
READY = b"ready\n"
_SECRETS = ("CLIENS_PASSPHRASE", "CLIENS_RECOVERY_KEY")


class Hand:
    """One helping process. The key reaches it by its standard input alone: no argument and no environment has it."""

    def __init__(self, path: Path, key: Key | None, order: Order) -> None:
        self._told = (path, key, order)
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def work(self, waiting: deque[int], give: Callable[[Fresh], object]) -> None:
        """Make reports for as long as clients wait; a process that fails ends its part, and the rest is others'."""
        try:
            process = self._process = _start()
            assert process.stdin is not None
            assert process.stdout is not None
            if self._ended or process.stdout.readline() != READY:
                return
            _send(process.stdin, self._told)
            while waiting and not self._ended:
                _send(process.stdin, waiting.popleft())
                give(pickle.load(process.stdout))
        except (OSError, ValueError, EOFError, IndexError, pickle.UnpicklingError):
            # It could not be started, was ended, or another hand took the last client: what is left is made by others.
            return
        finally:
            self.end()

    def end(self) -> None:
        """End the process, whatever it is doing; it holds nothing that could be lost."""
        self._ended = True
        process = self._process
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    frozen = bool(getattr(sys, "frozen", False))
    command = [sys.executable, ARGUMENT] if frozen else [sys.executable, "-m", "desktop", ARGUMENT]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=None if frozen else Path(__file__).resolve().parents[2],
        env={name: value for name, value in os.environ.items() if name not in _SECRETS},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _send(pipe: IO[bytes], told: Any) -> None:
    pickle.dump(told, pipe)
    pipe.flush()


def serve() -> int:
    """Be a hand: read what is to be made from the standard input, and end when that closes, as with the caller."""
    # The streams of a program without a console are not there; its pipes are.
    with os.fdopen(0, "rb", closefd=False) as asked, os.fdopen(os.dup(1), "wb") as answers:
        # Whatever else is printed must not come between the answers.
        os.dup2(2, 1)
        answers.write(READY)
        answers.flush()
        with suppress(EOFError, OSError):
            path, key, order = pickle.load(asked)
            _make(path, key, order, asked, answers)
    return 0


def _make(path: Path, key: Key | None, order: Order, asked: IO[bytes], answers: IO[bytes]) -> None:
    from desktop.reports.family import kind_of

    kind, engine = kind_of(order.kind), make_engine(path, key, writing=False)

    def ask(query: Callable[..., Any], *values: Any, **named: Any) -> Any:
        with translated(path), Session(engine, autoflush=False) as session:
            return query(session, *values, **named)

    try:
        while True:
            client_id = pickle.load(asked)
            _send(answers, make_one(ask, kind, replace(order.asked, client_id=client_id)))
    finally:
        engine.dispose()
