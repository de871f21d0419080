"""What stands around a paper of a practice, whoever it is for: its name and logo, its language, paper and colour."""

from __future__ import annotations

from desktop.reports.client_facts import PracticeFacts
from desktop.reports.paper import Meta
from desktop.text import Voice


def margins(
    practice: PracticeFacts,
    say: Voice,
    *,
    title: str,
    subject: str,
    right: str,
    later_right: str = "",
    left: str = "",
    foot: str = "",
    watermark: str = "",
) -> Meta:
    """The margins and properties of a paper; `left` is the practice's name where nothing else is said."""
    return Meta(
        title=title,
        author=practice.name,
        subject=subject,
        language=say.language,
        left=left or practice.name,
        right=right,
        later_right=later_right,
        foot=foot,
        page_of=say.say("Page {page} of {pages}"),
        size=practice.size,
        colour=practice.colour,
        logo=practice.logo,
        watermark=watermark,
    )
