"""The groups of the page as data: which kinds of things stand in each, its title, and the quiet words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.today_rows import Kind, Waiting
from desktop.rooms.words import engagement_word
from desktop.text import _, ngettext

SHOWN = 4


@dataclass(frozen=True)
class Group:
    """One card: the kinds whose rows it lists, its title, its icon, and what is said of it in general."""

    name: str
    kinds: tuple[str, ...]
    icon: str
    title: Callable[[], str]
    words: Callable[[], str]


GROUPS: tuple[Group, ...] = (
    Group(
        *("deadlines", ("deadline",), "calendar-clock", lambda: _("Deadlines")),
        lambda: _("not to be missed"),
    ),
    Group("promises", ("promise",), "handshake", lambda: _("Promises"), lambda: ""),
    Group(
        *("rights", ("right",), "shield", lambda: _("Requests about data")),
        lambda: _("to be answered within the law's time"),
    ),
    Group("concerns", ("concern",), "circle-alert", lambda: _("Concerns"), lambda: _("not yet resolved")),
    Group("quiet", ("quiet",), "moon", lambda: _("Gone quiet"), lambda: _("longer than their own rhythm")),
    Group(
        *("answers", ("awaited",), "message-square", lambda: _("Answers awaited")),
        lambda: _("our advice, and no word since"),
    ),
    Group(
        *("work", ("letter", "review", "client_review", "acceptance"), "briefcase"),
        lambda: engagement_word(plural=True),
        lambda: _("needing a decision"),
    ),
    Group("steps", ("follow_up",), "calendar-check", lambda: _("Follow-ups"), lambda: _("our next steps")),
    Group("thanks", ("thanks",), "gift", lambda: _("Thanks owed"), lambda: _("to those who sent us somebody")),
    Group("drafts", ("draft",), "notebook-pen", lambda: _("Drafts"), lambda: _("not yet on the record")),
)


def group_of(kind: str) -> str:
    """The name of the group in which a kind stands."""
    return next(group.name for group in GROUPS if kind in group.kinds)


def rows_of(group: Group, kinds: dict[str, Kind]) -> list[Waiting]:
    """The rows that are known of a group, the most pressing first."""
    found = [row for kind in group.kinds if kind in kinds for row in kinds[kind].rows]
    return found if len(group.kinds) == 1 else sorted(found, key=lambda row: row.rank)


def total(group: Group, kinds: dict[str, Kind]) -> int:
    """How many rows a group has in all."""
    return sum(kinds[kind].total for kind in group.kinds if kind in kinds)


def note(group: Group, kinds: dict[str, Kind]) -> str:
    """The quiet words at the right of a group's title."""
    found: Sequence[Kind] = [kinds[kind] for kind in group.kinds if kind in kinds]
    if group.name != "promises":
        return group.words()
    late = sum(kind.late for kind in found)
    due = sum(kind.total for kind in found) - late
    parts = [ngettext("{n} due", "{n} due", due)] if due else []
    return " · ".join([*parts, *([ngettext("{n} late", "{n} late", late)] if late else [])])
