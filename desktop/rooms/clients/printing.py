"""What is printed of the clients: the list as it is narrowed, the brief for a meeting, the report for the client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from db import client_lists, parties
from desktop import text
from desktop.jobs import Progress
from desktop.rooms import frame
from desktop.rooms.printing import Printed, listed, print_hand_over, print_history, typed_words
from desktop.text import _
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.overview import Head
    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper
    from desktop.rooms.clients.page import ClientsPage


def printed(room: ClientsPage) -> Sequence[Printed]:
    """The list, and of the client in view the brief and the report; neither of these says a confidence."""
    view, head = room.views.current, room.view.head
    narrowed = [*room.filters.said(), *typed_words(room.field.text())]
    every = [listed(room.desk, room.table, view.name if view is not None else _("Clients"), narrowed, part=room.pane)]
    if head is not None and not room.view.isHidden():
        every += [_brief(room.desk, head, room), _report(room.desk, head)]
    return every


def commands(room: ClientsPage, meant: tuple[int, str] | None = None) -> list[Command]:
    """What is printed of the record of a client by his id and name, or of the one in view."""

    def current() -> tuple[int, str] | None:
        head = room.view.head
        return meant or ((head.client.id, head.client.name) if head is not None else None)

    def shown(show: Callable[..., QWidget]) -> Callable[[], object]:
        return lambda: (about := current()) and show(room, room.desk, *about)

    def report() -> None:
        if (about := current()) is not None:
            frame.report_on(room, "client", about[0])

    def seen() -> bool:
        return current() is not None

    return [
        Command(_("Report…"), report, "Alt+R", "file-text", seen),
        Command(_("Print the advisory history"), shown(print_history), "", "printer", seen),
        Command(_("Print the hand-over"), shown(print_hand_over), "", "printer", seen),
    ]


def _brief(desk: OpenPractice, head: Head, room: ClientsPage) -> Printed:
    language = text.current().language

    def make(_progress: Progress) -> Paper:
        from desktop.reports import brief

        return brief.render(desk.ask(brief.facts, head.client.id, language, dt.datetime.now().astimezone()))

    return Printed(_("Brief of {name}").format(name=head.client.name), make, part=room.view)


def _report(desk: OpenPractice, head: Head) -> Printed:
    def make(_progress: Progress) -> Paper:
        from db import firm
        from desktop.reports import client_report

        party_id = desk.ask(client_lists.list_client_rows, [head.client.id])[0].party_id
        language = desk.ask(parties.get_party, party_id).party.language.split("-")[0].lower()
        spoken = language if language in text.LANGUAGES else desk.ask(firm.get_practice).language
        moment = dt.datetime.now().astimezone()
        return client_report.render(desk.ask(client_report.facts, head.client.id, None, None, spoken, moment))

    return Printed(_("Report for {name}").format(name=head.client.name), make)
