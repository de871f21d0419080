"""Whether this computer shows the engagements as a table or as a board, remembered from one day to the next."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from desktop import settings

View = Literal["table", "board"]
_FILE = "engagements-view.txt"


def kept_view() -> View:
    """The view that was shown last; the table where none was."""
    with suppress(OSError, ValueError):
        if (settings.home() / _FILE).read_text("utf-8").strip() == "board":
            return "board"
    return "table"


def keep_view(view: View) -> None:
    """Remember a view; a full disk is no reason to disturb the user's work."""
    with suppress(OSError):
        settings.home().mkdir(parents=True, exist_ok=True)
        (settings.home() / _FILE).write_text(view, "utf-8")
