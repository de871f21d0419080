"""Letters that the practice writes: kept as the bytes that were printed, with the client or engagement they are for."""

from __future__ import annotations

import hashlib

from sqlmodel import Session

from db.attachments import CHUNK_BYTES, LARGEST_BYTES
from db.errors import Refused
from db.inputs import Input, Text
from db.rows import scalar, utc_now
from db.tables import Attachment


class NewLetter(Input):
    """A finished letter: the name of its file, what it is about, its words, and the PDF."""

    name: Text
    title: Text
    text: Text
    pdf: bytes


def keep_letter(
    session: Session,
    letter: NewLetter,
    *,
    client_id: int | None = None,
    engagement_id: int | None = None,
    advice_id: int | None = None,
) -> int:
    """Keep a letter inside the file, never beside it; gives the attachment's id."""
    size = len(letter.pdf)
    if size > LARGEST_BYTES:
        raise Refused("too-large", "letter", name=letter.name, size=size, largest=LARGEST_BYTES)
    sha256 = hashlib.sha256(letter.pdf).hexdigest()
    if not scalar(session, "SELECT 1 FROM attachment_chunk WHERE sha256 = ? LIMIT 1", sha256):
        for piece, start in enumerate(range(0, size, CHUNK_BYTES)):
            session.connection().exec_driver_sql(
                "INSERT INTO attachment_chunk (sha256, piece, content) VALUES (?, ?, ?)",
                (sha256, piece, letter.pdf[start : start + CHUNK_BYTES]),
            )
    attachment = Attachment(
        client_id=client_id,
        engagement_id=engagement_id,
        advice_id=advice_id,
        name=letter.name,
        media_type="application/pdf",
        size=size,
        sha256=sha256,
        added_at=utc_now(),
    )
    session.add(attachment)
    session.flush()
    assert attachment.id is not None
    return attachment.id
