"""What can be done with the engagement in view: for its menus, the palette and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import engagements, experience
from desktop.rooms import frame
from desktop.rooms.engagements import calendar
from desktop.text import _
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from desktop.rooms.covered import CoveredRoom
    from desktop.rooms.engagements.page import EngagementsPage


def show_month(room: CoveredRoom) -> None:
    """Open the month's work outside scope over all clients."""
    from desktop.rooms.outside_month import show_outside

    show_outside(room.desk, room.window())


def _named(room: EngagementsPage) -> bool:
    row = room.view.row
    return row is not None and room.desk.ask(engagements.get_engagement, row.id).may_cite


def commands_for(room: EngagementsPage) -> Sequence[Command]:
    """The commands of the room; each is possible only where it means something."""

    def with_row(act: Any) -> Any:
        return lambda: act(room.view.row) if room.view.row is not None else None

    def here() -> bool:
        return room.view.row is not None and room.form is None

    def recurs() -> bool:
        return here() and bool(room.view.row and room.view.row.recurs)

    def asked() -> bool:
        return here() and room.view.row is not None and room.view.row.stage in ("enquiry", "proposed")

    def decide(how: Any) -> Any:
        return with_row(lambda row: how(room, row.client_id, row.id))

    def may(agreed: bool) -> Any:
        """Whether the consent to be named in statements of experience could become so."""
        return lambda: here() and _named(room) != agreed

    def name_client(agreed: bool) -> Any:
        desk = room.desk
        return with_row(lambda row: desk.attempt(lambda: desk.do(experience.set_may_cite, row.id, agreed)))

    def show(tab: str) -> Any:
        return lambda: room.show_tab(tab)

    return [
        Command(_("Change stage"), with_row(room.change_stage), "Ctrl+Shift+S", "list-checks", here),
        Command(_("Edit"), with_row(room.edit), "F2", "pencil", here),
        Command(_("Add party"), with_row(room.add_role), "Ctrl+Shift+R", "user-plus", here),
        Command(_("Note a deadline"), with_row(room.note_deadline), "Ctrl+Shift+D", "calendar-clock", here, True),
        Command(_("Note outside scope"), with_row(room.note_outside), "Ctrl+Shift+O", "banknote", here),
        Command(_("Decisions"), show("decisions"), "Ctrl+Shift+G", "list-checks", here),
        Command(_("Begin the next period"), with_row(room.begin_period), "", "refresh-cw", recurs),
        Command(_("Take on"), decide(frame.take_on), "", "user-check", asked, True),
        Command(_("Decline"), decide(frame.decline_enquiry), "", "x", asked),
        Command(_("Letter sent today"), lambda: room.view.set_letter("sent"), "", "send", here, True),
        Command(_("Letter signed today"), lambda: room.view.set_letter("signed"), "", "signature", here),
        Command(_("The client may be named"), name_client(True), "", "message-square-quote", may(True)),
        Command(_("The client is no longer named"), name_client(False), "", "message-square-quote", may(False)),
        Command(_("Save dates (.ics)"), with_row(lambda row: calendar.save_dates(room, row)), "", "calendar", here),
        Command(_("Save the decision sheet"), lambda: room.keep_sheet(False), "", "file-down", here),
        Command(_("Print the decision sheet"), lambda: room.keep_sheet(True), "", "printer", here),
        Command(
            _("Report…"), with_row(lambda row: frame.report_on(room, "engagement", row.id)), "Alt+R", "file-text", here
        ),
        Command(_("Outside scope by month"), lambda: show_month(room), "", "banknote", line_before=True),
        Command(_("Table or board"), room.as_board.toggle, "Ctrl+Shift+V", "layout-dashboard", line_before=True),
    ]
