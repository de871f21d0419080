"""What this computer remembers outside the file: where its own folder is and how far each practice had come."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


def folder() -> Path:
    """This computer's folder for Cliens; the environment variable CLIENS_HOME names another."""
    chosen = os.environ.get("CLIENS_HOME")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "Cliens"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Cliens"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "cliens"


@dataclass(frozen=True)
class Head:
    """The last step of a practice that this computer saw: its number, digest and moment."""

    step: int
    digest: str
    at: str


def remembered(uuid: str) -> Head | None:
    """The head last seen here of the practice with this identity, or None where it was never seen."""
    with suppress(OSError, KeyError, TypeError, ValueError):
        entry = json.loads(_place(uuid).read_text(encoding="utf-8"))
        return Head(int(entry["step"]), str(entry["digest"]), str(entry["at"]))
    return None


def remember(uuid: str, head: Head) -> None:
    """Keep the head of a practice; a folder that cannot be written is no reason to stop working.

    One write of fixed width into a file of the practice's own: this stands in the way of each step, so it is not
    synced. After a power cut an older head may be left here, which raises no false alarm.
    """
    told = json.dumps({"step": head.step, "digest": head.digest, "at": head.at}).ljust(_WIDTH).encode()
    path = _place(uuid)
    with suppress(OSError):
        try:
            file = os.open(path, _FLAGS, 0o600)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, _FLAGS, 0o600)
        try:
            os.write(file, told)
        finally:
            os.close(file)


_WIDTH = 200
_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


def _place(uuid: str) -> Path:
    # The identity comes from the file, which may be anybody's: it must not choose a path.
    return folder() / "heads" / hashlib.sha256(uuid.encode()).hexdigest()[:32]
