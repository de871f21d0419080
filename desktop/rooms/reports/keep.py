"""Where reports are kept: the folder used last, a name for the file, and writing it whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import suppress
from pathlib import Path

from desktop import settings

_FOLDER_FILE = "reports-folder.txt"
_CHOICES_FILE = "reports.json"


def last_folder() -> Path:
    """The folder in which the last report was kept, or the user's own."""
    with suppress(OSError, ValueError):
        folder = Path((settings.home() / _FOLDER_FILE).read_text("utf-8").strip())
        if folder.is_absolute() and folder.is_dir():
            return folder
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def remember_folder(folder: Path) -> None:
    """Keep in mind where the last report went; a full disk is no reason to disturb the user's work."""
    with suppress(OSError):
        settings.home().mkdir(parents=True, exist_ok=True)
        (settings.home() / _FOLDER_FILE).write_text(str(folder), "utf-8")


def last_choices() -> dict[str, str]:
    """What was chosen for the last report: its kind, language and paper; empty before the first."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((settings.home() / _CHOICES_FILE).read_text("utf-8"))
        if isinstance(found, dict):
            return {str(name): value for name, value in found.items() if isinstance(value, str)}
    return {}


def remember_choices(**chosen: str) -> None:
    """Keep in mind what was chosen for a report."""
    with suppress(OSError):
        settings.home().mkdir(parents=True, exist_ok=True)
        (settings.home() / _CHOICES_FILE).write_text(json.dumps(chosen), "utf-8")


def file_name(client: str, report: str, period: str) -> str:
    """A name that can be written on every system: who, what, and about when."""
    from db.exchange.export import safe_name

    return safe_name(f"{client} – {report}, {period}.pdf")


def period_in_file(since: dt.date, until: dt.date) -> str:
    """A period in a file's name: the first and the last day, or the year."""
    whole_year = (since.month, since.day) == (1, 1) and since.year == until.year
    return str(since.year) if whole_year else f"{since} – {until}"


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and move it into place, so that what was there is replaced whole or stays."""
    fresh = path.with_name(path.name + ".part")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
