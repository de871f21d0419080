"""What is offered for the selected clients by the right mouse button and the menu key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from db import client_lists, parties
from desktop.rooms import forms_of_trust, frame
from desktop.rooms.clients import printing
from desktop.rooms.words import new_engagement
from desktop.text import _
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from desktop.rooms.clients.page import ClientsPage


def commands_for(room: ClientsPage, ids: Sequence[int]) -> list[Command]:
    """The commands for these rows; a negative id is a party that is no client."""
    clients = [one for one in ids if one > 0]
    if len(ids) == 1 and not clients:
        return _for_party(room, -ids[0])
    if len(clients) == 1:
        return [*_for_one(room, clients[0]), *_for_any(room), *frame.printing(room)]
    if not clients:
        return []
    return [Command(_("Copy"), room.table.copy, "Ctrl+C", "copy"), *_for_any(room), *frame.printing(room)]


def _for_party(room: ClientsPage, party_id: int) -> list[Command]:
    return [
        Command(_("Make a client"), lambda: room.open_file(party_id), "Return", "user-plus"),
        Command(_("Copy"), room.table.copy, "Ctrl+C", "copy"),
    ]


def _for_one(room: ClientsPage, client_id: int) -> list[Command]:
    (row,) = room.desk.ask(client_lists.list_client_rows, [client_id])
    contacts = room.desk.ask(parties.get_party, row.party_id).party.contacts
    preferred = sorted(contacts, key=lambda contact: not contact.preferred)
    reached = {kind: next((one.value for one in preferred if one.kind == kind), "") for kind in ("email", "phone")}

    def go(where: str, then: Callable[[object], object]) -> Callable[[], object]:
        return lambda: frame.show(room, where, then=then)

    return [
        Command(_("Open"), room.enter, "Return", "user"),
        Command(_("Log advice"), lambda: frame.log_advice(room, client_id), "", "scroll-text"),
        Command(
            _("New promise"),
            lambda: forms_of_trust.ask_promise(room, client_id, fixed=True),
            "Ctrl+Shift+P",
            "handshake",
        ),
        Command(new_engagement(), go("engagements", lambda there: _call(there, "write", client_id)), "", "briefcase"),
        Command(
            _("Check for conflicts"),
            go("conflicts", lambda there: _call(there, "ask_about", [row.name])),
            "",
            "shield-check",
        ),
        Command(_("Brief for the meeting"), room.view.show_brief, "", "notebook-pen"),
        *printing.commands(room, (client_id, row.name)),
        Command(_("Evidence pack…"), go("reports", lambda there: _prove(there, client_id)), "", "shield-check"),
        Command(_("Copy the name"), lambda: _copy(row.name), "", "copy", line_before=True),
        Command(_("Copy the e-mail"), lambda: _copy(reached["email"]), "", "mail", lambda: bool(reached["email"])),
        Command(
            _("Copy the phone number"), lambda: _copy(reached["phone"]), "", "phone", lambda: bool(reached["phone"])
        ),
        Command(_("Copy the address card"), room.table.copy, "Ctrl+C", "book-user"),
    ]


def _prove(there: Any, client_id: int) -> None:
    there.proof.prove(client_id)


def _for_any(room: ClientsPage) -> list[Command]:
    bar = room.bulk
    return [
        Command(_("Tag …"), lambda: bar.offer(bar.tag_menu), "", "tag", line_before=True),
        Command(_("Grade …"), lambda: bar.offer(bar.grade_menu), "", "star"),
        Command(_("Responsible …"), lambda: bar.offer(bar.responsible_menu), "", "user-check"),
        Command(_("Change of standing …"), bar.ask_standing, "", "refresh-cw"),
        Command(_("Export …"), lambda: bar.offer(bar.export_menu), "", "download"),
        Command(_("Reports for these …"), bar.report, "", "file-text"),
        Command(_("Delete"), bar.delete, "Del", "trash-2", line_before=True),
    ]


def _call(room: object, verb: str, *values: object) -> None:
    # No room knows another: in a frame without that room nothing happens.
    act = getattr(room, verb, None)
    if act is not None:
        act(*values)


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)
