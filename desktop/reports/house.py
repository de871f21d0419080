"""What stands around every paper of the house: its margin says that it is internal, and so does the word behind it."""

from __future__ import annotations

import datetime as dt

from desktop.reports.client_facts import PracticeFacts
from desktop.reports.paper import Meta
from desktop.text import Voice


def meta_of(
    practice: PracticeFacts, title: str, made_at: dt.datetime, say: Voice, *, subject: str = "", left_out: str = ""
) -> Meta:
    """The margins of a paper of the house; `left_out` says at its foot what it never tells."""
    return Meta(
        title=title,
        author=practice.name,
        subject=subject or title,
        language=say.language,
        left=practice.name,
        right=say.say("Internal — not for the client"),
        later_right=" · ".join([title, say.say("Internal — not for the client")]),
        foot=" · ".join(part for part in (say.date_time(made_at), left_out) if part),
        page_of=say.say("Page {page} of {pages}"),
        size=practice.size,
        colour=practice.colour,
        logo=practice.logo,
        watermark=say.say("Internal"),
    )
