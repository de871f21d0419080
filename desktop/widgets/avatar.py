"""A circle with somebody's initials."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.ink import BOLD, Tone, colour, crisp, font_of
from desktop.widgets.spoken import Role, spoken_as


def initials(name: str) -> str:
    """At most two letters for a name: of its first and last word, or none where the name has no letters."""
    words = [letters for word in name.split() if (letters := "".join(sign for sign in word if sign.isalnum()))]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return unicodedata.normalize("NFC", "".join(word[0] for word in picked)).upper()


def paint_avatar(painter: QPainter, place: QRect, letters: str, tone: Tone = "accent") -> None:
    """Draw the circle and the letters into a square place."""
    painter.save()
    crisp(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("raised" if tone == "neutral" else f"{tone}_soft"))
    painter.drawEllipse(place)
    painter.setPen(colour("ink2" if tone == "neutral" else tone))
    painter.setFont(font_of(round(place.width() * (0.38 if place.width() <= 32 else 0.35)), BOLD))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


class Avatar(QWidget):
    """The initials of a person or an organisation; `side` is the circle's width in pixels."""

    def __init__(self, name: str = "", side: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken_as(self, Role.Graphic)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show somebody else."""
        self._letters = initials(name)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRect(0, 0, self._side, self._side), self._letters)
