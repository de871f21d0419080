"""What this computer remembers outside the file: where its own folder is and how far each practice had come."""

from __future__ import annotations

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
    entry = _read().get(uuid)
    if not entry:
        return None
    with suppress(KeyError, TypeError, ValueError):
        return Head(int(str(entry["step"])), str(entry["digest"]), str(entry["at"]))
    return None


def remember(uuid: str, head: Head) -> None:
    """Keep the head of a practice; a folder that cannot be written is no reason to stop working."""
    heads = _read()
    heads[uuid] = {"step": head.step, "digest": head.digest, "at": head.at}
    path = folder() / "heads.json"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps(heads, indent=1), encoding="utf-8")
        fresh.replace(path)


def _read() -> dict[str, dict[str, object]]:
    try:
        heads = json.loads((folder() / "heads.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return heads if isinstance(heads, dict) else {}
