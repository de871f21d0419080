"""The practice's logo: a small PNG or JPEG kept in the file, printed at the head of what leaves the practice."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlmodel import Session, select

from db.errors import Refused, Trouble
from db.history import about
from db.rows import fetch, scalar
from db.tables import AttachmentChunk, Practice

LARGEST_BYTES = 1024 * 1024
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def set_logo(session: Session, path: Path | None) -> None:
    """Keep a picture of up to 1 MB as the logo; None takes it away. Refuses what is no PNG or JPEG."""
    practice = session.exec(select(Practice)).one()
    sha256 = None
    if path is not None:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Trouble("unreadable", path=str(path), why=error.strerror or str(error)) from None
        if not content.startswith(_BEGINNINGS):
            raise Refused("not-a-picture", "logo", name=path.name)
        if len(content) > LARGEST_BYTES:
            raise Refused("picture-too-large", "logo", name=path.name)
        sha256 = hashlib.sha256(content).hexdigest()
        if not scalar(session, "SELECT 1 FROM attachment_chunk WHERE sha256 = ? LIMIT 1", sha256):
            session.add(AttachmentChunk(sha256=sha256, piece=0, content=content))
    practice.logo_sha256 = sha256
    session.add(practice)
    about(session, practice.name)


def get_logo(session: Session) -> bytes | None:
    """The logo's bytes, or None where there is none."""
    rows = fetch(
        session,
        "SELECT content FROM attachment_chunk WHERE sha256 = (SELECT logo_sha256 FROM practice) ORDER BY piece",
    )
    return b"".join(row[0] for row in rows) or None
