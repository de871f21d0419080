"""What the room of reports offers of proof: a report that came back is verified, a client's record put into a pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.rooms.reports.verify import dropped_pdf
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.command import Command

if TYPE_CHECKING:
    from desktop.rooms.room import Room


class Proof(QWidget):
    """A link that asks for a PDF, the commands of the room, and an open hand for a PDF that is dropped on it.

    `client` gives the client that is chosen in the room, or None; ValueError where half a name is typed.
    """

    def __init__(self, room: Room, client: Callable[[], int | None]) -> None:
        super().__init__()
        self._room, self._client = room, client
        self.link: QPushButton = button(_("Verify a report…"), self.verify, "link", "shield-check")
        # A link has room around its words: with it they would stand further right than all the others.
        self.link.setStyleSheet("padding-left: 0")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(self.link)
        row.addStretch(1)
        room.setAcceptDrops(True)
        room.installEventFilter(self)

    def commands(self) -> list[Command]:
        """What can be asked of the room."""
        return [
            Command(_("Verify a report…"), self.verify, "", "shield-check", line_before=True),
            Command(_("Evidence pack…"), self.prove, "", "file-check", lambda: self._chosen() is not None),
        ]

    def verify(self, path: Path | None = None) -> None:
        """Take a report that came back, and say what it is worth."""
        from desktop.rooms.reports.verify import show_verify

        show_verify(self._room, self._room.desk, path)

    def prove(self, client_id: int | None = None) -> None:
        """Write the evidence pack of a client, else of the one that is chosen."""
        from desktop.rooms.reports.evidence import show_evidence

        client_id = self._chosen() if client_id is None else client_id
        if client_id is not None:
            show_evidence(self._room, self._room.desk, client_id)

    def _chosen(self) -> int | None:
        try:
            return self._client()
        except ValueError:
            return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A drop is a drag's end: both are of one family in Qt, and carry what is dragged.
        if not isinstance(event, QDropEvent) or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        path = dropped_pdf(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.verify(path)
        return True
