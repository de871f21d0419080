"""This computer's choices: look, language, window and tables, kept in one small JSON file in the user's own folder."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

RECENT_LIMIT = 10


@dataclass
class RecentFile:
    """A practice file opened on this computer; `opened_at` is UTC in ISO 8601."""

    path: str
    name: str
    opened_at: str


@dataclass
class TableShape:
    """How the user left a table: widths by column key, keys from left to right, the order of its rows, and which
    columns he chose (`shown`, empty where he left that to the table).
    """

    widths: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    sort_key: str = ""
    descending: bool = False
    shown: list[str] = field(default_factory=list)


@dataclass
class Settings:
    """The choices of this computer; none of them is a fact about a client."""

    scheme: str = "system"
    language: str = ""
    text_scale: float = 1.0
    idle_minutes: int = 10
    window_geometry: str = ""
    windows: dict[str, str] = field(default_factory=dict)
    recent: list[RecentFile] = field(default_factory=list)
    tables: dict[str, TableShape] = field(default_factory=dict)
    who_am_i: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def save(self) -> None:
        """Write the choices; a full or read-only disk is no reason to disturb the user's work."""
        target = path()
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(fresh, target)

    def remember(self, file: str, name: str, opened_at: str) -> None:
        """Put a practice file at the head of the recent ones."""
        others = [known for known in self.recent if known.path != file]
        self.recent = [RecentFile(file, name, opened_at), *others][:RECENT_LIMIT]

    def forget(self, file: str) -> None:
        """Drop a practice file from the recent ones; the file itself stays."""
        self.recent = [known for known in self.recent if known.path != file]


def home() -> Path:
    """The folder of this computer's choices; the environment variable CLIENS_HOME overrides it."""
    if chosen := os.environ.get("CLIENS_HOME"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Cliens"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Cliens"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "cliens"


def path() -> Path:
    """The file of this computer's choices, whether or not it exists yet."""
    return home() / "settings.json"


def load() -> Settings:
    """The choices as last saved; a damaged file is set aside as `settings.damaged.json` and the defaults are used."""
    source = path()
    try:
        return _read(json.loads(source.read_text("utf-8")))
    except OSError:
        return Settings()
    except (ValueError, TypeError, AttributeError, RecursionError):
        with suppress(OSError):
            os.replace(source, source.with_suffix(".damaged.json"))
        return Settings()


def _read(found: Any) -> Settings:
    settings = Settings()
    for known in fields(Settings):
        value = found.get(known.name, getattr(settings, known.name))
        if known.name == "recent":
            value = [RecentFile(**entry) for entry in value]
        elif known.name == "tables":
            value = {str(name): TableShape(**shape) for name, shape in value.items()}
        elif known.name == "text_scale":
            value = min(2.0, max(0.8, float(value)))
        elif type(value) is not type(getattr(settings, known.name)):
            raise ValueError(known.name)
        setattr(settings, known.name, value)
    return settings
