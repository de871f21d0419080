"""Letters that the practice writes: kept as the bytes that were printed, with the client or engagement they are for."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, Literal

from sqlmodel import Session

from db.advice import confirm_advice
from db.attachments import CHUNK_BYTES, LARGEST_BYTES
from db.errors import Refused
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Text
from db.rows import change, get, scalar, utc_now
from db.tables import Attachment, Client, Engagement, Party

Sending = Literal["letter", "e-mail"]
# The practice's own wordings, by kind and language: {"close": {"en": "Dear {client}, …"}}.
WORDINGS = "letter_wordings"


class NewLetter(Input):
    """A finished letter: the name of its file, what it is about, its words, and the PDF."""

    name: Text
    title: Text
    text: Text
    pdf: bytes
    kind: str = ""


class SentLetter(NewLetter):
    """A letter on its way: the day on which it goes out, or None while it is only written, and the way it takes."""

    sent_on: dt.date | None = None
    sent_how: Sending = "letter"


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


def require_gone_out(letter: SentLetter) -> None:
    """Refuse a day of sending that is still to come."""
    if letter.sent_on is not None and letter.sent_on > dt.date.today():
        raise Refused("in-the-future", "sent_on", given_at=letter.sent_on)


def send_letter(
    session: Session,
    letter: SentLetter,
    client_id: int | None,
    engagement_id: int | None = None,
    advice_id: int | None = None,
) -> int:
    """Keep a letter with whom and what it is about, its day and way in its name; gives the attachment's id.

    Once it is sent, the engagement of a letter of `kind` engage learns of it, and so does the entry that is confirmed.
    """
    require_gone_out(letter)
    client = get(session, Client, client_id, "client")
    engagement = None if engagement_id is None else get(session, Engagement, engagement_id, "engagement")
    if engagement is not None and engagement.client_id != client_id:
        raise Refused("other-clients-engagement", "engagement", title=engagement.title)
    found = keep_letter(session, letter, client_id=client_id, engagement_id=engagement_id, advice_id=advice_id)
    if letter.sent_on is not None:
        if engagement is not None and letter.kind == "engage" and engagement.letter != "signed":
            change(session, engagement, {"letter": "sent", "letter_sent_on": letter.sent_on})
        if advice_id is not None:
            confirm_advice(session, advice_id, letter.sent_on)
    about(session, f"{letter.title} · {get(session, Party, client.party_id).name}")
    return found


def get_wording(session: Session, kind: str, language: str) -> str:
    """The practice's own wording of a kind of letter in a language, with fields in braces; empty if there is none."""
    kept: dict[str, dict[str, str]] = get_setting(session, WORDINGS, {})
    return kept.get(kind, {}).get(language, "")


def keep_wording(session: Session, kind: str, language: str, text: str) -> None:
    """Keep a text as the practice's own wording: later letters of this kind and language begin with it."""
    if not text.strip():
        raise Refused("required", "letter")
    kept: dict[str, dict[str, Any]] = get_setting(session, WORDINGS, {})
    kept.setdefault(kind, {})[language] = text
    set_setting(session, WORDINGS, kept)


def forget_wording(session: Session, kind: str, language: str) -> None:
    """Go back to the wording of the house; Undo brings the practice's own back."""
    kept: dict[str, dict[str, Any]] = get_setting(session, WORDINGS, {})
    if kept.get(kind, {}).pop(language, None) is None:
        raise Refused("no-wording", "letter")
    set_setting(session, WORDINGS, kept)
