"""Today as a sheet of paper: everything that waits, group by group, each with its reason."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.today import list_waiting
from desktop.jobs import Progress
from desktop.rooms.printing import Printed
from desktop.rooms.today import groups
from desktop.rooms.today.groups import GROUPS
from desktop.rooms.today.sentence import long_day
from desktop.rooms.today.told import told
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper

MOST = 200  # rows of one kind: whoever has more of them does not work from paper


def printed(desk: OpenPractice, words: str) -> Printed:
    """The page of today; `words` is the sentence above it."""

    def make(progress: Progress) -> Paper:
        from desktop.reports import listing

        now, listed, left = dt.date.today(), list[listing.ListedGroup](), 0
        for at, group in enumerate(GROUPS):
            progress(at, len(GROUPS))
            kinds = {kind: desk.ask(list_waiting, kind, now, MOST) for kind in group.kinds}
            rows = groups.rows_of(group, kinds)
            left += groups.total(group, kinds) - len(rows)
            lines = [told(row, now) for row in rows]
            # A box to tick with a pen stands first.
            cells = [["□", line.title, line.detail, " · ".join(part for part in (line.chip, line.when) if part)]
                     for line in lines]  # fmt: skip
            if cells:
                listed.append(listing.ListedGroup(cells, group.title()))
        columns = [listing.ListedColumn("", share) for share in (16, 210, 300, 130)]
        note = ngettext("{n} more is not printed.", "{n} more are not printed.", left) if left else ""
        moment = dt.datetime.now().astimezone()
        said = [words.rstrip(".")] if words else []
        facts = desk.ask(listing.facts, long_day(now), columns, listed, moment, narrowed=said, note=note)
        return listing.render(facts, progress=progress)

    return Printed(_("Today"), make)
