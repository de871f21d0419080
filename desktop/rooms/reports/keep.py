"""Where reports are kept: the folder and the choices of the last one, and writing a file whole or not at all."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from desktop import settings
from desktop.reports.naming import write_whole as write_whole

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
