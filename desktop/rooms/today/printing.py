"""Today as a sheet of paper: the report of the family, in the language of the window."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop import text
from desktop.jobs import Progress
from desktop.rooms.printing import Printed
from desktop.text import _

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper


def printed(desk: OpenPractice) -> Printed:
    """The page of today."""
    language = text.current().language

    def make(progress: Progress) -> Paper:
        from desktop.reports import family

        asked = family.Asked(dt.datetime.now().astimezone(), language=language)
        return family.make(desk.ask, family.kind_of("today"), asked, progress).paper

    return Printed(_("Today"), make)
