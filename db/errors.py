"""The two ways in which the file says no: Refused (the user can mend it) and Trouble (the world is in the way)."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A rule says no; the user can mend what he entered.

    `code` names the rule (the screen and the command line hold the sentence), `field` the input field it stands
    beside, `facts` what the sentence mentions, and `others` further refusals of the same input.
    """

    def __init__(self, code: str, field: str | None = None, **facts: Any) -> None:
        super().__init__(code if field is None else f"{code}: {field}")
        self.code = code
        self.field = field
        self.facts = facts
        self.others: list[Refused] = []


class Trouble(Exception):
    """Disk, lock, key, damage or version stand in the way; nothing was changed.

    `code` is one of: missing, empty, not-a-practice, newer, wrong-key, needs-key, damaged, in-use, read-only,
    older-copy, forked, engine, disk-full, disk, busy, moved, exists, unreadable, closed, cancelled.
    `facts` hold what the sentence mentions.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
