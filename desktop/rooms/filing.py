"""How files come into the practice and out of it: dropped, pasted or picked; opened, saved or dragged away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from db import attachments
from db.attachments import AttachmentRow, NewAttachment
from db.errors import Trouble
from desktop import opened, text
from desktop.jobs import Job, Progress
from desktop.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.practice import Done
    from desktop.practice import OpenPractice

# More than this is read on a thread, so that the window never waits.
AT_ONCE_BYTES = 1_000_000


@dataclass(frozen=True)
class Owner:
    """With which record files are kept: a client, an engagement or an advice entry."""

    client_id: int | None = None
    engagement_id: int | None = None
    advice_id: int | None = None


def files_of(data: QMimeData) -> list[NewAttachment]:
    """The files in what was dropped or is on the clipboard; an image without a file becomes a PNG."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    found = [NewAttachment(path=path) for path in paths if path.is_file()]
    if not found and data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            content = QByteArray()
            buffer = QBuffer(content)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            name = _("Pasted {moment}").format(moment=f"{dt.datetime.now():%Y-%m-%d %H.%M.%S}")
            found.append(NewAttachment(name=f"{name}.png", content=bytes(content.data())))
    return found


def has_files(data: QMimeData) -> bool:
    """Whether something was dropped or copied that can be attached."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def attach_all(
    desk: OpenPractice, owner: Owner, files: Sequence[NewAttachment], busy: Callable[[Job], object] = lambda job: None
) -> None:
    """Keep files with a record, each as a step of its own; large ones on a thread, `busy` is then given the job."""
    wanted = [file.model_copy(update=asdict(owner)) for file in files]
    if sum(_size(file) for file in wanted) <= AT_ONCE_BYTES:
        for file in wanted:
            desk.attempt(lambda file=file: desk.do(attachments.attach, file))  # type: ignore[misc]
        return

    def work(progress: Progress) -> list[Done]:
        return [desk.practice.do(attachments.attach, file, progress) for file in wanted]

    job = Job(work)
    job.done.connect(partial(_tell_all, desk))
    job.failed.connect(desk.tell_failed)
    busy(job)
    job.start()


def _tell_all(desk: OpenPractice, steps: Sequence[Done]) -> None:
    for step in steps:
        desk.tell(step)


def _size(file: NewAttachment) -> int:
    if file.path is None:
        return len(file.content)
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def content_of(session: Session, attachment_id: int) -> bytes:
    """The bytes of a kept file."""
    return b"".join(attachments.read_attachment(session, attachment_id))


def copy_of(session: Session, row: AttachmentRow) -> Path:
    """A copy in the private folder, for another program."""
    return opened.write_copy(row.name, attachments.read_attachment(session, row.id))


def save_copy(session: Session, attachment_id: int, path: Path) -> Path:
    """Write a kept file where the user wants it."""
    try:
        with path.open("wb") as file:
            file.writelines(attachments.read_attachment(session, attachment_id))
    except OSError as error:
        raise Trouble("unreadable", path=str(path), why=error.strerror or str(error)) from None
    return path


def open_path(path: Path) -> None:
    """Hand a file to the system's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def size_words(size: int) -> str:
    """A number of bytes in short: '340 kB', '2.1 MB'."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB" if size else "0 kB"
    return f"{text.current().amount(round(size / 100_000), 1)} MB"
