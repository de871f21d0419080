"""What stands beneath the form: the colour that the paper wears, and what the report leaves out, with why."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.reports.omissions import in_words, reasons
from desktop.text import _, joined
from desktop.widgets.button import button
from desktop.widgets.ink import colour, crisp
from desktop.widgets.label import label


class Swatch(QWidget):
    """A small square in a colour, given as #RRGGBB; without one it wears the house's accent."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_colour("")

    def show_colour(self, name: str) -> None:
        """Show another colour."""
        self._colour = name
        self.setAccessibleName(_("Colour {name}").format(name=name) if name else _("The usual colour"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(16), look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(colour("line"))
        painter.setBrush(QColor(self._colour) if self._colour else QColor(look.tokens("light")["accent"]))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class Worn(QWidget):
    """The colour of the practice's paper in one line, and the way to change it."""

    def __init__(self) -> None:
        super().__init__()
        self.swatch = Swatch()
        self.change: QPushButton = button(_("Change"), kind="link")
        self.change.setAccessibleName(_("Change the practice's colour in Settings"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(8)
        row.addWidget(self.swatch)
        row.addWidget(label(_("The practice's colour"), "small"))
        row.addStretch(1)
        row.addWidget(self.change)


class LeftOut(QWidget):
    """The list of what the report does not say, for the person who sends it; it is never printed."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Left out of the report"), "label"))
        self._lines, self._shown = QVBoxLayout(), list[QLabel]()
        # One thing may go on in a second line: the next one stands a little apart.
        self._lines.setSpacing(5)
        column.addLayout(self._lines)
        self.note = label(_("For you to know; it is not printed."), "faint", wrap=True)
        column.addWidget(self.note)

    def say(self, counts: Mapping[str, int], nothing: str) -> None:
        """List what was left out and why, one thing a line; `nothing` is said where nothing was."""
        self._words = in_words(dict(counts))
        whys = reasons(dict(counts))
        lines = [joined(": ", (told, why)) for told, why in zip(self._words, whys, strict=True)]
        for gone in self._shown:
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._shown = [label(line, wrap=True) for line in lines or [nothing]]
        for line in self._shown:
            self._lines.addWidget(line)
        self.note.setVisible(bool(lines))

    def words(self) -> list[str]:
        """What is listed now, without the reasons."""
        return list(self._words)
