"""The way in and the way out: a place to drop a file on, and the whole practice written to a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.ink import colour, crisp, paint_icon
from desktop.widgets.label import label


class DropPlace(QWidget):
    """Takes one file or folder that is dropped on it; `dropped` gives its path, `asked` comes with its button."""

    dropped = Signal(Path)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(look.px(260))
        self.choose = button(_("Choose a file"), self.asked.emit, "primary", "folder-open")
        words = label(_("Drop an address book or a table here"), "heading")
        known = _("vCard, CSV or Excel, from Google, Outlook, Thunderbird, Apple, LinkedIn, HubSpot, Clio or Xero.")
        kinds = label(known, "small", wrap=True)
        other = _("Any other table too: then you say which column is which. You see first what it would change.")
        more = label(other, "faint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 74, 32, 28)
        column.setSpacing(8)
        column.addStretch(1)
        for text in (words, kinds, more):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addSpacing(8)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(self.choose)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _mark(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(QPen(colour("accent" if self._over else "ink3"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(colour("accent_soft" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        side = 44
        spot = QRect(self.width() // 2 - side // 2, 30, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("surface" if self._over else "accent_soft"))
        painter.drawEllipse(spot)
        paint_icon(painter, spot.adjusted(12, 12, -12, -12), "download", "accent")


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class Door(QWidget):
    """The first page of the room. `asked_out` asks for the export, `stopped` gives it up."""

    asked_out = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.place = MessageBar(), DropPlace()
        self.out = button(_("Write to a folder"), self.asked_out.emit, icon_name="upload")
        self.stop = button(_("Cancel"), self.stopped.emit, "quiet")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How much is written"))
        self.progress.setTextVisible(False)
        words = _("Tables that any program can read, the files attached, and a page to print. Not encrypted.")
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(label(_("Take everything out"), "strong"))
        told.addWidget(label(words, "small", wrap=True))
        told.addWidget(self.progress)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addLayout(told, 1)
        row.addWidget(self.stop)
        row.addWidget(self.out)
        card = Card()
        card.add(line)
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 0, 24, 24)
        grid.setVerticalSpacing(16)
        for at, widget in enumerate((self.bar, self.place, card)):
            grid.addWidget(widget, at, 1)
        grid.setRowStretch(3, 1)
        self.busy(False)

    def busy(self, writing: bool) -> None:
        """Show that the practice is being written out, or that it is not."""
        self.progress.setVisible(writing)
        self.progress.setRange(0, 0)
        self.stop.setVisible(writing)
        self.out.setVisible(not writing)
        self.place.setEnabled(not writing)

    def progressed(self, done: int, of: int) -> None:
        """Say how far the writing is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)
