"""The first page: a new practice, one that exists, one of the recent ones, or a sample to try."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.settings import RecentFile
from desktop.shell.cover import Sheet
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.label import label, rule
from desktop.widgets.logo import Logo


def professions() -> list[tuple[str, str, str]]:
    """Each profession with its name and icon."""
    return [
        ("law", _("Law"), "scale"),
        ("accounting", _("Accounting"), "calculator"),
        ("design", _("Design"), "palette"),
    ]


class WelcomePage(Sheet):
    """What stands before any practice is open."""

    new = Signal()
    open = Signal()
    chosen = Signal(str)
    sample = Signal(str)

    def __init__(self, recent: Sequence[RecentFile]) -> None:
        super().__init__(520)
        self.setAcceptDrops(True)
        self.bar = MessageBar()
        self.column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label("Cliens", "title"))
        words = _("The record of your advice, your promises and your clients' trust, in one file of your own.")
        self.column.addWidget(label(words, "muted", wrap=True))
        self.column.addWidget(self.bar)
        row = QGridLayout()
        row.setSpacing(8)
        self.make = button(_("New practice"), self.new.emit, "primary", "plus")
        row.addWidget(self.make, 0, 0)
        row.addWidget(button(_("Open a practice"), self.open.emit, icon_name="folder-open"), 0, 1)
        self.column.addLayout(row)
        if recent:
            from desktop.widgets.card import Card, CardRow

            self.column.addSpacing(8)
            self.column.addWidget(label(_("Recent"), "label"))
            card = Card(ruled=False)
            card.show_rows([CardRow(known.name, _short(known.path), key=known.path) for known in recent[:4]])
            card.opened.connect(lambda path: self.chosen.emit(path))
            self.column.addWidget(card)
        self.column.addSpacing(8)
        self.column.addWidget(rule())
        self.column.addWidget(
            label(_("Or look around in a sample practice, with invented people:"), "small", wrap=True)
        )
        self.column.addWidget(self._samples())
        self.setFocusProxy(self.make)

    def _samples(self) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column, (profession, title, picture) in enumerate(professions()):
            grid.addWidget(button(title, partial(self.sample.emit, profession), icon_name=picture), 0, column)
        return row

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.chosen.emit(url.toLocalFile())
                return


def _short(path: str) -> str:
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + os.sep) else path
