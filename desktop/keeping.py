"""Keeping the recovery key: the sheet saved where the user wants it, and the key shown in its groups."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop import messages
from desktop.text import _


def save_recovery_sheet(
    parent: QWidget, key: str, file: Path, practice: str, language: str = "en", country: str = ""
) -> str | None:
    """Ask where, write the sheet as a PDF and open it for printing; a sentence says why not, None that all is well."""
    from desktop.reports.recovery_sheet import recovery_sheet

    proposal = Path.home() / f"{file.stem} – {_('recovery key')}.pdf"
    path = messages.choose_new_file(parent, _("Save the recovery sheet"), proposal, "PDF (*.pdf)")
    if path is None:
        return None
    now = dt.datetime.now().astimezone()
    made = recovery_sheet(practice, key, now, file=file.name, language=language, country=country)
    try:
        path.write_bytes(made.pdf)
    except OSError as error:
        return _("The sheet could not be written: {why}").format(why=error.strerror)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return None


def in_lines(key: str, groups: int = 3) -> str:
    """The key with a few groups on each line, as it stands on the sheet."""
    parts = key.split("-")
    return "\n".join("-".join(parts[at : at + groups]) for at in range(0, len(parts), groups))
