"""A report as an e-mail that is ready to be sent: a draft with the PDF, opened by the user's own mail program."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from desktop import opened, text
from desktop.reports.letters import letter_words
from desktop.reports.naming import Names


def draft(named: Names, sender: str, pdf: bytes, *, to_client: bool) -> bytes:
    """The draft as a file that mail programs open for writing on, with the PDF attached under its name.

    It speaks the language of the report, and is addressed to the client where the report is for him.
    """
    say, subject = text.voice(named.language), named.subject
    message = EmailMessage(policy=SMTP)
    # Mail programs know by this that it is still to be sent.
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if to_client and _can_be_written_to(named.email):
        message["To"] = named.email
    greeting = letter_words(named.language)["decline"]["organisation" if named.organisation else "person"]
    parts = [greeting.format(name=named.whom)] if to_client else []
    parts.append(say.say("Please find attached: {report}.").format(report=subject))
    parts.append(say.say("If anything in it is unclear, or no longer so, please tell us."))
    parts.append("\n".join([say.say("Kind regards"), sender]))
    message.set_content("\n\n".join(parts))
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=named.file_name)
    return bytes(message)


def _can_be_written_to(address: str) -> bool:
    return address.isascii() and address.isprintable() and address.count("@") == 1 and " " not in address


def open_draft(name: str, content: bytes) -> Path:
    """Write the draft into the private folder and let the system open it; raises Trouble where the disk refuses."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    path = opened.write_copy(name, [content])
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    return path
