"""Attachments: files kept inside the practice file, in chunks, by their SHA-256."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from db.errors import Refused, Trouble
from db.history import about
from db.inputs import Input, Optional
from db.rows import fetch, get, scalar, utc_now
from db.tables import Attachment

LARGEST_BYTES = 100 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
LISTED = 1000


class NewAttachment(Input):
    """A file to keep with a client, an engagement or an advice entry: by its path, or as bytes with a name."""

    path: Path | None = None
    name: Optional = ""
    content: bytes = b""
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
    name = new.name or (new.path.name if new.path is not None else "")
    if not name:
        raise Refused("required", "name")
    try:
        size = new.path.stat().st_size if new.path is not None else len(new.content)
        if size > LARGEST_BYTES:
            raise Refused("too-large", "path", name=name, size=size, largest=LARGEST_BYTES)
        digest = hashlib.sha256()
        for chunk in _chunks(new):
            digest.update(chunk)
        sha256 = digest.hexdigest()
        if size and not scalar(session, "SELECT 1 FROM attachment_chunk WHERE sha256 = ? LIMIT 1", sha256):
            _store(session, new, name, sha256, size, progress)
    except OSError as error:
        raise Trouble("unreadable", path=str(new.path), why=error.strerror or str(error)) from None
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    values = new.model_dump(exclude={"path", "name", "content"})
    attachment = Attachment(**values, name=name, media_type=media_type, size=size, sha256=sha256, added_at=utc_now())
    session.add(attachment)
    session.flush()
    about(session, name)
    assert attachment.id is not None
    return attachment.id


def _chunks(new: NewAttachment) -> Iterator[bytes]:
    with new.path.open("rb") if new.path is not None else io.BytesIO(new.content) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _store(
    session: Session,
    new: NewAttachment,
    name: str,
    sha256: str,
    size: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    connection = session.connection()
    check = hashlib.sha256()
    for piece, chunk in enumerate(_chunks(new)):
        check.update(chunk)
        connection.exec_driver_sql(
            "INSERT INTO attachment_chunk (sha256, piece, content) VALUES (?, ?, ?)", (sha256, piece, chunk)
        )
        if progress is not None:
            progress(min((piece + 1) * CHUNK_BYTES, size), size)
    if check.hexdigest() != sha256:
        raise Refused("changed-while-read", "path", name=name)


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


def list_attachments(
    session: Session, client_id: int | None = None, *, engagement_id: int | None = None, advice_id: int | None = None
) -> list[AttachmentRow]:
    """The files kept with a client, its engagements and its advice, or with one of these; newest first."""
    rows = fetch(
        session,
        f"""SELECT id, name, media_type, size, sha256, added_at FROM attachment WHERE
            client_id = ?1 OR engagement_id IN (SELECT id FROM engagement WHERE client_id = ?1)
            OR advice_id IN (SELECT id FROM advice WHERE client_id = ?1)
            OR engagement_id = ?2 OR advice_id IN (SELECT id FROM advice WHERE engagement_id = ?2) OR advice_id = ?3
            ORDER BY added_at DESC, id DESC LIMIT {LISTED}""",
        *(client_id, engagement_id, advice_id),
    )
    return [AttachmentRow(*row) for row in rows]


def get_attachment(session: Session, attachment_id: int) -> AttachmentRow:
    """One kept file's row."""
    attachment = get(session, Attachment, attachment_id, "attachment")
    return AttachmentRow(
        **attachment.model_dump(include=set(AttachmentRow.__dataclass_fields__) - {"added_at"}),
        added_at=f"{attachment.added_at:%Y-%m-%dT%H:%M:%SZ}",
    )


def delete_attachment(session: Session, attachment_id: int) -> None:
    """Delete a file from the record it is kept with; its bytes stay until the trash is emptied."""
    attachment = get(session, Attachment, attachment_id, "attachment")
    about(session, attachment.name)
    session.delete(attachment)


def remove_attachment(session: Session, attachment_id: int) -> None:
    """Take a file off the record it is kept with (Undo brings it back)."""
    attachment = get(session, Attachment, attachment_id, "attachment")
    about(session, attachment.name)
    session.delete(attachment)
