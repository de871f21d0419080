"""The frame around the rooms: sidebar, top bar, the stack of rooms and the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop import look
from desktop.shell.bars import StatusLine, TopBar
from desktop.shell.sidebar import Entry, Sidebar
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.ink import keys

if TYPE_CHECKING:
    from desktop.shell.window import RoomEntry


LEAST_FOR_NAMES = 1100


class Frame(QWidget):
    """What stands around every room. It is made after the first paint: nobody sees it before a practice is open."""

    def __init__(self, rooms: Sequence[RoomEntry]) -> None:
        super().__init__()
        top = [Entry(room.name, room.title, room.icon) for room in rooms if room.group == "main"]
        bottom = [Entry(room.name, room.title, room.icon) for room in rooms if room.group == "bottom"]
        if all(room.name != "settings" for room in rooms):
            bottom.append(Entry("settings", _("Settings"), "settings", room=False))
        bottom.append(Entry("lock", _("Lock"), "lock", keys("Ctrl+L"), room=False))
        self.sidebar, self.top, self.status = Sidebar(top, bottom), TopBar(), StatusLine()
        # What must be read in whatever room one is: trouble with the file, a check that found something.
        self.notice = MessageBar()
        self.stack = QStackedWidget()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.sidebar, 0, 0, 4, 1)
        grid.addWidget(self.top, 0, 1)
        grid.addWidget(self.notice, 1, 1)
        grid.addWidget(self.stack, 2, 1)
        grid.addWidget(self.status, 3, 1)
        grid.setRowStretch(2, 1)

    def resize_for_text(self) -> None:
        """Take the room that another text scale needs."""
        self.sidebar.resize_for_text()
        self.top.setFixedHeight(look.size("top_height"))
        self.status.setFixedHeight(look.size("status_height"))
        for widget in self.sidebar.findChildren(QWidget):
            widget.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        # A frame that is narrow for its letters gives the rooms what the names of the rooms would take.
        self.sidebar.set_narrow(self.width() < look.px(LEAST_FOR_NAMES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
