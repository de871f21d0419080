"""What is still held of a file that is gone, written to a new one to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import Trouble
from desktop import messages
from desktop.text import _

if TYPE_CHECKING:
    from desktop.app import App


def rescue(app: App) -> None:
    """Ask for a name and save under it what the open practice holds, then open that."""
    desk = app.desk
    if desk is None:
        return
    proposal = desk.path.with_name(f"{desk.path.stem} {_('rescued')}.cliens")
    kinds = _("Cliens practices (*.cliens)")
    path = messages.choose_new_file(app.window, _("Save under a new name"), proposal, kinds)
    if path is None:
        return
    try:
        saved, key = desk.practice.rescue(path), desk.practice.key
    except Trouble as trouble:
        desk.troubled.emit(trouble)
        return
    app.close()
    app.go_on(lambda: desk.practice.open_with(saved, key))
