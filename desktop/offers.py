"""What the program offers from anywhere beside the frame's own commands: new records, pages of Settings, colours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from desktop import profession
from desktop.shell.commands import Group
from desktop.text import LANGUAGES, _
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from desktop.app import App


def offered(app: App) -> list[Group]:
    """The commands of the open practice, by what they are about; none while no practice is open."""
    if app.desk is None:
        return []
    from desktop.rooms.settings.page import tab_titles

    write = [
        Command(_("New client"), partial(_write, app, "clients"), icon="user-plus"),
        Command(
            profession.said(_("New matter"), _("New engagement"), _("New project")),
            partial(_write, app, "engagements"),
            icon="briefcase",
        ),
    ]
    # The room of engagements says it itself.
    here = app.window.current_room() == "engagements"
    lists = [] if here else [Command(_("Outside scope by month"), partial(_outside, app), icon="banknote")]
    if app.window.current_room() != "reports":
        lists.append(Command(_("Verify a report…"), partial(_verify, app), icon="shield-check"))
    tabs = [
        Command(_("Settings: {page}").format(page=title), partial(app.show_settings, key), icon="settings")
        for key, title in tab_titles().items()
    ]
    schemes = {
        "light": _("Light"),
        "dark": _("Dark"),
        "contrast": _("High contrast"),
        "system": _("As the system"),
    }
    colours = [
        Command(_("Colours: {scheme}").format(scheme=title), partial(app.choose, "scheme", scheme), icon="palette")
        for scheme, title in schemes.items()
    ]
    languages = [
        Command(_("Language: {name}").format(name=name), partial(app.choose, "language", code), icon="languages")
        for code, name in LANGUAGES.items()
    ]
    return [
        Group(_("New"), write),
        Group(_("Lists"), lists),
        Group(_("Settings"), [*tabs, *colours, *languages]),
    ]


def _outside(app: App) -> None:
    from desktop.rooms.outside_month import show_outside

    if app.desk is not None:
        show_outside(app.desk, app.window)


def _verify(app: App) -> None:
    def ask(page: Any) -> None:
        page.proof.verify()

    app.window.go("reports", then=ask)


def print_here(app: App) -> None:
    """Print what is in view, seen first as it will be printed."""
    if app.desk is None:
        return
    from desktop.rooms import printing

    if printing.show_print(app.window, app.desk) is None:
        app.window.toast(printing.nothing_words())


def _write(app: App, room: str) -> None:
    app.window.go(room, then=lambda page: getattr(page, "write", lambda: None)())
