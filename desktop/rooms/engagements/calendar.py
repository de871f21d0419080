"""What leaves the room as a file: an engagement's dates for a calendar, and the sheet of its decisions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from db.engagements import EngagementRow
from db.errors import Trouble
from desktop import messages, opened
from desktop.jobs import Job
from desktop.text import _

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom


def save_dates(room: CoveredRoom, row: EngagementRow | None) -> None:
    """Ask where, and write the engagement's dates as .ics."""
    if row is None:
        return
    path = messages.choose_new_file(room, _("Save dates"), Path.home() / _named(row, "ics"), _("Calendar (*.ics)"))
    if path is not None:
        room.desk.attempt(lambda: _write(path, _calendar(room, row)))


def dates_file(room: CoveredRoom, row: EngagementRow) -> str | None:
    """The engagement's dates as a private file to be dragged, gone when the practice closes; None: not written."""
    return room.desk.attempt(lambda: str(opened.write_copy(_named(row, "ics"), [_calendar(room, row)])))


def make_sheet(room: CoveredRoom, row: EngagementRow, then: Callable[[bytes], object]) -> Job:
    """Make the decision sheet while the window goes on; `then` gets the PDF's bytes."""
    from desktop.reports import decision_sheet

    facts = room.desk.ask(decision_sheet.read_decisions, row.id)
    job = Job(lambda _progress: decision_sheet.render(facts).pdf, room)
    job.done.connect(then)
    job.failed.connect(lambda error: room.desk.tell_failed(error))
    return job.start()


def keep_sheet(room: CoveredRoom, row: EngagementRow, printing: bool) -> None:
    """Save the decision sheet where the user wants it, or hand it to the program that prints."""
    name = _named(row, "pdf", _("decisions"))
    if printing:
        make_sheet(room, row, lambda pdf: _hand_over(room, name, pdf))
        return
    path = messages.choose_new_file(room, _("Save the decision sheet"), Path.home() / name, "PDF (*.pdf)")
    if path is not None:
        make_sheet(room, row, lambda pdf: room.desk.attempt(lambda: _write(path, pdf)))


def _hand_over(room: CoveredRoom, name: str, pdf: bytes) -> None:
    """Open a private copy with the program that shows and prints PDFs; it goes when the practice is closed."""
    path = room.desk.attempt(lambda: opened.write_copy(name, [pdf]))
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _calendar(room: CoveredRoom, row: EngagementRow) -> bytes:
    from db.exchange.ical_out import write_calendar

    return room.desk.ask(write_calendar, row.id)


def _named(row: EngagementRow, ending: str, what: str = "") -> str:
    from db.exchange.export import file_named

    return file_named(" – ".join(part for part in (row.number, row.title, what) if part) + f".{ending}")


def _write(path: Path, content: bytes) -> Path:
    """Write beside the file and move it into place, so that what was there is replaced whole or stays."""
    fresh = path.with_name(path.name + ".part")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise Trouble("unreadable", path=str(path), why=error.strerror or str(error)) from None
    return path
