"""Attachments: files kept inside the practice file, in chunks, by their SHA-256."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from db.errors import Refused, Trouble
from db.history import about
from db.inputs import Input
from db.rows import fetch, get, scalar, utc_now
from db.tables import Attachment

LARGEST_BYTES = 100 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024


class NewAttachment(Input):
    """A file to keep with a client, an engagement or an advice entry."""

    path: Path
    client_id: int | None = None
    engagement_id: int | None = None
    advice_id: int | None = None


@dataclass(frozen=True)
class AttachmentRow:
    """A kept file in a list; `size` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: str


def attach(session: Session, new: NewAttachment, progress: Callable[[int, int], None] | None = None) -> int:
    """Keep a file of up to 100 MB; its bytes are stored once, however often attached. Gives its id."""
    if new.client_id is None and new.engagement_id is None and new.advice_id is None:
        raise Refused("required", "client")
    try:
        size = new.path.stat().st_size
        if size > LARGEST_BYTES:
            raise Refused("too-large", "path", name=new.path.name, size=size, largest=LARGEST_BYTES)
        digest = hashlib.sha256()
        with new.path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        sha256 = digest.hexdigest()
        if size and not scalar(session, "SELECT 1 FROM attachment_chunk WHERE sha256 = ? LIMIT 1", sha256):
            _store(session, new.path, sha256, size, progress)
    except OSError as error:
        raise Trouble("unreadable", path=str(new.path), why=error.strerror or str(error)) from None
    media_type = mimetypes.guess_type(new.path.name)[0] or "application/octet-stream"
    values = new.model_dump(exclude={"path"})
    attachment = Attachment(
        **values, name=new.path.name, media_type=media_type, size=size, sha256=sha256, added_at=utc_now()
    )
    session.add(attachment)
    session.flush()
    about(session, new.path.name)
    assert attachment.id is not None
    return attachment.id


def _store(session: Session, path: Path, sha256: str, size: int, progress: Callable[[int, int], None] | None) -> None:
    connection = session.connection()
    check = hashlib.sha256()
    with path.open("rb") as file:
        piece = 0
        while chunk := file.read(CHUNK_BYTES):
            check.update(chunk)
            connection.exec_driver_sql(
                "INSERT INTO attachment_chunk (sha256, piece, content) VALUES (?, ?, ?)", (sha256, piece, chunk)
            )
            piece += 1
            if progress is not None:
                progress(min(piece * CHUNK_BYTES, size), size)
    if check.hexdigest() != sha256:
        raise Refused("changed-while-read", "path", name=path.name)


def read_attachment(session: Session, attachment_id: int) -> Iterator[bytes]:
    """The bytes of a kept file, chunk by chunk; damaged bytes raise Trouble at the end."""
    attachment = get(session, Attachment, attachment_id, "attachment")
    digest = hashlib.sha256()
    for (content,) in session.connection().exec_driver_sql(
        "SELECT content FROM attachment_chunk WHERE sha256 = ? ORDER BY piece", (attachment.sha256,)
    ):
        digest.update(content)
        yield content
    if digest.hexdigest() != attachment.sha256:
        raise Trouble("damaged", path=attachment.name)


def list_attachments(session: Session, client_id: int) -> list[AttachmentRow]:
    """The files kept with a client, its engagements and its advice, newest first."""
    rows = fetch(
        session,
        """SELECT id, name, media_type, size, sha256, added_at FROM attachment WHERE client_id = ?
            OR engagement_id IN (SELECT id FROM engagement WHERE client_id = ?)
            OR advice_id IN (SELECT id FROM advice WHERE client_id = ?) ORDER BY added_at DESC, id DESC""",
        *(client_id, client_id, client_id),
    )
    return [AttachmentRow(*row) for row in rows]


def remove_attachment(session: Session, attachment_id: int) -> None:
    """Take a file off the record it is kept with (Undo brings it back)."""
    attachment = get(session, Attachment, attachment_id, "attachment")
    about(session, attachment.name)
    session.delete(attachment)
